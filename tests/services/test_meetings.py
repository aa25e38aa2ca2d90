"""Meetings prepared from cases, decisions written to them, all or nothing."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest

from desktop.domain.case import Case
from desktop.domain.course import IllegalStep
from desktop.domain.letter import Letter
from desktop.domain.letter_rules import IllegalMove
from desktop.domain.meeting import CALL, CLOSE, ESCALATE, MEDIATE, STABILISE, Item, Meeting
from desktop.domain.roles import Holder, Roster
from desktop.services import cases, meetings, roles
from desktop.services import letters as letters_service
from desktop.services.access import NotOurs
from desktop.services.decisions import LetterIsOut, Undecided
from desktop.services.desk import Desk
from desktop.services.meetings import AlreadyDecided, AlreadyListed, NotIssuable, PeriodBackwards
from desktop.store import numbers
from tests.domain.samples import PATHS, accepted
from tests.services.offices import STONE, TOWN, new_office

DAY = date(2026, 3, 2)
LIMIT = date(2026, 3, 9)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Desk]:
    """A township with the five samples and a dispute with a hard name."""
    with new_office(tmp_path / "镇", "镇", "关上街道综治中心") as desk:
        cases.register_files(desk, [PATHS[number] for number in sorted(PATHS)])
        roles.save(desk, Roster(holders=(Holder(role="politics-law", name="李政法", phone="0871"),)))
        cases.register(desk, hard())
        yield desk


def hard() -> Case:
    plain = accepted(registered_on=date(2026, 2, 27), risk="中")
    parties = tuple(msgspec.structs.replace(party, name=name) for party, name in zip(plain.parties, ("<b>䶮", "𬭎"), strict=True))
    return msgspec.structs.replace(plain, parties=parties)


def prepared(desk: Desk) -> tuple[Meeting, Item]:
    """A saved meeting, and its item about the hard name."""
    meeting = meetings.save(desk, meetings.prepare(desk, "周研判", DAY))
    return meeting, next(item for item in meeting.items if "䶮" in item.title)


def decided(desk: Desk, decision: str, **more: object) -> tuple[Meeting, Case]:
    """The meeting and the case after the decision about the hard name."""
    meeting, item = prepared(desk)
    meeting = meeting.with_item(msgspec.structs.replace(item, decision=decision, **more))
    meeting = meetings.decide(desk, meeting, item.case)
    return meeting, cases.load(desk, item.case)


FULL = {
    "unit": "石桥村",
    "person": "杨主任",
    "limit": LIMIT,
    "opinion": "抓紧上门",
    "measures": ("上门走访", "组织调解"),
    "decided_risk": "高",
}


def test_a_meeting_is_made_from_the_cases(town: Desk) -> None:
    meeting, item = prepared(town)
    assert (meeting.since, meeting.until) == (date(2026, 2, 24), DAY)
    assert item.title == "<b>䶮与𬭎邻里纠纷"
    assert item.reasons == ("中风险", "新登记")
    assert item.status == "已受理"
    assert meeting.host == "李政法"
    assert meeting.recorder == "杨娟"
    assert [one.name for one in meeting.attendees if one.name] == ["李政法"]
    assert len(meeting.attendees) == 14
    assert meeting.figures.new == 1
    assert meeting.figures.letters_overdue > 0
    assert meetings.load(town, meeting.id) == meeting
    assert [one.kind for one in meetings.listed(town)] == ["周研判"]


def test_prepared_beside_the_window(town: Desk) -> None:
    with town.beside() as beside:
        assert meetings.prepare(beside, "月会商", DAY).items


@pytest.mark.parametrize("kind", ["任务单", "督办单", "提示函"])
def test_a_letter_is_drafted_with_what_was_decided(town: Desk, kind: str) -> None:
    meeting, case = decided(town, kind, **FULL)
    (letter,) = case.letters
    assert (letter.kind, letter.to, letter.responsible, letter.due_on) == (kind, "石桥村", "杨主任", LIMIT)
    assert letter.measures == ("上门走访", "组织调解")
    assert letter.matter == case.summary
    assert letter.title == f"关于<b>䶮与𬭎邻里纠纷的{kind}"
    assert letter.signer == "李政法"
    assert letter.number is None
    item = meeting.item(case.id)
    assert (item.letter, item.wrote, item.decided_on) == (letter.id, kind, DAY)
    assert letters_service.legal_moves(town, case, letter)


def test_a_township_decides_and_invents_no_stage_before(town: Desk) -> None:
    _, case = decided(town, MEDIATE, opinion="可以调", decided_risk="高")
    assert [(one.stage, one.risk) for one in case.assessments] == [("审定", "高")]
    last = case.assessments[-1]
    assert (last.by, last.office, last.on, last.opinion) == ("李政法", "关上街道综治中心", DAY, "周研判审定：可以调")
    assert case.risk == "高"


def test_a_village_discusses(desk: Desk) -> None:
    cases.register(desk, hard())
    _, case = decided(desk, MEDIATE)
    assert [(one.stage, one.risk) for one in case.assessments] == [("议定", "中")]
    assert case.assessments[0].opinion == "周研判议定"


def test_escalation_is_a_routing(town: Desk) -> None:
    meeting, case = decided(town, ESCALATE, unit="关上派出所、关上司法所", opinion="现场调不了")
    (routing,) = case.routings
    assert (routing.kind, routing.level, routing.to) == ("升级", 2, ("关上派出所", "关上司法所"))
    assert routing.reason == "现场调不了"
    assert case.level == 2
    again = meetings.decide(town, meeting.with_item(msgspec.structs.replace(meeting.item(case.id), unit="关上司法所")), case.id)
    case = cases.load(town, case.id)
    assert [(one.id, one.to) for one in case.routings] == [(routing.id, ("关上司法所",))]
    assert case.level == 2
    item = msgspec.structs.replace(again.item(case.id), decision=MEDIATE)
    meetings.decide(town, again.with_item(item), case.id)
    case = cases.load(town, case.id)
    assert (case.routings, case.level) == ((), 1)
    assert [one.opinion for one in case.assessments] == ["周研判审定：现场调不了"]


def test_calling_bodies_together(town: Desk) -> None:
    _, case = decided(town, CALL, unit="派出所、卫生院")
    assert [(one.kind, one.to, one.reason) for one in case.routings] == [("吹哨", ("派出所", "卫生院"), "2026年3月2日周研判议定吹哨")]


def test_stabilising_has_a_person_and_a_day(town: Desk) -> None:
    meeting, case = decided(town, STABILISE, person="王网格", limit=LIMIT)
    assert case.outcome is not None
    assert (case.outcome.kind, case.outcome.responsible, case.outcome.review_on) == ("稳控", "王网格", LIMIT)
    meetings.decide(town, meeting.with_item(msgspec.structs.replace(meeting.item(case.id), decision=MEDIATE)), case.id)
    assert cases.load(town, case.id).outcome is None


def test_what_law_forbids_is_not_decided(town: Desk) -> None:
    meeting, item = prepared(town)
    before = cases.load(town, item.case)
    with pytest.raises(IllegalStep):
        meetings.decide(town, meeting.with_item(msgspec.structs.replace(item, decision=CLOSE, opinion="同意")), item.case)
    assert cases.load(town, item.case) == before
    assert meetings.load(town, meeting.id) == meeting


@pytest.mark.parametrize(
    ("decision", "given", "field", "words"),
    [
        ("", {}, "decision", "决定"),
        ("没有的单", FULL, "decision", "决定"),
        ("任务单", {}, "unit", "责任单位和办理时限"),
        ("任务单", {"unit": "石桥村"}, "limit", "办理时限"),
        (ESCALATE, {}, "unit", "责任单位"),
        (STABILISE, {"limit": LIMIT}, "person", "责任人"),
    ],
)
def test_what_is_missing_is_told(town: Desk, decision: str, given: dict[str, object], field: str, words: str) -> None:
    with pytest.raises(Undecided, match=words) as refused:
        decided(town, decision, **given)
    assert refused.value.field == field


def test_a_risk_must_be_known(desk: Desk) -> None:
    cases.register(desk, msgspec.structs.replace(hard(), risk=None))
    with pytest.raises(Undecided, match="风险等级"):
        decided(desk, MEDIATE)


def test_a_changed_decision_replaces_its_draft_until_it_is_issued(town: Desk) -> None:
    meeting, case = decided(town, "任务单", **FULL)
    item = msgspec.structs.replace(meeting.item(case.id), decision="提示函", unit="柳林村")
    meeting = meetings.decide(town, meeting.with_item(item), case.id)
    case = cases.load(town, case.id)
    assert [(one.kind, one.to) for one in case.letters] == [("提示函", "柳林村")]
    letters_service.issue(town, case.id, case.letters[0])
    with pytest.raises(LetterIsOut):
        meetings.decide(town, meeting, case.id)


def test_the_same_decision_again_keeps_what_was_typed_in_the_draft(town: Desk) -> None:
    meeting, case = decided(town, "任务单", **FULL)
    letters_service.draft(town, case.id, msgspec.structs.replace(case.letters[0], matter="改写过的基本情况", contact="小李"))
    item = msgspec.structs.replace(meeting.item(case.id), unit="柳林村")
    again = meetings.decide(town, meeting.with_item(item), case.id)
    (letter,) = cases.load(town, case.id).letters
    assert (letter.id, letter.to, letter.matter, letter.contact) == (case.letters[0].id, "柳林村", "改写过的基本情况", "小李")
    assert again.item(case.id).letter == letter.id


def test_a_period_runs_forwards(town: Desk) -> None:
    meeting, _ = prepared(town)
    with pytest.raises(PeriodBackwards):
        meetings.save(town, msgspec.structs.replace(meeting, since=date(2026, 3, 3)))
    far = msgspec.structs.replace(meeting, held_on=date.max)
    assert meetings.draft_letter(town, far, "提示函").due_on == date.max


def test_a_supervision_takes_over_the_letter_that_waits(town: Desk) -> None:
    meeting, case = decided(town, "任务单", **FULL)
    issued = letters_service.issue(town, case.id, case.letters[0]).case.letters[0]
    later = meetings.save(town, meetings.prepare(town, "周研判", date(2026, 3, 11)))
    item = msgspec.structs.replace(later.item(case.id), decision="督办单", unit="石桥村", limit=date(2026, 3, 14))
    meetings.decide(town, later.with_item(item), case.id)
    urging = cases.load(town, case.id).letters[-1]
    assert (urging.kind, urging.replies_to, urging.due_on) == ("督办单", issued.number, date(2026, 3, 14))
    assert urging.measures == issued.measures
    assert meeting.id != later.id


def test_the_next_meeting_follows_up(town: Desk) -> None:
    _, case = decided(town, "任务单", **FULL)
    second = meetings.save(town, meetings.prepare(town, "周研判", date(2026, 3, 9)))
    (one,) = second.followups
    assert (one.case, one.decision, one.done) == (case.id, "任务单", False)
    assert "草稿" in one.state
    assert second.since == date(2026, 3, 3)
    assert second.item(case.id).previous == "2026-03-02周研判：任务单"
    third = meetings.prepare(town, "周研判", date(2026, 3, 16))
    assert [one.case for one in third.followups] == [case.id]
    assert "逾期7天" in third.followups[0].state


def test_a_case_that_left_this_office_is_not_decided(offices: dict[str, Desk]) -> None:
    stone = offices[STONE]
    case = cases.load(stone, cases.register(stone, hard()).id)
    meeting, item = prepared(stone)
    cases.save(stone, case, msgspec.structs.replace(case, owner=offices[TOWN].office.id))
    typed = meeting.with_item(msgspec.structs.replace(item, decision=MEDIATE))
    with pytest.raises(NotOurs):
        meetings.decide(stone, msgspec.structs.replace(typed, minutes="不该留下"), item.case)
    assert meetings.load(stone, meeting.id) == meeting
    later = meetings.prepare(stone, "周研判", date(2026, 3, 9))
    assert later.followups == ()


def test_asking_for_a_case_and_leaving_one_out(town: Desk) -> None:
    meeting, item = prepared(town)
    quiet = next(row for row in cases.rows(town) if row.id not in {one.case for one in meeting.items})
    more = meetings.save(town, meetings.add(town, meeting, quiet.number))
    assert more.items[-1].reasons == ("提请",)
    with pytest.raises(AlreadyListed):
        meetings.add(town, more, quiet.number)
    assert meetings.without(more, quiet.id).items == meeting.items
    done = meetings.decide(town, more.with_item(msgspec.structs.replace(item, decision=MEDIATE)), item.case)
    with pytest.raises(AlreadyDecided):
        meetings.without(done, item.case)
    with pytest.raises(AlreadyDecided):
        meetings.save(town, msgspec.structs.replace(done, items=()))
    with pytest.raises(AlreadyDecided):
        meetings.drop(town, done)


def test_a_meeting_that_decided_nothing_is_dropped(town: Desk) -> None:
    meeting, _ = prepared(town)
    meetings.drop(town, meeting)
    assert meetings.listed(town) == []


def trend(**more: object) -> Letter:
    known = {"kind": "提示函", "to": "关上街道某社区", "title": "关于防范家庭纠纷升级的提示函", "measures": ["加强走访"], "due_on": LIMIT}
    return msgspec.convert(known | {"responsible": "杨主任", "signer": "李政法"} | more, Letter)


def test_a_letter_of_no_case_takes_its_number_from_the_series(town: Desk) -> None:
    _, case = decided(town, "提示函", **FULL)
    first = letters_service.issue(town, case.id, case.letters[0]).case.letters[0]
    meeting = msgspec.structs.replace(meetings.load(town, meetings.listed(town)[0].id), letters=(trend(),))
    issued = meetings.issue(town, meeting, 0)
    (letter,) = issued.letters
    assert first.number == "关上综治函〔2026〕1号"
    assert letter.number == "关上综治函〔2026〕2号"
    assert (letter.issuer, letter.issued_on) == ("关上街道综治中心", DAY)
    assert letter.id
    assert meetings.issue(town, issued, 0).letters == issued.letters
    with pytest.raises(AlreadyDecided):
        meetings.save(town, msgspec.structs.replace(issued, letters=(msgspec.structs.replace(letter, to="别处"),)))
    with pytest.raises(AlreadyDecided):
        meetings.save(town, msgspec.structs.replace(issued, letters=()))


@pytest.mark.parametrize("field", ["to", "title", "measures", "due_on", "responsible", "signer"])
def test_nothing_incomplete_is_issued(town: Desk, field: str) -> None:
    meeting, _ = prepared(town)
    before = numbers.taken(town.database)
    empty: object = () if field == "measures" else None
    lacking = msgspec.structs.replace(trend(), **{field: empty})
    with pytest.raises(NotIssuable):
        meetings.issue(town, msgspec.structs.replace(meeting, letters=(lacking,)), 0)
    assert numbers.taken(town.database) == before
    assert meetings.load(town, meeting.id).letters == ()


def test_nothing_is_issued_on_a_day_to_come(town: Desk) -> None:
    meeting, _ = prepared(town)
    ahead = msgspec.structs.replace(trend(), issued_on=LIMIT)
    with pytest.raises(IllegalMove, match=r"签发日期2026年3月9日还没有到.*。$"):
        meetings.issue(town, msgspec.structs.replace(meeting, letters=(ahead,)), 0)


def test_a_new_letter_knows_signer_and_limit(town: Desk) -> None:
    meeting, _ = prepared(town)
    letter = meetings.draft_letter(town, meeting, "提示函")
    assert (letter.signer, letter.due_on) == ("李政法", date(2026, 3, 17))
