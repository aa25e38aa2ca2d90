"""The cards beside what is due: unsaved text, what came from other offices, this month's figures."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.services.today import Figures
from desktop.ui.context import heading
from desktop.ui.entry.form import framed
from desktop.ui.theme import em
from desktop.ui.visible import visible


class Entry(NamedTuple):
    """A line of a card that leads somewhere."""

    text: str
    go: Callable[[], object]


class Figure(NamedTuple):
    """A number of cases and what they have in common."""

    name: str
    cases: int


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
        self.frame, self._column = framed(title, "card")
        self._body = QVBoxLayout()
        self._body.setSpacing(0)
        self._column.addLayout(self._body)
        self.buttons: list[QPushButton] = []
        self.frame.hide()

    def show_lines(self, lines: Sequence[str], entries: Sequence[Entry] = (), figures: Sequence[Figure] = ()) -> None:
        """Show the lines, then the figures one above the other, and below them what leads on."""
        self.buttons = []
        while (item := self._body.takeAt(0)) is not None:
            widget = item.widget()
            if widget:
                widget.hide()
                widget.deleteLater()
        for line in lines:
            self._body.addWidget(heading(visible(line), "fact"))
        self._add_figures(figures)
        for entry in entries:
            made = EntryButton(entry)
            self.buttons.append(made)
            self._body.addWidget(made)
        self.frame.setVisible(bool(lines or entries or figures))

    def _add_figures(self, figures: Sequence[Figure]) -> None:
        if not figures:
            return
        place = QWidget()
        grid = QGridLayout(place)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        grid.setHorizontalSpacing(round(em(place) * 0.8))
        grid.setColumnStretch(2, 1)
        for row, figure in enumerate(figures):
            told = heading(f"{figure.cases:,} 件", "fact")
            told.setWordWrap(False)
            told.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(heading(figure.name, "fact"), row, 0)
            grid.addWidget(told, row, 1)
        self._body.addWidget(place)


def figures_told(figures: Figures) -> list[Figure]:
    """The figures of the month; none where nothing was registered."""
    if not figures.registered:
        return []
    return [
        Figure("登记", figures.registered),
        Figure("达成协议", figures.agreed),
        Figure("其他结果", figures.ended),
        Figure("正在办理", figures.open),
    ]
