"""Six offices with real encrypted databases, and the sticks between them that get lost, doubled and overtaken.

The steps are those of `shared/protocol/check.py` and three more: a case is handed over, and a window stays open while an import comes.
Where the world runs in lockstep, the model does every step too, and must agree about everything.
"""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from desktop.domain.case import Case
from desktop.domain.visit import Visit
from desktop.exchange import receiving
from desktop.exchange.have_list import PREFIX, HaveList
from desktop.store import casebook, fold
from desktop.store.change import change_id
from desktop.store.history import edits_of
from tests.exchange.computers import read, written
from tests.exchange.offices import AT, PARENTS, County, Seat, reopen
from tests.properties import model
from tests.properties.model import History, Tree
from tests.store.dump import dump

STATIONS = tuple(PARENTS)
LINKS = [(a, b) for a, b in PARENTS.items() if b] + [(b, a) for a, b in PARENTS.items() if b]
CASES = {f"{1:032x}": "v1", f"{2:032x}": "v3"}
CLOCKS = (AT, "1970-01-01T00:00:00+00:00", "2099-12-31T23:59:59-12:00", "not a time")

Step = tuple[Any, ...]
"""A kind and what it needs: stations by name, cases by 0 and 1."""


class Stick(NamedTuple):
    """A bundle on its way, and what is in it."""

    sender: str
    receiver: str
    data: bytes
    digest: bytes
    changes: frozenset[bytes]
    have: HaveList


class Site:
    """The computer of one office."""

    def __init__(self, name: str, seat: Seat, folder: Path) -> None:
        self.name = name
        self.seat = seat
        self.path = folder / f"{name}.db"
        self.backup_image: bytes | None = None
        self.opened: dict[str, Case] = {}
        self.database = seat.open(self.path)

    def held(self, case: str) -> frozenset[bytes]:
        """The ids of the changes that the database holds of a case."""
        query = "SELECT changes.id FROM changes JOIN cases ON cases.key = case_key WHERE uuid = ?"
        return frozenset(row[0] for row in self.database.connection.execute(query, (bytes.fromhex(case),)))

    def waiting(self) -> frozenset[bytes]:
        """The ids of the changes that wait for others."""
        return frozenset(row[0] for row in self.database.connection.execute("SELECT id FROM waiting"))

    def known(self) -> tuple[object, ...]:
        """What an exchange may change: when it stays the same everywhere, all is settled."""
        shown = self.database.connection.execute("SELECT link, uuid, theirs FROM shares ORDER BY link, uuid").fetchall()
        return [self.held(case) for case in CASES], self.waiting(), shown

    def backup(self) -> None:
        """Keep a copy of the whole database."""
        self.database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        self.backup_image = self.path.read_bytes()

    def restore(self) -> None:
        """Put the copy in the database's place, if there is one; the program starts anew."""
        if self.backup_image is not None:
            self.database.close()
            self.path.write_bytes(self.backup_image)
            self.database = reopen(self.path)
            self.opened.clear()


