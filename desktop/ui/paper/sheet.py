"""The frame of a page that is read from top to bottom."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.theme import em

WIDTH = 52
"""The widest a page of text and buttons grows, in ems: longer lines are hard to read."""


class Bounded(QFrame):
    """A frame that grows no wider than so many ems, whatever the text size."""

    def __init__(self, ems: int) -> None:
        super().__init__()
        self._ems = ems
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self.setMaximumWidth(round(em(self) * self._ems))


def scrolling(content: QWidget) -> QScrollArea:
    """The content, scrolling up and down where it is higher than its place; the cursor never rests on the frame itself."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    return area


def sheet(page: QWidget) -> QVBoxLayout:
    """Give the page a column that scrolls and does not grow too wide; returns the column."""
    content = Bounded(WIDTH)
    column = QVBoxLayout(content)
    column.setSpacing(round(em(page) * 0.6))
    row = QWidget()
    line = QHBoxLayout(row)
    line.addWidget(content, 20)
    line.addStretch(1)
    outer = QVBoxLayout(page)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(scrolling(row))
    return column
