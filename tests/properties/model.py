"""The exchange protocol as a model without databases, files and keys, in the terms of the program: the yardstick of the property tests.

Our adaptation of the project's specification: `shared/protocol/model.py`. What differs: a change carries the id that the program gave
it, and all that its author had seen, because its hash names that for ever; fields are the program's own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop.exchange.have_list import PREFIX, HaveList
from desktop.store.change import Field

Value = Any
Writes = list[tuple[bytes, Value]]


@dataclass(frozen=True)
class Change:
    """One saved user action on one case. `seen` holds its parents and all that led up to them."""

    id: bytes
    case: str
    station: str
    parents: frozenset[bytes]
    seen: frozenset[bytes]
    edits: tuple[tuple[Field, Value], ...]


History = dict[bytes, Change]
"""All changes of one case that a device holds, by id; always closed under parents."""

Have = dict[str, frozenset[bytes]]
"""A have-list: the heads of each case."""


def ancestors(history: History, ids: Iterable[bytes]) -> set[bytes]:
    """The changes reachable from `ids`, themselves included; ids that are not held are ignored."""
    found: set[bytes] = set()
    for identifier in ids:
        if identifier in history:
            found |= history[identifier].seen | {identifier}
    return found


def part(history: History, ids: Iterable[bytes]) -> History:
    """The changes with these ids."""
    return {identifier: history[identifier] for identifier in ids}


def heads(history: History) -> frozenset[bytes]:
    """The changes that no other change names as a parent."""
    named = {parent for change in history.values() for parent in change.parents}
    return frozenset(history.keys() - named)


def survivors(history: History) -> dict[Field, Writes]:
    """For each field the writes that no later write replaces, in the order in which they are shown."""
    writes: dict[Field, dict[bytes, Value]] = {}
    for identifier, change in history.items():
        for name, value in change.edits:
            writes.setdefault(name, {})[identifier] = value
    kept = {}
    for name, by_change in writes.items():
        replaced = {old for i in by_change for old in history[i].seen if old in by_change}
        kept[name] = sorted((i, by_change[i]) for i in by_change if i not in replaced)
    return kept


def fold(history: History) -> dict[Field, Value]:
    """What the device shows: the first survivor of each field."""
    return {name: writes[0][1] for name, writes in survivors(history).items()}


def conflicts(history: History) -> dict[Field, set[Value]]:
    """Fields with two or more different surviving values."""
    found = {name: {value for _, value in writes} for name, writes in survivors(history).items()}
    return {name: values for name, values in found.items() if len(values) > 1}


def gives_access(name: Field) -> bool:
    """Whether the field says who may see the case."""
    return name[0] == "case" and (name[2] == "owner" or name[2].startswith("assigned:"))


class Tree:
    """Who reports to whom: station → parent."""

    def __init__(self, parents: Mapping[str, str | None]) -> None:
        self.parents = parents
        self._audiences: dict[frozenset[bytes], frozenset[str]] = {}

    def up(self, station: str) -> set[str]:
        """The station and all above it."""
        above = self.parents[station]
        return {station} | (self.up(above) if above is not None else set())

    def audience(self, history: History) -> frozenset[str]:
        """Every station that may see the case: its owner, the stations it is assigned to, and all above them, by any surviving write."""
        key = frozenset(history)
        if key not in self._audiences:
            kept = survivors(history)
            named = {value for name, writes in kept.items() if gives_access(name) for _, value in writes if value}
            self._audiences[key] = frozenset[str]().union(*(self.up(station) for station in named))
        return self._audiences[key]


@dataclass(frozen=True)
class Bundle:
    """What travels: the changes, and the have-list of its sender, which is named as the computer. `id` names the bundle."""

    id: bytes
    sender: str
    changes: tuple[Change, ...]
    have: Have


@dataclass
class Device:
    """A computer of a station. A copy of it bears its name."""

    name: str
    station: str
    tree: Tree
    cases: dict[str, History] = field(default_factory=dict)
    waiting: History = field(default_factory=dict)
    peer_have: dict[str, Have] = field(default_factory=dict)
    taken: set[bytes] = field(default_factory=set)

    def entitled(self, case: str, station: str) -> set[bytes]:
        """The changes of the case that `station` may see.

        All while it is in the audience; otherwise its own (and those of stations below it), and those that took it out, each with all
        that led up to it. A change takes a station out of a field when it replaces a value that reached the station by one that does not.
        """
        history = self.cases[case]
        if station in self.tree.audience(history):
            return set(history)
        last = {i for i, c in history.items() if station in self.tree.up(c.station)}
        for i, change in history.items():
            access = [(name, value) for name, value in change.edits if gives_access(name)]
            before = survivors(part(history, change.seen)) if access else {}
            for name, value in access:
                reached = any(station in self.tree.up(old) for _, old in before.get(name, ()) if old)
                if reached and not (value and station in self.tree.up(value)):
                    last.add(i)
        return ancestors(history, last)

    def must_get_up(self, case: str, to: str) -> set[bytes]:
        """What goes even to a station that left and does not show the case: it knows that it left, or never had the case, or lost it.

        Not in `shared/protocol/model.py`: there, what a village wrote is stuck where the township left the case and then lost it.
        """
        history = self.cases[case]
        written_here = {i for i, change in history.items() if self.station in self.tree.up(change.station)}
        return ancestors(history, written_here) if to in self.tree.up(self.station) else set()

    def have_list(self, to: str, station: str) -> Have:
        """The heads of what this computer holds of each case, as far as the station may see it or its computer `to` has shown it."""
        have = {}
        for case, history in self.cases.items():
            may = self.entitled(case, station) | ancestors(history, self.peer_have.get(to, {}).get(case, ()))
            if may:
                have[case] = heads(part(history, may))
        return have

    def lacks(self, to: str, station: str) -> set[bytes]:
        """Everything that the computer `to` of the station may see and, by its last have-list, does not hold."""
        have = self.peer_have.get(to, {})
        found: set[bytes] = set()
        for case, history in self.cases.items():
            may = self.entitled(case, station)
            if station not in self.tree.audience(history) and case not in have:
                may &= self.must_get_up(case, station)
            found |= may - ancestors(history, have.get(case, ()))
        return found

    def receive(self, bundle: Bundle) -> None:
        """Take in a bundle: late, twice, out of order or after a loss, it does no harm and nothing is lost.

        One that was taken in before is known, and what it says its sender held is not newer the second time.
        """
        if bundle.id in self.taken:
            return
        self.taken.add(bundle.id)
        self.peer_have[bundle.sender] = dict(bundle.have)
        self.waiting.update({change.id: change for change in bundle.changes})
        progress = True
        while progress:
            progress = False
            for identifier, change in list(self.waiting.items()):
                history = self.cases.get(change.case, {})
                if identifier in history or change.parents <= history.keys():
                    self.cases.setdefault(change.case, {})[identifier] = change
                    del self.waiting[identifier]
                    progress = True


def shortened(have: Have) -> HaveList:
    """A have-list as it travels."""
    return {bytes.fromhex(case): tuple(sorted(head[:PREFIX] for head in heads)) for case, heads in have.items()}


def copied(device: Device) -> Device:
    """A computer that shares nothing that changes with the first."""
    cases = {case: dict(history) for case, history in device.cases.items()}
    shown = {name: dict(have) for name, have in device.peer_have.items()}
    return Device(device.name, device.station, device.tree, cases, dict(device.waiting), shown, set(device.taken))
