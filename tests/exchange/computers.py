"""A computer of one office, as the tests of the exchange use it; and bundles that no honest program makes."""

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from io import BytesIO
from typing import NamedTuple

import msgspec
import pyrage
import zstandard

from desktop.domain.attachment import Attachment
from desktop.domain.case import Case
from desktop.domain.party import Party
from desktop.exchange import books, bundle, have_list, keys, receiving, sending
from desktop.exchange import directory as directories
from desktop.exchange.bundle import Manifest, Part
from desktop.exchange.device import Member, member
from desktop.exchange.directory import Content, Directory, Signed, Station
from desktop.exchange.have_list import EMPTY, HaveList, Head
from desktop.exchange.keys import DeviceKeys
from desktop.exchange.receiving import Incoming
from desktop.exchange.sending import Draft
from desktop.store import blobs, casebook, change
from desktop.store.casebook import Held
from desktop.store.database import Database
from tests.exchange.offices import AT, Seat

NAMESPACE = b"fengqiao/bundle/1\x00"
PARTIES = (Party(role="申请人", kind="自然人", name="张三"), Party(role="被申请人", kind="自然人", name="李四"))

BOOKS = ("links", "shares", "told", "missing", "settings", "bundles")
"""Tables that may change when one exports: the books, which are a cache, and the log."""


class Read(NamedTuple):
    """A bundle that was read whole: its manifest, its parts as bytes, its changes, its have-list."""

    digest: bytes
    manifest: Manifest
    parts: dict[str, bytes]
    changes: list[Held]
    have: HaveList


class Sent(NamedTuple):
    """A bundle that was written: its draft, its digest, its bytes."""

    draft: Draft
    digest: bytes
    data: bytes


def written(database: Database, me: Member, to: Station, limit: int | None = None, *, logged: bool = True, at: str = AT) -> list[Sent]:
    """The bundles for a station, logged as sent if all of them are."""
    bundles = []
    for draft in sending.drafts(database, me, to, at, limit):
        file = BytesIO()
        digest = sending.write(database, me, draft, file)
        bundles.append(Sent(draft, digest, file.getvalue()))
    for one in bundles if logged else ():
        sending.note_sent(database, one.draft, one.digest, "", len(one.data))
    return bundles


def read(data: bytes, device_keys: DeviceKeys) -> Read:
    """Read a bundle as its receiver would. A have-list that is a difference counts as its entries."""
    with bundle.open_bundle(BytesIO(data), device_keys.identity) as opened:
        parts = {section.part.name: section.whole() for section in opened.sections()}
    return Read(opened.digest, opened.manifest, parts, changes_of(parts, opened.manifest.changes), have_of(parts))


def changes_of(parts: Mapping[str, bytes], count: int) -> list[Held]:
    """The changes in the parts of a bundle."""
    return list(bundle.changes_in(again("changes", parts), count))


def have_of(parts: Mapping[str, bytes]) -> HaveList:
    """The entries of the have-list in the parts of a bundle."""
    return {uuid: have_list.split_heads(heads) for uuid, heads in have_list.read(again("have", parts)).entries}


def lacks_of(parts: Mapping[str, bytes]) -> list[books.Content]:
    """The contents that a bundle asks for."""
    blocks = again("lacks", parts).blocks() if "lacks" in parts else ()
    return [content for raw in blocks for content in msgspec.msgpack.decode(raw, type=list[books.Content])]


def again(name: str, parts: Mapping[str, bytes]) -> bundle.Section:
    """A part that was read, to be read once more."""
    return bundle.Section(Part(name, len(parts[name]), b""), BytesIO(parts[name]).read)


