"""The course of a letter: where it stands follows from what happened to it, in whatever order the offices heard of it (domain.md 1.5).

The moves of a letter are a set: two offices add to it without knowing of each other. `state` replays them in the order in which they were
written (`position` rises with everything that its author had seen; what was written at the same time is ordered by id), and never fails.
What an office may add to the set is another question, which `letter_rules` answers.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple, get_args

from msgspec.structs import replace

from desktop.domain.case import Case
from desktop.domain.codes import LetterMoveKind
from desktop.domain.letter import Letter, LetterMove, answers
from desktop.domain.refused import Refused


class LetterState(StrEnum):
    """Where a letter stands."""

    DRAFT = "草稿"
    SUBMITTED = "待签发"
    ISSUED = "已签发"
    DELIVERED = "已送达"
    RECEIVED = "已签收"
    UNDER_WAY = "办理中"
    ANSWERED = "已反馈"
    CLOSED = "已销号"
    OBJECTED = "已退回"
    VOID = "已作废"


UNSENT = frozenset({LetterState.DRAFT, LetterState.SUBMITTED})
"""Not issued: only this office cares."""

NOT_RECEIVED = frozenset({LetterState.ISSUED, LetterState.DELIVERED})
"""Issued, and nobody signed for it yet."""

OPEN = NOT_RECEIVED | {LetterState.RECEIVED, LetterState.UNDER_WAY, LetterState.OBJECTED}
"""States in which an answer is still to come."""

WITH_ADDRESSEE = OPEN - {LetterState.OBJECTED}
"""States in which it is the addressee's turn: only here a letter runs late."""

_FORWARD = {
    "送签": LetterState.SUBMITTED,
    "签发": LetterState.ISSUED,
    "送达": LetterState.DELIVERED,
    "签收": LetterState.RECEIVED,
    "开始办理": LetterState.UNDER_WAY,
    "反馈": LetterState.ANSWERED,
}
"""Moves that only lead on: one that was overtaken by a later one changes nothing."""

_TURN = {"退回重办": LetterState.UNDER_WAY, "异议退回": LetterState.OBJECTED, "认可销号": LetterState.CLOSED, "作废": LetterState.VOID}
"""Moves that lead to their state from wherever the letter stands, unless it has ended."""

_PROGRESS = {
    LetterState.DRAFT: 0,
    LetterState.SUBMITTED: 1,
    LetterState.ISSUED: 2,
    LetterState.DELIVERED: 3,
    LetterState.RECEIVED: 4,
    LetterState.UNDER_WAY: 5,
    LetterState.OBJECTED: 5,
    LetterState.ANSWERED: 6,
    LetterState.CLOSED: 7,
    LetterState.VOID: 8,
}
_RANK = {kind: rank for rank, kind in enumerate(get_args(LetterMoveKind))}


class Course(NamedTuple):
    """Where a letter stands.

    `since`: the day of the move that led there. `deadline`: until when it is to be answered, with what was granted or set anew.
    `asked`: the extension that waits for its answer. `supervised`: how often it was urged (督办次数). `escalated`: whether it went up.
    """

    state: LetterState
    since: date | None = None
    deadline: date | None = None
    asked: LetterMove | None = None
    supervised: int = 0
    escalated: bool = False


def moves_of(letter: Letter, moves: Iterable[LetterMove]) -> list[LetterMove]:
    """The moves of this letter among those of a case, in the order in which they count, which their order of arrival does not change."""
    return sorted((move for move in moves if move.letter == letter.id), key=_order)


def course(letter: Letter, moves: Iterable[LetterMove]) -> Course:
    """Where the letter stands; `moves` may hold those of other letters. Any set of moves gives a course."""
    start = LetterState.ISSUED if letter.number else LetterState.DRAFT
    now = Course(start, letter.issued_on if letter.number else None, letter.due_on)
    for move in moves_of(letter, moves):
        now = _after(now, move)
    return now


