"""What a bundle carries for its receiver: the changes and contents that it may see and lacks (protocol, section 3)."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from desktop.exchange import books, vouching
from desktop.exchange.books import Link
from desktop.exchange.device import Member
from desktop.exchange.have_list import join_heads
from desktop.exchange.standing import contents_of, share_of
from desktop.store import blobs, casebook
from desktop.store.casebook import Held
from desktop.store.database import Database
from desktop.store.history import History, Mask
from desktop.store.tables import find


class Piece(NamedTuple):
    """What goes of one case: changes with parents before children, contents as SHA-256 (hex) and bytes, and the heads that it then has."""

    uuid: bytes
    changes: list[Held]
    blobs: list[tuple[str, int]]
    heads: bytes


def pieces(database: Database, me: Member, link: Link, station: str) -> Iterator[Piece]:
    """What a computer of the station lacks, case by case. The books must be up to date."""
    asked = books.wanted(database, link)
    sent: set[bytes] = set()
    for uuid in sorted({*books.open_cases(database, link), *asked}):
        row = find(database, uuid)
        if row is None:
            continue
        theirs = books.theirs_of(database, link, uuid)
        share = share_of(casebook.history_of(database, row.key), me.directory, me.station.id, station, theirs)
        named = contents_of(share.history, share.lacks) | (asked.get(uuid, set()) & contents_of(share.history, share.may))
        contents = _held_contents(database, named - sent)
        sent |= named
        lacking = _held(database, row.key, share.history, share.lacks)
        if share.may != share.history.everything and not vouching.are_good(lacking, me.directory.key_of):
            continue  # its receiver would have to refuse the bundle: protocol, section 8
        if lacking or contents:
            yield Piece(uuid, lacking, contents, join_heads(share.history.heads(share.lacks | share.shown)))


def _held(database: Database, key: int, history: History, mask: Mask) -> list[Held]:
    if not mask:
        return []
    stored = {held.id: held for held in casebook.held_changes(database, key)}
    return [stored[identifier] for identifier in history.members(mask)]


def _held_contents(database: Database, named: Iterable[bytes]) -> list[tuple[str, int]]:
    sizes = ((sha256.hex(), blobs.size(database, sha256.hex())) for sha256 in sorted(named))
    return [(sha256, size) for sha256, size in sizes if size is not None]
