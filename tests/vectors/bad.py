"""Bundles that every reader must refuse, one for each kind of fault, and the refusal."""

from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from typing import Any

import msgspec
import pyrage
import zstandard

from desktop.exchange import bundle, directory, have_list, keys, rules
from desktop.exchange.bundle import Part
from desktop.exchange.have_list import EMPTY, Head
from desktop.store import change
from tests.exchange.computers import (
    NO_HAVE,
    block,
    carrying,
    changes_part,
    forged,
    next_directory,
    packed,
    signed_change,
)
from tests.exchange.offices import AT
from tests.vectors.shop import Made, Shop, case

DAMAGED, NOT_FOR_US, NEWER = "BundleDamaged", "NotForUs", "NewerBundle"
UNKNOWN, REVOKED = "UnknownSender", "RevokedSender"
NOTHING: Mapping[str, bytes] = {"changes": b"", "have": NO_HAVE}
Pack = Callable[[Any], bytes]
pack: Pack = msgspec.msgpack.encode


def bad(shop: Shop) -> Iterator[Made]:
    """All of them."""
    for refusal, file, about, data in (*_files(shop), *_manifests(shop), *_senders(shop), *_parts(shop), *_changes(shop), *_lists(shop)):
        yield Made(f"{file}.fqb", about, data, refusal=refusal)
    for refusal, file, about, data in _from_above(shop):
        yield Made(f"{file}.fqb", about, data, ("published.fqb",), refusal)


Fault = tuple[str, str, str, bytes]
"""Refusal, name, what is wrong, the bytes."""


def _files(shop: Shop) -> Iterator[Fault]:
    good = shop.forged(NOTHING)
    middle = len(good) - 100
    yield DAMAGED, "file-empty", "no byte", b""
    yield DAMAGED, "file-text", "no age file", "不是交换包\n".encode()
    yield DAMAGED, "file-cut", "the last byte is missing", good[:-1]
    yield DAMAGED, "file-flipped", "one bit of the encrypted content is another", _flipped(good, middle)
    yield DAMAGED, "file-longer", "one byte more behind the end", good + b"\0"
    yield DAMAGED, "file-twice", "the same file twice, one behind the other", good + good
    to_another = [pyrage.x25519.Recipient.from_str(keys.public(shop.county.seats["v2"].keys).recipient)]
    yield NOT_FOR_US, "file-for-another", "encrypted to another office", pyrage.encrypt(shop.town.plain(good), to_another)


def _flipped(data: bytes, position: int) -> bytes:
    return data[:position] + bytes([data[position] ^ 1]) + data[position + 1 :]


def _manifests(shop: Shop) -> Iterator[Fault]:
    plain, seal = shop.town.plain(shop.forged(NOTHING)), shop.town.sealed
    known = msgspec.to_builtins(shop.manifest(NOTHING), builtin_types=(bytes,))
    length = int.from_bytes(plain[8:12], "big")
    yield DAMAGED, "magic", "the content begins with another magic", seal(b"FQBUNDEL" + plain[8:])
    yield DAMAGED, "manifest-cut", "the content ends within the manifest", seal(plain[:200])
    yield DAMAGED, "manifest-long", "a manifest of more than 4 MB is stated", seal(plain[:8] + (2**22 + 1).to_bytes(4, "big") + plain[12:])
    yield DAMAGED, "manifest-no-messagepack", "the manifest is no MessagePack", _raw(shop, b"\xc1")
    without = {name: value for name, value in known.items() if name != "at"}
    yield DAMAGED, "manifest-lacks-field", "the manifest has no `at`", shop.signed(without, NO_HAVE)
    yield DAMAGED, "manifest-extra-field", "a field that the format has not", shop.signed(known | {"colour": "red"}, NO_HAVE)
    yield DAMAGED, "manifest-type", "a number where a text belongs", shop.signed(known | {"at": 5}, NO_HAVE)
    yield NEWER, "format-newer", "another format, with fields of its own", shop.signed(known | {"format": "fengqiao-bundle/9", "new": 1})
    yield NEWER, "suite-other", "algorithms that we do not have", shop.forged(NOTHING, suite="sm2+sm3+sm4")
    yield DAMAGED, "directory-number", "a directory number beyond 63 bits", shop.forged(NOTHING, directory=2**63)
    yield DAMAGED, "signature-flipped", "one bit of the sender's signature is another", seal(_flipped(plain, 12 + length))
    bare = keys.sign(shop.village.seat.keys.seed, plain[12 : 12 + length])
    yield DAMAGED, "signature-no-namespace", "the manifest is signed without its namespace", seal(_signature(plain, bare))
    for_change = keys.sign(shop.village.seat.keys.seed, change.NAMESPACE + plain[12 : 12 + length])
    yield DAMAGED, "signature-other-namespace", "the manifest is signed with the namespace of changes", seal(_signature(plain, for_change))
    other = packed(plain[12 : 12 + length], [NO_HAVE], shop.county.seats["v2"].keys)
    yield DAMAGED, "signature-of-another", "another office signed the manifest", seal(other)


