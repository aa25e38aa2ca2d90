"""The list of cases as a table model that holds a few pages of rows, however many cases there are."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from desktop.ui.theme import COLOURS
from desktop.ui.visible import escaped, visible

PAGE = 50
PAGES = 24
AnyIndex = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()

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
    ("登记日期", lambda row: str(row.registered_on)),
    ("登记单位", lambda row: row.office or ""),
)

_STATUS = 3
DRAFTED = "　● 未保存"
"""Behind the status of a case with a draft, as in the head of its page."""


class CaseTable(QAbstractTableModel):
    """The cases that were found, newest first."""

    def __init__(self) -> None:
        super().__init__()
        self._found: Rows | None = None
        self._total = 0
        self._pages: OrderedDict[int, Sequence[Row]] = OrderedDict()
        self._drafted: frozenset[str] = frozenset()

    def show_found(self, found: Rows) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._found = found
        self._total = found.total
        self._pages.clear()
        self.endResetModel()

    def mark_drafts(self, cases: frozenset[str]) -> bool:
        """Mark the cases of these ids, in which something is not saved; whether that changed anything."""
        changed = cases != self._drafted
        self._drafted = cases
        if changed and self._total:
            self.dataChanged.emit(self.index(0, _STATUS), self.index(self._total - 1, _STATUS))
        return changed

    def row_of(self, case_id: str) -> int:
        """The row of the case among the rows at hand, or -1."""
        for page, rows in self._pages.items():
            for number, row in enumerate(rows):
                if row.id == case_id:
                    return page * PAGE + number
        return -1

    def row(self, number: int) -> Row | None:
        """One line, fetched with its neighbours when it is not at hand; None if it is gone by now."""
        page, place = divmod(number, PAGE)
        if page not in self._pages:
            self._pages[page] = self._found.rows(page * PAGE, PAGE) if self._found else ()
            while len(self._pages) > PAGES:
                self._pages.popitem(last=False)
        self._pages.move_to_end(page)
        rows = self._pages[page]
        return rows[place] if place < len(rows) else None

    def canFetchMore(self, parent: AnyIndex) -> bool:
        return not parent.isValid() and self._found is not None and self._found.more

    def fetchMore(self, parent: AnyIndex) -> None:
        if not self.canFetchMore(parent) or self._found is None:
            return
        self._pages.pop(self._total // PAGE, None)  # the last page may have been a short one
        count = self._found.go_on()
        if count:
            self.beginInsertRows(QModelIndex(), self._total, self._total + count - 1)
            self._total += count
            self.endInsertRows()

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ForegroundRole, Qt.ItemDataRole.ToolTipRole) or not index.isValid():
            return None
        row = self.row(index.row())
        if row is None:
            return None
        if role == Qt.ItemDataRole.ForegroundRole:
            return _colour(row, index.column())
        text = COLUMNS[index.column()][1](row) + (DRAFTED if index.column() == _STATUS and row.id in self._drafted else "")
        return f"<span>{escaped(text)}</span>" if text and role == Qt.ItemDataRole.ToolTipRole else visible(text)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole and section < len(COLUMNS):
            return COLUMNS[section][0]
        return None


def _colour(row: Row, column: int) -> QColor | None:
    if COLUMNS[column][0] == "风险" and row.risk in RISK_COLOURS:
        return QColor(COLOURS[RISK_COLOURS[row.risk]])
    return None
