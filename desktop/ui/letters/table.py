"""The letters of a shelf as a table model that holds a few pages of lines, however many letters there are."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from desktop.ui.entry.dates import chinese
from desktop.ui.table_rows import Paged

if TYPE_CHECKING:
    from desktop.services.letter_box import Line

PAGE, PAGES = 200, 12
COLUMNS = ("状态", "时限", "种类", "文号", "对方单位", "纠纷")
TITLE = 5
"""The column that takes the room that the others leave."""

Fetch = Callable[[int, int], "Sequence[Line]"]
"""Offset, limit."""


class LetterTable(Paged["Line"]):
    """The letters of one shelf, the earliest limit first. `days_late` tells how late a line is, in days."""

    def __init__(self, days_late: "Callable[[Line], int]") -> None:
        super().__init__(COLUMNS, PAGE, PAGES)
        self._days_late = days_late
        self._partner: Callable[[Line], str] = lambda line: line.recipient

    def show_shelf(self, total: int, fetch: Fetch, partner: "Callable[[Line], str]") -> None:
        """Show these letters; `partner` names the other office of a line."""
        self._partner = partner
        self.show_rows(total, fetch)

    def text(self, row: int, column: int) -> str | None:
        line = self.row(row)
        if line is None:
            return None
        limit = _limit(line.due_on, self._days_late(line))
        return (line.state, limit, line.kind, line.number or "（没有签发）", self._partner(line), line.title)[column]

    def colour(self, row: int, column: int) -> str:
        line = self.row(row) if column <= 1 else None
        return "danger" if line and self._days_late(line) else ""


def _limit(day: date | None, late: int) -> str:
    return f"✕ 逾期{late}天" if late else chinese(day)
