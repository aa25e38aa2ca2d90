"""A table of words to read: rows that were made elsewhere, shown whole up to a height, then scrolling."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView

from desktop.ui.theme import COLOURS, em
from desktop.ui.visible import escaped, visible

AnyIndex = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
LEAST = 9
"""Ems of the wide column at least."""

MEASURED_ROWS = 40
"""So many rows tell how wide a column must be."""


class Rows(QAbstractTableModel):
    """Rows of texts under their headings; a row may have a colour, which only repeats what its words say."""

    def __init__(self, columns: Sequence[str]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.rows: Sequence[tuple[str, ...]] = ()
        self.colours: Sequence[str] = ()

    def show_rows(self, rows: Sequence[tuple[str, ...]], colours: Sequence[str] = ()) -> None:
        """Show these rows; `colours` names one of the theme's for each, "" for none."""
        self.beginResetModel()
        self.rows, self.colours = rows, colours or [""] * len(rows)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        text = self.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return visible(text).replace("\n", "　")
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<span>{escaped(text)}</span>" if text else None
        if role == Qt.ItemDataRole.ForegroundRole and self.colours[index.row()]:
            return QColor(COLOURS[self.colours[index.row()]])
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole and section < len(self.columns):
            return self.columns[section]
        return None


class PlainTable(QTableView):
    """Shows `Rows`; column `wide` takes the room that the others leave. At most `most` rows are seen at once. Ctrl+C copies the row."""

    def __init__(self, name: str, columns: Sequence[str], *, wide: int, most: int = 8) -> None:
        super().__init__()
        self._wide, self._most = wide, most
        self.rows = Rows(columns)
        self.setModel(self.rows)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setResizeContentsPrecision(MEASURED_ROWS)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._fit()

    def show_rows(self, rows: Sequence[tuple[str, ...]], colours: Sequence[str] = ()) -> None:
        """Show these rows instead."""
        self.rows.show_rows(rows, colours)
        self._fit()

    def copied(self) -> str:
        """The chosen row as text, its cells between tabs."""
        at = self.currentIndex()
        return "\t".join(self.rows.rows[at.row()]) if at.isValid() else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QApplication.clipboard().setText(self.copied())
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(round(em(self) * 1.8))
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Each column as wide as its words; the wide one fills what is left, but never less than a few characters."""
        others = 0
        for number in range(len(self.rows.columns)):
            if number != self._wide:
                self.resizeColumnToContents(number)
                others += self.columnWidth(number)
        wide = max(self.viewport().width() - others, round(em(self) * LEAST))
        self.setColumnWidth(self._wide, wide)
        self._fit_height(scrolls=others + wide > self.viewport().width())

    def _fit_height(self, *, scrolls: bool) -> None:
        shown = min(max(len(self.rows.rows), 1), self._most)
        bar = self.horizontalScrollBar().sizeHint().height() if scrolls else 0
        frame = 2 * self.frameWidth()
        self.setFixedHeight(self.verticalHeader().defaultSectionSize() * shown + self.horizontalHeader().sizeHint().height() + bar + frame)
