"""The tables, as steps from one version of the program to the next."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from desktop.domain.refused import Refused
from desktop.store.sqlcipher import Connection

if TYPE_CHECKING:
    from sqlite_utils import Database as SqliteUtils
    from sqlite_utils import Migrations

VERSION = 5
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


EXCHANGE = """
-- links: what the books say of each partner's computer; digests are sums over have-lists (exchange/books.py)
CREATE TABLE links (
    key INTEGER PRIMARY KEY,
    device BLOB NOT NULL UNIQUE,
    at TEXT NOT NULL DEFAULT '',        -- of the newest bundle from it, by its own clock
    heard_at TEXT NOT NULL DEFAULT '',  -- when that was taken in, by ours
    directory INTEGER NOT NULL DEFAULT 0,
    rules INTEGER NOT NULL DEFAULT 0,
    ours BLOB NOT NULL,                 -- digest of what we would show it
    theirs BLOB NOT NULL,               -- digest of what it showed
    base BLOB NOT NULL,                 -- digest of `theirs` before its newest difference
    known BLOB NOT NULL DEFAULT '',     -- digests of our lists that it says it has, 16 bytes each
    stamp INTEGER NOT NULL DEFAULT 0,   -- rises with every change of `ours`
    seen INTEGER NOT NULL DEFAULT 0     -- 1: all cases were looked at for it
);
CREATE TABLE shares (
    link INTEGER NOT NULL REFERENCES links (key), uuid BLOB NOT NULL,
    ours BLOB NOT NULL,                 -- first 8 bytes of each head that we would show, sorted
    theirs BLOB NOT NULL,               -- the same that it showed
    base BLOB,                          -- `theirs` before its newest difference, NULL where that did not change it
    stamp INTEGER NOT NULL DEFAULT 0,   -- of the newest change of `ours`
    state INTEGER NOT NULL DEFAULT 0,   -- 0 nothing to send, 1 something to send, 2 to be looked at
    PRIMARY KEY (link, uuid)
) WITHOUT ROWID;
CREATE INDEX shares_open ON shares (link, state) WHERE state > 0;
CREATE INDEX shares_based ON shares (link) WHERE base IS NOT NULL;
CREATE INDEX shares_stamped ON shares (link, stamp);
CREATE TABLE told (link INTEGER NOT NULL REFERENCES links (key), digest BLOB NOT NULL, stamp INTEGER NOT NULL, PRIMARY KEY (link, digest))
    WITHOUT ROWID;
