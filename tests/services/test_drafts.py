"""Drafts in the database: kept, listed, laid over; what is no valid case yet comes back as it was."""

from datetime import date, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.agreement import Agreement, Clause
from desktop.domain.case import Case
from desktop.domain.laid_over import laid_over
from desktop.domain.party import Party
from desktop.domain.pasted import parties_in
from desktop.services import cases, drafts
from desktop.services.desk import Desk
from desktop.services.drafts import Typed
from desktop.store import drafts as store

PARTIES = tuple(Party(id=letter * 32, role="申请人", kind="自然人", name=letter) for letter in "abc")
CASE = Case(type="邻里", registered_on=date(2026, 3, 1), summary="田埂之争。", parties=PARTIES, agreement=Agreement(facts="事实"))


def changed(**fields: object) -> Case:
    return msgspec.structs.replace(CASE, **fields)


def test_a_half_typed_case_comes_back_as_it_was(desk: Desk) -> None:
    blank = Case(type="", registered_on=date(2026, 3, 1), summary="", parties=())  # type: ignore[arg-type]  # not chosen yet
    party = Party(role=None, kind=None, name="", born_on=date(1962, 2, 3))  # type: ignore[arg-type]  # not chosen yet
    typed = Typed(msgspec.structs.replace(blank, parties=(party,), amount=300), {"place": "x"})
    name = drafts.name_of("")
    drafts.keep(desk, name, drafts.body(blank, typed))
    resumed = drafts.resume(desk, name)
    assert resumed is not None
    assert (resumed.before, resumed.typed, resumed.changed_meanwhile) == (blank, typed, False)
    assert [draft.title for draft in drafts.new_ones(desk)] == ["新的纠纷"]
    drafts.drop(desk, name)
    assert drafts.resume(desk, name) is None


def test_other_forms_keep_their_own(desk: Desk) -> None:
    drafts.keep(desk, "meeting:1", b"minutes")
    assert drafts.kept(desk, "meeting:1") == b"minutes"
    assert drafts.drafts(desk) == []


def dialogs(desk: Desk) -> list[str]:
    return [draft.name for draft in store.those_of(desk.database, drafts.DIALOG)]


def keep_at(desk: Desk, name: str, at: datetime) -> None:
    store.put(desk.database, store.Draft(name, at.isoformat(timespec="seconds"), b"words"))


def test_words_of_a_new_case_get_its_id(desk: Desk) -> None:
    key = drafts.key_of(drafts.name_of(""))
    for name in (drafts.dialog_name("分期", key, "0"), drafts.dialog_name("移送", "other")):
        drafts.keep(desk, name, b"words")
    drafts.registered(desk, key, "a" * 32)
    assert sorted(dialogs(desk)) == [f"dialog:分期:{'a' * 32}:0", "dialog:移送:other"]
    assert drafts.kept(desk, f"dialog:分期:{'a' * 32}:0") == b"words"


def test_words_to_which_nobody_comes_back_are_forgotten(desk: Desk) -> None:
    case = cases.register(desk, changed(parties=())).id
    now = datetime.fromisoformat(desk.now())
    begun, given_up = drafts.name_of(""), drafts.name_of("")
    drafts.keep(desk, begun, drafts.body(CASE, Typed(CASE)))
    wanted = [
        (drafts.dialog_name("分期", drafts.key_of(begun), "0"), now),
        (drafts.dialog_name("移送", case), now + timedelta(seconds=1)),
        (drafts.dialog_name("反馈", case, "b" * 32), now - timedelta(days=6)),  # the case was saved since, but not long ago
    ]
    orphans = [
        (drafts.dialog_name("分期", drafts.key_of(given_up)), now),
        (drafts.dialog_name("移送", "c" * 32), now),  # no such case
        ("dialog:x", now),
        (drafts.dialog_name("结案", case), now - timedelta(days=8)),
    ]
    for name, at in wanted + orphans:
        keep_at(desk, name, at)
    drafts.tidy(desk)
    assert sorted(dialogs(desk)) == sorted(name for name, _ in wanted)
    assert drafts.kept(desk, begun)


@pytest.mark.parametrize(
    ("typed", "today", "expected", "doubtful"),
    [
        ({"place": "村口"}, {"amount": 3}, {"place": "村口", "amount": 3}, ()),
        ({"place": "村口"}, {"place": "桥头"}, {"place": "村口"}, ("place",)),
        ({"parties": PARTIES[1:]}, {}, {"parties": PARTIES[1:]}, ()),
        ({"place": "村口"}, {"parties": PARTIES[1:]}, {"place": "村口", "parties": PARTIES[1:]}, ()),
        (
            {"agreement": Agreement(facts="事实", clauses=(Clause(text="新"),))},
            {"agreement": Agreement(facts="改了")},
            {"agreement": Agreement(facts="改了", clauses=(Clause(text="新"),))},
            (),
        ),
        ({"agreement": None}, {"agreement": Agreement(facts="改了")}, {"agreement": None}, ("agreement",)),
    ],
)
def test_field_by_field(typed: dict[str, object], today: dict[str, object], expected: dict[str, object], doubtful: tuple[str, ...]) -> None:
    laid = laid_over(CASE, changed(**typed), changed(**today))
    assert (laid.case, laid.doubtful) == (changed(**expected), doubtful)


def test_an_entry_that_went_on_one_side_and_changed_on_the_other_stays() -> None:
    called = msgspec.structs.replace(PARTIES[1], phone="139")
    one = laid_over(CASE, changed(parties=PARTIES[::2]), changed(parties=(PARTIES[0], called, PARTIES[2])))
    assert (set(one.case.parties), one.doubtful) == ({PARTIES[0], called, PARTIES[2]}, ("parties[2]",))
    other = laid_over(CASE, changed(parties=(PARTIES[0], called, PARTIES[2])), changed(parties=PARTIES[1::-1][1:] + PARTIES[2:]))
    assert (other.case.parties, other.doubtful) == ((PARTIES[0], called, PARTIES[2]), ("parties[1]",))
    assert laid_over(CASE, changed(place="村口"), changed(parties=PARTIES[1:])).moved == {}


_SIDES = st.builds(
    lambda place, amount, parties: changed(place=place, amount=amount, parties=tuple(parties)),
    st.sampled_from([None, "村口", "桥头"]),
    st.sampled_from([None, 1, 2]),
    st.lists(st.sampled_from([*PARTIES, *(msgspec.structs.replace(one, phone="139") for one in PARTIES)]), unique_by=lambda one: one.id),
)


@given(_SIDES, _SIDES)
def test_what_only_one_side_touched_is_that_side_s(before: Case, after: Case) -> None:
    assert laid_over(before, after, before).case == after
    assert laid_over(before, before, after).case == after


def test_a_table_without_names_is_no_table() -> None:
    assert parties_in("", 0) == []
    assert parties_in("一行话，没有制表符", 0) == []
    assert parties_in("1\t2\n3\t4", 0) == []
    assert [party.role for party in parties_in("王五\t男\n某某公司\t0871-1234567", 0)] == ["申请人", "被申请人"]
    assert parties_in("王五\t男\n某某公司\t0871-1234567", 0)[1].kind == "组织"
