"""A computer that fails in the middle: an import happened or did not, exported files are whole or not there."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path
from typing import NamedTuple, Protocol

import pytest

from desktop.domain.refused import Refused
from desktop.services import exchange
from desktop.services.desk import Desk
from desktop.services.exchange import Cancelled, Exported, NotReadBack
from desktop.store import casebook
from tests.exchange import computers
from tests.exchange.computers import Computer
from tests.exchange.laden import CACHE, Start, desk_of, two_offices
from tests.exchange.offices import County, reopen
from tests.store.dump import Dump, dump
from tests.store.faults import DATABASE_ERRORS, ERRORS, Countdown, FailingConnection, failing_medium

HINTS = ("doubles", "settings")
"""Tables in which likely doubles are looked for after an import, as well as may be."""

TINY = 1
"""A limit by which every case and every content goes into a bundle of its own."""


class Office(NamedTuple):
    """An office that can be started from the same state again and again."""

    computer: Computer
    folder: Path
    image: bytes

    @contextmanager
    def fresh(self) -> Iterator[Desk]:
        """The office as it was at first."""
        path = self.folder / "fresh.db"
        path.write_bytes(self.image)
        with reopen(path) as database:
            yield desk_of(self.computer._replace(database=database), self.folder)


class Pair(NamedTuple):
    """A village with much to send, its township, and the stick between them."""

    village: Office
    town: Office
    stick: Path

    def export(self, desk: Desk, limit: int | None = None) -> Exported:
        """Write what the village has for the township."""
        return exchange.export(desk, "town1", self.stick, limit=limit)

    def clear(self) -> None:
        """Take everything off the stick."""
        for path in self.stick.iterdir():
            path.unlink()


@pytest.fixture
def pair(computer: Start, county: County, tmp_path: Path) -> Pair:
    village, town = (kept(one, tmp_path) for one in two_offices(computer, county))
    stick = tmp_path / "U盘"
    stick.mkdir()
    return Pair(village, town, stick)


def kept(computer: Computer, place: Path) -> Office:
    """The office as it now is."""
    name = computer.seat.office.id
    desk_of(computer, place / name)
    computer.database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return Office(computer, place / name, (place / f"{name}.db").read_bytes())


class Fault(Protocol):
    """Something that goes wrong at the n-th call."""

    @property
    def has_failed(self) -> bool:
        """Whether there were so many calls."""


Break = Callable[[Desk, int], AbstractContextManager[Fault]]


def broken_files(make_error: Callable[[], BaseException], *, lasting: bool = False) -> Break:
    """The n-th call of the file system fails; a lasting failure is a medium that is gone."""

    @contextmanager
    def broken(_: Desk, number: int) -> Iterator[Fault]:
        countdown = Countdown(number, make_error(), lasting=lasting)
        with pytest.MonkeyPatch.context() as patch:
            failing_medium(patch, countdown)
            yield countdown

    return broken


def broken_database(message: str) -> Break:
    """The n-th statement fails."""

    @contextmanager
    def broken(desk: Desk, number: int) -> Iterator[Fault]:
        connection = desk.database.connection
        failing = FailingConnection(connection, number, message)
        desk.database.connection = failing
        yield failing
        desk.database.connection = connection

    return broken


FULL, BROKEN, PROTECTED, STOPPED = (broken_files(make_error) for make_error in ERRORS)
GONE = broken_files(ERRORS[1], lasting=True)
DATABASE_FULL, DATABASE_BROKEN, DATABASE_PROTECTED = map(broken_database, DATABASE_ERRORS)


def failures(office: Office, fails: Break, attempt: Callable[[Desk], object]) -> Iterator[tuple[Desk, bool]]:
    """Let the first call fail, the second, …, until none does; yields the office after each, and whether the attempt was refused."""
    for number in count(1):
        with office.fresh() as desk:
            with fails(desk, number) as fault:
                sentence = refusal(lambda desk=desk: attempt(desk))  # type: ignore[misc]
            if not fault.has_failed:
                assert sentence is None
                assert number > 10
                return
            assert sentence is None or re.fullmatch("[^\n]+。|", sentence)
            assert not desk.database.connection.in_transaction
            yield desk, sentence is not None


def refusal(attempt: Callable[[], object]) -> str | None:
    """The one sentence with which the attempt was refused; None if it was not."""
    try:
        attempt()
    except (Refused, KeyboardInterrupt) as stopped:
        return str(stopped)
    return None


def knows(desk: Desk) -> Dump:
    """All that an office holds but for the books, which follow from the rest, and the size of bundles, which is different each time."""
    found = dump(desk.database, without=(*CACHE, "bundles"))
    columns = "direction, at, station, digest, device, name, cases, changes, attachments, held, confirmed"
    return found | {"bundles": desk.database.connection.execute(f"SELECT {columns} FROM bundles ORDER BY key").fetchall()}  # noqa: S608


# --- export ------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fails", "limit"),
    [
        pytest.param(FULL, None, id="disk full"),
        pytest.param(PROTECTED, None, id="protected"),
        pytest.param(STOPPED, None, id="stopped"),
        pytest.param(DATABASE_BROKEN, None, id="database broken"),
        pytest.param(BROKEN, TINY, id="disk broken, many bundles"),
        pytest.param(DATABASE_FULL, TINY, id="database full, many bundles"),
    ],
)
def test_every_failing_call_of_an_export(pair: Pair, fails: Break, limit: int | None) -> None:
    with pair.village.fresh() as desk:
        before = knows(desk)
        bundles = len(pair.export(desk, limit).paths)
        after = knows(desk)
    assert bundles == (1 if limit is None else 4)
    pair.clear()
    for desk, was_refused in failures(pair.village, fails, lambda desk: pair.export(desk, limit)):
        assert was_refused
        assert list(pair.stick.iterdir()) == []
        assert knows(desk) == before
        assert len(pair.export(desk, limit).paths) == bundles
        assert knows(desk) == after
        pair.clear()
    assert len(list(pair.stick.iterdir())) == bundles


def test_a_stick_that_is_pulled_out_during_an_export(pair: Pair) -> None:
    """Nothing can be taken away from it any more, but what bears the name of a bundle is one."""
    with pair.village.fresh() as desk:
        before = knows(desk)
    for desk, was_refused in failures(pair.village, GONE, lambda desk: pair.export(desk, TINY)):
        assert was_refused
        assert knows(desk) == before
        for path in exchange.bundles_in(pair.stick):
            computers.read(path.read_bytes(), pair.town.computer.seat.keys)
        pair.clear()


def test_a_stick_that_gives_back_something_else(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "_PIECE", 100)
    open_file = Path.open

    def short(path: Path, mode: str = "r") -> object:
        file = open_file(path, mode)
        if mode == "rb":
            file.seek(1)
        return file

    monkeypatch.setattr(Path, "open", short)
    with pair.village.fresh() as desk, pytest.raises(NotReadBack):
        pair.export(desk)
    assert list(pair.stick.iterdir()) == []


@pytest.mark.parametrize("fails_at", range(1, 12))
def test_an_export_that_is_cancelled(pair: Pair, fails_at: int) -> None:
    countdown = Countdown(fails_at, Cancelled())
    with pair.village.fresh() as desk:
        before = knows(desk)
        with pytest.raises(Cancelled):
            exchange.export(desk, "town1", pair.stick, limit=TINY, progress=lambda *_: countdown())
        assert knows(desk) == before
    assert list(pair.stick.iterdir()) == []


# --- import ------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fails",
    [
        pytest.param(FULL, id="disk full"),
        pytest.param(BROKEN, id="disk broken"),
        pytest.param(GONE, id="stick gone"),
        pytest.param(STOPPED, id="stopped"),
        pytest.param(DATABASE_PROTECTED, id="database protected"),
    ],
)
def test_every_failing_call_of_an_import(pair: Pair, fails: Break) -> None:
    with pair.village.fresh() as desk:
        (path,) = pair.export(desk).paths
    with pair.town.fresh() as desk:
        before = dump(desk.database)
        assert exchange.take_in(desk, path).attachments == 2
        after = dump(desk.database, HINTS)
    for desk, was_refused in failures(pair.town, fails, lambda desk: exchange.take_in(desk, path)):
        assert dump(desk.database) == before if was_refused else dump(desk.database, HINTS) == after
        assert list(desk.folder.glob("*.part")) == []
        again = exchange.take_in(desk, path)
        assert again.already_known != was_refused
        assert knows(desk)["changes"] == after["changes"]
        assert casebook.rebuild(desk.database) == 0


def test_an_import_on_a_disk_that_fills_up(computer: Start, pair: Pair) -> None:
    village = computer("v1")
    for number in range(3, 40):
        village.register(number, "长" * 2000)
    (path,) = pair.export(desk_of(village, pair.village.folder)).paths
    with pair.town.fresh() as desk:
        before, execute = dump(desk.database), desk.database.connection.execute
        (present,) = execute("PRAGMA page_count").fetchone()
        for pages in range(0, 2000, 20):
            execute(f"PRAGMA max_page_count = {present + pages}").fetchone()
            sentence = refusal(lambda: exchange.take_in(desk, path))
            if sentence is None:
                break
            assert sentence.startswith("磁盘已满")
            assert dump(desk.database) == before
        assert pages > 100
        execute(f"PRAGMA max_page_count = {2**30}").fetchone()
        assert casebook.rebuild(desk.database) == 0
