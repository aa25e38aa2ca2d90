"""Saving and receiving: the tables always say what the changes say, and nothing that was typed is lost."""

from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.agreement import Agreement, Clause
from desktop.domain.case import Case
from desktop.domain.letter import Letter
from desktop.domain.party import Party
from desktop.domain.session import Session
from desktop.domain.visit import Visit
from desktop.store import casebook, change, fields, fold
from desktop.store.casebook import Author, Held
from desktop.store.change import Edits
from desktop.store.database import Database
from tests.exchange.offices import reopen
from tests.store.dump import dump
from tests.store.made_cases import TEXT, cases, made

replace = msgspec.structs.replace
ZHANG, LI = Party(role="申请人", kind="自然人", name="张三"), Party(role="被申请人", kind="自然人", name="李四")
FRESH = Case(type="邻里", registered_on=date(2025, 3, 14), summary="起因", parties=(ZHANG, LI), owner="v1")


@pytest.fixture
def case(database: Database, author: Author) -> Case:
    """A saved case."""
    return casebook.commit(database, None, FRESH, author)


def later(author: Author, at: str = "2025-03-15T09:00:00+08:00") -> Author:
    return author._replace(at=at)


def body(case: Case, author: Author, edits: Edits, parents: tuple[bytes, ...] | None = None, version: int = 1) -> Held:
    """A signed change of somebody else."""
    seen = tuple(bytes.fromhex(head) for head in case.seen) if parents is None else parents
    made_change = change.make(bytes.fromhex(case.id), b"e" * 16, "马丽琼", seen, "2025-03-15", edits)
    data = change.encode(replace(made_change, version=version))
    return Held(change.change_id(data), data, author.sign(change.signed_bytes(change.change_id(data))))


def shown_doubts(database: Database, case: Case) -> dict[str, set[object]]:
    """待核对 of the case: field name → the values that stand side by side."""
    return {field[2]: {w.value for w in writes} for field, writes in fold.conflicts(casebook.state_of(database, case.id)).items()}


def test_what_was_saved_is_there(database: Database, author: Author) -> None:
    saved = casebook.commit(database, None, FRESH, author)
    assert casebook.load(database, saved.id) == saved
    assert [party.name for party in saved.parties] == ["张三", "李四"]
    assert casebook.rebuild(database) == 0


def test_nothing_is_written_where_nothing_differs(database: Database, author: Author, case: Case) -> None:
    before = dump(database)
    assert casebook.commit(database, case, case, later(author)) == case
    assert dump(database) == before


def test_unknown_case(database: Database) -> None:
    with pytest.raises(casebook.UnknownCase):
        casebook.load(database, "0" * 32)


def test_too_much_at_once_is_refused_whole(database: Database, author: Author, case: Case) -> None:
    before = dump(database)
    with pytest.raises(casebook.TooMuchAtOnce):
        casebook.commit(database, case, replace(case, summary="长" * 1_500_000), author)
    assert dump(database) == before


def test_two_saves_of_one_state_stand_side_by_side(database: Database, author: Author, case: Case) -> None:
    casebook.commit(database, case, replace(case, summary="甲", place="村口"), author)
    both = casebook.commit(database, case, replace(case, summary="乙"), later(author))
    assert both.place == "村口"
    assert both.summary in {"甲", "乙"}
    assert shown_doubts(database, case) == {"summary": {"甲", "乙"}}
    assert database.connection.execute("SELECT conflicts FROM cases").fetchone() == (1,)
    assert len(both.seen) == 2
    assert casebook.load(database, case.id) == both
    settled = casebook.commit(database, both, replace(both, summary="丙"), later(author))
    assert settled.summary == "丙"
    assert shown_doubts(database, case) == {}
    assert casebook.rebuild(database) == 0


def test_saving_the_same_twice_is_one_save(database: Database, author: Author, case: Case) -> None:
    """A button that was pressed twice: same writes, same parents, same second."""
    once = casebook.commit(database, case, replace(case, summary="甲"), author)
    assert casebook.commit(database, case, replace(case, summary="甲"), author) == once
    assert len(casebook.history(database, case.id).ids) == 2
    assert shown_doubts(database, case) == {}
    assert casebook.rebuild(database) == 0


def test_texts_are_shown_as_they_are_kept(database: Database, author: Author, case: Case) -> None:
    parties = (replace(case.parties[0], name="A\u030a"), case.parties[1])
    saved = casebook.commit(database, case, replace(case, place="cafe\u0301", parties=parties), author)
    assert (saved.place, saved.parties[0].name) == ("caf\u00e9", "\u00c5")
    assert casebook.load(database, case.id) == saved
    assert casebook.rebuild(database) == 0


