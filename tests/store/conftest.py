"""What the tests of the store share: an empty encrypted database, and somebody who writes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.exchange import keys
from desktop.store.casebook import Author
from desktop.store.database import Database
from tests.exchange.offices import KEY, reopen


@pytest.fixture(scope="session")
def empty_image(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of an empty database: copying it is quicker than making one."""
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    Database(path, KEY).close()
    return path.read_bytes()


@pytest.fixture
def database(tmp_path: Path, empty_image: bytes) -> Iterator[Database]:
    """An empty database, without the guarantees against power loss."""
    path = tmp_path / "desk.db"
    path.write_bytes(empty_image)
    with reopen(path) as database:
        yield database


@pytest.fixture(scope="session")
def author() -> Author:
    """One who writes, at a clock that stands still."""
    return Author(b"d" * 16, "段文清", lambda message: keys.sign(b"s" * 32, message), "2025-03-14T09:00:00+08:00")
