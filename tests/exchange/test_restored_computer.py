"""A computer that was restored gets back what it lost, and numbers elsewhere from then on."""

from collections.abc import Callable
from pathlib import Path

from desktop.store import numbers
from desktop.store.numbers import Blocks
from tests.exchange.computers import Computer
from tests.exchange.offices import County


def test_what_comes_back_makes_the_numbers_jump(county: County, computer: Callable[[str], Computer], tmp_path: Path) -> None:
    village, town = computer("v1"), computer("town1")
    lost = village.register()
    assert not town.take_in(village.export(town)).restored
    assert not village.take_in(town.export(village)).restored
    with village.seat.open(tmp_path / "restored.db") as database:
        again = Computer(village.seat, database)
        town.take_in(again.export(town))
        back = town.export(again)
        assert again.take_in(back).restored
        assert again.load(lost).summary == "起因"
        assert numbers.blocks(database) == Blocks((0,), None)
        numbers.take(database, "case", 2025)
        assert not again.take_in(back).restored
        assert not again.take_in(town.export(again)).restored
    assert numbers.blocks(village.database) == Blocks()


def test_a_copy_is_noticed_on_both_sides(county: County, computer: Callable[[str], Computer], tmp_path: Path) -> None:
    village, town = computer("v1"), computer("town1")
    with village.seat.open(tmp_path / "copy.db") as database:
        copy = Computer(village.seat, database)
        for number, one in enumerate((village, copy, village)):
            one.register(number + 1)
            town.take_in(one.export(town))
            assert one.take_in(town.export(one)).restored is (number > 0)
            assert (numbers.blocks(one.database).in_use is None) is (number > 0)
