"""One computer of a world, and the bundles that are on their way."""

from pathlib import Path
from typing import NamedTuple

from desktop.domain.case import Case
from desktop.exchange.device import Member, member
from desktop.exchange.have_list import HaveList
from tests.exchange.offices import PARENTS, SECOND, Seat, reopen

STATIONS = tuple(PARENTS)
COMPUTERS = (*STATIONS, *SECOND)
CLONES = {"v1~": "v1", "town1~": "town1", "v1b~": "v1b"}
"""Copies of computers that may come into being, and of which."""

PAIRS = (
    *(
        ("v1", "town1"),
        ("v2", "town1"),
        ("v3", "town2"),
        ("v1b", "v1"),
        ("v1b", "town1b"),
        ("v1~", "town1"),
        ("v1", "town1~"),
        ("v1b~", "town1b"),
        ("v1b~", "v1"),
    ),
    *(("town1b", "town1"), ("town1", "county"), ("town1b", "county"), ("town1~", "county"), ("town2", "county")),
)
"""Computers that exchange, as far as there are such, the lower office first, villages before townships."""

CASES = {f"{1:032x}": "v1", f"{2:032x}": "v3"}
"""The cases of a world, and who registers them."""

Believed = frozenset[tuple[bytes, bytes]]
"""A have-list: (case id, heads joined)."""


class Stick(NamedTuple):
    """A bundle on its way, and what is in it.

    `sender` is the site that wrote it, `at` names the export, `made_for` the device whose have-list it goes by, `devices` all that can
    read it. `held` is what its receiver holds when it has taken it in. `directory` is the number of the directory that it carries, or 0.
    """

    sender: str
    station: str
    at: str
    made_for: bytes
    devices: tuple[bytes, ...]
    data: bytes
    digest: bytes
    changes: frozenset[bytes]
    contents: frozenset[str]
    have: HaveList
    held: HaveList
    directory: int

    @property
    def signer(self) -> str:
        """The computer whose keys signed it: the original, where a copy wrote it."""
        return CLONES.get(self.sender, self.sender)


class Site:
    """A computer with its database; a copy of it is another site with the same seat."""

    def __init__(self, name: str, seat: Seat, path: Path) -> None:
        self.name = name
        self.seat = seat
        self.path = path
        self.backup_image: bytes | None = None
        self.opened: dict[str, Case] = {}
        self.database = seat.open(self.path)
        self.me = seat.me

    @property
    def device(self) -> bytes:
        """The id by which the others know it."""
        return self.seat.me.device

    @property
    def station(self) -> str:
        """The office that it stands in."""
        return self.seat.me.station.id

    def renewed(self) -> Member:
        """This computer by the directory that is in force in it now."""
        (number,) = self.database.connection.execute("SELECT max(number) FROM directories").fetchone()
        if number != self.me.directory.number:
            self.me = member(self.database, self.seat.keys)
        return self.me

    def held(self, case: str) -> frozenset[bytes]:
        """The ids of the changes that the database holds of a case."""
        query = "SELECT changes.id FROM changes JOIN cases ON cases.key = case_key WHERE uuid = ?"
        return frozenset(row[0] for row in self.database.connection.execute(query, (bytes.fromhex(case),)))

    def waiting(self) -> frozenset[bytes]:
        """The ids of the changes that wait for others."""
        return frozenset(row[0] for row in self.database.connection.execute("SELECT id FROM waiting"))

    def contents(self) -> frozenset[str]:
        """The contents (SHA-256 in hex) that are here."""
        return frozenset(row[0].hex() for row in self.database.connection.execute("SELECT sha256 FROM blobs"))

    def known(self) -> tuple[object, ...]:
        """What an exchange may bring: when it stays the same everywhere, all is settled."""
        return [self.held(case) for case in CASES], self.waiting(), self.contents()

    def shown(self, device: bytes, column: str = "theirs") -> Believed:
        """What a partner's device has shown (or with `ours`: what we would show it), as far as this computer knows."""
        query = f"SELECT uuid, shares.{column} FROM shares JOIN links ON key = link WHERE device = ? AND length(shares.{column}) > 0"  # noqa: S608
        return frozenset((bytes(uuid), bytes(heads)) for uuid, heads in self.database.connection.execute(query, (device,)))

    def image(self) -> bytes:
        """The whole database as bytes."""
        self.database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return self.path.read_bytes()

    def replace(self, image: bytes) -> None:
        """Put another database in its place; the program starts anew."""
        self.database.close()
        self.path.write_bytes(image)
        self.database = reopen(self.path)
        self.opened.clear()
        self.renewed()
