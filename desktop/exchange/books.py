"""The books of the exchange: for each partner's computer, what we would show it of each case and what it has shown (protocol, section 3).

The books follow from the changes, the directory and the have-lists that came; they are brought up to date before they are read, by looking
only at cases that something happened to. So what an export costs depends on what is new and not on how many cases there are.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from desktop.exchange import audience, have_list
from desktop.exchange.device import Member
from desktop.exchange.directory import Device, Directory
from desktop.exchange.envelope import BundleDamaged
from desktop.exchange.have_list import EMPTY, Arrived, Entry, Head
from desktop.exchange.standing import Standing, contents_of, stands
from desktop.store import blobs, casebook
from desktop.store.database import Database

_LOOKED = "exchange.looked"
"""Setting: the newest change (its row) that the books know."""

_TREE = "exchange.tree"
"""Setting: the directory's tree of offices by which the books were made."""

WHOLE_UP_TO = 2000
"""A have-list of no more entries always travels whole: 48 kB."""

MOST_LACKS = 10_000
"""So many missing contents are asked for at once."""

_KEPT_STATES = 64
"""So many of our lists are remembered for each partner, to tell the difference from them."""

_COLUMNS = "key, device, at, heard_at, directory, rules, ours, theirs, base, known, stamp, seen"
_SHARE = "SELECT ours, theirs, stamp, state FROM shares WHERE link = ? AND uuid = ?"
_PUT_OURS = (
    "INSERT INTO shares (link, uuid, ours, theirs, stamp, state) VALUES (?, ?, ?, x'', ?, ?) "
    "ON CONFLICT (link, uuid) DO UPDATE SET ours = excluded.ours, stamp = excluded.stamp, state = excluded.state"
)
# `state > 0` names what the index of open cases holds: without it SQLite would look at every case of the link
_DOUBTFUL = "WHERE uuid IN (SELECT uuid FROM shares WHERE link = ? AND state > 0 AND state = 2)"
_AT_ONCE = 5000
_CASE = "SELECT key, uuid, heads, reach, ever FROM cases"


class Link(NamedTuple):
    """What the books say of a partner's computer as a whole; the columns of the table."""

    key: int
    device: bytes
    at: str
    heard_at: str
    directory: int
    rules: int
    ours: bytes
    theirs: bytes
    base: bytes
    known: bytes
    stamp: int
    seen: int


def link_to(database: Database, device: bytes) -> Link:
    """The link to a computer, made if need be. Call it in a transaction."""
    row = database.connection.execute(f"SELECT {_COLUMNS} FROM links WHERE device = ?", (device,)).fetchone()  # noqa: S608 -- constants
    if row is None:
        database.connection.execute("INSERT INTO links (device, ours, theirs, base) VALUES (?, ?, ?, ?)", (device, EMPTY, EMPTY, EMPTY))
        return link_to(database, device)
    return Link(*row)


def links(database: Database) -> list[Link]:
    """All links."""
    return [Link(*row) for row in database.connection.execute(f"SELECT {_COLUMNS} FROM links ORDER BY key")]  # noqa: S608 -- constants


def partners(directory: Directory, station: str, device: bytes) -> list[Device]:
    """The computers that this one exchanges with: those of the offices above and below, and the others of its own."""
    me = directory.station(station)
    near = {s.id for s in directory.content.stations if s.parent == station} | {station, me.parent if me else None}
    return [d for d in directory.content.devices if d.station in near and d.id != device and not directory.is_revoked(d.id)]


def catch_up(database: Database, me: Member) -> None:
    """Bring the books up to date with all changes, have-lists and the directory in force."""
    with database.atomic():
        added = _new_stations(database, me.directory)
        for device in partners(me.directory, me.station.id, me.device):
            link_to(database, device.id)
        pages = [_Page(database, me, link) for link in links(database) if me.directory.device(link.device)]
        (newest,) = database.connection.execute("SELECT coalesce(max(rowid), 0) FROM changes").fetchone()
        looked = database.setting(_LOOKED, int) or 0
        seen, fresh = [page for page in pages if page.link.seen], [page for page in pages if not page.link.seen]
        if newest != looked:
            _look(database, me, seen, "WHERE key IN (SELECT case_key FROM changes WHERE rowid > ?)", looked)
        for station in added:
            _look(database, me, seen, "WHERE instr(ever, ?)", station)
        _look(database, me, fresh, "")
        for page in pages:
            for row in database.connection.execute(f"{_CASE} {_DOUBTFUL}", (page.link.key,)).fetchall():
                page.look(_standing(*row))
            page.flush()
            page.close()
        if newest != looked:
            blobs.note_missing(database, looked)
            database.set(_LOOKED, newest)


