"""The list of cases as a table model that holds a few pages of rows, however many cases there are."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol

from desktop.ui.entry.dates import chinese
from desktop.ui.table_rows import AnyIndex, Paged

PAGE = 25
PAGES = 48

RISKS = {"高": "◆ 高", "中": "▲ 中", "低": "● 低"}
"""Each risk has a shape and a word; its colour only repeats them."""

RISK_COLOURS = {"高": "danger", "中": "warn", "低": "ok"}


class Row(Protocol):
    """One line of the list, as `services.finding` gives it."""

    @property
    def id(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def registered_on(self) -> date: ...
    @property
    def status(self) -> str: ...
    @property
    def risk(self) -> str | None: ...
    @property
    def office(self) -> str: ...
    @property
    def conflicts(self) -> int: ...
    @property
    def merged(self) -> int: ...


class Rows(Protocol):
    """The rows of a list, read when they are looked at, as `services.finding.Found` gives them."""

    @property
    def total(self) -> int: ...
    @property
    def more(self) -> bool: ...
    def go_on(self) -> int: ...
    def rows(self, start: int, limit: int) -> Sequence[Row]: ...


COLUMNS: tuple[tuple[str, Callable[[Row], str]], ...] = (
    ("卷号", lambda row: row.number or ""),
    ("纠纷", lambda row: row.title),
    ("风险", lambda row: RISKS.get(row.risk or "", "")),
    ("进度", lambda row: row.status + ("　（并入）" if row.merged else "") + ("　！待核对" if row.conflicts else "")),
    ("登记日期", lambda row: chinese(row.registered_on)),
    ("登记单位", lambda row: row.office or ""),
)

_STATUS = 3
DRAFTED = "　● 未保存"
"""Behind the status of a case with a draft, as in the head of its page."""


class CaseTable(Paged[Row]):
    """The cases that were found, newest first."""

    def __init__(self) -> None:
        super().__init__([title for title, _ in COLUMNS], PAGE, PAGES)
        self._found: Rows | None = None
        self._drafted: frozenset[str] = frozenset()

    def show_found(self, found: Rows) -> None:
        """Show these rows."""
        self._found = found
        self.show_rows(found.total, found.rows)

    def mark_drafts(self, cases: frozenset[str]) -> None:
        """Mark the cases of these ids, in which something is not saved."""
        changed = cases != self._drafted
        self._drafted = cases
        if changed and self.count():
            self.dataChanged.emit(self.index(0, _STATUS), self.index(self.count() - 1, _STATUS))

    def canFetchMore(self, parent: AnyIndex) -> bool:
        return not parent.isValid() and self._found is not None and self._found.more

    def fetchMore(self, parent: AnyIndex) -> None:
        if self._found is not None and self.canFetchMore(parent):
            self.grow(self._found.go_on())

    def text(self, row: int, column: int) -> str | None:
        found = self.row(row)
        if found is None:
            return None
        return COLUMNS[column][1](found) + (DRAFTED if column == _STATUS and found.id in self._drafted else "")

    def colour(self, row: int, column: int) -> str:
        found = self.row(row) if COLUMNS[column][0] == "风险" else None
        return RISK_COLOURS.get(found.risk or "", "") if found else ""
