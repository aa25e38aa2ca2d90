"""Who may do what to a letter, and when: the rules of domain.md 1.5, each with the sentence that says what to do instead."""

from collections.abc import Callable, Collection
from datetime import date
from enum import StrEnum
from typing import NamedTuple, get_args

from desktop.domain.case import Case
from desktop.domain.codes import LetterMoveKind
from desktop.domain.letter import Letter, LetterMove, answers, lacking_for_issue
from desktop.domain.letter_course import OPEN, UNSENT, Course, LetterState, course
from desktop.domain.meeting_letters import is_sheaf
from desktop.domain.refused import Refused


class Side(StrEnum):
    """What an office is to a letter."""

    ISSUER = "发文单位"
    ADDRESSEE = "主送单位"
    SUPERIOR = "上级单位"


class IllegalMove(Refused):
    """A move that this office may not make, or not now; the sentence says what to do."""


KEEPING_TYPES = frozenset({"婚姻家庭", "邻里"})
"""三类事 (domain.md 2.6) among the types of disputes: 婚恋, 家庭, 邻里."""

_ELSEWHERE = frozenset({"引导诉讼仲裁", "不属本单位"})
_NEW = frozenset({LetterState.ISSUED, LetterState.DELIVERED})
_BUSY = frozenset({LetterState.RECEIVED, LetterState.UNDER_WAY})


class _Rule(NamedTuple):
    """A kind of move: from which states, by which sides, what must be said with it, and what to do where the state is another one."""

    states: frozenset[LetterState]
    sides: frozenset[Side]
    otherwise: str
    note: str = ""
    limit: str = ""


_ISSUER, _ADDRESSEE = frozenset({Side.ISSUER}), frozenset({Side.ADDRESSEE})
_ABOVE = frozenset({Side.ISSUER, Side.SUPERIOR})
_ENDED = "函件已经办结或者作废，请另发一份"

RULES: dict[LetterMoveKind, _Rule] = {
    "送签": _Rule(frozenset({LetterState.DRAFT}), _ISSUER, "只有草稿才需要送签，请直接办理下一步"),
    "签发": _Rule(UNSENT, _ISSUER, "函件已经签发，需要更正的请作废以后重新签发"),
    "送达": _Rule(frozenset({LetterState.ISSUED}), _ISSUER, "已经签发、还没有送达的才登记送达，请先签发"),
    "签收": _Rule(_NEW, _ADDRESSEE, "已经签发、还没有签收的才能签收，请直接办理下一步"),
    "开始办理": _Rule(frozenset({LetterState.RECEIVED}), _ADDRESSEE, "请先签收再开始办理"),
    "反馈": _Rule(_BUSY, _ADDRESSEE, "请先签收，办理以后再反馈"),
    "认可销号": _Rule(frozenset({LetterState.ANSWERED}), _ISSUER, "收到反馈以后才能销号，请先等反馈或者督办"),
    "退回重办": _Rule(
        frozenset({LetterState.SUBMITTED, LetterState.ANSWERED, LetterState.OBJECTED}),
        _ISSUER,
        "收到反馈或者异议以后才能退回重办，没有反馈的请督办",
        note="请写明退回重办的理由",
    ),
    "异议退回": _Rule(_NEW | _BUSY, _ADDRESSEE, "已经反馈或者办结的不能再提异议，请与发文单位联系", note="请写明退回的理由"),
    "申请延期": _Rule(
        _BUSY,
        _ADDRESSEE,
        "签收以后、反馈以前才能申请延期，请先签收",
        note="请写明延期的理由",
        limit="请填写申请延期到哪一天",
    ),
    "准予延期": _Rule(_NEW | _BUSY, _ISSUER, "反馈以后不用再延期，请审核反馈", limit="请填写准予延期到哪一天"),
    "不准延期": _Rule(_NEW | _BUSY, _ISSUER, "反馈以后不用再答复延期，请审核反馈"),
    "督办": _Rule(_NEW | _BUSY, _ABOVE, "签发以后、反馈以前才需要督办，已经反馈的请审核"),
    "提级": _Rule(_NEW | _BUSY, _ABOVE, "签发以后、反馈以前才能提级，已经反馈的请审核", note="请写明提级的理由"),
    "作废": _Rule(UNSENT | OPEN | {LetterState.ANSWERED}, _ISSUER, _ENDED, note="请写明作废的理由"),
}