def without_first(case: Case) -> Case:
    return replace(case, parties=case.parties[1:])


def first_phone(case: Case, phone: str) -> Case:
    return replace(case, parties=(replace(case.parties[0], phone=phone), *case.parties[1:]))


@pytest.mark.parametrize("removal_first", [True, False])
def test_removal_while_another_edits_is_doubted(database: Database, author: Author, case: Case, *, removal_first: bool) -> None:
    saves = [without_first(case), first_phone(case, "13900000001")]
    for after in saves if removal_first else saves[::-1]:
        both = casebook.commit(database, case, after, author)
    assert [party.name for party in both.parties] == ["张三", "李四"]
    assert both.parties[0].phone == "13900000001"
    assert shown_doubts(database, case) == {"removed": {True, False}}
    assert casebook.rebuild(database) == 0
    gone = casebook.commit(database, both, without_first(both), later(author))
    assert [party.name for party in gone.parties] == ["李四"]
    assert shown_doubts(database, case) == {}
    assert casebook.rebuild(database) == 0


def test_what_stands_in_doubt_can_be_edited_on(database: Database, author: Author, case: Case) -> None:
    """Who goes on writing in an entry that another took out has not agreed to its removal."""
    casebook.commit(database, case, without_first(case), author)
    both = casebook.commit(database, case, first_phone(case, "13900000001"), author)
    edited = casebook.commit(database, both, first_phone(both, "13900000002"), later(author))
    assert casebook.load(database, case.id) == edited
    assert [party.phone for party in edited.parties] == ["13900000002", None]
    assert shown_doubts(database, case) == {"removed": {True, False}}
    assert casebook.rebuild(database) == 0


def test_a_removal_of_what_was_not_touched_is_no_doubt(database: Database, author: Author, case: Case) -> None:
    casebook.commit(database, case, without_first(case), author)
    both = casebook.commit(database, case, replace(case, summary="甲"), author)
    assert [party.name for party in both.parties] == ["李四"]
    assert shown_doubts(database, case) == {}


Action = Callable[[Case, st.DataObject], Case]


def _grow(case: Case, data: st.DataObject) -> Case:
    name = data.draw(st.sampled_from(["parties", "sessions", "visits", "letters"]))
    kinds: dict[str, type[msgspec.Struct]] = {"parties": Party, "visits": Visit, "sessions": Session, "letters": Letter}
    return replace(case, **{name: (*getattr(case, name), data.draw(made(kinds[name])))})


def _shrink(case: Case, data: st.DataObject) -> Case:
    kept = tuple(party for party in case.parties if data.draw(st.booleans()))
    return replace(case, parties=kept, visits=case.visits[1:], outcome=None)


def _edit(case: Case, data: st.DataObject) -> Case:
    parties = tuple(replace(party, name=data.draw(TEXT)) for party in case.parties)
    return replace(case, summary=data.draw(TEXT), parties=parties, assigned=data.draw(st.sampled_from([(), ("v2",), ("town", "v2")])))


def _rewrite(case: Case, data: st.DataObject) -> Case:
    fresh = data.draw(cases())
    return replace(case, agreement=fresh.agreement, outcome=fresh.outcome, type=fresh.type, risk=fresh.risk, claims=fresh.claims)


ACTIONS: tuple[Action, ...] = (_grow, _shrink, _edit, _edit, _rewrite)


@given(data=st.data())
@settings(max_examples=40)
def test_the_quick_way_leads_where_the_slow_one_does(data: st.DataObject, empty_image: bytes, author: Author) -> None:
    """A save that saw everything touches little; one that did not folds anew; both say what the changes say."""
    ids = (f"{number:032x}" for number in count(1))
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(fields, "new_id", lambda: next(ids))  # the order of entries follows their ids, and hypothesis needs it repeated
        (path := Path(folder) / "desk.db").write_bytes(empty_image)
        with reopen(path) as database:
            states = [casebook.commit(database, None, replace(FRESH, owner="v1"), author)]
            for number in range(data.draw(st.integers(1, 8))):
                before = data.draw(st.sampled_from(states[-3:]))
                after = fields.identified(data.draw(st.sampled_from(ACTIONS))(before, data))
                states.append(casebook.commit(database, before, after, later(author, str(number))))
                assert casebook.load(database, states[0].id) == states[-1]
            assert casebook.rebuild(database) == 0


