"""A table of words to read: rows that were made elsewhere, shown whole up to a height, then scrolling."""

from collections.abc import Sequence

from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from desktop.ui.calm_table import DATE, CalmTable
from desktop.ui.table_rows import Titled


class Rows(Titled):
    """Rows of texts; a row may have a colour."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__(titles)
        self.rows: Sequence[tuple[str, ...]] = ()
        self.colours: Sequence[str] = ()

    def show_rows(self, rows: Sequence[tuple[str, ...]], colours: Sequence[str] = ()) -> None:
        """Show these rows; `colours` names one of the theme's for each, "" for none."""
        self.beginResetModel()
        self.rows, self.colours = rows, colours or [""] * len(rows)
        self.endResetModel()

    def count(self) -> int:
        return len(self.rows)

    def text(self, row: int, column: int) -> str:
        return self.rows[row][column]

    def colour(self, row: int, column: int) -> str:
        del column
        return self.colours[row]


class PlainTable(CalmTable):
    """Shows `Rows`, at most `most` of them at once. Ctrl+C copies the row."""

    def __init__(self, name: str, titles: Sequence[str], *, wide: int, most: int = 8) -> None:
        rows = Rows(titles)
        super().__init__(name, rows, wide=wide, most=most, narrow=DATE)
        self.rows = rows

    def show_rows(self, rows: Sequence[tuple[str, ...]], colours: Sequence[str] = ()) -> None:
        """Show these rows instead."""
        self.rows.show_rows(rows, colours)

    def copied(self) -> str:
        """The chosen row as text, its cells between tabs."""
        at = self.currentIndex()
        return "\t".join(self.rows.rows[at.row()]) if at.isValid() else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QApplication.clipboard().setText(self.copied())
        else:
            super().keyPressEvent(event)
