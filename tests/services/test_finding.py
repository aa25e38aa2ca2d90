"""Finding disputes: rows when they are looked at, a thousand at a time, and what is said meanwhile."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest

from desktop.domain.case import Case
from desktop.domain.course import Status
from desktop.domain.party import Party
from desktop.services import afterwork, cases, finding
from desktop.services.desk import Desk, set_up
from desktop.services.finding import ENDED, OPEN, Wanted
from desktop.store.keyfile import Cost

CASE = Case(type="邻里", registered_on=date(2025, 3, 14), summary="田埂", parties=(Party(role="申请人", kind="自然人", name="王五"),))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An office with seven cases on seven days."""
    with set_up(tmp_path / "office", "枫桥", level="村", name="某村综治中心", cost=Cost(8, 1, 1)) as made:
        for day in range(1, 8):
            cases.register(made, msgspec.structs.replace(CASE, registered_on=date(2025, 1, day)))
        yield made


def days(rows: list[finding.Row]) -> list[int]:
    return [row.registered_on.day for row in rows]


def test_all_cases_newest_first(desk: Desk) -> None:
    found = finding.find(desk, Wanted(words="  "))
    assert (found.total, found.more, found.unfiled, found.years) == (7, False, 0, [2025])
    assert days(found.rows(2, 3)) == [5, 4, 3]
    assert found.rows(7, 3) == []


@pytest.mark.parametrize("filed", [False, True])
def test_what_is_found_comes_in_portions(desk: Desk, monkeypatch: pytest.MonkeyPatch, filed: bool) -> None:
    while filed and afterwork.go_on(desk):
        pass
    monkeypatch.setattr(finding, "FIRST", 3)
    found = finding.find(desk, Wanted(words="田埂"))
    assert (found.total, found.more) == (3, True)
    assert (found.go_on(), found.total, found.more) == (3, 6, True)
    assert (found.go_on(), found.total, found.more) == (1, 7, False)
    assert days(found.rows(0, 10)) == [7, 6, 5, 4, 3, 2, 1]


def test_parts_of_the_list_for_the_command_line(desk: Desk) -> None:
    assert finding.count(desk) == finding.count(desk, "王五") == 7
    assert days(finding.rows(desk, "王五", offset=1, limit=2)) == days(finding.rows(desk, offset=1, limit=2)) == [6, 5]
    assert len(finding.rows(desk, limit=-1)) == len(finding.rows(desk, "田埂", limit=-1)) == 7


def test_every_status_is_open_or_ended() -> None:
    assert sorted((*OPEN, *ENDED)) == sorted(Status)
