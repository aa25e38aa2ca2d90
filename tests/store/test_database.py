"""The encrypted database: what it refuses, what it says, and that a failing statement leaves everything as it was."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest
import sqlcipher3.dbapi2 as driver

from desktop.domain.case import Case
from desktop.domain.party import Party
from desktop.domain.refused import Refused
from desktop.store import casebook, schema
from desktop.store.casebook import Author
from desktop.store.database import Database
from desktop.store.schema import NewerDatabase
from desktop.store.sqlcipher import DatabaseBusy, DatabaseDamaged, DiskFull, translated
from tests.exchange.offices import KEY, reopen
from tests.store.dump import Dump, dump
from tests.store.faults import FailingConnection

NAME = "张三丰的秘密"
CASE = Case(type="邻里", registered_on=date(2025, 3, 14), summary=NAME * 20, parties=(Party(role="申请人", kind="自然人", name=NAME),))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a database is."""
    return tmp_path / "desk.db"


def test_nothing_in_the_files_can_be_read(path: Path, author: Author) -> None:
    with Database(path, KEY) as database:
        casebook.commit(database, None, CASE, author)
        contents = [file.read_bytes() for file in path.parent.iterdir()]
    contents += [file.read_bytes() for file in path.parent.iterdir()]
    assert len(contents) >= 3
    for content in contents:
        for readable in (b"SQLite format", b"CREATE TABLE", NAME.encode(), NAME.encode("utf-16-le"), KEY, KEY.hex().encode()):
            assert readable not in content
    assert path.read_bytes()[:16] != b"SQLite format 3\0"


@pytest.mark.parametrize("key", [bytes(32), KEY[::-1], KEY[:31] + b"\0"])
def test_another_key_does_not_open_it(path: Path, key: bytes) -> None:
    Database(path, KEY).close()
    before = path.read_bytes()
    with pytest.raises(DatabaseDamaged):
        Database(path, key)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"x", b"SQLite format 3\0" + bytes(4080), b"\0" * 8192, b"text " * 2000])
def test_other_files_are_refused_unchanged(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(DatabaseDamaged):
        Database(path, KEY)
    assert path.read_bytes() == content


def test_a_newer_database_is_refused_unchanged(path: Path) -> None:
    with Database(path, KEY) as database:
        database.connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    before = path.read_bytes()
    with pytest.raises(NewerDatabase):
        Database(path, KEY)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_opening_again_changes_nothing(path: Path) -> None:
    with Database(path, KEY) as database:
        database.set("x", [1, "二"])
        before = dump(database)
        assert database.connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
    with Database(path, KEY) as database:
        assert dump(database) == before
        assert database.required("x", list[int | str]) == [1, "二"]
        assert database.setting("y", int) is None
        with pytest.raises(KeyError):
            database.required("y", int)


def test_it_is_durable(path: Path) -> None:
    with Database(path, KEY) as database:
        pragmas = [database.connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "foreign_keys")]
    assert pragmas == ["wal", 2, 1]


def test_two_windows_wait_for_each_other(path: Path) -> None:
    with Database(path, KEY) as first, Database(path, KEY) as second:
        second.connection.execute("PRAGMA busy_timeout = 10")
        with first.atomic():
            first.set("x", 1)
            with pytest.raises(DatabaseBusy):
                second.set("x", 2)
        second.set("x", 3)
        assert first.required("x", int) == 3


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("file is not a database", DatabaseDamaged),
        ("database disk image is malformed", DatabaseDamaged),
        ("database is locked", DatabaseBusy),
        ("database table is locked", DatabaseBusy),
        ("database or disk is full", DiskFull),
        ("disk I/O error", DiskFull),
        ("attempt to write a readonly database", DiskFull),
        ("unable to open database file", DiskFull),
    ],
)
def test_what_the_world_does_is_said_in_our_words(message: str, kind: type[Refused]) -> None:
    with pytest.raises(kind), translated():
        raise driver.OperationalError(message)


@pytest.mark.parametrize("error", [driver.OperationalError("no such table: x"), driver.IntegrityError("UNIQUE failed"), KeyError("x")])
def test_our_own_faults_stay_faults(error: Exception) -> None:
    with pytest.raises(type(error)) as caught, translated():
        raise error
    assert caught.value is error


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DiskFull):
        Database(tmp_path / "none" / "desk.db", KEY)


def test_what_is_raised_inside_undoes_everything(database: Database) -> None:
    before = dump(database)
    with pytest.raises(KeyboardInterrupt):
        interrupted(database)
    assert dump(database) == before
    with database.atomic():
        database.set("x", 1)
        with pytest.raises(KeyboardInterrupt):
            interrupted(database)
    assert (database.setting("x", int), database.setting("y", int)) == (1, None)


def interrupted(database: Database) -> None:
    with database.atomic():
        database.set("y", 1)
        raise KeyboardInterrupt


def failing_saves(database: Database, before: Case, after: Case, author: Author) -> Iterator[Dump]:
    """The database after a save whose first statement failed, the second, …, until none fails."""
    connection = database.connection
    for number in range(1, 100):
        database.connection = FailingConnection(connection, number)
        try:
            casebook.commit(database, before, after, author)
        except DiskFull:
            database.connection = connection
            yield dump(database)
        else:
            database.connection = connection
            return


@pytest.mark.parametrize("is_stale", [False, True], ids=["quick way", "slow way"])
def test_every_failing_statement_of_a_save(database: Database, author: Author, *, is_stale: bool) -> None:
    case = casebook.commit(database, None, CASE, author)
    if is_stale:
        casebook.commit(database, case, msgspec.structs.replace(case, place="村口"), author)
    before = dump(database)
    failed = list(failing_saves(database, case, msgspec.structs.replace(case, summary="改了"), author))
    assert len(failed) >= 8  # so many statements a save has at least
    assert all(state == before for state in failed)
    assert casebook.load(database, case.id).summary == "改了"
    assert casebook.rebuild(database) == 0


def test_a_disk_that_fills_up(path: Path, empty_image: bytes, author: Author) -> None:
    """The real thing: the database may grow by no page, by one, by two, and so on."""
    path.write_bytes(empty_image)
    with reopen(path) as database:
        case = casebook.commit(database, None, CASE, author)
        after = msgspec.structs.replace(case, summary="长" * 30_000)
        before = dump(database)
        for pages in range(200):
            present = database.connection.execute("PRAGMA page_count").fetchone()[0]
            database.connection.execute(f"PRAGMA max_page_count = {present + pages}").fetchone()
            try:
                casebook.commit(database, case, after, author)
            except DiskFull:
                assert dump(database) == before
            else:
                break
        assert pages > 10
        database.connection.execute(f"PRAGMA max_page_count = {2**30}").fetchone()
        assert casebook.rebuild(database) == 0
