"""The tables, as steps from one version of the program to the next."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.domain.refused import Refused
from desktop.store.sqlcipher import Connection

if TYPE_CHECKING:
    from sqlite_utils import Database as SqliteUtils
    from sqlite_utils import Migrations

VERSION = 2
"""The newest version; `PRAGMA user_version` of a database holds its own. Raised with each step below."""

TABLES = """
CREATE TABLE settings (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;

CREATE TABLE cases (
    key INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE,          -- 16 bytes
    heads BLOB NOT NULL,                -- ids of the heads, 32 bytes each, sorted
    reach TEXT NOT NULL,                -- owner and assigned stations of all surviving writes, ids separated by spaces
    ever TEXT NOT NULL,                 -- the same of all writes, replaced ones too
    conflicts INTEGER NOT NULL,         -- fields in 待核对
    number TEXT, title TEXT NOT NULL, type TEXT NOT NULL, registered_on TEXT NOT NULL,
    status TEXT NOT NULL, risk TEXT, office TEXT
);
CREATE INDEX cases_by_date ON cases (registered_on, key);
CREATE INDEX cases_by_number ON cases (number);
-- folds and changes have rowids: in a tree by key a row of 1 kB takes an overflow page, and a save writes twice as many pages
CREATE TABLE folds (
    case_key INTEGER NOT NULL REFERENCES cases (key), entity TEXT NOT NULL, id TEXT NOT NULL, state BLOB NOT NULL,
    PRIMARY KEY (case_key, entity, id)
);

CREATE TABLE parties (
    case_key INTEGER NOT NULL REFERENCES cases (key), id TEXT NOT NULL, role TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
    id_number TEXT, phone TEXT, PRIMARY KEY (case_key, id)
) WITHOUT ROWID;
CREATE TABLE letters (
    case_key INTEGER NOT NULL REFERENCES cases (key), id TEXT NOT NULL, kind TEXT NOT NULL, number TEXT, recipient TEXT, due_on TEXT,
    issued_on TEXT, PRIMARY KEY (case_key, id)
) WITHOUT ROWID;

CREATE TABLE changes (
    case_key INTEGER NOT NULL REFERENCES cases (key), id BLOB NOT NULL, body BLOB NOT NULL, signature BLOB NOT NULL,
    PRIMARY KEY (case_key, id)
);
CREATE TABLE blobs (key INTEGER PRIMARY KEY, sha256 BLOB NOT NULL UNIQUE, data BLOB NOT NULL);
CREATE TABLE waiting (id BLOB PRIMARY KEY, body BLOB NOT NULL, signature BLOB NOT NULL, reason TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE numbers (series TEXT NOT NULL, year INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (series, year)) WITHOUT ROWID;

CREATE TABLE directories (number INTEGER PRIMARY KEY, body BLOB NOT NULL, signature BLOB NOT NULL);
CREATE TABLE peers (device BLOB PRIMARY KEY, have BLOB NOT NULL, directory INTEGER NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE bundles (
    key INTEGER PRIMARY KEY, direction TEXT NOT NULL, at TEXT NOT NULL, station TEXT NOT NULL, digest BLOB NOT NULL, cases INTEGER NOT NULL,
    changes INTEGER NOT NULL
);

CREATE VIRTUAL TABLE search USING fts5 (text, content='', contentless_delete=1, tokenize='ascii');
CREATE TABLE search_news (row INTEGER PRIMARY KEY, text TEXT NOT NULL);
"""

SEALS = """
CREATE TABLE seals (
    case_key INTEGER NOT NULL REFERENCES cases (key), id TEXT NOT NULL,
    sha256 BLOB NOT NULL,               -- of the sealed PDF
    record BLOB NOT NULL,               -- SHA-256 of the values that it was made from
    PRIMARY KEY (case_key, id)
) WITHOUT ROWID;
CREATE INDEX seals_by_content ON seals (sha256);
CREATE INDEX seals_by_record ON seals (record);
CREATE INDEX letters_by_number ON letters (number);
"""


class NewerDatabase(Refused):
    """A newer program wrote the database; an older one must not touch it."""

    def __init__(self) -> None:
        super().__init__("这个数据库是由更新版本的程序建立的，请先升级本程序再打开，数据没有任何改动。")


def bring_up_to_date(connection: Connection, wrapped: Callable[[], "SqliteUtils"]) -> None:
    """Apply the steps that the database lacks, each in a transaction of its own.

    `wrapped` gives the sqlite-utils view of the connection; it is asked for only when there is something to do, because importing the
    library costs more than opening the database. Raises `NewerDatabase`.
    """
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        raise NewerDatabase
    if version < VERSION:
        _migrations().apply(wrapped())
        connection.execute(f"PRAGMA user_version = {VERSION}")


def _migrations() -> "Migrations":
    from sqlite_utils import Migrations

    migrations = Migrations("fengqiao")

    @migrations()
    def m001_foundation(db: "SqliteUtils") -> None:
        _create(db, TABLES)

    @migrations()
    def m002_seals(db: "SqliteUtils") -> None:
        _create(db, SEALS)
        _list_seals(db)

    return migrations


def _create(db: "SqliteUtils", statements: str) -> None:
    for statement in statements.split(";\n"):
        if statement.strip():
            db.execute(statement)


def _list_seals(db: "SqliteUtils") -> None:
    """The table says of older cases what the fold says: their seals may have come from an office with a newer program."""
    from desktop.store import fold

    rows = db.execute("SELECT case_key, id, state FROM folds WHERE entity = 'seal'").fetchall()
    for key, identifier, state in rows:
        values = {name: value for (_, _, name), value in fold.shown(fold.unpack(("seal", identifier), state)).items()}
        if not values.get("removed"):
            hashes = (bytes.fromhex(str(values.get(name) or "0" * 64)) for name in ("sha256", "values"))
            db.execute("INSERT INTO seals (case_key, id, sha256, record) VALUES (?, ?, ?, ?)", (key, identifier, *hashes))