def _new_stations(database: Database, directory: Directory) -> list[str]:
    """The stations that the books do not know yet. Where one went under another station, all cases are looked at again."""
    tree = {station.id: station.parent for station in directory.content.stations}
    known = database.setting(_TREE, dict[str, str | None])
    if tree == known:
        return []
    database.set(_TREE, tree)
    if known is None or any(tree.get(station) != parent for station, parent in known.items()):
        database.connection.execute("UPDATE links SET seen = 0")
        return []
    return sorted(tree.keys() - known.keys())


def _look(database: Database, me: Member, pages: "list[_Page]", where: str, *values: object) -> None:
    """Look at these cases for those partners that they ever reached."""
    at: dict[str, list[_Page]] = {}
    for page in pages:
        at.setdefault(page.station, []).append(page)
    if not at:
        return
    for row in database.connection.execute(f"{_CASE} {where}", values):
        case = _standing(*row)
        for station in audience.above(case.reach | case.ever, me.directory) & at.keys():
            for page in at[station]:
                page.look(case)
    for page in pages:
        page.flush()


def _standing(key: int, uuid: bytes, heads: bytes, reach: str, ever: str) -> Standing:
    return Standing(key, uuid, heads, frozenset(reach.split()), frozenset(ever.split()))


class _Page:
    """The books of one partner while they are brought up to date."""

    def __init__(self, database: Database, me: Member, link: Link) -> None:
        self.link = link
        self._database = database
        self._me = me
        device = me.directory.device(link.device)
        self.station = device.station if device else ""
        self._digest, self._stamp = link.ours, link.stamp
        self._rows: list[tuple[object, ...]] = []

    def look(self, case: Standing) -> None:
        """Write down how the case now stands with this partner."""
        directory = self._me.directory
        inside = self.station in audience.above(case.reach, directory)
        present = self._database.connection.execute(_SHARE, (self.link.key, case.uuid)).fetchone()
        if not present and not inside and self.station not in audience.above(case.ever, directory):
            return
        before, theirs, stamp, state = present or (b"", b"", 0, -1)
        after, is_open = stands(self._database, directory, case, self._me.station.id, self.station, theirs)
        if after != before:
            self._stamp += 1
            stamp = self._stamp
            self._digest = have_list.moved(self._digest, case.uuid, before, after)
        if after != before or state != int(is_open):
            self._rows.append((self.link.key, case.uuid, after, stamp, int(is_open)))
            if len(self._rows) == _AT_ONCE:
                self.flush()

    def flush(self) -> None:
        """Write what was found about cases: before a case is looked at a second time."""
        self._database.connection.executemany(_PUT_OURS, self._rows)
        self._rows.clear()

    def close(self) -> None:
        """Write what was found about the link."""
        connection = self._database.connection
        connection.execute("UPDATE shares SET state = 0 WHERE link = ? AND state > 0 AND state = 2", (self.link.key,))
        if (self._digest, self._stamp, 1) != (self.link.ours, self.link.stamp, self.link.seen):
            values = (self._digest, self._stamp, self.link.key)
            connection.execute("UPDATE links SET ours = ?, stamp = ?, seen = 1 WHERE key = ?", values)


# --- lists -------------------------------------------------------------------------------------------------------------------------------


def list_for(database: Database, link: Link) -> tuple[Head, Iterator[Entry]]:
    """Our have-list for a partner: whole, or where it is long as the difference from a list that the partner says it has."""
    connection = database.connection
    known = (link.theirs, link.base) if link.heard_at and link.base else ()
    is_short = connection.execute("SELECT 1 FROM shares WHERE link = ? LIMIT 1 OFFSET ?", (link.key, WHOLE_UP_TO)).fetchone() is None
    base = None if is_short else _common(database, link)
    head = Head(base[0] if base else b"", link.ours, tuple(dict.fromkeys(known)))
    if base:
        rows = connection.execute("SELECT uuid, ours FROM shares WHERE link = ? AND stamp > ? ORDER BY uuid", (link.key, base[1]))
    else:
        rows = connection.execute("SELECT uuid, ours FROM shares WHERE link = ? AND length(ours) > 0 ORDER BY uuid", (link.key,))
    return head, ((uuid, bytes(heads) if heads else b"") for uuid, heads in rows)


