"""Export: bundles for a computer of another office (protocol, section 3). Nothing counts as delivered because it was sent."""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from desktop.domain.refused import Refused
from desktop.exchange import blocks, books, bundle, have_list, rules
from desktop.exchange.books import Link
from desktop.exchange.bundle import Address, Contents
from desktop.exchange.device import Member
from desktop.exchange.directory import Device, Station
from desktop.exchange.envelope import Progress, Sink
from desktop.exchange.have_list import Entry
from desktop.exchange.selection import Piece, pieces
from desktop.store import blobs
from desktop.store.casebook import Held
from desktop.store.database import Database

MOST_PACKED = 64 * 1024 * 1024
"""Bytes of packed changes in one bundle: they are in memory until they are written."""

MOST_CONTENTS = 5000
"""Contents in one bundle."""

_MARGIN = 1024 * 1024
"""Bytes for manifest, envelope and what else is small."""

_CHANGES_IN_BLOCK = 1000
_BYTES_IN_BLOCK = 4 * 1024 * 1024
_KEPT_LOGS = 32
"""For so many sent bundles of a partner it is remembered what they made it hold, so that a receipt code can be typed in."""


class NoReceiver(Refused):
    """The station has no other computer that may receive."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}”没有可以接收交换包的电脑，请联系县级单位核对单位名录。")


class Draft(NamedTuple):
    """A bundle before it is written. `held` are the heads that its receiver holds of each case when it has taken it in."""

    receiver: Station
    link: Link
    recipients: list[str]
    address: Address
    contents: Contents
    held: list[Entry]

    @property
    def size(self) -> int:
        """The bytes of its parts: a little less than the file will have."""
        parts = sum(len(piece) for pieces_of in self.contents.parts.values() for piece in pieces_of)
        return parts + sum(size for _, size in self.contents.blobs)


def receivers(database: Database, me: Member, to: Station) -> list[Device]:
    """The computers that bundles for a station are made for: that which was heard of last, or in one's own office all others.

    Raises `NoReceiver`.
    """
    devices = [device for device in me.directory.devices_of(to.id) if device.id != me.device]
    if not devices:
        raise NoReceiver(to.name)
    if to.id == me.station.id:
        return devices
    heard = {link.device: link.heard_at for link in books.links(database)}
    return [max(devices, key=lambda device: heard.get(device.id, ""))]


def drafts(database: Database, me: Member, to: Station, at: str, limit: int | None = None) -> Iterator[Draft]:
    """The bundles for a station, at least one for each receiving computer, none of more than `limit` bytes if contents allow it.

    Each is complete in itself: any of them may be lost or come late. Raises `NoReceiver`.
    """
    devices = receivers(database, me, to)
    with database.atomic():
        for device in devices:  # also of an office that is neither above nor below: the books do not begin one by themselves
            books.link_to(database, device.id)
    books.catch_up(database, me)
    for device in devices:
        yield from _drafts_for(database, me, to, device, at, min(limit or bundle.MAX_FILE, bundle.MAX_FILE) - _MARGIN)


def _drafts_for(database: Database, me: Member, to: Station, device: Device, at: str, limit: int) -> Iterator[Draft]:
    with database.atomic():
        link = books.link_to(database, device.id)
        small = _small_parts(database, me, to, link)
    devices = [device, *(other for other in me.directory.devices_of(to.id) if other.id not in (device.id, me.device))]
    in_force = rules.newest(database)
    number = in_force.number if in_force else 0
    ids = tuple(one.id for one in devices)
    address = Address(me.device, me.station.id, to.id, ids, at, me.directory.number, number)
    full = _Filling(limit - sum(len(piece) for part in small.values() for piece in part))
    for filled in full.all(pieces(database, me, link, to.id)):
        contents = Contents(small | {"changes": filled.packed}, filled.changes, filled.blobs)
        yield Draft(to, link, [one.keys.recipient for one in devices], address, contents, filled.held)


def _small_parts(database: Database, me: Member, to: Station, link: Link) -> dict[str, list[bytes]]:
    parts: dict[str, list[bytes]] = {}
    if link.directory < me.directory.number:
        parts["directory"] = [msgspec.msgpack.encode(me.directory.signed)]
    in_force = rules.newest(database)
    if in_force and link.rules < in_force.number:
        parts["rules"] = [msgspec.msgpack.encode((in_force.body, in_force.signature))]
    parts["have"] = list(have_list.pack(*books.list_for(database, link)))
    lacks = books.lacks_for(database, me, link, to.id)
    if lacks:
        parts["lacks"] = [blocks.packed(msgspec.msgpack.encode(lacks))]
    return parts


class _Filled(NamedTuple):
    packed: list[bytes]
    changes: int
    blobs: list[tuple[str, int]]
    held: list[Entry]


class _Filling:
    """Pieces go in, full bundles come out."""

    def __init__(self, limit: int) -> None:
        self._limit = max(limit, 1)
        self._start()

    def _start(self) -> None:
        self._packed: list[bytes] = []
        self._changes, self._packed_size, self._blob_size = 0, 0, 0
        self._block: list[Held] = []
        self._block_size = 0
        self._blobs: list[tuple[str, int]] = []
        self._held: list[Entry] = []

    def all(self, found: Iterator[Piece]) -> Iterator[_Filled]:
        for piece in found:
            for held in piece.changes:
                self._add(held)
            self._held.append((piece.uuid, piece.heads))
            if self._packed_size + self._block_size > min(self._limit, MOST_PACKED):
                yield self._filled()
            for sha256, size in piece.blobs:
                used = self._packed_size + self._block_size + self._blob_size
                if (used and used + size > self._limit) or len(self._blobs) == MOST_CONTENTS:
                    yield self._filled()
                self._blobs.append((sha256, size))
                self._blob_size += size
        yield self._filled()

    def _add(self, held: Held) -> None:
        self._block.append(held)
        self._block_size += len(held.body) + len(held.signature)
        self._changes += 1
        if len(self._block) == _CHANGES_IN_BLOCK or self._block_size > _BYTES_IN_BLOCK:
            self._pack()

    def _pack(self) -> None:
        if self._block:
            self._packed.append(bundle.pack_changes(self._block))
            self._packed_size += len(self._packed[-1])
        self._block, self._block_size = [], 0

    def _filled(self) -> _Filled:
        self._pack()
        filled = _Filled(self._packed, self._changes, self._blobs, self._held)
        self._start()
        return filled


def write(database: Database, me: Member, draft: Draft, file: Sink, progress: Progress | None = None) -> bytes:
    """Write the bundle into the file, encrypted and signed. Returns its digest."""
    return bundle.write(
        draft.address, draft.contents, lambda sha256: blobs.get(database, sha256), me.keys.seed, draft.recipients, file, progress
    )


def note_sent(database: Database, draft: Draft, digest: bytes, name: str, size: int) -> None:
    """Log a bundle that is on its medium: for people, for receipt codes, and to tell the next list as a difference from this one."""
    with database.atomic():
        books.note_told(database, draft.link)
        contents = draft.contents
        held = msgspec.msgpack.encode((draft.held, [bytes.fromhex(sha256) for sha256, _ in contents.blobs]))
        counts = (len(draft.held), contents.changes, len(contents.blobs))
        values = (draft.address.at, draft.address.at, draft.receiver.id, digest, draft.link.device, name, size, *counts, held)
        database.connection.execute(
            "INSERT INTO bundles (direction, at, made, station, digest, device, name, size, cases, changes, attachments, held) "
            "VALUES ('out', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            values,
        )
        database.connection.execute(
            "UPDATE bundles SET held = NULL WHERE direction = 'out' AND held IS NOT NULL AND device = ?1 AND key <= "
            "(SELECT key FROM bundles WHERE direction = 'out' AND device = ?1 ORDER BY key DESC LIMIT 1 OFFSET ?2)",
            (draft.link.device, _KEPT_LOGS),
        )
