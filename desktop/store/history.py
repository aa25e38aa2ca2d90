"""The history of one case as a graph, and what it says: a pure function of the set of changes (protocol, section 1).

Sets of changes are bit masks over the changes' positions, so that ancestors of a history of hundreds of changes cost nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from desktop.store.change import Change, Edits, Field, Value

Mask = int
"""A set of changes: bit i stands for the change at position i."""


class Write(NamedTuple):
    """A surviving write: the id of its change, and the value."""

    change: bytes
    value: Value


Survivors = dict[Field, list[Write]]


class History:
    """The changes of one case, parents before children and closed under parents."""

    def __init__(self, changes: Iterable[tuple[bytes, Change]]) -> None:
        """Take (id, change) pairs in any order. Raises ValueError if a parent is missing."""
        self.changes: dict[bytes, Change] = dict(in_order(dict(changes)))
        self.ids: Sequence[bytes] = list(self.changes)
        self._position = {identifier: i for i, identifier in enumerate(self.ids)}
        self._closure: list[Mask] = []
        for i, change in enumerate(self.changes.values()):
            mask = 1 << i
            for parent in change.parents:
                mask |= self._closure[self._position[parent]]
            self._closure.append(mask)

    @property
    def everything(self) -> Mask:
        """The set of all changes."""
        return (1 << len(self.ids)) - 1

    def ancestors(self, ids: Iterable[bytes]) -> Mask:
        """The changes reachable from `ids`, themselves included; ids that are not held are ignored."""
        mask = 0
        for identifier in ids:
            position = self._position.get(identifier)
            if position is not None:
                mask |= self._closure[position]
        return mask

    def before(self, change: Change) -> Mask:
        """What the author of the change had before it."""
        return self.ancestors(change.parents)

    def members(self, mask: Mask) -> Iterator[bytes]:
        """The ids in a set, parents before children."""
        return (identifier for i, identifier in enumerate(self.ids) if mask >> i & 1)

    def heads(self, mask: Mask | None = None) -> list[bytes]:
        """The changes in the set (all, by default) that no other change in it names as a parent, sorted."""
        within = self.everything if mask is None else mask
        named = {parent for identifier in self.members(within) for parent in self.changes[identifier].parents}
        return sorted(identifier for identifier in self.members(within) if identifier not in named)

    def survivors(self, mask: Mask | None = None) -> Survivors:
        """For each field the writes in the set that no later write of it replaces, in the order in which they are shown.

        A write is replaced only by a write of the same field in a change that has it among its ancestors. Clocks play no part.
        """
        kept: dict[Field, list[tuple[int, Value]]] = {}
        for i, identifier in enumerate(self.ids):
            if mask is None or mask >> i & 1:
                for field, value in edits_of(self.changes[identifier]).items():
                    writes = [(j, v) for j, v in kept.get(field, ()) if not self._closure[i] >> j & 1]
                    kept[field] = [*writes, (i, value)]
        return {field: sorted((Write(self.ids[i], v) for i, v in writes), key=lambda w: w.change) for field, writes in kept.items()}

    def concurrent(self, one: bytes, other: bytes) -> bool:
        """Whether neither change was known when the other was written."""
        i, j = self._position[one], self._position[other]
        return not (self._closure[i] >> j & 1 or self._closure[j] >> i & 1)


def edits_of(change: Change) -> Edits:
    """The field writes of a change."""
    return {(entity, key, name): value for entity, key, name, value in change.edits}


def in_order(changes: dict[bytes, Change]) -> Iterator[tuple[bytes, Change]]:
    """The changes with parents before children, otherwise by id. Raises ValueError if a parent is missing."""
    children: dict[bytes, list[bytes]] = {}
    lacking = {}
    for identifier, change in changes.items():
        lacking[identifier] = len(change.parents)
        for parent in change.parents:
            children.setdefault(parent, []).append(identifier)
    ready = sorted((i for i, count in lacking.items() if count == 0), reverse=True)
    done = 0
    while ready:
        identifier = ready.pop()
        done += 1
        yield identifier, changes[identifier]
        for child in sorted(children.get(identifier, ()), reverse=True):
            lacking[child] -= 1
            if lacking[child] == 0:
                ready.append(child)
    if done != len(changes):
        raise ValueError("a parent is missing")
