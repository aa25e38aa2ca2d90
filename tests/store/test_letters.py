"""Lists of letters: each question has its index, so that a million letters are no slower than ten."""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from desktop.domain.case import Case
from desktop.domain.letter import Letter, LetterMove
from desktop.domain.letter_course import LetterState
from desktop.store import casebook, letters
from desktop.store.casebook import Author
from desktop.store.database import Database
from desktop.store.letters import Box, Shelf
from tests.domain.samples import accepted

TODAY = date(2026, 3, 2)
OWN = "青石镇综治中心"


def kept(database: Database, author: Author, *found: Letter, moves: tuple[tuple[int, str], ...] = (), **more: Any) -> Case:
    """A case with these letters, and moves of them by their places."""
    case = casebook.commit(database, None, accepted(letters=found, **more), author)
    made = tuple(LetterMove(letter=case.letters[place].id, kind=kind, on=TODAY) for place, kind in moves)  # type: ignore[arg-type]
    return casebook.commit(database, case, msgspec.structs.replace(case, moves=made), author) if made else case


def sent(days: int | None, number: str = "任1号", **more: Any) -> Letter:
    due = None if days is None else TODAY + timedelta(days=days)
    known: dict[str, Any] = {"kind": "任务单", "issuer": OWN, "to": "石桥村", "number": number, "due_on": due, "issued_on": TODAY}
    return Letter(**(known | more))


def numbers(database: Database, box: Box, shelf: Shelf, office: str = OWN) -> list[str]:
    return [line.number for line in letters.lines(database, box, [office], shelf, TODAY)]


def test_letters_lie_on_their_shelves(database: Database, author: Author) -> None:
    kept(database, author, sent(3, "任3号"), sent(-2, "任1号"), sent(None, "任9号"), sent(-5, "任2号"), moves=((3, "反馈"),))
    kept(database, author, sent(-9, "任4号"), sent(1, "任5号"), moves=((0, "作废"), (1, "异议退回")))
    assert numbers(database, "发出的", "逾期") == ["任1号"]
    assert numbers(database, "发出的", "未办结") == ["任2号", "任1号", "任5号", "任3号", "任9号"]
    assert numbers(database, "发出的", LetterState.VOID) == ["任4号"]
    expected = {"逾期": 1, "未办结": 5, "已签发": 3, "已反馈": 1, "已退回": 1, "已作废": 1}
    assert letters.counts(database, "发出的", [OWN], TODAY) == expected
    assert letters.counts(database, "收到的", ["石桥村"], TODAY) == expected
    assert letters.counts(database, "收到的", [OWN], TODAY) == {}


def test_what_others_still_write_is_none_of_ours(database: Database, author: Author) -> None:
    kept(database, author, sent(3, number=None))  # type: ignore[arg-type]
    assert letters.counts(database, "收到的", ["石桥村"], TODAY) == {}
    assert letters.counts(database, "发出的", [OWN], TODAY) == {"草稿": 1}


def test_what_needs_no_answer_is_done_when_it_is_signed_for(database: Database, author: Author) -> None:
    kept(database, author, sent(None, kind="反馈单"), moves=((0, "签收"),))
    assert numbers(database, "发出的", "未办结") == []
    assert numbers(database, "发出的", LetterState.RECEIVED) == ["任1号"]


def test_an_extension_moves_the_limit_of_the_list(database: Database, author: Author) -> None:
    case = kept(database, author, sent(-2))
    until = TODAY + timedelta(days=5)
    move = LetterMove(letter=case.letters[0].id, kind="准予延期", on=TODAY, until=until)
    casebook.commit(database, case, msgspec.structs.replace(case, moves=(move,)), author)
    assert numbers(database, "发出的", "逾期") == []
    (line,) = letters.lines(database, "发出的", [OWN], "未办结", TODAY)
    assert (line.due_on, line.case, line.title) == (until, case.id, case.title)


def test_pages_follow_each_other(database: Database, author: Author) -> None:
    for day in range(23):
        kept(database, author, sent(day, f"任{day}号"))
    pages = [letters.lines(database, "发出的", [OWN], "未办结", TODAY, offset, 10) for offset in (0, 10, 20, 30)]
    assert [len(page) for page in pages] == [10, 10, 3, 0]
    assert [line.number for page in pages for line in page] == [f"任{day}号" for day in range(23)]


def test_letters_of_a_month_and_of_cases(database: Database, author: Author) -> None:
    old = TODAY - timedelta(days=40)
    case = kept(database, author, sent(3, "任1号"), sent(3, "任2号", issued_on=old))
    assert [place.id for place in letters.issued_between(database, [OWN], old, old)] == [case.letters[1].id]
    assert [line.number for line in letters.issued_about(database, [1, 1], TODAY)] == ["任1号"]
    assert [line.number for line in letters.issued_about(database, [1], old)] == ["任1号", "任2号"]


def test_cases_that_share_a_number_of_a_person(database: Database, author: Author) -> None:
    parties = tuple(msgspec.structs.replace(p, phone="13900000001", id_number="53010119850101001X") for p in accepted().parties[:1])
    kept(database, author, parties=parties)
    kept(database, author)
    assert letters.sharing(database, ["53010119850101001X"], []) == letters.sharing(database, [], ["13900000001"]) == [1]
    assert letters.sharing(database, [""], ["1390"]) == []


@pytest.mark.parametrize("box", ["发出的", "收到的"])
def test_every_question_is_answered_from_an_index_in_its_order(database: Database, box: Box) -> None:
    asked: list[str] = []
    connection = database.connection
    connection.set_trace_callback(asked.append)
    for shelf in ("逾期", "未办结", LetterState.CLOSED):
        letters.lines(database, box, [OWN], shelf, TODAY)
    letters.counts(database, box, [OWN], TODAY)
    letters.issued_between(database, [OWN], TODAY, TODAY)
    letters.sharing(database, ["1"], ["2"])
    connection.set_trace_callback(None)
    selects = [text for text in asked if text.strip().startswith("SELECT")]
    assert len(selects) >= 9
    for text in selects:
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {text}")]
        assert not any("TEMP B-TREE" in step for step in plan), (text, plan)
        assert not any(step.startswith(("SCAN letters", "SCAN cases")) for step in plan), (text, plan)


def test_letters_under_a_former_name_lie_beside_those_under_the_present_one(database: Database, author: Author) -> None:
    kept(database, author, sent(3, "任3号"), sent(-2, "任1号", issuer="青石镇"))
    assert letters.counts(database, "发出的", [OWN, "青石镇"], TODAY)["未办结"] == 2
    assert [line.number for line in letters.lines(database, "发出的", [OWN, "青石镇"], "未办结", TODAY)] == ["任1号", "任3号"]
