"""The list of cases: pages of rows, newest first, filtered by search."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from desktop.store import search
from desktop.store.database import Database
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


_COLUMNS = (
    "lower(hex(uuid)), coalesce(number, ''), title, type, registered_on, status, coalesce(risk, ''), coalesce(office, ''), conflicts, "
    "EXISTS (SELECT 1 FROM same WHERE same.case_key = cases.key AND same.other < cases.uuid)"
)


@translated()
def rows(database: Database, query: str = "", offset: int = 0, limit: int = 200) -> list[Row]:
    """A page of the cases in which every word of the query occurs."""
    where, values = _filter(query)
    statement = f"SELECT {_COLUMNS} FROM cases{where} ORDER BY registered_on DESC, key DESC LIMIT ? OFFSET ?"  # noqa: S608 -- constants
    found = database.connection.execute(statement, (*values, limit, offset))
    return [Row(key, number, title, kind, date.fromisoformat(day), *rest) for key, number, title, kind, day, *rest in found]


@translated()
def count(database: Database, query: str = "") -> int:
    """How many cases the query finds."""
    where, values = _filter(query)
    return int(database.connection.execute(f"SELECT count(*) FROM cases{where}", values).fetchone()[0])  # noqa: S608 -- constants


@translated()
def with_number(database: Database, number: str) -> list[str]:
    """The ids (hex) of the cases that bear the number."""
    found = database.connection.execute("SELECT lower(hex(uuid)) FROM cases WHERE number = ? ORDER BY key", (number,))
    return [row[0] for row in found]


def _filter(query: str) -> tuple[str, tuple[str, ...]]:
    condition, values = search.condition(query)
    return (f" WHERE {condition}", values) if condition else ("", ())


@translated()
def titles(database: Database, cases: Iterable[bytes]) -> list[str]:
    """Number and title of the cases with these 16-byte ids, as far as they are here."""
    query = "SELECT coalesce(number, '') || ' ' || title FROM cases WHERE uuid = ?"
    rows = [database.connection.execute(query, (uuid,)).fetchone() for uuid in cases]
    return [row[0].strip() for row in rows if row]
