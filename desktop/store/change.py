"""A change: one saved user action on one case, hashed and signed (protocol, section 1)."""

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import islice
from operator import lt
from typing import Any, NamedTuple

import msgspec

VERSION = 1
NAMESPACE = b"fengqiao/change/1\x00"
"""Stands before the id in the signed bytes, so that a signature for one purpose is valid for no other."""

MAX_BODY = 4_000_000
MAX_DEPTH = 8

Value = Any
"""What a field may hold: text, whole number, truth value, None, and lists and string-keyed mappings of these. No floats."""

Field = tuple[str, str, str]
"""(entity, entity id, field name); the entity id is empty for what a case has once."""

Edits = dict[Field, Value]


class MalformedChange(ValueError):
    """Bytes that are no canonical change. The caller says what that means to the operator."""


class Change(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """One saved user action.

    `case` and `device` are 16 bytes, `parents` the sorted 32-byte ids of the heads that the author held, `at` the author's clock
    as ISO text (a claim for people; nothing is decided by it), `edits` sorted rows (entity, entity id, field, value).
    """

    version: int
    case: bytes
    device: bytes
    operator: str
    parents: tuple[bytes, ...]
    at: str
    edits: tuple[tuple[str, str, str, Value], ...]


class Held(NamedTuple):
    """One change as it is stored and travels: its id (32 bytes), its canonical bytes, its author's signature (64 bytes)."""

    id: bytes
    body: bytes
    signature: bytes


class Arrived(NamedTuple):
    """A change that was read; `change` is None where only a newer program can read it."""

    held: Held
    change: Change | None


_encoder = msgspec.msgpack.Encoder(order="deterministic")
_decoder = msgspec.msgpack.Decoder(Change)
_head = msgspec.msgpack.Decoder(tuple[Any, ...])


def make(case: bytes, device: bytes, operator: str, parents: Iterable[bytes], at: str, edits: Edits) -> Change:
    """A change of this program's version, its texts in NFC, its parts in canonical order."""
    rows = tuple((*field, canonical(value)) for field, value in sorted(edits.items()))
    return Change(VERSION, case, device, canonical(operator), tuple(sorted(set(parents))), at, rows)


def encode(change: Change) -> bytes:
    """The canonical bytes; the id is their hash."""
    return _encoder.encode(change)


def change_id(body: bytes) -> bytes:
    """The id of a change: SHA-256 of its canonical bytes (32 bytes)."""
    return hashlib.sha256(body).digest()


def signed_bytes(identifier: bytes) -> bytes:
    """What the author's device signs."""
    return NAMESPACE + identifier


def decode(body: bytes) -> Change:
    """The change in canonical bytes. Raises `MalformedChange` unless encoding it again gives the same bytes."""
    if len(body) > MAX_BODY:
        raise MalformedChange("size")
    try:
        change = _decoder.decode(body)
        if encode(change) != body or not _is_canonical(change):
            raise MalformedChange("canonical")
    except (msgspec.DecodeError, UnicodeError, RecursionError, TypeError, ValueError) as error:
        raise MalformedChange(str(error)) from None
    return change


def version_of(body: bytes) -> int | None:
    """The version that the first element of the body states, which may be a newer program's; None: the body is no change at all."""
    try:
        parts = _head.decode(body)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None
    return parts[0] if parts and type(parts[0]) is int else None


def _is_canonical(change: Change) -> bool:
    """Whether `make` would give the same: ids have their length, order is right, nothing stands twice, all values are allowed."""
    if change.version != VERSION or len(change.case) != 16 or len(change.device) != 16:
        return False
    if not all(len(parent) == 32 for parent in change.parents) or not _rises(change.parents) or not _rises([e[:3] for e in change.edits]):
        return False
    texts = [change.operator]
    for _, _, _, value in change.edits:
        if type(value) is str:
            texts.append(value)
        elif value is not None and type(value) is not bool and canonical(value) != value:
            return False
    return unicodedata.is_normalized("NFC", "\n".join(texts))  # a line feed joins with nothing, so all at once is the same as one by one


def _rises(items: Sequence[Any]) -> bool:
    """Whether each item is greater than the one before."""
    return all(map(lt, items, islice(items, 1, None)))


def canonical(value: Value, depth: int = MAX_DEPTH) -> Value:
    """The value with its texts in NFC. Raises ValueError for a float, bytes, a large number or too deep a nesting."""
    if depth == 0:
        raise ValueError("depth")
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list | tuple):
        return type(value)(canonical(part, depth - 1) for part in value)
    if isinstance(value, dict):
        return {canonical(str(name)): canonical(part, depth - 1) for name, part in sorted(value.items())}
    if value is None or isinstance(value, bool) or (isinstance(value, int) and -(2**53) <= value <= 2**53):
        return value
    raise ValueError(type(value).__name__)
