"""Search: any two characters, one, fragments of numbers, rare characters; words may stand in different parts of a case."""

from datetime import date
from pathlib import Path

import msgspec
import pytest

from desktop.domain.agreement import Agreement, Clause, Outcome
from desktop.domain.case import Case
from desktop.domain.letter import Letter
from desktop.domain.party import Agent, Party
from desktop.domain.session import Session
from desktop.domain.visit import Visit
from desktop.store import casebook, findable, listing
from desktop.store.casebook import Author
from desktop.store.database import Database
from desktop.store.listing import Wanted
from tests.exchange.offices import KEY

replace = msgspec.structs.replace
CASE = Case(
    type="邻里",
    number="〔2025〕关上调字第12号",
    registered_on=date(2025, 3, 14),
    place="Café 广场",
    summary="两家因田埂地界争执",
    parties=(
        Party(role="申请人", kind="自然人", name="李\U0002c35b", id_number="53019919900228007X", phone="13900000003"),
        Party(role="被申请人", kind="自然人", name="\U00020000𪩘", agent=Agent(name="周建华")),
    ),
    sessions=(Session(kind="调解记录", record="双方到场，各执一词"),),
    agreement=Agreement(form="书面", clauses=(Clause(text="以现有石桩为界"),)),
    letters=(Letter(kind="任务单", to="某镇综治中心", measures=("上门走访",)),),
    visits=(Visit(note="界桩完好"),),
)
OTHER = Case(type="合同", registered_on=date(2025, 3, 15), summary="租金", parties=(Party(role="申请人", kind="自然人", name="王五"),))


@pytest.fixture
def case(database: Database, author: Author) -> Case:
    """The case that is looked for, beside another."""
    casebook.commit(database, None, OTHER, author)
    return casebook.commit(database, None, CASE, author)


def found(database: Database, query: str) -> list[str]:
    return [row.id for row in listing.rows_at(database, listing.places(database, Wanted(words=query), 1000))]


@pytest.mark.parametrize(
    "query",
    [
        "田埂",
        "周",
        "埂地",
        "李\U0002c35b",
        "\U0002c35b",
        "\U00020000",
        "\U00020000𪩘",
        "周建华",
        "0228007",
        "007x",
        "007X",
        "３９０００",
        "第12号",
        "石桩",
        "走访",
        "完好",
        "各执",
        "café广场",
        "CAFÉ",
        "cafe\u0301",
        "广场 石桩",
        " 石桩  走访 13900000003 埂地 ",
    ],
)
def test_found(database: Database, case: Case, query: str) -> None:
    assert found(database, query) == [case.id]


@pytest.mark.parametrize(
    "query", ["埂", "田界", "执双", "界。以", "石桩 租金", "v1", "OR", "邻里 租金", "\U0002c35c", "9139", "*", '"', "^田"]
)
def test_not_found(database: Database, case: Case, query: str) -> None:
    assert found(database, query) == []


@pytest.mark.parametrize("query", ["", " ", "\u3000"])
def test_everything_is_found_by_nothing(database: Database, case: Case, query: str) -> None:
    assert len(found(database, query)) == 2


def test_a_phrase_does_not_run_from_one_text_into_the_next(database: Database, author: Author) -> None:
    casebook.commit(database, None, replace(OTHER, claims=("退还定金", "赔偿损失")), author)
    assert found(database, "定金赔偿") == []


def test_what_was_replaced_is_not_found(database: Database, author: Author, case: Case) -> None:
    after = replace(case, summary="改了", visits=(), agreement=None, outcome=Outcome(kind="撤回", reason="和好如初"))
    casebook.commit(database, case, after, author)
    assert [found(database, query) for query in ("田埂", "完好", "石桩")] == [[], [], []]
    assert [found(database, query) for query in ("改了", "和好", "李\U0002c35b")] == [[case.id]] * 3


@pytest.mark.parametrize("count", [10, 31, 32, 33, 100])
def test_news_are_filed_and_stay_findable(database: Database, author: Author, case: Case, count: int) -> None:
    """What was saved is read beside the index, and filed in it when there is much of it, at whatever moment."""
    saved = case
    for number in range(count):
        saved = casebook.commit(database, saved, replace(saved, summary=f"改动{number:04d}"), author)
        if number % 5 == 0:
            casebook.commit(database, None, replace(OTHER, summary=f"新案{number:04d}"), author)
    assert database.connection.execute("SELECT count(*) FROM search_news").fetchone()[0] < findable.MANY_NEWS
    assert found(database, f"改动{count - 1:04d}") == [case.id]
    assert found(database, f"改动{count - 2:04d}") == []
    assert found(database, "田埂") == []
    assert found(database, "石桩 李\U0002c35b") == [case.id]
    assert len(found(database, "新案")) == (count + 4) // 5
    assert len(found(database, "新案0005")) == 1


def test_pages_are_newest_first(database: Database, author: Author) -> None:
    for day in range(1, 8):
        casebook.commit(database, None, replace(OTHER, registered_on=date(2025, 1, day), summary=f"日{day}"), author)
    rows = listing.page(database, listing.calendar(database), 2, 3)
    assert [row.registered_on.day for row in rows] == [5, 4, 3]
    assert rows[0].title == "王五合同纠纷"
    assert listing.with_number(database, "没有") == []


