"""履行: what is due from whom to whom until when, and what was performed of it."""

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent

from desktop.domain import fulfilling
from desktop.domain.course_records import Fulfilment
from desktop.domain.fulfilling import Due
from desktop.ui.button_row import ButtonRow
from desktop.ui.case.added_list import AddedList
from desktop.ui.case.library_door import case_around
from desktop.ui.case.list_buttons import shortened
from desktop.ui.context import button, heading
from desktop.ui.entry.amounts import readable
from desktop.ui.entry.clock import today_around
from desktop.ui.entry.dates import chinese
from desktop.ui.entry.form import Field, Form
from desktop.ui.entry.inputs import Fault, Input, Text
from desktop.ui.entry.record_list import Column
from desktop.ui.entry.typed import Amount, Day
from desktop.ui.plain_table import PlainTable

FULFILMENT = (
    Field("on", "履行日期", Day, 2),
    Field("amount", "金额", Amount, 2),
    Field("proof", "凭证", Text, 2),
)
COLUMNS = ("状态", "期限", "金额或事项", "谁", "向谁")
"""How it stands first: large text shows only the first columns at once."""

_NOTHING = "协议里还没有履行事项。"
_UNSAVED = "协议刚写好、还没有保存，请先按 Ctrl+S 保存，再登记履行。"


def state_of(due: Due, today: date) -> tuple[str, str]:
    """How the due stands in words, and the colour that repeats them."""
    if due.done:
        return f"已履行{f'（{chinese(due.done_on)}）' if due.done_on else ''}", "ok"
    part = f"已付{readable(due.paid)}元，" if due.paid else ""
    if due.due_on is None:
        return f"{part}没有期限", ""
    left = (due.due_on - today).days
    if left < 0:
        return f"{part}逾期{-left}天", "danger"
    return f"{part}{'今天到期' if left == 0 else f'还有{left}天'}", "warn" if left <= 7 else ""


def row_of(due: Due, today: date) -> tuple[str, ...]:
    """The due as a row of the table."""
    what = readable(due.amount) if due.amount is not None else due.act or ""
    nth = f"（第{due.nth}期{f'，共{due.times}期' if due.times else ''}）" if due.times != 1 else ""
    return (state_of(due, today)[0], chinese(due.due_on), what + nth, shortened(due.payer or ""), shortened(due.payee or ""))


class Fulfilments(Input):
    """What was performed, beside everything that is due."""

    def __init__(self) -> None:
        super().__init__()
        self._dues: tuple[Due, ...] = ()
        self.told = heading(_NOTHING, "soft")
        self.table = PlainTable("履行事项", COLUMNS, wide=2, most=10)
        self.record_button = button("登记履行", self.record, key="F6", drawing="check")
        columns = (
            Column("履行日期", lambda one: chinese(one.on)),
            Column("金额（元）", lambda one: readable(one.amount) if one.amount is not None else ""),
            Column("对应的履行事项", self._named, wide=True),
            Column("凭证", lambda one: one.proof or ""),
        )
        self.records = AddedList("履行登记", columns, FULFILMENT, lambda _: Fulfilment())
        self.records.add_button.hide()  # a record belongs to a due: it begins with the button above
        self.records.changed.connect(self._on_change)
        for part in (self.table, self.told, ButtonRow((self.record_button, self.records.drop_button)), self.records):
            self.column.addWidget(part)
        self.column.setSpacing(8)
        self.setFocusProxy(self.table)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self.renew)

    def show_value(self, value: object) -> None:
        self.records.show_value(value)
        self._timer.start()

    def value(self) -> object:
        return self.records.value()

    def inner_faults(self, *, strict: bool) -> list[Fault]:
        return self.records.inner_faults(strict=strict)

    def inner_form(self, rest: str) -> tuple[Form, str] | None:
        """The form of a record."""
        return self.records.inner_form(rest)

    def only_add(self, stored: Iterable[msgspec.Struct]) -> None:
        """Let these records be read only; more can be added."""
        self.records.only_add(stored)

    def own_notes(self, notes: dict[str, str]) -> None:
        self.records.own_notes(notes)

    def reveal(self, rest: str = "") -> None:
        if rest:
            self.records.reveal(rest)
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def mark_wrong(self, wrong: bool) -> None:
        """The form of the records marks its own fields."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.stop()
        self.renew()

    def renew(self) -> None:
        """Show what is due by the case as typed."""
        case = case_around(self) if self.isVisible() else None
        if case is None:
            return
        today, row = today_around(self), self.table.currentIndex().row()
        self._dues = fulfilling.schedule(case, today)
        rows, colours = [row_of(due, today) for due in self._dues], [state_of(due, today)[1] for due in self._dues]
        if (rows, colours) != (self.table.rows.rows, self.table.rows.colours):
            self.table.show_rows(rows, colours)
        self.table.setVisible(bool(self._dues))
        self.told.setText(_summary(self._dues, today) if self._dues else _NOTHING)
        self.record_button.setEnabled(not all(due.done for due in self._dues))
        self._choose(row)

    def _choose(self, row: int) -> None:
        """The row that was chosen if it is still open, otherwise the first open one."""
        if not (0 <= row < len(self._dues)) or self._dues[row].done:
            row = next((place for place, due in enumerate(self._dues) if not due.done), -1)
        if row >= 0:
            self.table.selectRow(row)

    def record(self) -> None:
        """Register that the chosen due was performed whole today; date and amount can be changed."""
        row = self.table.currentIndex().row()
        due = self._dues[row] if 0 <= row < len(self._dues) else None
        if due is None or due.done:
            return
        if not due.obligation:
            self.told.setText(_UNSAVED)
            return
        old = self.records.value_rows()
        self.records.show_value((*old, fulfilling.record_of(due, today_around(self))))
        self.records.reveal(f"[{len(old)}].on")
        self._on_change()

    def _on_change(self) -> None:
        self._timer.start()
        self.changed.emit()

    def _named(self, record: Fulfilment) -> str:
        due = next((due for due in self._dues if (due.obligation, due.due_on) == (record.obligation, record.due_on)), None)
        return "　".join(part for part in row_of(due, today_around(self))[1:] if part) if due else chinese(record.due_on)


def _summary(dues: Sequence[Due], today: date) -> str:
    """How much is performed and how much overdue, in one line."""
    done, late = len([due for due in dues if due.done]), [due for due in dues if due.overdue(today)]
    owed = sum(due.rest for due in late if due.rest is not None)
    told = f"共{len(dues)}项，已履行{done}项"
    return f"{told}，逾期{len(late)}项{f'（{readable(owed)}元）' if owed else ''}，请督促履行。" if late else f"{told}。"
