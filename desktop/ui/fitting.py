"""What follows its own size: parts that stand beside each other where there is room, and below each other where there is none."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget


class Fitting(QWidget):
    """A widget that is laid out anew (`_fit`) whenever its width or the text size changes.

    Of another text size it hears twice: as a change of its own font, and as one of the style when all that is in it has followed.
    """

    def _fit(self) -> None:
        """Lay the parts out for the room that there is now; nothing is to be done where they always stand alike."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()
