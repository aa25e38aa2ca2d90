"""Changes that wait: their parents are not here yet, or only a newer program can read them (protocol, sections 1, 3 and 4).

What will never come because every computer that held it was restored from an older image is adopted by hand: what waits is written again
as changes of this computer upon what is here. The waiting changes stay, marked, and are placed if their parents do come after all: their
values are the same, so nothing comes into doubt by it.
"""

from collections.abc import Callable, Iterator
from graphlib import TopologicalSorter
from typing import NamedTuple

import msgspec

from desktop.domain.refused import Refused
from desktop.store import casebook, fold, tables
from desktop.store import change as changes
from desktop.store.casebook import Author
from desktop.store.change import Change, Edits, Held
from desktop.store.database import Database
from desktop.store.fields import ASSIGNED
from desktop.store.history import edits_of
from desktop.store.sqlcipher import translated

_ADOPTED = "adopted"


class NothingWaits(Refused):
    """Nothing waits of the case any more, or only a newer program can read what it waits for."""

    def __init__(self) -> None:
        super().__init__("这件纠纷没有可以采用的等待内容，请刷新后查看；提示要升级程序的，请先升级。")


class Group(NamedTuple):
    """What waits of one case (its id in hex): the changes by id with parents first, and the parents that nobody brought.

    `newer`: a parent did come, and only a newer program can read it.
    """

    case: str
    changes: dict[bytes, Change]
    missing: frozenset[bytes]
    newer: bool


@translated()
def groups(database: Database) -> list[Group]:
    """What waits and was not adopted, case by case; each case once."""
    rows = database.connection.execute("SELECT id, body, reason FROM waiting ORDER BY id").fetchall()
    read = {identifier: casebook.readable(body) for identifier, body, _ in rows}
    by_case: dict[bytes, dict[bytes, Change]] = {}
    for identifier, _, reason in rows:
        change = read[identifier]
        if change is not None and reason != _ADOPTED:
            by_case.setdefault(change.case, {})[identifier] = change
    return [_group(database, case, found, read) for case, found in sorted(by_case.items())]


def _group(database: Database, case: bytes, found: dict[bytes, Change], read: dict[bytes, Change | None]) -> Group:
    named = {parent for change in found.values() for parent in change.parents}
    row = tables.find(database, case)
    missing = frozenset(parent for parent in named if parent not in read and not (row and _is_here(database, row.key, parent)))
    order = TopologicalSorter({identifier: change.parents for identifier, change in found.items()}).static_order()
    placed = {identifier: found[identifier] for identifier in order if identifier in found}
    return Group(case.hex(), placed, missing, any(parent in read and read[parent] is None for parent in named))


def _is_here(database: Database, key: int, identifier: bytes) -> bool:
    query = "SELECT 1 FROM changes WHERE case_key = ? AND id = ?"
    return database.connection.execute(query, (key, identifier)).fetchone() is not None


@translated()
def unread(database: Database) -> list[bytes]:
    """The computers (16-byte ids) that wrote the changes which only a newer program can read, once for each change.

    In every version the third part of a change names its device.
    """
    bodies = database.connection.execute("SELECT body FROM waiting ORDER BY id").fetchall()
    newer = [body for (body,) in bodies if casebook.readable(body) is None]
    return [msgspec.msgpack.decode(msgspec.msgpack.decode(body, type=list[msgspec.Raw])[2], type=bytes) for body in newer]


@translated()
def adopt(database: Database, case: str, author: Author, station: str, operator: Callable[[Change], str]) -> int:
    """Write what waits of the case (id in hex) once more as changes of this computer, upon what is here. Returns how many.

    What two offices wrote side by side stays side by side. A case of which nothing is here, and of which nothing that waits says who has
    it, is given to this office (`station`) to help with, so that somebody may go on. `operator` says what stands as the operator of each.
    All in one transaction. Raises `NothingWaits`.
    """
    with database.atomic():
        group = next((one for one in groups(database) if one.case == case and not one.newer), None)
        if group is None:
            raise NothingWaits
        row = tables.find(database, bytes.fromhex(case))
        casebook.receive(database, list(_again(group, row.heads if row else [], author, station, operator)))
        rows = [(_ADOPTED, identifier) for identifier in group.changes]
        database.connection.executemany("UPDATE waiting SET reason = ? WHERE id = ?", rows)
    return len(group.changes)


def _again(group: Group, heads: list[bytes], author: Author, station: str, operator: Callable[[Change], str]) -> Iterator[Held]:
    """The changes as this computer writes them: each upon those that stand for its parents, the first ones upon what is here."""
    lonely = not heads and not any(fold.named(edits_of(change)) for change in group.changes.values())
    mirrors: dict[bytes, bytes] = {}
    for identifier, change in group.changes.items():
        edits = edits_of(change)
        if lonely and not mirrors:
            edits = _with_help(edits, station)
        parents = [mirrors[parent] for parent in change.parents if parent in mirrors] or heads
        made = changes.make(change.case, author.device, operator(change), parents, author.at, edits)
        held = casebook.signed(made, author.sign)
        mirrors[identifier] = held.id
        yield held


def _with_help(edits: Edits, station: str) -> Edits:
    return {**edits, ("case", "", ASSIGNED + station): station}