def _common(database: Database, link: Link) -> tuple[bytes, int] | None:
    """The newest of our lists that the partner says it has: its digest and stamp."""
    query = "SELECT digest, stamp FROM told WHERE link = ? AND digest = ?"
    found = [database.connection.execute(query, (link.key, digest)).fetchone() for digest in have_list.split_digests(link.known)]
    return max((row for row in found if row), key=lambda row: row[1], default=None)


def note_told(database: Database, link: Link) -> None:
    """Remember the list that a bundle carried. Call it in a transaction."""
    database.connection.execute("INSERT OR REPLACE INTO told (link, digest, stamp) VALUES (?, ?, ?)", (link.key, link.ours, link.stamp))
    database.connection.execute(
        "DELETE FROM told WHERE link = ?1 AND stamp <= (SELECT stamp FROM told WHERE link = ?1 ORDER BY stamp DESC LIMIT 1 OFFSET ?2)",
        (link.key, _KEPT_STATES),
    )


def note_shown(database: Database, link: Link, arrived: Arrived) -> None:
    """Take a partner's have-list for what it now holds: the newest that arrived counts. Call it in a transaction.

    A difference from a list that is not known here is left aside, and the partner hears that none is: the next list is whole, also for
    a copy of this computer, which may know others than this one. Raises `BundleDamaged`.
    """
    head = arrived.head
    if not head.base:
        _replace(database, link, arrived)
    elif head.base in (link.base, link.theirs):
        _rebase(database, link, head.base)
        _differ(database, link, arrived)
    else:
        for _ in arrived.entries:  # to be read to its end, like every part
            pass
        database.connection.execute("UPDATE links SET base = x'' WHERE key = ?", (link.key,))
    known = b"".join(head.known)
    database.connection.execute("UPDATE links SET known = ? WHERE key = ?", (known, link.key))


def _replace(database: Database, link: Link, arrived: Arrived) -> None:
    connection, digest = database.connection, EMPTY
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS shown (uuid BLOB PRIMARY KEY, heads BLOB NOT NULL) WITHOUT ROWID")
    connection.execute("DELETE FROM temp.shown")
    for uuid, heads in arrived.entries:
        if not heads or connection.execute("INSERT OR IGNORE INTO temp.shown VALUES (?, ?)", (uuid, heads)).rowcount != 1:
            raise BundleDamaged
        digest = have_list.moved(digest, uuid, b"", heads)
    if digest != arrived.head.digest:
        raise BundleDamaged
    connection.execute("UPDATE shares INDEXED BY shares_based SET base = NULL WHERE link = ? AND base IS NOT NULL", (link.key,))
    gone = "link = ? AND length(theirs) > 0 AND uuid NOT IN (SELECT uuid FROM temp.shown)"
    connection.execute(f"UPDATE shares SET theirs = x'', state = 2 WHERE {gone}", (link.key,))  # noqa: S608 -- constants
    connection.execute(
        "INSERT INTO shares (link, uuid, ours, theirs, state) SELECT ?, uuid, x'', heads, 2 FROM temp.shown WHERE true "
        "ON CONFLICT (link, uuid) DO UPDATE SET theirs = excluded.theirs, state = 2 WHERE theirs <> excluded.theirs",
        (link.key,),
    )
    connection.execute("DELETE FROM temp.shown")
    connection.execute("UPDATE links SET theirs = ?, base = ? WHERE key = ?", (digest, digest, link.key))


def _rebase(database: Database, link: Link, base: bytes) -> None:
    """Go back to the list that the difference starts from."""
    if base == link.theirs:
        database.connection.execute(
            "UPDATE shares INDEXED BY shares_based SET base = NULL WHERE link = ? AND base IS NOT NULL", (link.key,)
        )
    else:
        database.connection.execute(
            "UPDATE shares INDEXED BY shares_based SET theirs = base, base = NULL, state = 2 WHERE link = ? AND base IS NOT NULL",
            (link.key,),
        )


def _differ(database: Database, link: Link, arrived: Arrived) -> None:
    connection, digest = database.connection, arrived.head.base
    for uuid, heads in arrived.entries:
        digest = set_theirs(database, link, uuid, heads, digest)
    if digest != arrived.head.digest:
        raise BundleDamaged
    connection.execute("UPDATE links SET theirs = ?, base = ? WHERE key = ?", (digest, arrived.head.base, link.key))