def _raw(shop: Shop, manifest: bytes) -> bytes:
    return shop.town.sealed(packed(manifest, [], shop.village.seat.keys))


def _signature(plain: bytes, signature: bytes) -> bytes:
    end = 12 + int.from_bytes(plain[8:12], "big")
    return plain[:end] + signature + plain[end + 64 :]


def _senders(shop: Shop) -> Iterator[Fault]:
    yield UNKNOWN, "sender-unknown", "the sending computer is in no directory", shop.forged(NOTHING, sender=b"x" * 16)
    yield (
        UNKNOWN,
        "sender-elsewhere",
        "the sending computer belongs to another office than is said",
        shop.forged(NOTHING, sender_station="v2"),
    )
    yield REVOKED, "sender-revoked", "the sending computer was taken out of service", forged(shop.fresh("v3"), shop.town, NOTHING)
    yield NOT_FOR_US, "receiver-other", "encrypted to us, but made for another office", shop.forged(NOTHING, receiver="county")
    others = shop.forged(NOTHING, receiver_devices=(b"x" * 16,))
    yield NOT_FOR_US, "receiver-computer", "made for our office, but for no computer that we have", others


def _parts(shop: Shop) -> Iterator[Fault]:
    blob = b"content"
    named = {f"blob:{sha256(blob).hexdigest()}": blob}
    renamed = {f"blob:{sha256(b'other').hexdigest()}": blob}
    yield DAMAGED, "part-none", "no part at all", shop.forged({})
    yield DAMAGED, "part-missing", "no have-list", shop.forged({"changes": b""})
    yield DAMAGED, "part-extra", "a part that the format has not", shop.forged({**NOTHING, "notes": b""})
    yield DAMAGED, "part-renamed", "a part under another name", shop.forged({"changes": b"", "haves": NO_HAVE})
    yield DAMAGED, "part-path", "a path as a name", shop.forged({**NOTHING, "../lacks": b""})
    yield DAMAGED, "part-order", "the parts in another order", shop.forged({"have": NO_HAVE, "changes": b""})
    yield DAMAGED, "part-blob-first", "a content before the changes", shop.forged({**named, **NOTHING})
    yield DAMAGED, "part-blob-renamed", "a content whose name is not its hash", shop.forged({**NOTHING, **renamed})
    manifest = shop.manifest(NOTHING)
    have = manifest.parts[1]
    twice = msgspec.structs.replace(manifest, parts=(*manifest.parts, have))
    yield DAMAGED, "part-twice", "a part twice", shop.signed(twice, NO_HAVE, NO_HAVE)
    for file, about, part in (
        ("part-negative", "a length below zero", Part("changes", -1, have.sha256)),
        ("part-longer", "a length beyond the end", Part("changes", 2**40, have.sha256)),
        ("part-hash", "another hash than stated", Part("changes", 0, bytes(32))),
        ("part-short-hash", "a hash of 31 bytes", Part("changes", 0, bytes(31))),
    ):
        yield DAMAGED, file, about, shop.signed(msgspec.structs.replace(manifest, parts=(part, have)), NO_HAVE)
    yield DAMAGED, "behind-the-parts", "bytes behind the last part", shop.signed(manifest, NO_HAVE, b"\0")
    yield DAMAGED, "block-empty", "a block without bytes", shop.forged({**NOTHING, "changes": bytes(4)})
    yield DAMAGED, "block-cut", "a block that is longer than its part", shop.forged({**NOTHING, "changes": b"\0\0\0\x09abc"})
    yield DAMAGED, "block-no-zstd", "a block that is no zstd frame", shop.forged({**NOTHING, "changes": b"\0\0\0\x03abc"})
    yield DAMAGED, "block-bomb", "a block that unpacks to more than 64 MB", shop.forged({**NOTHING, "changes": _bomb()})


def _bomb() -> bytes:
    compressor = zstandard.ZstdCompressor(level=1).compressobj()
    zeros = bytes(1 << 20)
    frame = b"".join(compressor.compress(zeros) for _ in range(65)) + compressor.flush()
    return len(frame).to_bytes(4, "big") + frame


