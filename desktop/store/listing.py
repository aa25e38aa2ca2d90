"""The list of cases, newest first: all of them, or those that are looked for; page by page, however many there are."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import accumulate
from typing import NamedTuple

import msgspec

from desktop.store import findable, search
from desktop.store.database import Database
from desktop.store.search import Need
from desktop.store.sqlcipher import translated


class Row(NamedTuple):
    """One line of the list; `merged` is 1 where the case was merged into another one (store/same.py)."""

    id: str
    number: str
    title: str
    type: str
    registered_on: date
    status: str
    risk: str
    office: str
    conflicts: int
    merged: int


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for; what is empty or None does not matter.

    `words` must all occur, `statuses` are alternatives, `office` registered the case and `not_office` did not, `person` mediates it,
    `doubtful` has fields in 待核对, `due_before` has something due before that day.
    """

    words: str = ""
    statuses: tuple[str, ...] = ()
    risk: str = ""
    type: str = ""
    year: int | None = None
    office: str = ""
    not_office: str = ""
    person: str = ""
    doubtful: bool = False
    due_before: date | None = None

    def anything(self) -> bool:
        """Whether every case will do."""
        return msgspec.structs.replace(self, words=self.words.strip()) == Wanted()


class Calendar(NamedTuple):
    """How many cases were registered on which day, newest first: `until` is the number of cases on that day and after it."""

    days: Sequence[str]
    until: Sequence[int]

    @property
    def total(self) -> int:
        """All cases."""
        return self.until[-1] if self.until else 0

    @property
    def years(self) -> list[int]:
        """The years in which cases were registered, newest first."""
        return list(dict.fromkeys(int(day[:4]) for day in self.days))


_COLUMNS = (
    "lower(hex(uuid)), coalesce(number, ''), title, type, registered_on, status, coalesce(risk, ''), coalesce(office, ''), conflicts, "
    "EXISTS (SELECT 1 FROM same WHERE same.case_key = cases.key AND same.other < cases.uuid)"
)
_PAGE = f"SELECT {_COLUMNS} FROM cases WHERE registered_on <= ? ORDER BY registered_on DESC, key DESC LIMIT ? OFFSET ?"  # noqa: S608
_HITS = (
    "SELECT rowid FROM search WHERE search MATCH ? AND rowid >= ? AND rowid < ? "  # noqa: S608 -- constants
    f"AND NOT EXISTS (SELECT 1 FROM search_news WHERE key = (search.rowid & {search.KEY_MASK})) "
    f"AND NOT EXISTS (SELECT 1 FROM search_later WHERE key = (search.rowid & {search.KEY_MASK}))"
)
_LATER = (
    f"SELECT place FROM (SELECT * FROM {search.COUNTED} ORDER BY place DESC LIMIT {findable.READ_LATER}) "  # noqa: S608 -- constants
    "WHERE place >= ? AND place < ? AND "
)
_DOUBTFUL, _DUE = "conflicts > 0", "due_on > '' AND due_on < ?"
_ONLY = "SELECT registered_on, key FROM cases WHERE registered_on >= ? AND (registered_on, key) < (?, ?)"
_END = 1 << 62
_MANY, FEW = 500, 300


# --- all cases ---------------------------------------------------------------------------------------------------------------------------


@translated()
def calendar(database: Database) -> Calendar:
    """The days of registration: small, and enough to find any row of the list at once."""
    rows = database.connection.execute("SELECT day, cases FROM days WHERE cases > 0 ORDER BY day DESC").fetchall()
    return Calendar([day for day, _ in rows], list(accumulate(cases for _, cases in rows)))


@translated()
def page(database: Database, calendar: Calendar, start: int, limit: int) -> list[Row]:
    """So many rows from the start-th one on; what was registered since the calendar was read may shift them."""
    if start >= calendar.total:
        return []
    at = bisect_right(calendar.until, start)
    skipped = start - (calendar.until[at - 1] if at else 0)
    return [_row(row) for row in database.connection.execute(_PAGE, (calendar.days[at], limit, skipped))]


# --- what is looked for ------------------------------------------------------------------------------------------------------------------


@translated()
def places(database: Database, wanted: Wanted, limit: int, below: int = _END) -> list[int]:
    """The places of the first cases that are wanted, newest first, beginning below a place."""
    needs = _needs(wanted)
    span = _span(wanted, below)
    extra, values = _among(wanted)
    if extra:
        if not needs:
            return _only(database, f"{extra} ORDER BY registered_on DESC, key DESC", values, span, limit)
        few = _only(database, extra, values, span, FEW + 1)
        if len(few) <= FEW:
            return _those(database, sorted(few, reverse=True), needs, limit)
        extra = f" AND (search.rowid & {search.KEY_MASK}) IN (SELECT key FROM cases WHERE 1{extra})"  # noqa: S608 -- constants
    query = f"{_HITS}{extra} ORDER BY rowid DESC LIMIT ?"
    hits = [place for (place,) in database.connection.execute(query, (search.match(needs), *span, *values, limit))]
    fresh = _unfiled(database, wanted, needs, span)
    return sorted([*fresh, *hits], reverse=True)[: limit if limit >= 0 else None] if fresh else hits