def set_theirs(database: Database, link: Link, uuid: bytes, heads: bytes, digest: bytes) -> bytes:
    """Write down what the partner holds of one case, over the list with this digest; returns the digest of the list then."""
    present = database.connection.execute(_SHARE, (link.key, uuid)).fetchone()
    before = bytes(present[1]) if present and present[1] else b""
    if heads != before:
        database.connection.execute(
            "INSERT INTO shares (link, uuid, ours, theirs, base, state) VALUES (?, ?, x'', ?, ?, 2) ON CONFLICT (link, uuid) "
            "DO UPDATE SET theirs = excluded.theirs, base = coalesce(base, excluded.base), state = 2",
            (link.key, uuid, heads, before),
        )
    return have_list.moved(digest, uuid, before, heads)


def note_held(database: Database, link: Link, entries: Iterable[Entry]) -> None:
    """Take a receipt code for what the partner holds of these cases, where it has shown nothing that we know to be as new.

    Call it in a transaction.
    """
    (digest,) = database.connection.execute("SELECT theirs FROM links WHERE key = ?", (link.key,)).fetchone()
    for uuid, heads in entries:
        present = database.connection.execute(_SHARE, (link.key, uuid)).fetchone()
        if present is None or present[0] != present[1]:
            digest = set_theirs(database, link, uuid, heads, digest)
    database.connection.execute("UPDATE links SET theirs = ? WHERE key = ?", (digest, link.key))


def counts(database: Database, link: Link) -> tuple[int, int, int]:
    """Cases that we would show the partner, those of which it lacks something, and contents that it waits for."""
    connection = database.connection
    (shared,) = connection.execute("SELECT count(*) FROM shares WHERE link = ? AND length(ours) > 0", (link.key,)).fetchone()
    (lacking,) = connection.execute("SELECT count(*) FROM shares WHERE link = ? AND state > 0 AND state = 1", (link.key,)).fetchone()
    (asked,) = connection.execute("SELECT count(DISTINCT sha256) FROM wanted WHERE link = ?", (link.key,)).fetchone()
    return shared, lacking, asked


def theirs_of(database: Database, link: Link, uuid: bytes) -> bytes:
    """What the partner has shown of a case."""
    row = database.connection.execute("SELECT theirs FROM shares WHERE link = ? AND uuid = ?", (link.key, uuid)).fetchone()
    return bytes(row[0]) if row and row[0] else b""


def open_cases(database: Database, link: Link) -> Iterable[bytes]:
    """The ids of the cases of which the partner lacks something, as far as it has shown."""
    rows = database.connection.execute(
        "SELECT uuid FROM shares WHERE link = ? AND state > 0 AND state = 1 ORDER BY uuid", (link.key,)
    ).fetchall()
    return (row[0] for row in rows)


# --- contents ----------------------------------------------------------------------------------------------------------------------------

Content = tuple[bytes, bytes]
"""Case id (16 bytes), and the SHA-256 of an attachment or a sealed paper that one of its changes names."""


def lacks_for(database: Database, me: Member, link: Link, station: str) -> list[Content]:
    """The contents that are missing here, of changes that the partner's station may see: one that left may be alone in having them."""
    query = (
        "SELECT key, cases.uuid, reach, sha256 FROM missing JOIN cases ON key = case_key "
        "JOIN shares ON link = ? AND shares.uuid = cases.uuid ORDER BY cases.uuid, sha256"
    )
    found: list[Content] = []
    for (key, uuid, reach), rows in groupby(database.connection.execute(query, (link.key,)), key=lambda row: row[:3]):
        named = {bytes(row[3]) for row in rows}
        if station not in audience.above(frozenset(reach.split()), me.directory):
            history = casebook.history_of(database, key)
            named &= contents_of(history, audience.entitled(history, station, me.directory))
        found += [(bytes(uuid), sha256) for sha256 in sorted(named)]
        if len(found) >= MOST_LACKS:
            break
    return found[:MOST_LACKS]


def note_lacks(database: Database, link: Link, lacks: Iterable[Content]) -> None:
    """Remember what a partner says that it lacks, in place of what it said before. Call it in a transaction."""
    database.connection.execute("DELETE FROM wanted WHERE link = ?", (link.key,))
    rows = [(link.key, *content) for content in lacks]
    database.connection.executemany("INSERT OR IGNORE INTO wanted (link, uuid, sha256) VALUES (?, ?, ?)", rows)


def wanted(database: Database, link: Link) -> dict[bytes, set[bytes]]:
    """The contents that the partner said it lacks, by case."""
    found: dict[bytes, set[bytes]] = {}
    for uuid, sha256 in database.connection.execute("SELECT uuid, sha256 FROM wanted WHERE link = ?", (link.key,)):
        found.setdefault(bytes(uuid), set()).add(bytes(sha256))
    return found
