"""A part of a page that is one card."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.entry.form import framed


class CardBox(QWidget):
    """`inner` is the column of what is in the card, below its heading; `card` may be hidden while the part itself stays."""

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self.card, self.inner = framed(title, "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)
