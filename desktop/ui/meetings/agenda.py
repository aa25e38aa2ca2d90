"""The agenda of a meeting: the disputes in a table, the chosen one beside it, and a key for each decision."""

from collections.abc import Sequence
from functools import partial

import msgspec
from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QPushButton, QVBoxLayout

from desktop.domain.meeting import Item
from desktop.ui.button_row import ButtonRow
from desktop.ui.calm_table import Chooser
from desktop.ui.context import button, heading
from desktop.ui.entry.dates import chinese
from desktop.ui.entry.form import Form, framed
from desktop.ui.entry.inputs import Fault, Text
from desktop.ui.entry.record_list import Records
from desktop.ui.fitting import Fitting
from desktop.ui.meetings.fields import ITEM, ITEM_COLUMNS, told
from desktop.ui.theme import em
from desktop.ui.visible import visible

_BESIDE = 36
"""From so many ems on the item stands beside the table, below it otherwise."""

_LEFT_OUT = {4: 27}
"""The column of the day that something is due is shown from so many ems on; beside the table it stands anyway."""

_ROWS = 12


class AgendaTable(Chooser):
    """The items; Enter edits the chosen one, a digit decides about it."""

    pressed_digit = Signal(int)

    def __init__(self, model: Records) -> None:
        super().__init__("议题", model, wide=0, most=_ROWS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdecimal() and event.text().isascii() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.pressed_digit.emit(int(event.text()))
        else:
            super().keyPressEvent(event)

    def measure(self) -> None:
        super().measure()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.leave_out(self.width() / em(self), _LEFT_OUT)


class Agenda(Fitting):
    """`changed` comes with every keystroke. `decided` carries case and decision, `asked` a number to be added, `left_out` a case."""

    changed = Signal()
    decided = Signal(str, str)
    asked = Signal(str)
    left_out = Signal(str)
    opened = Signal(str)

    def __init__(self, steps: Sequence[str]) -> None:
        super().__init__()
        self.steps = tuple(steps)
        self._row = -1
        self._original: msgspec.Struct = Item(case="")
        self.model = Records(ITEM_COLUMNS)
        self.table = AgendaTable(self.model)
        self.form = Form(ITEM)
        self.form.changed.connect(self._take_over)
        self.title, self.facts, self.state = heading("", "head"), heading("", "soft"), heading("", "fact")
        self.count = heading("", "soft")
        self.number = Text("卷号")
        self.buttons = [self._step_button(at, step) for at, step in enumerate(self.steps, 1)]
        self._build()
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.chosen.connect(self.edit)
        self.table.pressed_digit.connect(self._on_digit)
        self._fit()

    def _step_button(self, at: int, step: str) -> QPushButton:
        return button(f"{at} {step}" if at < 10 else step, partial(self._decide, step))

    def _build(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self.count)
        left.addWidget(self.table)
        self.number.line.setAccessibleName("要加入议题的卷号")
        self.number.line.moves_on = False
        self.number.line.returnPressed.connect(self._ask)
        left.addWidget(self.number)
        row = (
            button("加入议题", self._ask, key="F4", drawing="add"),
            button("移出议题", self._leave_out, key="F8", drawing="remove"),
            button("打开", self._open, key="Ctrl+O"),
        )
        left.addWidget(ButtonRow(row))
        left.addStretch(1)
        self.card, right = framed("", "card")
        hint = heading("决定（光标在议题表里时，按数字键即可）", "label")
        for part in (self.title, self.facts, self.state, hint, ButtonRow(self.buttons), self.form):
            right.addWidget(part)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.addLayout(left, 1)
        self._both.addWidget(self.card, 1, Qt.AlignmentFlag.AlignTop)

    # --- what is shown ---

    def show_items(self, items: Sequence[Item], more: int) -> None:
        """Show the items; the chosen one stays chosen where it is still there."""
        chosen = self.current()
        case = chosen.case if chosen else ""
        self._row = -1
        self.model.replace_all(items)
        rows = [row for row, item in enumerate(items) if item.case == case]
        open_items = sum(not item.decided_on for item in items)
        rest = f"；另有 {more:,} 件没有列入" if more else ""
        self.count.setText(f"议题 {len(items)} 件，还没有议定 {open_items} 件{rest}。回车填写意见，数字键作出决定。")
        self.card.setVisible(bool(items))
        if items:
            self.choose(rows[0] if rows else 0)

    def choose(self, row: int) -> None:
        """Choose the item in the row."""
        self.table.selectRow(row)
        if row != self._row:
            self._show(row)

    def choose_next(self, case: str) -> None:
        """Choose the next item after that of the case about which nothing was decided; that of the case where there is none."""
        items = self.items()
        at = next((row for row, item in enumerate(items) if item.case == case), 0)
        order = [*range(at + 1, len(items)), *range(at)]
        self.choose(next((row for row in order if not items[row].decided_on), at))
        self._to_table()

    def items(self) -> tuple[Item, ...]:
        """The items with what was typed."""
        return tuple(record for record in self.model.records if isinstance(record, Item))

    def row(self) -> int:
        """The row of the chosen item, -1 if there is none."""
        return self._row

    def current(self) -> Item | None:
        """The chosen item."""
        items = self.model.records
        found = items[self._row] if 0 <= self._row < len(items) else None
        return found if isinstance(found, Item) else None

    def faults(self) -> list[Fault]:
        """What cannot be used of what was typed."""
        return self.form.faults(strict=False) if self.current() else []

    def edit(self, field: str = "opinion") -> None:
        """Put the cursor into a field of the chosen item."""
        if self.current():
            self.form.reveal(field)

    def leave_item(self) -> bool:
        """Put the cursor from the fields of the item back into the table; False if it was not in them."""
        focused = QApplication.focusWidget()
        inside = focused is not None and self.card.isAncestorOf(focused)
        if inside:
            self._to_table()
        return inside

    def suggest(self, units: Sequence[str]) -> None:
        """Offer these where a responsible unit is to be named."""
        unit = self.form["unit"]
        if isinstance(unit, Text) and units:
            unit.suggest(units)

    # --- what is typed ---

    def _on_row(self, new: QModelIndex, _old: QModelIndex) -> None:
        if not new.isValid() or new.row() == self._row:
            return
        faults = self.faults()
        if faults:  # text that cannot be used is never dropped: one stays until it is put right
            self.table.selectRow(self._row)
            self.form.reveal(faults[0].path)
            return
        self._show(new.row())

    def _show(self, row: int) -> None:
        self._row = row
        item = self.current()
        if item is None:
            return
        self._original = item
        self.title.setText(visible(item.title))
        self.facts.setText(visible(told(item)))
        self.form.show_value(item)
        done = f"✓ {chinese(item.decided_on)}议定：{item.wrote}，已写入纠纷。" if item.decided_on else "还没有议定。"
        self.state.setText(visible(done))

    def _take_over(self) -> None:
        if self.current() is not None:
            self.model.put(self._row, self.form.apply(self._original))
        self.changed.emit()

    # --- what is asked for ---

    def _on_digit(self, digit: int) -> None:
        if 1 <= digit <= len(self.steps):
            self._decide(self.steps[digit - 1])

    def _decide(self, step: str) -> None:
        item = self.current()
        if item is None:
            return
        self.model.put(self._row, msgspec.structs.replace(item, decision=step))
        self._original = msgspec.structs.replace(self._original, decision=step)
        self.decided.emit(item.case, step)

    def _ask(self) -> None:
        if self.number.text():
            self.asked.emit(self.number.text())
        else:
            self.number.reveal()

    def _leave_out(self) -> None:
        if item := self.current():
            self.left_out.emit(item.case)

    def _open(self) -> None:
        if item := self.current():
            self.opened.emit(item.case)

    def _to_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- the room ---

    def _fit(self) -> None:
        beside = self.width() > em(self) * _BESIDE
        wanted = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._both.direction() != wanted:
            self._both.setDirection(wanted)
            self._both.setAlignment(self.card, Qt.AlignmentFlag.AlignTop)
