"""Sticks as they are: pulled out at any byte, with the names and sizes that FAT32 and exFAT take; a split export in pieces."""

import errno
import os
import random
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from typing import Any, Self

import msgspec
import pytest

from desktop.exchange import bundle, keys
from desktop.exchange import directory as directories
from desktop.services import exchange
from desktop.services.cases import UnreadableFile
from desktop.services.desk import Desk
from desktop.store import casebook
from desktop.store.files import CannotWrite
from tests.exchange.computers import Computer
from tests.exchange.laden import Start, desk_of, two_offices, with_papers
from tests.exchange.offices import County, Seat, reopen
from tests.store.dump import dump

STEP = 61
"""The stick is pulled out at every so manieth byte."""

FORBIDDEN = set('"*/:<>?\\|') | {chr(code) for code in range(32)}
"""What no name on FAT32 or exFAT may have."""


class PulledOut:
    """A file on a stick that is there for so many bytes."""

    def __init__(self, file: Any, left: int, code: int) -> None:
        self.file, self.left, self.code = file, left, code

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)

    def write(self, data: bytes) -> int:
        self.file.write(data[: self.left])
        self._use(len(data))
        return len(data)

    def read(self, size: int = -1) -> Any:
        data = self.file.read(min(size, self.left + 1))
        self._use(len(data))
        return data

    def _use(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise OSError(self.code, os.strerror(self.code))


def pulled_out(patch: pytest.MonkeyPatch, folder: Path, mode: str, left: int, code: int = errno.EIO) -> None:
    """Let the files in the folder be there for so many bytes."""
    open_file = Path.open

    def open_on_stick(path: Path, given: str = "r", *arguments: Any, **options: Any) -> Any:
        file = open_file(path, given, *arguments, **options)
        return PulledOut(file, left, code) if path.parent == folder and given == mode else file

    patch.setattr(Path, "open", open_on_stick)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "U盘"
    folder.mkdir()
    return folder


@pytest.fixture
def village(computer: Start, county: County, tmp_path: Path) -> Desk:
    """A village with much to send."""
    return desk_of(two_offices(computer, county)[0], tmp_path / "village")


@pytest.fixture
def town(village: Desk, computer: Start, tmp_path: Path) -> Desk:
    """Its township."""
    return desk_of(computer("town1"), tmp_path / "town")


def test_a_stick_that_is_pulled_out_at_any_byte_of_an_import(village: Desk, town: Desk, stick: Path) -> None:
    (path,) = exchange.export(village, "town1", stick).paths
    before, writes = dump(town.database), town.database.connection.total_changes
    for left in range(0, path.stat().st_size, STEP):
        with pytest.MonkeyPatch.context() as patch:
            pulled_out(patch, stick, "rb", left)
            with pytest.raises(UnreadableFile):
                exchange.take_in(town, path)
    assert town.database.connection.total_changes == writes
    assert dump(town.database) == before
    assert exchange.take_in(town, path).attachments == 2


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_a_stick_that_fails_at_any_byte_of_an_export(village: Desk, town: Desk, stick: Path, code: int) -> None:
    size = exchange.plan(village, "town1").size
    before = dump(village.database)
    for left in range(0, size, STEP):
        with pytest.MonkeyPatch.context() as patch:
            pulled_out(patch, stick, "wb", left, code)
            with pytest.raises(CannotWrite, match="磁盘已满" if code == errno.ENOSPC else "不能写入"):
                exchange.export(village, "town1", stick)
        assert list(stick.iterdir()) == []
    assert dump(village.database) == before
    (path,) = exchange.export(village, "town1", stick).paths
    assert exchange.take_in(town, path).attachments == 2


CODES = ['a/b\\c:d*e?f"g<h>i|j', "长" * 300, "𠮷" * 150, "..", "CON", " 空 格 ", "a\nb\tc\x7f", "号.", "~$*.fqb"]


@pytest.mark.parametrize("code", CODES, ids=range(len(CODES)))
def test_names_that_every_stick_takes(computer: Start, county: County, tmp_path: Path, stick: Path, code: str) -> None:
    village = computer("v1")
    renamed = [msgspec.structs.replace(s, code=code) if s.id == "town1" else s for s in county.directory.content.stations]
    content = msgspec.structs.replace(county.directory.content, number=county.directory.number + 1, stations=tuple(renamed))
    newer = directories.verified(directories.sign(content, county.root_seed), keys.verify_key(county.root_seed))
    directories.adopt(village.database, newer)
    desk = desk_of(village, tmp_path / "village")
    for _ in range(3):
        (path,) = exchange.export(desk, code, stick).paths
        assert path.parent == stick
        assert path.suffix == bundle.SUFFIX
        assert not FORBIDDEN & set(path.name)
        assert path.name == path.name.strip(". ")
        assert len((path.name + ".part").encode()) <= 255
    assert len(exchange.bundles_in(stick)) == 3


@pytest.mark.parametrize("limited", [True, False], ids=["a limit", "the file system's"])
def test_no_bundle_is_larger_than_the_stick_takes(
    computer: Start, tmp_path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch, *, limited: bool
) -> None:
    most, village = 2_000_000, computer("v1")
    chance = random.Random(1)  # noqa: S311 -- nothing secret
    for number in range(1, 4):
        with_papers(village, village.register(number), *(chance.randbytes(300_000) for _ in range(3)))
    if not limited:
        monkeypatch.setattr(bundle, "MAX_FILE", most)
    exported = exchange.export(desk_of(village, tmp_path / "village"), "town1", stick, limit=most if limited else None)
    assert len(exported.paths) > 2
    assert exported.attachments == 9
    assert all(path.stat().st_size <= most for path in exported.paths)


def test_what_a_killed_export_left_is_taken_away_by_a_later_one(village: Desk, stick: Path) -> None:
    old = stick / "v1-town1-20250313T090000.fqb.part"
    others = [
        stick / name for name in ("v1-town1-20250314T085900.fqb.part", "v2-town1-20250313T090000.fqb.part", "v1-notes.part", "v1-old.fqb")
    ]
    for path in (old, *others):
        path.write_bytes(b"half")
        if path != others[0]:
            os.utime(path, (0, 0))
    exported = exchange.export(village, "town1", stick)
    assert set(stick.iterdir()) == {*others, *exported.paths}


# --- in pieces ---------------------------------------------------------------------------------------------------------------------------


def some_of(paths: list[Path]) -> Iterator[tuple[Path, ...]]:
    """Every choice of some of them, in every order."""
    return (order for size in range(len(paths) + 1) for order in permutations(paths, size))


def settled(desk: Desk) -> None:
    """Write what is in the log to the database file, so that it can be copied."""
    desk.database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def fresh(seat: Seat, image: bytes, place: Path) -> Desk:
    """The office from this image."""
    place.mkdir(exist_ok=True)
    (place / "fresh.db").write_bytes(image)
    return desk_of(Computer(seat, reopen(place / "fresh.db")), place)


def test_any_pieces_of_a_split_export_in_any_order(village: Desk, town: Desk, county: County, stick: Path, tmp_path: Path) -> None:
    paths = exchange.export(village, "town1", stick, limit=1).paths
    assert len(paths) == 4
    settled(village)
    settled(town)
    images = [(tmp_path / f"{name}.db").read_bytes() for name in ("v1", "town1")]
    wanted = {identifier for (identifier,) in village.database.connection.execute("SELECT id FROM changes")}
    for arrived in some_of(paths):
        one = fresh(county.seats["v1"], images[0], tmp_path / "one")
        other = fresh(county.seats["town1"], images[1], tmp_path / "other")
        with one, other:
            for path in arrived:
                exchange.take_in(other, path)
            assert casebook.rebuild(other.database) == 0
            makes_up(one, other, stick)
            assert wanted <= {identifier for (identifier,) in other.database.connection.execute("SELECT id FROM changes")}
            assert other.database.connection.execute("SELECT count(*) FROM blobs").fetchone() == (2,)
            assert other.database.connection.execute("SELECT count(*) FROM waiting").fetchone() == (0,)


def makes_up(one: Desk, other: Desk, stick: Path) -> None:
    """The next bundle there and back brings what was lost."""
    for sender, receiver, code in ((other, one, "v1"), (one, other, "town1")):
        (path,) = exchange.export(sender, code, stick).paths
        exchange.take_in(receiver, path)
        path.unlink()
