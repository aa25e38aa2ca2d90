"""The cards beside what is due: unsaved text, what came from other offices, this month's figures."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout

from desktop.services.today import Figures
from desktop.ui.context import heading
from desktop.ui.theme import em
from desktop.ui.visible import visible


class Entry(NamedTuple):
    """A line of a card that leads somewhere."""

    text: str
    go: Callable[[], object]


class EntryButton(QPushButton):
    """A line that can be pressed, cut short where it is too long; the whole of it is in its tip and for the screen reader."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self._whole = visible(entry.text)
        self.setProperty("role", "plain")
        self.setAccessibleName(self._whole)
        self.setToolTip(self._whole)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: entry.go())  # noqa: PLW0108 -- the click hands over a flag that nobody wants

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - round(em(self))
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room))


class Card:
    """A frame with a heading; hidden while it has nothing to say."""

    def __init__(self, title: str) -> None:
        self.frame = QFrame()
        self.frame.setProperty("role", "card")
        self._column = QVBoxLayout(self.frame)
        self._column.setContentsMargins(*[round(em(self.frame) * 0.7)] * 4)
        self._column.addWidget(heading(title, "head"))
        self._body = QVBoxLayout()
        self._body.setSpacing(0)
        self._column.addLayout(self._body)
        self.buttons: list[QPushButton] = []
        self.frame.hide()

    def show_lines(self, lines: Sequence[str], entries: Sequence[Entry] = ()) -> None:
        """Show the lines and, below them, what leads on."""
        self.buttons = []
        while (item := self._body.takeAt(0)) is not None:
            widget = item.widget()
            if widget:
                widget.hide()
                widget.deleteLater()
        for line in lines:
            self._body.addWidget(heading(visible(line), "fact"))
        for entry in entries:
            made = EntryButton(entry)
            self.buttons.append(made)
            self._body.addWidget(made)
        self.frame.setVisible(bool(lines or entries))


def figures_told(figures: Figures) -> list[str]:
    """The figures of the month in words."""
    if not figures.registered:
        return ["本月还没有登记纠纷。"]
    return [
        f"登记 {figures.registered:,} 件",
        f"达成协议 {figures.agreed:,} 件",
        f"其他结果 {figures.ended:,} 件",
        f"正在办理 {figures.open:,} 件",
    ]
