"""A computer that fails in the middle: an import happened or did not, an exported file is whole or not there."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.exchange import directory as directories
from desktop.exchange import keys
from desktop.services import exchange
from desktop.services.desk import Desk
from desktop.store import casebook
from desktop.store.files import CannotWrite
from desktop.store.sqlcipher import DiskFull, translated
from tests.exchange.computers import Computer, next_directory
from tests.exchange.offices import County
from tests.store.dump import dump
from tests.store.faults import ERRORS, Countdown, FailingConnection, failing_disk

Start = Callable[[str], Computer]


@pytest.fixture
def town(computer: Start, county: County) -> Computer:
    """A township with a case on which village and township will have written at the same time, and with a newer directory to come."""
    village, town = computer("v1"), computer("town1")
    case = village.register()
    town.take_in(village.export(town))
    town.save(town.load(case), summary="镇上写的")
    village.save(case, summary="村里写的", place="村口")
    village.register(2)
    newer = next_directory(county.directory, county.root_seed)
    directories.adopt(village.database, directories.verified(newer, keys.verify_key(county.root_seed)))
    return town


def failing_imports(town: Computer, data: bytes) -> Iterator[int]:
    """Let the first statement fail, the second, …, until none does; yields after each failure."""
    me, connection = town.me, town.database.connection
    for number in range(1, 500):
        town.database.connection = FailingConnection(connection, number)
        try:
            with translated():  # what is read before the transaction raises the driver's own error
                town.take_in_as(me, data)
        except DiskFull:
            town.database.connection = connection
            yield number
        else:
            town.database.connection = connection
            return


def test_every_failing_statement_of_an_import(computer: Start, town: Computer) -> None:
    data = computer("v1").export(town)
    before, number = dump(town.database), town.me.directory.number
    failed = [dump(town.database) == before for _ in failing_imports(town, data)]
    assert len(failed) > 30
    assert all(failed)
    assert town.me.directory.number == number + 1
    assert casebook.rebuild(town.database) == 0
    assert {row[0] for row in town.database.connection.execute("SELECT conflicts FROM cases")} == {0, 1}


def test_an_import_on_a_disk_that_fills_up(computer: Start, town: Computer) -> None:
    village = computer("v1")
    for number in range(3, 40):
        village.register(number, "长" * 2000)
    data, connection = village.export(town), town.database.connection
    before = dump(town.database)
    for pages in range(0, 2000, 20):
        present = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {present + pages}").fetchone()
        try:
            town.take_in(data)
        except DiskFull:
            assert dump(town.database) == before
        else:
            break
    assert pages > 100
    connection.execute(f"PRAGMA max_page_count = {2**30}").fetchone()
    assert casebook.rebuild(town.database) == 0


@pytest.fixture
def desk(computer: Start, town: Computer, tmp_path: Path) -> Desk:
    """The village as the services know it."""
    village = computer("v1")
    village.database.set("office", village.seat.office)
    village.database.set("device", village.seat.keys)
    return Desk(tmp_path, village.database, "段文清", lambda: datetime(2025, 3, 14, 9, tzinfo=UTC))


@pytest.mark.parametrize("make_error", ERRORS, ids=["full", "broken", "protected", "interrupted"])
def test_every_failing_call_of_an_export(desk: Desk, town: Computer, tmp_path: Path, make_error: Callable[[], BaseException]) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    before = dump(desk.database)
    for number in range(1, 50):
        countdown = Countdown(number, make_error())
        with pytest.MonkeyPatch.context() as patch:
            failing_disk(patch, countdown)
            try:
                exported = exchange.export(desk, "town1", stick)
            except (CannotWrite, KeyboardInterrupt):
                assert list(stick.iterdir()) == []
        if not countdown.has_failed:
            break
    assert number > 6
    assert dump(desk.database) == before
    assert list(stick.iterdir()) == [exported.path]
    assert town.take_in(exported.path.read_bytes()).receipt.changes == 2


@pytest.mark.parametrize("read", [lambda _: b"something else", lambda _: (_ for _ in ()).throw(OSError("input/output error"))])
def test_a_stick_that_gives_back_something_else(desk: Desk, tmp_path: Path, read: Callable[[Path], bytes]) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "read_bytes", read)
        with pytest.raises(exchange.NotReadBack):
            exchange.export(desk, "town1", stick)
    assert list(stick.iterdir()) == []