def _only(database: Database, extra: str, values: list[str], span: tuple[int, int], limit: int) -> list[int]:
    """The places of cases for which the index need not be asked."""
    (first, _), (last, key) = map(_day_and_key, span)
    rows = database.connection.execute(f"{_ONLY}{extra} LIMIT ?", (first, last, key, *values, limit))
    return [search.place_of(date.fromisoformat(day), key) for day, key in rows]


def _day_and_key(place: int) -> tuple[str, int]:
    """What the columns say of a place; of one before or after all days, what sorts before or after all of them."""
    number = place >> search.KEY_BITS
    day = "" if number < 1 else "9999-99" if number > date.max.toordinal() else date.fromordinal(number).isoformat()
    return day, search.key_of(place)


def _those(database: Database, few: list[int], needs: list[Need | list[Need]], limit: int) -> list[int]:
    """Those of a few places whose cases have what is needed, looked up one by one."""
    fresh = set(_unfiled(database, Wanted(), needs, (0, _END)))
    match, query = search.match(needs), f"{_HITS} LIMIT 1"
    found = [one for one in few if one in fresh or database.connection.execute(query, (match, one, one + 1)).fetchone()]
    return found[: limit if limit >= 0 else None]


def _needs(wanted: Wanted) -> list[Need | list[Need]]:
    needs: list[Need | list[Need]] = [*search.words(wanted.words)]
    if wanted.statuses:
        needs.append([search.marked(search.mark("进", one)) for one in wanted.statuses])
    values = (("险", wanted.risk), ("类", wanted.type), ("单", wanted.office), ("人", wanted.person))
    needs += [search.marked(search.mark(kind, value)) for kind, value in values if value]
    if wanted.not_office:
        needs.append(search.marked(search.mark("单", wanted.not_office), absent=True))
    return needs


def _span(wanted: Wanted, below: int) -> tuple[int, int]:
    """The places of the year that is wanted."""
    if wanted.year is None:
        return 0, below
    return search.place_of(date(wanted.year, 1, 1), 0), min(search.place_of(date(wanted.year, 12, 31), search.KEY_MASK), below)


def _among(wanted: Wanted) -> tuple[str, list[str]]:
    """The conditions that the index knows nothing of: these columns change without a save of the case, or with the clock."""
    extra, values = "", []
    if wanted.doubtful:
        extra += f" AND {_DOUBTFUL}"
    if wanted.due_before:
        extra += f" AND {_DUE}"
        values.append(wanted.due_before.isoformat())
    return extra, values


def _unfiled(database: Database, wanted: Wanted, needs: list[Need | list[Need]], span: tuple[int, int]) -> list[int]:
    """The wanted ones among the cases whose rows in the index do not count, or that have none yet."""
    first, end = span
    condition, values = search.condition(needs)
    found = [place for (place,) in database.connection.execute(_LATER + condition, (first, end, *values))]
    found += [one.place for one in findable.news(database) if first <= one.place < end and search.fits(one, needs)]
    return [place for place in found if _is_among(database, wanted, search.key_of(place))] if _among(wanted)[0] else found


def _is_among(database: Database, wanted: Wanted, key: int) -> bool:
    extra, values = _among(wanted)
    query = f"SELECT 1 FROM cases WHERE key = ?{extra}"  # noqa: S608 -- constants
    return database.connection.execute(query, (key, *values)).fetchone() is not None


@translated()
def rows_at(database: Database, places: Sequence[int]) -> list[Row]:
    """The rows at these places, in their order; a case that is gone from its place has none."""
    found: dict[int, Row] = {}
    for start in range(0, len(places), _MANY):
        keys = [search.key_of(place) for place in places[start : start + _MANY]]
        query = f"SELECT key, {_COLUMNS} FROM cases WHERE key IN ({','.join('?' * len(keys))})"  # noqa: S608 -- marks
        found |= {key: _row(rest) for key, *rest in database.connection.execute(query, keys)}
    return [found[key] for place in places if (key := search.key_of(place)) in found]


def _row(values: Sequence[object]) -> Row:
    case, number, title, kind, day, *rest = values
    return Row(case, number, title, kind, date.fromisoformat(str(day)), *rest)  # type: ignore[arg-type] # as the columns are


# --- by number and id --------------------------------------------------------------------------------------------------------------------


@translated()
def with_number(database: Database, number: str) -> list[str]:
    """The ids (hex) of the cases that bear the number."""
    found = database.connection.execute("SELECT lower(hex(uuid)) FROM cases WHERE number = ? ORDER BY key", (number,))
    return [row[0] for row in found]


@translated()
def titles(database: Database, cases: Iterable[bytes]) -> list[str]:
    """Number and title of the cases with these 16-byte ids, as far as they are here."""
    query = "SELECT coalesce(number, '') || ' ' || title FROM cases WHERE uuid = ?"
    rows = [database.connection.execute(query, (uuid,)).fetchone() for uuid in cases]
    return [row[0].strip() for row in rows if row]
