"""The file format of a bundle (交换包): a signed manifest and its parts, compressed, inside an age file (protocol, sections 3 to 5).

Plain content: 8 bytes magic, the manifest's length (4 bytes, big-endian), the manifest, the sender's signature of it (64 bytes), then the
parts in the manifest's order. The signature covers the namespace and the manifest; the manifest names the receiver and the length and hash
of every part, so it covers all. Part `changes` is a sequence of blocks, part `have` one block: length (4 bytes) and a zstd frame of
MessagePack. Part `directory` is a MessagePack pair of a directory's bytes and the root's signature.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from desktop.domain.refused import Refused
from desktop.exchange import keys
from desktop.exchange.directory import Signed
from desktop.exchange.selection import HaveList, pack_have, unpack_have
from desktop.store.casebook import Held
from desktop.store.change import change_id

FORMAT = "fengqiao-bundle/1"
SUFFIX = ".fqb"
MAX_FILE = 512 * 1024 * 1024
MAX_CHANGES = 5_000_000

_MAGIC = b"FQBUNDLE"
_NAMESPACE = b"fengqiao/bundle/1\x00"
_BLOCK = 1000
_MAX_BLOCK = 64 * 1024 * 1024
_MAX_MANIFEST = 1024 * 1024
_PARTS = ("changes", "have", "directory")


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part as the manifest names it: bytes in the file, and their SHA-256."""

    name: str
    size: int
    sha256: bytes


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the sender signs. Stations by id, devices by their 16-byte ids; `at` is the sender's clock, a claim for people."""

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


class Address(NamedTuple):
    """From whom to whom: the manifest without what follows from the contents."""

    sender: bytes
    sender_station: str
    receiver: str
    receiver_devices: tuple[bytes, ...]
    at: str
    directory: int


class Contents(NamedTuple):
    """What a bundle carries. `directory` is None where the receiver is known to have it."""

    changes: Iterable[Held]
    have: HaveList
    directory: Signed | None


class Opened(NamedTuple):
    """A decrypted bundle whose lengths and hashes hold; the signature is still to be checked."""

    manifest: Manifest
    signed: bytes
    signature: bytes
    parts: dict[str, bytes]


class BundleDamaged(Refused):
    """The file is no whole bundle."""

    def __init__(self) -> None:
        super().__init__("交换包已损坏或不完整，没有导入任何内容，请重新拷贝，或请发送单位重新导出。")


class NotForUs(Refused):
    """The bundle was made for another office."""

    def __init__(self) -> None:
        super().__init__("这个交换包不是发给本单位的（或文件头已损坏），没有导入任何内容，请核对U盘和文件名，必要时请发送单位重新导出。")


class NewerBundle(Refused):
    """The bundle was made by a newer program."""

    def __init__(self) -> None:
        super().__init__("这个交换包由更新版本的程序制作，请先升级本程序再导入，没有导入任何内容。")


def write(address: Address, contents: Contents, seed: bytes, recipients: Iterable[str]) -> bytes:
    """The encrypted bytes of a bundle, signed with the sender's private key."""
    import pyrage

    changes = list(contents.changes)
    parts = {"changes": b"".join(_blocks(changes)), "have": _block(pack_have(contents.have))}
    if contents.directory:
        parts["directory"] = msgspec.msgpack.encode(contents.directory)
    listed = tuple(Part(name, len(data), hashlib.sha256(data).digest()) for name, data in parts.items())
    manifest = msgspec.msgpack.encode(Manifest(FORMAT, keys.SUITE, *address, len(changes), listed))
    signature = keys.sign(seed, _NAMESPACE + manifest)
    plain = b"".join((_MAGIC, len(manifest).to_bytes(4, "big"), manifest, signature, *parts.values()))
    sealed: bytes = pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(recipient) for recipient in recipients])
    return sealed


def open_bundle(data: bytes, identity: str) -> Opened:
    """Decrypt a bundle and check its lengths and hashes. Raises `NotForUs`, `BundleDamaged`, `NewerBundle`."""
    plain = _decrypted(data, identity)
    if plain[:8] != _MAGIC or len(plain) < 12:
        raise BundleDamaged
    length = int.from_bytes(plain[8:12], "big")
    body, signature = plain[12 : 12 + length], plain[12 + length : 76 + length]
    if length > _MAX_MANIFEST or len(signature) != 64:
        raise BundleDamaged
    manifest = _manifest(body)
    return Opened(manifest, body, signature, _split(plain[76 + length :], manifest.parts))


