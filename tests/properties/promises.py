"""What the protocol promises (its section 7), checked on the offices of a `World`."""

from collections.abc import Iterable

import msgspec

from desktop.exchange import books
from desktop.exchange.have_list import PREFIX, split_heads
from desktop.store import casebook, fold
from desktop.store.casebook import Held
from desktop.store.change import Change, change_id, decode, encode
from desktop.store.fold import State
from desktop.store.history import History
from tests.exchange.computers import read, written
from tests.exchange.offices import reopen
from tests.properties import model
from tests.properties.model import ancestors, part
from tests.properties.world import CASES, LINKS, Site, Step, World
from tests.store.dump import dump

MOST_ROUNDS = 30


def run(world: World, script: Iterable[Step]) -> None:
    """Do the steps and check all promises on the way and at the end."""
    for step in script:
        advance(world, step)
    settled(world)


def advance(world: World, step: Step) -> None:
    """Do one step, and check what can be checked at any time."""
    touched = world.step(step)
    if step[0] == "sync" and not world.restored:
        complete(world, *step[1])
    for sender, receiver in LINKS:
        if sender == touched:
            non_interference(world, sender, receiver)


def complete(world: World, sender: str, receiver: str) -> None:
    """Promise 4: one bundle that arrives makes up for all that were lost; the receiver then holds all that the sender held for it."""
    for case in CASES:
        history = world.history(sender, case)
        if receiver in world.tree.audience(history):
            assert history.keys() <= world.sites[receiver].held(case), f"{receiver} lacks what {sender} had for it"


def non_interference(world: World, sender: str, receiver: str) -> None:
    """Promises 6 and 7: a bundle holds nothing that its receiver may not see, have-list included.

    A station outside the audience gets only what led up to a state in which it was inside, and the changes by which it left.
    """
    site, other = world.sites[sender], world.sites[receiver].seat.me
    (data,) = written(site.database, site.seat.me, other.station, logged=False)
    selected = read(data, world.sites[receiver].seat.keys)
    with site.database.atomic():
        link = books.link_to(site.database, other.device)
    sent = {held.id for held in selected.changes}
    for case in CASES:
        history = world.history(sender, case)
        if receiver in world.tree.audience(history):
            continue
        allowed = _allowed(world, history, receiver)
        assert sent & history.keys() <= allowed, f"{receiver} gets what it may not see"
        prefixes = set(split_heads(books.theirs_of(site.database, link, bytes.fromhex(case))))
        known = allowed | ancestors(history, [i for i in history if i[:PREFIX] in prefixes])
        named = set(selected.have.get(bytes.fromhex(case), ()))
        assert named <= {i[:PREFIX] for i in known}, f"{receiver} is shown what it may not see"


def _allowed(world: World, history: model.History, station: str) -> set[bytes]:
    allowed: set[bytes] = set()
    for identifier, change in history.items():
        if station in world.tree.audience(part(history, change.seen)):
            allowed |= change.seen | {identifier}
    return allowed


def settled(world: World) -> None:
    """Let every stick arrive and every link exchange until nothing moves, and check everything else."""
    extant = _extant(world)
    for stick in world.flying:
        world.take_in(stick)
    settle(world)
    county = world.sites["county"]
    held = frozenset[bytes]().union(*(county.held(case) for case in CASES))
    assert extant <= held, "a change that exists never reached the county"
    assert not extant & county.waiting(), "the county waits for parents that exist"
    for case in CASES:
        _converged(world, case)
    for sender, receiver in LINKS:
        stick = world.export(sender, receiver)
        assert not stick.changes, "keeps sending what is known"
        world.take_in(stick)
        world.take_in_again(stick)
    for site in world.sites.values():
        assert casebook.rebuild(site.database) == 0, f"the tables of {site.name} do not say what its changes say"
        _own_past(world, site)


