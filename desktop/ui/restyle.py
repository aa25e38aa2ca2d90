"""Lays another style sheet over the program: over what is seen at once, over the pages behind it bit by bit, or when they are shown.

Qt lays a new style sheet over each widget as many times as the widget lies deep, seen or not: four seconds on the page of a large case.
Here each widget that is seen gets it once. The sheet is changed while Qt takes every widget for one that it need not touch (it passes over
those that are not polished, and tells nothing to those with a style of their own); then the widgets are polished from here.
"""

import time
from collections.abc import Callable, Iterator
from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLayout, QStackedWidget, QWidget
from shiboken6 import isValid

_POLISHED, _OWN_STYLE = Qt.WidgetAttribute.WA_WState_Polished, Qt.WidgetAttribute.WA_SetStyle
_PAUSE, _SLICE = 50, 0.015
"""Milliseconds between two looks at the pages behind, and seconds for which one of them follows in one go."""


def restyle(app: QApplication, sheet: str, change: Callable[[], None]) -> None:
    """Do the change of fonts and palette, and lay the sheet over everything; the pages that no stack shows follow later."""
    if not app.styleSheet():
        change()
        app.setStyleSheet(sheet)
        return
    has, put = QWidget.testAttribute, QWidget.setAttribute  # looked up once, not for each of thousands
    polished = [widget for widget in app.allWidgets() if has(widget, _POLISHED)]
    plain = [widget for widget in polished if not has(widget, _OWN_STYLE)]
    for widget in polished:
        put(widget, _POLISHED, False)
    for widget in plain:
        put(widget, _OWN_STYLE, True)
    app.setStyleSheet("")
    change()
    app.setStyleSheet(sheet)
    for widget in plain:
        put(widget, _OWN_STYLE, False)
    for widget in polished:
        put(widget, _POLISHED, True)
    for window in app.topLevelWidgets():
        if window.parent() is None or window.isVisible():  # the others, such as the lists of pickers, follow with what they belong to
            _polish(window)


def _polish(root: QWidget) -> None:
    """Let the widget and all below it follow at once."""
    for _ in _steps(root):
        pass


def _steps(root: QWidget) -> Iterator[None]:
    """Let the widget and all below it follow, parents before their children, whose fonts come from theirs.

    They are told of it the other way round: who lays out what is in it does so once, when all of that has its size.
    """
    found = [widget for widget in _below(root) if widget.testAttribute(_POLISHED)]
    for widget in found:
        if isValid(widget):  # a part may make its own parts anew
            widget.style().polish(widget)
            yield
    for widget in reversed(found):
        if isValid(widget):
            QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))
            _forget(widget.layout())
            yield


def _forget(layout: QLayout | None) -> None:
    """Let the layout ask anew how large everything is: Qt forgets what it measured in layouts within layouts only when it lays them out."""
    if layout is not None:
        for each in (layout, *layout.findChildren(QLayout)):
            each.invalidate()


def _below(root: QWidget) -> Iterator[QWidget]:
    """The widget and those below it, without the pages that no stack shows: they are marked, to follow later."""
    yield root
    shown = root.currentWidget() if isinstance(root, QStackedWidget) else None
    for child in root.children():
        if not isinstance(child, QWidget):
            continue
        if shown is not None and child is not shown and child.isHidden():
            _Behind.mark(child)
        else:
            yield from _below(child)


class _Behind(QObject):
    """Waits in a page that is behind until it is shown, or until there is a pause in which it can follow unseen."""

    @classmethod
    def mark(cls, page: QWidget) -> None:
        """The page is behind, whether it was already or not."""
        found = page.findChild(cls, options=Qt.FindChildOption.FindDirectChildrenOnly)
        behind = cls(page) if found is None else found
        behind.begin()
        _Pauses.of_program().add(behind)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._left: Iterator[None] = iter(())
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The page comes to the front: what has not followed follows now, before it is painted."""
        if event.type() == QEvent.Type.Show and watched is self._page:
            while self.follow_some():
                pass
        return False

    def begin(self) -> None:
        """What the page has followed of a former sheet, it follows anew."""
        self._left = _steps(self._page)

    def follow_some(self) -> bool:
        """Let as much of the page follow as a short while allows; whether something is left."""
        stop = time.monotonic() + _SLICE
        for _ in self._left:
            if time.monotonic() >= stop:
                return True
        if self.parent() is not None:
            self._page.removeEventFilter(self)
            self.setParent(None)
            self.deleteLater()
        return False


class _Pauses(QObject):
    """The pages behind, which follow one after the other while nobody waits."""

    def __init__(self, app: QObject) -> None:
        super().__init__(app)
        self._waiting: list[_Behind] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._go_on)

    @classmethod
    def of_program(cls) -> "_Pauses":
        """The one of the program."""
        app = cast("QCoreApplication", QCoreApplication.instance())
        return app.findChild(cls, options=Qt.FindChildOption.FindDirectChildrenOnly) or cls(app)

    def add(self, behind: _Behind) -> None:
        """Let its page follow after those that wait already."""
        if behind not in self._waiting:
            self._waiting.append(behind)
        self._timer.start()

    def _go_on(self) -> None:
        if self._waiting and not (isValid(self._waiting[0]) and self._waiting[0].follow_some()):
            del self._waiting[0]
        if self._waiting:
            self._timer.start()
