"""Meetings in the database, and agendas from made cases."""

from datetime import date
from typing import Any

import msgspec
import pytest

from desktop.domain.agreement import Outcome
from desktop.domain.case import Case
from desktop.domain.codes import Risk
from desktop.domain.letter import Letter, LetterMove
from desktop.domain.meeting import Figures, Item, Meeting
from desktop.domain.party import Party
from desktop.store import agenda, casebook, fields, findable, letters, meetings, same
from desktop.store.agenda import NO_UNIT, Scope
from desktop.store.casebook import Author
from desktop.store.database import Database
from desktop.store.meetings import UnknownMeeting
from tests.domain.samples import accepted

DAY = date(2026, 3, 2)
HERE = "青石镇综治中心"
SCOPE = Scope(date(2026, 2, 24), DAY, date(2026, 3, 9), (HERE, "青石乡综治中心"))
WEEK = Meeting(kind="周研判", since=SCOPE.since, until=DAY, held_on=DAY, items=(Item(case="c" * 32, title="<b>䶮𬭎"),))


def put(database: Database, author: Author, case: Case) -> str:
    with database.atomic():
        return casebook.commit(database, None, fields.identified(case), author).id


def made(name: str, on: date, risk: Risk | None = None, **more: object) -> Case:
    parties = tuple(Party(role="申请人", kind="自然人", name=f"{name}{end}") for end in "甲乙")
    return accepted(registered_on=on, risk=risk, parties=parties, summary=f"{name}的事", **more)


def test_meetings_are_kept_and_listed(database: Database) -> None:
    one = meetings.save(database, WEEK)
    other = meetings.save(database, msgspec.structs.replace(WEEK, held_on=date(2026, 3, 9), kind="月会商"))
    assert meetings.load(database, one.id) == one
    assert [heading.id for heading in meetings.headings(database)] == [other.id, one.id]
    changed = meetings.save(database, msgspec.structs.replace(one, minutes="会议强调"))
    assert meetings.load(database, one.id) == changed
    assert len(meetings.headings(database)) == 2
    meetings.drop(database, one.id)
    with pytest.raises(UnknownMeeting):
        meetings.load(database, one.id)


def test_the_last_of_its_kind(database: Database) -> None:
    assert meetings.last(database, "周研判", DAY) is None
    first = meetings.save(database, msgspec.structs.replace(WEEK, held_on=date(2026, 2, 16)))
    second = meetings.save(database, msgspec.structs.replace(WEEK, held_on=date(2026, 2, 23)))
    meetings.save(database, msgspec.structs.replace(WEEK, kind="月会商"))
    assert meetings.last(database, "周研判", DAY) == second
    assert meetings.last(database, "周研判", date(2026, 2, 22)) == first
    assert [one.kind for one in meetings.latest(database, DAY, 2)] == ["月会商", "周研判"]


def test_an_agenda_by_reasons(database: Database, author: Author) -> None:
    for case in (
        made("安静", date(2025, 6, 1), "低", closed_on=date(2025, 7, 1)),
        made("新来", date(2026, 3, 1)),
        made("危险", date(2026, 1, 10), "高"),
        made("一般", date(2026, 2, 5), "中"),
        made("到期", date(2026, 2, 3)),
    ):
        put(database, author, case)
    found = agenda.agenda(database, SCOPE, 200)
    told = {item.title.split("甲")[0]: item.reasons for item in found.items}
    assert list(told) == ["危险", "一般", "到期", "新来"]
    assert told["危险"] == ("高风险", "逾期")
    assert told["一般"] == ("中风险", "本期到期")
    assert told["到期"] == ("本期到期",)
    assert told["新来"] == ("新登记",)
    assert found.more == 0
    assert found.items[0].facts == "危险的事"
    assert found.items[0].due_on is not None
    assert found.items[0].number is None


