"""What follows its own size: parts that stand beside each other where there is room, and below each other where there is none."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QWidget

from desktop.ui.theme import em

_CHANGES = (QEvent.Type.FontChange, QEvent.Type.StyleChange)


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
        if event.type() in _CHANGES:
            self._fit()


class Padded(QFrame):
    """A frame whose content keeps `ems` from its edge and, if that is given, `gap` ems between its parts, whatever the text size."""

    def __init__(self, ems: float | None = 0.7, gap: float | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pads = (ems, gap)

    def pad(self) -> None:
        """Give the layout its distances; to be called once it is there."""
        layout, (ems, gap) = self.layout(), self._pads
        if not isinstance(layout, QLayout):
            return
        if ems is not None:
            layout.setContentsMargins(*[round(em(self) * ems)] * 4)
        if gap is not None:
            layout.setSpacing(round(em(self) * gap))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _CHANGES:
            self.pad()