_AFTER_RECEIPT: frozenset[LetterMoveKind] = frozenset(
    {"开始办理", "反馈", "认可销号", "退回重办", "异议退回", "申请延期", "准予延期", "不准延期", "督办", "提级"}
)
"""What a letter that nobody has to answer does not need: its course ends when it is signed for."""


def legal_moves(case: Case, letter: Letter, sides: Collection[Side], *, needs_reply: bool | None = None) -> tuple[LetterMoveKind, ...]:
    """What an office on these sides of the letter may do now, in the order of the course; what has to be typed with it comes later.

    `needs_reply`: whether letters of this kind are answered (`LetterType.needs_reply`); None: every letter but one that answers.
    """
    now, replies = course(letter, case.moves), _needs_reply(letter, needs_reply)
    kinds: tuple[LetterMoveKind, ...] = get_args(LetterMoveKind)
    return tuple(kind for kind in kinds if not _why_not(kind, letter, now, sides, replies=replies))


def require_legal_move(
    case: Case,
    letter: Letter,
    move: LetterMove,
    sides: Collection[Side],
    *,
    needs_reply: bool | None = None,
    today: date | None = None,
) -> None:
    """Raise `IllegalMove` with one sentence that says what to do, unless the office may add the move as it is.

    Besides sides and states: nothing is issued without number's requirements (rule 1), nothing closed without what rule 3 asks for, a
    reason or a new limit stands where one is needed, and nothing happened after `today`.
    """
    if move.kind is None:
        raise IllegalMove("请选择要办理的事项。")
    require_past(today, letter.issued_on if move.kind == "签发" else None, move.on)
    now, rule = course(letter, case.moves), RULES[move.kind]
    why = _why_not(move.kind, letter, now, sides, replies=_needs_reply(letter, needs_reply)) or _lack(case, letter, now, move, rule)
    if why:
        raise IllegalMove(f"{why}。")


def require_past(today: date | None, issued_on: date | None, on: date | None = None) -> None:
    """Refuse a day of issue, or a day on which something was done to a letter, that is still to come. Raises `IllegalMove`."""
    for day, what in ((issued_on, "签发日期"), (on, "日期")):
        if today and day and day > today:
            raise IllegalMove(f"{what}{day.year}年{day.month}月{day.day}日还没有到，请填写今天或者以前的日期，并核对电脑的日期。")


def _why_not(kind: LetterMoveKind, letter: Letter, now: Course, sides: Collection[Side], *, replies: bool) -> str:
    """Why the letter does not allow the move now, or nothing."""
    rule = RULES[kind]
    if not rule.sides & set(sides):
        return f"“{kind}”由{'或者'.join(side for side in Side if side in rule.sides)}登记，请等它办理"
    if now.state not in rule.states:
        return rule.otherwise if now.state not in (LetterState.CLOSED, LetterState.VOID) else _ENDED
    if not replies and kind in _AFTER_RECEIPT and not (kind == "退回重办" and now.state is LetterState.SUBMITTED):
        return f"{letter.kind}签收以后就办结，不用{kind}"
    return _EXTRA[kind](now) if kind in _EXTRA else ""


def _no_request(now: Course) -> str:
    return "" if now.asked else "没有等待答复的延期申请，请等主送单位申请"


def _second_request(now: Course) -> str:
    return "已经申请延期，请等发文单位答复" if now.asked else ""


