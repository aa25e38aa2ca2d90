"""A computer that is switched off at any moment, 200 times: what was told is there, what was not is there whole or not at all."""

import os
import random
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Self

import pytest

from desktop.services import exchange
from desktop.services.desk import DATABASE, Desk
from desktop.store import casebook
from tests.exchange import computers, kills
from tests.exchange.computers import Computer
from tests.exchange.laden import CACHE, SCANS, Start, desk_of, publish, with_papers
from tests.exchange.offices import County
from tests.store.dump import Dump, dump

ROUNDS = 200
ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork; what Windows does at an end of power is the same to SQLite")


def knows(desk: Desk) -> Dump:
    """All that an office holds but for what follows from it, and the size of bundles, which is different each time."""
    found = dump(desk.database, without=(*CACHE, "doubles", "bundles"))
    rows = desk.database.connection.execute("SELECT direction, station, digest, name, cases, changes, attachments, held FROM bundles")
    return found | {"bundles": rows.fetchall()}


class Town(NamedTuple):
    """The township whose computer is switched off: its folder, its database at first, what it knows after each step, its county."""

    folder: Path
    image: bytes
    states: list[Dump]
    county: Computer

    def reset(self) -> None:
        """All as at first."""
        for path in (*self.folder.glob(f"{DATABASE}*"), *self.sent.iterdir(), *self.folder.glob("*.part")):
            path.unlink()
        (self.folder / DATABASE).write_bytes(self.image)

    @property
    def sent(self) -> Path:
        """The stick."""
        return self.folder / kills.SENT


@pytest.fixture
def town(computer: Start, county: County, tmp_path: Path) -> Town:
    folder = tmp_path / "town"
    (folder / kills.ARRIVED).mkdir(parents=True)
    (folder / kills.SENT).mkdir()
    for number, data in enumerate(from_villages(computer, county)):
        (folder / kills.ARRIVED / f"{number}.fqb").write_bytes(data)
    town = computer("town1")
    desk_of(town, folder)
    town.database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    image = (tmp_path / "town1.db").read_bytes()
    found = Town(folder, image, [], computer("county"))
    found.reset()
    with kills.desk_in(folder) as desk:
        found.states.extend([knows(desk), *(knows(desk) for _ in kills.work(desk))])
    return found


def from_villages(start: Start, county: County) -> Iterator[bytes]:
    """Bundles of two villages for their township, each with something new."""
    one, other, town = start("v1"), start("v2"), start("town1")
    case = with_papers(one, one.register(), *SCANS)
    yield one.export(town)
    other.register(2, "另一件" * 200)
    yield other.export(town)
    one.save(case, place="村口", summary="又写了一次")
    publish(one, county)
    yield one.export(town)


class Victim:
    """The program that is killed again and again."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "tests.exchange.kills", str(folder)]
        self.server = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        assert self.server.stdin
        assert self.server.stdout
        self._asks, self._tells = self.server.stdin, self.server.stdout
        self._tells.readline()  # all is loaded

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._asks.close()
        self.server.wait()
        self._tells.close()

    def run(self, seconds: float) -> bytes:
        """Let it work for so long, then kill it; returns what it told."""
        self._asks.write(b"\n")
        process = int(self._tells.readline())
        told = os.read(self._tells.fileno(), 1)
        end = time.monotonic() + seconds
        while not told.endswith(b".") and select.select([self._tells], [], [], max(0, end - time.monotonic()))[0]:
            told += os.read(self._tells.fileno(), 100)
        os.kill(process, signal.SIGKILL)
        self._asks.write(b"\n")
        while not told.endswith(b"!"):
            told += os.read(self._tells.fileno(), 100)
        return told


def test_a_computer_that_is_switched_off_at_any_moment(town: Town) -> None:
    chance = random.Random(4)  # noqa: S311 -- nothing secret
    steps_told: set[int] = set()
    with Victim(town.folder) as victim:
        seconds = 5.0
        for number in range(ROUNDS):
            town.reset()
            start = time.monotonic()
            told = victim.run(seconds * chance.random() if number else seconds)
            if b"." in told:
                seconds = min(seconds, time.monotonic() - start)  # how long all of it takes
            steps_told.add(told.count(b"+"))
            is_sound(town, told.count(b"+"), thoroughly=number % 10 == 0)
    assert len(steps_told) > len(town.states) // 2


def is_sound(town: Town, steps: int, *, thoroughly: bool) -> None:
    """The database is as after the last step that was told, or the next one; what lies on the stick is whole."""
    with kills.desk_in(town.folder) as desk:
        assert knows(desk) in town.states[steps : steps + 2]
        for path in exchange.bundles_in(town.sent):
            computers.read(path.read_bytes(), town.county.seat.keys)
        assert casebook.rebuild(desk.database) == 0
        if thoroughly:
            assert desk.database.connection.execute("PRAGMA cipher_integrity_check").fetchall() == []
            assert desk.database.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            goes_on(town, desk)


def goes_on(town: Town, desk: Desk) -> None:
    """All the work can be done after it, and what comes out at the county is what it should be."""
    for _ in kills.work(desk):
        pass
    found = knows(desk)
    assert all(found[table] == town.states[-1][table] for table in ("changes", "cases", "folds", "blobs", "directories", "rules"))
    for path in exchange.bundles_in(town.sent):
        town.county.take_in(path.read_bytes())
    held = town.county.database.connection.execute("SELECT id FROM changes").fetchall()
    assert {identifier for (identifier,) in held} == {identifier for _, identifier, *_ in found["changes"]}
