"""Noticing that this database is older than what it wrote: it was restored, or somebody works with a copy of it (protocol, section 6).

What is lost comes back by exchange. Only the printed numbers need care: docs/decisions/011-numbers-after-a-restore.md.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from desktop.store import change as changes
from desktop.store import numbers
from desktop.store.change import Change, Held
from desktop.store.database import Database
from desktop.store.files import CannotWrite, NotAFile, write_whole
from desktop.store.numbers import Blocks
from desktop.store.sqlcipher import translated

_NUMBERED = ("case", "letter")
_LAST_DIGITS = re.compile(r"([0-9]{1,8})号$")


class Marker(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far the numbers had come: the office's id, its blocks, the last number of each series and year."""

    office: str
    blocks: Blocks
    last: dict[str, int]


def noticed(database: Database, arrived: Iterable[Held]) -> bool:
    """Look at changes that came in and that this very device signed: does the database lack one of them?

    Then it is older than its own work, or a copy of it was used, and the next numbers come from a fresh block. Call it with checked
    signatures, in the transaction of the import, before the changes are stored. Returns whether it is news that the numbers jump.
    """
    lost = [held for held in arrived if not _is_held(database, held)]
    if not lost:
        return False
    seen = {block for held in lost for block in _blocks_in(held)}
    used, in_use = msgspec.structs.astuple(numbers.blocks(database))
    if in_use is not None or not seen <= set(used):
        numbers.jump(database, seen)
    return in_use is not None  # otherwise it is more of the same, and no number was taken since


def noticed_at_opening(database: Database, office: str, path: Path) -> bool:
    """Whether the marker beside the database is ahead of it: the database file alone was put back. Then the numbers have jumped.

    The marker is written after what it tells was committed, so a crash leaves it behind the database, never before it.
    """
    marker = _read(path)
    if marker is None or marker.office != office or not _is_ahead(marker, _present(database, office)):
        return False
    numbers.jump(database, marker.blocks.used)
    return True


def remember(database: Database, office: str, path: Path) -> None:
    """Write beside the database how far its numbers have come. What cannot be written is left: it is a help, not a promise."""
    present = _present(database, office)
    if present != Marker(office, Blocks(), {}) and present != _read(path):
        with suppress(CannotWrite, NotAFile):
            write_whole(path, msgspec.json.encode(present) + b"\n")


def _present(database: Database, office: str) -> Marker:
    return Marker(office, numbers.blocks(database), numbers.taken(database))


def _read(path: Path) -> Marker | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Marker)
    except (OSError, msgspec.DecodeError, UnicodeError):
        return None


def _is_ahead(marker: Marker, present: Marker) -> bool:
    """Whether the marker knows a block or a jump that the database does not, or a later number in the block that both have in use."""
    theirs, ours = marker.blocks, present.blocks
    if not set(theirs.used) <= set(ours.used):
        return True
    if theirs.in_use is None:
        return len(theirs.used) == len(ours.used) and ours.in_use is not None
    if theirs.in_use != ours.in_use:
        return False
    here = {key: last for key, last in marker.last.items() if numbers.block_of(last) == ours.in_use}
    mine = {key: last for key, last in present.last.items() if numbers.block_of(last) == ours.in_use}
    return any(mine.get(key, 0) < last for key, last in here.items())


@translated()
def _is_held(database: Database, held: Held) -> bool:
    """Whether the change is stored, or waits already for others: then it was noticed when it came first."""
    connection = database.connection
    if connection.execute("SELECT 1 FROM waiting WHERE id = ?", (held.id,)).fetchone():
        return True
    change = _readable(held)
    query = "SELECT 1 FROM cases JOIN changes ON changes.case_key = cases.key WHERE cases.uuid = ? AND changes.id = ?"
    return change is not None and connection.execute(query, (change.case, held.id)).fetchone() is not None


def _blocks_in(held: Held) -> Iterator[int]:
    """The blocks of the numbers that the change gave to cases and letters."""
    change = _readable(held)
    for entity, _, field, value in change.edits if change else ():
        found = _LAST_DIGITS.search(value) if entity in _NUMBERED and field == "number" and isinstance(value, str) else None
        if found:
            yield numbers.block_of(int(found[1]))


def _readable(held: Held) -> Change | None:
    try:
        return changes.decode(held.body)
    except changes.MalformedChange:
        return None
