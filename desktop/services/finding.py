"""What an operator does to find disputes: look through all of them, search, filter."""

from array import array
from collections.abc import Sequence
from functools import cached_property

from desktop.domain.standing import Status
from desktop.services.desk import Desk
from desktop.store import findable, listing, reach
from desktop.store.listing import Row, Wanted

__all__ = ["AWAITED", "OFFERED", "Found", "Row", "Wanted"]

AWAITED, OFFERED = "待接收", "移交中"

FIRST = 100
"""So many cases are found by a key; the next ones when somebody has gone through these. What is rare among what is frequent takes long."""

OPEN = (Status.ACCEPTED, Status.MEDIATING, Status.AGREED, Status.PERFORMING, Status.STABILISED)
"""未结: somebody still has to do something."""

ENDED = tuple(one for one in Status if one not in OPEN)


class Found:
    """The cases that are wanted, newest first, whose rows are read when they are looked at.

    Attributes:
        wanted: what was looked for.
        total: how many rows can be shown now: all cases, or those found so far.
        more: whether there are more than `total`; `go_on` finds some of them.
        unfiled: how many cases cannot be found yet, because their texts are still being filed; 0 where nothing is looked for.
    """

    def __init__(self, desk: Desk, wanted: Wanted) -> None:
        self._desk = desk
        self.wanted = wanted
        self._places = array("q")
        self.more = False
        self.unfiled = 0
        if wanted.anything():
            self.total = self._calendar.total
        else:
            self.total = 0
            self.unfiled = findable.unfiled(desk.database)
            self.go_on()

    def go_on(self) -> int:
        """Find some more of the cases, and return how many."""
        below = {"below": self._places[-1]} if self._places else {}
        found = listing.places(self._desk.database, self.wanted, FIRST + 1, **below)
        self.more = len(found) > FIRST
        self._places.extend(found[:FIRST])
        self.total = len(self._places)
        return len(found[:FIRST])

    def rows(self, start: int, limit: int) -> list[Row]:
        """So many of the rows from the start-th one on."""
        database = self._desk.database
        if self.wanted.anything():
            return _with_offers(self._desk, listing.page(database, self._calendar, start, limit))
        return _with_offers(self._desk, listing.rows_at(database, self._places[start : start + limit]))

    @cached_property
    def _calendar(self) -> listing.Calendar:
        return listing.calendar(self._desk.database)

    @property
    def years(self) -> list[int]:
        """The years in which cases were registered, newest first."""
        return self._calendar.years


def find(desk: Desk, wanted: Wanted) -> Found:
    """The cases that are wanted.

    Its words may be one character of a name, two characters or more of any text, fragments of numbers, or the first letters of a name (zs
    for 张三).
    """
    return Found(desk, wanted)


def count(desk: Desk, query: str = "") -> int:
    """How many cases hold every word of the query."""
    wanted = Wanted(words=query)
    return Found(desk, wanted).total if wanted.anything() else len(listing.places(desk.database, wanted, -1))


def rows(desk: Desk, query: str = "", offset: int = 0, limit: int = 200) -> list[Row]:
    """A part of the list of the cases that hold every word of the query, newest first; all from the offset on where `limit` is -1.

    Where an offer waits for its answer, the status says so: 待接收 at the office that is to answer, 移交中 elsewhere.
    """
    wanted = Wanted(words=query)
    if wanted.anything():
        return find(desk, wanted).rows(offset, limit)
    found = listing.places(desk.database, wanted, offset + limit if limit >= 0 else -1)
    return _with_offers(desk, listing.rows_at(desk.database, found[offset:]))


def _with_offers(desk: Desk, found: Sequence[Row]) -> list[Row]:
    offers = {offer.case: offer.to for offer in reach.open_offers(desk.database, (row.id for row in found))}
    if not offers:
        return list(found)
    from desktop.services.stations import here

    own = here(desk).station
    return [row._replace(status=AWAITED if offers[row.id] == own else OFFERED) if row.id in offers else row for row in found]