def test_received_late_twice_and_out_of_order(database: Database, author: Author, case: Case) -> None:
    first = body(case, author, {("case", "", "summary"): "一"})
    second = body(case, author, {("case", "", "summary"): "二"}, (first.id,))
    assert casebook.receive(database, [second]) == casebook.Receipt(frozenset(), frozenset(), 0, 1)
    assert casebook.load(database, case.id) == case
    assert casebook.receive(database, [second, second]).waiting == 1
    assert casebook.receive(database, [first]) == casebook.Receipt(frozenset({case.id}), frozenset(), 2, 0)
    assert casebook.load(database, case.id).summary == "二"
    before = dump(database)
    assert casebook.receive(database, [second, first]) == casebook.Receipt(frozenset(), frozenset(), 0, 0)
    assert dump(database) == before


def test_a_new_case_arrives(database: Database, author: Author, case: Case) -> None:
    fresh = replace(case, id="f" * 32)
    arrived = body(fresh, author, {("case", "", "type"): "邻里", ("case", "", "registered_on"): "2025-03-14"}, ())
    assert casebook.receive(database, [arrived]) == casebook.Receipt(frozenset({fresh.id}), frozenset({fresh.id}), 1, 0)
    assert casebook.load(database, fresh.id).type == "邻里"
    assert casebook.rebuild(database) == 0


def test_a_parent_in_another_case_is_no_parent(database: Database, author: Author, case: Case) -> None:
    other = casebook.commit(database, None, FRESH, author)
    right, strange = body(case, author, {("case", "", "summary"): "一"}), body(other, author, {("case", "", "summary"): "二"})
    odd = body(case, author, {("case", "", "summary"): "三"}, tuple(sorted((right.id, strange.id))))
    held = body(case, author, {("case", "", "summary"): "四"}, (bytes.fromhex(other.seen[0]),))
    assert casebook.receive(database, [odd, right, strange, held]).waiting == 2
    assert casebook.load(database, case.id).summary == "一"
    assert casebook.receive(database, []).waiting == 2
    assert casebook.rebuild(database) == 0


@pytest.mark.parametrize(
    ("version", "edits"),
    [
        pytest.param(2, {("case", "", "summary"): "新"}, id="newer version"),
        pytest.param(1, {("case", "", "weather"): "雨"}, id="unknown field"),
        pytest.param(1, {("drone", "", "flight"): "一"}, id="unknown entity"),
        pytest.param(1, {("case", "", "type"): "无人机纠纷"}, id="unknown code"),
    ],
)
def test_what_a_newer_program_wrote_is_kept_unread(
    database: Database, author: Author, case: Case, version: int, edits: Edits, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = body(case, author, edits, version=version)
    after = body(case, author, {("case", "", "place"): "村口"}, (newer.id,))
    assert casebook.receive(database, [newer, after]) == casebook.Receipt(frozenset(), frozenset(), 0, 2)
    assert casebook.receive(database, [newer]).waiting == 2
    assert casebook.load(database, case.id) == case
    assert casebook.rebuild(database) == 0
    kept = database.connection.execute("SELECT body, signature FROM waiting WHERE id = ?", (newer.id,)).fetchone()
    assert kept == newer[1:]
    if ("case", "", "weather") in edits:
        monkeypatch.setattr(fields, "is_known", lambda *_: True)  # the program is brought up to date
        assert casebook.receive(database, []) == casebook.Receipt(frozenset({case.id}), frozenset(), 2, 0)
        assert casebook.load(database, case.id).place == "村口"


def test_clauses_and_agreement_come_and_go_together(database: Database, author: Author, case: Case) -> None:
    agreement = Agreement(form="书面", facts="事实", clauses=(Clause(text="一"),))
    agreed = casebook.commit(database, case, replace(case, agreement=agreement), author)
    none = casebook.commit(database, agreed, replace(agreed, agreement=None), author)
    again = casebook.commit(database, none, replace(none, agreement=Agreement(clauses=(Clause(text="二"),))), author)
    assert casebook.load(database, case.id) == again
    assert again.agreement
    assert (again.agreement.facts, [clause.text for clause in again.agreement.clauses]) == (None, ["二"])
    assert casebook.rebuild(database) == 0


def test_rebuild_finds_and_mends_a_table_that_lies(database: Database, case: Case) -> None:
    database.connection.execute("UPDATE cases SET title = '别的'")
    database.connection.execute("DELETE FROM parties")
    database.connection.execute("COMMIT")
    assert casebook.rebuild(database) == 1
    assert casebook.rebuild(database) == 0
    assert database.connection.execute("SELECT title FROM cases").fetchone() == ("张三与李四邻里纠纷",)
