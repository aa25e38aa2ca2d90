"""The file format of a bundle (交换包): a signed manifest and its parts inside an age file (protocol, sections 3 to 5).

Plain content: 8 bytes magic, the manifest's length (4 bytes, big-endian), the manifest, the sender's signature of it (64 bytes), then the
parts in the manifest's order. The signature covers the namespace and the manifest; the manifest names the receiver and the length and hash
of every part, so it covers all. docs/exchange-format.md describes each part.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, NamedTuple

import msgspec

from desktop.domain.refused import Refused
from desktop.exchange import blocks, keys
from desktop.exchange.envelope import BundleDamaged, Progress, Sink, decrypted, encrypt
from desktop.store.casebook import Held
from desktop.store.change import change_id

FORMAT = "fengqiao-bundle/2"
FIRST_FORMAT = "fengqiao-bundle/1"
"""Whole have-lists, no attachments, the directory behind the changes. Still read, never written."""

SUFFIX = ".fqb"
MAX_FILE = 4 * 1024**3 - 1
"""Bytes of a file on the most common sticks (FAT32), at most."""

MAX_CHANGES = 5_000_000
MAX_BLOB = 64 * 1024 * 1024
MAX_SMALL = 64 * 1024 * 1024
"""Bytes of a part that is read whole."""

ORDER = ("directory", "rules", "changes", "have", "lacks")
"""The parts in the order in which they stand; contents (`blob:` and their SHA-256 in hex) come after them."""

_BLOB = "blob:"
_MAGIC = b"FQBUNDLE"
_NAMESPACE = b"fengqiao/bundle/1\x00"
_MAX_MANIFEST = 4 * 1024 * 1024
_MAX_NUMBER = 2**63 - 1
_PIECE = 1024 * 1024


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part as the manifest names it: bytes in the file, and their SHA-256."""

    name: str
    size: int
    sha256: bytes

    @property
    def blob(self) -> str | None:
        """The content (SHA-256 in hex) that the part is, None for the other parts."""
        return self.name.removeprefix(_BLOB) if self.name.startswith(_BLOB) else None


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the sender signs. Stations by id, devices by their 16-byte ids; `at` is the sender's clock, a claim for people.

    `directory` and `rules` are the numbers that the sender has; `receiver_devices` names the device first for which the bundle was made.
    """

    format: str
    suite: str
    sender: bytes
    sender_station: str
    receiver: str
    receiver_devices: tuple[bytes, ...]
    at: str
    directory: int
    changes: int
    parts: tuple[Part, ...]
    rules: int = 0


class Address(NamedTuple):
    """From whom to whom: the manifest without what follows from the contents."""

    sender: bytes
    sender_station: str
    receiver: str
    receiver_devices: tuple[bytes, ...]
    at: str
    directory: int
    rules: int = 0


class Contents(NamedTuple):
    """What goes into a bundle: small parts by name, each in pieces; how many changes there are; contents as SHA-256 (hex) and bytes."""

    parts: dict[str, list[bytes]]
    changes: int
    blobs: list[tuple[str, int]]


class NewerBundle(Refused):
    """The bundle was made by a newer program."""

    def __init__(self) -> None:
        super().__init__("这个交换包由更新版本的程序制作，请先升级本程序再导入，没有导入任何内容。")


class Section:
    """A part while it is read, from its first byte to its last."""

    def __init__(self, part: Part, read: Callable[[int], bytes]) -> None:
        self.part = part
        self._read = read
        self._hash = hashlib.sha256()
        self._left = part.size

    def exactly(self, size: int) -> bytes:
        """The next bytes of the part. Raises `BundleDamaged` where it has fewer."""
        if not 0 <= size <= self._left:
            raise BundleDamaged
        data = self._read(size)
        self._left -= size
        self._hash.update(data)
        return data

    def whole(self) -> bytes:
        """All that is left of a part that is small."""
        if self._left > MAX_SMALL:
            raise BundleDamaged
        return self.exactly(self._left)

    def blocks(self) -> Iterator[bytes]:
        """The contents of its blocks."""
        return blocks.unpacked(self.exactly, self._left)

    def finish(self) -> None:
        """Read what nobody asked for, and check the hash. Raises `BundleDamaged`."""
        while self._left:
            self.exactly(min(self._left, _PIECE))
        if self._hash.digest() != self.part.sha256:
            raise BundleDamaged


class Opened:
    """A bundle whose manifest was read; whether its sender signed it, and all behind it, is still to be checked.

    Attributes:
        manifest: what the sender says of the bundle.
    """

    def __init__(self, manifest: Manifest, signed: bytes, signature: bytes, stream: "_Stream") -> None:
        self.manifest = manifest
        self._signed = signed
        self._signature = signature
        self._stream = stream

    @property
    def digest(self) -> bytes:
        """The identity of a bundle: two files with one digest carry the same."""
        return hashlib.sha256(self._signed).digest()

    def is_signed(self, verify: bytes) -> bool:
        """Whether the holder of this Ed25519 key signed the manifest."""
        return keys.is_signed(verify, self._signature, _NAMESPACE + self._signed)

    def sections(self) -> Iterator[Section]:
        """The parts in the order of `ORDER`, each to be read before the next is asked for, and nothing after them.

        Raises `BundleDamaged` where lengths or hashes do not hold.
        """
        sections = self._in_file() if self.manifest.format == FORMAT else self._reordered()
        for section in sections:
            yield section
            section.finish()
        if not self._stream.ended():
            raise BundleDamaged

    def _in_file(self) -> Iterator[Section]:
        return (Section(part, self._stream.read) for part in self.manifest.parts)

    def _reordered(self) -> Iterator[Section]:
        """The first format has its directory last."""
        if sum(part.size for part in self.manifest.parts) > MAX_SMALL:
            raise BundleDamaged
        data = {part: self._stream.read(part.size) for part in self.manifest.parts}
        for part in sorted(data, key=lambda one: ORDER.index(one.name)):
            yield Section(part, _taking(data[part]))


def _taking(data: bytes) -> Callable[[int], bytes]:
    rest = memoryview(data)

    def take(size: int) -> bytes:
        nonlocal rest
        taken, rest = bytes(rest[:size]), rest[size:]
        return taken

    return take


def pack_changes(changes: Iterable[Held]) -> bytes:
    """A block of changes."""
    return blocks.packed(msgspec.msgpack.encode([(held.body, held.signature) for held in changes]))


def changes_in(section: Section, count: int) -> Iterator[Held]:
    """The changes of a part, as many as the manifest says. Raises `BundleDamaged`."""
    decoder = msgspec.msgpack.Decoder(list[tuple[bytes, bytes]])
    found = 0
    for raw in section.blocks():
        try:
            rows = decoder.decode(raw)
        except msgspec.DecodeError:
            raise BundleDamaged from None
        found += len(rows)
        if found > count:
            raise BundleDamaged
        for body, signature in rows:
            yield Held(change_id(body), body, signature)
    if found != count:
        raise BundleDamaged


def write(
    address: Address,
    contents: Contents,
    content_of: Callable[[str], bytes],
    seed: bytes,
    recipients: Iterable[str],
    file: Sink,
    progress: Progress | None = None,
) -> bytes:
    """Write an encrypted bundle, signed with the sender's private key, into the file; `content_of` gives a content by its hash.

    Returns its digest.
    """
    parts = [_part(name, contents.parts[name]) for name in ORDER if name in contents.parts]
    parts += [Part(_BLOB + sha256, size, bytes.fromhex(sha256)) for sha256, size in contents.blobs]
    manifest = msgspec.msgpack.encode(Manifest(FORMAT, keys.SUITE, *address[:6], contents.changes, tuple(parts), address.rules))
    head = b"".join((_MAGIC, len(manifest).to_bytes(4, "big"), manifest, keys.sign(seed, _NAMESPACE + manifest)))

    def pieces() -> Iterator[bytes]:
        yield head
        for part in parts:
            yield from contents.parts[part.name] if part.blob is None else [content_of(part.blob)]

    encrypt(_told(pieces(), len(head) + sum(part.size for part in parts), progress), file, recipients)
    return hashlib.sha256(manifest).digest()


def _part(name: str, pieces: list[bytes]) -> Part:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return Part(name, sum(map(len, pieces)), digest.digest())


def _told(pieces: Iterator[bytes], whole: int, progress: Progress | None) -> Iterator[bytes]:
    done = 0
    for piece in pieces:
        yield piece
        done += len(piece)
        if progress:
            progress(done, whole)


@contextmanager
def open_bundle(file: BinaryIO, identity: str) -> Iterator[Opened]:
    """Open a bundle with the receiver's age identity and read its manifest.

    Raises `NotForUs`, `BundleDamaged`, `NewerBundle`; what is read from it raises them too.
    """
    with decrypted(file, identity) as pieces:
        stream = _Stream(pieces)
        if stream.read(8) != _MAGIC:
            raise BundleDamaged
        length = int.from_bytes(stream.read(4), "big")
        if length > _MAX_MANIFEST:
            raise BundleDamaged
        body, signature = stream.read(length), stream.read(64)
        yield Opened(_manifest(body), body, signature, stream)


class _Stream:
    """Pieces as a stream that gives exactly as many bytes as it is asked for."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = memoryview(b"")

    def read(self, size: int) -> bytes:
        gathered = []
        while size > 0:
            if not self._rest:
                self._rest = memoryview(next(self._pieces, b""))
                if not self._rest:
                    raise BundleDamaged
            gathered.append(self._rest[:size])
            size -= len(gathered[-1])
            self._rest = self._rest[len(gathered[-1]) :]
        return b"".join(gathered)

    def ended(self) -> bool:
        return not self._rest and next(self._pieces, None) is None


