"""One of several versions of a field as a card: the value, who wrote it and when, and the button that takes it."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from desktop.services.field_words import EMPTY, when
from desktop.ui.case.conflict_marks import Piece, marked_up, shortened
from desktop.ui.context import button, heading
from desktop.ui.fitting import Padded
from desktop.ui.listing.facts import chip
from desktop.ui.visible import visible

LONG = 200
"""A text of more characters stands below the button, which is then seen without scrolling."""


class Author(Protocol):
    """Who wrote a value, as `services.conflicts` tells it."""

    @property
    def office(self) -> str: ...
    @property
    def operator(self) -> str: ...
    @property
    def at(self) -> str: ...


class Card(Padded):
    """The version with this number (from 1); the recommended one says so in words, with its reason, on another ground."""

    def __init__(self, number: int, found: Sequence[Piece], authors: Sequence[Author], reason: str, take: Callable[[], object]) -> None:
        super().__init__()
        self._found = found
        self.setProperty("role", "next" if reason else "card")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.value = heading("", "fact")
        self.value.setTextFormat(Qt.TextFormat.RichText)
        self.value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.take = button(f"选这一种  {number}", take, role="main" if reason else "")
        self.take.setAccessibleName(f"选第{number}种：{''.join(piece.text for piece in found)[:60]}")
        column = QVBoxLayout(self)
        self.pad()
        mark = chip(f"★ 第{number}种　建议选这种（Enter）", "low") if reason else chip(f"第{number}种")
        column.addWidget(mark, 0, Qt.AlignmentFlag.AlignLeft)
        if reason:
            column.addWidget(heading(visible(f"建议的理由：{reason}。"), "fact"))
        for author in authors:
            column.addWidget(heading(visible(told(author)), "soft"))
        column.addWidget(self.take, 0, Qt.AlignmentFlag.AlignLeft)
        is_long = sum(len(piece.text) for piece in found) > LONG
        column.insertWidget(column.count() if is_long else 1, self.value)
        column.insertStretch(column.count() if is_long else 2, 1)
        self.show_whole(whole=False)

    def show_whole(self, *, whole: bool) -> None:
        """Show the whole text, or what agrees at length made short."""
        text = marked_up(self._found if whole else shortened(self._found))
        self.value.setText(text or EMPTY)


def told(author: Author) -> str:
    """`青石镇综治中心　李正平　2025年3月14日 09:00`."""
    return "　".join(part for part in (author.office, author.operator, when(author.at)) if part)