def state(letter: Letter, moves: Iterable[LetterMove]) -> LetterState:
    """Where the letter stands."""
    return course(letter, moves).state


def deadline(letter: Letter, moves: Iterable[LetterMove]) -> date | None:
    """The day until which it is to be answered: its own, or the newest that was granted or set."""
    return course(letter, moves).deadline


def days_overdue(letter: Letter, moves: Iterable[LetterMove], today: date) -> int:
    """Calendar days after the limit without an accepted answer (domain.md 1.5 rule 2); 0 where the letter is not late.

    While an answer waits for its review, or an objection for its decision, the days stop at the day of that move: the addressee is not
    charged with the issuer's time. An answer that is sent back lets them run on.
    """
    now = course(letter, moves)
    if answers(letter) or now.deadline is None or now.state not in OPEN | {LetterState.ANSWERED}:
        return 0
    until = today if now.state in WITH_ADDRESSEE else now.since or today
    return max((until - now.deadline).days, 0)


def _order(move: LetterMove) -> tuple[int, str, int, date, date]:
    """By position, then by id: as the case lists them, so that giving two moves places of their own later changes nothing."""
    rank = _RANK.get(move.kind or "", len(_RANK))
    return move.position, move.id, rank, move.on or date.max, move.until or date.max


def _after(now: Course, move: LetterMove) -> Course:
    """The course after one more move; a move that has no sense where the letter stands leaves it there."""
    ended = now.state is LetterState.VOID or (now.state is LetterState.CLOSED and move.kind != "作废")
    if ended or move.kind is None:
        return now
    if move.kind in _FORWARD:
        to = _FORWARD[move.kind]
        return now._replace(state=to, since=move.on) if _PROGRESS[to] > _PROGRESS[now.state] else now
    return _turned(now, move) if move.kind in _TURN else _noted(now, move)


def _turned(now: Course, move: LetterMove) -> Course:
    if move.kind == "退回重办" and now.state in UNSENT:  # the signer sends a draft back to its author
        return now._replace(state=LetterState.DRAFT, since=move.on)
    limit = move.until if move.kind == "退回重办" and move.until else now.deadline
    return now._replace(state=_TURN[move.kind or ""], since=move.on, asked=None, deadline=limit)


def _noted(now: Course, move: LetterMove) -> Course:
    """Moves that leave the letter where it stands."""
    if move.kind == "督办":
        return now._replace(supervised=now.supervised + 1)
    if move.kind == "提级":
        return now._replace(escalated=True)
    granted = move.until if move.kind == "准予延期" and move.until else now.deadline
    return now._replace(asked=move if move.kind == "申请延期" else None, deadline=granted)


# --- what was issued stands ------------------------------------------------------------------------------------------------------------


class LetterLocked(Refused):
    """An issued letter, or what happened to one, is not changed any more."""


def require_letters_kept(before: Case, after: Case) -> None:
    """Refuse a save that changes or takes out an issued letter, or anything that was written down of a letter's course (domain.md 1.5).

    A letter is locked with its number; what has to be put right in it is made void and issued anew. To be called where an operator saves;
    settling what two offices wrote at the same time goes another way. Raises `LetterLocked`.
    """
    letters = {letter.id: letter for letter in after.letters}
    for letter in before.letters:
        kept = letters.get(letter.id)
        if letter.number and (kept is None or _content(kept) != _content(letter)):
            raise LetterLocked(f"{letter.number}已经签发，内容不能修改或者删去，需要更正的请作废以后重新签发。")
    moves = {move.id: move for move in after.moves}
    for move in (move for move in before.moves if move.id):
        same = moves.get(move.id)
        if same is None or replace(same, position=0) != replace(move, position=0):
            raise LetterLocked("函件流转的记录不能修改或者删去，登记错了的请补记一条说明情况。")


def _content(letter: Letter) -> Letter:
    return replace(letter, position=0)