def test_more_than_fit(database: Database, author: Author) -> None:
    for number in range(7):
        put(database, author, made(f"第{number}件", date(2026, 2, 25), "高" if number < 2 else None))
    found = agenda.agenda(database, SCOPE, 4)
    assert [item.reasons[0] for item in found.items] == ["高风险", "高风险", "新登记", "新登记"]
    assert found.more == 3


def test_the_same_two_again(database: Database, author: Author) -> None:
    numbers = ("530199196207190699", "530199195812010719")
    people = tuple(Party(role="申请人", kind="自然人", name=f"{at}", id_number=number) for at, number in enumerate(numbers))
    put(database, author, accepted(parties=people, registered_on=date(2024, 1, 5), closed_on=date(2024, 3, 1)))
    again = put(database, author, accepted(parties=people, registered_on=date(2026, 2, 26)))
    once = put(database, author, accepted(parties=(people[0],), registered_on=date(2026, 2, 26)))
    found = {item.case: item.reasons for item in agenda.agenda(database, SCOPE, 200).items}
    assert "重复" in found[again]
    assert "重复" not in found[once]


def test_suspected_doubles_are_repeated(database: Database, author: Author) -> None:
    one, other = (put(database, author, made(name, date(2026, 1, 20))) for name in ("早", "晚"))
    keys = [same.key_of(database, case) for case in (one, other)]
    with database.atomic():
        same.note(database, keys[0] or 0, keys[1] or 0, 90, ["同名"])
    found = {item.case: item.reasons for item in agenda.agenda(database, SCOPE, 200).items}
    assert "重复" in found[other]
    assert "重复" not in found.get(one, ())
    asked = agenda.item(database, one)
    assert asked is not None
    assert asked.reasons == ("提请",)
    assert agenda.item(database, "0" * 32) is None


def test_an_id_number_in_the_narrative_does_not_reach_the_agenda(database: Database, author: Author) -> None:
    put(database, author, msgspec.structs.replace(made("新来", DAY), summary="申" * 150 + "530199197906120037" + "述" * 300))
    (item,) = agenda.agenda(database, SCOPE, 200).items
    assert "5301991979" not in (item.facts or "")
    assert (item.facts or "").endswith("……")


def order(**more: Any) -> Letter:
    """A task of another office for this one that was to be answered before the meeting."""
    known: dict[str, Any] = {
        "id": "1" * 32,
        "kind": "任务单",
        "to": HERE,
        "issuer": "某县",
        "number": "某任〔2026〕1号",
        "due_on": date(2026, 3, 1),
    }
    return Letter(**known | more)


LATE: dict[str, tuple[Letter, tuple[str, ...], bool]] = {
    "got": (order(), (), True),
    "sent under an earlier name": (order(issuer="青石乡综治中心", to="石桥村"), (), True),
    "signed for": (order(), ("签收",), True),
    "answered": (order(), ("签收", "反馈"), False),
    "given back": (order(), ("异议退回",), False),
    "due on the day": (order(due_on=DAY), (), False),
    "a slip": (order(kind="反馈单"), (), False),
    "a draft": (order(number=None), (), False),
    "between others": (order(to="石桥村"), (), False),
}


@pytest.mark.parametrize(("letter", "kinds", "late"), LATE.values(), ids=LATE)
def test_a_late_letter_brings_its_case(database: Database, author: Author, letter: Letter, kinds: tuple[str, ...], late: bool) -> None:
    plain = ({"id": f"{at:032}", "letter": letter.id, "kind": kind, "position": at} for at, kind in enumerate(kinds, 1))
    moves = tuple(msgspec.convert(one, LetterMove) for one in plain)
    ended = Outcome(kind="撤回", on=date(2025, 7, 1))
    put(database, author, made("安静", date(2025, 6, 1), outcome=ended, letters=(letter,), moves=moves))
    found = agenda.agenda(database, SCOPE, 200)
    assert [item.reasons for item in found.items] == ([("逾期",)] if late else [])
    assert found.figures.letters_overdue == int(late)
    shelves = [letters.counts(database, box, SCOPE.names, DAY).get("逾期", 0) for box in ("发出的", "收到的")]
    assert sum(shelves) == int(late)


