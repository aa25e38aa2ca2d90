"""Import: all of a bundle or nothing of it, in the order of protocol section 4."""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from desktop.domain.refused import Refused
from desktop.exchange import bundle, keys
from desktop.exchange import directory as directories
from desktop.exchange.bundle import BundleDamaged, NotForUs, Opened
from desktop.exchange.device import Member
from desktop.exchange.directory import Directory, Station
from desktop.exchange.selection import HaveList, pack_have
from desktop.store import casebook
from desktop.store import change as changes
from desktop.store.casebook import Held, Receipt
from desktop.store.database import Database


class UnknownSender(Refused):
    """The sender's computer is in no directory that we trust."""

    def __init__(self) -> None:
        super().__init__("交换包来自单位名录中没有的电脑，没有导入任何内容，请联系县级单位核实来源。")


class RevokedSender(Refused):
    """The sender's computer was taken out of service."""

    def __init__(self) -> None:
        super().__init__("交换包来自已被停用的电脑，没有导入任何内容，请联系县级单位核实来源。")


class Incoming(NamedTuple):
    """What an import brought: the sender, what changed, and whether the same bundle had come before."""

    sender: Station
    receipt: Receipt
    changes_in_bundle: int
    again: bool


def take_in(database: Database, me: Member, data: bytes, at: str) -> Incoming:
    """Import a bundle. Raises a `Refused` for whatever is wrong with it, and then not a byte of the database has changed."""
    opened = bundle.open_bundle(data, me.keys.identity)
    contents = bundle.contents(opened)
    directory = _directory(database, me, contents.directory)
    sender = _checked_sender(opened, me, directory)
    arrived = list(contents.changes)
    _check_changes(arrived, directory)
    digest = bundle.digest(opened)
    with database.atomic():
        directories.adopt(database, directory)
        receipt = casebook.receive(database, arrived)
        _store_have(database, opened, contents.have, at)
        again = _log(database, at, sender, digest, receipt)
    return Incoming(sender, receipt, len(arrived), again)


def _directory(database: Database, me: Member, carried: directories.Signed | None) -> Directory:
    """The directory by which the bundle is judged: the newer of ours and the one that it carries."""
    root = directories.root_of(database)
    if carried is None or root is None:
        return me.directory
    other = directories.verified(carried, root)
    if other.number == me.directory.number and other.signed.body != me.directory.signed.body:
        raise directories.ForkedDirectory(other.number)
    return other if other.number > me.directory.number else me.directory


def _checked_sender(opened: Opened, me: Member, directory: Directory) -> Station:
    manifest = opened.manifest
    device = directory.device(manifest.sender)
    station = directory.station(manifest.sender_station)
    if device is None or station is None or device.station != station.id:
        raise UnknownSender
    if not bundle.is_signed(opened, device.keys.verify):
        raise BundleDamaged
    if directory.is_revoked(device.id):
        raise RevokedSender
    if manifest.receiver != me.station.id or me.device not in manifest.receiver_devices:
        raise NotForUs
    return station


def _check_changes(arrived: Iterable[Held], directory: Directory) -> None:
    """Each change: canonical, signed by the device that it names, and that device certified by the county."""
    for held in arrived:
        author = directory.device(_device_of(held.body))
        if author is None or not keys.is_signed(author.keys.verify, held.signature, changes.signed_bytes(held.id)):
            raise BundleDamaged


def _device_of(body: bytes) -> bytes:
    """The author's device. In every version the third element of a change names it."""
    version = changes.version_of(body)
    if version is None or version < changes.VERSION or len(body) > changes.MAX_BODY:
        raise BundleDamaged
    if version > changes.VERSION:
        return _third(body)
    try:
        return changes.decode(body).device
    except changes.MalformedChange:
        raise BundleDamaged from None


def _third(body: bytes) -> bytes:
    parts = msgspec.msgpack.decode(body, type=list[msgspec.Raw])
    try:
        return msgspec.msgpack.decode(parts[2], type=bytes)
    except (IndexError, msgspec.DecodeError):
        raise BundleDamaged from None


def _store_have(database: Database, opened: Opened, have: HaveList, at: str) -> None:
    row = (opened.manifest.sender, pack_have(have), opened.manifest.directory, at)
    database.connection.execute("INSERT OR REPLACE INTO peers (device, have, directory, at) VALUES (?, ?, ?, ?)", row)


def _log(database: Database, at: str, sender: Station, digest: bytes, receipt: Receipt) -> bool:
    again = database.connection.execute("SELECT 1 FROM bundles WHERE digest = ? AND direction = 'in'", (digest,)).fetchone() is not None
    database.connection.execute(
        "INSERT INTO bundles (direction, at, station, digest, cases, changes) VALUES ('in', ?, ?, ?, ?, ?)",
        (at, sender.id, digest, len(receipt.cases), receipt.changes),
    )
    return again
