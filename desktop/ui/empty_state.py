"""A page with nothing on it: what is not there, and what to do about it, in the middle of white paper."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.context import heading


class EmptyState(QWidget):
    """One short sentence, and below it the way on."""

    def __init__(self, head: str = "", body: str = "") -> None:
        super().__init__()
        self.setObjectName("paper")
        self.head, self.body = heading("", "title"), heading("", "soft")
        column = QVBoxLayout(self)
        column.addStretch(2)
        for label in (self.head, self.body):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addStretch(3)
        self.say(head, body)

    def say(self, head: str, body: str) -> None:
        """Show these words."""
        self.head.setText(head)
        self.body.setText(body)

    def text(self) -> str:
        """What is shown."""
        return f"{self.head.text()}\n{self.body.text()}"