class Computer(NamedTuple):
    """An office's computer with its open database."""

    seat: Seat
    database: Database

    @property
    def me(self) -> Member:
        """This computer by the directory that is in force here."""
        return member(self.database, self.seat.keys)

    def register(self, number: int = 1, summary: str = "起因") -> Case:
        """A new case of this office."""
        day = date(2025, 3, 14)
        fresh = Case(id=f"{number:032x}", type="邻里", registered_on=day, summary=summary, parties=PARTIES, owner=self.seat.office.id)
        return casebook.commit(self.database, None, fresh, self.seat.author())

    def save(self, before: Case, **values: object) -> Case:
        """Change a case."""
        return casebook.commit(self.database, before, msgspec.structs.replace(before, **values), self.seat.author())

    def attach(self, before: Case, content: bytes) -> Case:
        """Put a paper with this content into a case."""
        return self.save(before, attachments=(*before.attachments, paper(blobs.put(self.database, content), len(content))))

    def load(self, case: Case) -> Case:
        """The case as it stands here."""
        return casebook.load(self.database, case.id)

    def export(self, to: "Computer") -> bytes:
        """A bundle for another office."""
        return written(self.database, self.me, to.me.station)[0].data

    def plan(self, to: Station) -> int:
        """How many changes would go to a station."""
        return sum(draft.contents.changes for draft in sending.drafts(self.database, self.me, to, AT))

    def take_in(self, data: bytes) -> Incoming:
        """Import a bundle."""
        return self.take_in_as(self.me, data)

    def take_in_as(self, me: Member, data: bytes) -> Incoming:
        """Import a bundle, with `me` asked for before: for many in a row."""
        return receiving.take_in(self.database, me, BytesIO(data), AT)

    def opened(self, data: bytes) -> Read:
        """What is in a bundle for this office."""
        return read(data, self.seat.keys)

    def plain(self, data: bytes) -> bytes:
        """The decrypted bytes of a bundle for this office."""
        plain: bytes = pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(self.seat.keys.identity)])
        return plain

    def sealed(self, plain: bytes) -> bytes:
        """Bytes encrypted to this office."""
        data: bytes = pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(keys.public(self.seat.keys).recipient)])
        return data


def paper(sha256: str, size: int) -> Attachment:
    """A scanned paper with this content (SHA-256 in hex), of so many bytes."""
    return Attachment(name=sha256[:8], category="证据材料", media="jpeg", pages=1, size=size, sha256=sha256)


def manifest_of(sender: Computer, receiver: Computer, parts: Mapping[str, bytes], /, **other: object) -> Manifest:
    """The manifest of a bundle with these parts, with other values where they are named."""
    listed = tuple(Part(name, len(data), sha256(data).digest()) for name, data in parts.items())
    me, to = sender.seat.me, receiver.seat.me
    values = (bundle.FORMAT, keys.SUITE, me.device, me.station.id, to.station.id, (to.device,), AT, me.directory.number, 0, listed)
    return msgspec.structs.replace(Manifest(*values), **other)


def packed(manifest: bytes, parts: Iterable[bytes], signer: DeviceKeys) -> bytes:
    """The plain bytes of a bundle, properly signed."""
    signature = keys.sign(signer.seed, NAMESPACE + manifest)
    return b"".join((b"FQBUNDLE", len(manifest).to_bytes(4, "big"), manifest, signature, *parts))


def forged(sender: Computer, receiver: Computer, parts: Mapping[str, bytes], /, **other: object) -> bytes:
    """A bundle with these parts, signed by its sender."""
    manifest = msgspec.msgpack.encode(manifest_of(sender, receiver, parts, **other))
    return receiver.sealed(packed(manifest, parts.values(), sender.seat.keys))


def block(raw: bytes) -> bytes:
    """A block of a part."""
    frame = zstandard.ZstdCompressor().compress(raw)
    return len(frame).to_bytes(4, "big") + frame


NO_HAVE = block(msgspec.msgpack.encode(Head(b"", EMPTY, ())))


def changes_part(*held: Held) -> bytes:
    """The part `changes`."""
    return block(msgspec.msgpack.encode([(one.body, one.signature) for one in held]))


def carrying(sender: Computer, receiver: Computer, *held: Held) -> bytes:
    """A bundle with these changes."""
    return forged(sender, receiver, {"changes": changes_part(*held), "have": NO_HAVE}, changes=len(held))


def signed_change(body: bytes, signer: DeviceKeys) -> Held:
    """The bytes of a change with a signature."""
    identifier = change.change_id(body)
    return Held(identifier, body, keys.sign(signer.seed, change.signed_bytes(identifier)))


def next_directory(present: Directory, root_seed: bytes, revoked: tuple[bytes, ...] = (), ahead: int = 1) -> Signed:
    """A later directory of the same offices."""
    content: Content = msgspec.structs.replace(present.content, number=present.number + ahead, revoked=revoked)
    return directories.sign(content, root_seed)
