"""Files that are dropped anywhere on the page of a case: they go to its 附件, and not as words into the field that lies under the hand."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

_DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


def files_of(data: QMimeData) -> list[Path]:
    """The files of this computer that the data names."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class Dropping(QObject):
    """Lets files be dropped on all of the page, while `may` says so; `take` is given them.

    It sees what the window gets before any control does, because a line takes the name of a file as text.
    """

    def __init__(self, page: QWidget, may: Callable[[], bool], take: Callable[[Sequence[Path]], None]) -> None:
        super().__init__(page)
        self._page, self._may, self._take = page, may, take
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._page:
            self._follow(event.type())
        elif event.type() in _DRAGS and isinstance(event, QDropEvent) and self._is_over(event) and (files := files_of(event.mimeData())):
            self._answer(event, files)
            return True
        return False

    def _follow(self, kind: QEvent.Type) -> None:
        """Watch the window while the page is in it and can be seen."""
        if kind not in (QEvent.Type.Show, QEvent.Type.Hide) or not isValid(self._page):
            return
        handle = self._page.window().windowHandle()
        if handle is not None:  # there is one as long as the window is on the screen
            (handle.installEventFilter if kind == QEvent.Type.Show else handle.removeEventFilter)(self)

    def _is_over(self, event: QDropEvent) -> bool:
        place = self._page.mapFrom(self._page.window(), event.position().toPoint())
        return self._page.isVisible() and self._page.rect().contains(place)

    def _answer(self, event: QDropEvent, files: Sequence[Path]) -> None:
        if QApplication.activeModalWidget() is not None or not self._may():
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() == QEvent.Type.Drop:
            self._take(files)
