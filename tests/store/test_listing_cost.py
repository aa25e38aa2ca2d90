"""What the list asks the database: no statement reads all cases, and none sorts them."""

from collections.abc import Callable
from datetime import date

import msgspec
import pytest

from desktop.domain.case import Case
from desktop.domain.party import Party
from desktop.store import casebook, findable, listing
from desktop.store.casebook import Author
from desktop.store.database import Database
from desktop.store.listing import Wanted

CASE = Case(
    type="邻里",
    registered_on=date(2025, 3, 14),
    summary="田埂",
    parties=(Party(role="申请人", kind="自然人", name="王五", phone="13900000003"),),
)
OPENED = ("已受理", "调解中")
WANTED = [
    Wanted(words="王"),
    Wanted(words="王五"),
    Wanted(words="ww"),
    Wanted(words="0000"),
    Wanted(words="王五 田埂"),
    Wanted(statuses=OPENED, risk="高", type="邻里", year=2025),
    Wanted(words="王五", not_office="某村"),
    Wanted(doubtful=True),
    Wanted(due_before=date(2026, 1, 1)),
    Wanted(due_before=date(2026, 1, 1), words="王五"),
]


def asked(database: Database, work: Callable[[], object]) -> list[str]:
    """The statements of the work, once each, without those that the index itself asks."""
    found: list[str] = []
    database.connection.set_trace_callback(found.append)
    work()
    database.connection.set_trace_callback(None)
    return list(dict.fromkeys(one for one in found if one.startswith("SELECT")))


def costly(database: Database, statement: str) -> list[str]:
    """Steps of the statement's plan that look at every case or sort what may be all of them."""
    plan = [row[3] for row in database.connection.execute("EXPLAIN QUERY PLAN " + statement)]
    whole = [step for step in plan if step.startswith(("SCAN cases", "SCAN folds", "SCAN same", "SCAN parties"))]
    sorts = [
        step for step in plan if step.startswith("USE TEMP B-TREE") and not any("cases_by_due" in one or "in_doubt" in one for one in plan)
    ]
    return [one for one in whole if "in_doubt" not in one] + sorts


@pytest.fixture
def filled(database: Database, author: Author) -> Database:
    """Some cases, filed and not filed."""
    for number in range(8):
        casebook.commit(database, None, msgspec.structs.replace(CASE, registered_on=date(2025, 1, 1 + number)), author)
        if number == 5:
            findable.file_some(database, 10)
    return database


@pytest.mark.parametrize("wanted", WANTED)
def test_a_search_looks_at_what_it_finds(filled: Database, wanted: Wanted) -> None:
    statements = asked(filled, lambda: listing.rows_at(filled, listing.places(filled, wanted, 10)))
    assert statements
    assert {statement: found for statement in statements if (found := costly(filled, statement))} == {}


def test_any_page_of_all_cases_is_reached_by_its_day(filled: Database) -> None:
    statements = asked(filled, lambda: listing.page(filled, listing.calendar(filled), 3, 2))
    assert {statement: found for statement in statements if (found := costly(filled, statement))} == {}
    skipped = [statement for statement in statements if "OFFSET" in statement]
    assert all(statement.endswith("OFFSET 0") for statement in skipped)
    assert skipped
