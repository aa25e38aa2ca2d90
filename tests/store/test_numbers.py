"""Running numbers: no gap, no second use, and an end."""

import pytest

from desktop.store import numbers
from desktop.store.database import Database


def test_numbers_run_by_series_and_year(database: Database) -> None:
    asked = [("案", 2025), ("案", 2025), ("函", 2025), ("案", 2026), ("案", 2025)]
    taken = [numbers.take(database, series, year) for series, year in asked]
    assert taken == [1, 2, 1, 1, 3]


def test_a_failed_save_leaves_no_gap(database: Database) -> None:
    assert numbers.take(database, "案", 2025) == 1
    with pytest.raises(ZeroDivisionError), database.atomic():
        numbers.take(database, "案", 2 // (numbers.take(database, "案", 2025) - 2))
    assert numbers.take(database, "案", 2025) == 2


def test_the_block_ends(database: Database) -> None:
    with database.atomic():
        database.connection.execute("INSERT INTO numbers (series, year, last) VALUES ('案', 2025, ?)", (numbers.BLOCK - 1,))
    assert numbers.take(database, "案", 2025) == numbers.BLOCK
    for _ in range(2):
        with pytest.raises(numbers.NumbersUsedUp):
            numbers.take(database, "案", 2025)
    assert numbers.take(database, "案", 2026) == 1
