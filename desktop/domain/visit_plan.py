"""回访计划: when a dispute is visited after its mediation has ended, and which visits are outstanding (domain.md 2.6)."""

from collections.abc import Sequence
from datetime import date, timedelta

from desktop.domain.case import Case
from desktop.domain.fulfilling import Due, schedule
from desktop.domain.standing import is_concluded, is_signed
from desktop.domain.visit import Visit

CLOSE = (7, 30, 90)
"""Days of the visits of 婚姻家庭 and 邻里 disputes, and of every dispute that was ever 高 or 中."""

ONCE = 30
"""Days to the one visit of any other."""

AFTER_LAST = 3
"""Days after the last obligation, where the one visit waits for it."""

CLOSELY = frozenset({"婚姻家庭", "邻里"})
_RISKY = frozenset({"高", "中"})
_ELSEWHERE = frozenset({"不予受理", "移送"})
_LAST = date(9999, 1, 1)


def ended_on(case: Case) -> date | None:
    """The day on which the mediation ended: that of the agreement, otherwise that of the outcome. None while it goes on.

    Visits are counted from this day and not from 结案: filing may wait for months, a grudge does not.
    """
    if case.agreement and case.agreement.signed_on:
        return case.agreement.signed_on
    return case.outcome.on if case.outcome else None


def close_follow_up(case: Case) -> bool:
    """Whether the dispute is one of those that are visited three times."""
    risks = {case.risk, *(assessment.risk for assessment in case.assessments)}
    return case.type in CLOSELY or bool(risks & _RISKY)


def planned(case: Case, owed: Sequence[Due] | None = None) -> tuple[date, ...]:
    """The days of the planned visits in their order, with those that a visit itself agreed on (`next_on`); empty before the end.

    `owed` is the schedule of the case, for a caller who has it at hand.

    What was declined or passed on is visited by whoever took it over; what was withdrawn only if it is to be followed closely.
    Otherwise one visit, 3 days after the last obligation if all have a day and none repeats, else after 30 days. The review of what was
    concluded in 稳控 is one more.
    """
    start = ended_on(case)
    if start is None or not _to_visit(case):
        return ()
    start = min(start, _LAST)
    owed = schedule(case) if owed is None else owed
    days = {start + timedelta(days=number) for number in CLOSE} if close_follow_up(case) else {_one_day(owed, start)}
    review = review_to_visit(case)
    return tuple(sorted(days | ({review} if review else set()) | {visit.next_on for visit in case.visits if visit.next_on}))


def outstanding(case: Case, owed: Sequence[Due] | None = None) -> tuple[date, ...]:
    """The planned days on which a visit is still to be made. `owed` as for `planned`.

    Filing ends no visits (domain.md 2.6), but whoever files has decided on those of the days before.
    """
    days = not_made(case, owed)
    return days if case.closed_on is None else tuple(day for day in days if day >= case.closed_on)


def not_made(case: Case, owed: Sequence[Due] | None = None) -> tuple[date, ...]:
    """The planned days whose visit has not been made, whether it is still to come or was given up by filing.

    A visit after the end counts for the planned day that is nearest to it (of two the earlier) and for those before that.
    """
    start = ended_on(case)
    if start is None:
        return ()
    days = planned(case, owed)
    made = [_reach(visit.on, visit.next_on, days) for visit in case.visits if visit.on and visit.on >= start]
    return tuple(day for day in days if not any(day <= last and day != agreed for last, agreed in made))


def review_to_visit(case: Case) -> date | None:
    """The review day of a dispute that was concluded in 稳控: from then on a visit is what makes the review (domain.md 8.1).

    As long as it is not concluded its review is a matter of mediating on, and the day is set anew in the outcome.
    """
    outcome = None if is_signed(case) else case.outcome
    return outcome.review_on if outcome and outcome.kind == "稳控" and (is_concluded(case) or case.closed_on) else None


def blank_visit(case: Case, operator: str) -> Visit:
    """A visit to fill in: who visits and whom, and nothing of what has not been found yet."""
    first = next((party.name for party in case.parties if party.role == "申请人"), None)
    return Visit(by=operator or None, party=first)


def _to_visit(case: Case) -> bool:
    kind = case.outcome.kind if case.outcome and not (case.agreement and case.agreement.signed_on) else None
    return kind not in _ELSEWHERE and (kind != "撤回" or close_follow_up(case))


def _one_day(owed: Sequence[Due], start: date) -> date:
    days = [min(due.due_on, _LAST) for due in owed if due.due_on and due.times == 1]
    if owed and len(days) == len(owed):
        return max(start, *days) + timedelta(days=AFTER_LAST)
    return start + timedelta(days=ONCE)


def _reach(on: date, agreed: date | None, days: tuple[date, ...]) -> tuple[date, date | None]:
    """The last day that a visit counts for, and the one that it does not: an appointment that it made itself is still to come."""
    known = (one for one in days if one != agreed)
    return min(known, key=lambda one: (abs((one - on).days), one), default=date.min), agreed
