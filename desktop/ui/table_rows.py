"""What the tables show: rows of texts below their titles, at hand or read page by page when they are looked at."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from desktop.ui.theme import COLOURS
from desktop.ui.visible import escaped, visible

AnyIndex = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
_SHOWN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.ForegroundRole)


class Titled(QAbstractTableModel):
    """Columns with titles. A tip says the whole text of a cell, which may be cut short; a colour only repeats what its words say."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        self.titles = tuple(titles)

    def count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def text(self, row: int, column: int) -> str | None:
        """What stands in the cell; None if its row is gone by now."""
        raise NotImplementedError

    def colour(self, row: int, column: int) -> str:
        """The name of one of the theme's colours, or ""."""
        del row, column
        return ""

    def rowCount(self, parent: AnyIndex = NO_INDEX) -> int:
        return 0 if parent.isValid() else self.count()

    def columnCount(self, parent: AnyIndex = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole and section < len(self.titles):
            return self.titles[section]
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in _SHOWN or not index.isValid():
            return None
        if role == Qt.ItemDataRole.ForegroundRole:
            colour = self.colour(index.row(), index.column())
            return QColor(COLOURS[colour]) if colour else None
        text = self.text(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<span>{escaped(text)}</span>" if text else None
        return None if text is None else visible(text).replace("\n", "　")


class Line(Protocol):
    """A row that can be found again."""

    @property
    def id(self) -> str: ...


LineT = TypeVar("LineT", bound=Line)


class Paged(Titled, Generic[LineT]):
    """Rows that are read in pages of so many when they are looked at; of the pages only the last used are held, however many there are."""

    def __init__(self, titles: Sequence[str], page: int, pages: int) -> None:
        super().__init__(titles)
        self._page, self._most = page, pages
        self._total = 0
        self._read: Callable[[int, int], Sequence[LineT]] = lambda _start, _limit: ()
        self._pages: OrderedDict[int, Sequence[LineT]] = OrderedDict()

    def show_rows(self, total: int, read: Callable[[int, int], Sequence[LineT]]) -> None:
        """Show so many rows; `read` gives those from the start-th on, up to a limit."""
        self.beginResetModel()
        self._total, self._read = total, read
        self._pages.clear()
        self.endResetModel()

    def grow(self, count: int) -> None:
        """Show so many rows more at the end."""
        self._pages.pop(self._total // self._page, None)  # the last page may have been a short one
        if count:
            self.beginInsertRows(QModelIndex(), self._total, self._total + count - 1)
            self._total += count
            self.endInsertRows()

    def count(self) -> int:
        return self._total

    def row(self, number: int) -> LineT | None:
        """One row, read with its neighbours when it is not at hand; None if it is gone by now."""
        page, place = divmod(number, self._page)
        if page not in self._pages:
            self._pages[page] = self._read(page * self._page, self._page)
            while len(self._pages) > self._most:
                self._pages.popitem(last=False)
        self._pages.move_to_end(page)
        rows = self._pages[page]
        return rows[place] if place < len(rows) else None

    def row_of(self, row_id: str) -> int:
        """Where the row of the id is among those at hand, or -1."""
        at_hand = ((page * self._page + place, row) for page, rows in self._pages.items() for place, row in enumerate(rows))
        return next((number for number, row in at_hand if row.id == row_id), -1)
