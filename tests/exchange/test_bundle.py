"""A bundle is taken whole or refused with one sentence, and then nothing has changed."""

from collections.abc import Callable
from hashlib import sha256

import msgspec
import pytest
import zstandard

from desktop.domain.refused import Refused
from desktop.exchange import bundle, keys
from desktop.exchange.bundle import NewerBundle
from desktop.exchange.envelope import BundleDamaged, NotForUs
from desktop.exchange.have_list import EMPTY, Entry, Head
from desktop.exchange.receiving import UnknownSender
from desktop.store import change
from desktop.store.casebook import Held
from tests.exchange.computers import (
    NO_HAVE,
    Computer,
    block,
    carrying,
    changes_part,
    forged,
    manifest_of,
    packed,
    signed_change,
)
from tests.exchange.offices import AT
from tests.store.dump import dump

Start = Callable[[str], Computer]


@pytest.fixture
def village(computer: Start) -> Computer:
    """A village with one case."""
    one = computer("v1")
    one.register()
    return one


@pytest.fixture
def town(computer: Start) -> Computer:
    """The township above it, which has not had a bundle yet."""
    return computer("town1")


def refused(receiver: Computer, data: bytes, kind: type[Refused] | tuple[type[Refused], ...]) -> None:
    """The bundle is refused, and the database is as it was."""
    before = dump(receiver.database)
    with pytest.raises(kind) as caught:
        receiver.take_in(data)
    assert len(str(caught.value).splitlines()) == 1
    assert dump(receiver.database) == before


def test_a_whole_bundle_is_taken_in(village: Computer, town: Computer) -> None:
    incoming = town.take_in(village.export(town))
    assert (incoming.sender.id, incoming.receipt.changes, incoming.again) == ("v1", 1, False)
    assert town.load(village.register()) is not None


def test_the_same_bundle_again_changes_nothing_but_the_log(village: Computer, town: Computer) -> None:
    data = village.export(town)
    first = town.take_in(data)
    before = dump(town.database, without=("bundles",))
    again = town.take_in(data)
    assert (first.again, again.again, again.receipt.changes) == (False, True, 0)
    assert dump(town.database, without=("bundles",)) == before


def damaged(data: bytes) -> list[bytes]:
    """Every byte flipped in turn, every length cut, and something behind the end."""
    flipped = [data[:place] + bytes([data[place] ^ 1 << place % 8]) + data[place + 1 :] for place in range(len(data))]
    return [*flipped, *(data[:length] for length in range(len(data))), data + b"\0", data + data]


def test_every_flipped_byte_and_every_truncation(village: Computer, town: Computer) -> None:
    before, writes, me = dump(town.database), town.database.connection.total_changes, town.me
    for one in damaged(village.export(town)):
        with pytest.raises((BundleDamaged, NotForUs)):
            town.take_in_as(me, one)
    assert town.database.connection.total_changes == writes
    assert dump(town.database) == before


def test_every_flipped_byte_and_every_truncation_inside_the_encryption(village: Computer, town: Computer) -> None:
    """What a faulty or evil sender may encrypt: here our own checks stand alone. What was written before they failed is rolled back."""
    before, me = dump(town.database), town.me
    for one in damaged(town.plain(village.export(town))):
        with pytest.raises((BundleDamaged, NotForUs, NewerBundle, UnknownSender)):
            town.take_in_as(me, town.sealed(one))
    assert dump(town.database) == before


def test_another_office_cannot_read_it(village: Computer, town: Computer, computer: Start) -> None:
    for name in ("v2", "county", "v1"):
        refused(computer(name), village.export(town), NotForUs)


def test_encrypted_again_for_a_third_office(village: Computer, town: Computer, computer: Start) -> None:
    third = computer("v2")
    refused(third, third.sealed(town.plain(village.export(town))), NotForUs)


def test_named_for_us_but_for_another_computer(village: Computer, town: Computer) -> None:
    parts = {"changes": b"", "have": NO_HAVE}
    town.take_in(forged(village, town, parts))
    refused(town, forged(village, town, parts, receiver_devices=(b"x" * 16,)), NotForUs)
    refused(town, forged(village, town, parts, receiver="county"), NotForUs)


def test_an_unknown_sender(village: Computer, town: Computer) -> None:
    stranger = keys.generate()
    manifest = manifest_of(village, town, {"changes": b"", "have": NO_HAVE}, sender=keys.public(stranger).device)
    refused(town, town.sealed(packed(msgspec.msgpack.encode(manifest), [NO_HAVE], stranger)), UnknownSender)
    refused(town, forged(village, town, {"changes": b"", "have": NO_HAVE}, sender_station="v2"), UnknownSender)
    refused(town, forged(village, town, {"changes": b"", "have": NO_HAVE}, sender_station="v9"), UnknownSender)


