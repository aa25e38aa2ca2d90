"""F1 in every window of the program: the main one, each dialog over it, and what pops up."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from desktop.ui.ask import Asker

if TYPE_CHECKING:
    from desktop.ui.help.page import HelpDialog
    from desktop.ui.window import Window

NAME = "help"
"""Of the key in each window that has it, and of the manual's own window, which needs none."""


class HelpKey(QObject):
    """Gives each window of the program the key when the cursor first comes into it; a filter of all events would cost each of them.

    The manual belongs to the dialog that is in front: a modal one would block any other window.
    """

    def __init__(self, window: "Window", asker: Asker) -> None:
        super().__init__(window)
        self._window, self._asker = window, asker
        self._dialog: HelpDialog | None = None
        self._give(window)
        app = cast("QApplication", QApplication.instance())
        app.focusWindowChanged.connect(self._serve)
        app.focusChanged.connect(self._serve)

    def open(self) -> "HelpDialog":
        """Show the page that fits where the cursor is; the work stays as it is behind or beside it."""
        from desktop.ui.help.page import HelpDialog
        from desktop.ui.help.where import place_of

        front = QApplication.activePopupWidget() or QApplication.activeModalWidget() or self._window
        at: QWidget | None = front.focusWidget()
        place = place_of(at or front)
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        over = QApplication.activeModalWidget() or self._window
        if self._dialog is None or not isValid(self._dialog) or self._dialog.parentWidget() is not over:
            self._close()
            self._dialog = made = HelpDialog(over, self._asker)
            made.setObjectName(NAME)
            made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            made.lay_beside(self._window)
            if isinstance(over, QDialog):
                over.finished.connect(made.close)
        self._dialog.show_place(place)
        self._dialog.show()
        self._dialog.activateWindow()
        return self._dialog

    def _close(self) -> None:
        if self._dialog is not None and isValid(self._dialog):
            self._dialog.close()

    def _serve(self, *_: object) -> None:
        front = QApplication.activePopupWidget() or QApplication.activeWindow()
        if front is None or not front.isVisible() or front.objectName() == NAME or not self._ours(front):
            return
        if front.findChild(QShortcut, NAME, Qt.FindChildOption.FindDirectChildrenOnly) is None:
            self._give(front)

    def _ours(self, window: QWidget) -> bool:
        above = window.parentWidget()
        return window is self._window or (above is not None and self._ours(above.window()))

    def _give(self, window: QWidget) -> None:
        shortcut = QShortcut(QKeySequence("F1"), window, self._window.help)
        shortcut.setObjectName(NAME)