class World:
    """All offices, the sticks in the air, and every change that was ever written."""

    def __init__(self, county: County, folder: Path, *, lockstep: bool = False) -> None:
        self.tree = Tree(PARENTS)
        self.folder = folder
        self.sites = {name: Site(name, seat, folder) for name, seat in county.seats.items()}
        self.flying: list[Stick] = []
        self.written: History = {}
        self.restored = False
        self.count = 0
        self.models = {name: model.Device(name, self.tree) for name in STATIONS} if lockstep else None
        self.model_backups: dict[str, model.Device] = {}
        for case, owner in CASES.items():
            fresh = Case(id=case, type="邻里", registered_on=date(2025, 3, 14), summary="起因", parties=(), owner=owner)
            self._commit(self.sites[owner], None, fresh)

    def close(self) -> None:
        """Close all databases."""
        for site in self.sites.values():
            site.database.close()

    def history(self, station: str, case: str) -> History:
        """What the station holds of a case, in the terms of the model."""
        return model.part(self.written, self.sites[station].held(case))

    def step(self, step: Step) -> str | None:
        """Do one step, as far as it is possible now. Returns the station whose database it changed, if any."""
        kind, *arguments = step
        if kind in WRITES:
            return self._write(kind, *arguments)
        others: tuple[Callable[..., str | None], ...] = (self._send, self._deliver, self._sync, self._backup, self._restore)
        return {other.__name__: other for other in others}[f"_{kind}"](*arguments)

    # --- writing -----------------------------------------------------------------------------------------------------------------------

    def _write(self, kind: str, station: str, number: int, *arguments: str) -> str | None:
        case, site = list(CASES)[number], self.sites[station]
        history = self.history(station, case)
        if not history or station not in self.tree.audience(history):
            return None
        present = casebook.load(site.database, case)
        if kind == "open":
            site.opened[case] = present
            return None
        before = site.opened.get(case, present) if kind == "save" else present
        self.count += 1
        self._commit(site, before, WRITES[kind](before, str(self.count), station, *arguments))
        return station

    def _commit(self, site: Site, before: Case | None, after: Case) -> None:
        earlier = site.held(after.id)
        saved = casebook.commit(site.database, before, after, site.seat.author(CLOCKS[self.count % len(CLOCKS)]))
        assert casebook.load(site.database, after.id) == saved
        for identifier in site.held(after.id) - earlier:
            self._note(site, identifier)

    def _note(self, site: Site, identifier: bytes) -> None:
        """Keep what was written for the checks, as the model sees it."""
        (body,) = site.database.connection.execute("SELECT body FROM changes WHERE id = ?", (identifier,)).fetchone()
        change = casebook.readable(body)
        assert change is not None
        assert change_id(body) == identifier
        seen = frozenset(change.parents).union(*(self.written[parent].seen for parent in change.parents))
        edits = tuple(edits_of(change).items())
        noted = model.Change(identifier, change.case.hex(), site.name, frozenset(change.parents), seen, edits)
        self.written[identifier] = noted
        if self.models:
            self.models[site.name].cases.setdefault(noted.case, {})[identifier] = noted
            self._compare(site.name)

    # --- sticks ------------------------------------------------------------------------------------------------------------------------

    def export(self, sender: str, receiver: str) -> Stick:
        """A real bundle, and what its receiver will read in it."""
        site, other = self.sites[sender], self.sites[receiver].seat
        (data,) = written(site.database, site.seat.me, other.me.station)
        found = read(data, other.keys)
        stick = Stick(sender, receiver, data, found.digest, frozenset(held.id for held in found.changes), found.have)
        if self.models:
            expected = self.models[sender].export(receiver)
            assert stick.changes == {change.id for change in expected.changes}, f"{sender} sends other changes to {receiver} than the model"
            assert stick.have == shortened(expected.have), f"{sender} shows another have-list to {receiver} than the model"
        return stick

    def take_in(self, stick: Stick) -> None:
        """Import a bundle at its receiver."""
        site = self.sites[stick.receiver]
        receiving.take_in(site.database, site.seat.me, BytesIO(stick.data), AT)
        if self.models:
            self.models[stick.receiver].receive(self._in_model(stick))
            self._compare(stick.receiver)

    def _in_model(self, stick: Stick) -> model.Bundle:
        full = {identifier[:PREFIX]: identifier for identifier in self.written}
        have = {case.hex(): frozenset(full[head] for head in heads) for case, heads in stick.have.items()}
        return model.Bundle(stick.digest, stick.sender, stick.receiver, tuple(self.written[i] for i in sorted(stick.changes)), have)

    def _send(self, link: tuple[str, str]) -> None:
        self.flying.append(self.export(*link))

    def _deliver(self, number: int, stays_away: bool) -> str | None:
        if not self.flying:
            return None
        stick = self.flying[number % len(self.flying)]
        self.take_in(stick)
        if stays_away:
            self.flying.remove(stick)
        else:
            self.take_in_again(stick)
        return stick.receiver

    def take_in_again(self, stick: Stick) -> None:
        """Import a bundle that was the last to come: nothing but the log of imports may change."""
        database = self.sites[stick.receiver].database
        before = dump(database, without=("bundles",))
        self.take_in(stick)
        assert dump(database, without=("bundles",)) == before, "importing again changes something"

    def _sync(self, link: tuple[str, str]) -> str:
        self.take_in(self.export(*link))
        return link[1]

    # --- copies ------------------------------------------------------------------------------------------------------------------------

    def _backup(self, station: str) -> None:
        self.sites[station].backup()
        if self.models:
            self.model_backups[station] = copied(self.models[station])

    def _restore(self, station: str) -> str:
        self.sites[station].restore()
        self.restored = True
        if self.models and station in self.model_backups:
            self.models[station] = copied(self.model_backups[station])
            self._compare(station)
        return station

    # --- lockstep ----------------------------------------------------------------------------------------------------------------------

    def _compare(self, station: str) -> None:
        """The program holds, shows and doubts the same as the model."""
        assert self.models
        site, expected = self.sites[station], self.models[station]
        assert site.waiting() == expected.waiting.keys(), f"{station} waits for other changes than the model"
        for case in CASES:
            history = expected.cases.get(case, {})
            assert site.held(case) == history.keys(), f"{station} holds other changes than the model"
            if history:
                state = casebook.state_of(site.database, case)
                assert fold.shown(state) == model.fold(history), f"{station} shows something else than the model"
                doubts = {name: {write.value for write in writes} for name, writes in fold.conflicts(state).items()}
                assert doubts == model.conflicts(history), f"{station} doubts something else than the model"


def shortened(have: model.Have) -> HaveList:
    """A have-list of the model as it travels."""
    return {bytes.fromhex(case): tuple(sorted(head[:PREFIX] for head in heads)) for case, heads in have.items()}


def copied(device: model.Device) -> model.Device:
    """A model that shares nothing that changes with the first."""
    cases = {case: dict(history) for case, history in device.cases.items()}
    return model.Device(device.name, device.tree, cases, dict(device.waiting), dict(device.peer_have), set(device.taken))


def _edit(case: Case, text: str, _: str, name: str) -> Case:
    return msgspec.structs.replace(case, **{name: text})


def _note(case: Case, text: str, station: str) -> Case:
    return msgspec.structs.replace(case, visits=(*case.visits, Visit(id=f"{int(text):032x}", note=station)))


def _save(case: Case, text: str, _: str) -> Case:
    return msgspec.structs.replace(case, summary=text)


def _assign(case: Case, _: str, __: str, other: str) -> Case:
    return msgspec.structs.replace(case, assigned=tuple(sorted({*case.assigned, other})))


def _unassign(case: Case, _: str, __: str, other: str) -> Case:
    return msgspec.structs.replace(case, assigned=tuple(name for name in case.assigned if name != other))


def _hand_over(case: Case, _: str, __: str, other: str) -> Case:
    return msgspec.structs.replace(case, owner=other)


WRITES: dict[str, Callable[..., Case]] = {
    "edit": _edit,
    "note": _note,
    "open": _save,
    "save": _save,
    "assign": _assign,
    "unassign": _unassign,
    "hand over": _hand_over,
}
"""How each kind of step changes a case: from the case, a new text, the station that writes, and the step's own arguments."""