def _changes(shop: Shop) -> Iterator[Fault]:
    village = shop.village
    good = [
        1,
        bytes.fromhex(case(9).id),
        village.seat.me.device,
        "人",
        [],
        AT,
        [["case", "", "place", "村口"], ["case", "", "summary", "起因"]],
    ]

    def changed(position: int, value: object) -> bytes:
        body = pack([*good[:position], value, *good[position + 1 :]])
        return carrying(village, shop.town, signed_change(body, village.seat.keys))

    held = signed_change(pack(good), village.seat.keys)
    for count in (0, 2):
        data = shop.forged({"changes": changes_part(held), "have": NO_HAVE}, changes=count)
        yield DAMAGED, f"changes-{count}", f"one change, {count} stated", data
    yield DAMAGED, "change-unsigned", "a change with another signature", carrying(village, shop.town, held._replace(signature=bytes(64)))
    bare = keys.sign(village.seat.keys.seed, held.id)
    yield (
        DAMAGED,
        "change-no-namespace",
        "a change signed without its namespace",
        carrying(village, shop.town, held._replace(signature=bare)),
    )
    stranger = shop.county.seats["v2"].keys
    yield DAMAGED, "change-of-another", "another computer signed it", carrying(village, shop.town, signed_change(pack(good), stranger))
    second = pack([*good[:2], shop.county.seats["v2"].me.device, "人", [held.id], AT, [["case", "", "place", "村尾"]]])
    built = signed_change(second, stranger)
    data = carrying(village, shop.town, held._replace(signature=bytes(64)), built)
    yield DAMAGED, "change-vouched-by-another", "another signature, and only another computer's change builds upon it", data
    yield DAMAGED, "change-uncertified", "an author whom the county did not certify", changed(2, b"x" * 16)
    yield DAMAGED, "change-version-0", "a version that never was", changed(0, 0)
    yield DAMAGED, "change-short-case", "a case id of 15 bytes", changed(1, bytes(15))
    yield DAMAGED, "change-short-parent", "a parent's id of 31 bytes", changed(4, [bytes(31)])
    yield DAMAGED, "change-unsorted-parents", "parents that are not sorted", changed(4, [b"b" * 32, b"a" * 32])
    yield DAMAGED, "change-unsorted", "edits that are not sorted", changed(6, [good[6][1], good[6][0]])  # type: ignore[index]
    yield DAMAGED, "change-twice", "one field twice", changed(6, [good[6][0], good[6][0]])  # type: ignore[index]
    yield DAMAGED, "change-float", "a number that is no whole one", changed(6, [["case", "", "amount", 1.5]])
    yield DAMAGED, "change-not-nfc", "a text that is not in NFC", changed(3, "e\u0301")
    body = pack(good)
    longer = signed_change(body.replace(b"\xa4case", b"\xd9\x04case", 1), village.seat.keys)
    yield DAMAGED, "change-long-form", "MessagePack that is not the shortest form", carrying(village, shop.town, longer)


def _lists(shop: Shop) -> Iterator[Fault]:
    def have(head: object, *entries: object) -> bytes:
        return shop.forged({"changes": b"", "have": block(pack(head)) + block(pack(entries))})

    one = (bytes(16), b"h" * 8)
    digest = have_list.moved(EMPTY, *(one[0], b"", one[1]))
    yield DAMAGED, "have-digest", "a list whose digest is another", have(Head(b"", EMPTY, ()), one)
    yield DAMAGED, "have-twice", "one case twice", have(Head(b"", digest, ()), one, one)
    yield DAMAGED, "have-short-case", "a case id of 15 bytes", have(Head(b"", EMPTY, ()), (bytes(15), b"h" * 8))
    yield DAMAGED, "have-long-head", "the beginning of a head with 9 bytes", have(Head(b"", EMPTY, ()), (bytes(16), b"h" * 9))
    yield DAMAGED, "have-unsorted", "beginnings of heads that are not sorted", have(Head(b"", EMPTY, ()), (bytes(16), b"i" * 8 + b"h" * 8))
    yield DAMAGED, "have-no-head", "an entry without heads in a whole list", have(Head(b"", EMPTY, ()), (bytes(16), b""))
    yield DAMAGED, "have-short-digest", "a digest of 15 bytes", have(Head(b"", bytes(15), ()))
    yield DAMAGED, "have-empty", "not even the head of the list", shop.forged({"changes": b"", "have": b""})
    short = {**NOTHING, "lacks": block(pack([(bytes(16), bytes(31))]))}
    yield DAMAGED, "lacks-short", "a hash of 31 bytes", shop.forged(short)
    unsigned = pack((pack({"format": "fengqiao-directory/1"}), bytes(64)))
    yield (
        "UntrustedDirectory",
        "directory-unsigned",
        "a directory that the county did not sign",
        shop.forged({"directory": unsigned, **NOTHING}),
    )
    yield "UntrustedRules", "rules-unsigned", "settings that the county did not sign", shop.forged({"rules": unsigned, **NOTHING})
    present = shop.village.me.directory
    fork = directory.sign(msgspec.structs.replace(present.content, revoked=()), shop.county.root_seed)
    about = "another directory with the number of ours"
    yield "ForkedDirectory", "directory-forked", about, shop.forged({"directory": pack(fork), **NOTHING})
    revokes = next_directory(present, shop.county.root_seed, revoked=(shop.village.seat.me.device,))
    about = "the directory that it carries revokes its sender"
    yield REVOKED, "directory-revokes-sender", about, shop.forged({"directory": pack(revokes), **NOTHING})


def _from_above(shop: Shop) -> Iterator[Fault]:
    other = rules.sign(rules.Content(format=rules.FORMAT, number=7, issued_at=AT), shop.county.root_seed)
    data = shop.forged({"rules": pack((other.body, other.signature)), **NOTHING})
    yield "ForkedRules", "rules-forked", "other settings with the number of ours", data


assert bundle.FORMAT == "fengqiao-bundle/2", "vectors of an older format go to tests/vectors/earlier"
