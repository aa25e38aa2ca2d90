"""The letters of a shelf as a table model that holds a few pages of lines, however many letters there are."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from desktop.ui.theme import COLOURS
from desktop.ui.visible import escaped, visible

if TYPE_CHECKING:
    from desktop.services.letter_box import Line

PAGE, PAGES = 200, 12
AnyIndex = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
COLUMNS = ("状态", "时限", "种类", "文号", "对方单位", "纠纷")
TITLE = 5
"""The column that takes the room that the others leave."""

Fetch = Callable[[int, int], "Sequence[Line]"]
"""Offset, limit."""


class LetterTable(QAbstractTableModel):
    """The letters of one shelf, the earliest limit first. `days_late` tells how late a line is, in days."""

    def __init__(self, days_late: "Callable[[Line], int]") -> None:
        super().__init__()
        self._days_late = days_late
        self._fetch: Fetch = lambda _offset, _limit: ()
        self._total = 0
        self._partner: Callable[[Line], str] = lambda line: line.recipient
        self._pages: OrderedDict[int, Sequence[Line]] = OrderedDict()

    def show_shelf(self, total: int, fetch: Fetch, partner: "Callable[[Line], str]") -> None:
        """Show these letters; `partner` names the other office of a line."""
        self.beginResetModel()
        self._total, self._fetch, self._partner = total, fetch, partner
        self._pages.clear()
        self.endResetModel()

    def line(self, row: int) -> "Line | None":
        """One letter, fetched with its neighbours when it is not at hand; None if it is gone by now."""
        page, place = divmod(row, PAGE)
        if page not in self._pages:
            self._pages[page] = self._fetch(page * PAGE, PAGE)
            while len(self._pages) > PAGES:
                self._pages.popitem(last=False)
        self._pages.move_to_end(page)
        lines = self._pages[page]
        return lines[place] if place < len(lines) else None

    def row_of(self, letter_id: str) -> int:
        """The row of the letter among the lines at hand, or -1."""
        for page, lines in self._pages.items():
            for place, line in enumerate(lines):
                if line.id == letter_id:
                    return page * PAGE + place
        return -1

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ForegroundRole, Qt.ItemDataRole.ToolTipRole) or not index.isValid():
            return None
        line = self.line(index.row())
        if line is None:
            return None
        late = self._days_late(line)
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(COLOURS["danger"]) if late and index.column() <= 1 else None
        text = self._texts(line, late)[index.column()]
        return f"<span>{escaped(text)}</span>" if text and role == Qt.ItemDataRole.ToolTipRole else visible(text)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole and section < len(COLUMNS):
            return COLUMNS[section]
        return None

    def _texts(self, line: "Line", late: int) -> tuple[str, ...]:
        limit = _limit(line.due_on, late)
        return line.state, limit, line.kind, line.number or "（没有签发）", self._partner(line), line.title


def _limit(day: date | None, late: int) -> str:
    return f"✕ 逾期{late}天" if late else str(day or "")
