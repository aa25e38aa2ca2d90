"""The directory (单位名录): which stations and devices there are, numbered and signed by the county's root key (protocol, section 5)."""

from collections.abc import Iterable
from functools import cached_property
from typing import Literal, NamedTuple

import msgspec

from desktop.domain.codes import OfficeLevel
from desktop.domain.refused import Refused
from desktop.exchange import keys
from desktop.exchange.keys import PublicKeys
from desktop.store.database import Database
from desktop.store.sqlcipher import translated

_NAMESPACE = b"fengqiao/directory/1\x00"
_ROOT = "exchange.root"


class Station(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An office in the tree: `id` is its own for ever, `code` the county's name for it, `parent` the id of the station above."""

    id: str
    code: str
    name: str
    level: OfficeLevel
    parent: str | None = None
    committee: str | None = None


class Device(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A computer of a station, with its public keys. `block` is its block of numbers, counted from 0 (protocol, section 6)."""

    id: bytes
    station: str
    keys: PublicKeys
    block: int = 0

    @property
    def fingerprint(self) -> str:
        """What names the computer on the screen and over the telephone."""
        return keys.fingerprint(self.id)


class Content(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the county signs."""

    format: Literal["fengqiao-directory/1"]
    number: int
    stations: tuple[Station, ...]
    devices: tuple[Device, ...]
    revoked: tuple[bytes, ...] = ()


class Signed(NamedTuple):
    """A directory as it travels and is stored: the canonical bytes and the root's signature."""

    body: bytes
    signature: bytes


class UntrustedDirectory(Refused):
    """A directory that our county's root key did not sign."""

    def __init__(self) -> None:
        super().__init__("文件中的单位名录不是本县签发的，不能使用，请联系县级单位核实文件来源。")


class ForkedDirectory(Refused):
    """Two different directories bear one number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"收到两份编号同为{number}而内容不同的单位名录，请联系县级单位核实，在此之前不要继续交换。")


class UnknownComputer(Refused):
    """No computer of the directory has this fingerprint."""

    def __init__(self) -> None:
        super().__init__("单位名录中没有这个电脑码的电脑，请在电脑清单中重新核对。")


class Directory:
    """A directory whose signature was checked."""

    def __init__(self, content: Content, signed: Signed) -> None:
        self.content = content
        self.signed = signed
        self._stations = {station.id: station for station in content.stations}
        self._devices = {device.id: device for device in content.devices}
        self._up: dict[str, frozenset[str]] = {}

    @property
    def number(self) -> int:
        """Rises with each new directory."""
        return self.content.number

    @cached_property
    def by_code(self) -> dict[str, Station]:
        """The stations by the county's code."""
        return {station.code: station for station in self.content.stations}

    def station(self, identifier: str) -> Station | None:
        """The station with this id."""
        return self._stations.get(identifier)

    def device(self, identifier: bytes) -> Device | None:
        """The device with this id, revoked or not."""
        return self._devices.get(identifier)

    def key_of(self, identifier: bytes) -> bytes | None:
        """The Ed25519 key (32 bytes) of a device, revoked or not; None for one that the county did not certify."""
        found = self._devices.get(identifier)
        return found.keys.verify if found else None

    def is_revoked(self, identifier: bytes) -> bool:
        """Whether the device may no longer send or receive."""
        return identifier in self.content.revoked

    def devices_of(self, station: str) -> list[Device]:
        """The devices of a station that were not revoked."""
        return [d for d in self.content.devices if d.station == station and not self.is_revoked(d.id)]

    def up(self, station: str) -> frozenset[str]:
        """The station and all above it; an unknown one is alone."""
        if station not in self._up:
            known = self._stations.get(station)
            above = self.up(known.parent) if known and known.parent else frozenset()
            self._up[station] = above | {station}
        return self._up[station]

    def wrote_below(self, device: bytes, station: str) -> bool:
        """Whether the device belongs to the station or to one below it."""
        author = self._devices.get(device)
        return author is not None and station in self.up(author.station)


def device_with(directory: Directory, fingerprint: str) -> Device:
    """The device with the fingerprint, however that was typed in. Raises `UnknownComputer`."""
    for device in directory.content.devices:
        if keys.same_fingerprint(device.fingerprint, fingerprint):
            return device
    raise UnknownComputer


def sign(content: Content, root_seed: bytes) -> Signed:
    """The directory signed by the county's root key."""
    body = msgspec.msgpack.encode(content)
    return Signed(body, keys.sign(root_seed, _NAMESPACE + body))


def verified(signed: Signed, root: bytes) -> Directory:
    """The directory in signed bytes. Raises `UntrustedDirectory` unless the root key (32 bytes, public) signed it and it is sound."""
    if not keys.is_signed(root, signed.signature, _NAMESPACE + signed.body):
        raise UntrustedDirectory
    try:
        content = msgspec.msgpack.decode(signed.body, type=Content)
    except msgspec.DecodeError:
        raise UntrustedDirectory from None
    if not _is_sound(content):
        raise UntrustedDirectory
    return Directory(content, signed)


def _is_sound(content: Content) -> bool:
    stations = {station.id: station for station in content.stations}
    unique = len(stations) == len(content.stations) == len({s.code for s in content.stations})
    named = all(d.id == d.keys.device and d.station in stations for d in content.devices)
    return unique and named and all(_reaches_top(s, stations) for s in content.stations)


def _reaches_top(station: Station, stations: dict[str, Station]) -> bool:
    for _ in range(10):
        if station.parent is None:
            return True
        above = stations.get(station.parent)
        if above is None:
            return False
        station = above
    return False


def root_of(database: Database) -> bytes | None:
    """The county's public root key that this device trusts, None before enrolment."""
    return database.setting(_ROOT, bytes)


def trust(database: Database, root: bytes) -> None:
    """Trust this public root key from now on."""
    database.set(_ROOT, root)


def forget(database: Database) -> None:
    """Trust no county any more, and keep nothing that it signed."""
    with database.atomic():
        for statement in ("DELETE FROM directories", "DELETE FROM rules"):
            database.connection.execute(statement)
        database.connection.execute("DELETE FROM settings WHERE name = ?", (_ROOT,))


@translated()
def heard(database: Database) -> dict[bytes, str]:
    """When a bundle of each device was last taken in here (ISO text by our clock)."""
    rows = database.connection.execute("SELECT device, heard_at FROM links WHERE heard_at != ''")
    return dict(rows.fetchall())


@translated()
def newest(database: Database) -> Directory | None:
    """The directory in force at this device."""
    root = root_of(database)
    row = database.connection.execute("SELECT body, signature FROM directories ORDER BY number DESC LIMIT 1").fetchone()
    return verified(Signed(*row), root) if root and row else None


def adopt(database: Database, directory: Directory) -> bool:
    """Put a verified directory in force if its number is higher than that of the present one; a lower one changes nothing.

    Returns whether it is now in force. Raises `ForkedDirectory` for another content under the present number.
    """
    present = newest(database)
    if present and present.number == directory.number and present.signed.body != directory.signed.body:
        raise ForkedDirectory(directory.number)
    if present and present.number >= directory.number:
        return False
    with database.atomic():
        row = (directory.number, *directory.signed)
        database.connection.execute("INSERT OR REPLACE INTO directories (number, body, signature) VALUES (?, ?, ?)", row)
    return True


def with_member(content: Content, station: Station, devices: Iterable[Device] = ()) -> Content:
    """The next directory: the station's entry and these devices replace what was there of them; its other devices stay."""
    devices = tuple(devices)
    ids = {device.id for device in devices}
    return msgspec.structs.replace(
        content,
        number=content.number + 1,
        stations=(*(s for s in content.stations if s.id != station.id), station),
        devices=(*(d for d in content.devices if d.id not in ids), *devices),
    )


def without(content: Content, device: bytes) -> Content:
    """The next directory, in which the device is revoked: it stays in the list, so that what it wrote is still believed."""
    return msgspec.structs.replace(content, number=content.number + 1, revoked=tuple(sorted({*content.revoked, device})))


def free_block(content: Content, station: str) -> int:
    """The next block of numbers in the station; those of revoked devices are never given again."""
    return max((device.block + 1 for device in content.devices if device.station == station), default=0)
