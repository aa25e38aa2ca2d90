"""Random histories of many steps on real databases and bundles: all promises of the protocol hold, and the model agrees.

FENGQIAO_SOAK=SECONDS goes on with other histories until the time is over, and prints how many there were.
"""

import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from desktop.exchange import books
from tests.exchange.offices import SECOND, County
from tests.properties.promises import advance, run, settled
from tests.properties.site import CLONES, COMPUTERS, PAIRS, STATIONS
from tests.properties.world import Step, World


class Kind(NamedTuple):
    """A kind of world: its computers, what is done more or less often than usual, how it is watched, how many histories of how many steps.

    `lockstep`: the model does every step too. `whole_up_to`: longer have-lists travel as differences, and then the model cannot follow.
    """

    computers: tuple[str, ...]
    more: tuple[str, ...]
    lockstep: bool
    whole_up_to: int
    histories: int
    steps: int


MANY_COMPUTERS = tuple(name for name in COMPUTERS if name != "v2")
KINDS = {
    "one computer an office": Kind(STATIONS, (), lockstep=True, whole_up_to=2000, histories=100, steps=40),
    "papers and many computers": Kind(
        MANY_COMPUTERS, ("attach", "attach", "attach", "clone", "revoke"), True, 2000, histories=50, steps=40
    ),
    "lists as differences": Kind(MANY_COMPUTERS, ("attach", "clone", "revoke"), False, 0, histories=50, steps=40),
}
SOAK = float(os.environ.get("FENGQIAO_SOAK", "0"))
USUAL = 2 * (
    *("edit", "edit", "edit", "note", "assign", "assign", "unassign", "unassign", "open", "save", "hand over", "attach", "settle"),
    *("backup", "restore", "confirm", "lose", "spread", "spread", "cross", "cross", "cross", "attach"),
    *(("send", "deliver") * 3),
    *(("sync",) * 6),
)

cases = st.sampled_from((0, 1))
targets = st.sampled_from(("v1", "v2", "v3", "town2"))
some = st.integers(0, 19)


def arguments(names: tuple[str, ...]) -> dict[str, st.SearchStrategy[tuple[object, ...]]]:
    """What a step of each kind needs, among computers with these names."""
    computers = st.sampled_from(names)
    pairs = [(one, other) for low, high in PAIRS for one, other in ((low, high), (high, low)) if one in names and other in names]
    to_stations = [(one, SECOND.get(CLONES.get(other, other), CLONES.get(other, other))) for one, other in pairs]
    found: dict[str, tuple[st.SearchStrategy[object], ...]] = {
        "edit": (computers, cases, st.sampled_from(("summary", "place"))),
        "attach": (computers, cases, st.integers(0, 5)),
        "spread": (st.sampled_from(("v1", "v3", "v1b")),),
        "cross": (st.sampled_from(pairs), cases),
        "settle": (computers, cases, some),
        "sync": (st.sampled_from(pairs),),
        "send": (st.sampled_from(to_stations), st.sampled_from((None, 700, 3500))),
        "deliver": (some, st.booleans(), st.booleans()),
        "lose": (some,),
        "confirm": (some,),
        "clone": (st.sampled_from(sorted(CLONES)),),
        "revoke": (st.sampled_from(sorted(SECOND)),),
        **dict.fromkeys(("assign", "unassign", "hand over"), (computers, cases, targets)),
        **dict.fromkeys(("note", "open", "save"), (computers, cases)),
        **dict.fromkeys(("backup", "restore"), (computers,)),
    }
    return {what: st.tuples(*needed).map(flat) for what, needed in found.items()}


def steps(kind: Kind) -> st.SearchStrategy[Step]:
    """A step of such a world."""
    needed = arguments((*kind.computers, *CLONES) if "clone" in kind.more else kind.computers)
    made = {what: st.tuples(st.just(what), rest).map(flat) for what, rest in needed.items()}
    return st.sampled_from((*USUAL, *kind.more)).flatmap(made.__getitem__)


def flat(found: tuple[object, ...]) -> tuple[object, ...]:
    """The arguments of a step in one row."""
    return tuple(part for one in found for part in (one if isinstance(one, tuple) else (one,)))


