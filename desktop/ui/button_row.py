"""Buttons side by side, below each other where the text is too large for the place."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QWidget

_CHANGES = (QEvent.Type.FontChange, QEvent.Type.StyleChange)


class ButtonRow(QWidget):
    """As many buttons beside each other as have room; hidden ones take none.

    It tells what holds it how high it is at each width, so that all is laid out in one go.
    """

    def __init__(self, buttons: Sequence[QPushButton]) -> None:
        super().__init__()
        self._buttons = list(buttons)
        self._told: list[QSize] = []
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)  # a fixed height would be that of one line
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for made in self._buttons:
            made.setParent(self)  # shown without a parent it would be a window of its own
        self.fit()

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        sizes = [made.sizeHint() for made in self._shown()]
        return QSize(max((size.width() for size in sizes), default=0), max((size.height() for size in sizes), default=0))

    def heightForWidth(self, width: int) -> int:
        return max((place.bottom() + 1 for _, place in self._planned(width)), default=0)

    def event(self, event: QEvent) -> bool:
        """A button was hidden or shown, or has another text."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _CHANGES:
            self.fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def fit(self) -> None:
        """Lay the buttons out for the width; to be called when one of them was hidden or shown."""
        sizes = [made.sizeHint() for made in self._shown()]
        if sizes != self._told:
            self._told = sizes
            self.updateGeometry()
        self._place()

    def _place(self) -> None:
        for made, place in self._planned(self.width()):
            made.setGeometry(place)

    def _shown(self) -> list[QPushButton]:
        return [made for made in self._buttons if not made.isHidden()]

    def _planned(self, width: int) -> Iterator[tuple[QPushButton, QRect]]:
        """Where each button stands: lines as long as the width allows, as high as the highest button."""
        shown = self._shown()
        gap = self.style().pixelMetric(QStyle.PixelMetric.PM_LayoutHorizontalSpacing, None, self)
        below = self.style().pixelMetric(QStyle.PixelMetric.PM_LayoutVerticalSpacing, None, self)
        high = max((made.sizeHint().height() for made in shown), default=0)
        x = y = 0
        for made in shown:
            wide = made.sizeHint().width()
            if x and x + wide > width:
                x, y = 0, y + high + below
            yield made, QRect(x, y, min(wide, max(width, 1)), high)
            x += wide + gap
