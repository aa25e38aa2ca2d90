"""Printed numbers stay unique in an office, over several computers, restored databases and copies of them (protocol, section 6).

The promise has two conditions, and the histories keep to them: a restored computer hears of what it lost before it takes the next number
(its database file alone was put back, so that the file beside it tells; or a bundle came in), and two copies draw different lots.
"""

from contextlib import ExitStack
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.store import casebook, numbers, restored
from desktop.store import change as changes
from desktop.store.change import Held
from desktop.store.database import Database
from tests.exchange.offices import KEY, reopen

OFFICE = "石桥"
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["take"] * 6 + ["keep", "put back", "put all back", "copy"]), st.integers(0, 9), st.sampled_from(["case", "letter"])
    ),
    max_size=40,
)


class Kept(NamedTuple):
    """A backup: the database and the file beside it."""

    database: bytes
    marker: bytes | None


class Computer:
    """One computer, or a copy of one: both sign as the same device."""

    def __init__(self, folder: Path, device: bytes, kept: Kept) -> None:
        self.folder, self.device = folder, device
        self.path, self.marker = folder / "fengqiao.db", folder / "numbers"
        folder.mkdir()
        self.backups = [kept]
        self.start(kept, whole=True)

    def start(self, kept: Kept, *, whole: bool) -> None:
        """Work on from a backup."""
        for path in self.folder.glob("fengqiao.db*"):
            path.unlink()
        self.path.write_bytes(kept.database)
        if whole:
            self.marker.unlink(missing_ok=True)
            if kept.marker is not None:
                self.marker.write_bytes(kept.marker)
        self.database = reopen(self.path)

    def stop(self) -> None:
        restored.remember(self.database, OFFICE, self.marker)
        self.database.close()

    def kept(self) -> Kept:
        self.stop()
        found = Kept(self.path.read_bytes(), self.marker.read_bytes() if self.marker.exists() else None)
        self.database = reopen(self.path)
        return found


class Office:
    """The computers of one office, and what of each device has gone out."""

    def __init__(self, place: Path, image: bytes) -> None:
        self.place, self.names, self.lots = place, count(), iter(range(1, 1000))
        self.out: dict[bytes, list[Held]] = {}
        self.numbers: dict[str, list[int]] = {"case": [], "letter": []}
        self.computers: list[Computer] = []
        for block in range(3):
            self.add(bytes([block]) * 16, Kept(image, None))
            numbers.grant(self.computers[-1].database, block)
            self.computers[-1].backups = [self.computers[-1].kept()]

    def close(self) -> None:
        for computer in self.computers:
            computer.database.close()

    def add(self, device: bytes, kept: Kept) -> Computer:
        self.computers.append(Computer(self.place / str(next(self.names)), device, kept))
        return self.computers[-1]

    def write(self, computer: Computer, number: int | None, entity: str = "case") -> None:
        """A change of this computer; it goes out at once, so that a whole restored folder can hear of it."""
        identifier = "" if entity == "case" else "x"
        value = f"〔2025〕石桥人调字第{number}号" if number else f"{next(self.names)}"
        edits: changes.Edits = {(entity, identifier, "number"): value}
        body = changes.encode(changes.make(next(self.names).to_bytes(16, "big"), computer.device, "段文清", [], "2025", edits))
        held = Held(changes.change_id(body), body, b"s" * 64)
        casebook.receive(computer.database, [held])
        self.out.setdefault(computer.device, []).append(held)

    def hear(self, computer: Computer) -> None:
        """Take in what went out, in two bundles."""
        out = self.out.get(computer.device, [])
        for part in (out[::2], out[1::2]):
            restored.noticed(computer.database, part)
            casebook.receive(computer.database, part)

    def draw(self, free: list[int]) -> int:
        """A lot that nobody drew before."""
        lot = next(self.lots)
        return next(block for block in free if block // numbers.DEVICES == lot)

    def step(self, what: str, which: int, series: str) -> None:
        computer = self.computers[which % len(self.computers)]
        backup = computer.backups[which % len(computer.backups)]
        if what == "take":
            number = numbers.take(computer.database, series, 2025, self.draw)
            self.numbers[series].append(number)
            self.write(computer, number, series)
        elif what == "keep":
            computer.backups.append(computer.kept())
        elif what == "put back":
            computer.stop()
            computer.start(backup, whole=False)
            restored.noticed_at_opening(computer.database, OFFICE, computer.marker)
        elif what == "put all back":
            computer.stop()
            computer.start(backup, whole=True)
            self.hear(computer)
        elif len(self.computers) < 6:
            copy = self.add(computer.device, computer.kept())
            for one in (computer, copy):
                self.write(one, None)
            for one in self.computers:
                if one.device == computer.device:
                    self.hear(one)


def empty() -> bytes:
    with TemporaryDirectory() as place:
        path = Path(place) / "empty.db"
        Database(path, KEY).close()
        return path.read_bytes()


IMAGE = empty()


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(STEPS)
def test_numbers_are_unique(steps: list[tuple[str, int, str]]) -> None:
    with TemporaryDirectory() as place, ExitStack() as stack:
        office = Office(Path(place), IMAGE)
        stack.callback(office.close)
        for step in steps:
            office.step(*step)
        for taken in office.numbers.values():
            assert sorted(set(taken)) == sorted(taken)
