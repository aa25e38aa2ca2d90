"""The list of cases as a table model that holds a few pages of rows, however many cases there are."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from desktop.ui.theme import COLOURS
from desktop.ui.visible import escaped, visible

PAGE = 200
PAGES = 12
AnyIndex = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()

RISKS = {"高": "◆ 高", "中": "▲ 中", "低": "● 低"}
"""Each risk has a shape and a word; its colour only repeats them."""

RISK_COLOURS = {"高": "danger", "中": "warn", "低": "ok"}


class Row(Protocol):
    """One line of the list, as `services.cases.rows` gives it."""

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


Count = Callable[[str], int]
Fetch = Callable[[str, int, int], Sequence[Row]]
"""Query, offset, limit."""

COLUMNS: tuple[tuple[str, Callable[[Row], str]], ...] = (
    ("卷号", lambda row: row.number or ""),
    ("纠纷", lambda row: row.title),
    ("风险", lambda row: RISKS.get(row.risk or "", "")),
    ("进度", lambda row: row.status + ("　（并入）" if row.merged else "") + ("　！待核对" if row.conflicts else "")),
    ("登记日期", lambda row: str(row.registered_on)),
    ("登记单位", lambda row: row.office or ""),
)


class CaseTable(QAbstractTableModel):
    """The cases that a query finds, newest first."""

    def __init__(self, count: Count, fetch: Fetch) -> None:
        super().__init__()
        self._count, self._fetch = count, fetch
        self._query = ""
        self._total = 0
        self._pages: OrderedDict[int, Sequence[Row]] = OrderedDict()

    def search(self, query: str) -> None:
        """Show what the query finds; the empty query finds everything."""
        self.beginResetModel()
        self._query = query
        self._pages.clear()
        self._total = self._count(query)
        self.endResetModel()

    @property
    def query(self) -> str:
        """What is searched for."""
        return self._query

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
            self._pages[page] = self._fetch(self._query, page * PAGE, PAGE)
            while len(self._pages) > PAGES:
                self._pages.popitem(last=False)
        self._pages.move_to_end(page)
        rows = self._pages[page]
        return rows[place] if place < len(rows) else None

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
        text = COLUMNS[index.column()][1](row)
        return f"<span>{escaped(text)}</span>" if text and role == Qt.ItemDataRole.ToolTipRole else visible(text)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole and section < len(COLUMNS):
            return COLUMNS[section][0]
        return None


def _colour(row: Row, column: int) -> QColor | None:
    if COLUMNS[column][0] == "风险" and row.risk in RISK_COLOURS:
        return QColor(COLOURS[RISK_COLOURS[row.risk]])
    return None
