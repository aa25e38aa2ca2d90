"""What comes from elsewhere: placed case by case as it streams in, written for many cases at once (protocol, section 4)."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from desktop.store import change as changes
from desktop.store import fields, fold, tables
from desktop.store.change import Arrived, Change, Held
from desktop.store.database import Database
from desktop.store.filing import Batch, Filed
from desktop.store.fold import State
from desktop.store.history import History, Write

Refold = Callable[[Database, int], None]
"""Makes the tables of the case with this key from its stored changes alone."""

_MANY = 1000
"""Changes after which what was gathered is written."""


class _Sorted(NamedTuple):
    """Some changes of one case, in order: those that can be placed, the heads if each of them follows upon all before it, the rest."""

    placed: list[Arrived]
    heads: list[bytes] | None
    aside: list[Arrived]


class Intake:
    """One import. Memory holds the changes of one case and the rows of some cases, however much comes.

    Attributes:
        cases: ids of the cases that got changes.
        fresh: those of them that were not here before.
        changes: how many changes were placed.
    """

    def __init__(self, database: Database, refold: Refold) -> None:
        self.cases: set[bytes] = set()
        self.fresh: set[bytes] = set()
        self.changes = 0
        self._database = database
        self._refold = refold
        self._batch = Batch(database)

    def take(self, arrived: Iterable[Arrived]) -> None:
        """Place what can be placed and put the rest aside. Quick where the changes of a case come together, parents before children."""
        for case, group in groupby(arrived, key=_case):
            if case is None:
                self._batch.put_aside(group)
            else:
                self._take(case, group)
        self._batch.write()
        self._take_waiting()
        self._batch.write()

    def _take(self, case: bytes, group: Iterable[Arrived]) -> None:
        if case in self._batch.cases:
            self._batch.write()  # what is asked for below must be in the tables
        row = tables.find(self._database, case)
        found = _sort(self._database, row, group)
        self._batch.put_aside(found.aside)
        if found.placed:
            self._place(case, row, found)
        if self._batch.size >= _MANY:
            self._batch.write()

    def _place(self, case: bytes, row: tables.CaseRow | None, found: _Sorted) -> None:
        self.cases.add(case)
        self.changes += len(found.placed)
        if row is None:
            self.fresh.add(case)
            self._batch.add(self._batch.new_key(), _fresh(case, found), found.placed)
        elif found.heads is not None:
            self._batch.add(row.key, _continued(self._database, case, row.key, found), found.placed)
        else:
            self._batch.write()
            self._batch.keep(row.key, found.placed)
            self._batch.write()
            self._refold(self._database, row.key)

    def _take_waiting(self) -> None:
        """Place every waiting change whose parents are here by now, or that the program has learnt to read."""
        connection = self._database.connection
        ready = list(_placeable(self._database, _waiting(self._database)))
        for case, group in groupby(sorted(ready, key=lambda one: one[0]), key=lambda one: one[0]):  # sorted keeps parents before children
            ids = [identifier for _, identifier in group]
            rows = [connection.execute("SELECT id, body, signature FROM waiting WHERE id = ?", (one,)).fetchone() for one in ids]
            self._take(case, map(read, map(Held._make, rows)))
            connection.executemany("DELETE FROM waiting WHERE id = ?", [(identifier,) for identifier in ids])


def read(held: Held) -> Arrived:
    """The stored change with what it says."""
    return Arrived(held, readable(held.body))


def readable(body: bytes) -> Change | None:
    """The change, or None if a newer program wrote it: an unknown version, an unknown field or a value of an unknown type.

    Raises `MalformedChange` for a body of this version that is not canonical.
    """
    try:
        change = changes.decode(body)
    except changes.MalformedChange:
        if changes.version_of(body) == changes.VERSION:
            raise
        return None
    return change if fields.are_known(change.edits) else None


def _case(one: Arrived) -> bytes | None:
    return one.change.case if one.change else None


def _sort(database: Database, row: tables.CaseRow | None, group: Iterable[Arrived]) -> _Sorted:
    """Which changes of a case are new and can be placed. The ids that the case has are only asked for where a change is no plain sequel."""
    heads: list[bytes] | None = row.heads if row else []
    held: set[bytes] | None = None if row else set()
    found = _Sorted([], None, [])
    for one in group:
        identifier, parents = one.held.id, one.change.parents if one.change else ()
        if heads is not None and heads == list(parents):
            heads = [identifier]
        else:
            if held is None:
                held = _ids(database, row).union(earlier.held.id for earlier in found.placed)
            if identifier in held:
                continue
            if not held.issuperset(parents):
                found.aside.append(one)
                continue
            heads = None
        found.placed.append(one)
        if held is not None:
            held.add(identifier)
    return found._replace(heads=heads)


def _ids(database: Database, row: tables.CaseRow | None) -> set[bytes]:
    key = row.key if row else None
    return {identifier for (identifier,) in database.connection.execute("SELECT id FROM changes WHERE case_key = ?", (key,))}


def _fresh(case: bytes, found: _Sorted) -> Filed:
    """A case of which nothing was here."""
    stations = _stations(found.placed)
    if found.heads is not None:
        return Filed(case, found.heads, _after({}, found.placed), stations, None)
    history = History((one.held.id, one.change) for one in found.placed if one.change)
    return Filed(case, history.heads(), fold.from_history(history), stations, None)


def _continued(database: Database, case: bytes, key: int, found: _Sorted) -> Filed:
    """A case whose new changes each follow upon all before it."""
    touched = {(entity, name) for one in found.placed if one.change for entity, name, _, _ in one.change.edits}
    state = _after(tables.state(database, key), found.placed)
    return Filed(case, found.heads or [], state, _stations(found.placed), touched)


def _after(state: State, placed: Iterable[Arrived]) -> State:
    """As `fold.extended`, for many changes."""
    for held, change in placed:
        if change:
            for entity, key, name, value in change.edits:
                state[entity, key, name] = [Write(held.id, value)]
    return state


def _stations(placed: Iterable[Arrived]) -> frozenset[str]:
    edits = ({edit[:3]: edit[3] for edit in change.edits if edit[0] == "case"} for _, change in placed if change)
    return frozenset[str]().union(*map(fold.named, edits))


class _Graph(NamedTuple):
    case: bytes
    parents: tuple[bytes, ...]


def _waiting(database: Database) -> dict[bytes, _Graph]:
    """What waits and can be read, by id, without its contents. What came by another way meanwhile waits no longer."""
    waiting = {}
    came = []
    for identifier, body in database.connection.execute("SELECT id, body FROM waiting ORDER BY id"):
        change = readable(body)
        if change is None:
            continue
        if _holds(database, change.case, identifier):
            came.append((identifier,))
        else:
            waiting[identifier] = _Graph(change.case, change.parents)
    database.connection.executemany("DELETE FROM waiting WHERE id = ?", came)
    return waiting


def _placeable(database: Database, waiting: dict[bytes, _Graph]) -> Iterator[tuple[bytes, bytes]]:
    """The case and the id of what can be placed, parents before children; a parent must be of the same case."""
    children: dict[bytes, list[bytes]] = {}
    lacking: dict[bytes, set[bytes]] = {}
    for identifier, (case, parents) in waiting.items():
        lacking[identifier] = {parent for parent in parents if not _holds(database, case, parent)}
        for parent in lacking[identifier]:
            children.setdefault(parent, []).append(identifier)
    ready = [identifier for identifier, parents in lacking.items() if not parents]
    while ready:
        identifier = ready.pop()
        yield waiting[identifier].case, identifier
        for child in children.get(identifier, ()):
            if waiting[child].case == waiting[identifier].case:
                lacking[child].discard(identifier)
                if not lacking[child]:
                    ready.append(child)


def _holds(database: Database, case: bytes, identifier: bytes) -> bool:
    query = "SELECT 1 FROM cases JOIN changes ON changes.case_key = cases.key WHERE cases.uuid = ? AND changes.id = ?"
    return database.connection.execute(query, (case, identifier)).fetchone() is not None
