"""今日: what is due in the cases of this office."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desktop.domain.agreement import Agreement, Clause, Obligation, Outcome
from desktop.domain.case import Case
from desktop.domain.course_records import Conclusion
from desktop.domain.letter import Letter
from desktop.domain.meeting import Meeting
from desktop.domain.party import Party
from desktop.domain.visit import Visit
from desktop.services import cases, letters, meetings, today
from desktop.services.desk import Desk, set_up
from desktop.store import due
from tests.domain.samples import PATHS
from tests.services.offices import STONE, WILLOW, copied, found_tree, reopened
from tests.ui.hands import CHEAP, PASSWORD

NOW = datetime(2026, 3, 25, 9, 0, tzinfo=UTC)
NEW = Case(
    type="邻里", registered_on=date(2026, 3, 2), summary="滴水", parties=(Party(role="申请人", kind="自然人", name="张三"),), risk="低"
)

WORK = Obligation(payer="李四", act="改装雨棚", due_on=date(2026, 3, 1))


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


def test_filing_takes_no_visit_and_no_review_from_the_desk(desk: Desk) -> None:
    """One visit was made, the case was filed on the same day; the next is still told, and registered without taking the case up again."""
    agreed = Agreement(form="书面", signed_on=date(2026, 2, 26), facts="滴水", clauses=(Clause(text="改装雨棚。"),), obligations=(WORK,))
    visits = (Visit(on=date(2026, 3, 5), party="张三", performance="全部履行"),)
    made = cases.load(desk, cases.register(desk, msgspec.structs.replace(NEW, registered_on=date(2026, 2, 20))).id)
    for step in (
        {"informed_on": date(2026, 2, 20), "agreement": agreed},
        {"visits": visits},
        {"conclusion": Conclusion(on=date(2026, 3, 5))},
        {"closed_on": date(2026, 3, 5)},
    ):
        made = cases.save(desk, made, msgspec.structs.replace(made, **step)).case
    assert [(thing.on, thing.field) for thing in looked(desk).things] == [(date(2026, 3, 28), "visits")]
    made = cases.save(desk, made, msgspec.structs.replace(made, visits=(*made.visits, Visit(on=date(2026, 3, 25), party="张三")))).case
    assert (made.closed_on, looked(desk).things) == (date(2026, 3, 5), [])


def test_the_review_of_what_was_concluded_in_stability_stays_on_the_desk(desk: Desk) -> None:
    kept = Outcome(kind="稳控", on=date(2026, 3, 9), reason="情绪激动", responsible="赵六", review_on=date(2026, 3, 27))
    plain = msgspec.structs.replace(NEW, type="合同", registered_on=date(2026, 3, 2))
    made = cases.load(desk, cases.register(desk, plain).id)
    for step in ({"outcome": kept}, {"conclusion": Conclusion(on=date(2026, 3, 10), note="双方外出")}, {"closed_on": date(2026, 3, 10)}):
        made = cases.save(desk, made, msgspec.structs.replace(made, **step)).case
    assert [(thing.on, thing.text) for thing in looked(desk).things] == [(date(2026, 3, 27), "复查稳控情况，登记回访（赵六）")]


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


def test_a_letter_of_no_case_is_due_and_its_meeting_nothing_else(desk: Desk) -> None:
    today_ = desk.today()
    known: dict[str, Any] = {
        "kind": "任务单",
        "to": "某住建局",
        "title": "排查燃气隐患",
        "measures": ("排查",),
        "signer": "李政法",
        "responsible": "王科长",
    }
    late = Letter(**known, issued_on=today_ - timedelta(14), due_on=today_ - timedelta(3))
    far = Letter(**known, issued_on=today_, due_on=today_ + timedelta(30))
    draft = Letter(**known)
    meeting = meetings.save(desk, Meeting(kind="周研判", since=today_, until=today_, held_on=today_, letters=(draft, far, late)))
    for row in (1, 2):
        meeting = meetings.issue(desk, meeting, row)
    number = meeting.letters[2].number
    told = [(thing.case, thing.title, thing.on, thing.text, thing.field) for thing in looked(desk).things]
    home = f"meeting:{meeting.id}"
    assert told == [
        (home, "排查燃气隐患", today_ - timedelta(13), f"任务单{number}还没有签收", "letters[2]"),
        (home, "排查燃气隐患", today_ - timedelta(3), f"任务单{number}反馈到期（王科长）", "letters[2]"),
        (home, "排查燃气隐患", today_ + timedelta(1), f"任务单{meeting.letters[1].number}还没有签收", "letters[1]"),
    ]
    letters.move(desk, home, meeting.letters[2].id, "作废", note="发错单位")
    assert [thing.field for thing in looked(desk).things] == ["letters[1]"]
