"""Contents by their hash: sealed PDFs and scanned papers. A content is stored once and never changes."""

import hashlib

from desktop.domain.refused import Refused
from desktop.store.database import Database
from desktop.store.sqlcipher import translated


class ContentMissing(Refused):
    """The content has not arrived here yet."""

    def __init__(self) -> None:
        super().__init__("这份文件的内容还没有到达本机，请等下一个交换包，或到登记它的单位查看。")


def put(database: Database, data: bytes) -> str:
    """Store a content; returns its SHA-256 in hex. Storing it again changes nothing."""
    digest = hashlib.sha256(data).digest()
    with database.atomic():
        database.connection.execute("INSERT OR IGNORE INTO blobs (sha256, data) VALUES (?, ?)", (digest, data))
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
