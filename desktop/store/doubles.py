"""Which cases may be the same quarrel: those with the same numbers of persons, and those near in time with a name or a text alike."""

from collections import OrderedDict
from collections.abc import Generator, Iterable, Iterator
from datetime import date
from typing import NamedTuple, TypeVar

from desktop.domain import likeness
from desktop.domain.likeness import Gist, Likeness, Person
from desktop.store import fold
from desktop.store.database import Database
from desktop.store.sqlcipher import translated

T = TypeVar("T")

NAME_DAYS = 10
"""Cases whose parties have the same name are compared if they were registered so many days apart at most."""

TEXT_DAYS = 3
"""Cases of one type are compared by place and text alone if they were registered so many days apart at most."""

_MANY_TEXTS = 24
_MANY_HITS = 40
"""Candidates of one kind at most, the nearest in time first: an employer may have a thousand cases."""

_LOOKED_AT = 400
_DAYS_KEPT = 64
_GISTS_KEPT = 4096

_NUMBER = f"SELECT case_key FROM parties INDEXED BY parties_by_id_number WHERE id_number = ? ORDER BY case_key DESC LIMIT {_LOOKED_AT}"  # noqa: S608 -- constants
_PHONE = f"SELECT case_key FROM parties INDEXED BY parties_by_phone WHERE phone = ? ORDER BY case_key DESC LIMIT {_LOOKED_AT}"  # noqa: S608 -- constants
_NAMES = "SELECT c.key, p.name FROM cases c CROSS JOIN parties p ON p.case_key = c.key WHERE c.registered_on = ?"
_TYPES = "SELECT key, type FROM cases WHERE registered_on = ?"


class Match(NamedTuple):
    """A candidate by its local key, with what was found."""

    key: int
    likeness: Likeness


class _Day(NamedTuple):
    types: dict[str, list[int]]
    names: dict[str, list[int]]
    people: dict[int, tuple[tuple[Person, ...], frozenset[str]]]


class Finder:
    """Finds cases that are like others. What it reads it keeps for a while, so that a whole import costs little more than one case.

    It must not outlive the transaction in which it was made: it does not learn of what is written meanwhile.
    """

    def __init__(self, database: Database, *, many: bool = False) -> None:
        """`many`: cases of many days will be looked up, so it pays to read all names of a day at once."""
        self._database = database
        self._many = many
        self._days: OrderedDict[date, _Day] = OrderedDict()
        self._gists: OrderedDict[int, Gist] = OrderedDict()

    def matches(self, one: Gist, key: int | None = None) -> list[Match]:
        """The cases that are likely the same quarrel, the likeliest first; `key` is that of the case itself if it is registered."""
        return to_end(self.looking(one, key))

    def looking(self, one: Gist, key: int | None = None) -> Generator[None, None, list[Match]]:
        """The same in steps of some milliseconds each, for who must not wait: a county may register hundreds of cases a day."""
        with translated():
            near: dict[int, None] = {}
            for other in self._candidates(one):
                if other is None:
                    yield
                elif other != key:
                    near[other] = None
            likely = []
            for other in near:
                match = Match(other, likeness.likeness(one, self.gist(other)))
                likely += [match] if match.likeness.score >= likeness.LIKELY else []
                yield
        return sorted(likely, key=lambda match: (-match.likeness.score, match.key))

    def gist(self, key: int) -> Gist:
        """What is compared of the case with this key."""
        if key not in self._gists:
            self._gists[key] = _read_gist(self._database, key)
            while len(self._gists) > _GISTS_KEPT:
                self._gists.popitem(last=False)
        return self._gists[key]

    def _candidates(self, one: Gist) -> Iterator[int | None]:
        """Keys, the same perhaps several times; None after each step of the search."""
        yield from self._by_numbers(one)
        yield from _first(self._by_name(one), _MANY_HITS)
        yield from _first(self._by_type(one), _MANY_TEXTS)

    def _by_numbers(self, one: Gist) -> Iterator[int | None]:
        for person in one.people:
            for statement, spellings in ((_NUMBER, _numbers(person)), (_PHONE, _phones(person))):
                found = {key for text in spellings for (key,) in self._database.connection.execute(statement, (text,))}
                yield from self._nearest(found, one.registered_on)
                yield None

    def _nearest(self, keys: set[int], day: date) -> Iterable[int]:
        """As many of the keys as are compared, the nearest in time: only where there are more is the date of each looked up."""
        if len(keys) <= _MANY_HITS:
            return keys
        query = "SELECT registered_on FROM cases WHERE key = ?"
        away = {key: abs((date.fromisoformat(self._database.connection.execute(query, (key,)).fetchone()[0]) - day).days) for key in keys}
        return sorted(keys, key=lambda key: (away[key], key))[:_MANY_HITS]

    def _by_name(self, one: Gist) -> Iterator[int | None]:
        names = {person.name for person in one.people if person.name}
        days = _around(one.registered_on, NAME_DAYS)
        if not self._many:
            yield from self._named(names, days)
            return
        for day in days:
            there = self._day(day).names
            yield from [key for name in names & there.keys() for key in there[name]]
            yield None

    def _named(self, names: set[str], days: Iterable[date]) -> Iterator[int | None]:
        query = f"{_NAMES} AND p.name IN ({', '.join('?' * len(names))})"
        for day in days:
            yield from [key for key, _ in self._database.connection.execute(query, (day.isoformat(), *names))]
            yield None

    def _by_type(self, one: Gist) -> Iterator[int | None]:
        if len(one.summary) >= likeness.SHORTEST and one.place:
            for day in _around(one.registered_on, TEXT_DAYS):
                yield from self._of_type(day, one)
                yield None

    def _of_type(self, day: date, one: Gist) -> Iterable[int]:
        """Cases of the type; where the names are at hand, without those whose parties are others."""
        if not self._many:
            return [key for key, kind in self._database.connection.execute(_TYPES, (day.isoformat(),)) if kind == one.type]
        there = self._day(day)
        return [key for key in there.types.get(one.type, ()) if not likeness.are_strangers(one, *there.people[key])]

    def _day(self, day: date) -> _Day:
        if day not in self._days:
            self._days[day] = _read_day(self._database, day)
            while len(self._days) > _DAYS_KEPT:
                self._days.popitem(last=False)
        self._days.move_to_end(day)
        return self._days[day]


