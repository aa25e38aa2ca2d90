"""通报: what became of the letters of a month, by the unit that had to act (domain.md 1.5 rule 5, 8.0)."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import NamedTuple

from desktop.domain.letter import Letter, LetterMove, answers
from desktop.domain.letter_course import WITH_ADDRESSEE, LetterState, course, days_overdue, moves_of
from desktop.domain.pushed import pushes, rate


class Counted(NamedTuple):
    """A letter with the moves of its case."""

    letter: Letter
    moves: tuple[LetterMove, ...]


class UnitRow(NamedTuple):
    """One unit: letters that it got, signed for, answered in time, was late with, that were sent back, and that were closed.

    A letter is late if it is not answered after its limit, or was answered later than that. `returned` counts letters of which an answer
    was sent back to be done anew, or which the unit gave back with an objection. `late_days`: the longest that one is late
    now that is still with its addressee, as on the shelf 逾期 of the letters.
    """

    unit: str
    received: int = 0
    signed: int = 0
    in_time: int = 0
    late: int = 0
    returned: int = 0
    closed: int = 0
    late_days: int = 0


class Circular(NamedTuple):
    """The circular of a month: who made it, which month, as of which day; a row a unit, all together, and how many of each kind.

    `pushed` letters told of a clue, `repeated` of them of one that had been sent out shortly before (`domain/pushed.py`).
    """

    issuer: str
    first: date
    as_of: date
    rows: tuple[UnitRow, ...]
    total: UnitRow
    kinds: tuple[tuple[str, int], ...]
    pushed: int = 0
    repeated: int = 0

    @property
    def repeat_rate(self) -> str:
        """重复推送率: repeated ones among those that told of a clue (domain.md 5.4), `25.0%`, or `—`."""
        return rate(self.repeated, self.pushed)


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of the day's month."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def circular(issuer: str, month: date, as_of: date, letters: Iterable[Counted], repeated: Collection[str] = ()) -> Circular:
    """What became, until the day `as_of`, of the letters that were issued in the month of the day `month`; `repeated` are ids of letters.

    Letters that answer others are not counted, since they are the answers; void ones neither, since nobody had to act on them. Units stand
    in the order of what they are late with, then of what they got.
    """
    first, last = month_of(month)
    rows: dict[str, UnitRow] = {}
    kinds: dict[str, int] = {}
    told: list[str] = []
    for letter, moves in letters:
        day, now = letter.issued_on, course(letter, moves)
        if day is None or not first <= day <= last or answers(letter) or now.state is LetterState.VOID or not letter.number:
            continue
        kinds[letter.kind] = kinds.get(letter.kind, 0) + 1
        told += [letter.id] if pushes(letter) else []
        unit = letter.to or "（没有主送单位）"
        rows[unit] = _added(rows.get(unit, UnitRow(unit)), _row(letter, moves, as_of))
    ordered = tuple(sorted(rows.values(), key=lambda row: (-row.late, -row.received, row.unit)))
    total = UnitRow("合计")
    for row in ordered:
        total = _added(total, row)
    return Circular(issuer, first, as_of, ordered, total, tuple(kinds.items()), len(told), sum(one in repeated for one in told))


def _row(letter: Letter, moves: tuple[LetterMove, ...], as_of: date) -> UnitRow:
    """The row of one letter alone."""
    done = [move for move in moves_of(letter, moves) if move.on is None or move.on <= as_of]
    now, kinds = course(letter, done), {move.kind for move in done}
    answered = [move.on for move in done if move.kind == "反馈" and move.on]
    late_days = days_overdue(letter, done, as_of)
    tardy = bool(answered and now.deadline and answered[-1] > now.deadline)
    return UnitRow(
        "",
        received=1,
        signed=int(bool(kinds & {"签收", "开始办理", "反馈"})),
        in_time=int(bool(answered) and not tardy and not late_days),
        late=int(bool(late_days) or tardy),
        returned=int(bool(kinds & {"退回重办", "异议退回"})),
        closed=int(now.state is LetterState.CLOSED),
        late_days=late_days if now.state in WITH_ADDRESSEE else 0,
    )


def _added(row: UnitRow, more: UnitRow) -> UnitRow:
    return UnitRow(
        row.unit,
        row.received + more.received,
        row.signed + more.signed,
        row.in_time + more.in_time,
        row.late + more.late,
        row.returned + more.returned,
        row.closed + more.closed,
        max(row.late_days, more.late_days),
    )
