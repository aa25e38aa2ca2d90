"""A case as field writes and back, on the sample cases and on cases that hypothesis makes."""

from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.agreement import Agreement, Outcome
from desktop.domain.case import Case
from desktop.domain.case_file import read_case, write_case
from desktop.domain.party import Party
from desktop.domain.visit import Visit
from desktop.resources import resource
from desktop.store import fields
from desktop.store.change import Edits, Field, canonical
from tests.store.made_cases import cases

SAMPLES = sorted(resource("samples").glob("*.json"))
LISTS = ("parties", "sessions", "letters", "visits")


def shown(*steps: Edits, like: Case) -> Case:
    """The case that the writes make one after the other."""
    values: Edits = {}
    for edits in steps:
        values |= {field: canonical(value) for field, value in edits.items()}
    return fields.shown(values, id=like.id, seen=())


def in_nfc(case: Case) -> Case:
    return msgspec.convert(canonical(msgspec.to_builtins(case)), Case)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_round_trip(path: Path) -> None:
    case = fields.identified(read_case(path.read_bytes()))
    again = shown(fields.edits_between(None, case), like=case)
    assert again == case
    assert msgspec.json.decode(write_case(again)) == msgspec.json.decode(path.read_bytes())


def test_samples_are_there() -> None:
    assert len(SAMPLES) == 5


@given(cases())
def test_any_case_round_trips(case: Case) -> None:
    case = fields.identified(msgspec.structs.replace(case, assigned=tuple(sorted({*case.assigned} - {""}))))
    edits = fields.edits_between(None, case)
    assert shown(edits, like=case) == in_nfc(case)
    assert all(fields.is_known(field, canonical(value)) for field, value in edits.items())
    assert fields.edits_between(case, case) == {}


@given(st.lists(cases(), min_size=2, max_size=4), st.data())
def test_the_difference_leads_from_one_to_the_other(states: list[Case], data: st.DataObject) -> None:
    before: Case | None = None
    steps: list[Edits] = []
    for state in states:
        after = mixed(before, state, data)
        steps.append(fields.edits_between(before, after))
        before = after
    assert before
    assert shown(*steps, like=before) == in_nfc(before)


def mixed(before: Case | None, after: Case, data: st.DataObject) -> Case:
    """`after` as a later state of `before`: it keeps some of its entries, changed or not."""
    after = msgspec.structs.replace(after, id="1" * 32, assigned=tuple(sorted({*after.assigned} - {""})))
    if before is None:
        return fields.identified(after)
    kept = {name: (*kept_entries(getattr(before, name), data), *getattr(after, name)) for name in LISTS}
    return fields.identified(msgspec.structs.replace(after, **kept))


def kept_entries(entries: tuple[Any, ...], data: st.DataObject) -> list[Any]:
    changed = [msgspec.structs.replace(e, note="改") if isinstance(e, Visit) and data.draw(st.booleans()) else e for e in entries]
    return [entry for entry in changed if data.draw(st.booleans())]


CASE = fields.identified(
    Case(
        type="邻里",
        registered_on=date(2025, 3, 14),
        summary="起因",
        parties=(Party(role="申请人", kind="自然人", name="张三"), Party(role="被申请人", kind="自然人", name="李四")),
    )
)


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        pytest.param("outcome", Outcome(kind="撤回", reason="和好", advised=("仲裁",)), Outcome(kind="移送"), id="outcome"),
        pytest.param("agreement", Agreement(form="口头", facts="事实"), Agreement(), id="agreement"),
    ],
)
def test_what_is_there_once_comes_back_without_its_past(name: str, first: object, second: object) -> None:
    states = [CASE, *(msgspec.structs.replace(CASE, **{name: value}) for value in (first, None, second))]
    steps = [fields.edits_between(before, after) for before, after in zip([None, *states], states, strict=False)]
    assert getattr(shown(*steps, like=CASE), name) == second


def test_an_entry_that_is_put_back_is_there_again() -> None:
    without = msgspec.structs.replace(CASE, parties=CASE.parties[:1])
    steps = [fields.edits_between(None, CASE), fields.edits_between(CASE, without)]
    assert shown(*steps, like=CASE) == without
    assert shown(*steps, fields.edits_between(without, CASE), like=CASE) == CASE


def test_little_is_written_for_little() -> None:
    grown = fields.identified(msgspec.structs.replace(CASE, parties=(*CASE.parties, Party(role="第三人", kind="自然人", name="王五"))))
    edits = fields.edits_between(CASE, grown)
    assert {(entity, name) for entity, _, name in edits} == {("party", name) for name in ("role", "kind", "name", "position", "removed")}
    moved = fields.identified(msgspec.structs.replace(grown, parties=(grown.parties[2], *grown.parties[:2])))
    moves = fields.edits_between(grown, moved)
    assert {name for _, _, name in moves} == {"position"}
    last = shown(fields.edits_between(None, CASE), edits, moves, like=CASE)
    assert [party.name for party in last.parties] == ["王五", "张三", "李四"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param(("case", "", "weather"), "雨", id="unknown field"),
        pytest.param(("weather", "", "kind"), "雨", id="unknown entity"),
        pytest.param(("case", "1", "summary"), "起因", id="an id where none belongs"),
        pytest.param(("party", "", "name"), "张三", id="no id where one belongs"),
        pytest.param(("case", "", "type"), "斗殴", id="unknown code"),
        pytest.param(("case", "", "amount"), "1.00", id="wrong type"),
        pytest.param(("case", "", "registered_on"), "2025-02-30", id="no date"),
        pytest.param(("session", "1", "started_at"), "2025-03-14T25:00", id="no moment"),
        pytest.param(("case", "", "id"), "1", id="not written"),
        pytest.param(("case", "", "parties"), [], id="a list"),
        pytest.param(("case", "", "assigned:v1"), "v2", id="another station"),
        pytest.param(("party", "1", "removed"), "yes", id="removed is yes or no"),
    ],
)
def test_what_a_newer_program_wrote_is_not_known(field: Field, value: object) -> None:
    assert not fields.is_known(field, value)


def test_ids_rise_with_time_and_differ() -> None:
    made = [fields.new_id() for _ in range(200)]
    assert len(set(made)) == 200
    assert {(len(one), one[12]) for one in made} == {(32, "7")}
    assert [one[:12] for one in made] == sorted(one[:12] for one in made)
