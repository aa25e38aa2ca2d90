"""A change: one saved user action on one case, hashed and signed (protocol, section 1)."""

import hashlib
import unicodedata
from collections.abc import Iterable
from typing import Any

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
        if encode(change) != body or encode(_again(change)) != body:
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


def _again(change: Change) -> Change:
    """The same change built from its parts: equal only if ids have their length, order is right and all values are allowed."""
    lengths = {len(change.case), len(change.device)} == {16} and all(len(parent) == 32 for parent in change.parents)
    if not lengths or change.version != VERSION:
        raise MalformedChange("lengths or version")
    edits = {(entity, key, name): value for entity, key, name, value in change.edits}
    return make(change.case, change.device, change.operator, change.parents, change.at, edits)


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
