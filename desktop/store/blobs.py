"""Contents by their hash: sealed PDFs and scanned papers. A content is stored once and never changes."""

import hashlib

from desktop.domain.refused import Refused
from desktop.store import fold
from desktop.store.database import Database
from desktop.store.sqlcipher import translated

NAMING = frozenset({("attachment", "sha256"), ("seal", "sha256"), ("seal", "values")})
"""Entities and their fields that name a content: papers, and the records that sealed ones were made from."""

_MISSING = "INSERT OR IGNORE INTO missing (sha256, case_key) SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM blobs WHERE sha256 = ?1)"


class ContentMissing(Refused):
    """The content has not arrived here yet."""

    def __init__(self) -> None:
        super().__init__("这份文件的内容还没有到达本机，请等下一个交换包，或到登记它的单位查看。")


def put(database: Database, data: bytes) -> str:
    """Store a content; returns its SHA-256 in hex. Storing it again changes nothing."""
    digest = hashlib.sha256(data).digest()
    with database.atomic():
        database.connection.execute("INSERT OR IGNORE INTO blobs (sha256, data) VALUES (?, ?)", (digest, data))
        database.connection.execute("DELETE FROM missing WHERE sha256 = ?", (digest,))
    return digest.hex()


@translated()
def get(database: Database, sha256: str) -> bytes:
    """The content with this hash. Raises `ContentMissing`."""
    row = database.connection.execute("SELECT data FROM blobs WHERE sha256 = ?", (bytes.fromhex(sha256),)).fetchone()
    if row is None:
        raise ContentMissing
    return bytes(row[0])


@translated()
def has(database: Database, sha256: str) -> bool:
    """Whether the content is here."""
    return database.connection.execute("SELECT 1 FROM blobs WHERE sha256 = ?", (bytes.fromhex(sha256),)).fetchone() is not None


@translated()
def size(database: Database, sha256: str) -> int | None:
    """The bytes of the content with this hash, None if it is not here."""
    row = database.connection.execute("SELECT length(data) FROM blobs WHERE sha256 = ?", (bytes.fromhex(sha256),)).fetchone()
    return row[0] if row else None


def note_missing(database: Database, row: int) -> None:
    """Note the contents that are not here of the cases that have changes newer than the row. Call it in a transaction."""
    pieces = database.connection.execute(
        "SELECT case_key, entity, id, state FROM folds WHERE entity IN ('attachment', 'seal') "
        "AND case_key IN (SELECT case_key FROM changes WHERE rowid > ?)",
        (row,),
    ).fetchall()
    for key, entity, identifier, state in pieces:
        for (*_, name), writes in fold.unpack((entity, identifier), state).items():
            if (entity, name) in NAMING:
                rows = [(bytes.fromhex(str(write.value)), key) for write in writes]
                database.connection.executemany(_MISSING, rows)


@translated()
def missing(database: Database) -> int:
    """How many contents are named here and are not here."""
    return int(database.connection.execute("SELECT count(DISTINCT sha256) FROM missing").fetchone()[0])
