"""履行事项: who owes what until when, with instalments from a small table."""

from functools import partial
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent

from desktop.domain.agreement import Obligation
from desktop.domain.case import Case
from desktop.domain.codes import Repeat
from desktop.services import drafts
from desktop.services.desk import Desk
from desktop.ui.case.instalment_dialog import InstalmentDialog
from desktop.ui.case.library_door import case_around, door_of
from desktop.ui.case.list_buttons import in_one_row, shortened
from desktop.ui.context import button
from desktop.ui.entry.amounts import readable
from desktop.ui.entry.around import draft_key_around
from desktop.ui.entry.dates import chinese
from desktop.ui.entry.form import Field
from desktop.ui.entry.inputs import Text
from desktop.ui.entry.kept import draft_name
from desktop.ui.entry.pick import pick
from desktop.ui.entry.record_list import Column, RecordList
from desktop.ui.entry.typed import Amount, Day

OBLIGATION = (
    Field("amount", "金额", Amount, 3),
    Field("act", "或做什么事", Text, 3),
    Field("due_on", "期限", Day, 2),
    Field("payer", "谁来履行", Text, 2),
    Field("payee", "向谁履行", Text, 2),
    Field("method", "方式", partial(Text, "如：现金、转账"), 2),
    Field("repeat", "重复", pick(Repeat), 2),
    Field("until", "重复到", Day, 2),
)


def between_two(case: Case) -> Obligation:
    """What an obligation of two parties starts from: the respondent owes the applicant. With more parties nobody is presumed."""
    sides = [[party.name for party in case.parties if party.role == role and party.name] for role in ("被申请人", "申请人")]
    if [len(side) for side in sides] != [1, 1]:
        return Obligation()
    return Obligation(payer=sides[0][0], payee=sides[1][0])


class Obligations(RecordList):
    """The obligations of an agreement."""

    def __init__(self) -> None:
        self._start = Obligation()
        columns = (
            Column("谁", lambda duty: shortened(duty.payer or "")),
            Column("向谁", lambda duty: shortened(duty.payee or "")),
            Column("金额或事项", lambda duty: readable(duty.amount) if duty.amount is not None else duty.act or "", wide=True),
            Column("期限", lambda duty: chinese(duty.due_on)),
        )
        super().__init__("履行事项", columns, OBLIGATION, lambda _: self._start, rows=5)
        self.split_button = button("分期", self.split, key="Ctrl+F6", drawing="calendar")
        in_one_row(self, self.split_button)
        self.dialog: InstalmentDialog | None = None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        case = case_around(self)
        if case is not None:
            self._start = between_two(case)

    def split(self) -> None:
        """Ask how to divide the amount of the chosen obligation, or a new one."""
        start = cast("Obligation | None", self.current()) or self._start
        case = case_around(self)
        names = [party.name for party in case.parties if party.name] if case else []
        self.dialog = InstalmentDialog(self, start, names)
        door, key = door_of(self), draft_key_around(self)
        if door is not None and key:
            self.dialog.keep(door.context, self._draft(door.context.desk, key, start))
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.accepted.connect(self._take_parts)
        self.dialog.open()

    def _draft(self, desk: Desk, case: str, start: Obligation) -> str:
        """The name of the draft of the dialog: by the obligation, or by its row as long as it was not saved."""
        row = draft_name("分期", f"{case}:{max(self._shown_row, 0)}")
        saved = draft_name("分期", f"{case}:{start.id}") if start.id else row
        return row if drafts.kept(desk, saved) is None and drafts.kept(desk, row) is not None else saved

    def _take_parts(self) -> None:
        """The parts in the place of the obligation that was divided."""
        if self.dialog is None:
            return
        parts = self.dialog.obligations()
        old = cast("tuple[Obligation, ...]", self.value_rows())
        chosen = self.current()
        place = next((place for place, one in enumerate(old) if one is chosen), len(old))
        rest = old[place + 1 :] if chosen is not None else ()
        self.show_value((*old[:place], *parts, *rest))
        self.reveal(f"[{place}]")
        self.changed.emit()
        if self.dialog.kept is not None:
            self.dialog.kept.end_with(lambda: None)
