"""A county with a township and a dozen villages for the benchmark of the exchange: their directory, full databases, and a bundle.

A database of 100,000 cases is made of a few hundred real ones that are copied inside it under other ids: so every table and index has
its size, and all rows are as the program writes them.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from desktop.exchange import books, bundle, have_list, keys
from desktop.exchange import directory as directories
from desktop.exchange.bundle import Address, Contents
from desktop.exchange.device import Member
from desktop.exchange.directory import Content, Device, Directory, Station
from desktop.exchange.have_list import Entry, Head
from desktop.exchange.keys import DeviceKeys
from desktop.store import casebook, findable, search
from desktop.store.change import Held
from desktop.store.database import Database
from tests.benchmarks.village_work import Writer

KEY, ROOT_SEED = bytes(range(32)), b"r" * 32
AT = "2025-12-31T09:00:00+08:00"
VILLAGES = 12
_COPIED = ("cases", "folds", "parties", "changes")
_BLOCK = 1000


class County(NamedTuple):
    """All offices by their computers, and the directory that they know."""

    directory: Directory
    county: Writer
    town: Writer
    villages: tuple[Writer, ...]

    def member(self, writer: Writer) -> Member:
        """A computer as a member of the exchange."""
        station = self.directory.station(writer.office)
        assert station
        return Member(station, writer.device, writer.keys, self.directory)

    def key_of(self, device: bytes) -> bytes | None:
        """The public key of a device."""
        found = self.directory.device(device)
        return found.keys.verify if found else None


def found() -> County:
    """A county; its computers have the same keys in each run, but for those that decrypt."""
    writers = [_writer(number, name) for number, name in enumerate(("county", "town", *(f"v{n:02d}" for n in range(VILLAGES))))]
    county, town, *villages = writers
    stations = [Station("county", "county", "某县", "县"), Station("town", "town", "某镇", "镇", "county")]
    stations += [Station(one.office, one.office, one.office, "村", "town") for one in villages]
    devices = tuple(Device(one.device, one.office, keys.public(one.keys)) for one in writers)
    content = Content("fengqiao-directory/1", 1, tuple(stations), devices)
    return County(Directory(content, directories.sign(content, ROOT_SEED)), county, town, tuple(villages))


def _writer(number: int, name: str) -> Writer:
    private = DeviceKeys(bytes([number]) * 32, keys.generate().identity)
    return Writer(name, keys.public(private).device, private)


# --- databases ---------------------------------------------------------------------------------------------------------------------------


def fill(path: Path, county: County, cases: int, template: Iterable[Held], *, searchable: bool = True) -> None:
    """A database that trusts the county, with so many cases: those of the template, and copies of them."""
    with Database(path, KEY) as database:
        database.connection.execute("PRAGMA synchronous = OFF")
        database.connection.execute("PRAGMA cache_size = -262144")
        directories.trust(database, keys.verify_key(ROOT_SEED))
        directories.adopt(database, county.directory)
        with database.atomic():
            casebook.receive(database, template)
            (step,) = database.connection.execute("SELECT max(key) FROM cases").fetchone()
            for number in range(1, cases // step):
                for table in _COPIED:
                    _copy(database, table, number * step, step, number)
                if searchable:
                    _copy_texts(database, number * step, step)
            while findable.file_some(database, 20_000):
                pass


def _copy(database: Database, table: str, by: int, step: int, number: int) -> None:
    """Copy the rows of the first cases under other keys; the last bytes of a case's id become the number of the copy."""
    columns = [name for (name,) in database.connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]
    other = {
        "key": f"key + {by}",
        "case_key": f"case_key + {by}",
        "uuid": f"CAST(substr(uuid, 1, 12) || unhex(printf('%08x', {number})) AS BLOB)",
    }
    key = "key" if "key" in columns else "case_key"
    selected = ", ".join(other.get(column, column) for column in columns)
    query = f"INSERT INTO {table} ({', '.join(columns)}) SELECT {selected} FROM {table} WHERE {key} <= {step}"  # noqa: S608 -- numbers
    database.connection.execute(query)


def _copy_texts(database: Database, by: int, step: int) -> None:
    cases = [uuid.hex() for (uuid,) in database.connection.execute("SELECT uuid FROM cases WHERE key <= ? ORDER BY key", (step,))]
    search.keep(database.connection, [search.entry(key, casebook.load(database, case)) for key, case in enumerate(cases, by + 1)])


def share_all(database: Database, county: County, partner: Writer) -> bytes:
    """Write into the books that the partner holds all cases of this database, and knows that we do. Returns the digest of the list."""
    connection, digest = database.connection, have_list.EMPTY
    with database.atomic():
        link = books.link_to(database, partner.device)
        connection.execute(
            "INSERT INTO shares (link, uuid, ours, theirs) SELECT ?, uuid, substr(heads, 1, 8), substr(heads, 1, 8) FROM cases "
            "WHERE length(heads) = 32",
            (link.key,),
        )
        for uuid, heads in connection.execute("SELECT uuid, ours FROM shares WHERE link = ?", (link.key,)):
            digest = have_list.moved(digest, uuid, b"", heads)
        columns = "ours = ?1, theirs = ?1, base = ?1, known = ?1, heard_at = ?2, at = ?2, directory = 1, seen = 1"
        connection.execute(f"UPDATE links SET {columns} WHERE key = ?3", (digest, AT, link.key))  # noqa: S608 -- constants
        books.note_told(database, books.link_to(database, partner.device))
        (newest,) = connection.execute("SELECT max(rowid) FROM changes").fetchone()
        database.set("exchange.looked", newest)
        database.set("exchange.tree", {station.id: station.parent for station in county.directory.content.stations})
    return digest


def confirm(database: Database, partner: Writer) -> None:
    """Write into the books what the partner's next have-list would say: that it holds what it was shown."""
    link = books.link_to(database, partner.device)
    with database.atomic():
        database.connection.execute("UPDATE shares SET theirs = ours, state = 0 WHERE link = ? AND state > 0", (link.key,))
        database.connection.execute("UPDATE links SET theirs = ours, base = ours, known = ours WHERE key = ?", (link.key,))


# --- a bundle ----------------------------------------------------------------------------------------------------------------------------


def write_bundle(path: Path, county: County, arrived: list[Held], base: bytes) -> None:
    """A bundle of the township for the county with these changes, and with its have-list as the difference from one that the county has."""
    me, to = county.member(county.town), county.county
    digest, entries = base, list(_entries(arrived))
    for uuid, heads in entries:
        digest = have_list.moved(digest, uuid, b"", heads)
    have = list(have_list.pack(Head(base, digest, ()), entries))
    packed = [bundle.pack_changes(arrived[start : start + _BLOCK]) for start in range(0, len(arrived), _BLOCK)]
    address = Address(me.device, me.station.id, to.office, (to.device,), AT, 1)
    contents = Contents({"changes": packed, "have": have}, len(arrived), [])
    with path.open("wb") as file:
        bundle.write(address, contents, _no_content, me.keys.seed, [keys.public(to.keys).recipient], file)


def _entries(arrived: list[Held]) -> Iterator[Entry]:
    """The newest change of each new case, as a have-list has it."""
    heads = {one.change.case: one.held.id for one in map(casebook.read, arrived) if one.change}
    return ((case, have_list.join_heads([head])) for case, head in sorted(heads.items()))


def _no_content(sha256: str) -> bytes:
    raise FileNotFoundError(sha256)  # the bundle has no attachments
