"""The canonical bytes of a change: one spelling for one meaning, and nothing else is read."""

import unicodedata
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.store.change import Edits, MalformedChange, canonical, change_id, decode, encode, make, signed_bytes, version_of

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.tuples(TEXT, TEXT, TEXT)
EDITS = st.dictionaries(FIELDS, VALUES, max_size=4)
IDS = st.binary(min_size=32, max_size=32)
WRITES: Edits = {("case", "", "summary"): "起因", ("visit", "1", "note"): "好"}
BODY = encode(make(b"c" * 16, b"d" * 16, "段文清", [b"p" * 32, b"q" * 32], "2025-03-14", WRITES))


def nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


@given(case=st.binary(min_size=16, max_size=16), operator=TEXT, parents=st.lists(IDS, max_size=3), at=TEXT, edits=EDITS)
def test_round_trip(case: bytes, operator: str, parents: list[bytes], at: str, edits: Edits) -> None:
    change = make(case, b"d" * 16, operator, parents, at, edits)
    body = encode(change)
    assert decode(body) == change
    assert encode(decode(body)) == body
    assert version_of(body) == 1
    assert change.parents == tuple(sorted(set(parents)))


@given(edits=EDITS, data=st.data())
def test_mutated_bytes_are_refused_or_canonical(edits: Edits, data: st.DataObject) -> None:
    body = bytearray(encode(make(b"c" * 16, b"d" * 16, "人", [b"p" * 32], "2025", edits)))
    for _ in range(data.draw(st.integers(1, 3))):
        body[data.draw(st.integers(0, len(body) - 1))] ^= data.draw(st.integers(1, 255))
    version_of(bytes(body))
    try:
        change = decode(bytes(body))
    except MalformedChange:
        return
    assert encode(change) == bytes(body)
    writes = {(entity, key, name): value for entity, key, name, value in change.edits}
    assert encode(make(change.case, change.device, change.operator, change.parents, change.at, writes)) == bytes(body)


@given(st.binary(max_size=60))
def test_any_bytes_are_refused(body: bytes) -> None:
    version_of(body)
    with pytest.raises(MalformedChange):
        decode(body)


@pytest.mark.parametrize("length", range(len(BODY)))
def test_truncations_are_refused(length: int) -> None:
    with pytest.raises(MalformedChange):
        decode(BODY[:length])


PARTS: list[Any] = [1, b"c" * 16, b"d" * 16, "人", [b"p" * 32, b"q" * 32], "2025", [["case", "", "a", 1], ["case", "", "b", 2]]]


@pytest.mark.parametrize(
    ("position", "value"),
    [
        pytest.param(0, 2, id="another version"),
        pytest.param(0, True, id="no version"),
        pytest.param(1, b"c" * 15, id="short case"),
        pytest.param(2, b"d" * 17, id="long device"),
        pytest.param(2, "d" * 16, id="text for bytes"),
        pytest.param(3, "e\u0301", id="operator not in NFC"),
        pytest.param(4, [b"q" * 32, b"p" * 32], id="parents not sorted"),
        pytest.param(4, [b"p" * 32, b"p" * 32], id="a parent twice"),
        pytest.param(4, [b"p" * 31], id="short parent"),
        pytest.param(6, [["case", "", "b", 2], ["case", "", "a", 1]], id="edits not sorted"),
        pytest.param(6, [["case", "", "a", 1], ["case", "", "a", 1]], id="an edit twice"),
        pytest.param(6, [["case", "", "a"]], id="short edit"),
        pytest.param(6, [["case", "", "a", 1.0]], id="float"),
        pytest.param(6, [["case", "", "a", b"x"]], id="bytes"),
        pytest.param(6, [["case", "", "a", 2**53 + 1]], id="large number"),
        pytest.param(6, [["case", "", "a", {1: 2}]], id="key that is no text"),
        pytest.param(6, [["case", "", "a", {"b": 1, "a": 2}]], id="keys not sorted"),
        pytest.param(6, [["case", "", "a", "e\u0301"]], id="value not in NFC"),
        pytest.param(6, [["case", "", "a", nested(8)]], id="deep"),
        pytest.param(6, [["case", "", "a", msgspec.msgpack.Ext(5, b"x")]], id="extension"),
    ],
)
def test_other_spellings_are_refused(position: int, value: object) -> None:
    decode(msgspec.msgpack.encode(PARTS))
    with pytest.raises(MalformedChange):
        decode(msgspec.msgpack.encode([*PARTS[:position], value, *PARTS[position + 1 :]]))


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(msgspec.msgpack.encode([*PARTS, 1]), id="a part too many"),
        pytest.param(msgspec.msgpack.encode(PARTS) + b"\x00", id="a byte too many"),
        pytest.param(msgspec.msgpack.encode(PARTS).replace(b"\xc4\x10", b"\xc5\x00\x10", 1), id="a longer spelling"),
        pytest.param(msgspec.msgpack.encode([1, b"c" * 16]).replace(b"\x92", b"\x92"), id="too few parts"),
        pytest.param(b"\x91" * 5000, id="a deep hole"),
        pytest.param(b"\xa2\xff\xff", id="no UTF-8"),
        pytest.param(msgspec.msgpack.encode([*PARTS[:3], "人" * 1_400_000, *PARTS[4:]]), id="too large"),
    ],
)
def test_other_bytes_are_refused(body: bytes) -> None:
    version_of(body)
    with pytest.raises(MalformedChange):
        decode(body)


def test_texts_are_kept_in_nfc() -> None:
    change = make(b"c" * 16, b"d" * 16, "e\u0301", [], "", {("case", "", "summary"): ["e\u0301", {"e\u0301": "A\u030a"}]})
    assert change.operator == "\u00e9"
    assert change.edits == (("case", "", "summary", ["\u00e9", {"\u00e9": "\u00c5"}]),)


@given(VALUES)
def test_canonical_is_idempotent(value: object) -> None:
    assert canonical(canonical(value)) == canonical(value)
    assert all(unicodedata.is_normalized("NFC", text) for text in texts(canonical(value)))


def texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for pair in value.items() for part in pair for text in texts(part)]
    return [text for part in value for text in texts(part)] if isinstance(value, list) else [value] if isinstance(value, str) else []


@pytest.mark.parametrize("value", [1.0, b"x", 2**53 + 1, -(2**53) - 1, object(), nested(8)])
def test_values_of_no_kind_are_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        canonical(value)


def test_what_is_signed_names_its_purpose() -> None:
    identifier = change_id(BODY)
    assert len(identifier) == 32
    assert signed_bytes(identifier) == b"fengqiao/change/1\x00" + identifier