def test_the_late_letters_of_a_filed_case_are_left_alone(database: Database, author: Author) -> None:
    put(database, author, made("归档", date(2025, 6, 1), closed_on=date(2025, 7, 1), letters=(order(),)))
    assert agenda.agenda(database, SCOPE, 200).items == ()


def test_figures(database: Database, author: Author) -> None:
    late = Letter(kind="任务单", to="石桥村", issuer=HERE, number="某任〔2026〕1号", issued_on=date(2026, 2, 25), due_on=date(2026, 3, 1))
    early = msgspec.structs.replace(late, number="某任〔2026〕2号", to="柳林村", due_on=date(2026, 3, 20))
    nobody = msgspec.structs.replace(late, number="某任〔2026〕3号", to=None)
    draft = Letter(kind="任务单", to="石桥村", issuer=HERE, due_on=date(2026, 3, 1))
    strange = msgspec.structs.replace(late, number="别任〔2026〕1号", issuer="某县", to="别村")
    slip = msgspec.structs.replace(late, number="某反〔2026〕1号", kind="反馈单")
    put(database, author, made("函", date(2026, 2, 25), "高", letters=(late, early, nobody, draft, strange, slip)))
    put(database, author, made("中", date(2026, 2, 25), "中"))
    put(database, author, made("完", date(2026, 2, 25), closed_on=DAY))
    found = agenda.agenda(database, SCOPE, 200).figures
    assert (found.new, found.ended, found.open) == (3, 1, 2)
    assert (found.high, found.middle, found.low, found.unrated) == (1, 1, 0, 0)
    assert found.letters_overdue == 2
    assert [(unit.name, unit.issued, unit.overdue) for unit in found.units] == [(NO_UNIT, 1, 1), ("石桥村", 1, 1), ("柳林村", 1, 0)]


@pytest.fixture
def busy(database: Database, author: Author) -> Database:
    """Cases for every reason, with letters that were sent, got and are late."""
    late = order(issued_on=SCOPE.since)
    sent = order(id="2" * 32, issuer=HERE, to="石桥村", number="某任〔2026〕2号", issued_on=SCOPE.since)
    for number in range(12):
        risk: Risk | None = (None, "低", "中", "高")[number % 4]
        closed = DAY if number % 3 == 0 else None
        letters_of = ((), (late,), (sent,))[number % 3]
        put(database, author, made(f"第{number}件", date(2026, 2, 20 - number), risk, closed_on=closed, letters=letters_of))
    put(database, author, made("新来", DAY, "低"))
    return database


def test_no_meeting_looks_at_all_cases_or_letters(busy: Database) -> None:
    while findable.file_some(busy, 100):
        pass
    asked: list[str] = []
    busy.connection.set_trace_callback(asked.append)
    found = agenda.agenda(busy, SCOPE, 200)
    busy.connection.set_trace_callback(None)
    assert found.figures.letters_overdue == 8
    statements = {one for one in map(str.strip, asked) if one.startswith("SELECT") and "'main'" not in one}  # others are the search's own
    steps = [(row[3], one) for one in statements for row in busy.connection.execute(f"EXPLAIN QUERY PLAN {one}")]
    whole = [step for step in steps if step[0].startswith("SCAN ") and step[0].split()[1] in {"cases", "letters", "parties", "folds"}]
    assert whole == []


def test_a_meeting_is_the_same_before_all_cases_are_filed(busy: Database) -> None:
    before = agenda.agenda(busy, SCOPE, 200)
    while findable.file_some(busy, 100):
        pass
    assert agenda.agenda(busy, SCOPE, 200) == before
    busy.set(findable.REFILE, 5)  # as in a database of an older program
    assert findable.unfiled(busy)
    assert agenda.agenda(busy, SCOPE, 200) == before


def test_nothing_at_all(database: Database) -> None:
    assert agenda.agenda(database, SCOPE, 200) == ((), 0, Figures())
