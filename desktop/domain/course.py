"""The course of a dispute: its steps and the transitions that law and practice allow (domain.md 3.21, 4.1)."""

from enum import StrEnum

import msgspec

from desktop.domain.case import Case
from desktop.domain.refused import Refused
from desktop.domain.seal_rules import seals_kept


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

_SIGNED = frozenset({Status.AGREED, Status.PERFORMING, Status.PERFORMED})
_ANY = frozenset(Status) - {Status.CLOSED}

_NEXT: dict[Status, frozenset[Status]] = {
    Status.ACCEPTED: _ANY,
    Status.MEDIATING: _ANY - {Status.DECLINED},
    **dict.fromkeys(_SIGNED, _SIGNED | {Status.MEDIATING, Status.CLOSED}),
    **dict.fromkeys(_ENDINGS.values(), _ANY | {Status.CLOSED}),
}
"""What may follow what in one save, in which several things may be entered (domain.md 3.21). What was entered by mistake may be taken
back, but a signed agreement binds: only to mediation. Nothing is filed (归档) without an agreement or an outcome.
"""


class IllegalStep(Refused):
    """What no law and no rule allows to be saved."""

    def __init__(self, before: Status, after: Status, rule: str) -> None:
        step = f"直接变为“{after}”" if after != before else "这样保存"
        super().__init__(f"纠纷现为“{before}”，不能{step}：{rule}。")


def status(case: Case) -> Status:
    """Where the dispute stands, from what is recorded of it."""
    return Status.CLOSED if case.closed_on else _open_status(case)


def _open_status(case: Case) -> Status:
    """The same without regard to filing."""
    if _is_signed(case):
        return _after_agreement(case)
    if case.outcome:
        return _ENDINGS[case.outcome.kind]
    return Status.MEDIATING if case.sessions or case.agreement else Status.ACCEPTED


def _is_signed(case: Case) -> bool:
    return case.agreement is not None and case.agreement.signed_on is not None


def _after_agreement(case: Case) -> Status:
    found = [visit.performance for visit in case.visits if visit.performance]
    if found and found[-1] == "全部履行":
        return Status.PERFORMED
    return Status.PERFORMING if found else Status.AGREED


def step(case: Case) -> str:
    """The step of `STEPS` at which the dispute stands."""
    return _STEP_OF[status(case)]


def may_follow(before: Status) -> frozenset[Status]:
    """Every status that may follow in one save. What was filed may be reopened as whatever it was."""
    return _NEXT.get(before, _ANY) | {before}


def require_legal(before: Case, after: Case) -> None:
    """Refuse a save that makes an illegal step.

    - A dispute that was declined, or from which a party withdrew, is not mediated on unless it is reopened by removing that
      outcome first (人民调解法 Art. 17).
    - An agreement and an outcome without one exclude each other (Art. 26, 28); a signed agreement binds (Art. 31).
    - What was mediated cannot be declined any more: it failed or was withdrawn (Art. 26).
    - Nothing is filed without a result (Art. 27), and what is filed changes only after it was reopened (domain.md 3.21).
    - A sealed paper never changes; it is followed by a new version (protocol, section 1).
    """
    old, new = _open_status(before), _open_status(after)
    if not seals_kept(before, after):
        raise IllegalStep(old, new, "定稿的文书不能修改或删去，需要更正的请重新定稿")
    if before.closed_on and after.closed_on and _content(before) != _content(after):
        raise IllegalStep(Status.CLOSED, Status.CLOSED, "已归档的纠纷请先重新打开再修改")
    if after.outcome and _is_signed(after) and not (before.outcome and _is_signed(before)):
        raise IllegalStep(old, new, "协议和没有达成协议的结果只能登记一项，请先删去另一项（人民调解法第二十六条、第二十八条）")
    if old in (Status.DECLINED, Status.WITHDRAWN) and after.outcome and len(after.sessions) > len(before.sessions):
        raise IllegalStep(old, Status.MEDIATING, "当事人明确拒绝或者未受理的不得调解，请先重新受理（人民调解法第十七条）")
    if new == Status.DECLINED and old != new and any(session.kind == "调解记录" for session in after.sessions):
        raise IllegalStep(old, new, "已经调解的，请登记调解不成或者撤回（人民调解法第二十六条）")
    if new not in may_follow(old):
        raise IllegalStep(old, new, _WHY_NOT.get(new, _BINDING))
    if after.closed_on and not before.closed_on and Status.CLOSED not in may_follow(new):
        raise IllegalStep(new, Status.CLOSED, "还没有结果的不能归档，请先登记调解协议或者处理结果（人民调解法第二十七条）")


_BINDING = "已签订的协议对双方有约束力，需要重新处理的请先删去协议日期（人民调解法第三十一条）"
_WHY_NOT = {Status.DECLINED: "已经开始调解的，请登记调解不成或者撤回（人民调解法第二十六条）"}


def _content(case: Case) -> Case:
    """What filing closes: everything but who has it and may see it, what it repeats, the filing, and papers sealed as they stand."""
    return msgspec.structs.replace(
        case, owner=None, assigned=(), handover=None, help_note=None, same_as=None, closed_on=None, filing=None, seals=(), seen=()
    )
