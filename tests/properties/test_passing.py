"""Whatever way a case passes between offices, its owner sees it, and who left learns that it left and nothing later (promise 7)."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from desktop.domain import passing
from desktop.domain.case import Case
from desktop.domain.passing import Here, IllegalPassing
from desktop.exchange import audience
from desktop.exchange.directory import Directory
from desktop.store import casebook
from desktop.store.database import Database
from desktop.store.history import History
from tests.domain.samples import TODAY, accepted
from tests.exchange.offices import PARENTS, County

STATIONS = tuple(PARENTS)
OWNER, RECEIVER, HELPER = "owner", "receiver", "helper"


class Step(NamedTuple):
    """What is done, by whom (a station, or whose turn it is), with which other station, and whether the first office stays."""

    kind: str
    who: str
    other: str
    stay: bool


TAKE: dict[str, Callable[[Case, Here, Step], Case]] = {
    "offer": lambda case, here, step: passing.offered(case, here, step.other, "原因", stay=step.stay),
    "accept": lambda case, here, _: passing.accepted(case, here),
    "give back": lambda case, here, _: passing.given_back(case, here, "不收"),
    "withdraw": lambda case, here, step: passing.withdrawn(case, here, frozenset({step.other})),
    "ask": lambda case, here, step: passing.asked(case, here, step.other),
    "finish": lambda case, here, _: passing.finished(case, here, ""),
    "dismiss": lambda case, here, step: passing.dismissed(case, here, step.other),
    "write": lambda case, here, step: msgspec.structs.replace(case, place=f"{case.place or ''}{here.station}{step.other}"),
}


class Chronicle:
    """One database in which every office writes in turn, and when each station left the audience for the last time."""

    def __init__(self, county: County, database: Database) -> None:
        self.county, self.database = county, database
        self.case = casebook.commit(database, None, accepted(id="1" * 32, owner="v1"), county.seats["v1"].author())
        self.inside = self.audience()
        self.left: dict[str, int] = {}

    @property
    def directory(self) -> Directory:
        return self.county.directory

    def history(self) -> History:
        return casebook.history(self.database, self.case.id)

    def audience(self) -> frozenset[str]:
        return audience.audience(self.history().survivors(), self.directory)

    def station(self, who: str) -> str:
        """The station whose turn it is, or the one that is named."""
        offer = passing.open_offer(self.case)
        turn = {OWNER: self.case.owner, RECEIVER: offer.to if offer else "", HELPER: self.case.assigned[-1] if self.case.assigned else ""}
        return turn.get(who, who) or ""

    def take(self, step: Step) -> None:
        """Do the step if its office may, and note who left by it."""
        who = self.station(step.who)
        if who not in self.inside:
            return
        try:
            after = TAKE[step.kind](self.case, Here(who, TODAY, str), step)
        except IllegalPassing:
            return
        self.case = casebook.commit(self.database, self.case, after, self.county.seats[who].author())
        before, self.inside = self.inside, self.audience()
        position = len(self.history().ids) - 1
        self.left |= dict.fromkeys(before - self.inside, position)


class Passing(RuleBasedStateMachine):
    """Forty steps of anybody, as a rule of the one whose turn it is: those of just anybody would nearly all be refused."""

    county: County
    database: Database

    def __init__(self) -> None:
        super().__init__()
        self.database.connection.execute("SAVEPOINT history")
        self.chronicle = Chronicle(self.county, self.database)

    @rule(
        kind=st.sampled_from(sorted(TAKE)),
        who=st.sampled_from((OWNER, RECEIVER, HELPER) * 4 + STATIONS),
        other=st.sampled_from(STATIONS),
        stay=st.booleans(),
    )
    def step(self, kind: str, who: str, other: str, stay: bool) -> None:
        self.chronicle.take(Step(kind, who, other, stay))

    @invariant()
    def holds(self) -> None:
        chronicle, history = self.chronicle, self.chronicle.history()
        assert chronicle.case.owner in chronicle.inside
        for station, position in chronicle.left.items():
            if station not in chronicle.inside:
                may = list(history.members(audience.entitled(history, station, chronicle.directory)))
                assert may == history.ids[: position + 1], f"{station} left by change {position}"

    def teardown(self) -> None:
        self.database.connection.execute("ROLLBACK TO history")


@pytest.fixture
def database(county: County, tmp_path: Path) -> Iterator[Database]:
    with county.seats["county"].open(tmp_path / "county.db") as made:
        yield made


def test_the_owner_sees_its_case_and_who_left_learns_that_and_no_more(county: County, database: Database) -> None:
    machine = type("Machine", (Passing,), {"county": county, "database": database})
    run_state_machine_as_test(machine, settings=settings(max_examples=40, stateful_step_count=40, derandomize=True, database=None))
