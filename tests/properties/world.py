"""Offices with real encrypted databases, and the sticks between them that get lost, doubled, split and overtaken.

The steps are those of `shared/protocol/check.py` and more: a case is handed over, a window stays open while an import comes, papers are
put in, doubts are settled, receipt codes are typed in, computers are copied and revoked. Where the world runs in lockstep, the model does
every step too, and must agree about everything.
"""

from collections.abc import Callable, Iterable
from datetime import date
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desktop.domain.case import Case
from desktop.exchange import directory as directories
from desktop.exchange import keys, receipt, receiving, sending
from desktop.exchange.have_list import EMPTY, PREFIX, HaveList, moved, split_heads
from desktop.exchange.receipt import UnknownCode
from desktop.exchange.receiving import RevokedSender
from desktop.store import blobs, casebook, fold, settling
from desktop.store.change import change_id
from desktop.store.history import edits_of
from tests.exchange.computers import Sent, read, written
from tests.exchange.offices import AT, PARENTS, County
from tests.properties import model
from tests.properties.model import History, Tree
from tests.properties.site import CASES, CLONES, STATIONS, Believed, Site, Stick
from tests.properties.steps import WRITES
from tests.store.dump import dump

CLOCKS = (AT, "1970-01-01T00:00:00+00:00", "2099-12-31T23:59:59-12:00", "not a time")

Step = tuple[Any, ...]
"""A kind and what it needs: computers and stations by name, cases by 0 and 1. What cannot be done just now is not done."""


