"""Where a dispute stands: its status, the step at which it is, and the day of each step that lies behind (domain.md 3.21)."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop.domain.moment import parse_moment

if TYPE_CHECKING:  # a list of rows needs the statuses alone
    from desktop.domain.case import Case


class Status(StrEnum):
    """Where a dispute stands. It follows from what is recorded and is never typed."""

    ACCEPTED = "已受理"
    DECLINED = "不予受理"
    REFERRED = "已移送"
    MEDIATING = "调解中"
    AGREED = "已达成协议"
    PERFORMING = "履行中"
    PERFORMED = "已履行"
    FAILED = "调解不成"
    WITHDRAWN = "已撤回"
    STABILISED = "稳控"
    CONCLUDED = "已结案"
    CLOSED = "已归档"


STEPS = ("受理", "研判", "分流", "调解", "协议", "履行", "回访", "归档")
"""The steps as the case page shows them (design.md section 7)."""

_STEP_OF = {
    Status.ACCEPTED: "受理",
    Status.DECLINED: "受理",
    Status.REFERRED: "分流",
    Status.MEDIATING: "调解",
    Status.AGREED: "协议",
    Status.PERFORMING: "履行",
    Status.PERFORMED: "回访",
    Status.FAILED: "调解",
    Status.WITHDRAWN: "调解",
    Status.STABILISED: "调解",
    Status.CONCLUDED: "归档",
    Status.CLOSED: "归档",
}

ENDINGS = {
    "调解不成": Status.FAILED,
    "撤回": Status.WITHDRAWN,
    "不予受理": Status.DECLINED,
    "稳控": Status.STABILISED,
    "移送": Status.REFERRED,
}
"""The status of each outcome without an agreement."""


def status(case: "Case") -> Status:
    """Where the dispute stands, from what is recorded of it."""
    if case.closed_on:
        return Status.CLOSED
    return Status.CONCLUDED if is_concluded(case) else open_status(case)


def open_status(case: "Case") -> Status:
    """The same without regard to conclusion and filing."""
    if is_signed(case):
        return _after_agreement(case)
    if case.outcome:
        return ENDINGS[case.outcome.kind]
    if is_turned_away(case):
        return Status.DECLINED
    return Status.MEDIATING if case.sessions or case.agreement else Status.ACCEPTED


def is_signed(case: "Case") -> bool:
    """Whether there is an agreement in force."""
    return case.agreement is not None and case.agreement.signed_on is not None


def is_concluded(case: "Case") -> bool:
    """Whether 结案 was entered."""
    return case.conclusion is not None and case.conclusion.on is not None


def is_turned_away(case: "Case") -> bool:
    """Whether the intake decided that the dispute is not taken, or that the parties were shown another way."""
    return case.intake is not None and case.intake.decision in ("不予受理", "引导")


def round_of(case: "Case") -> int:
    """第几次: 1, and one more for each time that the dispute was taken up again under its number."""
    return 1 + len(case.reopenings)


def _after_agreement(case: "Case") -> Status:
    from desktop.domain import fulfilling

    found = [visit.performance for visit in case.visits if visit.performance]
    if (found and found[-1] == "全部履行") or (case.fulfilments and fulfilling.performed(case)):
        return Status.PERFORMED
    return Status.PERFORMING if found or case.fulfilments else Status.AGREED


def step(case: "Case") -> str:
    """The step of `STEPS` at which the dispute stands; what was accepted is assessed, then routed."""
    now = status(case)
    if now == Status.ACCEPTED and case.intake and case.intake.decision == "受理":
        return "研判" if case.risk is None else "分流" if case.level is None else "调解"
    return _STEP_OF[now]


def step_days(case: "Case") -> dict[str, date]:
    """The day of each step of which something is on record: that on which it was last done."""
    outcome = case.outcome
    concluded = case.conclusion.on if case.conclusion else None
    days: dict[str, Iterable[date | None]] = {
        "受理": ((case.intake and case.intake.on) or case.registered_on,),
        "研判": (one.on for one in case.assessments),
        "分流": (one.on for one in case.routings),
        "调解": (parse_moment(one.started_at).date() for one in case.sessions if one.started_at),
        "协议": (case.agreement.signed_on if case.agreement else None, outcome.on if outcome else None),
        "履行": (*(one.on for one in case.fulfilments), *(one.on for one in case.visits if one.performance == "全部履行")),
        "回访": (one.on for one in case.visits),
        "归档": (case.closed_on or concluded,),
    }
    last = {name: max((day for day in found if day), default=None) for name, found in days.items()}
    return {name: day for name, day in last.items() if day}
