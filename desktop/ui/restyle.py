"""Lays another style sheet over the program: over what is seen at once, over the pages behind it when they come to the front.

Qt lays a new style sheet over each widget as many times as the widget lies deep, seen or not: four seconds on the page of a large case.
Here each widget that is seen gets it once. The sheet is changed while Qt takes every widget for one that it need not touch (it passes over
those that are not polished, and tells nothing to those with a style of their own); then the widgets are polished from here.
"""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from shiboken6 import isValid

_POLISHED, _OWN_STYLE = Qt.WidgetAttribute.WA_WState_Polished, Qt.WidgetAttribute.WA_SetStyle


def restyle(app: QApplication, sheet: str, change: Callable[[], None]) -> None:
    """Do the change of fonts and palette, and lay the sheet over everything; the pages that no stack shows follow when they are shown."""
    if not app.styleSheet():
        change()
        app.setStyleSheet(sheet)
        return
    polished = [widget for widget in app.allWidgets() if widget.testAttribute(_POLISHED)]
    plain = [widget for widget in polished if not widget.testAttribute(_OWN_STYLE)]
    for widget in polished:
        widget.setAttribute(_POLISHED, False)
    for widget in plain:
        widget.setAttribute(_OWN_STYLE, True)
    app.setStyleSheet("")
    change()
    app.setStyleSheet(sheet)
    for widget in plain:
        widget.setAttribute(_OWN_STYLE, False)
    for widget in polished:
        widget.setAttribute(_POLISHED, True)
    for window in app.topLevelWidgets():
        if window.parent() is None or window.isVisible():  # the others, such as the lists of pickers, follow with what they belong to
            _polish(window)


def _polish(root: QWidget) -> None:
    """Let the widget and all below it follow, parents before their children, whose fonts come from theirs.

    They are told of it the other way round: who lays out what is in it does so once, when all of that has its size.
    """
    found = [widget for widget in _below(root) if widget.testAttribute(_POLISHED)]
    for widget in found:
        if isValid(widget):  # a part may make its own parts anew
            widget.style().polish(widget)
    for widget in reversed(found):
        if isValid(widget):
            QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))


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
    """Waits in a page that is behind until it is shown."""

    @classmethod
    def mark(cls, page: QWidget) -> None:
        """The page is behind, if it was not already."""
        if page.findChild(cls, options=Qt.FindChildOption.FindDirectChildrenOnly) is None:
            page.installEventFilter(cls(page))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The page comes to the front: it follows now, before it is painted."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            watched.removeEventFilter(self)
            self.setParent(None)
            self.deleteLater()
            _polish(watched)
        return False
