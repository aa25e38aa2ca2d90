"""Meetings: their periods, the order of reasons, what becomes of decisions."""

from datetime import date

import msgspec
import pytest

from desktop.domain.agreement import Outcome
from desktop.domain.case import Case
from desktop.domain.course_records import Conclusion, Routing
from desktop.domain.letter import Letter, LetterMove
from desktop.domain.meeting import (
    CLOSE,
    ESCALATE,
    MEDIATE,
    OPEN,
    Item,
    Meeting,
    MeetingKind,
    coming,
    followed,
    period,
    ranked,
    without_id_numbers,
)
from tests.domain.samples import accepted

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("kind", "last", "since"),
    [
        ("日研判", None, DAY),
        ("周研判", None, date(2026, 2, 24)),
        ("月会商", None, date(2026, 2, 3)),
        ("季分析", None, date(2025, 12, 3)),
        ("周研判", date(2026, 2, 20), date(2026, 2, 21)),
        ("周研判", DAY, DAY),
        ("周研判", date(2026, 3, 9), DAY),
    ],
)
def test_a_period_begins_where_the_last_one_ended(kind: MeetingKind, last: date | None, since: date) -> None:
    assert period(kind, DAY, last) == (since, DAY)


@pytest.mark.parametrize(
    ("kind", "day", "until"),
    [
        ("日研判", DAY, date(2026, 3, 3)),
        ("周研判", DAY, date(2026, 3, 9)),
        ("月会商", date(2026, 1, 31), date(2026, 2, 28)),
        ("季分析", date(2025, 11, 30), date(2026, 2, 28)),
    ],
)
def test_what_is_due_until_the_next_meeting_is_looked_at(kind: MeetingKind, day: date, until: date) -> None:
    assert coming(kind, day) == until


def test_the_weightiest_reason_stands_first() -> None:
    assert ranked({"新登记", "逾期", "高风险"}) == ("高风险", "逾期", "新登记")


def test_ended_disputes_are_not_open() -> None:
    assert {"已受理", "调解中", "稳控", "调解不成"} <= set(OPEN)
    assert not {"已归档", "已结案", "不予受理", "已撤回", "已移送"} & set(OPEN)


@pytest.mark.parametrize(
    "number", ["530199197906120037", "53019919851103004X", "53019919851103004x", "530199 19790612 0037", "530199790612003"]
)
def test_id_numbers_are_struck_out(number: str) -> None:
    told = without_id_numbers(f"张三（身份证号码{number}）住某村，电话13900000002，2026年3月2日报案。")
    assert not any(part in told for part in ("19790612", "19851103", "790612"))
    assert "13900000002" in told
    assert "2026年3月2日" in told


def test_items_are_replaced_by_their_case() -> None:
    one, other = Item(case="1" * 32, title="甲"), Item(case="2" * 32, title="乙")
    meeting = Meeting(kind="周研判", since=DAY, until=DAY, held_on=DAY, items=(one, other))
    changed = meeting.with_item(msgspec.structs.replace(other, opinion="抓紧"))
    assert changed.item("2" * 32).opinion == "抓紧"
    assert changed.items[0] is one
    assert meeting.title == "2026年3月2日周研判"
    with pytest.raises(KeyError):
        meeting.item("3" * 32)


LETTER = Letter(id="a" * 32, kind="任务单", to="石桥村")
ANSWERED = Routing(id="r", kind="升级", answered_on=DAY, answer="已接手")
ISSUED = msgspec.structs.replace(LETTER, number="石桥综治任〔2026〕1号")


def moved(*kinds: str) -> tuple[LetterMove, ...]:
    return tuple(
        msgspec.convert({"letter": LETTER.id, "kind": kind, "on": "2026-03-03", "position": at}, LetterMove)
        for at, kind in enumerate(kinds, 1)
    )


@pytest.mark.parametrize(
    ("item", "case", "done", "words"),
    [
        (Item(case="c", wrote="任务单", letter=LETTER.id), accepted(letters=(LETTER,)), False, "草稿"),
        (Item(case="c", wrote="任务单", letter=LETTER.id), accepted(letters=(ISSUED,), moves=moved("签发", "送达")), False, "已送达"),
        (Item(case="c", wrote="任务单", letter=LETTER.id), accepted(), False, "已删去"),
        (Item(case="c", wrote=ESCALATE, routing="r"), accepted(routings=(Routing(id="r", kind="升级", level=2),)), False, "没有答复"),
        (
            Item(case="c", wrote=ESCALATE, routing="r"),
            accepted(routings=(ANSWERED,)),
            True,
            "已接手",
        ),
        (Item(case="c", wrote=MEDIATE), accepted(), False, "已受理"),
        (Item(case="c", wrote=MEDIATE), accepted(outcome=Outcome(kind="调解不成")), True, "调解不成"),
        (Item(case="c", wrote=CLOSE), accepted(conclusion=Conclusion(on=DAY)), True, "结案"),
        (Item(case="c", wrote=MEDIATE), None, None, "没有这件纠纷"),
    ],
)
def test_decisions_are_followed(item: Item, case: Case | None, done: bool | None, words: str) -> None:
    found = followed(item, case, DAY)
    assert found.done is done
    assert words in found.state
    assert found.decision == item.wrote


def test_a_limit_that_passed_is_told_in_days() -> None:
    item = Item(case="c", wrote=MEDIATE, limit=date(2026, 2, 27))
    assert followed(item, accepted(), DAY).state.endswith("逾期3天")
    again = followed(item, accepted(), DAY).again()
    assert (again.decision, again.limit) == (MEDIATE, item.limit)