def _manifest(body: bytes) -> Manifest:
    try:
        manifest = msgspec.msgpack.decode(body, type=Manifest)
    except (msgspec.DecodeError, UnicodeError):
        raise (NewerBundle if _is_newer(body) else BundleDamaged) from None
    if manifest.format not in (FORMAT, FIRST_FORMAT) or manifest.suite != keys.SUITE:
        raise NewerBundle
    if not 0 <= manifest.changes <= MAX_CHANGES or not all(0 <= number <= _MAX_NUMBER for number in (manifest.directory, manifest.rules)):
        raise BundleDamaged
    if not _are_in_order(manifest):
        raise BundleDamaged
    return manifest


def _is_newer(body: bytes) -> bool:
    try:
        form = msgspec.msgpack.decode(body, type=dict[str, msgspec.Raw]).get("format", b"")
        return msgspec.msgpack.decode(form) not in (FORMAT, FIRST_FORMAT)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return False


def _are_in_order(manifest: Manifest) -> bool:
    """Whether the parts are those that there may be, each once, in their order, of possible sizes."""
    names = [part.name for part in manifest.parts]
    small = [name for name in names if not name.startswith(_BLOB)]
    if len(set(names)) != len(names) or not {"changes", "have"} <= set(small) <= set(ORDER):
        return False
    if any(part.size < 0 or len(part.sha256) != 32 for part in manifest.parts):
        return False
    if manifest.format == FIRST_FORMAT:
        return small == names and set(names) <= {"changes", "have", "directory"}
    blobs = [part for part in manifest.parts if part.blob is not None]
    are_contents = all(part.blob == part.sha256.hex() and part.size <= MAX_BLOB for part in blobs)
    return are_contents and names == [name for name in ORDER if name in small] + [part.name for part in blobs]
