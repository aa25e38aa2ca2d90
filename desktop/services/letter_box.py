"""The letters of this office as lists, what is like a letter that is about to go out, and the monthly circular (通报)."""

from collections.abc import Callable, Generator, Iterator
from datetime import date, timedelta
from heapq import merge
from itertools import islice
from pathlib import Path

from desktop.domain.case import Case
from desktop.domain.circular import Circular, Counted, circular, month_of
from desktop.domain.letter import Letter, answers
from desktop.domain.letter_course import OPEN, WITH_ADDRESSEE, LetterState, state
from desktop.domain.likeness import gist
from desktop.domain.pushed import REPEAT_DAYS, Push, repeated
from desktop.services import cases, letter_homes
from desktop.services.desk import Desk
from desktop.services.stations import own_names
from desktop.store import letters as store
from desktop.store import meetings, same
from desktop.store.doubles import Finder, to_end
from desktop.store.letters import MOST, Box, Line, Shelf

__all__ = ["MOST", "REPEAT_DAYS", "SHELVES", "Box", "Circular", "Line", "Shelf"]

SHELVES: tuple[Shelf, ...] = ("逾期", "未办结", *LetterState)
"""In the order in which the page shows them."""


def lines(desk: Desk, box: Box, shelf: Shelf, offset: int = 0, limit: int = 200) -> list[Line]:
    """A page of the letters that this office sent or got: the earliest limit first, of what has ended the newest.

    Those of no case, which a meeting issued, stand among them.
    """

    def read(first: int, many: int) -> list[Line]:
        return store.lines(desk.database, box, own_names(desk), shelf, desk.today(), first, many)

    own = [one for one in _of_meetings(desk, box) if _lies_on(shelf, one, desk.today())]
    return _merged(read, own, offset, limit, down=shelf in (LetterState.CLOSED, LetterState.VOID)) if own else read(offset, limit)


def _merged(read: Callable[[int, int], list[Line]], own: list[Line], offset: int, limit: int, *, down: bool) -> list[Line]:
    """A page of both in their order. At most all of the few come before a place, so that the page is read from so many places before."""

    def rank(line: Line) -> int:
        number = (line.due_on or date.max).toordinal()
        return -number if down else number

    first, few = max(offset - len(own), 0), sorted(own, key=rank)
    rows = read(first, offset - first + limit)
    if first and not rows:
        return []
    passed = sum(rank(one) <= rank(rows[0]) for one in few) if first else 0
    found = merge(few[passed:], rows, key=rank)
    return list(islice(found, offset - first - passed, offset - first - passed + limit))


def _of_meetings(desk: Desk, box: Box) -> list[Line]:
    names = own_names(desk)
    return [one for one in meetings.lines(desk.database) if (one.issuer if box == "发出的" else one.recipient) in names]


def _lies_on(shelf: Shelf, line: Line, today: date) -> bool:
    """As the lists of letters of cases have it (store/letters.py)."""
    if shelf == "逾期":
        return line.state in WITH_ADDRESSEE and line.due_on is not None and line.due_on < today
    if shelf == "未办结":
        return line.state in OPEN | {LetterState.ANSWERED} and not (line.state == LetterState.RECEIVED and line.due_on is None)
    return line.state == shelf


def counts(desk: Desk, box: Box) -> dict[Shelf, int]:
    """How many letters lie on each shelf, up to `MOST` of cases."""
    found, own = store.counts(desk.database, box, own_names(desk), desk.today()), _of_meetings(desk, box)
    both = {shelf: found.get(shelf, 0) + sum(_lies_on(shelf, one, desk.today()) for one in own) for shelf in SHELVES}
    return {shelf: many for shelf, many in both.items() if many}


def days_late(desk: Desk, line: Line) -> int:
    """Days after the limit of a letter that is with its addressee; 0 where it is not late."""
    if line.due_on is None or line.state not in OPEN - {LetterState.OBJECTED}:
        return 0
    return max((desk.today() - line.due_on).days, 0)


def repeats(desk: Desk, case: Case, letter: Letter, days: int = REPEAT_DAYS) -> list[Line]:
    """Letters that told of the same quarrel in the last days: of cases with the same persons, telephones or happenings (rule 6).

    Letters of the same case count where they are of the same kind for the same addressee. Answers and what urges an earlier letter repeat
    nothing.
    """
    return to_end(looking(desk, case, letter, days))


def looking(desk: Desk, case: Case, letter: Letter, days: int = REPEAT_DAYS) -> Generator[None, None, list[Line]]:
    """`repeats` in steps of some milliseconds each, its result at the end: among a million cases the whole takes up to 0.3 s."""
    if answers(letter) or letter.replies_to:
        return []
    own = same.key_of(desk.database, case.id) if case.id else None
    since = desk.today() - timedelta(days=days)
    alike = yield from _like(desk, case, own)
    found = store.issued_about(desk.database, [*alike, *([own] if own else [])], since)
    others = {one.number for one in case.letters if answers(one) or one.replies_to}
    return [
        line
        for line in found
        if line.id != letter.id
        and line.number not in others
        and line.state != LetterState.VOID
        and (line.case != case.id or (line.kind, line.recipient) == (letter.kind, letter.to))
    ]


def _like(desk: Desk, case: Case, own: int | None) -> Generator[None, None, list[int]]:
    numbers = [party.id_number for party in case.parties if party.id_number]
    phones = [party.phone for party in case.parties if party.phone]
    sharing = store.sharing(desk.database, numbers, phones)
    yield
    matches = yield from Finder(desk.database).looking(gist(case), own)
    return [key for key in dict.fromkeys((*(match.key for match in matches), *sharing)) if key != own]


def monthly(desk: Desk, month: date) -> Circular:
    """What became, until today, of the letters that this office issued in the month of the day. Slow: a case is read for each letter."""
    first, last = month_of(month)
    counted = _counted_of_meetings(desk)
    sent: list[Push] = []
    for case, ids in _issued_between(desk, first - timedelta(days=REPEAT_DAYS), last):
        own = [one for one in case.letters if one.id in ids]
        counted += [Counted(one, case.moves) for one in own]
        clue = gist(case)
        sent += [Push(one, case.same_as or case.id, clue) for one in own if state(one, case.moves) is not LetterState.VOID]
    return circular(desk.office.name, first, desk.today(), counted, repeated(sent))


def _counted_of_meetings(desk: Desk) -> list[Counted]:
    """The letters of no case that this office issued; they tell of no quarrel, so that none is sent twice."""
    held: dict[str, Case] = {}
    found = []
    for line in _of_meetings(desk, "发出的"):
        case = held.get(line.case) or held.setdefault(line.case, letter_homes.load(desk, line.case))
        found += [Counted(one, case.moves) for one in case.letters if one.id == line.id]
    return found


def _issued_between(desk: Desk, first: date, last: date) -> Iterator[tuple[Case, set[str]]]:
    """The cases of which this office issued letters in these days, each once, and the ids of the letters."""
    found: dict[str, set[str]] = {}
    for place in store.issued_between(desk.database, own_names(desk), first, last):
        found.setdefault(place.case, set()).add(place.id)
    return ((cases.load(desk, case), ids) for case, ids in found.items())


def render(told: Circular) -> bytes:
    """The PDF of a circular; the same one gives the same bytes."""
    from desktop.documents import circular as paper

    return paper.render(told)


def write(told: Circular, path: Path) -> None:
    """Write the circular as a PDF, whole or not at all. Raises `CannotWrite`."""
    from desktop.store.files import write_whole

    write_whole(path, render(told))
