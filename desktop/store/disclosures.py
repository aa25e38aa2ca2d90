"""The log of full ID numbers that were shown, printed or handed out at this computer: it is added to, never changed, and never travels."""

from typing import NamedTuple

from desktop.store.database import Database
from desktop.store.sqlcipher import translated

_NEWEST = "SELECT key, at, operator, lower(hex(uuid)), what FROM disclosures ORDER BY key DESC LIMIT ? OFFSET ?"


class Disclosure(NamedTuple):
    """One line: its number, when (ISO text with zone), which operator, of which case (hex id, empty for one not yet saved), and what."""

    key: int
    at: str
    operator: str
    case: str
    what: str


def add(database: Database, at: str, operator: str, case: str, what: str) -> None:
    """Write a line; it is on the disk when this returns."""
    with database.atomic():
        statement = "INSERT INTO disclosures (at, operator, uuid, what) VALUES (?, ?, ?, ?)"
        database.connection.execute(statement, (at, operator, bytes.fromhex(case), what))


@translated()
def newest(database: Database, limit: int, offset: int = 0) -> list[Disclosure]:
    """The newest lines, the last one first."""
    return [Disclosure(*row) for row in database.connection.execute(_NEWEST, (limit, offset))]


@translated()
def count(database: Database) -> int:
    """How many lines there are."""
    return int(database.connection.execute("SELECT count(*) FROM disclosures").fetchone()[0])
