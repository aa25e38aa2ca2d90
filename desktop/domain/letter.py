"""三单一函: task orders, supervision orders, feedback slips and advisory letters (domain.md section 1)."""

from datetime import date
from typing import Annotated, Literal

import msgspec

from desktop.domain.codes import LetterMoveKind, Risk, Satisfaction
from desktop.domain.letter_kinds import Name

Urgency = Literal["平件", "加急", "特急"]
"""紧急程度; only 加急 and 特急 are printed (domain.md 1.4)."""

ReportRule = Literal["一次性", "每日", "每周"]
"""反馈要求: how often is to be reported."""

SupervisionReason = Literal["逾期未反馈", "逾期未化解", "反馈不实", "风险升级", "重复发生", "群众不满意", "其他"]
SupervisionWay = Literal["书面", "电话", "实地", "约谈"]
Consequence = Literal["通报", "提级办理", "约谈"]
"""后果提示: what follows if nothing is done."""

AnswerKind = Literal["阶段", "办结", "申请延期", "申请退回", "申请提级"]
AnswerResult = Literal["化解成功", "稳控", "未化解", "引导诉讼仲裁", "不属本单位"]
Small = Annotated[int, msgspec.Meta(ge=0, le=99_999)]


class Letter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One letter. `number` is its 文号, taken when it is issued and never reused; `issuer` the name of the issuing office.

    `kind` is one of those that the office uses (`letter_kinds`), or that another office used. `id`, `position`, `number` and
    `issuer` are the program's own and no part of the case file, nor is what follows `replies_to`.

    What follows `replies_to` are the fields of domain.md 1.4, all of them optional: of every letter `urgency` to `enclosures`, of a task
    order `leader` (责任领导) to `instruction` (领导批示), of a supervision order `reason` to `warnings`, of a feedback slip `answer_kind`
    to `extend_to`, of an advisory letter `basis` (数据依据). `overdue_days` and `supervision` (第几次) are those of the day of issue.
    """

    id: str = ""
    position: int = 0
    number: str | None = None
    issuer: str | None = None
    kind: Name
    to: str | None = None
    title: str | None = None
    matter: str | None = None
    measures: tuple[str, ...] = ()
    due_on: date | None = None
    responsible: str | None = None
    signer: str | None = None
    issued_on: date | None = None
    replies_to: str | None = None

    urgency: Urgency | None = None
    copies_to: tuple[str, ...] = ()
    signer_post: str | None = None
    contact: str | None = None
    phone: str | None = None
    enclosures: tuple[str, ...] = ()

    leader: str | None = None
    partners: tuple[str, ...] = ()
    responsible_phone: str | None = None
    keeper: str | None = None
    report_rule: ReportRule | None = None
    opinion: str | None = None
    instruction: str | None = None

    reason: SupervisionReason | None = None
    first_due_on: date | None = None
    overdue_days: Small | None = None
    supervision: Small | None = None
    way: SupervisionWay | None = None
    progress: str | None = None
    warnings: tuple[Consequence, ...] = ()

    answer_kind: AnswerKind | None = None
    result: AnswerResult | None = None
    agreement_number: str | None = None
    satisfaction: Satisfaction | None = None
    risk: Risk | None = None
    next_steps: str | None = None
    extend_to: date | None = None

    basis: str | None = None


LATER_FIELDS = tuple(Letter.__struct_fields__[Letter.__struct_fields__.index("urgency") :])
"""The fields that no case file holds (`fengqiao-case/1` does not know them)."""


class LetterMove(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What happened to a letter: an entry of its own, so that what two offices do to one letter stands side by side (domain.md 1.5).

    `letter` is the letter's id, `until` the new limit of an extension or of a redo, `by` who did it, `office` the name of that office.
    """

    id: str = ""
    position: int = 0
    letter: str = ""
    kind: LetterMoveKind | None = None
    on: date | None = None
    by: str | None = None
    office: str | None = None
    note: str | None = None
    until: date | None = None


def answers(letter: Letter) -> bool:
    """Whether the letter answers another one, so that nobody has to answer it: a feedback slip, whatever the office calls it."""
    return letter.kind == "反馈单" or letter.answer_kind is not None


def lacking_for_issue(letter: Letter) -> tuple[str, ...]:
    """What a letter lacks to be issued, in the words of the screen.

    Nothing is issued without addressee, measures, time limit and responsible person (定措施、定时限、定责任) nor without signer
    and date (domain.md 1.5 rule 1); a letter that answers another one (`answer_kind`, as a rule a feedback slip) sets no new limit.
    """
    required = (
        ("主送单位", letter.to),
        ("措施", letter.measures),
        ("办理时限", letter.due_on or answers(letter)),
        ("责任人", letter.responsible),
        ("签发人", letter.signer),
        ("签发日期", letter.issued_on),
    )
    return tuple(name for name, value in required if not value)
