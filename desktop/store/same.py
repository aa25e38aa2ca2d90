"""Cases that are one quarrel: suspicions of this computer, and what people merged (the cases' field `same_as`).

Merging is a link from a newer case to an older one, by their ids: these sort by the time of registration and are the same at every office.
A link from an older case to a newer one says nothing, so that links never run in a circle, whatever offices write at the same time; chains
of links can come about, and `main` sees through them.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from desktop.store.database import Database
from desktop.store.sqlcipher import translated


class Card(NamedTuple):
    """What the screen says of a case in one line."""

    id: str
    number: str
    title: str
    office: str
    registered_on: date


class Double(NamedTuple):
    """Two cases that may be one quarrel: the newer and the other one, points 0 to 100, and the reasons in Chinese."""

    one: Card
    other: Card
    likeness: int
    why: tuple[str, ...]


_COLUMNS = "lower(hex({0}.uuid)), coalesce({0}.number, ''), {0}.title, coalesce({0}.office, ''), {0}.registered_on"
_SUSPICIONS = "SELECT one, other, likeness, why FROM doubles WHERE dismissed = 0 ORDER BY likeness DESC, one DESC, other"
_OPEN = f"""
    SELECT {_COLUMNS.format("a")}, {_COLUMNS.format("b")} FROM cases a, cases b WHERE a.key = :one AND b.key = :other
    AND NOT EXISTS (SELECT 1 FROM same s WHERE s.case_key = :one AND s.other = b.uuid)
    AND NOT EXISTS (SELECT 1 FROM same s JOIN same t ON t.other = s.other WHERE s.case_key = :one AND t.case_key = :other)
"""  # noqa: S608 -- constants
_NOTE = (
    "INSERT INTO doubles (one, other, likeness, why) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (one, other) DO UPDATE SET likeness = excluded.likeness, why = excluded.why"
)
_DISMISS = (
    "INSERT INTO doubles (one, other, likeness, why, dismissed) VALUES (?, ?, ?, ?, 1) ON CONFLICT (one, other) DO UPDATE SET dismissed = 1"
)
_BETWEEN = "\n"


@translated()
def key_of(database: Database, case: str) -> int | None:
    """The local key of the case with this id, None if it is not held here."""
    row = database.connection.execute("SELECT key FROM cases WHERE uuid = ?", (bytes.fromhex(case),)).fetchone()
    return row[0] if row else None


@translated()
def keys_by_date(database: Database, cases: Iterable[str]) -> list[int]:
    """The local keys of those of the cases (ids) that are held here, by the date of registration."""
    query = "SELECT registered_on, key FROM cases WHERE uuid = ?"
    rows = [database.connection.execute(query, (bytes.fromhex(case),)).fetchone() for case in cases]
    return [key for _, key in sorted(row for row in rows if row)]


@translated()
def after(database: Database, key: int, limit: int) -> list[tuple[int, str]]:
    """The next cases after a local key: key and id (hex)."""
    query = "SELECT key, lower(hex(uuid)) FROM cases WHERE key > ? ORDER BY key LIMIT ?"
    return [(found, case) for found, case in database.connection.execute(query, (key, limit))]


@translated()
def card(database: Database, key: int) -> Card:
    """What the screen says of the case with this key."""
    row = database.connection.execute(f"SELECT {_COLUMNS.format('c')} FROM cases c WHERE key = ?", (key,)).fetchone()  # noqa: S608 -- constants
    return _card(*row)


def _card(case: str, number: str, title: str, office: str, day: str) -> Card:
    return Card(case, number, title, office, date.fromisoformat(day))


# --- suspicions ---


def note(database: Database, one: int, other: int, points: int, why: Iterable[str]) -> None:
    """Keep a suspicion about two keys, or what is now known of it; one that was dismissed stays dismissed."""
    database.connection.execute(_NOTE, (*_ordered(database, one, other), points, _BETWEEN.join(why)))


def dismiss(database: Database, one: int, other: int, points: int = 0, why: Iterable[str] = ()) -> None:
    """Keep that a person looked at the two and found two quarrels."""
    with database.atomic():
        database.connection.execute(_DISMISS, (*_ordered(database, one, other), points, _BETWEEN.join(why)))


def forget(database: Database, keys: Iterable[int]) -> None:
    """Drop the suspicions about these cases that nobody dismissed: they are looked for anew."""
    wanted = set(keys)
    pairs = database.connection.execute("SELECT one, other FROM doubles WHERE dismissed = 0").fetchall()
    stale = [pair for pair in pairs if not wanted.isdisjoint(pair)]
    database.connection.executemany("DELETE FROM doubles WHERE one = ? AND other = ?", stale)


@translated()
def open_doubles(database: Database, limit: int) -> list[Double]:
    """The suspicions that nobody dismissed and whose cases are not merged, the likeliest first."""
    found: list[Double] = []
    for one, other, points, why in database.connection.execute(_SUSPICIONS):  # cases are read of the likeliest only
        row = database.connection.execute(_OPEN, {"one": one, "other": other}).fetchone()
        if row:
            found.append(Double(_card(*row[:5]), _card(*row[5:]), points, tuple(why.split(_BETWEEN))))
        if len(found) == limit:
            break
    return found


@translated()
def dismissed(database: Database, key: int) -> set[int]:
    """The keys of the cases that a person found not to be the same as this one."""
    rows = database.connection.execute("SELECT one, other FROM doubles WHERE dismissed = 1 AND ? IN (one, other)", (key,))
    return {other if one == key else one for one, other in rows}


def _ordered(database: Database, one: int, other: int) -> tuple[int, int]:
    """The two keys, that of the newer case first: ids sort by the time of registration, and are the same at every office."""
    query = "SELECT uuid FROM cases WHERE key = ?"
    uuids = [database.connection.execute(query, (key,)).fetchone()[0] for key in (one, other)]
    return (one, other) if uuids[0] > uuids[1] else (other, one)


# --- what was merged ---


@translated()
def main(database: Database, case: str) -> str:
    """The id of the case that this one belongs to in the end: itself where it is not merged. It need not be held here."""
    uuid = bytes.fromhex(case)
    query = "SELECT same.other FROM same JOIN cases ON cases.key = same.case_key WHERE cases.uuid = ? AND same.other < cases.uuid"
    while (row := database.connection.execute(query, (uuid,)).fetchone()) is not None:
        uuid = row[0]
    return uuid.hex()


@translated()
def merged(database: Database, case: str) -> list[str]:
    """The ids of the cases held here that belong to this one, itself left out, in the order of their registration."""
    found: list[bytes] = []
    fresh = [bytes.fromhex(case)]
    query = "SELECT cases.uuid FROM same JOIN cases ON cases.key = same.case_key WHERE same.other = ? AND same.other < cases.uuid"
    while fresh:
        rows = database.connection.execute(query, (fresh.pop(),)).fetchall()
        fresh += [uuid for (uuid,) in rows]
        found += [uuid for (uuid,) in rows]
    return [uuid.hex() for uuid in sorted(found)]
