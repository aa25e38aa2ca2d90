"""What an export and an import ask the database: nothing that grows with the number of cases."""

from collections.abc import Callable

import pytest

from desktop.exchange import books
from tests.exchange.computers import Computer

Start = Callable[[str], Computer]
LARGE = ("cases", "changes", "folds", "shares", "parties", "blobs")


def asked(computer: Computer, work: Callable[[], object]) -> list[str]:
    """The statements of the work, once each."""
    found: list[str] = []
    connection = computer.database.connection
    connection.set_trace_callback(found.append)
    work()
    connection.set_trace_callback(None)
    return list(dict.fromkeys(one for one in found if one.startswith(("SELECT", "UPDATE", "DELETE", "INSERT", "SAVEPOINT"))))


def reads_all(computer: Computer, statement: str) -> list[str]:
    """Steps of the statement's plan that look at every row of a large table, or at every case of a partner."""
    plan = [row[3] for row in computer.database.connection.execute("EXPLAIN QUERY PLAN " + statement)]
    whole = [step for step in plan if any(step.startswith(f"SCAN {table}") for table in LARGE)]
    return whole + [step for step in plan if step.startswith("SEARCH shares") and step.endswith("PRIMARY KEY (link=?)")]


def test_an_exchange_looks_only_at_what_is_new(computer: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(books, "WHOLE_UP_TO", 0)  # lists travel as differences, as between large offices
    village, town = computer("v1"), computer("town1")
    cases = [village.register(number) for number in range(1, 30)]
    for _ in range(3):
        town.take_in(village.export(town))
        village.take_in(town.export(village))
    village.save(cases[0], place="村口")
    data: list[bytes] = []
    statements = asked(village, lambda: data.append(village.export(town)))
    statements += asked(town, lambda: town.take_in(data[0]))
    statements += asked(village, lambda: village.take_in(town.export(village)))
    assert len(statements) > 30
    slow = {statement: found for statement in statements if (found := reads_all(village, statement))}
    assert slow == {}


def test_an_import_opens_no_transaction_within_its_own(computer: Start) -> None:
    """Within a savepoint SQLite goes through all pages written so far at each statement: a large import took six times as long."""
    village, town = computer("v1"), computer("town1")
    for number in range(1, 5):
        village.register(number)
    data = village.export(town)
    statements = asked(town, lambda: town.take_in(data))
    assert any(one.startswith("INSERT") for one in statements)
    assert [one for one in statements if one.startswith("SAVEPOINT")] == []
