"""Cases in which something is due, the earliest first, read from the index a slice at a time."""

from typing import NamedTuple

from desktop.store import fold
from desktop.store.database import Database
from desktop.store.sqlcipher import translated

_SLICE = """
    SELECT due_on, registered_on, key, lower(hex(uuid)), instr(reach, ?) > 0 FROM cases
    WHERE due_on <= ? AND (due_on, registered_on, key) > (?, ?, ?) ORDER BY due_on, registered_on, key LIMIT ?
"""


class Place(NamedTuple):
    """Where a slice ended: the next one begins after it. The first begins after the cases that nobody has looked at yet (`due_on` '')."""

    due_on: str = "0"
    registered_on: str = ""
    key: int = 0


class Slice(NamedTuple):
    """Ids (hex) of the cases of a station in a slice, and where the slice ended; None: there is no more."""

    cases: list[str]
    end: Place | None


@translated()
def after(database: Database, station: str, until: str, start: Place, limit: int) -> Slice:
    """The next `limit` cases with something due until the ISO day, those that the station owns or helps in."""
    rows = database.connection.execute(_SLICE, (station, until, *start, limit)).fetchall()
    end = Place(*rows[-1][:3]) if len(rows) == limit else None
    return Slice([case for *_, case, is_ours in rows if is_ours], end)


@translated()
def registered(database: Database, station: str, first: str, last: str) -> dict[str, int]:
    """How many cases of the station, by status, were registered from one ISO day to another."""
    query = "SELECT status, count(*) FROM cases WHERE registered_on BETWEEN ? AND ? AND instr(reach, ?) > 0 GROUP BY status"
    found: dict[str, int] = dict(database.connection.execute(query, (first, last, station)).fetchall())
    return found


class Offers(NamedTuple):
    """Ids (hex) of the cases of a slice that were offered to the station and wait, and the key where it ended; None: there is no more."""

    cases: list[str]
    end: int | None


@translated()
def offered(database: Database, station: str, before: int | None, limit: int) -> Offers:
    """Looks at the `limit` newest cases that were ever offered to anybody, those with a lower key than `before`."""
    query = (
        "SELECT case_key, lower(hex(uuid)), state FROM folds INDEXED BY folds_of_handover JOIN cases ON key = case_key "
        "WHERE entity = 'handover' AND case_key < ? ORDER BY case_key DESC LIMIT ?"
    )
    rows = database.connection.execute(query, (1 << 62 if before is None else before, limit)).fetchall()
    end = rows[-1][0] if len(rows) == limit else None
    return Offers([case for _, case, state in rows if _waits_for(station, state)], end)


def _waits_for(station: str, state: bytes) -> bool:
    shown = {name: value for (_, _, name), value in fold.shown(fold.unpack(("handover", ""), state)).items()}
    return shown.get("to") == station and not shown.get("answer") and not shown.get("removed")
