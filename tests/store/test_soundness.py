"""What an examination finds in a database that was damaged or written to by others."""

from pathlib import Path

import pytest

from desktop.domain.refused import Refused
from desktop.store import casebook, soundness
from desktop.store.casebook import Author
from desktop.store.database import Database
from tests.exchange.offices import reopen
from tests.store.test_casebook import FRESH


def test_a_sound_database_is_as_it_was(database: Database, author: Author) -> None:
    case = casebook.commit(database, None, FRESH, author)
    found = soundness.examine(database)
    assert found.is_sound
    assert (found.cases, found.changes) == (1, 1)
    assert casebook.load(database, case.id) == case


def test_a_row_that_lost_its_case_is_found(database: Database, author: Author) -> None:
    casebook.commit(database, None, FRESH, author)
    database.connection.execute("PRAGMA foreign_keys = OFF")
    with database.atomic():
        database.connection.execute("INSERT INTO missing (sha256, case_key) VALUES (x'00', 99)")
    found = soundness.examine(database)
    assert (found.loose, found.is_sound) == (1, False)


@pytest.mark.parametrize("page", [3, 10, 20])
def test_a_flipped_bit_is_found(database: Database, author: Author, tmp_path: Path, page: int) -> None:
    casebook.commit(database, None, FRESH, author)
    database.close()
    path = tmp_path / "desk.db"
    data = bytearray(path.read_bytes())
    data[page * 4096 + 100] ^= 1
    path.write_bytes(data)
    try:
        with reopen(path) as damaged:
            assert soundness.examine(damaged).damage
    except Refused:
        pass  # the page is needed for opening or reading at all: that is told, too
