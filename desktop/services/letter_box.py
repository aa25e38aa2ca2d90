"""The letters of this office as lists, what is like a letter that is about to go out, and the monthly circular (通报)."""

from datetime import date, timedelta
from pathlib import Path

from desktop.domain.case import Case
from desktop.domain.circular import Circular, Counted, circular, month_of
from desktop.domain.letter import Letter, answers
from desktop.domain.letter_course import OPEN, LetterState
from desktop.domain.likeness import gist
from desktop.services import cases
from desktop.services.desk import Desk
from desktop.services.stations import own_names
from desktop.store import letters as store
from desktop.store import same
from desktop.store.doubles import Finder
from desktop.store.letters import MOST, Box, Line, Shelf

__all__ = ["MOST", "SHELVES", "Box", "Circular", "Line", "Shelf"]

SHELVES: tuple[Shelf, ...] = ("逾期", "未办结", *LetterState)
"""In the order in which the page shows them."""

REPEAT_DAYS = 30
"""A clue that was sent out so many days ago or less is looked for before it is sent again (domain.md 1.5 rule 6)."""


def lines(desk: Desk, box: Box, shelf: Shelf, offset: int = 0, limit: int = 200) -> list[Line]:
    """A page of the letters that this office sent or got: the earliest limit first, of what has ended the newest."""
    return store.lines(desk.database, box, own_names(desk), shelf, desk.today(), offset, limit)


def counts(desk: Desk, box: Box) -> dict[Shelf, int]:
    """How many letters lie on each shelf, up to `MOST`."""
    return store.counts(desk.database, box, own_names(desk), desk.today())


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
    if answers(letter) or letter.replies_to:
        return []
    own = same.key_of(desk.database, case.id) if case.id else None
    since = desk.today() - timedelta(days=days)
    found = store.issued_about(desk.database, [*_like(desk, case, own), *([own] if own else [])], since)
    others = {one.number for one in case.letters if answers(one) or one.replies_to}
    return [
        line
        for line in found
        if line.id != letter.id
        and line.number not in others
        and line.state != LetterState.VOID
        and (line.case != case.id or (line.kind, line.recipient) == (letter.kind, letter.to))
    ]


def _like(desk: Desk, case: Case, own: int | None) -> list[int]:
    numbers = [party.id_number for party in case.parties if party.id_number]
    phones = [party.phone for party in case.parties if party.phone]
    sharing = store.sharing(desk.database, numbers, phones)
    likely = [match.key for match in Finder(desk.database).matches(gist(case), own)]
    return [key for key in dict.fromkeys((*likely, *sharing)) if key != own]


def monthly(desk: Desk, month: date) -> Circular:
    """What became, until today, of the letters that this office issued in the month of the day. Slow: a case is read for each letter."""
    first, last = month_of(month)
    places = store.issued_between(desk.database, own_names(desk), first, last)
    held: dict[str, Case] = {}
    found = []
    for place in places:
        case = held.get(place.case) or held.setdefault(place.case, cases.load(desk, place.case))
        found += [Counted(one, case.moves) for one in case.letters if one.id == place.id]
    return circular(desk.office.name, first, desk.today(), found)


def render(told: Circular) -> bytes:
    """The PDF of a circular; the same one gives the same bytes."""
    from desktop.documents import circular as paper

    return paper.render(told)


def write(told: Circular, path: Path) -> None:
    """Write the circular as a PDF, whole or not at all. Raises `CannotWrite`."""
    from desktop.store.files import write_whole

    write_whole(path, render(told))
