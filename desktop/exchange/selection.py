"""What a bundle carries for its receiver: the changes it may see and lacks, and what the sender holds (protocol, section 3)."""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from desktop.exchange import audience
from desktop.exchange.directory import Directory
from desktop.store import casebook
from desktop.store.casebook import Held
from desktop.store.database import Database
from desktop.store.history import History, Mask
from desktop.store.sqlcipher import translated
from desktop.store.tables import unpack_heads

PREFIX = 8
"""Bytes of a head's id in a have-list."""

HaveList = dict[bytes, tuple[bytes, ...]]
"""Case id (16 bytes) → the first 8 bytes of each head."""


class Selection(NamedTuple):
    """The contents of a bundle: changes with parents before children, the cases that they belong to, and the have-list."""

    changes: list[Held]
    cases: frozenset[bytes]
    have: HaveList


class _Row(NamedTuple):
    key: int
    uuid: bytes
    heads: list[bytes]
    reach: frozenset[str]
    ever: frozenset[str]


@translated()
def select(database: Database, directory: Directory, sender: str, station: str, device: bytes) -> Selection:
    """What the sender's station sends to a device of another station. Reading it changes nothing."""
    have = have_of(database, device)
    changes: list[Held] = []
    cases: set[bytes] = set()
    ours: HaveList = {}
    for row in _rows(database):
        part = _of_case(database, directory, row, sender, station, have.get(row.uuid))
        if part.have:
            ours[row.uuid] = part.have
        if part.changes:
            changes += part.changes
            cases.add(row.uuid)
    return Selection(changes, frozenset(cases), ours)


class _Part(NamedTuple):
    changes: list[Held]
    have: tuple[bytes, ...]


def _of_case(database: Database, directory: Directory, row: _Row, sender: str, station: str, known: tuple[bytes, ...] | None) -> _Part:
    inside = station in audience.above(row.reach, directory)
    if inside and known is not None and set(known) == set(_prefixes(row.heads)):
        return _Part([], tuple(sorted(known)))
    if not inside and known is None and station not in audience.above(row.ever, directory):
        return _Part([], ())
    history = casebook.history_of(database, row.key)
    may = may_see(history, station, directory)
    shown = history.ancestors(_resolved(history, known or ()))
    held = may | shown
    have = _prefixes(history.heads(held)) if held else ()
    if not inside and known is None:
        may &= _must_get_up(history, sender, station, directory)
    return _Part(_held(database, row.key, history, may & ~shown), have)


def _must_get_up(history: History, sender: str, station: str, directory: Directory) -> Mask:
    """What goes even to a station that left and does not show the case: it knows that it left, or never had the case, or lost it.

    Through a station above goes the only way up for what was written here, so that gets there whatever the station above has lost.
    """
    if station not in directory.up(sender):
        return 0
    return history.ancestors(i for i, change in history.changes.items() if directory.wrote_below(change.device, sender))


def may_see(history: History, station: str, directory: Directory) -> Mask:
    """The changes of a case that a station may see."""
    return audience.entitled(history, station, directory)


def _held(database: Database, key: int, history: History, mask: Mask) -> list[Held]:
    if not mask:
        return []
    stored = {held.id: held for held in casebook.held_changes(database, key)}
    return [stored[identifier] for identifier in history.members(mask)]


def _prefixes(heads: list[bytes]) -> tuple[bytes, ...]:
    return tuple(sorted(head[:PREFIX] for head in heads))


def _resolved(history: History, prefixes: tuple[bytes, ...]) -> Iterator[bytes]:
    return (identifier for identifier in history.ids if identifier[:PREFIX] in prefixes)


def _rows(database: Database) -> Iterator[_Row]:
    found = database.connection.execute("SELECT key, uuid, heads, reach, ever FROM cases ORDER BY key")
    for key, uuid, heads, reach, ever in found:
        yield _Row(key, uuid, unpack_heads(heads), frozenset(reach.split()), frozenset(ever.split()))


def pack_have(have: HaveList) -> bytes:
    """A have-list as bytes, cases in order."""
    return msgspec.msgpack.encode([(uuid, b"".join(have[uuid])) for uuid in sorted(have)])


def unpack_have(data: bytes) -> HaveList:
    """The inverse of `pack_have`. Raises ValueError for other bytes."""
    have: HaveList = {}
    for uuid, heads in msgspec.msgpack.decode(data, type=list[tuple[bytes, bytes]]):
        if len(uuid) != 16 or not heads or len(heads) % PREFIX:
            raise ValueError("have-list")
        have[uuid] = tuple(heads[i : i + PREFIX] for i in range(0, len(heads), PREFIX))
    return have


def have_of(database: Database, device: bytes) -> HaveList:
    """The newest have-list that arrived from a device; empty if none did."""
    row = database.connection.execute("SELECT have FROM peers WHERE device = ?", (device,)).fetchone()
    return unpack_have(row[0]) if row else {}
