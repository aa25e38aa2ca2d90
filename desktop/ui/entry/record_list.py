"""A list of values of one kind (parties, sessions, letters …): a table above, the form of the chosen one below."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout

from desktop.ui.calm_table import CalmTable
from desktop.ui.context import heading, press_with
from desktop.ui.entry.around import row_taker_around
from desktop.ui.entry.form import Field, Form
from desktop.ui.entry.inputs import Fault, Input
from desktop.ui.icons import IconButton, icon
from desktop.ui.table_rows import NO_INDEX, Titled
from desktop.ui.visible import visible


@dataclass(frozen=True)
class Column:
    """A column of the table: its title, its text for a value, and whether it takes the spare width."""

    title: str
    text: Callable[[Any], str]
    wide: bool = False


class Records(Titled):
    """The values as rows; a row with a doubt or without what it must have shows ！before its first text."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__([column.title for column in columns])
        self.columns = columns
        self.records: list[msgspec.Struct] = []
        self.doubtful: frozenset[int] = frozenset()

    def count(self) -> int:
        return len(self.records)

    def text(self, row: int, column: int) -> str:
        text = self.columns[column].text(self.records[row])
        return f"！{text}" if column == 0 and row in self.doubtful else text

    def replace_all(self, records: Sequence[msgspec.Struct]) -> None:
        """Show other values."""
        self.beginResetModel()
        self.records = list(records)
        self.doubtful = frozenset()
        self.endResetModel()

    def put(self, row: int, record: msgspec.Struct) -> None:
        """Show the value in the row."""
        self.records[row] = record
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))

    def append(self, record: msgspec.Struct) -> None:
        """Add the value as last row."""
        self.beginInsertRows(NO_INDEX, len(self.records), len(self.records))
        self.records.append(record)
        self.endInsertRows()

    def drop(self, row: int) -> None:
        """Take the row out."""
        self.beginRemoveRows(NO_INDEX, row, row)
        del self.records[row]
        self.doubtful = frozenset(number - (number > row) for number in self.doubtful if number != row)
        self.endRemoveRows()

    def mark_doubtful(self, rows: frozenset[int]) -> None:
        """Mark the rows that have doubts."""
        if rows == self.doubtful:
            return
        self.doubtful = rows
        if self.records:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.records) - 1, 0))


