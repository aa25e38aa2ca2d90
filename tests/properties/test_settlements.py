"""Promise 12: a resolution that has reached everyone leaves one value, whatever was written, lost and restored before it."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from desktop.store import casebook, fold, settling
from desktop.store.change import Field, Value
from tests.exchange.offices import AT, County
from tests.properties.promises import advance, run, settle, settled
from tests.properties.test_histories import SOAK, numbers, stations, steps
from tests.properties.world import CASES, LINKS, Site, Step, World

UP = [("sync", ("v1", "town1")), ("sync", ("town1", "county"))]
DOWN = [("sync", ("county", "town1")), ("sync", ("town1", "v1"))]


SYNCED = st.tuples(st.just("sync"), st.sampled_from(LINKS))


class SettlingWorld(World):
    """Offices that settle what stands in 待核对 as well."""

    def step(self, step: Step) -> str | None:
        """Do one step; `settle` takes a station, a case, and which of the doubts and values."""
        if step[0] != "settle":
            return super().step(step)
        _, station, number, pick = step
        case, site = list(CASES)[number], self.sites[station]
        history = self.history(station, case)
        if not history or station not in self.tree.audience(history):
            return None
        doubts = doubts_of(site, case)
        for field in sorted(doubts)[pick % max(len(doubts), 1) :][:1]:
            self.resolve(site, case, {field: doubts[field][pick % len(doubts[field])]})
        return station if doubts else None

    def resolve(self, site: Site, case: str, values: Mapping[Field, Value]) -> None:
        """Settle fields of a case at the site."""
        earlier = site.held(case)
        settling.settle_all(site.database, case, values, site.seat.author(AT))
        for identifier in site.held(case) - earlier:
            self._note(site, identifier)
        assert not set(values) & doubts_of(site, case).keys(), "what was settled is still in doubt"


def doubts_of(site: Site, case: str) -> dict[Field, list[Value]]:
    """What stands in 待核对 of the case at the site."""
    found = fold.conflicts(casebook.state_of(site.database, case))
    return {field: [write.value for write in writes] for field, writes in found.items()}


def resolved(world: SettlingWorld) -> None:
    """Let the county settle everything when all offices agree about what is in doubt; nobody in the audience doubts any more."""
    settled(world)
    county = world.sites["county"]
    for case in CASES:
        if county.held(case) and (doubts := doubts_of(county, case)):
            world.resolve(county, case, {field: values[-1] for field, values in doubts.items()})
    settle(world)
    for case in CASES:
        history = world.history("county", case)
        for name in world.tree.audience(history) if history else ():
            assert doubts_of(world.sites[name], case) == {}, f"{name} still doubts what the county settled"
            assert casebook.state_of(world.sites[name].database, case) == casebook.state_of(county.database, case)


DIFFERENTLY: list[Step] = [*UP, ("edit", "v1", 0, "place"), ("edit", "county", 0, "place"), *UP, *DOWN]
TOLD: dict[str, list[Step]] = {
    "settled at once in two places": [*DIFFERENTLY, ("settle", "v1", 0, 0), ("settle", "county", 0, 1), *UP, *DOWN, ("settle", "v1", 0, 0)],
    "written on while it was settled": [*DIFFERENTLY, ("settle", "county", 0, 0), ("edit", "v1", 0, "place"), *UP, *DOWN],
    "settled and restored": [*DIFFERENTLY, ("backup", "v1"), ("settle", "v1", 0, 0), *UP, ("restore", "v1"), ("settle", "v1", 0, 1), *UP],
    "settled after it was handed over twice": [
        *(*UP, ("hand over", "v1", 0, "v2"), ("hand over", "county", 0, "v3"), *UP, *DOWN),
        *(("settle", "county", 0, 0), ("settle", "town1", 0, 1), *UP, *DOWN),
    ],
}


@pytest.mark.parametrize("lockstep", [False, True], ids=["promises", "model"])
@pytest.mark.parametrize("name", TOLD)
def test_settlements(county: County, tmp_path: Path, name: str, lockstep: bool) -> None:
    world = SettlingWorld(county, tmp_path, lockstep=lockstep)
    run(world, TOLD[name])
    resolved(world)
    world.close()


class Settlements(RuleBasedStateMachine):
    """Sixty steps, of which many exchange and some settle, and the county's word at the end."""

    county: County

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.world = SettlingWorld(self.county, Path(self.folder.name))
        self.is_sound = True

    @rule(step=st.one_of(steps(), steps(), st.tuples(st.just("settle"), stations, numbers, st.integers(0, 5)), SYNCED))
    def step(self, step: Step) -> None:
        self.is_sound = False
        advance(self.world, step)
        self.is_sound = True

    def teardown(self) -> None:
        try:
            if self.is_sound:
                resolved(self.world)
        finally:
            self.world.close()
            self.folder.cleanup()


def test_random_settlements(county: County) -> None:
    wanted = settings(
        max_examples=20 * max(SOAK, 1),
        stateful_step_count=60,
        derandomize=not SOAK,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(type("Machine", (Settlements,), {"county": county}), settings=wanted)