def test_signed_by_somebody_else(village: Computer, town: Computer, computer: Start) -> None:
    manifest = msgspec.msgpack.encode(manifest_of(village, town, {"changes": b"", "have": NO_HAVE}))
    refused(town, town.sealed(packed(manifest, [NO_HAVE], computer("v2").seat.keys)), BundleDamaged)


def test_signed_for_another_purpose(village: Computer, town: Computer) -> None:
    plain = town.plain(forged(village, town, {"changes": b"", "have": NO_HAVE}))
    length = int.from_bytes(plain[8:12], "big")
    manifest = plain[12 : 12 + length]
    signature = keys.sign(village.seat.keys.seed, change.NAMESPACE + manifest)
    refused(town, town.sealed(plain[: 12 + length] + signature + plain[76 + length :]), BundleDamaged)


HAVE_AND = {"changes": b"", "have": NO_HAVE}


def headed(base: bytes, digest: bytes = EMPTY, *known: bytes) -> bytes:
    """A part `have` that says this of itself, without entries."""
    return block(msgspec.msgpack.encode(Head(base, digest, known)))


def listed(*entries: Entry) -> bytes:
    """A part `have` with these entries, which says that it is empty."""
    return NO_HAVE + block(msgspec.msgpack.encode(entries))


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param({}, id="no part"),
        pytest.param({"changes": b""}, id="no have-list"),
        pytest.param({"have": NO_HAVE}, id="no changes"),
        pytest.param(HAVE_AND | {"notes": b""}, id="an extra part"),
        pytest.param({"changes": b"", "haves": NO_HAVE}, id="a renamed part"),
        pytest.param(HAVE_AND | {"../have": b""}, id="a path"),
        pytest.param(HAVE_AND | {"/etc/passwd": b""}, id="a path from the root"),
        pytest.param({"changes": b"", "have": b""}, id="an empty have-list"),
        pytest.param({"changes": b"", "have": NO_HAVE + NO_HAVE}, id="two have-lists"),
        pytest.param({"changes": b"", "have": listed((b"c" * 15, b"h" * 8))}, id="a short case id"),
        pytest.param({"changes": b"", "have": listed((b"c" * 16, b"h" * 9))}, id="a long head"),
        pytest.param({"changes": b"", "have": listed((b"c" * 16, b"i" * 8 + b"h" * 8))}, id="heads not sorted"),
        pytest.param({"changes": b"", "have": listed((b"c" * 16, b""))}, id="no head"),
        pytest.param({"changes": b"", "have": listed((b"c" * 16, b"h" * 8))}, id="another digest"),
        pytest.param({"changes": b"", "have": listed((b"c" * 16, b"h" * 8), (b"c" * 16, b"i" * 8))}, id="a case twice"),
        pytest.param({"changes": b"", "have": headed(EMPTY, bytes(15) + b"1")}, id="another digest than the base's"),
        pytest.param({"changes": b"", "have": headed(b"b" * 15)}, id="a short base"),
        pytest.param({"changes": b"", "have": headed(b"", b"d" * 17)}, id="a long digest"),
        pytest.param({"changes": b"", "have": headed(b"", EMPTY, b"k" * 8)}, id="a short digest"),
        pytest.param({"changes": b"", "have": block(b"\xc1")}, id="no MessagePack"),
        pytest.param({"changes": b"\0\0\0\0", "have": NO_HAVE}, id="an empty block"),
        pytest.param({"changes": b"\0\0\0\x09abc", "have": NO_HAVE}, id="a short block"),
        pytest.param({"changes": b"\0\0\0\x03abc", "have": NO_HAVE}, id="no zstd"),
        pytest.param({"changes": block(msgspec.msgpack.encode([(b"", b"")])), "have": NO_HAVE}, id="more changes than said"),
        pytest.param({"changes": block(msgspec.msgpack.encode([["a", "b"]])), "have": NO_HAVE}, id="text for bytes"),
        pytest.param(HAVE_AND | {"directory": b"x"}, id="no directory"),
        pytest.param(HAVE_AND | {"directory": b""}, id="an empty directory"),
        pytest.param({"directory": b"x"} | HAVE_AND, id="no directory, in its place"),
        pytest.param({"rules": b"x"} | HAVE_AND, id="no rules"),
        pytest.param(HAVE_AND | {"lacks": block(b"\xc1")}, id="no list of what is missing"),
        pytest.param(HAVE_AND | {"lacks": block(msgspec.msgpack.encode([(b"c" * 15, b"s" * 32)]))}, id="a short case id among the missing"),
        pytest.param(HAVE_AND | {"lacks": block(msgspec.msgpack.encode([(b"c" * 16, b"s" * 33)]))}, id="a long hash among the missing"),
        pytest.param(HAVE_AND | {"blob:": b"x"}, id="a content without a hash"),
        pytest.param(HAVE_AND | {"blob:" + "0" * 64: b"x"}, id="a content of another hash"),
        pytest.param(HAVE_AND | {"blob:" + sha256(b"x").hexdigest().upper(): b"x"}, id="a hash in capitals"),
        pytest.param(HAVE_AND | {"blob:../" + sha256(b"x").hexdigest(): b"x"}, id="a path before a hash"),
    ],
)
def test_wrong_parts(village: Computer, town: Computer, parts: dict[str, bytes]) -> None:
    refused(town, forged(village, town, parts), BundleDamaged)


