"""Have-lists (持有清单): which heads a computer holds of each case that it shares with another (protocol, sections 3 and 8).

A list has a digest, the sum of the hashes of its entries: it names a state without counters, and follows a change of one entry without
reading the others. A list travels whole, or as its difference from one that its receiver is known to have.
"""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

import msgspec

from desktop.exchange import blocks
from desktop.exchange.bundle import Section
from desktop.exchange.envelope import BundleDamaged

PREFIX = 8
"""Bytes of a head's id in a have-list."""

HaveList = dict[bytes, tuple[bytes, ...]]
"""Case id (16 bytes) → the first 8 bytes of each head, sorted."""

Entry = tuple[bytes, bytes]
"""Case id, and the beginnings of its heads, sorted and joined; none: the case is not shown any more."""

EMPTY = bytes(16)
"""The digest of the empty list."""

_IN_BLOCK = 20_000
_NAMESPACE = b"fengqiao/have/1\x00"


class Head(NamedTuple):
    """What a have-list says of itself.

    `base` is the digest of the list that it differs from (empty: it is whole), `digest` its own, `known` the digests of the receiver's
    lists that its sender has.
    """

    base: bytes
    digest: bytes
    known: tuple[bytes, ...]


class Arrived(NamedTuple):
    """A have-list that came; `entries` are read from the bundle as they are asked for."""

    head: Head
    entries: Iterator[Entry]


def join_heads(heads: Iterable[bytes]) -> bytes:
    """The beginnings of heads as an entry has them."""
    return b"".join(sorted(head[:PREFIX] for head in heads))


def split_heads(joined: bytes) -> tuple[bytes, ...]:
    """The inverse of `join_heads`."""
    return tuple(joined[i : i + PREFIX] for i in range(0, len(joined), PREFIX))


def moved(digest: bytes, uuid: bytes, before: bytes, after: bytes) -> bytes:
    """The digest of a list after one entry changed."""
    total = int.from_bytes(digest, "big") - _weight(uuid, before) + _weight(uuid, after)
    return (total % 2**128).to_bytes(16, "big")


def _weight(uuid: bytes, heads: bytes) -> int:
    return int.from_bytes(hashlib.sha256(_NAMESPACE + uuid + heads).digest()[:16], "big") if heads else 0


def pack(head: Head, entries: Iterable[Entry]) -> Iterator[bytes]:
    """The part `have` in blocks: first the head, then the entries."""
    yield blocks.packed(msgspec.msgpack.encode(head))
    iterator = iter(entries)
    while some := list(islice(iterator, _IN_BLOCK)):
        yield blocks.packed(msgspec.msgpack.encode(some))


def read(section: Section) -> Arrived:
    """The have-list of a bundle. Raises `BundleDamaged`, also while the entries are read."""
    raw = section.blocks()
    try:
        head = msgspec.msgpack.decode(next(raw, b""), type=Head)
    except msgspec.DecodeError:
        raise BundleDamaged from None
    if len(head.base) not in (0, 16) or len(head.digest) != 16 or any(len(one) != 16 for one in head.known):
        raise BundleDamaged
    return Arrived(head, (entry for block in raw for entry in _entries(block)))


def read_first_format(section: Section) -> Arrived:
    """The have-list of a bundle of the first format: one block with the whole list."""
    raw = list(section.blocks())
    if len(raw) != 1:
        raise BundleDamaged
    entries = _entries(raw[0])
    digest = EMPTY
    for uuid, heads in entries:
        digest = moved(digest, uuid, b"", heads)
    return Arrived(Head(b"", digest, ()), iter(entries))


def _entries(raw: bytes) -> list[Entry]:
    try:
        entries = msgspec.msgpack.decode(raw, type=list[tuple[bytes, bytes]])
    except msgspec.DecodeError:
        raise BundleDamaged from None
    for uuid, heads in entries:
        if len(uuid) != 16 or len(heads) % PREFIX or heads != join_heads(split_heads(heads)):
            raise BundleDamaged
    return entries


def split_digests(joined: bytes) -> tuple[bytes, ...]:
    """Digests of lists that are kept joined."""
    return tuple(joined[i : i + 16] for i in range(0, len(joined), 16))
