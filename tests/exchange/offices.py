"""A county of six offices that have all enrolled, made once and then copied: enrolment costs more than most tests."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from desktop.domain.codes import OfficeLevel
from desktop.domain.office import Office
from desktop.exchange import directory as directories
from desktop.exchange import enrolment, keys
from desktop.exchange.device import Member, member
from desktop.exchange.directory import Directory
from desktop.exchange.enrolment import Request
from desktop.exchange.keys import DeviceKeys
from desktop.store.casebook import Author
from desktop.store.database import Database

AT = "2025-03-14T09:00:00+08:00"
KEY = bytes(range(32))

PARENTS: dict[str, str | None] = {"county": None, "town1": "county", "town2": "county", "v1": "town1", "v2": "town1", "v3": "town2"}
"""The tree of `shared/protocol/check.py`: who reports to whom, parents first."""

SECOND = {"v1b": "v1", "town1b": "town1"}
"""Second computers, and whose they are."""

LEVELS: dict[str, OfficeLevel] = {"county": "县", "town1": "镇", "town2": "镇", "v1": "村", "v2": "村", "v3": "村"}


_IDENTITIES = (
    "MEYAHLKXEYM97UX67RJT7KTT22SZRT35WD5ZRVDGHNMYFV2LJTWQ4WP24C",
    "MT34PGKZFCL3NUVFFM643ZK9EDF4RSXRCK3XG52YATYHF2NVS7XQ4TEFTP",
    "2P9PH2TVXVP7T8L5AR68NPUTVTYSWXHHLH0NLTRRJLVK7NR6D7ZS0U38D5",
    "L8P0DKZMRHRH4P97DWRNZMZMCKVWD5NTDEFWCG4EC3WR9H6TP87Q5KK65Q",
    "SKGKQFEYJSTSXYY8EXRPJ60LHG242LQD6U0QNUE7597KNKRQPENS9L7ZHM",
    "X49MF4JEKDUCX8C08TH9MM04S6Y2LSFQSFZFZHUFFTL763C87KCSMYKUDE",
    "UN8KUVJEQ25CX8ZX8P3L0SYMJMULKFHR5VXPLXW3VWGVWK99ZP2S2JRC37",
    "VLTLAEZQWEKG9JRJHPUVEUYWH8XFF9ZGS0XCVKVDCR25Z9MYEDNSYYDGV8",
)
"""Private age keys of nobody: with fixed keys the ids of all changes, and so every history, are the same in every run."""


class Seat(NamedTuple):
    """The computer of one office: who it is, its keys, its place in the exchange, and its database file as bytes."""

    office: Office
    keys: DeviceKeys
    me: Member
    image: bytes

    def open(self, path: Path) -> Database:
        """A fresh copy of the office's database at the path."""
        path.write_bytes(self.image)
        return reopen(path)

    def author(self, at: str = AT) -> Author:
        """Who writes at this computer."""
        return Author(self.me.device, self.office.name, lambda message: keys.sign(self.keys.seed, message), at)


class County(NamedTuple):
    """All offices by name, and the county's root key."""

    root_seed: bytes
    seats: Mapping[str, Seat]

    @property
    def directory(self) -> directories.Directory:
        """The directory that all offices know."""
        return self.seats["county"].me.directory


def reopen(path: Path) -> Database:
    """The database at the path, opened without the guarantees against power loss: these tests pull no plug, and a disk is slow."""
    database = Database(path, KEY)
    database.connection.execute("PRAGMA synchronous = OFF")
    return database


def office(name: str) -> Office:
    """The office of this name before it enrolled."""
    return Office(id=name, level=LEVELS[name], name=f"{name}综治中心", series=name, code="县" if LEVELS[name] == "县" else None)


def device_keys(name: str) -> DeviceKeys:
    """The private keys of the office's computer, or of a second one."""
    number = [*PARENTS, *SECOND].index(name)
    return DeviceKeys(bytes([number]) * 32, f"AGE-SECRET-KEY-1{_IDENTITIES[number]}")


def found(folder: Path, *, second: bool = False) -> County:
    """Make the six databases in the folder, and let the county approve everybody; on demand two second computers too."""
    homes = {name: name for name in PARENTS} | (SECOND if second else {})
    offices = {name: office(home) for name, home in homes.items()}
    private = {name: device_keys(name) for name in homes}
    databases = {name: Database(folder / f"{name}.db", KEY) for name in homes}
    root_seed = b"county root key for tests, no use"[:32]
    enrolment.found_county(databases["county"], offices["county"], private["county"], root_seed)
    for name, home in homes.items():
        if name != "county":
            asked = enrolment.read_request(enrolment.make_request(offices[name], private[name]))
            answer = _approved(databases["county"], member(databases["county"], private["county"]).directory, asked, name, home, root_seed)
            enrolment.accept(databases[name], enrolment.read_approval(answer), offices[name], private[name])
    newest = member(databases["county"], private["county"]).directory
    seats = {}
    for name, database in databases.items():
        directories.adopt(database, newest)
        me = member(database, private[name])
        database.close()
        seats[name] = Seat(offices[name], private[name], me, (folder / f"{name}.db").read_bytes())
    return County(root_seed, seats)


def _approved(database: Database, present: Directory, asked: Request, name: str, home: str, root_seed: bytes) -> bytes:
    if name != home:
        return enrolment.approve_another(database, present, asked, home, root_seed)
    parent = PARENTS[name]
    return enrolment.approve(database, present, asked, name, "县" if parent == "county" else str(parent), root_seed)