def test_a_part_twice_and_parts_in_another_order(village: Computer, town: Computer) -> None:
    manifest = manifest_of(village, town, HAVE_AND)
    twice = msgspec.structs.replace(manifest, parts=(*manifest.parts, manifest.parts[1]))
    plain = packed(msgspec.msgpack.encode(twice), [NO_HAVE, NO_HAVE], village.seat.keys)
    refused(town, town.sealed(plain), BundleDamaged)
    refused(town, forged(village, town, {"have": NO_HAVE, "changes": b""}), BundleDamaged)
    blob = {f"blob:{sha256(b'x').hexdigest()}": b"x"}
    refused(town, forged(village, town, blob | HAVE_AND), BundleDamaged)
    town.take_in(forged(village, town, HAVE_AND | blob))


@pytest.mark.parametrize("sizes", [(-1, 5), (0, 2**63 - 1), (3, len(NO_HAVE) - 3)])
def test_lengths_that_do_not_fit(village: Computer, town: Computer, sizes: tuple[int, int]) -> None:
    manifest = manifest_of(village, town, HAVE_AND)
    parts = tuple(msgspec.structs.replace(part, size=size) for part, size in zip(manifest.parts, sizes, strict=True))
    plain = packed(msgspec.msgpack.encode(msgspec.structs.replace(manifest, parts=parts)), [NO_HAVE], village.seat.keys)
    refused(town, town.sealed(plain), BundleDamaged)


@pytest.mark.parametrize("count", [-1, 0, 2, bundle.MAX_CHANGES + 1])
def test_another_number_of_changes_than_said(village: Computer, town: Computer, count: int) -> None:
    opened = town.opened(village.export(town))
    refused(town, forged(village, town, opened.parts, changes=count), BundleDamaged)


@pytest.mark.parametrize("name", ["changes", "have"])
def test_a_decompression_bomb(village: Computer, town: Computer, name: str) -> None:
    compressor = zstandard.ZstdCompressor(level=1).compressobj()
    zeros = bytes(1 << 20)
    frame = b"".join(compressor.compress(zeros) for _ in range(65)) + compressor.flush()
    assert len(frame) < 100_000
    refused(town, forged(village, town, HAVE_AND | {name: len(frame).to_bytes(4, "big") + frame}), BundleDamaged)


def test_a_bomb_that_states_its_size_and_needs_a_huge_window(village: Computer, town: Computer) -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=31)
    frame = zstandard.ZstdCompressor(compression_params=parameters).compressobj(size=1 << 40)
    with pytest.raises(zstandard.ZstdError):
        frame.compress(b"x") + frame.flush()  # an honest compressor does not even make it, so its header is enough
    header = b"\x28\xb5\x2f\xfd\xa0" + (1 << 31).to_bytes(4, "little")
    refused(town, forged(village, town, HAVE_AND | {"changes": len(header).to_bytes(4, "big") + header}), BundleDamaged)


NEWER = "fengqiao-bundle/3"


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"format": NEWER}, id="format"),
        pytest.param({"suite": "sm2+sm4"}, id="suite"),
    ],
)
def test_a_newer_bundle(village: Computer, town: Computer, other: dict[str, object]) -> None:
    refused(town, forged(village, town, HAVE_AND, **other), NewerBundle)


def test_a_newer_manifest_with_fields_that_we_do_not_know(village: Computer, town: Computer) -> None:
    known = msgspec.to_builtins(manifest_of(village, town, HAVE_AND), builtin_types=(bytes,))
    for form, kind in ((NEWER, NewerBundle), (bundle.FORMAT, BundleDamaged), (bundle.FIRST_FORMAT, BundleDamaged)):
        manifest = msgspec.msgpack.encode(known | {"format": form, "colour": "red"})
        refused(town, town.sealed(packed(manifest, [NO_HAVE], village.seat.keys)), kind)


@pytest.mark.parametrize("manifest", [b"", b"\xc1", b"\x80", b"\x81\xa6format\xa2\xff\xff", b"\x91" * 3000, b"\xdf\xff\xff\xff\xff"])
def test_a_manifest_that_is_none(village: Computer, town: Computer, manifest: bytes) -> None:
    refused(town, town.sealed(packed(manifest, [], village.seat.keys)), (BundleDamaged, NewerBundle))