@pytest.mark.parametrize("query", ["wj", "JH", "zjh", "周建", "〔2025〕关上", "关上调字第12号", "字第12", "〔2025", "争执2025", "zjhu"])
def test_found_by_letters_and_by_number(database: Database, author: Author, query: str) -> None:
    parties = (*OTHER.parties, Party(role="被申请人", kind="自然人", name="周建华"))
    case = casebook.commit(database, None, replace(CASE, parties=parties), author)
    casebook.commit(database, None, replace(OTHER, parties=(Party(role="申请人", kind="自然人", name="李四"),)), author)
    assert found(database, query) == ([] if query == "zjhu" else [case.id] if query != "wj" else [])
    file_all(database)
    assert found(database, query) == ([] if query in ("zjhu", "wj") else [case.id])


@pytest.mark.parametrize("filed", [False, True])
def test_a_corrected_day_moves_the_case(database: Database, author: Author, filed: bool) -> None:
    first = casebook.commit(database, None, replace(CASE, registered_on=date(2025, 1, 1)), author)
    casebook.commit(database, None, replace(OTHER, summary="田埂"), author)
    if filed:
        file_all(database)
    assert found(database, "田埂")[1] == first.id
    later = casebook.commit(database, first, replace(first, registered_on=date(2025, 12, 1)), author)
    for _ in range(2):
        assert found(database, "田埂")[0] == first.id
        assert len(found(database, "田埂")) == 2
        assert listing.page(database, listing.calendar(database), 0, 5)[0].id == first.id
        file_all(database)
    casebook.commit(database, later, replace(later, registered_on=date(2025, 1, 1)), author)
    file_all(database)
    assert found(database, "田埂")[1] == first.id


def test_the_calendar_counts_every_case_once(database: Database, author: Author) -> None:
    days = [date(2025, 1, 1), date(2024, 5, 5), date(2025, 1, 1), date(2023, 2, 2)]
    saved = [casebook.commit(database, None, replace(OTHER, registered_on=day), author) for day in days]
    casebook.commit(database, saved[0], replace(saved[0], registered_on=date(2026, 1, 1)), author)
    calendar = listing.calendar(database)
    assert calendar.total == 4
    assert calendar.years == [2026, 2025, 2024, 2023]
    rows = [listing.page(database, calendar, start, 1)[0].registered_on for start in range(4)]
    assert rows == sorted(rows, reverse=True) == [row.registered_on for row in listing.page(database, calendar, 0, 9)]
    assert listing.page(database, calendar, 4, 1) == []


@pytest.mark.parametrize("filed", [False, True])
@pytest.mark.parametrize(
    ("wanted", "finds"),
    [
        (Wanted(type="邻里"), True),
        (Wanted(type="合同"), False),
        (Wanted(year=2025), True),
        (Wanted(year=2024), False),
        (Wanted(office="某村"), True),
        (Wanted(office="某"), False),
        (Wanted(not_office="某村"), False),
        (Wanted(not_office="别处"), True),
        (Wanted(statuses=("已受理", "调解中")), True),
        (Wanted(statuses=("已受理",)), False),
        (Wanted(risk="高"), True),
        (Wanted(risk="低", words="田埂"), False),
        (Wanted(risk="高", words="田埂 石桩", year=2025, person="段文清"), True),
        (Wanted(person="段文"), False),
        (Wanted(doubtful=True), False),
        (Wanted(doubtful=True, words="田埂"), False),
        (Wanted(due_before=date(2999, 1, 1)), True),
        (Wanted(due_before=date(2999, 1, 1), words="田埂"), True),
        (Wanted(due_before=date(2999, 1, 1), words="租金"), False),
        (Wanted(due_before=date(1999, 1, 1)), False),
    ],
)
def test_filters(database: Database, author: Author, wanted: Wanted, finds: bool, filed: bool) -> None:
    case = casebook.commit(database, None, replace(CASE, risk="高", registered_by="某村", mediators=("段文清",)), author)
    database.connection.execute("UPDATE cases SET due_on = '2025-04-01'")
    if filed:
        file_all(database)
    places = listing.places(database, wanted, 10)
    assert [row.id for row in listing.rows_at(database, places)] == ([case.id] if finds else [])


def file_all(database: Database) -> None:
    """File everything, as pauses do."""
    with database.atomic():
        while findable.file_some(database, 3):
            pass


def test_a_database_of_an_older_program_becomes_findable_in_pauses(tmp_path: Path, author: Author) -> None:
    path = tmp_path / "old.db"
    with Database(path, KEY) as database:
        saved = [casebook.commit(database, None, replace(CASE, summary=f"第{number}次"), author) for number in range(5)]
        with database.atomic():
            statements = ("DELETE FROM search_news", "DROP TRIGGER days_of_new_cases", "DROP TRIGGER days_of_moved_cases")
            drops = ("DROP TABLE search_moved", "DROP TABLE days", "DELETE FROM _sqlite_migrations WHERE name = 'm005_finding'")
            for statement in (*statements, *drops, "PRAGMA user_version = 4"):
                database.connection.execute(statement)
    with Database(path, KEY) as database:
        assert listing.calendar(database).total == 5
        assert found(database, "石桩") == []
        assert findable.unfiled(database) == 5
        after = casebook.commit(database, saved[0], replace(saved[0], summary="改过"), author)
        assert found(database, "改过") == [after.id]
        file_all(database)
        assert findable.unfiled(database) == 0
        assert len(found(database, "石桩")) == 5
        assert found(database, "第0次") == []
        assert [found(database, f"第{number}次") for number in range(1, 5)] == [[one.id] for one in saved[1:]]


def test_what_is_behind_in_a_very_large_import_is_counted(
    database: Database, author: Author, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    casebook.rebuild(database)
    assert findable.unfiled(database) == 0
    monkeypatch.setattr(findable, "READ_LATER", 1)
    assert findable.unfiled(database) == 1
    file_all(database)
    assert findable.unfiled(database) == 0
    assert found(database, "田埂") == [case.id]
