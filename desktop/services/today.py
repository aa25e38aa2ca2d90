"""今日: what this office has to do, the most urgent first (design.md section 7)."""

import time
from collections import Counter
from collections.abc import Generator
from datetime import date, timedelta
from typing import NamedTuple

from desktop.domain.case import Case
from desktop.domain.course import Status
from desktop.domain.dues import Due, Kind, dues
from desktop.domain.letter_course import OPEN
from desktop.domain.letter_next import place_of
from desktop.domain.meeting_letters import is_sheaf
from desktop.services import cases, letter_homes
from desktop.services.desk import Desk
from desktop.services.stations import Stations, own_names
from desktop.services.working_days import working_days
from desktop.store import due as due_cases
from desktop.store import meetings
from desktop.store.doubles import to_end
from desktop.store.due import Place

AHEAD = 7
"""Days that count as this week."""

MOST = 40
"""So many things are shown; who has more starts with these."""

_ROWS, _SECONDS = 50, 0.02
_DONE = frozenset({Status.AGREED, Status.PERFORMING, Status.PERFORMED})
_ENDED = frozenset({Status.FAILED, Status.WITHDRAWN, Status.STABILISED, Status.REFERRED, Status.DECLINED})
_OF_LETTERS: frozenset[Kind] = frozenset({"函件办理", "函件签收"})


class Thing(NamedTuple):
    """One thing that is due: in which case, until when, what to do, the path of its field, and whether the dispute is of high risk.

    `case` may be the sheaf of a meeting that issued letters without a dispute (`services/letter_homes.py`).
    """

    case: str
    number: str
    title: str
    on: date
    text: str
    field: str
    high: bool


class Figures(NamedTuple):
    """Disputes registered this month: all, those with an agreement, those that ended otherwise, those still open."""

    registered: int
    agreed: int
    ended: int
    open: int


class Look:
    """Looks through the cases a slice at a time, because a county has a million.

    Attributes:
        things: what was found so far, the earliest day first, `MOST` at most.
        more: whether there is more than is shown.
    """

    def __init__(self, desk: Desk) -> None:
        self.things: list[Thing] = []
        self.more = False
        self._desk = desk
        self._until = desk.today() + timedelta(days=AHEAD)
        self._is_working_day = working_days(desk)
        self._own = Stations(desk).own
        self._names = own_names(desk)
        self._place: Place | None = Place()
        self._many = 0  # things of cases, among them those that are not shown
        self._left = list(dict.fromkeys(line.case for line in meetings.lines(desk.database) if line.state in OPEN))

    def go_on(self) -> bool:
        """Look on for some 20 ms; returns whether there is more to look at."""
        stop = time.monotonic() + _SECONDS
        while time.monotonic() < stop:
            if self._many >= MOST:
                self.more = self.more or bool(self._left) or self._place is not None
                return False
            if self._left:
                self._add(letter_homes.load(self._desk, self._left.pop(0)))
            elif self._place is None:
                return False
            else:
                self._left, self._place = due_cases.after(self._desk.database, self._own, self._until.isoformat(), self._place, _ROWS)
        return True

    def _add(self, case: Case) -> None:
        sheaf = is_sheaf(case.id)  # nothing but letters is due in it
        near = (due for due in dues(case, self._is_working_day) if due.on <= self._until)
        found = [_thing(case, due, self._names) for due in near if not sheaf or due.kind in _OF_LETTERS]
        self._many += 0 if sheaf else len(found)
        self.things = sorted(self.things + found, key=_urgency)
        self.more = self.more or len(self.things) > MOST
        del self.things[MOST:]


def _thing(case: Case, due: Due, names: tuple[str, ...]) -> Thing:
    place = place_of(due.field)
    letter = None if place is None else case.letters[place]
    text, title = due.text, case.title
    if letter and letter.to in names and due.kind == "函件签收":
        text = f"签收{letter.kind}{letter.number or ''}"
    if letter and is_sheaf(case.id):
        title = letter.title or case.summary
    return Thing(case.id, case.number or "", title, due.on, text, due.field, case.risk == "高")


def _urgency(thing: Thing) -> tuple[date, bool, str]:
    return thing.on, not thing.high, thing.number


def figures(desk: Desk) -> Figures:
    """The disputes of this office that were registered this month."""
    return to_end(counting(desk))


def counting(desk: Desk) -> Generator[None, None, Figures]:
    """`figures` in steps of some milliseconds each, a day in each."""
    own, today = Stations(desk).own, desk.today()
    found: Counter[str] = Counter()
    for number in range(1, today.day + 1):
        day = today.replace(day=number).isoformat()
        found.update(due_cases.registered(desk.database, own, day, day))
        yield
    agreed = sum(number for status, number in found.items() if status in _DONE)
    ended = sum(number for status, number in found.items() if status in _ENDED) + found[Status.CLOSED]
    return Figures(found.total(), agreed, ended, found.total() - agreed - ended)


def offered(desk: Desk) -> list[tuple[str, str]]:
    """Cases that another office hands over to this one and that wait for its answer: id, title and number, the newest first."""
    return to_end(offering(desk))


def offering(desk: Desk) -> Generator[None, None, list[tuple[str, str]]]:
    """`offered` in steps of some milliseconds each."""
    own, place = Stations(desk).own, None
    found: list[tuple[str, str]] = []
    while len(found) < MOST:
        waiting, place = due_cases.offered(desk.database, own, place, _ROWS)
        for identifier in waiting:
            case = cases.load(desk, identifier)
            found.append((case.id, f"{case.title}　{case.number or ''}".strip()))
            yield
        if place is None:
            break
        yield
    return found[:MOST]