# --- changes ---------------------------------------------------------------------------------------------------------------------------

PARTS = [1, b"c" * 16, b"", "人", [], AT, [["case", "", "summary", "起因"]]]


def body(author: Computer, **other: object) -> bytes:
    """The bytes of a change, with other parts where they are named (`p3` is the fourth)."""
    parts = [other.get(f"p{position}", part) for position, part in enumerate(PARTS)]
    parts[2] = other.get("p2", author.seat.me.device)
    return msgspec.msgpack.encode(parts)


def test_a_change_that_was_made_by_hand_is_taken_in(village: Computer, town: Computer) -> None:
    assert town.take_in(carrying(village, town, signed_change(body(village), village.seat.keys))).receipt.changes == 1


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"p6": [["case", "", "b", 1], ["case", "", "a", 1]]}, id="edits not sorted"),
        pytest.param({"p6": [["case", "", "a", 1.5]]}, id="a float"),
        pytest.param({"p3": "e\u0301"}, id="not in NFC"),
        pytest.param({"p1": b"c"}, id="a short case id"),
        pytest.param({"p4": [b"p" * 31]}, id="a short parent"),
        pytest.param({"p0": 0}, id="version 0"),
        pytest.param({"p0": -1}, id="version -1"),
        pytest.param({"p0": "1"}, id="a version that is no number"),
        pytest.param({"p2": b"x" * 16}, id="an uncertified device"),
        pytest.param({"p0": 2, "p2": "text"}, id="newer, without a device"),
        pytest.param({"p0": 2, "p2": b"x" * 16}, id="newer, of an uncertified device"),
    ],
)
def test_a_wrong_change_spoils_the_bundle(village: Computer, town: Computer, other: dict[str, object]) -> None:
    good = signed_change(body(village), village.seat.keys)
    refused(town, carrying(village, town, good, signed_change(body(village, **other), village.seat.keys)), BundleDamaged)


NO_UTF8 = (b"\x93\x01\xa2\xff\xff\x01", b"\x93\x02\x90\xa2\xff\xff")


@pytest.mark.parametrize("raw", [b"", b"\xc1", b"\x01", b"\x92\x02\x01", b"\x91" * 3000, *NO_UTF8])
def test_bytes_that_are_no_change_spoil_the_bundle(village: Computer, town: Computer, raw: bytes) -> None:
    refused(town, carrying(village, town, signed_change(raw, village.seat.keys)), BundleDamaged)


def test_the_signature_of_a_change(village: Computer, town: Computer, computer: Start) -> None:
    raw = body(village)
    good = signed_change(raw, village.seat.keys)
    bare = keys.sign(village.seat.keys.seed, good.id)
    by_another = signed_change(raw, computer("v2").seat.keys).signature
    for signature in (bytes(64), b"", good.signature[:63], good.signature + b"\0", bare, by_another):
        refused(town, carrying(village, town, Held(good.id, raw, signature)), BundleDamaged)


def test_a_change_of_another_office_is_carried_on(village: Computer, town: Computer, computer: Start) -> None:
    other = computer("v2")
    assert town.take_in(carrying(village, town, signed_change(body(other), other.seat.keys))).receipt.changes == 1


def test_what_a_newer_program_wrote_waits_and_its_signature_counts(village: Computer, town: Computer) -> None:
    raw = msgspec.msgpack.encode([2, b"c" * 16, village.seat.me.device, "new", {"shape": 1}])
    newer = signed_change(raw, village.seat.keys)
    refused(town, carrying(village, town, Held(newer.id, raw, bytes(64))), BundleDamaged)
    receipt = town.take_in(carrying(village, town, newer)).receipt
    assert (receipt.changes, receipt.waiting, receipt.cases) == (0, 1, frozenset())
    assert town.take_in(carrying(village, town, newer)).again
    assert town.take_in(carrying(village, town, newer, newer)).receipt.waiting == 1
    assert town.database.connection.execute("SELECT id, body, signature FROM waiting").fetchall() == [tuple(newer)]
    assert town.database.connection.execute("SELECT count(*) FROM changes").fetchone() == (0,)


def test_an_error_in_a_later_change_undoes_the_earlier_ones(village: Computer, town: Computer) -> None:
    good = signed_change(body(village), village.seat.keys)
    parts = {"changes": changes_part(good) + changes_part(Held(b"", b"\xc1", b"")), "have": NO_HAVE}
    refused(town, forged(village, town, parts, changes=2), BundleDamaged)


def test_a_file_that_is_no_bundle(town: Computer) -> None:
    for data in (b"", b"x", b"age-encryption.org/v1\n", b"PK\x03\x04" + bytes(100), bytes(1000)):
        refused(town, data, (BundleDamaged, NotForUs))
