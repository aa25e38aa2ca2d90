"""Databases and bundles of every earlier version import to the state that was recorded then (promise 14)."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from desktop.exchange.device import member
from desktop.store import casebook
from tests.exchange.computers import Computer
from tests.exchange.offices import County, reopen

VECTORS = Path(__file__).parent.parent / "vectors" / "earlier"
VERSIONS = sorted(path.name for path in VECTORS.iterdir())


@pytest.mark.parametrize("version", VERSIONS)
def test_an_earlier_database_takes_an_earlier_bundle_in(county: County, tmp_path: Path, version: str) -> None:
    path = Path(shutil.copy(VECTORS / version / "county.db", tmp_path))
    recorded: dict[str, Any] = json.loads((VECTORS / version / "county.json").read_bytes())
    with reopen(path) as database:
        us = Computer(county.seats["county"], database)
        assert casebook.rebuild(database) == 0, "the earlier program's tables are not ours"
        data = (VECTORS / version / "bundle.fqb").read_bytes()
        incoming = us.take_in_as(member(database, us.seat.keys), data)
        assert (incoming.again, incoming.receipt.waiting) == (False, 0)
        assert casebook.rebuild(database) == 0
        assert {case: surviving(us, case) for case in recorded} == recorded
        assert [row[0].hex() for row in database.connection.execute("SELECT uuid FROM cases ORDER BY uuid")] == sorted(recorded)
        assert us.take_in(data).again
        _answers(us, incoming.sender.id)


def surviving(us: Computer, case: str) -> dict[str, list[list[Any]]]:
    """The surviving writes of a case, as they were recorded."""
    state = casebook.state_of(us.database, case)
    return {"/".join(field): [[write.change.hex(), write.value] for write in writes] for field, writes in sorted(state.items())}


def _answers(us: Computer, sender: str) -> None:
    """What came counts as shown, so that only what its sender lacks goes back to it."""
    held = us.database.connection.execute("SELECT count(*) FROM changes").fetchone()[0]
    shown = us.database.connection.execute("SELECT count(*) FROM shares WHERE length(theirs) > 0").fetchone()[0]
    assert shown > 0
    directory = us.me.directory
    station = directory.station(sender)
    assert station is not None
    assert us.plan(station) < held
