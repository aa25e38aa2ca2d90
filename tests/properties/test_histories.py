"""Random histories of a hundred steps on real databases and bundles: all promises of the protocol hold, and the model agrees.

FENGQIAO_SOAK=N tries N times as many histories as CI does, and other ones in every run.
"""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from tests.exchange.offices import County
from tests.properties.promises import advance, run, settled
from tests.properties.world import LINKS, STATIONS, Step, World

SOAK = int(os.environ.get("FENGQIAO_SOAK", "0"))
HISTORIES = 50 * max(SOAK, 1)
LENGTH = settings(
    max_examples=HISTORIES,
    stateful_step_count=100,
    derandomize=not SOAK,
    database=None,
    suppress_health_check=list(HealthCheck),
)
KINDS = (
    *("edit", "note", "assign", "assign", "unassign", "unassign", "open", "save", "hand over", "backup", "restore"),
    *(("send", "deliver") * 3),
    *(("sync",) * 6),
)

stations = st.sampled_from(STATIONS)
links = st.sampled_from(LINKS)
numbers = st.sampled_from((0, 1))
ARGUMENTS: dict[str, tuple[st.SearchStrategy[object], ...]] = {
    "edit": (stations, numbers, st.sampled_from(("summary", "place"))),
    "note": (stations, numbers),
    "open": (stations, numbers),
    "save": (stations, numbers),
    "assign": (stations, numbers, st.sampled_from(("v1", "v2", "v3", "town2"))),
    "unassign": (stations, numbers, st.sampled_from(("v1", "v2", "v3", "town2"))),
    "hand over": (stations, numbers, st.sampled_from(("v1", "v2", "v3", "town2"))),
    "send": (links,),
    "sync": (links,),
    "deliver": (st.integers(0, 19), st.booleans()),
    "backup": (stations,),
    "restore": (stations,),
}


@st.composite
def steps(draw: st.DrawFn) -> Step:
    kind = draw(st.sampled_from(KINDS))
    return (kind, *(draw(argument) for argument in ARGUMENTS[kind]))


class Histories(RuleBasedStateMachine):
    """A hundred steps, the checks after each, and the checks of the end."""

    lockstep = False
    county: County

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.world = World(self.county, Path(self.folder.name), lockstep=self.lockstep)
        self.is_sound = True

    @rule(step=steps())
    def step(self, step: Step) -> None:
        self.is_sound = False
        advance(self.world, step)
        self.is_sound = True

    def teardown(self) -> None:
        try:
            if self.is_sound:
                settled(self.world)
        finally:
            self.world.close()
            self.folder.cleanup()


DOWN, UP = [("sync", ("county", "town1")), ("sync", ("town1", "v1"))], [("sync", ("v1", "town1")), ("sync", ("town1", "county"))]
FOUND: dict[str, list[Step]] = {
    "handed over before anybody knew": [("hand over", "v1", 0, "town2")],
    "lost on the way after it left": [
        *(("sync", ("v3", "town2")), ("sync", ("town2", "county")), ("backup", "town1"), ("assign", "county", 1, "v1")),
        *(*DOWN, *UP, ("note", "v1", 1), ("unassign", "county", 1, "v1"), *DOWN, ("restore", "town1")),
    ],
    "lost on the way while it was handed over": [
        *(("send", ("v1", "town1")), ("backup", "town1"), ("assign", "v1", 0, "town2"), ("deliver", 0, False), UP[1]),
        *(("hand over", "county", 0, "town2"), ("deliver", 0, True), DOWN[0], ("send", ("town1", "v1")), ("restore", "town1")),
    ],
}
"""Histories that once broke a promise, shortened: in all of them a change was stuck in the village that wrote it."""


@pytest.mark.parametrize("name", FOUND)
def test_histories_that_once_failed(county: County, tmp_path: Path, name: str) -> None:
    world = World(county, tmp_path, lockstep=True)
    run(world, FOUND[name])
    world.close()


@pytest.mark.parametrize("lockstep", [False, True], ids=["promises", "model"])
def test_random_histories(county: County, lockstep: bool) -> None:
    machine = type("Machine", (Histories,), {"county": county, "lockstep": lockstep})
    run_state_machine_as_test(machine, settings=LENGTH)
