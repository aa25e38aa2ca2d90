"""The course of a dispute: the transitions that law and practice allow (domain.md 3.21, 4.1). Where it stands: `standing`."""

from datetime import date

import msgspec

from desktop.domain import course_rules
from desktop.domain.case import Case
from desktop.domain.moment import parse_moment
from desktop.domain.refused import Refused
from desktop.domain.seal_rules import seals_kept
from desktop.domain.standing import ENDINGS, STEPS, Status, is_concluded, is_signed, is_turned_away, open_status, status, step, step_days

__all__ = ["STEPS", "IllegalStep", "Status", "may_follow", "require_legal", "require_legal_start", "status", "step", "step_days"]

_SIGNED = frozenset({Status.AGREED, Status.PERFORMING, Status.PERFORMED})
_ENDED = frozenset({Status.CONCLUDED, Status.CLOSED})
_ANY = frozenset(Status) - _ENDED

_NEXT: dict[Status, frozenset[Status]] = {
    Status.ACCEPTED: _ANY,
    Status.MEDIATING: _ANY - {Status.DECLINED},
    **dict.fromkeys(_SIGNED, _SIGNED | {Status.MEDIATING} | _ENDED),
    **dict.fromkeys(ENDINGS.values(), _ANY | _ENDED),
    Status.CONCLUDED: frozenset(Status),
}
"""What may follow what in one save, in which several things may be entered (domain.md 3.21). What was entered by mistake may be taken
back, but a signed agreement binds: only to mediation. Nothing is concluded (结案) or filed (归档) without an agreement or an outcome.
"""


class IllegalStep(Refused):
    """What no law and no rule allows to be saved."""

    def __init__(self, before: Status, after: Status, rule: str) -> None:
        step = f"直接变为“{after}”" if after != before else "这样保存"
        super().__init__(f"纠纷现为“{before}”，不能{step}：{rule}。")


def may_follow(before: Status) -> frozenset[Status]:
    """Every status that may follow in one save. What was filed may be reopened as whatever it was."""
    return _NEXT.get(before, frozenset(Status)) | {before}


def require_legal(before: Case, after: Case, *, takes_back: bool = False) -> None:
    """Refuse a save that makes an illegal step. `takes_back`: it undoes another one, so that what that one began need not stay begun.

    - A dispute that was declined or handed on, or from which a party withdrew, is not mediated on unless that outcome is removed first;
      what was held before may still be written down. A party that refuses stops the mediation (人民调解法 Art. 17).
    - Rights and duties are told before the first mediation (Art. 23, 24).
    - An agreement and an outcome without one exclude each other (Art. 26, 28); a signed agreement binds (Art. 31).
    - What was mediated cannot be declined any more: it failed or was withdrawn (Art. 26).
    - Nothing is concluded or filed without a result (Art. 27); what is filed changes only after it was reopened (domain.md 3.21).
    - A sealed paper never changes; it is followed by a new version (protocol, section 1).
    - What each record must have: `course_rules`.
    """
    old, new = open_status(before), open_status(after)
    if not seals_kept(before, after):
        raise IllegalStep(old, new, "定稿的文书不能修改或删去，需要更正的请重新定稿")
    _require_reopened(before, after, takes_back=takes_back)
    _require_one_result(before, after, old, new)
    if new not in may_follow(old) and not takes_back:
        raise IllegalStep(old, new, _WHY_NOT.get(new, _BINDING))
    for rule in course_rules.RULES_OF_UNDOING if takes_back else course_rules.RULES:
        if found := rule(before, after):
            raise IllegalStep(status(before), status(after) if found.moves else status(before), found.text)
    _require_end(before, after, new)


def require_legal_start(case: Case) -> None:
    """The same for a dispute that an operator enters with everything at once. A case file, which tells of the past, is not held to it."""
    require_legal(_blank(case), case)


def _blank(case: Case) -> Case:
    """The dispute as it was before anything happened in it."""
    return Case(id=case.id, type=case.type, source=case.source, registered_on=case.registered_on, summary="", parties=())


def _require_reopened(before: Case, after: Case, *, takes_back: bool) -> None:
    """What is filed or concluded is taken up again with a reason, under its number; a conclusion that was a mistake is taken back."""
    now = status(before)
    adds = takes_back or _keeps_records(before, after)
    if before.closed_on and after.closed_on and not (adds and _content(before) == _content(after)):
        raise IllegalStep(Status.CLOSED, Status.CLOSED, "已归档的纠纷请先重新打开再修改")
    ended, still = now in _ENDED, is_concluded(after) or bool(after.closed_on)
    if ended and not still and not takes_back and not course_rules.reopened(before, after):
        raise IllegalStep(now, open_status(after), "已结案、归档的纠纷要再办理的，请用“重新办理”写明原因，编号不变（人民调解法第二十七条）")
    if now == Status.CONCLUDED and still and _settled(before) != _settled(after):
        raise IllegalStep(now, now, "已结案的纠纷要再调解、改协议或者改结果的，请先用“重新办理”写明原因（人民调解法第二十七条）")


