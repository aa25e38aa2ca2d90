"""What is due in a dispute and when: by law, by the agreement, by its letters, by what was planned (domain.md 1.5, 2.6, 4.1 to 4.3).

A due thing depends on the case alone, not on today: the store keeps the earliest day of each case, so that 今日 finds what is due among
a million cases without looking at them all. Days off are left to the caller: a limit moves to the next working day where they are known.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Literal

import msgspec

from desktop.domain import course_rules, fulfilling, letter_course, visit_plan
from desktop.domain.case import Case
from desktop.domain.codes import RoutingKind
from desktop.domain.course import Status, status
from desktop.domain.course_records import Commission
from desktop.domain.deadline import IsWorkingDay, confirmation_deadline, mediation_deadline
from desktop.domain.letter import answers
from desktop.domain.money import format_yuan

Kind = Literal[
    "报告公安", "调解期限", "履行", "回访", "函件办理", "函件签收", "司法确认", "稳控复查", "来文回复", "吹哨报到", "上报答复", "移送回执"
]

RECEIPT_DAYS = 1
"""Days after issue in which a letter is signed for: 签收 at once (domain.md 1.3); a day is left for the way."""

ANSWER_DAYS = 7
"""Days in which what was reported up or passed on is answered. Our choice: domain.md has no limit for it; 7 days are those of an ordinary
matter in the scale of 东至 (domain.md 4.3)."""

COMMISSION_DAYS = 30
"""Days in which a commission without a limit of its own goes back: those of a court's commission before a suit (domain.md 4.3)."""

RETURN_DAYS = 7
"""Days after the result in which it goes back to who sent the dispute. Our choice, as `ANSWER_DAYS`."""

_UNDER_WAY = frozenset({Status.ACCEPTED, Status.MEDIATING})

_LAST = date(9999, 1, 1)

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
    """Everything that is due in the case, the earliest first.

    A filed case is still visited (domain.md 2.6); nothing is due in one that was merged into another.
    """
    if case.same_as:
        return []
    owed = fulfilling.schedule(case)
    found = list(_of_visits(case, owed))
    if not case.closed_on:
        found += [*_of_course(case, is_working_day), *_of_agreement(case, owed, is_working_day), *_of_letters(case)]
        found += [*_of_commission(case), *_of_routings(case)]
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


def _of_agreement(case: Case, owed: Sequence[fulfilling.Due], is_working_day: IsWorkingDay) -> Iterator[Due]:
    """The next thing to be performed of each obligation, and the application to the court once it is wanted."""
    seen: set[str] = set()
    for due in owed if fulfilling.binding(case) else ():
        if due.due_on and not due.done and due.obligation not in seen:
            seen.add(due.obligation)
            yield Due(due.due_on, "履行", _performance(due), "fulfilments")
    signed_on = case.agreement and case.agreement.signed_on
    if signed_on and case.confirmation and not case.confirmation.applied_on:
        yield Due(confirmation_deadline(signed_on, is_working_day), "司法确认", "共同申请司法确认到期", "confirmation.applied_on")


def _of_visits(case: Case, owed: Sequence[fulfilling.Due]) -> Iterator[Due]:
    """The next visit, and the review of what was concluded in 稳控."""
    days, review = visit_plan.outstanding(case, owed), visit_plan.review_to_visit(case)
    if review in days:
        by = case.outcome.responsible if case.outcome else None
        yield Due(review, "稳控复查", f"复查稳控情况，登记回访{_by(by)}", "visits")
    if others := [day for day in days if day != review]:
        yield Due(others[0], "回访", "回访当事人", "visits")


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


def _of_commission(case: Case) -> Iterator[Due]:
    """A dispute that was sent here goes back with its result (进得来、回得去): by its limit, otherwise by a day of ours."""
    if course_rules.must_return(case):
        found = case.commission or Commission()
        sender = found.sender or (case.source or "").removesuffix("委托移送") or "来文单位"
        yield Due(found.due_on or _back_by(case, found), "来文回复", f"向{sender}回复结果", "commission.returned_on")


def _back_by(case: Case, commission: Commission) -> date:
    """Some days after the result; without one, 30 days after it came, or the day to which the parties agreed to go on."""
    if ended := visit_plan.ended_on(case):
        return _later(ended, RETURN_DAYS)
    agreed = case.extension and case.extension.until
    return agreed or _later(commission.received_on or case.registered_on, COMMISSION_DAYS)


def _of_routings(case: Case) -> Iterator[Due]:
    """Who was called together comes at once; what was reported up or passed on is answered."""
    for number, one in enumerate(case.routings):
        if one.on is None or one.answered_on or one.kind not in _ANSWERED:
            continue
        kind, days, words = _ANSWERED[one.kind]
        to = "、".join(one.to) or "有关单位"
        yield Due(_later(one.on, days), kind, f"{to}{words}", f"routings[{number}].answered_on")


_ANSWERED: dict[RoutingKind, tuple[Kind, int, str]] = {
    "吹哨": ("吹哨报到", 0, "还没有报到"),
    "上报": ("上报答复", ANSWER_DAYS, "还没有答复上报"),
    "移送": ("移送回执", ANSWER_DAYS, "还没有回执移送"),
}
"""What is due of each kind, how many days after, and what has not happened."""


def _later(day: date, days: int) -> date:
    return min(day, _LAST) + timedelta(days=days)


def _by(person: str | None) -> str:
    return f"（{person}）" if person else ""
