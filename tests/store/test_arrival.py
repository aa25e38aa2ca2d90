"""What comes from elsewhere leads to the same tables in whatever order and company it comes; and is written many cases at a time."""

import random
from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path

import msgspec
import pytest

from desktop.domain.case import Case
from desktop.domain.party import Party
from desktop.domain.visit import Visit
from desktop.store import arrival, casebook, listing
from desktop.store.casebook import Author, Held
from desktop.store.database import Database
from desktop.store.listing import Wanted
from tests.exchange.offices import reopen
from tests.store.dump import dump

replace = msgspec.structs.replace
DAY = date(2025, 3, 14)
PARTIES = (Party(role="申请人", kind="自然人", name="张三", phone="13900000001"), Party(role="被申请人", kind="自然人", name="李四"))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, empty_image: bytes, author: Author) -> list[list[Held]]:
    """The changes of 24 cases: straight ones, branched ones, ones with a branch that was merged again; parents before children."""
    path: Path = tmp_path_factory.mktemp("written") / "desk.db"
    path.write_bytes(empty_image)
    with reopen(path) as database:
        for number in range(24):
            _write(database, author, number)
        keys = [key for (key,) in database.connection.execute("SELECT key FROM cases ORDER BY key").fetchall()]
        return [_in_order(database, key) for key in keys]


def _write(database: Database, author: Author, number: int) -> None:
    fresh = Case(type="邻里", registered_on=DAY, summary=f"起因{number:02d}号田埂", parties=PARTIES, owner="v1", same_as="a" * 32)
    first = casebook.commit(database, None, fresh, author)
    second = casebook.commit(database, first, replace(first, visits=(Visit(note="界桩完好"),), assigned=("town",)), author)
    if number % 3:
        branched = casebook.commit(database, first, replace(first, summary="各执一词", parties=PARTIES[:1], same_as=None), author)
        if number % 3 == 2:
            casebook.commit(database, branched, replace(branched, owner="v2", summary="和好如初"), author)
    else:
        casebook.commit(database, second, replace(second, visits=(), owner="v2", same_as=None), author)


def _in_order(database: Database, key: int) -> list[Held]:
    held = {one.id: one for one in casebook.held_changes(database, key)}
    return [held[identifier] for identifier in casebook.history_of(database, key).ids]


def tables(database: Database) -> dict[str, object]:
    """What the cases are, without what depends on the order of their coming."""
    assert casebook.rebuild(database) == 0
    ids = [uuid.hex() for (uuid,) in database.connection.execute("SELECT uuid FROM cases ORDER BY uuid").fetchall()]
    found = {
        query: sorted(row.id for row in listing.rows_at(database, listing.places(database, Wanted(words=query), -1)))
        for query in ("田埂", "完好", "各执", "和好", "李四", "0001")
    }
    rows = database.connection.execute("SELECT uuid, reach, ever, conflicts, title FROM cases ORDER BY uuid").fetchall()
    return {case: casebook.load(database, case) for case in ids} | {"rows": rows, "found": found}


@pytest.fixture(scope="module")
def expected(written: list[list[Held]], tmp_path_factory: pytest.TempPathFactory, empty_image: bytes) -> dict[str, object]:
    """What one import of all makes, in the order of a bundle."""
    path: Path = tmp_path_factory.mktemp("expected") / "desk.db"
    path.write_bytes(empty_image)
    with reopen(path) as database:
        receipt = casebook.receive(database, chain.from_iterable(written))
        assert (len(receipt.cases), len(receipt.new_cases), receipt.waiting) == (24, 24, 0)
        assert receipt.changes == sum(map(len, written))
        return tables(database)


def shuffled(written: list[list[Held]], seed: int) -> list[Held]:
    all_changes = list(chain.from_iterable(written))
    random.Random(seed).shuffle(all_changes)  # noqa: S311 -- the same order in each run
    return all_changes


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("pieces", [1, 3, 40])
def test_any_order_in_any_number_of_imports(
    database: Database, written: list[list[Held]], expected: dict[str, object], seed: int, pieces: int
) -> None:
    mixed = shuffled(written, seed)
    for start in range(pieces):
        casebook.receive(database, mixed[start::pieces])
    assert database.connection.execute("SELECT count(*) FROM waiting").fetchone() == (0,)
    assert tables(database) == expected


@pytest.mark.parametrize("many", [1, 2, 7])
def test_however_often_rows_are_written(
    database: Database, written: list[list[Held]], expected: dict[str, object], many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrival, "_MANY", many)
    casebook.receive(database, [changes[0] for changes in written])
    receipt = casebook.receive(database, chain.from_iterable(written))
    assert receipt.new_cases == frozenset()
    assert receipt.changes == sum(map(len, written)) - 24
    assert tables(database) == expected
    before = dump(database)
    assert casebook.receive(database, chain.from_iterable(written)) == casebook.Receipt(frozenset(), frozenset(), 0, 0)
    assert dump(database) == before


def test_a_case_that_comes_in_two_parts_of_one_import(database: Database, written: list[list[Held]], expected: dict[str, object]) -> None:
    casebook.receive(database, [*(one for changes in written for one in changes[:2]), *(one for changes in written for one in changes[2:])])
    assert tables(database) == expected


def test_it_takes_changes_as_they_come(database: Database, written: list[list[Held]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory holds the changes of one case, not those of the whole bundle: earlier ones are in the database before later ones are read."""
    monkeypatch.setattr(arrival, "_MANY", 4)
    stored: list[int] = []

    def watched() -> Iterator[Held]:
        for one in chain.from_iterable(written):
            stored.append(database.connection.execute("SELECT count(*) FROM changes").fetchone()[0])
            yield one

    casebook.receive(database, watched())
    assert all(count >= number - 12 for number, count in enumerate(stored))


def test_nothing_of_an_import_stays_that_ends_in_an_error(database: Database, written: list[list[Held]]) -> None:
    before = dump(database)

    def broken() -> Iterator[Held]:
        yield from written[0]
        yield written[1][0]
        raise RuntimeError("the stick was pulled")

    with pytest.raises(RuntimeError, match="pulled"):
        casebook.receive(database, broken())
    assert dump(database) == before
