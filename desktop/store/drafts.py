"""Drafts: what was typed and not saved, one row a form. They stay on this computer: no change, no search, no bundle knows them."""

from typing import NamedTuple

from desktop.store.database import Database
from desktop.store.sqlcipher import translated


class Draft(NamedTuple):
    """A draft: its name, when it was kept (ISO text with zone), and its content."""

    name: str
    at: str
    body: bytes


def put(database: Database, draft: Draft) -> None:
    """Keep the draft in the place of an older one with its name; it is on the disk when this returns."""
    with database.atomic():
        database.connection.execute("INSERT OR REPLACE INTO drafts (name, at, body) VALUES (?, ?, ?)", draft)


def drop(database: Database, name: str) -> None:
    """Forget the draft; nothing happens if there is none."""
    if get(database, name) is None:
        return  # no write lock is taken, no page is written
    with database.atomic():
        database.connection.execute("DELETE FROM drafts WHERE name = ?", (name,))


@translated()
def get(database: Database, name: str) -> Draft | None:
    """The draft of that name."""
    row = database.connection.execute("SELECT name, at, body FROM drafts WHERE name = ?", (name,)).fetchone()
    return Draft(*row) if row else None


@translated()
def those_of(database: Database, kind: str) -> list[Draft]:
    """The drafts whose names begin with the kind and a colon, the newest first."""
    # no LIKE: a name may hold % or _
    rows = database.connection.execute(
        "SELECT name, at, body FROM drafts WHERE name >= ? AND name < ? ORDER BY at DESC, name DESC", (f"{kind}:", f"{kind};")
    )
    return [Draft(*row) for row in rows]