class World:
    """All computers, the sticks in the air, and every change that was ever written."""

    def __init__(self, county: County, folder: Path, computers: Iterable[str] = STATIONS, *, lockstep: bool = False) -> None:
        self.tree = Tree(PARENTS)
        self.county = county
        self.folder = folder
        self.sites = {name: Site(name, county.seats[name], folder / f"{name}.db") for name in computers}
        self.flying: list[Stick] = []
        self.taken: list[tuple[Stick, str]] = []
        self.written: History = {}
        self.lists: dict[tuple[bytes, str], set[Believed]] = {}
        self.revoked: dict[bytes, int] = {}
        self.restored = False
        self.confirmed = False
        self.count = 0
        stations = {name: site.station for name, site in self.sites.items()}
        self.models = {name: model.Device(name, station, self.tree) for name, station in stations.items()} if lockstep else None
        self.model_backups: dict[str, model.Device] = {}
        for case, owner in CASES.items():
            fresh = Case(id=case, type="邻里", registered_on=date(2025, 3, 14), summary="起因", parties=(), owner=owner)
            self._commit(self.sites[owner], None, fresh)

    def close(self) -> None:
        """Close all databases."""
        for site in self.sites.values():
            site.database.close()

    @property
    def live(self) -> list[Site]:
        """The computers that were not revoked."""
        return [site for site in self.sites.values() if site.device not in self.revoked]

    def stations_near(self, site: Site) -> list[str]:
        """The stations that a computer makes bundles for."""
        others = {one.station for one in self.live if one.device != site.device}
        return sorted(
            others & {site.station, PARENTS[site.station], *(low for low, above in PARENTS.items() if above == site.station)} - {None}
        )

    def history(self, name: str, case: str) -> History:
        """What a computer holds of a case, in the terms of the model."""
        return model.part(self.written, self.sites[name].held(case))

    def step(self, step: Step) -> Site | None:
        """Do one step, as far as it is possible now. Returns the computer whose database it changed, if any."""
        kind, *arguments = step
        if kind in WRITES:
            return self._write(kind, *arguments)
        others: tuple[Callable[..., Site | None], ...] = (
            *(self._send, self._deliver, self._lose, self._sync, self._confirm),
            *(self._spread, self._cross, self._settle, self._backup, self._restore, self._clone, self._revoke),
        )
        return {other.__name__: other for other in others}[f"_{kind}"](*arguments)

    def now(self) -> str:
        """A time that was not yet."""
        self.count += 1
        return f"2025-03-14T{self.count // 3600:02}:{self.count // 60 % 60:02}:{self.count % 60:02}+08:00"

    # --- writing -----------------------------------------------------------------------------------------------------------------------

    def _may_write(self, name: str, number: int) -> tuple[Site | None, str]:
        case, site = list(CASES)[number], self.sites.get(name)
        history = self.history(name, case) if site else {}
        return (site if site and history and site.station in self.tree.audience(history) else None), case

    def _write(self, kind: str, name: str, number: int, *arguments: Any) -> Site | None:
        site, case = self._may_write(name, number)
        if site is None:
            return None
        present = casebook.load(site.database, case)
        if kind == "open":
            site.opened[case] = present
            return None
        if kind == "attach":
            content = bytes([65 + arguments[0]]) * (300 + 500 * arguments[0])
            arguments = (blobs.put(site.database, content), len(content))
        before = site.opened.get(case, present) if kind == "save" else present
        self.count += 1
        self._commit(site, before, WRITES[kind](before, str(self.count), site.station, *arguments))
        return site

    def _commit(self, site: Site, before: Case | None, after: Case) -> None:
        earlier = site.held(after.id)
        saved = casebook.commit(site.database, before, after, site.seat.author(CLOCKS[self.count % len(CLOCKS)]))
        assert casebook.load(site.database, after.id) == saved
        self._note(site, site.held(after.id) - earlier)

    def _cross(self, name: str, other: str, number: int) -> Site | None:
        """Two computers write the same field, neither knowing of the other."""
        self._write("edit", other, number, "summary")
        return self._write("edit", name, number, "summary")

    def _settle(self, name: str, number: int, which: int) -> Site | None:
        """The named computer or the next one that is in doubt about the case."""
        for other in self._from(name):
            site, case = self._may_write(other, number)
            doubts = fold.conflicts(casebook.state_of(site.database, case)) if site else {}
            if site and doubts:
                field, writes = sorted(doubts.items())[which % len(doubts)]
                self.count += 1
                self.settle(site, case, {field: writes[which % len(writes)].value})
                return site
        return None

    def _from(self, name: str) -> list[str]:
        """All computers, the named one first."""
        names = list(self.sites)
        start = names.index(name) if name in names else 0
        return names[start:] + names[:start]

    def settle(self, site: Site, case: str, values: dict[Any, Any]) -> None:
        """Settle doubts of a case, and see that they are."""
        earlier = site.held(case)
        settling.settle_all(site.database, case, values, site.seat.author(CLOCKS[self.count % len(CLOCKS)]))
        state = casebook.state_of(site.database, case)
        assert all([write.value for write in state[field]] == [value] for field, value in values.items()), "what was settled is in doubt"
        self._note(site, site.held(case) - earlier)

    def _note(self, site: Site, identifiers: Iterable[bytes]) -> None:
        """Keep what was written for the checks, as the model sees it."""
        for identifier in identifiers:
            (body,) = site.database.connection.execute("SELECT body FROM changes WHERE id = ?", (identifier,)).fetchone()
            change = casebook.readable(body)
            assert change is not None
            assert change_id(body) == identifier
            seen = frozenset(change.parents).union(*(self.written[parent].seen for parent in change.parents))
            edits = tuple(edits_of(change).items())
            noted = model.Change(identifier, change.case.hex(), site.station, frozenset(change.parents), seen, edits)
            self.written[identifier] = noted
            if self.models:
                self.models[site.name].cases.setdefault(noted.case, {})[identifier] = noted
                self._compare(site)

    # --- sticks ------------------------------------------------------------------------------------------------------------------------

    def export(self, sender: Site, station: str, extra: int | None = None) -> list[Stick]:
        """Real bundles, and what their receiver will read in them; `extra` bytes are left for what is not small."""
        to = sender.me.directory.station(station)
        assert to is not None
        if not [device for device in sender.me.directory.devices_of(station) if device.id != sender.device]:
            return []
        limit = None if extra is None else sending._MARGIN + extra
        sticks = [self._stick(sender, station, sent) for sent in written(sender.database, sender.me, to, limit, at=self.now())]
        if self.models:
            self._compare_sticks(sender, station, sticks)
        for stick in sticks:
            shown = sender.shown(stick.made_for, "ours")
            self.lists.setdefault((sender.device, station), set()).add(shown)
        return sticks

    def _stick(self, sender: Site, station: str, sent: Sent) -> Stick:
        found = read(sent.data, next(seat.keys for seat in self.county.seats.values() if seat.me.device == sent.draft.link.device))
        changes, contents = (held.id for held in found.changes), (name[5:] for name in found.parts if name.startswith("blob:"))
        held = {uuid: split_heads(heads) for uuid, heads in sent.draft.held}
        manifest = found.manifest
        carried = manifest.directory if "directory" in found.parts else 0
        return Stick(
            *(sender.name, station, manifest.at, sent.draft.link.device, manifest.receiver_devices, sent.data, found.digest),
            *(frozenset(changes), frozenset(contents), found.have, held, carried),
        )

    def _compare_sticks(self, sender: Site, station: str, sticks: list[Stick]) -> None:
        assert self.models
        for device in {stick.made_for for stick in sticks}:
            to, ours = self.name_of(device), self.models[sender.name]
            own = [stick for stick in sticks if stick.made_for == device]
            changes = frozenset[bytes]().union(*(stick.changes for stick in own))
            assert changes == ours.lacks(to, station), f"{sender.name} sends other changes to {to} than the model"
            expected = model.shortened(ours.have_list(to, station))
            assert all(stick.have == expected for stick in own), f"{sender.name} shows another have-list to {to} than the model"

    def name_of(self, device: bytes) -> str:
        """The name of the computer with these keys."""
        return next(name for name, seat in self.county.seats.items() if seat.me.device == device)

    def take_in(self, stick: Stick, site: Site) -> bool:
        """Import a bundle at a computer of its receiver. Returns whether it was taken in."""
        if site.device not in stick.devices:
            return False
        sender = self.county.seats[stick.signer].me.device
        if sender in self.revoked and self.revoked[sender] <= max(stick.directory, site.me.directory.number):
            self._refused(stick, site)
            return False
        receiving.take_in(site.database, site.me, BytesIO(stick.data), self.now())
        site.renewed()
        if self.models:
            self.models[site.name].receive(self._in_model(stick))
            self._compare(site)
        self._believes(site, sender, stick)
        return True

    def _refused(self, stick: Stick, site: Site) -> None:
        """Who was revoked is refused from then on."""
        before = dump(site.database)
        with pytest.raises(RevokedSender):
            receiving.take_in(site.database, site.me, BytesIO(stick.data), AT)
        assert dump(site.database) == before, "a refused bundle changes something"

    def _believes(self, site: Site, sender: bytes, stick: Stick) -> None:
        """What a computer thinks that another has shown is a list that the other really had."""
        believed = site.shown(sender)
        total = EMPTY
        for uuid, heads in believed:
            total = moved(total, uuid, b"", heads)
        (digest,) = site.database.connection.execute("SELECT theirs FROM links WHERE device = ?", (sender,)).fetchone()
        assert digest == total, "the digest of a list is not its own"
        really = self.lists.get((sender, site.station), set())
        assert self.confirmed or not believed or believed in really, f"{site.name} believes in a list of {stick.sender} that never was"

    def _in_model(self, stick: Stick) -> model.Bundle:
        sender = stick.signer
        return model.Bundle(stick.digest, sender, tuple(self.written[i] for i in sorted(stick.changes)), self._full(stick.have))

    def _full(self, have: HaveList) -> model.Have:
        full = {identifier[:PREFIX]: identifier for identifier in self.written}
        return {case.hex(): frozenset(full[head] for head in heads) for case, heads in have.items()}

    def _send(self, name: str, station: str, extra: int | None = None) -> None:
        if name in self.sites:
            self.flying += self.export(self.sites[name], station, extra)

    def _deliver(self, number: int, stays_away: bool, copy: bool = False) -> Site | None:
        """Take a stick in at the computer that it was made for, or at a copy or another computer of its office."""
        stick = self.flying[number % len(self.flying)] if self.flying else None
        site = self._receiver(stick, copy) if stick else None
        if stick is None or site is None:
            return None
        is_taken = self.take_in(stick, site)
        if is_taken:
            self.taken.append((stick, site.name))
        if stays_away:
            self.flying.remove(stick)
        elif is_taken:
            self.take_in_again(stick, site)
        return site

    def _receiver(self, stick: Stick, copy: bool) -> Site | None:
        sites = [site for site in self.sites.values() if site.station == stick.station and site.device in stick.devices]
        sites.sort(key=lambda site: (site.device != stick.made_for, site.name))
        return sites[-1 if copy else 0] if sites else None

    def take_in_again(self, stick: Stick, site: Site) -> None:
        """Import a bundle that was the last to come: nothing but the log of imports may change."""
        before = dump(site.database, without=("bundles",))
        self.take_in(stick, site)
        assert dump(site.database, without=("bundles",)) == before, "importing again changes something"

    def _lose(self, number: int) -> None:
        if self.flying:
            self.flying.pop(number % len(self.flying))

    def _sync(self, name: str, other: str) -> Site | None:
        sender, receiver = self.sites.get(name), self.sites.get(other)
        if sender is None or receiver is None:
            return None
        self.exchange(sender, receiver)
        return receiver

    def _spread(self, name: str) -> Site | None:
        """Bundles go from a village up to the county, and others come down again."""
        way = [name, f"town{2 if name == 'v3' else 1}", "county"]
        touched = [self._sync(*pair) for pair in (*pairwise(way), *pairwise(reversed(way)))]
        return touched[-1]

    def exchange(self, sender: Site, receiver: Site) -> list[Stick]:
        """Bundles are made and taken in at once."""
        sticks = self.export(sender, receiver.station)
        for stick in sticks:
            if self.take_in(stick, receiver):
                self.taken.append((stick, receiver.name))
        return sticks

    def _confirm(self, number: int) -> Site | None:
        """Somebody reads a receipt code out, and it is typed in where the bundle was made."""
        if not self.taken:
            return None
        stick, name = self.taken[number % len(self.taken)]
        sender, site = self.sites[stick.sender], self.sites[name]
        try:
            receipt.confirm(sender.database, sender.me.directory, receipt.code_for(site.database, site.device, stick.digest), self.now())
        except UnknownCode:
            return None
        self.confirmed = True
        if self.models:
            to = self.name_of(site.device)
            known = self.models[sender.name].peer_have.get(to, {})
            believed = self._full({uuid: split_heads(heads) for uuid, heads in sender.shown(site.device)})
            held = [self._full(other.held) for other, _ in self.taken if other.at == stick.at]
            for case, heads in believed.items():
                assert heads in [have.get(case) for have in (known, *held)], f"{sender.name} takes a code for what it does not say"
            self.models[sender.name].peer_have[to] = believed
        return sender

    # --- copies ------------------------------------------------------------------------------------------------------------------------

    def _backup(self, name: str) -> None:
        site = self.sites.get(name)
        if site:
            site.backup_image = site.image()
            if self.models:
                self.model_backups[name] = model.copied(self.models[name])

    def _restore(self, name: str) -> Site | None:
        """The named computer or the next one that has a backup."""
        site = next((self.sites[other] for other in self._from(name) if self.sites[other].backup_image), None)
        if site is None or site.backup_image is None:
            return None
        site.replace(site.backup_image)
        self.restored = True
        if self.models:
            self.models[site.name] = model.copied(self.model_backups[site.name])
            self._compare(site)
        return site

    def _clone(self, name: str) -> Site | None:
        """Copy a computer with all that it has: two write as one from now on."""
        origin = self.sites.get(CLONES[name])
        if origin is None or name in self.sites:
            return None
        site = Site(name, origin.seat._replace(image=origin.image()), self.folder / f"{name}.db")
        site.renewed()
        self.sites[name] = site
        self.restored = True
        if self.models:
            self.models[name] = model.copied(self.models[origin.name])
            self._compare(site)
        return site

    def _revoke(self, name: str) -> Site | None:
        """The county takes a second computer out of service."""
        device, county = self.county.seats[name].me.device, self.sites["county"]
        if name not in self.sites or device in self.revoked:
            return None
        number = max([self.county.directory.number, *self.revoked.values()]) + 1
        self.revoked[device] = number
        content = msgspec.structs.replace(self.county.directory.content, number=number, revoked=tuple(sorted(self.revoked)))
        signed = directories.sign(content, self.county.root_seed)
        directories.adopt(county.database, directories.verified(signed, keys.verify_key(self.county.root_seed)))
        county.renewed()
        return county

    # --- lockstep ----------------------------------------------------------------------------------------------------------------------

    def _compare(self, site: Site) -> None:
        """The program holds, shows and doubts the same as the model."""
        assert self.models
        name, expected = site.name, self.models[site.name]
        assert site.waiting() == expected.waiting.keys(), f"{name} waits for other changes than the model"
        for case in CASES:
            history = expected.cases.get(case, {})
            assert site.held(case) == history.keys(), f"{name} holds other changes than the model"
            if history:
                state = casebook.state_of(site.database, case)
                assert fold.shown(state) == model.fold(history), f"{name} shows something else than the model"
                doubts = {field: {write.value for write in writes} for field, writes in fold.conflicts(state).items()}
                assert doubts == model.conflicts(history), f"{name} doubts something else than the model"
