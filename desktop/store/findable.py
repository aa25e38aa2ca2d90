"""Keeps the search index in step with the cases, while nobody waits.

What changed is found before it is filed: of what was saved the cases are loaded for each search (there are few of them), of what an import
brought the newest entries are read. Only two things wait to be filed before they are found, and `unfiled` counts them so that the list can
say so: what is older in a very large import, and the cases of a database that was made by a program with another index.
"""

from typing import TYPE_CHECKING

from desktop.store import search
from desktop.store.database import Database
from desktop.store.search import Entry

if TYPE_CHECKING:
    from desktop.domain.case import Case

MANY_NEWS = 128
"""Saved cases after which a save files them; where a window is open its pauses come earlier."""

READ_LATER = 4000
"""So many of the newest entries of an import are read beside the index."""

REFILE = "search.refile"
"""Setting: cases with this local key or a lower one are not in the index yet, in a database made before it."""


def file_many_news(database: Database) -> None:
    """File what was saved, if there may be much of it. Call it in the transaction of each save."""
    if database.saved is None:
        (database.saved,) = database.connection.execute("SELECT count(*) FROM search_news").fetchone()
    else:
        database.saved += 1
    if database.saved >= MANY_NEWS:
        search.file(database.connection, news(database))
        database.saved = 0


def news(database: Database) -> list[Entry]:
    """What the cases are found by that were saved and are not filed."""
    keys = database.connection.execute("SELECT key FROM search_news").fetchall()
    return [_entry(database, key) for (key,) in keys]


def file_some(database: Database, limit: int) -> bool:
    """File so many cases; returns whether more are left. Call it in a transaction."""
    connection = database.connection
    later = connection.execute(
        f"SELECT place, names, initials, heading, number, marks, text FROM {search.COUNTED} ORDER BY place DESC LIMIT ?",  # noqa: S608
        (limit,),
    ).fetchall()
    if later:
        search.file(connection, [Entry(*row) for row in later])
        return True
    keys = connection.execute("SELECT key FROM search_news ORDER BY key LIMIT ?", (limit,)).fetchall()
    if keys:
        search.file(connection, [_entry(database, key) for (key,) in keys])
        return True
    return _refile(database, limit)


def _refile(database: Database, limit: int) -> bool:
    """File cases of an older database, newest first."""
    last = database.setting(REFILE, int)
    if not last:
        return False
    first = max(last - limit, 0)
    query = "SELECT key FROM cases WHERE key > ? AND key <= ? ORDER BY key"
    keys = database.connection.execute(query, (first, last)).fetchall()
    search.file(database.connection, [_entry(database, key) for (key,) in keys])
    database.set(REFILE, first)
    return first > 0


def unfiled(database: Database) -> int:
    """How many cases no search finds yet."""
    later: int
    (later,) = database.connection.execute("SELECT count(*) FROM search_later INDEXED BY search_later_by_place").fetchone()
    return max(later - READ_LATER, 0) + (database.setting(REFILE, int) or 0)


def _entry(database: Database, key: int) -> Entry:
    return search.entry(key, _case(database, key))


def _case(database: Database, key: int) -> "Case":
    from desktop.store import fields, fold, tables  # the list shows without them

    (uuid,) = database.connection.execute("SELECT uuid FROM cases WHERE key = ?", (key,)).fetchone()
    return fields.shown(fold.shown(tables.state(database, key)), id=uuid.hex(), seen=())
