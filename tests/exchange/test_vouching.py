"""Nothing comes in that no good signature vouches for: its own, or that of a later change of its device that builds upon it."""

from collections.abc import Iterator

import msgspec
import pytest

from desktop.exchange import keys, vouching
from desktop.store import change as changes
from desktop.store.change import Held

SEEDS = {b"a" * 16: b"1" * 32, b"b" * 16: b"2" * 32}
PUBLIC = {device: keys.verify_key(seed) for device, seed in SEEDS.items()}


def signed(body: bytes, device: bytes) -> Held:
    identifier = changes.change_id(body)
    return Held(identifier, body, keys.sign(SEEDS[device], changes.signed_bytes(identifier)))


def chain(count: int, device: bytes = b"a" * 16) -> list[Held]:
    """Changes of one case, each upon the one before."""
    made: list[Held] = []
    for number in range(count):
        change = changes.make(b"c" * 16, device, "段文清", [made[-1].id] if made else [], "", {("case", "", "summary"): f"第{number}次"})
        made.append(signed(changes.encode(change), device))
    return made


def test_in_the_same_order_and_decoded() -> None:
    made = chain(7)
    arrived = list(vouching.checked(iter(made), PUBLIC.get))
    assert [one.held for one in arrived] == made
    assert [one.change and one.change.edits[0][3] for one in arrived] == [f"第{number}次" for number in range(7)]
    assert list(vouching.checked([], PUBLIC.get)) == []


@pytest.mark.parametrize("count", [999, 1000, 1001, 2500])
def test_any_number(count: int) -> None:
    device = b"b" * 16
    change = changes.make(b"c" * 16, device, "", [], "", {})
    one = signed(changes.encode(change), device)
    assert sum(1 for _ in vouching.checked([one] * count, PUBLIC.get)) == count


def forged(held: Held) -> Held:
    return held._replace(signature=held.signature[:-1] + bytes([held.signature[-1] ^ 1]))


def is_taken(made: list[Held]) -> bool:
    try:
        return len(list(vouching.checked(made, PUBLIC.get))) == len(made)
    except vouching.Unvouched:
        return False


@pytest.mark.parametrize("place", range(5))
def test_the_newest_signature_of_a_device_vouches_for_what_it_builds_upon(place: int) -> None:
    made = chain(5)
    made[place] = forged(made[place])
    assert is_taken(made) == (place < 4)
    assert not vouching.are_good(made, PUBLIC.get)


@pytest.mark.parametrize("place", range(4))
def test_one_device_does_not_vouch_for_another(place: int) -> None:
    """a, b, a, b: of each device the newest is checked."""
    made: list[Held] = []
    for number, device in enumerate((b"a" * 16, b"b" * 16) * 2):
        edits: changes.Edits = {("case", "", "summary"): str(number)}
        change = changes.make(b"c" * 16, device, "", [made[-1].id] if made else [], "", edits)
        made.append(signed(changes.encode(change), device))
    made[place] = forged(made[place])
    assert is_taken(made) == (place < 2)


def test_a_branch_does_not_vouch_for_the_other() -> None:
    root = chain(1)
    branches = []
    for text in ("左", "右"):
        change = changes.make(b"c" * 16, b"a" * 16, "", [root[0].id], "", {("case", "", "summary"): text})
        branches.append(signed(changes.encode(change), b"a" * 16))
    assert is_taken([*root, *branches])
    assert is_taken([forged(root[0]), *branches])
    assert not is_taken([*root, forged(branches[0]), branches[1]])
    assert not is_taken([*root, branches[0], forged(branches[1])])


def test_any_order_is_safe() -> None:
    made = chain(3)
    assert is_taken(made[::-1])
    assert not is_taken([forged(made[2]), made[1], made[0]])


def test_signatures_that_are_all_good() -> None:
    assert vouching.are_good(chain(3), PUBLIC.get)
    assert not vouching.are_good(chain(3), dict[bytes, bytes]().get)


def test_nothing_of_a_batch_comes_before_all_of_it_is_checked() -> None:
    made = chain(5)
    made[4] = made[4]._replace(signature=bytes(64))
    assert next(came(made), None) is None


def came(made: list[Held]) -> Iterator[changes.Arrived]:
    try:
        yield from vouching.checked(made, PUBLIC.get)
    except vouching.Unvouched:
        return


PARTS = [1, b"c" * 16, b"a" * 16, "人", [], "2025", [["case", "", "summary", "甲"]]]


def with_part(place: int, value: object) -> bytes:
    return msgspec.msgpack.encode([*PARTS[:place], value, *PARTS[place + 1 :]])


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(with_part(2, b"z" * 16), id="a device that nobody certified"),
        pytest.param(with_part(2, b"b" * 16), id="signed by another device"),
        pytest.param(with_part(3, "e\u0301"), id="not canonical"),
        pytest.param(with_part(0, 0), id="no version that there was"),
        pytest.param(with_part(0, "1"), id="no version"),
        pytest.param(msgspec.msgpack.encode([2, b"c" * 16]), id="newer, without a device"),
        pytest.param(msgspec.msgpack.encode([2, b"c" * 16, "a"]), id="newer, the device is no bytes"),
        pytest.param(with_part(6, [["case", "", "summary", "人" * 1_400_000]]), id="too large"),
        pytest.param(b"\xc1", id="no message"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_what_nobody_vouches_for(body: bytes) -> None:
    with pytest.raises(vouching.Unvouched):
        list(vouching.checked([signed(body, b"a" * 16)], PUBLIC.get))


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(with_part(0, 2), id="a newer version"),
        pytest.param(msgspec.msgpack.encode([3, "anything", b"a" * 16, {"more": 1}]), id="another shape"),
        pytest.param(with_part(6, [["case", "", "weather", "雨"]]), id="an unknown field"),
    ],
)
def test_what_a_newer_program_wrote_is_checked_and_kept_unread(body: bytes) -> None:
    held = signed(body, b"a" * 16)
    assert list(vouching.checked([held], PUBLIC.get)) == [(held, None)]
    with pytest.raises(vouching.Unvouched):
        list(vouching.checked([held._replace(signature=bytes(64))], PUBLIC.get))
