"""Full-text search that finds two Chinese characters, one character, and fragments of numbers.

Each character becomes a token of its own (its code point in hex, so that the tokenizer's Unicode tables, which end before the rare
characters of names, play no part), and a query is a phrase of such tokens. A case has one row for each of its parts that has text, so
that a save writes only what it changed; and the newest rows stay in a small table of their own that is searched beside the index, because
the index writes many pages for one row and hardly more for many. What an import brings stays in another such table, which is filed bit by
bit while nobody waits (`file_some`): the index takes a quarter of the time of an import.
"""

import unicodedata
from collections.abc import Iterable

import msgspec

from desktop.domain.case import Case
from desktop.store.sqlcipher import Connection

PARTS = {
    "case": 0,
    "outcome": 0,
    "extension": 0,
    "confirmation": 0,
    "filing": 0,
    "handover": 0,
    "intake": 0,
    "commission": 0,
    "plan": 0,
    "conclusion": 0,
    "assessment": 0,
    "routing": 0,
    "support": 0,
    "fulfilment": 0,
    "reopening": 0,
    "party": 1,
    "session": 2,
    "agreement": 3,
    "clause": 3,
    "obligation": 3,
    "letter": 4,
    "move": 4,
    "visit": 5,
    "attachment": 6,
    "seal": 6,
}
"""Which row of a case holds the texts of which entity."""

_ROWS = 8
"""Row ids of a case: its key times this, plus the part."""

_MANY_NEWS = 128

_FOUND = (
    f"key IN (SELECT rowid / {_ROWS} FROM search WHERE search MATCH ? "  # noqa: S608 -- constants
    "AND rowid NOT IN (SELECT row FROM search_news) AND rowid NOT IN (SELECT row FROM search_later) "
    f"UNION ALL SELECT row / {_ROWS} FROM search_news WHERE instr(text, ?) "
    f"UNION ALL SELECT row / {_ROWS} FROM search_later WHERE instr(text, ?))"
)

_SKIPPED = frozenset({"id", "position", "seen", "owner", "assigned", "handover", "same_as"})
_BETWEEN = "\x01"
"""Stands between texts, so that no phrase runs from one into the next."""


def index(connection: Connection, key: int, case: Case, entities: Iterable[str]) -> None:
    """Make the case findable by the texts of these entities, as they now are."""
    rows = texts(key, case, entities)
    connection.executemany("DELETE FROM search_later WHERE row = ?", [row[:1] for row in rows])
    connection.executemany("INSERT OR REPLACE INTO search_news (row, text) VALUES (?, ?)", rows)
    if connection.execute("SELECT count(*) FROM search_news").fetchone()[0] >= _MANY_NEWS:
        _file_news(connection)


def texts(key: int, case: Case, entities: Iterable[str]) -> list[tuple[int, str]]:
    """The rows of the case that hold the texts of these entities: row id, and the text as it is compared."""
    rows = []
    for part in sorted({PARTS[entity] for entity in entities}):
        found: list[str] = []
        _gather(msgspec.to_builtins(_part(case, part)), found)
        rows.append((key * _ROWS + part, _folded(_BETWEEN.join(found))))
    return rows


def keep(connection: Connection, rows: list[tuple[int, str]]) -> None:
    """Make rows of `texts` findable at once, in place of what was there; they are filed by `file_some`."""
    connection.executemany("DELETE FROM search_news WHERE row = ?", [row[:1] for row in rows])
    connection.executemany("INSERT OR REPLACE INTO search_later (row, text) VALUES (?, ?)", rows)


def file_some(connection: Connection, limit: int) -> bool:
    """Put some of what is kept for later into the index; returns whether more is left. Call it in a transaction."""
    later = connection.execute("SELECT row, text FROM search_later ORDER BY row LIMIT ?", (limit,)).fetchall()
    if later:
        _file(connection, later)
        connection.execute("DELETE FROM search_later WHERE row <= ?", (later[-1][0],))
    return len(later) == limit


def _file_news(connection: Connection) -> None:
    _file(connection, connection.execute("SELECT row, text FROM search_news ORDER BY row").fetchall())
    connection.execute("DELETE FROM search_news")


def _file(connection: Connection, rows: list[tuple[int, str]]) -> None:
    connection.executemany("DELETE FROM search WHERE rowid = ?", [row[:1] for row in rows])
    connection.executemany("INSERT INTO search (rowid, text) VALUES (?, ?)", [(row, _tokens(text)) for row, text in rows if text])


def condition(query: str) -> tuple[str, tuple[str, ...]]:
    """The SQL condition on `cases.key`, and its values, for words separated by blanks that must all occur; empty for an empty query."""
    words = tuple(folded for word in query.split() if (folded := _folded(word)))
    return " AND ".join([_FOUND] * len(words)), tuple(value for folded in words for value in (f'"{_tokens(folded)}"', folded, folded))


def _part(case: Case, part: int) -> object:
    if part == 0:
        apart = {"parties": (), "sessions": (), "agreement": None, "letters": (), "visits": (), "attachments": (), "seals": (), "moves": ()}
        return msgspec.structs.replace(case, **apart)
    papers = (*(one.name for one in case.attachments), *(one.kind for one in case.seals))
    return (case.parties, case.sessions, case.agreement, (case.letters, case.moves), case.visits, papers)[part - 1]


_PUNCTUATION = tuple(zip("，：；（）？！", ",:;()?!", strict=True))
"""Done before NFKC, which would do the same: it is quick where a text has nothing to change, and every Chinese text has these."""


def _folded(text: str) -> str:
    """The text as it is compared: without wide forms, capitals and blanks (made without a loop: it is part of every save)."""
    for wide, plain in _PUNCTUATION:
        text = text.replace(wide, plain)
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _tokens(folded: str) -> str:
    """The characters' code points in hex, four digits or eight: `5f20 0002c35b`."""
    return folded.encode("utf-32-be", "surrogatepass").hex(" ", 4).replace("0000", "")


def _gather(value: object, found: list[str]) -> None:
    """Add the texts of a value, in order."""
    if isinstance(value, str):
        found.append(value)
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in _SKIPPED:
                _gather(part, found)
    elif isinstance(value, list | tuple):
        for part in value:
            _gather(part, found)