def _extant(world: World) -> frozenset[bytes]:
    """The changes that some computer or stick holds with all that led up to them: what was restored away everywhere cannot come back."""
    found = {i for site in world.sites.values() for case in CASES for i in site.held(case)}
    found |= {i for stick in world.flying for i in stick.changes}
    return frozenset(i for i in found if world.written[i].seen <= found)


def settle(world: World) -> int:
    """Exchange on every link, in both directions, until nothing moves. Returns the rounds."""
    before = [site.known() for site in world.sites.values()]
    for rounds in range(1, MOST_ROUNDS):
        for sender, receiver in LINKS:
            world.take_in(world.export(sender, receiver))
        after = [site.known() for site in world.sites.values()]
        if before == after:
            return rounds
        before = after
    raise AssertionError("never settles")


def _converged(world: World, case: str) -> None:
    """Promises 1, 3, 7 and 10: everybody in the audience shows the same, nothing is lost, and who left knows it and no more."""
    truth = world.history("county", case)
    expected = casebook.state_of(world.sites["county"].database, case)
    audience = world.tree.audience(truth)
    for name, site in world.sites.items():
        history = world.history(name, case)
        assert all(change.seen <= history.keys() for change in history.values()), "a history with a hole"
        if name in audience:
            assert history == truth, f"{name} differs from the county"
            assert casebook.state_of(site.database, case) == expected, f"{name} shows something else than the county"
        else:
            assert name not in world.tree.audience(history), f"{name} does not know that it left"
        if history:
            nothing_lost(history, casebook.state_of(site.database, case))
    clocks_do_not_matter(casebook.history(world.sites["county"].database, case), expected)


def nothing_lost(history: model.History, state: State) -> None:
    """Promise 3: every value is current, or was replaced by a write that saw it, or stands in 待核对."""
    doubts = fold.conflicts(state)
    for identifier, change in history.items():
        for field, value in change.edits:
            alive = (identifier, value) in state[field]
            replaced = any(identifier in other.seen and field in dict(other.edits) for other in history.values())
            assert alive or replaced, "a value was lost"
            current = state[field][0].value == value
            assert not alive or current or field in doubts, "a value is neither shown nor doubted"


def clocks_do_not_matter(history: History, expected: State) -> None:
    """Promise 10: with other clocks the same writes survive."""
    others = {i: msgspec.structs.replace(change, at=f"{k % 7}") for k, (i, change) in enumerate(history.changes.items())}
    assert fold.from_history(History(others.items())) == expected, "a clock decides"
    renamed: dict[bytes, bytes] = {}
    changes: list[tuple[bytes, Change]] = []
    for old, change in others.items():
        new = msgspec.structs.replace(change, parents=tuple(sorted(renamed[parent] for parent in change.parents)))
        renamed[old] = change_id(encode(new))
        changes.append((renamed[old], decode(encode(new))))
    found = fold.from_history(History(changes))
    kept = {field: sorted((renamed[write.change], write.value) for write in writes) for field, writes in expected.items()}
    assert {field: sorted(writes) for field, writes in found.items()} == kept, "a clock decides"


def _own_past(world: World, site: Site) -> None:
    """Promise 11: merging a copy of oneself changes nothing, merging into one's own past leads to the present and no new doubt."""
    everything = _all_held(site)
    before = dump(site.database)
    casebook.receive(site.database, everything)
    assert dump(site.database) == before, "merging a copy of oneself changes something"
    if site.backup_image is None:
        return
    path = world.folder / f"{site.name}-past.db"
    path.write_bytes(site.backup_image)
    with reopen(path) as past:
        casebook.receive(past, everything)
        for case in CASES:
            if site.held(case):
                assert casebook.state_of(past, case) == casebook.state_of(site.database, case), "merging one's own past opens a doubt"


def _all_held(site: Site) -> list[Held]:
    return [Held(*row) for row in site.database.connection.execute("SELECT id, body, signature FROM changes").fetchall()]
