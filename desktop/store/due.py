"""Cases in which something is due, the earliest first, read from the index a slice at a time."""

from typing import NamedTuple

from desktop.store import fold
from desktop.store.database import Database
from desktop.store.sqlcipher import translated

_SLICE = """
    SELECT due_on, key, lower(hex(uuid)), instr(reach, ?) > 0 FROM cases
    WHERE due_on > '' AND due_on <= ? AND (due_on, key) > (?, ?) ORDER BY due_on, key LIMIT ?
"""


class Place(NamedTuple):
    """Where a slice ended: the next one begins after it."""

    due_on: str = ""
    key: int = 0


class Slice(NamedTuple):
    """Ids (hex) of the cases of a station in a slice, and where the slice ended; None: there is no more."""

    cases: list[str]
    end: Place | None


@translated()
def after(database: Database, station: str, until: str, start: Place, limit: int) -> Slice:
    """The next `limit` cases with something due until the ISO day, those that the station owns or helps in."""
    rows = database.connection.execute(_SLICE, (station, until, *start, limit)).fetchall()
    end = Place(rows[-1][0], rows[-1][1]) if len(rows) == limit else None
    return Slice([case for _, _, case, is_ours in rows if is_ours], end)


class Month(NamedTuple):
    """Cases of a station by status, of those that were registered in a period."""

    registered: int
    by_status: dict[str, int]


@translated()
def registered(database: Database, station: str, first: str, last: str) -> Month:
    """How the cases stand that were registered from one ISO day to another."""
    query = "SELECT status, count(*) FROM cases WHERE registered_on BETWEEN ? AND ? AND instr(reach, ?) > 0 GROUP BY status"
    found: dict[str, int] = dict(database.connection.execute(query, (first, last, station)).fetchall())
    return Month(sum(found.values()), found)


@translated()
def offered(database: Database, station: str) -> list[str]:
    """Ids (hex) of the cases that were offered to the station and wait for its answer, the newest first."""
    query = "SELECT lower(hex(uuid)), state FROM folds JOIN cases ON key = case_key WHERE entity = 'handover' ORDER BY case_key DESC"
    return [case for case, state in database.connection.execute(query) if _waits_for(station, state)]


def _waits_for(station: str, state: bytes) -> bool:
    shown = {name: value for (_, _, name), value in fold.shown(fold.unpack(("handover", ""), state)).items()}
    return shown.get("to") == station and not shown.get("answer") and not shown.get("removed")
