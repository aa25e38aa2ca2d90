"""Search: any two characters, one, fragments of numbers, rare characters; words may stand in different parts of a case."""

from datetime import date

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


@pytest.mark.parametrize("query", ["埂", "田界", "执双", "界。以", "石桩 租金", "v1", "OR", "邻里 租金", "\U0002c35c", "9139", "*", '"', "^田"])
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
