"""What is asked before a step of a letter: date, who, a reason, a new limit; or the letter that goes with it."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from PySide6.QtWidgets import QWidget

from desktop.domain.codes import LetterMoveKind
from desktop.domain.letter import Letter, LetterMove
from desktop.ui.context import Context
from desktop.ui.entry.form import Field
from desktop.ui.entry.form_dialog import FormDialog
from desktop.ui.entry.inputs import Choice, Text
from desktop.ui.entry.kept import draft_name
from desktop.ui.entry.long_text import LongText
from desktop.ui.entry.typed import Day
from desktop.ui.letters.fields import fields_for
from desktop.ui.theme import em

Act = Callable[[Any], object]
"""Does the step with what was typed; raises `Refused` where it cannot be done."""

WITH_LIMIT: frozenset[LetterMoveKind] = frozenset({"申请延期", "准予延期", "退回重办"})
_NOTES: dict[LetterMoveKind, str] = {
    "退回重办": "理由",
    "异议退回": "退回的理由",
    "申请延期": "延期的理由",
    "提级": "提级的理由",
    "作废": "作废的理由",
    "反馈": "办理结果",
}
TOLD: dict[LetterMoveKind, str] = {
    "送签": "送给签发人看，签发以前还可以修改。",
    "签发": "签发以后取得文号，内容不能再修改。",
    "送达": "对方收到这份文件时登记；用交换包送的，导出时就算送出。",
    "签收": "收到以后马上签收，发文单位会看到。",
    "开始办理": "登记开始办理的日期和承办人。",
    "反馈": "只登记收到了反馈；要打印反馈单，请用“写反馈单”。",
    "认可销号": "认可反馈，这份文件和对它的督办一起销号。",
    "退回重办": "反馈不实、没有办完，或者不同意退回的，写明理由退给主送单位，可以定新的时限。",
    "异议退回": "不属于本单位职责的，写明理由退回发文单位。",
    "申请延期": "写明理由和要延到哪一天，等发文单位答复。",
    "准予延期": "同意延期，填写新的时限。",
    "不准延期": "不同意延期，时限不变。",
    "提级": "督办以后仍没有办结的，提请上级办理。",
    "作废": "作废以后文号保留，不再使用。",
}


class ActDialog(FormDialog):
    """A form over one value and one thing to do with it; it closes when that was done, otherwise it says why not."""

    ems = 34

    def __init__(
        self, parent: QWidget, title: str, fields: Sequence[Field], value: msgspec.Struct, act: Act, *, told: str, yes: str
    ) -> None:
        super().__init__(parent, title, fields, value, told=told, yes=yes)
        self._value, self._act = value, act

    def keep(self, context: Context, of: str) -> None:
        """Keep what is typed as a draft of what the dialog asks about the case or letter with that id."""
        self.keep_form(context, draft_name(self.windowTitle(), of))

    def begin(self) -> None:
        """Put the cursor into the first empty field."""
        cells = [cell for cell in self.form.cells.values() if cell.isVisibleTo(self.form)]
        empty = next((cell for cell in cells if not cell.control.value() and cell.field.name != "title"), cells[0] if cells else None)
        if empty:
            empty.control.reveal()

    def _do(self) -> None:
        value = self.form.apply(self._value)
        if self.kept is None:
            self._act(value)
        else:
            self.kept.end_with(lambda: self._act(value))


def move_dialog(parent: QWidget, kind: LetterMoveKind, move: LetterMove, act: Act) -> ActDialog:
    """The dialog for one step: when, who, what is to be said, and the new limit where the step sets one."""
    fields = [Field("on", "日期", Day, 3, "请填写日期。"), Field("by", "经办人", Text, 3)]
    if kind in WITH_LIMIT:
        fields.append(Field("until", "新的时限" if kind != "申请延期" else "申请延期至", Day, 3))
    fields.append(Field("note", _NOTES.get(kind, "说明"), lambda: LongText(2), 6))
    return ActDialog(parent, kind, fields, move, act, told=TOLD.get(kind, ""), yes=kind)


def letter_dialog(
    parent: QWidget,
    title: str,
    letter: Letter,
    act: Act,
    *,
    told: str,
    yes: str,
    offices: Sequence[str] = (),
    kinds: Sequence[str] = (),
) -> ActDialog:
    """The dialog over a whole letter: to answer, to urge, to correct a draft. `offices` are offered as addressees, `kinds` as kinds."""
    fields = [field for field in fields_for(letter.kind) if field.name != "replies_to" and (kinds or field.name != "kind")]
    dialog = ActDialog(parent, title, fields, letter, act, told=told, yes=yes)
    to = dialog.form["to"]
    if isinstance(to, Text):
        to.suggest(list(offices))
    if kinds:
        picker = dialog.form["kind"]
        if isinstance(picker, Choice):
            picker.offer(list(kinds))
            picker.show_value(letter.kind)
    dialog.resize(round(em(dialog) * 36), round(em(dialog) * 32))
    dialog.begin()
    return dialog


def incoming_dialog(parent: QWidget, letter: Letter, act: Act, kinds: Sequence[str]) -> ActDialog:
    """The dialog over a letter that came on paper, with the number that its issuer gave it."""
    head = (Field("number", "文号", Text, 3, "请填写来文的文号。"), Field("issuer", "发文单位", Text, 3, "请填写发文单位。"))
    kept = ("kind", "title", "matter", "measures", "due_on", "responsible", "signer", "issued_on", "contact", "phone")
    fields = (*head, *(field for field in fields_for(letter.kind) if field.name in kept))
    dialog = ActDialog(parent, "登记来文", fields, letter, act, told="照收到的纸质文件填写，登记以后算已签收。", yes="登记")
    picker = dialog.form["kind"]
    if isinstance(picker, Choice):
        picker.offer(list(kinds))
        picker.show_value(letter.kind)
    return dialog
