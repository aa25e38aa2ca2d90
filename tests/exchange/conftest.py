"""What the tests of the exchange share: the county, and the computers of some of its offices."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.exchange.computers import Computer
from tests.exchange.offices import County, found


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> County:
    """Six enrolled offices."""
    return found(tmp_path_factory.mktemp("county"))


@pytest.fixture
def computer(county: County, tmp_path: Path) -> Iterator[Callable[[str], Computer]]:
    """The computer of the office with this name, with a database of its own for this test."""
    started: dict[str, Computer] = {}

    def start(name: str) -> Computer:
        if name not in started:
            seat = county.seats[name]
            started[name] = Computer(seat, seat.open(tmp_path / f"{name}.db"))
        return started[name]

    yield start
    for one in started.values():
        one.database.close()
