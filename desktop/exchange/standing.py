"""How one case stands with one partner: what it may see, what we would show, what it lacks (protocol, sections 2 and 3)."""

from collections.abc import Iterator
from typing import NamedTuple

from desktop.exchange import audience
from desktop.exchange.directory import Directory
from desktop.exchange.have_list import PREFIX, join_heads, split_heads
from desktop.store import blobs, casebook
from desktop.store.database import Database
from desktop.store.history import History, Mask
from desktop.store.tables import unpack_heads


class Standing(NamedTuple):
    """What the table of cases says of one: local key, id (16 bytes), heads joined, and the stations that it reaches or ever reached."""

    key: int
    uuid: bytes
    heads: bytes
    reach: frozenset[str]
    ever: frozenset[str]


class Share(NamedTuple):
    """A case between us and a partner: its history, what the partner may see, has shown, is to be sent, and what we would show."""

    history: History
    may: Mask
    shown: Mask
    lacks: Mask
    ours: bytes


def stands(database: Database, directory: Directory, case: Standing, sender: str, station: str, theirs: bytes) -> tuple[bytes, bool]:
    """What we would show of the case to a computer of the station that shows `theirs`, and whether it lacks something."""
    if station in audience.above(case.reach, directory):
        ours = join_heads(unpack_heads(case.heads))
        return ours, ours != theirs and not set(split_heads(ours)) <= set(split_heads(theirs))
    share = share_of(casebook.history_of(database, case.key), directory, sender, station, theirs)
    return share.ours, bool(share.lacks)


def share_of(history: History, directory: Directory, sender: str, station: str, theirs: bytes) -> Share:
    """The case between the sender's station and a computer of the station that shows `theirs`."""
    inside = station in audience.audience(history.survivors(), directory)
    may = history.everything if inside else audience.entitled(history, station, directory)
    shown = history.ancestors(_resolved(history, split_heads(theirs)))
    held = may | shown
    lacks = may & ~shown
    if not inside and not theirs:
        lacks &= _must_get_up(history, sender, station, directory)
    return Share(history, may, shown, lacks, join_heads(history.heads(held)) if held else b"")


def contents_of(history: History, mask: Mask) -> set[bytes]:
    """The contents (SHA-256) that these changes name."""
    edits = (edit for identifier in history.members(mask) for edit in history.changes[identifier].edits)
    return {bytes.fromhex(value) for entity, _, name, value in edits if (entity, name) in blobs.NAMING}


def _must_get_up(history: History, sender: str, station: str, directory: Directory) -> Mask:
    """What goes even to a station that left and does not show the case: it knows that it left, or never had the case, or lost it.

    Through a station above goes the only way up for what was written here, so that gets there whatever the station above has lost.
    """
    if station not in directory.up(sender):
        return 0
    return history.ancestors(i for i, change in history.changes.items() if directory.wrote_below(change.device, sender))


def _resolved(history: History, prefixes: tuple[bytes, ...]) -> Iterator[bytes]:
    return (identifier for identifier in history.ids if identifier[:PREFIX] in prefixes)
