"""Practice begins with a day like a real one, whatever day the clock says."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from desktop.domain.case import Case
from desktop.domain.course import Status, status
from desktop.services import cases, practice, today
from desktop.services.desk import Desk
from desktop.services.sample_days import STORY_DAYS, near
from tests.domain.samples import PATHS

BEIJING = timezone(timedelta(hours=8))
DAYS = (date(2024, 2, 29), date(2026, 1, 1), date(2026, 11, 22))


@pytest.fixture(params=DAYS, ids=str)
def practising(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    noon = datetime(request.param.year, request.param.month, request.param.day, 12, tzinfo=BEIJING)
    with practice.open_practice(tmp_path, lambda: noon) as desk:
        yield desk


def looked(desk: Desk) -> list[int]:
    """In how many days each thing of 今日 is due."""
    look = today.Look(desk)
    while look.go_on():
        pass
    return [(thing.on - desk.today()).days for thing in look.things]


def all_cases(desk: Desk) -> list[Case]:
    return [cases.load(desk, row.id) for row in cases.rows(desk)]


def test_the_first_day_has_something_late_something_today_and_something_this_week(practising: Desk) -> None:
    found = looked(practising)
    assert any(-7 <= days < 0 for days in found)
    assert 0 in found
    assert any(0 < days <= today.AHEAD for days in found)
    assert min(found) >= -7
    assert Status.PERFORMED in map(status, all_cases(practising))


def test_nothing_has_happened_that_lies_ahead(practising: Desk) -> None:
    now = practising.today()
    for case in all_cases(practising):
        done = [case.registered_on, *(visit.on for visit in case.visits), *(letter.issued_on for letter in case.letters)]
        assert all(day <= now for day in done if day)
        assert case.agreement is not None
        assert case.agreement.signed_on is not None
        assert case.agreement.signed_on <= now


def test_the_days_in_sentences_move_with_the_others_and_birthdays_stay() -> None:
    moved = near(PATHS["01"], STORY_DAYS["01"] + timedelta(days=300))
    plain = near(PATHS["01"], STORY_DAYS["01"])
    assert moved.registered_on == plain.registered_on + timedelta(days=300)
    assert [party.born_on for party in moved.parties] == [party.born_on for party in plain.parties]
    assert [party.id_number for party in moved.parties] == [party.id_number for party in plain.parties]
    assert moved.agreement is not None
    assert "2026年2月24日合同期满" in moved.agreement.clauses[1].text
    assert "10月20日至11月14日" in near(PATHS["02"], date(2024, 11, 22)).claims[0]
    school = near(PATHS["04"], date(2026, 11, 22)).agreement
    assert school is not None
    assert school.clauses[0].text.startswith("2026年秋季学期")


def test_every_sample_has_its_day() -> None:
    assert sorted(STORY_DAYS) == sorted(PATHS)
