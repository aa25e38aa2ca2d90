"""Every signature of a bundle is checked where it enters: also that of an old change whose author signed a newer one."""

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


@pytest.mark.parametrize("place", range(5))
def test_one_forged_signature_is_found_wherever_it_is(place: int) -> None:
    """The newest change is right, and would vouch for the older ones: but their own signatures would travel on."""
    made = chain(5)
    made[place] = made[place]._replace(signature=made[place].signature[:-1] + bytes([made[place].signature[-1] ^ 1]))
    with pytest.raises(vouching.Unvouched):
        list(vouching.checked(made, PUBLIC.get))


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