class RecordList(Input):
    """The control for a tuple of values. `blank` makes a new one for its row; one that was left blank is no part of the tuple.

    `read_rows` reads the values from a table that was copied elsewhere; it is given the text and how many values there are already.
    """

    def __init__(
        self,
        noun: str,
        columns: Sequence[Column],
        fields: Sequence[Field],
        blank: Callable[[int], msgspec.Struct],
        *,
        watch: Callable[[Form], None] | None = None,
        keys: tuple[str, str] = ("F6", "F8"),
        rows: int = 4,
        read_rows: Callable[[str, int], Sequence[msgspec.Struct]] | None = None,
    ) -> None:
        super().__init__()
        self._read_rows = read_rows
        self._blank, self._noun = blank, noun
        self._notes: dict[int, dict[str, str]] = {}
        self.model = Records(columns)
        self.table = record_table(noun, self.model, rows)
        self.table.setParent(self)  # before the form: Tab goes from the list into the fields
        self.empty = heading(f"还没有{noun}，按 {keys[0]} 添加。", "soft")
        self.empty.setWordWrap(False)
        self.column.setSpacing(8)
        for part in (self.empty, self.table):
            self.column.addWidget(part)
        self.form = Form(fields, watch, self)  # after the table, as Tab goes
        self.form.changed.connect(self._take_over)
        self.column.addWidget(self.form)
        self.column.insertLayout(0, self._buttons(keys))  # made last: Enter in the last field comes to the button that adds the next one
        self.setFocusProxy(self.add_button)
        keys_of_list = _Keys(self)
        self.add_button.installEventFilter(keys_of_list)
        self.table.installEventFilter(keys_of_list)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self._shown_row = -1
        self._original = blank(0)
        self._fit()

    def _buttons(self, keys: tuple[str, str]) -> QHBoxLayout:
        self.add_button, self.drop_button = IconButton(f"添加{self._noun}  {keys[0]}"), IconButton(f"删去  {keys[1]}")
        self.add_button.setIcon(icon("add"))
        self.drop_button.setIcon(icon("remove"))
        row = QHBoxLayout()
        for button, key, slot in ((self.add_button, keys[0], self.add), (self.drop_button, keys[1], self.drop)):
            press_with(button, key)
            button.clicked.connect(slot)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def show_value(self, value: object) -> None:
        row = self._shown_row
        self._notes = {}
        self._shown_row = -1
        self.model.replace_all(value if isinstance(value, tuple) else ())
        count = len(self.model.records)
        self._go(min(max(row, 0), count - 1))

    def value(self) -> object:
        return self.value_rows()

    def value_rows(self) -> tuple[msgspec.Struct, ...]:
        """The values without those that were left blank."""
        return tuple(record for record in self.model.records if not self._is_blank(record))

    def current(self) -> msgspec.Struct | None:
        """The value whose form is shown."""
        return self.model.records[self._shown_row] if 0 <= self._shown_row < len(self.model.records) else None

    def inner_faults(self, *, strict: bool) -> list[Fault]:
        """What is wrong in the form; strict: also in which other rows something is missing."""
        row = self._shown_row
        record = self.current()
        faults = self.form.faults(strict=strict and not self._is_blank(record)) if record is not None else []
        found = [Fault(f"[{row}].{fault.path}", fault.sentence) for fault in faults]
        others = ((index, self._lack(record)) for index, record in enumerate(self.model.records) if strict and index != row)
        return found + [Fault(f"[{index}]", f"第{index + 1}行：{lack}") for index, lack in others if lack]

    def _is_blank(self, record: msgspec.Struct) -> bool:
        return record in (self._blank(0), self._blank(1))

    def _lack(self, record: msgspec.Struct) -> str:
        if self._is_blank(record):
            return ""
        required = (cell.field for cell in self.form.cells.values() if cell.field.required)
        return next((field.required for field in required if not getattr(record, field.name)), "")

    def add(self) -> None:
        """Add a blank value and put the cursor into its first field."""
        if self._may_leave():
            self.model.append(self._blank(len(self.model.records)))
            self._go(len(self.model.records) - 1)
            next(iter(self.form.cells.values())).control.reveal()
            self.changed.emit()

    def drop(self) -> None:
        """Take the chosen value out; the case keeps it until the case is saved."""
        row = self._shown_row
        if row < 0:
            return
        self._shown_row = -1
        self._notes = {}
        self.model.drop(row)
        self._go(min(row, len(self.model.records) - 1))
        self.changed.emit()

    def own_notes(self, notes: dict[str, str]) -> None:
        self._notes = {}
        for path, text in notes.items():
            number, _, rest = path.removeprefix("[").partition("]")
            if number.isdigit():
                self._notes.setdefault(int(number), {})[rest.removeprefix(".")] = text
        self.model.mark_doubtful(frozenset(self._notes))
        self.form.show_notes(self._notes.get(self._shown_row, {}))

    def reveal(self, rest: str = "") -> None:
        number, _, inner = rest.removeprefix("[").partition("]")
        if number.isdigit() and int(number) < len(self.model.records):
            self._go(int(number))
            if self.form.reveal(inner.removeprefix(".")):
                return
        (self.table if self.model.records else self.add_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def inner_form(self, rest: str) -> tuple[Form, str] | None:
        """The form, showing the row of the path; rows that are not there yet are added blank."""
        number, _, inner = rest.removeprefix("[").partition("]")
        if not number.isdigit():
            return None
        if int(number) != self._shown_row:
            while len(self.model.records) <= int(number):
                self.model.append(self._blank(len(self.model.records)))
            self._go(int(number))
        return self.form, inner.removeprefix(".")

    def press(self, watched: QObject, event: QKeyEvent) -> bool:
        """Enter on the button adds; in the table it goes to the first field of the chosen value; a table may be pasted on either."""
        if event.matches(QKeySequence.StandardKey.Paste):
            return self._paste(QApplication.clipboard().text()) is not None
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if watched is self.add_button:
            self.add()
        elif self.current() is not None:
            next(iter(self.form.cells.values())).control.reveal()
        return True

    def takes_table(self, text: str) -> bool:
        """Take the rows of a table that was pasted into a line of the form."""
        return bool(self._paste(text))

    def _paste(self, text: str) -> bool | None:
        """Take the rows of a table, if the page's operator wants them: whether he does, None where the text has none."""
        page = row_taker_around(self)
        rows = self._read_rows(text, len(self.value_rows())) if self._read_rows else []
        if not rows or page is None or not self._may_leave():
            return None
        told = "\n".join("　".join(visible(column.text(row)) for column in self.model.columns) for row in rows)
        if not page.takes_rows(told, len(rows)):
            return False
        self.show_value((*self.value_rows(), *rows))
        self._go(len(self.model.records) - 1)
        self.changed.emit()
        return True

    def mark_wrong(self, wrong: bool) -> None:
        """The form below marks its own fields."""

    def _may_leave(self) -> bool:
        """Text with a fault is never dropped: one stays until it is put right."""
        if self.current() is None:
            return True
        faults = self.form.faults(strict=False)
        if faults:
            self.form.reveal(faults[0].path)
        return not faults

    def _on_row(self, new: QModelIndex, _old: QModelIndex) -> None:
        if new.row() == self._shown_row or not new.isValid():
            return
        if self._shown_row >= 0 and not self._may_leave():
            self.table.selectRow(self._shown_row)
            return
        self._show_row(new.row())

    def _go(self, row: int) -> None:
        if row >= 0:
            self.table.selectRow(row)
        if row != self._shown_row:
            self._show_row(row)
        self._fit()

    def _show_row(self, row: int) -> None:
        self._shown_row = row
        record = self.current()
        if record is not None:
            self._original = record
            self.form.show_value(record)
            self.form.show_notes(self._notes.get(row, {}))
        self._fit()

    def _take_over(self) -> None:
        if self.current() is not None:
            self.model.put(self._shown_row, self.form.apply(self._original))
        self.changed.emit()

    def _fit(self) -> None:
        count = len(self.model.records)
        self.table.setVisible(count > 0)
        self.empty.setVisible(count == 0)
        self.form.setVisible(self.current() is not None)
        self.drop_button.setEnabled(count > 0)


class _Keys(QObject):
    """Hears the keys of the table and of the button for their list."""

    def __init__(self, records: RecordList) -> None:
        super().__init__(records)
        self._records = records

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._records.press(watched, event)
        return False


def record_table(name: str, model: Records, most: int) -> CalmTable:
    """A table over the values, as high as its rows, but never higher than so many."""
    wide = next(number for number, column in enumerate(model.columns) if column.wide)
    return CalmTable(name, model, wide=wide, most=most)
