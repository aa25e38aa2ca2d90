"""待核对 is settled, stays settled wherever the settlement arrives, and what arrives later is not swallowed by it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.case import Case
from desktop.domain.party import Party
from desktop.exchange import keys
from desktop.store import casebook, fold, settling, tables
from desktop.store.casebook import Author, UnknownCase
from desktop.store.change import Field, Value
from desktop.store.database import Database
from desktop.store.history import edits_of
from tests.exchange.offices import reopen
from tests.store.dump import dump

replace = msgspec.structs.replace
CASE_ID = "0" * 31 + "1"
PLACE: Field = ("case", "", "place")
PARTIES = (Party(role="申请人", kind="自然人", name="张三"), Party(role="被申请人", kind="自然人", name="李四"))
FRESH = Case(id=CASE_ID, type="邻里", registered_on=date(2025, 3, 14), summary="起因", parties=PARTIES, owner="v1")


class Computer:
    """One of several that hold the case; its clock moves with each thing it writes."""

    def __init__(self, database: Database, name: str) -> None:
        self.database, self._name, self._minute = database, name, 0

    @property
    def author(self) -> Author:
        self._minute += 1
        at = f"2025-03-14T09:{self._minute % 60:02d}:00+08:00"
        return Author(self._name.encode() * 16, self._name, lambda message: keys.sign(b"s" * 32, message), at)

    @property
    def case(self) -> Case:
        return casebook.load(self.database, CASE_ID)

    def save(self, **values: object) -> Case:
        case = self.case
        return casebook.commit(self.database, case, replace(case, **values), self.author)

    def phone(self, text: str) -> Case:
        return self.save(parties=(replace(self.case.parties[0], phone=text), *self.case.parties[1:]))

    def take_out(self) -> Case:
        return self.save(parties=self.case.parties[1:])

    def settle(self, field: Field, value: Value) -> Case:
        return settling.settle(self.database, CASE_ID, field, value, self.author)

    def doubts(self) -> dict[Field, set[object]]:
        found = fold.conflicts(casebook.state_of(self.database, CASE_ID))
        (count,) = self.database.connection.execute("SELECT conflicts FROM cases").fetchone()
        assert count == len(found)
        return {field: {write.value for write in writes} for field, writes in found.items()}

    def hear(self, *others: "Computer") -> None:
        """Take in everything that the others hold."""
        for other in others:
            row = tables.find(other.database, bytes.fromhex(CASE_ID))
            if row is not None:
                casebook.receive(self.database, list(casebook.held_changes(other.database, row.key)))


Computers = tuple[Computer, Computer, Computer]


def everywhere(*computers: Computer) -> None:
    for one in computers:
        one.hear(*(other for other in computers if other is not one))


@pytest.fixture
def three(tmp_path: Path, empty_image: bytes) -> Iterator[Computers]:
    """Three computers with the same case."""
    with ExitStack() as stack:
        one, two, third = (_computer(stack, tmp_path, empty_image, name) for name in "abc")
        casebook.commit(one.database, None, FRESH, one.author)
        everywhere(one, two, third)
        yield one, two, third


def _computer(stack: ExitStack, folder: Path, image: bytes, name: str) -> Computer:
    path = folder / f"{name}.db"
    path.write_bytes(image)
    return Computer(stack.enter_context(reopen(path)), name)


def in_doubt(three: Computers) -> None:
    """Two computers wrote different places, and all know both."""
    three[0].save(place="田埂东")
    three[1].save(place="田埂西")
    everywhere(*three)
    assert all(one.doubts() == {PLACE: {"田埂东", "田埂西"}} for one in three)


@pytest.mark.parametrize("value", ["田埂东", "田埂西", "田埂中间", None])
def test_a_settlement_leaves_one_value_everywhere(three: Computers, value: str | None) -> None:
    in_doubt(three)
    before = casebook.history(three[0].database, CASE_ID)
    settled = three[0].settle(PLACE, value)
    assert settled.place == value
    history = casebook.history(three[0].database, CASE_ID)
    (fresh,) = history.heads()
    assert list(history.changes[fresh].parents) == before.heads()
    assert edits_of(history.changes[fresh]) == {PLACE: value}
    assert [write.value for write in casebook.state_of(three[0].database, CASE_ID)[PLACE]] == [value]
    everywhere(*three)
    for one in three:
        assert (one.case, one.doubts(), casebook.rebuild(one.database)) == (settled, {}, 0)


def test_several_fields_are_settled_in_one_change(three: Computers) -> None:
    for number, one in enumerate(three):
        one.save(place=f"地点{number}", amount=number)
    everywhere(*three)
    settled = settling.settle_all(three[1].database, CASE_ID, {PLACE: "村口", ("case", "", "amount"): 300}, three[1].author)
    assert (settled.place, settled.amount, three[1].doubts()) == ("村口", 300, {})
    everywhere(*three)
    assert [one.doubts() for one in three] == [{}, {}, {}]


@pytest.mark.parametrize("out", [True, False])
def test_an_entry_that_was_taken_out_here_and_changed_there(three: Computers, *, out: bool) -> None:
    key = three[0].case.parties[0].id
    removed = ("party", key, "removed")
    three[0].take_out()
    three[1].phone("13900000001")
    everywhere(*three)
    assert [one.doubts() for one in three] == [{removed: {True, False}}] * 3
    three[2].settle(removed, out)
    everywhere(*three)
    for one in three:
        assert [party.name for party in one.case.parties] == (["李四"] if out else ["张三", "李四"])
        assert (one.doubts(), casebook.rebuild(one.database)) == ({}, 0)
    if not out:
        three[0].phone("13900000002")
        everywhere(*three)
        assert [one.doubts() for one in three] == [{}, {}, {}]


def test_two_who_settle_differently_make_a_new_doubt(three: Computers) -> None:
    in_doubt(three)
    three[0].settle(PLACE, "田埂东")
    three[1].settle(PLACE, "两家之间")
    everywhere(*three)
    assert [one.doubts() for one in three] == [{PLACE: {"田埂东", "两家之间"}}] * 3
    three[2].settle(PLACE, "两家之间")
    everywhere(*three)
    assert [(one.case.place, one.doubts()) for one in three] == [("两家之间", {})] * 3


def test_two_who_settle_alike_agree(three: Computers) -> None:
    in_doubt(three)
    three[0].settle(PLACE, "田埂东")
    three[1].settle(PLACE, "田埂东")
    everywhere(*three)
    assert [(one.case.place, one.doubts()) for one in three] == [("田埂东", {})] * 3


def test_two_who_settle_a_removal_differently(three: Computers) -> None:
    removed = ("party", three[0].case.parties[0].id, "removed")
    three[0].take_out()
    three[1].phone("13900000001")
    everywhere(*three)
    three[0].settle(removed, True)
    three[1].settle(removed, False)
    everywhere(*three)
    assert [one.doubts() for one in three] == [{removed: {True, False}}] * 3
    three[1].settle(removed, True)
    everywhere(*three)
    assert [(len(one.case.parties), one.doubts()) for one in three] == [(1, {})] * 3


def test_what_is_written_while_somebody_settles_is_not_swallowed(three: Computers) -> None:
    in_doubt(three)
    three[2].save(place="晒谷场")  # has not heard of the settlement
    three[0].settle(PLACE, "田埂东")
    three[1].hear(three[0])
    assert three[1].doubts() == {}
    everywhere(*three)
    assert [one.doubts() for one in three] == [{PLACE: {"田埂东", "晒谷场"}}] * 3


def test_a_write_in_an_entry_while_somebody_takes_it_out_for_good(three: Computers) -> None:
    removed = ("party", three[0].case.parties[0].id, "removed")
    three[0].take_out()
    three[1].phone("13900000001")
    everywhere(*three)
    three[0].settle(removed, True)
    three[1].phone("13900000002")
    everywhere(*three)
    assert [one.doubts() for one in three] == [{removed: {True, False}}] * 3


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({PLACE: 5}, settling.DoesNotFit),
        ({("case", "", "amount"): 3}, settling.NothingInDoubt),
        ({PLACE: "田埂东", ("case", "", "number"): "1"}, settling.NothingInDoubt),
        ({("party", "x", "phone"): "1"}, settling.NothingInDoubt),
        ({}, settling.NothingInDoubt),
        ({PLACE: "长" * 1_500_000}, casebook.TooMuchAtOnce),
    ],
)
def test_what_cannot_be_settled_changes_nothing(three: Computers, values: dict[Field, Value], kind: type[Exception]) -> None:
    in_doubt(three)
    before = dump(three[0].database)
    with pytest.raises(kind, match=r"。$"):
        settling.settle_all(three[0].database, CASE_ID, values, three[0].author)
    assert dump(three[0].database) == before


def test_what_is_settled_is_not_settled_again(three: Computers) -> None:
    in_doubt(three)
    three[0].settle(PLACE, "田埂东")
    with pytest.raises(settling.NothingInDoubt):
        three[0].settle(PLACE, "田埂西")
    with pytest.raises(UnknownCase):
        settling.settle(three[0].database, "f" * 32, PLACE, "田埂西", three[0].author)


def test_the_cases_in_doubt(three: Computers) -> None:
    assert settling.in_doubt(three[0].database) == []
    in_doubt(three)
    assert settling.in_doubt(three[0].database) == [settling.InDoubt(CASE_ID, "", "张三与李四邻里纠纷", 1)]


Step = Callable[[Computers, int, int], object]


def _settle_first(three: Computers, who: int, number: int) -> None:
    found = fold.conflicts(casebook.state_of(three[who].database, CASE_ID))
    for field, writes in list(found.items())[:1]:
        three[who].settle(field, writes[number % len(writes)].value)


STEPS: dict[str, Step] = {
    "place": lambda three, who, number: three[who].save(place=f"地点{number}"),
    "phone": lambda three, who, number: three[who].case.parties and three[who].phone(f"电话{number}"),
    "out": lambda three, who, _: three[who].case.parties and three[who].take_out(),
    "hear": lambda three, who, number: three[who].hear(three[(who + 1 + number % 2) % 3]),
    "settle": _settle_first,
}
STEP = st.tuples(st.sampled_from([*STEPS, "hear", "settle"]), st.integers(0, 2), st.integers(0, 4))


@settings(max_examples=40, deadline=None)
@given(steps=st.lists(STEP, min_size=5, max_size=30))
def test_after_everybody_heard_and_one_settled_all_there_is_one_value(empty_image: bytes, steps: list[tuple[str, int, int]]) -> None:
    """Promise 12 of the protocol, after any mixture of writes, removals, settlements and exchanges."""
    with TemporaryDirectory() as folder, ExitStack() as stack:
        one, two, third = (_computer(stack, Path(folder), empty_image, name) for name in "abc")
        casebook.commit(one.database, None, FRESH, one.author)
        everywhere(one, two, third)
        for name, who, number in steps:
            STEPS[name]((one, two, third), who, number)
        everywhere(one, two, third)
        doubts = fold.conflicts(casebook.state_of(two.database, CASE_ID))
        if doubts:
            settling.settle_all(two.database, CASE_ID, {field: writes[-1].value for field, writes in doubts.items()}, two.author)
        everywhere(one, two, third)
        assert one.case == two.case == third.case
        assert all((computer.doubts(), casebook.rebuild(computer.database)) == ({}, 0) for computer in (one, two, third))
