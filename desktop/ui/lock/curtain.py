"""Hiding every window of the program but the main one, and bringing back what can be brought back."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget
from shiboken6 import isValid


class Curtain(QObject):
    """While it is drawn, no dialog, menu or tip of the program is seen, also none that comes meanwhile.

    A dialog that somebody waits for (`exec`) is answered as if stepped back from: nothing is done by it. The others are only hidden and
    stand again in their place when the curtain opens.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._hidden: list[QDialog] = []
        self._main: QWidget | None = None

    def draw(self, main: QWidget) -> None:
        """Hide everything but the main window."""
        self._main = main
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        QToolTip.hideText()
        for window in reversed(QApplication.topLevelWidgets()):
            self._hide(window)
        QCoreApplication.instance().installEventFilter(self)  # type: ignore[union-attr]  # there is one as long as there are widgets

    def stop(self) -> None:
        """Hide nothing more, and leave hidden what is."""
        QCoreApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]  # as above
        self._main = None

    def open(self) -> None:
        """Show again what was hidden."""
        self.stop()
        hidden, self._hidden = self._hidden, []
        for dialog in sorted(filter(isValid, hidden), key=_depth):  # a dialog over a dialog comes after it
            dialog.show()
            dialog.activateWindow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow() and watched is not self._main:
            QTimer.singleShot(0, self, lambda: self._hide(watched) if isValid(watched) else None)
        return False

    def _hide(self, window: QWidget) -> None:
        if window is self._main or not window.isVisible() or self._main is None:
            return
        if not isinstance(window, QDialog):
            if window.parent() is not None:  # a window without parent is another main one, and locks itself
                window.hide()
        elif window.windowModality() == Qt.WindowModality.ApplicationModal:
            window.reject()
        else:
            window.hide()
            self._hidden.append(window)


def _depth(window: QWidget) -> int:
    """How many windows stand below this one."""
    above = window.parentWidget()
    return 0 if above is None else 1 + _depth(above.window())