def _require_one_result(before: Case, after: Case, old: Status, new: Status) -> None:
    if after.outcome and is_signed(after) and not (before.outcome and is_signed(before)):
        raise IllegalStep(old, new, "协议和没有达成协议的结果只能登记一项，请先删去另一项（人民调解法第二十六条、第二十八条）")
    if _sits_again(before, after) and (rule := _no_more_sittings(before, after, old)):
        raise IllegalStep(old, Status.MEDIATING, rule)
    if new == Status.DECLINED and old != new and any(session.kind == "调解记录" for session in after.sessions):
        raise IllegalStep(old, new, "已经调解的，请登记调解不成或者撤回（人民调解法第二十六条）")


def _sits_again(before: Case, after: Case) -> bool:
    return len(after.sessions) > len(before.sessions)


def _no_more_sittings(before: Case, after: Case, old: Status) -> str:
    """Why no meeting may be held; one that was held before the outcome may still be written down."""
    if is_turned_away(after) or (old == Status.DECLINED and after.outcome):
        return "当事人明确拒绝或者未受理的不得调解，请先重新受理（人民调解法第十七条）"
    if not after.outcome or old not in _HANDED_OVER or _were_before(after.outcome.on, before, after):
        return ""
    return _HANDED_OVER[old]


def _were_before(day: date | None, before: Case, after: Case) -> bool:
    """Whether every meeting that the save enters was held by that day."""
    known = {one.id for one in before.sessions} - {""}
    fresh = [one for one in after.sessions if one.id not in known]
    return day is not None and all(one.started_at and parse_moment(one.started_at).date() <= day for one in fresh)


def _require_end(before: Case, after: Case, new: Status) -> None:
    """Nothing ends without a result, and filing follows conclusion."""
    for target, entered in (
        (Status.CONCLUDED, is_concluded(after) and not is_concluded(before)),
        (Status.CLOSED, bool(after.closed_on and not before.closed_on)),
    ):
        if entered and target not in may_follow(new):
            word = "结案" if target == Status.CONCLUDED else "归档"
            rule = f"还没有结果的不能{word}，请先登记调解协议或者处理结果（人民调解法第二十七条）"
            raise IllegalStep(new, target, rule)
    if is_concluded(after) and not is_concluded(before) and (lack := course_rules.lacking_to_conclude(after)):
        raise IllegalStep(new, Status.CONCLUDED, lack.text)
    if after.closed_on and not before.closed_on and not is_concluded(after):
        raise IllegalStep(new, Status.CLOSED, "请先办理结案，再归档（人民调解法第二十七条）")


_HANDED_OVER = {
    Status.WITHDRAWN: "当事人已经撤回，又同意调解的先删去撤回的结果；补记撤回以前的调解，请写明时间（人民调解法第十七条）",
    Status.REFERRED: "已经移送，退回来办的先删去移送的结果；补记移送以前的调解，请写明时间（人民调解法第二十六条）",
}
_BINDING = "已签订的协议对双方有约束力，需要重新处理的请先删去协议日期（人民调解法第三十一条）"
_WHY_NOT = {Status.DECLINED: "已经开始调解的，请登记调解不成或者撤回（人民调解法第二十六条）"}


def _content(case: Case) -> Case:
    """What filing closes: everything but who has it and may see it, what it repeats, the filing, and papers sealed as they stand.

    Letters, instalments and visits go on after it (domain.md 1.5, 2.6).
    """
    return msgspec.structs.replace(
        case,
        owner=None,
        assigned=(),
        handover=None,
        help_note=None,
        same_as=None,
        closed_on=None,
        filing=None,
        seals=(),
        seen=(),
        letters=(),
        moves=(),
        fulfilments=(),
        visits=(),
    )


def _settled(case: Case) -> tuple[object, ...]:
    """What conclusion closes: how the dispute ended. Visits, help and performance go on."""
    return (case.agreement, case.outcome, tuple(one for one in case.sessions if one.kind == "调解记录"))


def _keeps_records(before: Case, after: Case) -> bool:
    """Whether what goes on after filing is only added to; letters look after themselves (`letter_course.require_letters_kept`)."""
    names = ("moves", "fulfilments", "visits")
    return all(set(getattr(before, name)) <= set(getattr(after, name)) for name in names)
