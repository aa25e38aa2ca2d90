"""Running numbers: no gap, no second use, each computer in its blocks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.store import numbers
from desktop.store.database import Database
from desktop.store.numbers import DEVICES, SIZE, SPARES, Blocks, NumbersUsedUp


def used_up_to(database: Database, last: int, series: str = "案", year: int = 2025) -> None:
    with database.atomic():
        database.connection.execute("INSERT OR REPLACE INTO numbers (series, year, last) VALUES (?, ?, ?)", (series, year, last))


def test_numbers_run_by_series_and_year(database: Database) -> None:
    asked = [("案", 2025), ("案", 2025), ("函", 2025), ("案", 2026), ("案", 2025)]
    taken = [numbers.take(database, series, year) for series, year in asked]
    assert taken == [1, 2, 1, 1, 3]
    assert numbers.taken(database) == {"函 2025": 1, "案 2025": 3, "案 2026": 1}


def test_a_failed_save_leaves_no_gap(database: Database) -> None:
    assert numbers.take(database, "案", 2025) == 1
    with pytest.raises(ZeroDivisionError), database.atomic():
        numbers.take(database, "案", 2 // (numbers.take(database, "案", 2025) - 2))
    assert numbers.take(database, "案", 2025) == 2


@pytest.mark.parametrize(("block", "first"), [(0, 1), (1, 5001), (2, 10001), (39, 195001)])
def test_each_computer_numbers_in_its_block(database: Database, block: int, first: int) -> None:
    numbers.grant(database, block)
    assert [numbers.take(database, "案", 2025) for _ in range(2)] == [first, first + 1]
    numbers.grant(database, block)
    assert numbers.take(database, "案", 2025) == first + 2


@pytest.mark.parametrize("block", [0, 1, 39])
def test_a_block_that_is_used_up_is_followed_by_a_spare_one(database: Database, block: int) -> None:
    numbers.grant(database, block)
    used_up_to(database, block * SIZE + SIZE - 2)
    spare = (block + DEVICES) * SIZE
    assert [numbers.take(database, "案", 2025) for _ in range(3)] == [block * SIZE + SIZE - 1, spare + 1, spare + 2]
    assert numbers.take(database, "函", 2025) == spare + 1
    assert numbers.take(database, "案", 2025) == spare + 3
    numbers.grant(database, block)
    assert numbers.take(database, "案", 2025) == spare + 4


def test_after_a_jump_every_series_goes_on_in_the_fresh_block(database: Database) -> None:
    numbers.grant(database, 3)
    assert [numbers.take(database, series, 2025) for series in ("案", "函")] == [15001, 15001]
    numbers.jump(database)
    first = numbers.take(database, "案", 2025)
    block = numbers.blocks(database).in_use
    assert block is not None
    assert block > DEVICES
    assert block % DEVICES == 3
    assert first == block * SIZE + 1
    assert [numbers.take(database, series, 2025) for series in ("案", "函", "案")] == [block * SIZE + n for n in (2, 1, 3)]


def test_nothing_is_drawn_before_a_number_is_taken(database: Database) -> None:
    for _ in range(2):
        numbers.jump(database, [DEVICES])
        assert numbers.blocks(database) == Blocks((0, DEVICES), None)
    assert numbers.take(database, "案", 2025, draw=min) == 2 * DEVICES * SIZE + 1
    assert numbers.blocks(database) == Blocks((0, DEVICES, 2 * DEVICES), 2 * DEVICES)


def test_a_jump_never_ends_in_a_block_that_was_seen(database: Database) -> None:
    numbers.jump(database, [1, 2, *(DEVICES * n for n in range(1, SPARES))])
    assert numbers.take(database, "案", 2025) == DEVICES * SPARES * SIZE + 1
    used_up_to(database, DEVICES * SPARES * SIZE + SIZE - 1)
    for _ in range(2):
        with pytest.raises(NumbersUsedUp, match=r"。$"):
            numbers.take(database, "案", 2025)
    assert numbers.take(database, "案", 2026) == DEVICES * SPARES * SIZE + 1
    numbers.jump(database)
    with pytest.raises(NumbersUsedUp):
        numbers.take(database, "案", 2026)


def test_after_a_jump_the_next_spare_block_is_drawn_too(database: Database) -> None:
    numbers.jump(database)
    first = numbers.take(database, "案", 2025, draw=min)
    used_up_to(database, first + SIZE - 2)
    assert numbers.take(database, "案", 2025, draw=max) == DEVICES * SPARES * SIZE + 1


@given(block=st.integers(0, DEVICES - 1), other=st.integers(0, DEVICES - 1), spare=st.integers(0, SPARES), number=st.integers(1, SIZE - 1))
def test_blocks_of_two_computers_never_meet(block: int, other: int, spare: int, number: int) -> None:
    mine = (block + DEVICES * spare) * SIZE + number
    assert (numbers.block_of(mine) % DEVICES == other) == (block == other)
