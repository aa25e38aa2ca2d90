"""A restored or copied database is noticed, by what comes back to it or by the file beside it, and takes its numbers elsewhere."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.store import casebook, numbers, restored
from desktop.store import change as changes
from desktop.store.casebook import Author
from desktop.store.change import Held
from desktop.store.database import Database
from desktop.store.numbers import DEVICES, SIZE, Blocks
from tests.exchange.offices import KEY

UUID = bytes(16)
SERIES = ("case", 2025)


def written(case: bytes, number: str | None, *parents: bytes, entity: str = "case", operator: str = "段文清") -> Held:
    edits: changes.Edits = {(entity, "" if entity == "case" else "x", "number"): number} if number else {("case", "", "summary"): "起因"}
    body = changes.encode(changes.make(case, b"d" * 16, operator, parents, "2025-03-14", edits))
    return Held(changes.change_id(body), body, b"s" * 64)


def low(database: Database) -> int:
    """The next number, with the lowest lot."""
    return numbers.take(database, *SERIES, draw=min)


def test_what_is_here_already_is_nothing_new(database: Database, author: Author) -> None:
    one = written(UUID, "〔2025〕石桥人调字第1号")
    casebook.receive(database, [one])
    assert restored.noticed(database, []) is restored.noticed(database, [one]) is False
    assert numbers.blocks(database) == Blocks()


def test_a_change_that_waits_is_noticed_once(database: Database) -> None:
    waits = written(UUID, "〔2025〕石桥人调字第1号", b"p" * 32)
    assert restored.noticed(database, [waits])
    casebook.receive(database, [waits])
    numbers.take(database, *SERIES)
    assert not restored.noticed(database, [waits])


@pytest.mark.parametrize("number", ["〔2025〕石桥人调字第7号", "石桥综治任〔2025〕7号", None, "不是编号"])
def test_the_first_lost_change_makes_the_numbers_jump(database: Database, number: str | None) -> None:
    assert numbers.take(database, *SERIES) == 1
    assert restored.noticed(database, [written(UUID, number, entity="letter" if number and "任" in number else "case")])
    assert low(database) == DEVICES * SIZE + 1


def test_more_of_what_was_lost_is_no_news_until_a_number_was_taken(database: Database) -> None:
    assert restored.noticed(database, [written(UUID, "〔2025〕石桥人调字第7号")])
    assert not restored.noticed(database, [written(b"1" * 16, "〔2025〕石桥人调字第8号")])
    assert low(database) == DEVICES * SIZE + 1
    assert restored.noticed(database, [written(b"2" * 16, "〔2025〕石桥人调字第9号")])
    assert low(database) == 2 * DEVICES * SIZE + 1


def test_the_jump_goes_where_no_number_was_seen(database: Database) -> None:
    lost = [written(bytes([n]) * 16, f"〔2025〕石桥人调字第{n * DEVICES * SIZE + 3}号") for n in (1, 2, 4)]
    other = written(b"o" * 16, f"〔2025〕石桥人调字第{3 * DEVICES * SIZE + SIZE + 3}号")  # another computer's spare block
    assert restored.noticed(database, lost[:1])
    assert not restored.noticed(database, [*lost[1:], other])
    assert low(database) == 3 * DEVICES * SIZE + 1


def test_what_only_a_newer_program_reads_is_noticed_too(database: Database) -> None:
    body = changes.encode(changes.make(UUID, b"d" * 16, "段", [], "2025", {("case", "", "number"): "1号"}))
    body = body[:1] + b"\x09" + body[2:]
    held = Held(changes.change_id(body), body, b"s" * 64)
    assert restored.noticed(database, [held])
    casebook.receive(database, [held])
    numbers.take(database, *SERIES)
    assert not restored.noticed(database, [held])


# --- the file beside the database ------------------------------------------------------------------------------------------------------


@pytest.fixture
def marker(tmp_path: Path) -> Path:
    return tmp_path / "numbers"


def image(database: Database) -> bytes:
    database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    path = Path(database.connection.execute("PRAGMA database_list").fetchone()[2])
    return path.read_bytes()


@pytest.fixture
def older(database: Database, tmp_path: Path, marker: Path) -> Iterator[Database]:
    """The database as it was when it had taken two numbers; five were taken since."""
    for _ in range(2):
        numbers.take(database, *SERIES)
    (tmp_path / "older.db").write_bytes(image(database))
    for _ in range(3):
        numbers.take(database, *SERIES)
    restored.remember(database, "石桥", marker)
    with Database(tmp_path / "older.db", KEY) as found:
        yield found


def test_a_database_that_was_put_back_is_noticed_at_opening(database: Database, older: Database, marker: Path) -> None:
    assert not restored.noticed_at_opening(database, "石桥", marker)
    assert restored.noticed_at_opening(older, "石桥", marker)
    assert low(older) == DEVICES * SIZE + 1
    restored.remember(older, "石桥", marker)
    assert not restored.noticed_at_opening(older, "石桥", marker)


def test_a_marker_that_is_behind_raises_no_alarm(database: Database, marker: Path) -> None:
    """As after a crash: what it tells was committed before it was written."""
    restored.remember(database, "石桥", marker)
    assert not marker.exists()
    for step in range(6):
        numbers.take(database, "case", 2025 + step % 2)
        if step % 2:
            assert not restored.noticed_at_opening(database, "石桥", marker)
            restored.remember(database, "石桥", marker)
        if step == 3:
            numbers.jump(database)
            assert not restored.noticed_at_opening(database, "石桥", marker)
    assert not restored.noticed_at_opening(database, "石桥", marker)


@pytest.mark.parametrize("taken", [0, 1])
def test_a_database_put_back_to_before_a_jump(older: Database, database: Database, marker: Path, taken: int) -> None:
    marker.unlink()
    numbers.jump(database)
    for _ in range(taken):
        numbers.take(database, *SERIES, draw=min)
    restored.remember(database, "石桥", marker)
    assert not restored.noticed_at_opening(database, "石桥", marker)
    assert restored.noticed_at_opening(older, "石桥", marker)
    assert low(older) == (1 + taken) * DEVICES * SIZE + 1


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b'{"office":"x","blocks":{},"last":{}}', b'{"office":1}'])
def test_rubbish_beside_the_database_raises_no_alarm(older: Database, marker: Path, content: bytes) -> None:
    marker.write_bytes(content)
    assert not restored.noticed_at_opening(older, "石桥", marker)


def test_the_marker_of_another_office_raises_no_alarm(older: Database, marker: Path) -> None:
    assert not restored.noticed_at_opening(older, "柳林", marker)
    assert json.loads(marker.read_bytes()) == {"office": "石桥", "blocks": {"used": [0], "in_use": 0}, "last": {"case 2025": 5}}


def test_a_marker_that_cannot_be_written_is_left(database: Database, tmp_path: Path) -> None:
    numbers.take(database, *SERIES)
    restored.remember(database, "石桥", tmp_path / "没有" / "numbers")
    (tmp_path / "folder").mkdir()
    restored.remember(database, "石桥", tmp_path / "folder")
