"""Letters of no case: they are listed in 三单一函 with those of cases, urged, answered and closed there."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from desktop.domain.letter import Letter
from desktop.domain.letter_course import LetterLocked, LetterState
from desktop.domain.letter_rules import IllegalMove
from desktop.domain.meeting import Meeting
from desktop.services import cases, letter_box, letter_homes, letters, meetings
from desktop.services.desk import Desk
from desktop.store import meetings as store
from tests.domain.samples import accepted


def task(desk: Desk, days: int, **more: Any) -> Letter:
    """A task order that was issued two weeks ago and falls due so many days from now."""
    known: dict[str, Any] = {
        "kind": "任务单",
        "to": "某住建局",
        "title": "排查出租房燃气隐患",
        "measures": ("逐户排查",),
        "signer": "李政法",
    }
    known |= {"responsible": "王科长", "issued_on": desk.today() - timedelta(days=14), "due_on": desk.today() + timedelta(days=days)}
    return Letter(**(known | more))


def issued(desk: Desk, *found: Letter) -> Meeting:
    """A meeting that issued these letters."""
    today = desk.today()
    meeting = meetings.save(desk, Meeting(kind="周研判", since=today, until=today, held_on=today, letters=found))
    for at in range(len(found)):
        meeting = meetings.issue(desk, meeting, at)
    return meeting


def home(meeting: Meeting) -> str:
    return f"meeting:{meeting.id}"


def state(desk: Desk, meeting: Meeting) -> str:
    found = {line.id: line.state for line in store.lines(desk.database)}
    return found[meeting.letters[0].id]


def test_a_letter_of_no_case_is_listed_with_its_deadline(desk: Desk) -> None:
    meeting = issued(desk, task(desk, -3))
    (letter,) = meeting.letters
    assert letter_box.counts(desk, "发出的") == {"逾期": 1, "未办结": 1, "已签发": 1}
    (line,) = letter_box.lines(desk, "发出的", "逾期")
    assert (line.number, line.recipient, line.title, line.due_on) == (letter.number, "某住建局", "排查出租房燃气隐患", letter.due_on)
    assert letter_box.days_late(desk, line) == 3
    assert letter_box.counts(desk, "收到的") == {}
    assert letter_box.lines(desk, "收到的", "逾期") == []


def test_it_is_urged_answered_and_closed_there(desk: Desk) -> None:
    meeting = issued(desk, task(desk, -3))
    letter = meeting.letters[0]
    letters.move(desk, home(meeting), letter.id, "送达")
    letters.move(desk, home(meeting), letter.id, "签收")
    held = letter_homes.load(desk, home(meeting))
    assert letters.legal_moves(desk, held, letter) == ("开始办理", "反馈", "异议退回", "申请延期", "督办", "作废")
    urged = letters.supervise(desk, held.id, letter.id).case
    urge = urged.letters[1]
    assert (urge.kind, urge.replies_to, urge.overdue_days, urge.supervision) == ("督办单", letter.number, 3, 1)
    assert urge.number
    reply = msgspec.structs.replace(letters.blank_answer(desk, urged, letter), result="化解成功", measures=("已排查",), signer="王科长")
    letters.answer(desk, held.id, letter.id, reply)
    assert state(desk, meeting) == LetterState.ANSWERED
    assert letter_box.counts(desk, "发出的").get("逾期") is None
    closed = letters.move(desk, held.id, letter.id, "认可销号").case  # no dispute, so that no agreement is asked for
    assert state(desk, meeting) == LetterState.CLOSED
    assert [one.kind for one in closed.letters] == ["任务单", "督办单", "反馈单"]
    assert "未办结" not in letter_box.counts(desk, "发出的") or letter_box.lines(desk, "发出的", "未办结")[0].kind == "反馈单"
    with pytest.raises(IllegalMove, match=r"办结.*。$"):
        letters.move(desk, held.id, letter.id, "签收")


def test_what_happened_to_it_is_kept_when_the_meeting_is_saved_again(desk: Desk) -> None:
    meeting = issued(desk, task(desk, -3))
    letters.supervise(desk, home(meeting), meeting.letters[0].id)
    letters.move(desk, home(meeting), meeting.letters[0].id, "签收")
    stale = msgspec.structs.replace(meeting, minutes="会议要求抓紧。")
    again = meetings.save(desk, stale)
    assert [one.kind for one in again.replies] == ["督办单"]
    assert [move.kind for move in again.moves] == ["督办", "签发", "签收"]
    assert meetings.load(desk, meeting.id).minutes == "会议要求抓紧。"
    held = letter_homes.load(desk, home(meeting))
    with pytest.raises(LetterLocked):
        letter_homes.save(desk, held, msgspec.structs.replace(held, moves=()))


def test_letters_of_cases_and_meetings_stand_in_one_order(desk: Desk) -> None:
    case = cases.load(desk, cases.register(desk, accepted()).id)
    for days in range(0, 12, 2):
        paper = msgspec.structs.replace(letters.blank(desk, case, "任务单", "某局"), measures=("走",), responsible="王", signer="李")
        letters.issue(desk, case.id, msgspec.structs.replace(paper, due_on=desk.today() + timedelta(days=days)))
    issued(desk, *(task(desk, days, issued_on=desk.today()) for days in (1, 4, 5, 20)))
    whole = letter_box.lines(desk, "发出的", "未办结")
    days_left = [(line.due_on - desk.today()).days for line in whole if line.due_on]
    assert days_left == [0, 1, 2, 4, 4, 5, 6, 8, 10, 20]
    assert letter_box.counts(desk, "发出的")["未办结"] == 10
    for size in range(1, 12):
        pages = [letter_box.lines(desk, "发出的", "未办结", start, size) for start in range(0, 24, size)]
        assert [line for page in pages for line in page] == whole


def test_ended_ones_stand_newest_first(desk: Desk) -> None:
    case = cases.load(desk, cases.register(desk, accepted()).id)
    for days in (2, 6):
        paper = msgspec.structs.replace(letters.blank(desk, case, "任务单", "某局"), measures=("走",), responsible="王", signer="李")
        made = letters.issue(desk, case.id, msgspec.structs.replace(paper, due_on=desk.today() + timedelta(days=days))).case.letters[-1]
        letters.move(desk, case.id, made.id, "作废", note="发错")
    meeting = issued(desk, *(task(desk, days, issued_on=desk.today()) for days in (1, 4)))
    for letter in meeting.letters:
        letters.move(desk, home(meeting), letter.id, "作废", note="发错")
    whole = letter_box.lines(desk, "发出的", LetterState.VOID)
    assert [(line.due_on - desk.today()).days for line in whole if line.due_on] == [6, 4, 2, 1]
    pages = [letter_box.lines(desk, "发出的", LetterState.VOID, start, 1) for start in range(5)]
    assert [line for page in pages for line in page] == whole


def test_the_circular_and_the_next_pack_count_it(desk: Desk) -> None:
    issued(desk, task(desk, -3), task(desk, 9, to="某局", issued_on=desk.today()))
    told = letter_box.monthly(desk, desk.today())
    assert [(row.unit, row.received) for row in told.rows] == [("某局", 1)]
    figures = meetings.prepare(desk, "周研判", desk.today()).figures
    assert figures.letters_overdue == 1
    assert [(unit.name, unit.issued, unit.overdue) for unit in figures.units] == [("某住建局", 0, 1), ("某局", 1, 0)]


def test_meetings_of_an_older_program_are_read_once(desk: Desk) -> None:
    meeting = issued(desk, task(desk, -3))
    with desk.database.atomic():
        desk.database.connection.execute("DELETE FROM settings WHERE name = 'meetings.letters'")
    assert [line.id for line in store.lines(desk.database)] == [meeting.letters[0].id]
    meetings.save(desk, meeting)
    assert desk.database.setting("meetings.letters", dict[str, object])


def test_a_draft_of_a_meeting_is_not_listed_and_goes_with_it(desk: Desk) -> None:
    today = desk.today()
    draft = Meeting(kind="周研判", since=today, until=today, held_on=today, letters=(task(desk, 3, issued_on=None),))
    meeting = meetings.save(desk, draft)
    assert store.lines(desk.database) == []
    meetings.drop(desk, meeting)
    assert letter_box.counts(desk, "发出的") == {}
