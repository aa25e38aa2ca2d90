"""A table that is read while the window stays awake, below a sentence that sums it up."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.context import Context, heading
from desktop.ui.plain_table import PlainTable
from desktop.ui.visible import visible

if TYPE_CHECKING:
    from desktop.services.desk import Desk

T = TypeVar("T")


class Shown(NamedTuple):
    """The sentence, the rows, and the name of a colour for each of them or none at all."""

    told: str
    rows: Sequence[tuple[str, ...]]
    colours: Sequence[str] = ()


class TableBox(QWidget, Generic[T]):
    """`read` is called off the window's thread, with the office on a connection of its own; `tell` makes of what was found what is shown.

    The sentence is a `fact` or `soft` text.
    """

    def __init__(self, context: Context, table: PlainTable, read: "Callable[[Desk], T]", tell: Callable[[T], Shown], role: str) -> None:
        super().__init__()
        self._context, self._read, self._tell = context, read, tell
        self.told, self.table = heading("", role), table
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.told)
        column.addWidget(self.table)

    def refresh(self) -> None:
        """Show it as it is now."""
        desk = self._context.desk
        self._context.worker.start(lambda: self._beside(desk), self._show, self._refused)

    def _beside(self, desk: "Desk") -> T:
        with desk.beside() as beside:
            return self._read(beside)

    def _show(self, found: T) -> None:
        shown = self._tell(found)
        self.told.setText(shown.told)
        self.table.show_rows(shown.rows, shown.colours)
        self.table.setVisible(bool(shown.rows))

    def _refused(self, sentence: str) -> None:
        self.told.setText(f"✕ {visible(sentence)}")
        self.table.hide()
