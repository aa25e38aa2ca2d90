"""重复推送: which letters sent the same clue out once more (domain.md 1.5 rule 6 and 5.4: 重复推送率 = 重复推送条数 ÷ 推送总条数).

A letter repeats an earlier one if it tells another unit of the same quarrel within some days, or the same unit of the same case in a
letter of the same kind. Answers and letters that urge an earlier one push nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from desktop.domain.letter import Letter, answers
from desktop.domain.likeness import LIKELY, Gist, likeness

REPEAT_DAYS = 30
"""A clue that was sent out so many days ago or less is sent once more."""

_TEXT_DAYS = 3
"""Cases that share nobody are compared by place and text if they are of one type and were registered so many days apart at most."""


class Push(NamedTuple):
    """A letter that went out, the id of its case (of the main one where several were merged), and what is compared of the case."""

    letter: Letter
    case: str
    clue: Gist


def pushes(letter: Letter) -> bool:
    """Whether the letter tells of a clue: it answers nothing and urges nothing."""
    return not answers(letter) and not letter.replies_to


def repeated(sent: Iterable[Push], days: int = REPEAT_DAYS) -> frozenset[str]:
    """The ids of the letters that repeat an earlier one of these; those without a day of issue, or that push nothing, are left out."""
    dated = [(one.letter.issued_on, one) for one in sent if one.letter.issued_on and pushes(one.letter)]
    near: dict[str, list[tuple[date, Push]]] = defaultdict(list)
    found: set[str] = set()
    for day, one in sorted(dated, key=lambda pair: pair[0]):
        since = day - timedelta(days=days)
        earlier = (other for key in _keys(one) for on, other in near[key] if on >= since)
        if any(_same(one, other) for other in earlier):
            found.add(one.letter.id)
        for key in _keys(one):
            near[key].append((day, one))
    return frozenset(found)


def rate(part: int, whole: int) -> str:
    """`25.0%`, half up to one decimal; `—` where there is nothing to divide by (domain.md 5.4)."""
    if not whole:
        return "—"
    return f"{(Decimal(100 * part) / whole).quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def _keys(one: Push) -> Iterator[str]:
    """Only letters with a common key are compared: the same case, a common mark of a person, or the type and about the same day."""
    yield f"case {one.case}"
    yield from (f"mark {mark}" for mark in one.clue.marks)
    number = one.clue.registered_on.toordinal()
    yield from (f"type {one.clue.type} {around}" for around in range(number - _TEXT_DAYS, number + 1))


def _same(one: Push, other: Push) -> bool:
    if one.case == other.case:
        return (one.letter.kind, one.letter.to) == (other.letter.kind, other.letter.to)
    shares = any(a.id_number == b.id_number != "" or a.phone == b.phone != "" for a in one.clue.people for b in other.clue.people)
    return shares or likeness(one.clue, other.clue).score >= LIKELY