def is_signed(opened: Opened, verify: bytes) -> bool:
    """Whether the holder of this Ed25519 key signed the manifest."""
    return keys.is_signed(verify, opened.signature, _NAMESPACE + opened.signed)


def contents(opened: Opened) -> Contents:
    """What the bundle carries. Raises `BundleDamaged`."""
    try:
        have = unpack_have(_decompressed(_only(_frames(opened.parts["have"]))))
        packed = opened.parts.get("directory")
        directory = Signed(*msgspec.msgpack.decode(packed, type=tuple[bytes, bytes])) if packed is not None else None
        changes = list(_changes(opened))
    except (msgspec.DecodeError, ValueError, KeyError):
        raise BundleDamaged from None
    return Contents(changes, have, directory)


def digest(opened: Opened) -> bytes:
    """The identity of a bundle: two files with one digest carry the same."""
    return hashlib.sha256(opened.signed).digest()


def _decrypted(data: bytes, identity: str) -> bytes:
    import pyrage

    if len(data) > MAX_FILE:
        raise BundleDamaged
    try:
        plain: bytes = pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(identity)])
    except pyrage.DecryptError as error:
        raise (NotForUs if "No matching keys" in str(error) else BundleDamaged) from None
    return plain


def _manifest(body: bytes) -> Manifest:
    try:
        manifest = msgspec.msgpack.decode(body, type=Manifest)
    except (msgspec.DecodeError, UnicodeError):
        raise (NewerBundle if _is_newer(body) else BundleDamaged) from None
    if manifest.format != FORMAT or manifest.suite != keys.SUITE:
        raise NewerBundle
    if not 0 <= manifest.changes <= MAX_CHANGES:
        raise BundleDamaged
    return manifest


def _is_newer(body: bytes) -> bool:
    try:
        form = msgspec.msgpack.decode(body, type=dict[str, msgspec.Raw]).get("format", b"")
        return bool(msgspec.msgpack.decode(form) != FORMAT)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return False


def _split(data: bytes, parts: tuple[Part, ...]) -> dict[str, bytes]:
    """The parts by name: exactly those that the manifest names, each known, each once, nothing before, between or after."""
    found: dict[str, bytes] = {}
    start = 0
    for part in parts:
        piece = data[start : start + part.size] if part.size >= 0 else b""
        if part.name in found or part.name not in _PARTS or len(piece) != part.size or hashlib.sha256(piece).digest() != part.sha256:
            raise BundleDamaged
        found[part.name] = piece
        start += part.size
    if start != len(data) or not {"changes", "have"} <= found.keys():
        raise BundleDamaged
    return found


def _blocks(changes: list[Held]) -> Iterator[bytes]:
    for start in range(0, len(changes), _BLOCK):
        yield _block(msgspec.msgpack.encode([(held.body, held.signature) for held in changes[start : start + _BLOCK]]))


def _block(raw: bytes) -> bytes:
    import zstandard

    packed = zstandard.ZstdCompressor(level=3).compress(raw)
    return len(packed).to_bytes(4, "big") + packed


def _frames(part: bytes) -> Iterator[bytes]:
    start = 0
    while start < len(part):
        length = int.from_bytes(part[start : start + 4], "big")
        frame = part[start + 4 : start + 4 + length]
        if length == 0 or len(frame) != length:
            raise ValueError("block")
        yield frame
        start += 4 + length


def _only(frames: Iterator[bytes]) -> bytes:
    (frame,) = frames
    return frame


def _decompressed(frame: bytes) -> bytes:
    """The raw block. A frame that would unpack to more than a block may hold is no block of ours."""
    import zstandard

    try:
        with zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(frame, read_across_frames=False) as reader:
            raw = reader.read(_MAX_BLOCK + 1)
    except zstandard.ZstdError as error:
        raise ValueError("zstd") from error
    if len(raw) > _MAX_BLOCK:
        raise ValueError("block size")
    return raw


def _changes(opened: Opened) -> Iterator[Held]:
    count = 0
    for frame in _frames(opened.parts["changes"]):
        for body, signature in msgspec.msgpack.decode(_decompressed(frame), type=list[tuple[bytes, bytes]]):
            yield Held(change_id(body), body, signature)
            count += 1
    if count != opened.manifest.changes:
        raise ValueError("count")
