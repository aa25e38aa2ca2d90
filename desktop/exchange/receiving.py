"""Import: all of a bundle or nothing of it, in the order of protocol section 4."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import BinaryIO, NamedTuple

import msgspec

from desktop.domain.refused import Refused
from desktop.exchange import books, bundle, have_list, rules, vouching
from desktop.exchange import directory as directories
from desktop.exchange.books import MOST_LACKS, Link
from desktop.exchange.bundle import FIRST_FORMAT, Opened, Section
from desktop.exchange.device import Member
from desktop.exchange.directory import Directory, Station
from desktop.exchange.envelope import BundleDamaged, NotForUs
from desktop.store import blobs, casebook, restored
from desktop.store.casebook import Receipt
from desktop.store.change import Arrived
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
    """What an import brought.

    `again`: the same bundle had come before. `restored`: it showed that this database was restored from an older image, or copied.
    """

    sender: Station
    digest: bytes
    receipt: Receipt
    attachments: int
    again: bool
    restored: bool


_NOTHING = Receipt(frozenset(), frozenset(), 0, 0)


def take_in(database: Database, me: Member, file: BinaryIO, at: str, name: str = "", size: int = 0) -> Incoming:
    """Import a bundle. Raises a `Refused` for whatever is wrong with it, and then not a byte of the database has changed.

    A bundle that was taken in before is recognised by its manifest, and changes nothing but the log.
    """
    with bundle.open_bundle(file, me.keys.identity) as opened:
        sections = opened.sections()
        section = next(sections)
        directory = me.directory
        if section.part.name == "directory":
            directory = _directory(database, me, section)
            section = next(sections)
        sender = _checked_sender(opened, me, directory)
        with database.in_bulk(), database.atomic():
            if _was_taken_in(database, opened.digest):
                incoming = Incoming(sender, opened.digest, _NOTHING, 0, again=True, restored=False)
            else:
                directories.adopt(database, directory)
                incoming = _Import(database, me, opened, directory).run(sender, section, sections, at)
            _log(database, opened, incoming, at, name, size)
    return incoming


def _directory(database: Database, me: Member, section: Section) -> Directory:
    """The directory by which the bundle is judged: the newer of ours and the one that it carries."""
    carried = directories.Signed(*_pair(section))
    section.finish()
    root = directories.root_of(database)
    if root is None:
        return me.directory
    other = directories.verified(carried, root)
    if other.number == me.directory.number and other.signed.body != me.directory.signed.body:
        raise directories.ForkedDirectory(other.number)
    return other if other.number > me.directory.number else me.directory


def _pair(section: Section) -> tuple[bytes, bytes]:
    try:
        return msgspec.msgpack.decode(section.whole(), type=tuple[bytes, bytes])
    except msgspec.DecodeError:
        raise BundleDamaged from None


def _checked_sender(opened: Opened, me: Member, directory: Directory) -> Station:
    manifest = opened.manifest
    device = directory.device(manifest.sender)
    station = directory.station(manifest.sender_station)
    if device is None or station is None or device.station != station.id:
        raise UnknownSender
    if not opened.is_signed(device.keys.verify):
        raise BundleDamaged
    if directory.is_revoked(device.id):
        raise RevokedSender
    if manifest.receiver != me.station.id or me.device not in manifest.receiver_devices:
        raise NotForUs
    return station


class _Import:
    """One bundle on its way into the database, inside a transaction; whatever is raised undoes all of it."""

    def __init__(self, database: Database, me: Member, opened: Opened, directory: Directory) -> None:
        self._database = database
        self._me = me
        self._opened = opened
        self._directory = directory
        self._link: Link = books.link_to(database, opened.manifest.sender)
        self._receipt = _NOTHING
        self._attachments = 0
        self._lacks: list[books.Content] = []
        self._restored = False

    def run(self, sender: Station, first: Section, others: Iterator[Section], at: str) -> Incoming:
        self._take(first)
        for section in others:
            self._take(section)
        manifest = self._opened.manifest
        books.note_lacks(self._database, self._link, self._lacks)
        self._database.connection.execute(
            "UPDATE links SET at = ?, heard_at = ?, directory = ?, rules = ? WHERE key = ?",
            (manifest.at, at, manifest.directory, manifest.rules, self._link.key),
        )
        return Incoming(sender, self._opened.digest, self._receipt, self._attachments, again=False, restored=self._restored)

    def _take(self, section: Section) -> None:
        sha256 = section.part.blob
        if sha256 is not None:
            self._take_content(section, sha256)
            return
        takers = {"rules": self._take_rules, "changes": self._take_changes, "have": self._take_have, "lacks": self._take_lacks}
        takers[section.part.name](section)

    def _take_rules(self, section: Section) -> None:
        root = directories.root_of(self._database)
        if root is not None:
            rules.adopt(self._database, rules.verified(*_pair(section), root))

    def _take_changes(self, section: Section) -> None:
        came = bundle.changes_in(section, self._opened.manifest.changes)
        try:
            with closing(vouching.checked(came, self._directory.key_of)) as arrived:
                self._receipt = casebook.receive(self._database, self._watched(arrived))
        except vouching.Unvouched:
            raise BundleDamaged from None

    def _watched(self, arrived: Iterable[Arrived]) -> Iterator[Arrived]:
        """Own changes that come back and are not here were written before a restore, or by a copy of this computer."""
        for one in arrived:
            if one.change and one.change.device == self._me.device:
                self._restored |= restored.noticed(self._database, [one.held])
            yield one

    def _take_have(self, section: Section) -> None:
        is_first = self._opened.manifest.format == FIRST_FORMAT
        books.note_shown(self._database, self._link, have_list.read_first_format(section) if is_first else have_list.read(section))

    def _take_lacks(self, section: Section) -> None:
        rows: list[books.Content] = []
        for raw in section.blocks():
            try:
                rows += msgspec.msgpack.decode(raw, type=list[tuple[bytes, bytes]])
            except msgspec.DecodeError:
                raise BundleDamaged from None
        if len(rows) > MOST_LACKS or any((len(uuid), len(sha256)) != (16, 32) for uuid, sha256 in rows):
            raise BundleDamaged
        self._lacks = rows

    def _take_content(self, section: Section, sha256: str) -> None:
        if blobs.put(self._database, section.whole()) != sha256:
            raise BundleDamaged
        self._attachments += 1


def _was_taken_in(database: Database, digest: bytes) -> bool:
    query = "SELECT 1 FROM bundles WHERE digest = ? AND direction = 'in'"
    return database.connection.execute(query, (digest,)).fetchone() is not None


def _log(database: Database, opened: Opened, incoming: Incoming, at: str, name: str, size: int) -> None:
    receipt, manifest = incoming.receipt, opened.manifest
    values = (at, manifest.at, incoming.sender.id, incoming.digest, len(receipt.cases), receipt.changes, manifest.sender, name, size)
    database.connection.execute(
        "INSERT INTO bundles (direction, at, made, station, digest, cases, changes, device, name, size, attachments) "
        "VALUES ('in', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*values, incoming.attachments),
    )