def _first_supervise(now: Course) -> str:
    if now.escalated:
        return "已经提级，请等上级办理"
    return "" if now.supervised else "请先督办，督办以后仍没有办结的再提级"


_EXTRA: dict[LetterMoveKind, Callable[[Course], str]] = {
    "申请延期": _second_request,
    "准予延期": _no_request,
    "不准延期": _no_request,
    "提级": _first_supervise,
}


def _lack(case: Case, letter: Letter, now: Course, move: LetterMove, rule: _Rule) -> str:
    """What the move or the case still lacks, or nothing."""
    if move.kind == "签发" and (lack := _lack_of_issue(letter)):
        return lack
    if move.kind == "认可销号" and (lacks := lacking_for_closing(case, letter)):
        return f"销号以前请{'、'.join(lacks)}"
    if lack := _bad_day(letter, move):
        return lack
    if rule.note and not (move.note or "").strip():
        return rule.note
    if rule.limit and move.until is None:
        return rule.limit
    return _bad_limit(now.deadline, move)


def _lack_of_issue(letter: Letter) -> str:
    if lacks := lacking_for_issue(letter):
        return f"签发以前请填写{'、'.join(lacks)}"
    early = letter.due_on and letter.issued_on and letter.due_on < letter.issued_on
    return "办理时限不能早于签发日期，请核对" if early else ""


def _bad_day(letter: Letter, move: LetterMove) -> str:
    issued = letter.issued_on if letter.number else None
    if move.on is None:
        return "请填写日期"
    return f"日期不能早于签发的{issued.year}年{issued.month}月{issued.day}日，请核对" if issued and move.on < issued else ""


def _bad_limit(limit: date | None, move: LetterMove) -> str:
    if move.until is None or move.on is None:
        return ""
    if move.until < move.on:
        return "新的时限不能早于登记的日期，请核对"
    longer = move.kind in ("申请延期", "准予延期")
    return "延期以后的时限应晚于原来的时限，请核对" if longer and limit and move.until <= limit else ""


def family(case: Case, letter: Letter) -> tuple[Letter, ...]:
    """The letter and those that urge it, the first one first; whoever answers or closes one of them does so for all."""
    numbered = {one.number: one for one in case.letters if one.number}
    root = numbered.get(letter.replies_to or "", letter) if not answers(letter) else letter
    urging = [one for one in case.letters if root.number and one.replies_to == root.number and not answers(one) and one.id != root.id]
    return (root, *urging) if any(one.id == letter.id for one in (root, *urging)) else (letter,)


def answer_to(case: Case, letter: Letter) -> Letter | None:
    """The newest issued letter that answers this one or one of its family, as a rule a feedback slip."""
    numbers = {one.number for one in family(case, letter) if one.number}
    found = [one for one in case.letters if answers(one) and one.number and one.replies_to in numbers]
    return found[-1] if found else None


def lacking_for_closing(case: Case, letter: Letter) -> tuple[str, ...]:
    """What rule 3 asks for before a letter is closed: of a dispute that was settled the agreement, of 三类事 a dated visit too.

    The result is that of the answer; where the addressee answered on paper, that of the case counts. A letter that tells a unit about a
    risk in its field (提示函 and the like, 平行) is no task in the dispute and asks for neither, nor does a letter of no dispute.
    """
    reply = answer_to(case, letter)
    agreed = bool(case.agreement and case.agreement.signed_on)
    result = reply.result if reply else "化解成功" if agreed else None
    if letter.kind.endswith("函") or result in _ELSEWHERE or is_sheaf(case.id):
        return ()
    lacks = []
    if result == "化解成功" and not agreed and not (reply and reply.agreement_number):
        lacks.append("登记调解协议或者口头协议")
    if case.type in KEEPING_TYPES and not any(visit.on for visit in case.visits):
        lacks.append("登记一次有日期的回访")
    return tuple(lacks)


def _needs_reply(letter: Letter, needs_reply: bool | None) -> bool:
    return not answers(letter) and needs_reply is not False