class Histories(RuleBasedStateMachine):
    """Many steps, the checks after each, and the checks of the end."""

    kind: Kind
    county: County
    done: list[int]

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.world = World(self.county, Path(self.folder.name), self.kind.computers, lockstep=self.kind.lockstep)
        self.is_sound = True
        self.done[0] += 1

    def take(self, step: Step) -> None:
        """Do a step."""
        self.is_sound = False
        advance(self.world, step)
        self.is_sound = True
        self.done[1] += 1

    def teardown(self) -> None:
        try:
            if self.is_sound:
                settled(self.world)
        finally:
            self.world.close()
            self.folder.cleanup()


def machine(kind: Kind, county: County) -> type[Histories]:
    """The state machine of a kind of world."""

    class Machine(Histories):
        @rule(step=steps(kind))
        def step(self, step: Step) -> None:
            self.take(step)

    Machine.kind, Machine.county, Machine.done = kind, county, [0, 0]
    return Machine


ONE, MANY, DIFFERENCES = KINDS
DOWN, UP = [("sync", "county", "town1"), ("sync", "town1", "v1")], [("sync", "v1", "town1"), ("sync", "town1", "county")]
FOUND: dict[str, tuple[str, list[Step]]] = {
    "handed over before anybody knew": (ONE, [("hand over", "v1", 0, "town2")]),
    "lost on the way after it left": (
        ONE,
        [
            *(("sync", "v3", "town2"), ("sync", "town2", "county"), ("backup", "town1"), ("assign", "county", 1, "v1")),
            *(*DOWN, *UP, ("note", "v1", 1), ("unassign", "county", 1, "v1"), *DOWN, ("restore", "town1")),
        ],
    ),
    "lost on the way while it was handed over": (
        ONE,
        [
            *(("send", "v1", "town1"), ("backup", "town1"), ("assign", "v1", 0, "town2"), ("deliver", 0, False), UP[1]),
            *(("hand over", "county", 0, "town2"), ("deliver", 0, True), DOWN[0], ("send", "town1", "v1"), ("restore", "town1")),
        ],
    ),
    "a case that is shown no more": (MANY, [UP[0], ("hand over", "town1", 0, "v2"), ("send", *UP[0][1:])]),
    "two that answer as one": (DIFFERENCES, [("clone", "town1~")]),
}
"""Histories that once broke a promise, shortened, and the kind of world in which they did."""


@pytest.mark.parametrize("name", FOUND)
def test_histories_that_once_failed(county: County, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kind = KINDS[FOUND[name][0]]
    monkeypatch.setattr(books, "WHOLE_UP_TO", kind.whole_up_to)
    world = World(county, tmp_path, kind.computers, lockstep=kind.lockstep)
    run(world, FOUND[name][1])
    world.close()


@pytest.mark.parametrize("name", KINDS)
def test_random_histories(county: County, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kind = KINDS[name]
    monkeypatch.setattr(books, "WHOLE_UP_TO", kind.whole_up_to)
    if SOAK:
        soak(name, county, time.monotonic() + SOAK / len(KINDS))
        return
    run_state_machine_as_test(machine(kind, county), settings=limits(kind, kind.histories))


def limits(kind: Kind, histories: int) -> settings:
    """So many histories; shrinking is for who looks at a failure."""
    return settings(
        max_examples=histories,
        stateful_step_count=kind.steps * (3 if SOAK else 1),
        derandomize=not SOAK,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[phase for phase in Phase if phase is not Phase.explain],
    )


def soak(name: str, county: County, end: float) -> None:
    """Histories with fresh seeds until the time is over."""
    found = machine(KINDS[name], county)
    while time.monotonic() < end:
        number = time.time_ns() % 2**32
        print(f"{name}: seed {number}", end="", flush=True)  # noqa: T201 -- a long run says how far it is
        run_state_machine_as_test(seed(number)(found), settings=limits(KINDS[name], 20))
        print(f", {found.done[0]} histories, {found.done[1]} steps so far", flush=True)  # noqa: T201