CREATE TABLE missing (sha256 BLOB NOT NULL, case_key INTEGER NOT NULL REFERENCES cases (key), PRIMARY KEY (sha256, case_key)) WITHOUT ROWID;
CREATE TABLE wanted (
    link INTEGER NOT NULL REFERENCES links (key), uuid BLOB NOT NULL, sha256 BLOB NOT NULL, PRIMARY KEY (link, uuid, sha256)
) WITHOUT ROWID;
CREATE TABLE search_later (row INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE rules (number INTEGER PRIMARY KEY, body BLOB NOT NULL, signature BLOB NOT NULL);

-- device: the partner's; made: when, by its sender's clock; name of the file; size in bytes; held: outgoing, the heads that its receiver
-- holds when it has taken it in; confirmed: outgoing, when its receipt code was typed in
ALTER TABLE bundles ADD COLUMN device BLOB;
ALTER TABLE bundles ADD COLUMN made TEXT;
ALTER TABLE bundles ADD COLUMN name TEXT;
ALTER TABLE bundles ADD COLUMN size INTEGER;
ALTER TABLE bundles ADD COLUMN attachments INTEGER;
ALTER TABLE bundles ADD COLUMN held BLOB;
ALTER TABLE bundles ADD COLUMN confirmed TEXT;
CREATE INDEX bundles_by_digest ON bundles (digest, direction);

CREATE INDEX cases_in_doubt ON cases (key) WHERE conflicts > 0;
CREATE TABLE same (case_key INTEGER PRIMARY KEY REFERENCES cases (key), other BLOB NOT NULL);
CREATE INDEX same_by_other ON same (other);
CREATE TABLE doubles (
    one INTEGER NOT NULL REFERENCES cases (key), other INTEGER NOT NULL REFERENCES cases (key),
    likeness INTEGER NOT NULL, why TEXT NOT NULL, dismissed INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (one, other)
) WITHOUT ROWID;
CREATE INDEX parties_by_id_number ON parties (id_number) WHERE id_number IS NOT NULL;
CREATE INDEX parties_by_phone ON parties (phone) WHERE phone IS NOT NULL;
"""
"""`same` follows the cases' field `same_as`; `doubles` are suspicions of this computer, `one` is the newer case."""


DESK = """
-- the earliest day on which something is due, NULL where nothing is, '' where nobody has looked yet (tables.look_again)
ALTER TABLE cases ADD COLUMN due_on TEXT;
UPDATE cases SET due_on = '';
CREATE INDEX cases_by_due ON cases (due_on) WHERE due_on IS NOT NULL;
CREATE INDEX folds_of_handover ON folds (case_key) WHERE entity = 'handover';

ALTER TABLE letters ADD COLUMN issuer TEXT;
ALTER TABLE letters ADD COLUMN state TEXT NOT NULL DEFAULT '';
CREATE INDEX letters_by_state ON letters (state, due_on);
-- what an office sent and got, by state, and what of that is open (store/letters.py)
CREATE INDEX letters_sent ON letters (issuer, state, ifnull(due_on, '9'), case_key, id, due_on);
CREATE INDEX letters_got ON letters (recipient, state, ifnull(due_on, '9'), case_key, id, due_on);
CREATE INDEX letters_sent_open ON letters (issuer, ifnull(due_on, '9'), case_key, id, state, due_on)
    WHERE state IN ('已签发', '已送达', '已签收', '办理中', '已反馈', '已退回');
CREATE INDEX letters_got_open ON letters (recipient, ifnull(due_on, '9'), case_key, id, state, due_on)
    WHERE state IN ('已签发', '已送达', '已签收', '办理中', '已反馈', '已退回');
CREATE INDEX letters_sent_on ON letters (issuer, issued_on);

-- what is this computer's alone and no part of any case: it never travels
CREATE TABLE drafts (name TEXT PRIMARY KEY, at TEXT NOT NULL, body BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE meetings (id TEXT PRIMARY KEY, kind TEXT NOT NULL, held_on TEXT NOT NULL, body BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX meetings_by_day ON meetings (held_on);
CREATE TABLE snippets (id TEXT PRIMARY KEY, kind TEXT NOT NULL, used INTEGER NOT NULL DEFAULT 0, body BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE disclosures (key INTEGER PRIMARY KEY, at TEXT NOT NULL, operator TEXT NOT NULL, uuid BLOB NOT NULL, what TEXT NOT NULL);
"""
"""`drafts`: what was typed and not saved. `snippets`: clauses and phrases of the office. `disclosures`: whose number was shown in full."""


FINDING = """
DROP TABLE search;
DROP TABLE search_news;
DROP TABLE search_later;
-- row ids of the index are places in the list (search.place_of)
CREATE VIRTUAL TABLE search USING fts5 (text, content='', contentless_delete=1, tokenize='ascii');
CREATE TABLE search_news (key INTEGER PRIMARY KEY);
CREATE TABLE search_later (
    key INTEGER PRIMARY KEY, place INTEGER NOT NULL, names TEXT NOT NULL, initials TEXT NOT NULL, heading TEXT NOT NULL,
    number TEXT NOT NULL, marks TEXT NOT NULL, text TEXT NOT NULL
);
CREATE INDEX search_later_by_place ON search_later (place);
CREATE TABLE search_moved (key INTEGER NOT NULL, day TEXT NOT NULL, PRIMARY KEY (key, day)) WITHOUT ROWID;
CREATE TABLE days (day TEXT PRIMARY KEY, cases INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO days (day, cases) SELECT registered_on, count(*) FROM cases WHERE registered_on > '' GROUP BY registered_on;
CREATE TRIGGER days_of_new_cases AFTER INSERT ON cases WHEN new.registered_on > '' BEGIN
    INSERT INTO days (day, cases) VALUES (new.registered_on, 1) ON CONFLICT (day) DO UPDATE SET cases = cases + 1; END;
CREATE TRIGGER days_of_moved_cases AFTER UPDATE OF registered_on ON cases WHEN new.registered_on <> old.registered_on BEGIN
    INSERT INTO days (day, cases) VALUES (new.registered_on, 1) ON CONFLICT (day) DO UPDATE
    SET cases = cases + 1; UPDATE days SET cases = cases - 1 WHERE day = old.registered_on; INSERT OR IGNORE
    INTO search_moved (key, day) SELECT new.key, old.registered_on WHERE old.registered_on > ''; END;
-- with the day of registration, so that the list can sort what is due without its rows
DROP INDEX cases_by_due;
CREATE INDEX cases_by_due ON cases (due_on, registered_on) WHERE due_on IS NOT NULL;
DROP INDEX cases_in_doubt;
CREATE INDEX cases_in_doubt ON cases (registered_on) WHERE conflicts > 0;
INSERT INTO settings (name, value) SELECT 'search.refile', unhex('ce' || printf('%08x', max(key))) FROM cases HAVING max(key) > 0;
"""
"""`days`: how many cases were registered on which day. `search_moved`: where a case stood before that day was corrected."""


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

    @migrations()
    def m003_exchange(db: "SqliteUtils") -> None:
        _create(db, EXCHANGE)
        _open_books(db)

    @migrations()
    def m004_desk(db: "SqliteUtils") -> None:
        _create(db, DESK)

    @migrations()
    def m005_finding(db: "SqliteUtils") -> None:
        _create(db, FINDING)

    return migrations


def _open_books(db: "SqliteUtils") -> None:
    """What partners showed so far moves from one list a partner to one row a case."""
    for device, have, directory, at in db.execute("SELECT device, have, directory, at FROM peers").fetchall():
        cursor = db.execute(
            "INSERT INTO links (device, at, heard_at, directory, ours, theirs, base) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (device, at, at, directory, bytes(16), bytes(16), bytes(16)),
        )
        rows = [(cursor.lastrowid, uuid, heads) for uuid, heads in msgspec.msgpack.decode(have, type=list[tuple[bytes, bytes]])]
        db.conn.executemany("INSERT INTO shares (link, uuid, ours, theirs, state) VALUES (?, ?, x'', ?, 2)", rows)
    db.execute("DROP TABLE peers")


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
