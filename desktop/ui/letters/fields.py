"""The fields of a letter: those of every kind first, then what its kind needs (domain.md 1.4)."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QCheckBox

from desktop.domain.codes import LetterKind, Risk, Satisfaction, choices
from desktop.domain.letter import AnswerKind, AnswerResult, Consequence, ReportRule, SupervisionReason, SupervisionWay, Urgency
from desktop.ui.entry.form import Field, Form
from desktop.ui.entry.inputs import Names, Text
from desktop.ui.entry.long_text import Lines, LongText
from desktop.ui.entry.pick import pick
from desktop.ui.entry.tick_grid import TickGrid, show_ticked
from desktop.ui.entry.typed import Day

_TWO_COLUMNS = 20
"""From so many ems on ticks stand in two columns."""


class Ticks(TickGrid):
    """Some of a few codes, one box each."""

    def __init__(self, options: Sequence[str]) -> None:
        super().__init__({option: QCheckBox(option) for option in options}, _TWO_COLUMNS)
        for box in self.boxes.values():
            box.toggled.connect(self.changed)

    def show_value(self, value: object) -> None:
        wanted = value if isinstance(value, tuple) else ()
        for option, box in self.boxes.items():
            show_ticked(box, on=option in wanted)

    def value(self) -> object:
        return tuple(option for option, box in self.boxes.items() if box.isChecked())


CORE = (
    Field("kind", "种类", pick(LetterKind), 2, "请选择种类。"),
    Field("to", "主送单位", Text, 4),
    Field("title", "标题", Text, 6),
    Field("matter", "事由", partial(LongText, 3), 6),
    Field("measures", "措施", partial(Lines, 3, "一行写一项"), 6),
    Field("due_on", "办理时限", Day, 2),
    Field("responsible", "责任人", Text, 2),
    Field("signer", "签发人", Text, 2),
    Field("issued_on", "签发日期", Day, 2),
    Field("replies_to", "答复哪份文件", Text, 4),
)
"""What every letter has, in the order in which it is typed."""

TASK = (
    Field("leader", "责任领导", Text, 2),
    Field("responsible_phone", "责任人电话", Text, 2),
    Field("keeper", "稳控责任人", Text, 2),
    Field("partners", "配合单位", partial(Names, "用、隔开"), 4),
    Field("report_rule", "反馈要求", pick(ReportRule), 2),
    Field("opinion", "研判意见", partial(LongText, 2), 6),
    Field("instruction", "领导批示", partial(LongText, 2), 6),
)
SUPERVISION = (
    Field("reason", "督办事由", pick(SupervisionReason), 2),
    Field("way", "督办方式", pick(SupervisionWay), 2),
    Field("first_due_on", "原办理时限", Day, 2),
    Field("progress", "目前进展", partial(LongText, 2), 6),
    Field("warnings", "后果提示", partial(Ticks, choices(Consequence)), 6),
)
ANSWER = (
    Field("answer_kind", "反馈类型", pick(AnswerKind), 2),
    Field("result", "办理结果", pick(AnswerResult), 2),
    Field("satisfaction", "群众满意度", pick(Satisfaction), 2),
    Field("agreement_number", "协议编号", Text, 4),
    Field("risk", "现风险等级", pick(Risk), 2),
    Field("next_steps", "遗留问题与下步措施", partial(LongText, 2), 6),
    Field("extend_to", "申请延期至", Day, 3),
)
ADVICE = (Field("basis", "数据依据", partial(LongText, 2), 6),)
COMMON = (
    Field("urgency", "紧急程度", pick(Urgency), 2),
    Field("contact", "联系人", Text, 2),
    Field("phone", "联系电话", Text, 2),
    Field("signer_post", "签发人职务", Text, 2),
    Field("copies_to", "抄送", partial(Names, "用、隔开"), 4),
    Field("enclosures", "附件", partial(Lines, 1, "一行写一份"), 6),
)
LETTER = (*CORE, *TASK, *SUPERVISION, *ANSWER, *ADVICE, *COMMON)
"""All fields; a form shows those of the letter's kind."""

_BY_KIND: tuple[tuple[str, tuple[Field, ...]], ...] = (
    ("督", SUPERVISION),
    ("反馈", ANSWER),
    ("结单", ANSWER),
    ("函", ADVICE),
)


def fields_for(kind: str) -> tuple[Field, ...]:
    """The fields of a letter of the kind, by its name: what a county calls its letters tells what they are for."""
    own = next((fields for word, fields in _BY_KIND if word in kind), TASK)
    return (*CORE, *own, *COMMON)


def follow_kind(form: Form) -> None:
    """Show the fields of the kind that is chosen in the form, and no others."""
    kept = {field.name for field in fields_for(str(form["kind"].value() or ""))}
    form.hide_fields(frozenset(form.cells.keys() - kept))
