"""The office's own clauses and phrases, and how often each text of the library was used. They stay on this computer."""

import msgspec

from desktop.domain.library import Snippet
from desktop.store.database import Database
from desktop.store.fields import new_id
from desktop.store.sqlcipher import translated


@translated()
def own(database: Database) -> list[Snippet]:
    """The office's own texts, the oldest first."""
    rows = database.connection.execute("SELECT body FROM snippets WHERE body <> x'' ORDER BY id")
    return [msgspec.msgpack.decode(body, type=Snippet) for (body,) in rows]


@translated()
def used(database: Database) -> dict[str, int]:
    """How often each text was used, by its id; those never used are left out."""
    return dict(database.connection.execute("SELECT id, used FROM snippets WHERE used > 0"))


def keep(database: Database, snippet: Snippet) -> Snippet:
    """Keep an own text; a new one gets its id, one that is known keeps its count."""
    kept = msgspec.structs.replace(snippet, id=snippet.id or new_id(), own=True)
    with database.atomic():
        database.connection.execute(
            "INSERT INTO snippets (id, kind, body) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
            (kept.id, kept.kind, msgspec.msgpack.encode(kept)),
        )
    return kept


def count_use(database: Database, snippet: Snippet) -> None:
    """Remember that the text was used once more."""
    with database.atomic():
        database.connection.execute(
            "INSERT INTO snippets (id, kind, used, body) VALUES (?, ?, 1, x'') ON CONFLICT (id) DO UPDATE SET used = used + 1",
            (snippet.id, snippet.kind),
        )


def drop(database: Database, identifier: str) -> None:
    """Take an own text out, with its count."""
    with database.atomic():
        database.connection.execute("DELETE FROM snippets WHERE id = ?", (identifier,))
