"""今日: what is due in the cases of this office."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from desktop.domain.case import Case
from desktop.domain.party import Party
from desktop.services import cases, today
from desktop.services.desk import Desk, set_up
from desktop.store import due
from tests.domain.samples import PATHS
from tests.services.offices import STONE, WILLOW, copied, found_tree, reopened
from tests.ui.hands import CHEAP, PASSWORD

NOW = datetime(2026, 3, 25, 9, 0, tzinfo=UTC)
NEW = Case(
    type="邻里", registered_on=date(2026, 3, 2), summary="滴水", parties=(Party(role="申请人", kind="自然人", name="张三"),), risk="低"
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with set_up(tmp_path / "v", PASSWORD, level="村", name="浦贝村", operator="李正平", cost=CHEAP, clock=lambda: NOW) as made:
        yield made


def looked(desk: Desk) -> today.Look:
    look = today.Look(desk)
    while look.go_on():
        pass
    return look


def test_an_office_without_cases_has_nothing_to_do(desk: Desk) -> None:
    assert looked(desk).things == []
    assert today.figures(desk) == today.Figures(0, 0, 0, 0)


def test_the_most_urgent_comes_first_and_what_is_far_off_is_left_out(desk: Desk) -> None:
    registered = [cases.register(desk, msgspec.structs.replace(NEW, registered_on=date(2026, *day))) for day in ((2, 20), (2, 2), (3, 20))]
    found = looked(desk).things
    assert [thing.case for thing in found] == [registered[1].id, registered[0].id]
    assert [thing.field for thing in found] == ["sessions", "sessions"]
    assert today.figures(desk) == today.Figures(1, 0, 0, 1)


def test_what_is_done_is_no_longer_due(desk: Desk) -> None:
    made = cases.load(desk, cases.register(desk, msgspec.structs.replace(NEW, risk="高", registered_on=date(2026, 3, 20))).id)
    assert [thing.field for thing in looked(desk).things] == ["police_reported_at"]
    cases.save(desk, made, msgspec.structs.replace(made, police_reported_at="2026-03-25T09:00"))
    assert looked(desk).things == []


def test_many_things_show_the_first_and_say_that_there_are_more(desk: Desk) -> None:
    with desk.database.atomic():
        for _ in range(today.MOST + 5):
            cases.register(desk, msgspec.structs.replace(NEW, registered_on=date(2026, 2, 2)))
    look = looked(desk)
    assert len(look.things) == today.MOST
    assert look.more


def test_cases_of_others_are_theirs_and_an_offer_waits(tmp_path: Path) -> None:
    place = tmp_path / "tree"
    place.mkdir()
    found_tree(place)
    folders = copied(place, tmp_path)
    with reopened(folders[STONE]) as stone, reopened(folders[WILLOW]) as willow:
        cases.register_files(stone, [PATHS["05"]])
        assert looked(stone).things
        assert looked(willow).things == []
        assert due.after(stone.database, "f" * 32, "9999-12-31", due.Place(), 9).cases == []
        assert today.offered(stone) == []


def test_rows_of_an_older_program_are_brought_up_to_date_in_pauses(desk: Desk) -> None:
    from desktop.services import afterwork

    cases.register(desk, msgspec.structs.replace(NEW, registered_on=date(2026, 2, 2)))
    desk.database.connection.execute("UPDATE cases SET due_on = ''")
    assert looked(desk).things == []
    while afterwork.go_on(desk):
        pass
    assert len(looked(desk).things) == 1
