"""What is due in a dispute and when: by law, by the agreement, by its letters, by what was planned (domain.md 1.5, 2.6, 4.1 to 4.3).

A due thing depends on the case alone, not on today: the store keeps the earliest day of each case, so that 今日 finds what is due among
a million cases without looking at them all. Days off are left to the caller: a limit moves to the next working day where they are known.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

import msgspec

from desktop.domain import fulfilling, letter_course, visit_plan
from desktop.domain.case import Case
from desktop.domain.course import Status, status
from desktop.domain.deadline import IsWorkingDay, confirmation_deadline, mediation_deadline
from desktop.domain.letter import answers
from desktop.domain.money import format_yuan

Kind = Literal["报告公安", "调解期限", "履行", "回访", "函件办理", "函件签收", "司法确认", "稳控复查", "来文回复", "吹哨报到"]

RECEIPT_DAYS = 1
"""Days after issue in which a letter is signed for: 签收 at once (domain.md 1.3); a day is left for the way."""

_UNDER_WAY = frozenset({Status.ACCEPTED, Status.MEDIATING})


_MOVE_NOTHING = frozenset({"parties", "sessions", "clauses", "attachments", "seals", "summary", "place", "claims", "mediators", "recorder"})
"""Fields of a case, and of its agreement, that no day hangs on, whatever stands in them."""


class Due(msgspec.Struct, frozen=True):
    """One thing that is due on a day: what to do in one line, and the path of the field where it is done."""

    on: date
    kind: Kind
    text: str
    field: str


def _all_days(_: date) -> bool:
    return True


def dues(case: Case, is_working_day: IsWorkingDay = _all_days) -> list[Due]:
    """Everything that is due in the case, the earliest first. Nothing is due in a case that is filed or that was merged into another."""
    if case.closed_on or case.same_as:
        return []
    found = [*_of_course(case, is_working_day), *_of_agreement(case, is_working_day), *_of_letters(case), *_of_others(case)]
    return sorted(found, key=lambda due: due.on)


def move(field: str) -> bool:
    """Whether a change in this field of the case, or of its agreement, may move the days of what is due (`earliest`)."""
    return field not in _MOVE_NOTHING


def earliest(case: Case) -> date | None:
    """The first day on which anything is due, as if the office worked every day."""
    return min((due.on for due in dues(case)), default=None)


def _of_course(case: Case, is_working_day: IsWorkingDay) -> Iterator[Due]:
    now = status(case)
    if now in _UNDER_WAY:
        if case.risk == "高" and not case.police_reported_at:
            yield Due(case.registered_on, "报告公安", "高风险：向公安机关报告", "police_reported_at")
        agreed = case.extension and case.extension.until
        yield Due(agreed or mediation_deadline(case.registered_on, is_working_day), "调解期限", "调解期限到期", "sessions")
    if now == Status.STABILISED and case.outcome and case.outcome.review_on:
        yield Due(case.outcome.review_on, "稳控复查", f"复查稳控情况{_by(case.outcome.responsible)}", "outcome.review_on")


def _of_agreement(case: Case, is_working_day: IsWorkingDay) -> Iterator[Due]:
    """The next thing to be performed of each obligation, the next visit, and the application to the court once it is wanted."""
    owed = fulfilling.schedule(case)
    seen: set[str] = set()
    for due in owed if fulfilling.binding(case) else ():
        if due.due_on and not due.done and due.obligation not in seen:
            seen.add(due.obligation)
            yield Due(due.due_on, "履行", _performance(due), "fulfilments")
    if days := visit_plan.outstanding(case, owed):
        yield Due(days[0], "回访", "回访当事人", "visits")
    signed_on = case.agreement and case.agreement.signed_on
    if signed_on and case.confirmation and not case.confirmation.applied_on:
        yield Due(confirmation_deadline(signed_on, is_working_day), "司法确认", "共同申请司法确认到期", "confirmation.applied_on")


def _performance(due: fulfilling.Due) -> str:
    what = f"{format_yuan(due.rest)}元" if due.rest is not None else due.act or ""
    return f"{due.payer or '一方'}应履行：{what}"


def _of_letters(case: Case) -> Iterator[Due]:
    """What is to be answered and to be signed for; a reply waits for its review, not for an answer (domain.md 1.3)."""
    for number, letter in enumerate(case.letters):
        at = letter_course.state(letter, case.moves)
        if answers(letter) or at not in letter_course.OPEN:
            continue
        name = f"{letter.kind}{letter.number or ''}"
        limit = letter_course.deadline(letter, case.moves)
        if limit:
            yield Due(limit, "函件办理", f"{name}反馈到期{_by(letter.responsible)}", f"letters[{number}]")
        if at in letter_course.NOT_RECEIVED and letter.issued_on:
            yield Due(letter.issued_on + timedelta(days=RECEIPT_DAYS), "函件签收", f"{name}还没有签收", f"letters[{number}]")


def _of_others(case: Case) -> Iterator[Due]:
    if case.commission and case.commission.due_on and not case.commission.returned_on:
        yield Due(case.commission.due_on, "来文回复", f"向{case.commission.sender or '来文单位'}回复结果", "commission.returned_on")
    for number, routing in enumerate(case.routings):
        if routing.kind == "吹哨" and routing.on and not routing.answered_on:
            yield Due(routing.on, "吹哨报到", f"{'、'.join(routing.to) or '有关单位'}还没有报到", f"routings[{number}].answered_on")


def _by(person: str | None) -> str:
    return f"（{person}）" if person else ""
