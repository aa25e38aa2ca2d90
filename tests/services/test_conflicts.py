"""待核对 in words, what is recommended and why, and how it is settled."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest

from desktop.domain.agreement import Agreement, Clause, Outcome
from desktop.domain.case import Case
from desktop.domain.course import IllegalStep
from desktop.domain.course_records import Conclusion
from desktop.domain.session import Session
from desktop.domain.visit import Visit
from desktop.exchange import directory as directories
from desktop.services import cases, conflicts, field_words
from desktop.services.access import NotOurs
from desktop.services.conflicts import ChangedMeanwhile, Conflict, NoSuchVersion, UnknownField, Written
from desktop.services.desk import Desk
from desktop.services.field_words import NotReadable, OnlyChoice
from desktop.store import casebook
from desktop.store.settling import NothingInDoubt
from tests.domain.samples import accepted
from tests.services.offices import NOW, STONE, TOWN, WILLOW
from tests.store.dump import dump

replace = msgspec.structs.replace
Offices = dict[str, Desk]


def registered(desk: Desk) -> Case:
    return cases.load(desk, cases.register(desk, accepted()).id)


def written_twice(desk: Desk, *versions: dict[str, object], minutes: tuple[int, ...] = (0, 1, 2)) -> Case:
    """A case as windows leave it that did not see each other; the later ones by a later clock."""
    seen = registered(desk)
    for version, minute in zip(versions, minutes, strict=False):
        desk._clock = lambda minute=minute: NOW + timedelta(minutes=minute)  # type: ignore[misc]  # mypy cannot type a default in a lambda
        cases.save(desk, seen, replace(seen, **version))
    return cases.load(desk, seen.id)


def only(desk: Desk, case: Case) -> Conflict:
    (found,) = conflicts.conflicts(desk, case.id)
    return found


def test_two_windows_keep_both_values(desk: Desk) -> None:
    seen = registered(desk)
    one, other = (replace(seen.parties[0], phone=phone) for phone in ("13900000001", "13900000002"))
    cases.save(desk, seen, replace(seen, parties=(one, *seen.parties[1:]), place="田边"))
    second = cases.save(desk, seen, replace(seen, parties=(other, *seen.parties[1:]), mediators=("赵六",))).case
    assert (second.place, second.mediators) == ("田边", ("赵六",))
    conflict = only(desk, seen)
    assert conflict.label == f"当事人“{seen.parties[0].name}”的联系方式"
    assert conflict.code == f"party.{seen.parties[0].id}.phone"
    assert {version.text for version in conflict.versions} == {"13900000001", "13900000002"}
    assert {version.written for version in conflict.versions} == {(Written("石桥村", "杨娟", "2026-03-02T09:30:00+08:00"),)}
    assert conflict.versions[0].text == second.parties[0].phone
    assert cases.rows(desk)[0].conflicts == 1
    settled = replace(second.parties[0], phone="13900000003")
    cases.save(desk, second, replace(second, parties=(settled, *second.parties[1:])))
    assert conflicts.conflicts(desk, seen.id) == []


def test_values_in_a_conflict_read_as_people_write(desk: Desk) -> None:
    case = written_twice(
        desk,
        {
            "amount": 300_000,
            "occurred_on": date(2026, 3, 1),
            "police_reported_at": "2026-03-01T09:00",
            "group": True,
            "claims": ("赔偿", "道歉"),
        },
        {
            "amount": 300_050,
            "occurred_on": date(2026, 11, 12),
            "police_reported_at": "2026-12-01T23:59",
            "group": False,
            "claims": ("停止滴水",),
        },
    )
    found = conflicts.conflicts(desk, case.id)
    assert {conflict.label: {version.text for version in conflict.versions} for conflict in found} == {
        "涉及金额": {"3000.00元", "3000.50元"},
        "发生日期": {"2026年3月1日", "2026年11月12日"},
        "报告公安时间": {"2026年3月1日 09:00", "2026年12月1日 23:59"},
        "群体性": {"是", "否"},
        "申请事项": {"赔偿；道歉", "停止滴水"},
    }
    for conflict in found:
        assert conflict.typed
        for version in conflict.versions:
            assert field_words.parse(conflict.field, version.editable, desk.today()) == version.value


def test_entries_of_one_name_are_told_apart(desk: Desk) -> None:
    seen = cases.load(desk, cases.register(desk, accepted()).id)
    two = (Session(kind="调解记录", record="一"), Session(kind="调解记录", record="二"))
    seen = cases.save(desk, seen, replace(seen, informed_on=desk.today(), sessions=two)).case
    for text in ("三", "四"):
        cases.save(desk, seen, replace(seen, sessions=(seen.sessions[0], replace(seen.sessions[1], record=text))))
    assert only(desk, seen).label == "调解（调查）记录“调解记录”（第2项）的记录"


def test_places_in_a_list_are_counted_from_one(desk: Desk) -> None:
    seen = registered(desk)
    first, second = seen.parties
    cases.save(desk, seen, replace(seen, parties=(second, first)))
    cases.save(desk, seen, replace(seen, parties=(replace(first, position=first.position + 1500), second)))
    assert all(version.text in ("第1位", "第2位") for one in conflicts.conflicts(desk, seen.id) for version in one.versions)


def test_who_wrote_the_same_agrees(desk: Desk) -> None:
    case = written_twice(desk, {"place": "田埂东"}, {"place": "田埂西"}, {"place": "田埂东"})
    conflict = only(desk, case)
    assert {version.text: len(version.written) for version in conflict.versions} == {"田埂东": 1, "田埂西": 1}
    (east,) = (version for version in conflict.versions if version.text == "田埂东")
    assert east.written == (Written("石桥村", "杨娟", "2026-03-02T09:32:00+08:00"),)


# What is recommended


@pytest.mark.parametrize(
    ("versions", "minutes", "text", "reason"),
    [
        (({"place": ""}, {"place": "田埂西"}), (5, 1), "田埂西", "另一种是空的"),
        (({"group": False}, {"group": None, "place": "x"}), (0, 9), "否", None),
        (({"place": "田埂东"}, {"place": "田埂西"}), (5, 1), "田埂东", "按各自电脑的时间是较晚保存的，时间可能不准，请留意"),
        (({"place": "田埂东"}, {"place": "田埂西"}), (1, 5), "田埂西", "按各自电脑的时间是较晚保存的，时间可能不准，请留意"),
    ],
)
def test_what_one_office_wrote_twice(
    desk: Desk, versions: tuple[dict[str, object], ...], minutes: tuple[int, ...], text: str, reason: str | None
) -> None:
    found = conflicts.conflicts(desk, written_twice(desk, *versions, minutes=minutes).id)
    if reason is None:
        assert found == []
        return
    (conflict,) = found
    assert (conflict.versions[conflict.recommended].text, conflict.reason) == (text, reason)


def test_what_cannot_be_told_apart_is_as_shown(desk: Desk) -> None:
    case = written_twice(desk, {"place": "田埂东"}, {"place": "田埂西"}, minutes=(0, 0))
    conflict = only(desk, case)
    assert (conflict.recommended, conflict.versions[0].text) == (0, case.place)
    assert "分不出先后" in conflict.reason


def test_the_office_that_has_the_case_is_believed_first(acquainted: Offices) -> None:
    case = _both_places(acquainted, "田埂东", "田埂西", town_minutes=30)
    for desk in (acquainted[STONE], acquainted[TOWN]):
        conflict = only(desk, case)
        assert conflict.versions[conflict.recommended].text == "田埂东"
        assert conflict.reason == "这是承办单位石桥村填写的"
        wrote = {version.text: version.written[0].office for version in conflict.versions}
        assert wrote == {"田埂东": "石桥村", "田埂西": "青石镇综治中心"}


def test_who_has_the_case_is_not_decided_by_who_has_it(acquainted: Offices) -> None:
    case = _both(acquainted, STONE, TOWN, {"owner": acquainted[TOWN].office.id}, {"owner": None}, town_minutes=1)
    conflict = only(acquainted[TOWN], case)
    assert {version.text for version in conflict.versions} == {"青石镇综治中心", "（空）"}
    assert conflict.versions[conflict.recommended].text == "青石镇综治中心"
    assert (conflict.reason, conflict.typed, conflict.label) == ("另一种是空的", False, "承办单位")


def test_who_was_asked_to_help(acquainted: Offices) -> None:
    helper = acquainted[STONE].office.id
    with_help = _both(acquainted, STONE, TOWN, {"assigned": (helper,)}, {}, town_minutes=1)
    case = _again(acquainted, with_help, {"assigned": ()}, {"place": "x"})
    assert conflicts.conflicts(acquainted[TOWN], case.id) == []


def _hear(one: Desk, other: Desk, case: Case) -> None:
    """One office takes in what the other holds of the case, without the stick."""
    (key,) = other.database.connection.execute("SELECT key FROM cases WHERE uuid = ?", (bytes.fromhex(case.id),)).fetchone()
    casebook.receive(one.database, list(casebook.held_changes(other.database, key)))


def _both_places(offices: Offices, stone: str, town: str, *, town_minutes: int) -> Case:
    return _both(offices, STONE, TOWN, {"place": stone}, {"place": town}, town_minutes=town_minutes)


@pytest.fixture
def acquainted(offices: Offices) -> Offices:
    """The offices, after all of them got the newest directory."""
    newest = directories.newest(offices[WILLOW].database)
    assert newest is not None
    for desk in offices.values():
        directories.adopt(desk.database, newest)
    return offices


def _both(offices: Offices, one: str, other: str, mine: Mapping[str, object], theirs: Mapping[str, object], *, town_minutes: int) -> Case:
    """A case of the first office that both changed, the second by a later clock; both know everything."""
    case = registered(offices[one])
    _hear(offices[other], offices[one], case)
    offices[other]._clock = lambda: NOW + timedelta(minutes=town_minutes)
    return _again(offices, case, mine, theirs)


def _again(offices: Offices, case: Case, mine: Mapping[str, object], theirs: Mapping[str, object]) -> Case:
    for code, values in ((STONE, mine), (TOWN, theirs)):
        seen = cases.load(offices[code], case.id)
        casebook.commit(offices[code].database, seen, replace(seen, **values), offices[code].author())
    _hear(offices[STONE], offices[TOWN], case)
    _hear(offices[TOWN], offices[STONE], case)
    return cases.load(offices[STONE], case.id)


# Settling


@pytest.mark.parametrize("answer", [0, 1, "两家之间", " 田埂东\u0301 "])
def test_one_click_or_a_text_of_ones_own(acquainted: Offices, answer: int | str) -> None:
    case = _both_places(acquainted, "田埂东", "田埂西", town_minutes=1)
    conflict = only(acquainted[TOWN], case)
    wanted = conflict.versions[answer].value if isinstance(answer, int) else answer.strip()
    settled = conflicts.settle(acquainted[TOWN], case.id, conflict, answer)
    assert settled.place == wanted
    _hear(acquainted[STONE], acquainted[TOWN], case)
    for desk in (acquainted[STONE], acquainted[TOWN]):
        assert (cases.load(desk, case.id).place, conflicts.conflicts(desk, case.id)) == (wanted, [])
        assert conflicts.cases_in_doubt(desk) == []


def test_everything_as_recommended_is_one_change(acquainted: Offices) -> None:
    mine, theirs = ({"place": "东", "amount": None, "risk": "高"}, {"place": "西", "amount": 300, "risk": "低"})
    case = _both(acquainted, STONE, TOWN, mine, theirs, town_minutes=1)
    desk = acquainted[TOWN]
    found = conflicts.conflicts(desk, case.id)
    assert [(one.id, one.conflicts) for one in conflicts.cases_in_doubt(desk)] == [(case.id, len(found))]
    before = len(casebook.history(desk.database, case.id).ids)
    settled = conflicts.settle_as_recommended(desk, case.id, found)
    assert (settled.place, settled.risk) == ("东", "高")
    assert len(casebook.history(desk.database, case.id).ids) == before + 1
    assert conflicts.conflicts(desk, case.id) == []


def test_an_entry_that_was_taken_out_while_another_wrote_in_it(acquainted: Offices) -> None:
    case = registered(acquainted[STONE])
    _hear(acquainted[TOWN], acquainted[STONE], case)
    first, *others = case.parties
    _again(acquainted, case, {"parties": tuple(others)}, {"parties": (replace(first, phone="13900000001"), *others)})
    conflict = only(acquainted[STONE], case)
    assert conflict.label == f"当事人“{first.name}”是否保留"
    wrote = {version.text: version.written[0].office for version in conflict.versions}
    assert wrote == {"保留（填写了联系方式）": "青石镇综治中心", "删去": "石桥村"}
    assert conflict.versions[conflict.recommended].value is False
    assert "先保留" in conflict.reason
    gone = next(place for place, version in enumerate(conflict.versions) if version.value)
    assert len(conflicts.settle(acquainted[STONE], case.id, conflict, gone).parties) == len(others)
    _hear(acquainted[TOWN], acquainted[STONE], case)
    assert conflicts.conflicts(acquainted[TOWN], case.id) == []


def test_what_is_taken_out_leaves_nothing_open(acquainted: Offices) -> None:
    case = registered(acquainted[STONE])
    _hear(acquainted[TOWN], acquainted[STONE], case)
    first, *others = case.parties
    phones = [{"parties": (replace(first, phone=phone), *others)} for phone in ("1", "2")]
    case = _again(acquainted, case, *phones)
    first, *others = case.parties
    case = _again(acquainted, case, {"parties": tuple(others)}, {"parties": (replace(first, sex="男"), *others)})
    removed, phone = conflicts.conflicts(acquainted[STONE], case.id)
    assert (removed.field[2], phone.field[2]) == ("removed", "phone")
    gone = next(place for place, version in enumerate(removed.versions) if version.value)
    conflicts.settle(acquainted[STONE], case.id, removed, gone)
    assert conflicts.conflicts(acquainted[STONE], case.id) == []


@pytest.mark.parametrize("name", ["place", "发生地点", "1"])
def test_a_conflict_is_named_in_three_ways(desk: Desk, name: str) -> None:
    found = conflicts.conflicts(desk, written_twice(desk, {"place": "东"}, {"place": "西"}).id)
    assert conflicts.named(found, name) == found[0]
    with pytest.raises(UnknownField, match=r"发生地点.*。$"):
        conflicts.named(found, "金额")
    with pytest.raises(UnknownField, match=r"不用处理。$"):
        conflicts.named([], "金额")


# What is refused


def _refused(desk: Desk, case: Case, kind: type[Exception], act: Callable[[], object]) -> None:
    before = dump(desk.database)
    with pytest.raises(kind, match=r"^[^。]+。$"):
        act()
    assert dump(desk.database) == before


@pytest.mark.parametrize(
    ("values", "text", "words"),
    [
        ({"amount": (100, 200)}, "三百多", "金额要写准数"),
        ({"occurred_on": (date(2026, 3, 1), date(2026, 3, 2))}, "2026-2-30", "日期请写成"),
        ({"police_reported_at": ("2026-03-01T09:00", "2026-03-01T10:00")}, "昨天上午", "时间请写成"),
        ({"risk": ("高", "低")}, "很高", "低、中、高"),
        ({"group": (True, False)}, "也许", "是、否"),
        ({"people_count": (2, 3)}, "两三个", "整数"),
        ({"people_count": (2, 3)}, "99999999", "不能填"),
        ({"summary": ("一", "二")}, "  ", "不能空着"),
    ],
)
def test_a_text_that_does_not_fit(desk: Desk, values: dict[str, tuple[object, object]], text: str, words: str) -> None:
    one, other = ({name: pair[place] for name, pair in values.items()} for place in (0, 1))
    case = written_twice(desk, one, other)
    conflict = only(desk, case)
    _refused(desk, case, NotReadable, lambda: conflicts.settle(desk, case.id, conflict, text))
    with pytest.raises(NotReadable, match=words):
        conflicts.settle(desk, case.id, conflict, text)


@pytest.mark.parametrize(
    ("values", "text", "value"),
    [
        ({"amount": (100, 200)}, "3,000.5元", 300_050),
        ({"occurred_on": (date(2026, 3, 1), None)}, "2026年3月4日", date(2026, 3, 4)),
        ({"police_reported_at": ("2026-03-01T09:00", None)}, "2026-3-1 9:30", "2026-03-01T09:30"),
        ({"risk": ("高", "低")}, "中", "中"),
        ({"group": (True, False)}, "", None),
        ({"claims": (("赔偿",), ("道歉",))}, "赔偿；道歉\n停止", ("赔偿", "道歉", "停止")),
        ({"claims": (("赔偿",), ("道歉",))}, "", ()),
        ({"summary": ("一", "二")}, "三\n四", "三\n四"),
    ],
)
def test_a_text_is_read_as_the_field_s_value(desk: Desk, values: dict[str, tuple[object, object]], text: str, value: object) -> None:
    one, other = ({name: pair[place] for name, pair in values.items()} for place in (0, 1))
    seen = registered(desk)
    seen = cases.save(desk, seen, replace(seen, occurred_on=date(2020, 1, 1), police_reported_at="2020-01-01T00:00")).case
    for version in (one, other):
        cases.save(desk, seen, replace(seen, **version))
    settled = conflicts.settle(desk, seen.id, only(desk, seen), text)
    assert getattr(settled, next(iter(values))) == value


def test_numbers_and_offices_are_not_typed(acquainted: Offices) -> None:
    case = _both(acquainted, STONE, TOWN, {"owner": acquainted[TOWN].office.id}, {"owner": None}, town_minutes=1)
    conflict = only(acquainted[TOWN], case)
    _refused(acquainted[TOWN], case, OnlyChoice, lambda: conflicts.settle(acquainted[TOWN], case.id, conflict, "石桥村"))


def test_there_are_only_so_many_versions(desk: Desk) -> None:
    case = written_twice(desk, {"place": "东"}, {"place": "西"})
    conflict = only(desk, case)
    for place in (2, -1):
        _refused(desk, case, NoSuchVersion, lambda place=place: conflicts.settle(desk, case.id, conflict, place))  # type: ignore[misc]


def test_what_came_in_meanwhile_is_looked_at_first(desk: Desk) -> None:
    seen = registered(desk)
    for place in ("东", "西"):
        cases.save(desk, seen, replace(seen, place=place))
    old = only(desk, seen)
    cases.save(desk, seen, replace(seen, place="南"))
    _refused(desk, seen, ChangedMeanwhile, lambda: conflicts.settle(desk, seen.id, old, 0))
    conflicts.settle(desk, seen.id, only(desk, seen), 2)
    _refused(desk, seen, NothingInDoubt, lambda: conflicts.settle_as_recommended(desk, seen.id, [old]))


def test_who_left_the_case_settles_nothing_in_it(acquainted: Offices) -> None:
    case = registered(acquainted[STONE])
    _hear(acquainted[WILLOW], acquainted[STONE], case)
    seen = cases.load(acquainted[WILLOW], case.id)
    for place in ("东", "西"):
        casebook.commit(acquainted[WILLOW].database, seen, replace(seen, place=place), acquainted[WILLOW].author())
    conflict = only(acquainted[WILLOW], case)
    assert conflicts.cases_in_doubt(acquainted[WILLOW]) == []
    _refused(acquainted[WILLOW], case, NotOurs, lambda: conflicts.settle(acquainted[WILLOW], case.id, conflict, 0))


def test_law_holds_here_too(desk: Desk) -> None:
    """What is filed changes only after it was reopened; what it shows already may be agreed to."""
    case = written_twice(desk, {"place": "东"}, {"place": "西"})
    ended = cases.save(desk, case, replace(case, outcome=Outcome(kind="撤回"), visits=(Visit(party="张三"),))).case
    filed = cases.save(desk, ended, replace(ended, conclusion=Conclusion(on=date(2026, 3, 2)), closed_on=date(2026, 3, 2))).case
    conflict = only(desk, filed)
    _refused(desk, filed, IllegalStep, lambda: conflicts.settle(desk, filed.id, conflict, 1))
    assert conflicts.settle(desk, filed.id, conflict, 0).place == filed.place


def test_clauses_and_agreements(desk: Desk, tmp_path: Path) -> None:
    seen = registered(desk)
    agreed = Agreement(clauses=(Clause(text="李四在三日内停止滴水并且修好水管"),), facts="一")
    seen = cases.save(desk, seen, replace(seen, agreement=agreed)).case
    assert seen.agreement is not None
    for text in ("五日内", "七日内"):
        fresh = replace(seen.agreement, clauses=(replace(seen.agreement.clauses[0], text=text),), facts=text)
        cases.save(desk, seen, replace(seen, agreement=fresh))
    labels = [one.label for one in conflicts.conflicts(desk, seen.id)]
    shown = cases.load(desk, seen.id).agreement
    assert shown is not None
    assert labels == ["调解协议的主要事实和争议事项", f"协议条款“{shown.clauses[0].text}”的内容"]
