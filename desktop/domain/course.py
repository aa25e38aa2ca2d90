"""The course of a dispute: its steps and the transitions that law and practice allow (domain.md 3.21, 4.1)."""

from enum import StrEnum

from desktop.domain.case import Case
from desktop.domain.refused import Refused


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
    Status.CLOSED: "归档",
}

_ENDINGS = {
    "调解不成": Status.FAILED,
    "撤回": Status.WITHDRAWN,
    "不予受理": Status.DECLINED,
    "稳控": Status.STABILISED,
    "移送": Status.REFERRED,
}

_NEXT: dict[Status, frozenset[Status]] = {
    Status.ACCEPTED: frozenset({Status.DECLINED, Status.REFERRED, Status.MEDIATING, Status.WITHDRAWN, Status.STABILISED, Status.FAILED}),
    Status.MEDIATING: frozenset({Status.AGREED, Status.FAILED, Status.WITHDRAWN, Status.STABILISED, Status.REFERRED}),
    Status.AGREED: frozenset({Status.PERFORMING, Status.PERFORMED, Status.MEDIATING}),
    Status.PERFORMING: frozenset({Status.PERFORMED}),
    Status.PERFORMED: frozenset({Status.PERFORMING, Status.CLOSED}),
    Status.STABILISED: frozenset({Status.MEDIATING, Status.REFERRED, Status.CLOSED}),
    Status.FAILED: frozenset({Status.MEDIATING, Status.CLOSED}),
    Status.WITHDRAWN: frozenset({Status.MEDIATING, Status.CLOSED}),
    Status.DECLINED: frozenset({Status.ACCEPTED, Status.CLOSED}),
    Status.REFERRED: frozenset({Status.MEDIATING, Status.CLOSED}),
    Status.CLOSED: frozenset({Status.MEDIATING, Status.PERFORMING, Status.PERFORMED, Status.FAILED}),
}
"""What may follow what: domain.md 3.21 (受理 → 调解 → 达成 … → 归档; a reopened dispute keeps its number)."""


class IllegalStep(Refused):
    """A transition that no rule allows."""

    def __init__(self, before: Status, after: Status, rule: str) -> None:
        super().__init__(f"纠纷现为“{before}”，不能直接变为“{after}”：{rule}。")


def status(case: Case) -> Status:
    """Where the dispute stands, from what is recorded of it."""
    if case.closed_on:
        return Status.CLOSED
    if case.agreement and case.agreement.signed_on:
        return _after_agreement(case)
    if case.outcome:
        return _ENDINGS[case.outcome.kind]
    return Status.MEDIATING if case.sessions or case.agreement else Status.ACCEPTED


def _after_agreement(case: Case) -> Status:
    found = [visit.performance for visit in case.visits if visit.performance]
    if found and found[-1] == "全部履行":
        return Status.PERFORMED
    return Status.PERFORMING if found else Status.AGREED


def step(case: Case) -> str:
    """The step of `STEPS` at which the dispute stands."""
    return _STEP_OF[status(case)]


def reachable(before: Status) -> frozenset[Status]:
    """Every status that may follow, at once or after others: several things may be entered in one save."""
    found: set[Status] = set()
    queue = [before]
    while queue:
        new = _NEXT[queue.pop()] - found
        found |= new
        queue.extend(new)
    return frozenset(found)


def require_legal(before: Case, after: Case) -> None:
    """Refuse a save that makes an illegal step.

    - A dispute that was declined, or from which a party withdrew, is not mediated on unless it is reopened by removing that
      outcome first (人民调解法 Art. 17).
    - An agreement and an outcome without one exclude each other (Art. 26, 28).
    - What is filed changes only after it was reopened (domain.md 3.21).
    """
    old, new = status(before), status(after)
    if after.outcome and after.agreement and after.agreement.signed_on:
        raise IllegalStep(old, new, "已登记没有达成协议的结果，请先删去该结果再签订协议（人民调解法第二十六条）")
    if old in (Status.DECLINED, Status.WITHDRAWN) and after.outcome and len(after.sessions) > len(before.sessions):
        raise IllegalStep(old, Status.MEDIATING, "当事人明确拒绝或者未受理的不得调解，请先重新受理（人民调解法第十七条）")
    if before.closed_on and after.closed_on and _content(before) != _content(after):
        raise IllegalStep(old, new, "已归档的纠纷请先重新打开再修改")
    if new != old and new not in reachable(old):
        raise IllegalStep(old, new, "请按受理、调解、协议、履行、回访、归档的顺序办理")


def _content(case: Case) -> tuple[object, ...]:
    return (case.parties, case.sessions, case.agreement, case.outcome, case.letters, case.visits, case.summary)