def to_end(steps: Generator[None, None, T]) -> T:
    """Take all steps without a pause, and give the result."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: T = end.value
            return found


def _first(keys: Iterator[int | None], many: int) -> Iterator[int | None]:
    """The first keys, so many at most, and what is None among them."""
    left = many
    for key in keys:
        yield key
        left -= key is not None
        if not left:
            return


def _around(day: date, days: int) -> Iterator[date]:
    """The day, and those before and after it, the nearest first."""
    for away in range(days + 1):
        for sign in (-1, 1)[: 1 + (away > 0)]:
            number = day.toordinal() + sign * away
            if 1 <= number <= date.max.toordinal():
                yield date.fromordinal(number)


def _read_day(database: Database, day: date) -> _Day:
    """The cases that were registered on the day, by type and by the names of their parties."""
    types: dict[str, list[int]] = {}
    names: dict[str, list[int]] = {}
    parties: dict[int, list[Person]] = {}
    for key, kind in database.connection.execute(_TYPES, (day.isoformat(),)):
        types.setdefault(kind, []).append(key)
        parties[key] = []
    for key, name in database.connection.execute(_NAMES, (day.isoformat(),)):
        one = Person(likeness.folded(name))
        names.setdefault(one.name, []).append(key)
        parties[key].append(one)
    return _Day(types, names, {key: (tuple(people), likeness.marks(people)) for key, people in parties.items()})


def _read_gist(database: Database, key: int) -> Gist:
    """What is compared of a case, without unpacking the rest of it."""
    kind, day = database.connection.execute("SELECT type, registered_on FROM cases WHERE key = ?", (key,)).fetchone()
    parties = database.connection.execute("SELECT name, id_number, phone FROM parties WHERE case_key = ?", (key,))
    people = likeness.persons(parties)
    row = database.connection.execute("SELECT state FROM folds WHERE case_key = ? AND entity = 'case' AND id = ''", (key,)).fetchone()
    shown = fold.shown(fold.unpack(("case", ""), row[0])) if row else {}
    told = {name: value for (_, _, name), value in shown.items()}
    occurred, amount = told.get("occurred_on"), told.get("amount")
    return Gist(
        type=kind,
        registered_on=date.fromisoformat(day),
        occurred_on=date.fromisoformat(str(occurred)) if occurred else None,
        place=likeness.folded(str(told.get("place") or "")),
        summary=likeness.folded(str(told.get("summary") or "")),
        amount=amount if isinstance(amount, int) else None,
        people=people,
        marks=likeness.marks(people),
    )


def _numbers(person: Person) -> set[str]:
    """The ID number in the spellings in which it may have been typed."""
    return {person.id_number, person.id_number.lower()} - {""}


def _phones(person: Person) -> set[str]:
    """The telephone number in the spellings in which it may have been typed: in one, in groups, with the code of the country."""
    if not person.phone:
        return set()
    plain = person.phone
    if len(plain) == 11 and plain.startswith("1"):
        groups = (plain[:3], plain[3:7], plain[7:])
        return {plain, "-".join(groups), " ".join(groups), f"+86{plain}", f"86{plain}", f"+86 {plain}"}
    return {plain, f"{plain[:3]}-{plain[3:]}", f"{plain[:4]}-{plain[4:]}", f"{plain[:4]} {plain[4:]}"}
