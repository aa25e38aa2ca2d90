"""七个要素 of a mediation record."""

import pytest

from desktop.domain import session_elements
from desktop.domain.session import Session
from desktop.domain.session_elements import CODES, ELEMENTS, OUTLINE


def meeting(*elements: str, record: str | None = "双方到场。", **fields: object) -> Session:
    return Session(kind="调解记录", elements=elements, record=record, **fields)  # type: ignore[arg-type]  # whatever a test needs


def test_there_are_seven_and_each_has_its_words() -> None:
    assert len(set(CODES)) == len({element.heading for element in ELEMENTS}) == 7
    assert all(element.prompt.endswith("。") for element in ELEMENTS)


def test_an_outline_alone_is_nothing_written() -> None:
    assert session_elements.written(OUTLINE) == frozenset()


def test_what_is_written_below_its_heading_counts() -> None:
    record = OUTLINE.replace("【三、双方陈述】\n", "【三、双方陈述】\n申请人说田埂被移了。\n")
    assert session_elements.written(record) == {"statements"}


def test_a_finished_meeting_needs_all_seven() -> None:
    done = meeting(*CODES[:-1], result="达成协议")
    assert [element.code for element in session_elements.missing([done], 0)] == ["signatures"]
    assert session_elements.missing([meeting(*CODES, result="达成协议")], 0) == ()


def test_a_meeting_that_goes_on_needs_no_end() -> None:
    first = meeting("rights", "rules", "statements", "verification", "signatures", result="择期再调")
    assert session_elements.missing([first], 0) == ()
    second = meeting("statements", "verification", "risks", "content", "signatures", result="达成协议")
    assert session_elements.missing([first, second], 1) == ()


def test_a_survey_has_none_to_lack() -> None:
    assert list(session_elements.doubts([Session(kind="调查记录", record="问：……")])) == []


def test_doubts_name_what_is_missing() -> None:
    (path, sentence), *rest = session_elements.doubts([meeting(*CODES[:5], result="达成协议")])
    assert (path, rest) == ("sessions[0].elements", [])
    assert "协议内容" in sentence
    assert "签字" in sentence
    assert "缺一不可" in sentence


def test_a_record_that_was_never_checked_is_not_reproached() -> None:
    assert list(session_elements.doubts([meeting(result="达成协议"), meeting(record=None)])) == []


def test_meetings_are_counted_by_kind_and_time() -> None:
    sessions = (
        meeting(started_at="2025-03-09T09:00"),
        Session(kind="调查记录", started_at="2025-03-01T09:00"),
        meeting(started_at="2025-03-02T09:00"),
    )
    assert session_elements.turn("调解记录", sessions, 0) == "第2次调解"
    assert session_elements.turn("调解记录", sessions, 2) == "第1次调解"
    assert session_elements.turn("调查记录", sessions, 1) == "第1次调查"


@pytest.mark.parametrize(("line", "following"), [("问：田埂是谁移的？", "答："), ("答：不知道。", "问："), ("双方到场。", "")])
def test_question_and_answer_take_turns(line: str, following: str) -> None:
    assert session_elements.dialogue(line) == following
