"""What the protocol promises (its section 7), checked on the computers of a `World`."""

from collections.abc import Iterable, Iterator

import msgspec

from desktop.exchange import books, sending
from desktop.exchange.have_list import PREFIX, split_heads
from desktop.store import casebook, fold
from desktop.store.casebook import Held
from desktop.store.change import Change, change_id, decode, encode
from desktop.store.fold import State
from desktop.store.history import History
from tests.exchange.computers import changes_of, have_of, lacks_of
from tests.exchange.offices import AT, reopen
from tests.properties import model
from tests.properties.model import ancestors, part
from tests.properties.site import CASES, CLONES, PAIRS, Site, Stick
from tests.properties.world import Step, World
from tests.store.dump import dump

MOST_ROUNDS = 8


def run(world: World, script: Iterable[Step]) -> None:
    """Do the steps and check all promises on the way and at the end."""
    for step in script:
        advance(world, step)
    settled(world)


def advance(world: World, step: Step) -> None:
    """Do one step, and check what can be checked at any time."""
    touched = world.step(step)
    if touched is None:
        return
    if step[0] == "sync" and not world.restored:
        complete(world, world.sites[step[1]], touched)
    for station in world.stations_near(touched):
        non_interference(world, touched, station)


def complete(world: World, sender: Site, receiver: Site) -> None:
    """Promise 4: one bundle that arrives makes up for all that were lost; the receiver then holds all that the sender held for it."""
    stick, name = world.taken[-1] if world.taken else (None, "")
    if stick is None or (stick.sender, name, stick.made_for) != (sender.name, receiver.name, receiver.device):
        return
    for case in CASES:
        history = world.history(sender.name, case)
        if receiver.station in world.tree.audience(history):
            assert history.keys() <= receiver.held(case), f"{receiver.name} lacks what {sender.name} had for it"
            lacking = (contents_of(history.values()) & sender.contents()) - receiver.contents()
            assert not lacking, f"{receiver.name} lacks contents that {sender.name} had for it"


def contents_of(changes: Iterable[model.Change]) -> set[str]:
    """The contents that changes name (SHA-256 in hex)."""
    return {value for change in changes for (entity, _, name), value in change.edits if (entity, name) == ("attachment", "sha256")}


def non_interference(world: World, site: Site, station: str) -> None:
    """Promises 6 and 7: a bundle holds nothing that its receiver may not see, have-list and contents included.

    A station outside the audience gets only what led up to a state in which it was inside, and the changes by which it left.
    """
    to = site.me.directory.station(station)
    assert to is not None
    for draft in sending.drafts(site.database, site.me, to, AT):
        parts = {name: b"".join(pieces) for name, pieces in draft.contents.parts.items()}
        sent = {held.id for held in changes_of(parts, draft.contents.changes)}
        have = have_of(parts)
        visible: set[str] = set()
        for case in CASES:
            history = world.history(site.name, case)
            if station in world.tree.audience(history):
                visible |= contents_of(history.values())
                continue
            allowed = _allowed(world, history, station)
            visible |= contents_of(part(history, allowed).values())
            assert sent & history.keys() <= allowed, f"{station} gets what it may not see"
            prefixes = set(split_heads(books.theirs_of(site.database, draft.link, bytes.fromhex(case))))
            known = allowed | ancestors(history, [i for i in history if i[:PREFIX] in prefixes])
            named = set(have.get(bytes.fromhex(case), ()))
            assert named <= {i[:PREFIX] for i in known}, f"{station} is shown what it may not see"
        assert {sha256 for sha256, _ in draft.contents.blobs} <= visible, f"{station} gets contents that it may not see"
        assert {sha256.hex() for _, sha256 in lacks_of(parts)} <= visible, f"{station} is asked for what it may not see"


def _allowed(world: World, history: model.History, station: str) -> set[bytes]:
    allowed: set[bytes] = set()
    for identifier, change in history.items():
        if station in world.tree.audience(part(history, change.seen)):
            allowed |= change.seen | {identifier}
    return allowed


# --- the end -----------------------------------------------------------------------------------------------------------------------------


def settled(world: World) -> None:
    """Let every stick arrive and every pair exchange until nothing moves, and check everything else."""
    extant, contents = _extant(world)
    settle(world)
    county = world.sites["county"]
    held = frozenset[bytes]().union(*(county.held(case) for case in CASES))
    assert extant <= held, "a change that exists never reached the county"
    assert not extant & county.waiting(), "the county waits for parents that exist"
    for case in CASES:
        _converged(world, case, contents)
    _settle_doubts(world)
    for site in world.live:
        assert casebook.rebuild(site.database) == 0, f"the tables of {site.name} do not say what its changes say"
        _own_past(world, site)
    _from_nothing(world)


def _extant(world: World) -> tuple[frozenset[bytes], frozenset[str]]:
    """Let every stick arrive. Returns the changes that some computer or stick holds with all that led up to them, and the contents.

    What was restored away everywhere cannot come back.
    """
    found = {i for site in world.live for case in CASES for i in site.held(case)}
    contents = {sha256 for site in world.live for sha256 in site.contents()}
    for stick in world.flying:
        for site in world.live:
            if site.station == stick.station and world.take_in(stick, site):
                found |= stick.changes
                contents |= stick.contents
    return frozenset(i for i in found if world.written[i].seen <= found), frozenset(contents)


def settle(world: World) -> None:
    """Exchange between every two computers that exchange, in both directions, until nothing moves: then nothing more is sent.

    Two copies of one computer, each told the difference from a list of the other's, may have to ask for a whole one first, and may be sent
    what they know: that harms nothing.
    """
    pairs, quiet = _pairs(world), 0
    twins = books.WHOLE_UP_TO == 0 and any(name in CLONES for name in world.sites)
    for number in range(MOST_ROUNDS):
        before = [site.known() for site in world.live]
        sticks = [stick for pair in pairs[:: -1 if number % 2 else 1] for stick in _both_ways(world, *pair)]
        quiet = quiet + 1 if before == [site.known() for site in world.live] else 0
        if quiet > 1 if twins else quiet and not any(stick.changes or stick.contents for stick in sticks):
            return
        assert quiet < 3, "keeps sending what is known"
    raise AssertionError("never settles")


def _both_ways(world: World, low: Site, high: Site) -> Iterator[Stick]:
    """A stick goes up, an answer comes down, and where there are several computers to answer for, it goes up again for the one that did."""
    yield from world.exchange(low, high)
    yield from world.exchange(high, low)
    if len({site.name for site in world.live if site.station == high.station}) > 1:
        yield from world.exchange(low, high)


def _pairs(world: World) -> list[tuple[Site, Site]]:
    sites = {site.name: site for site in world.live}
    return [(sites[low], sites[high]) for low, high in PAIRS if low in sites and high in sites]


def _converged(world: World, case: str, contents: frozenset[str]) -> None:
    """Promises 1, 3, 7 and 10: everybody in the audience shows the same, nothing is lost, and who left knows it and no more."""
    truth = world.history("county", case)
    expected = casebook.state_of(world.sites["county"].database, case)
    audience = world.tree.audience(truth)
    for site in world.live:
        history = world.history(site.name, case)
        assert all(change.seen <= history.keys() for change in history.values()), "a history with a hole"
        if site.station in audience:
            assert history == truth, f"{site.name} differs from the county"
            assert casebook.state_of(site.database, case) == expected, f"{site.name} shows something else than the county"
            assert contents_of(truth.values()) & contents <= site.contents(), f"{site.name} lacks contents that exist"
        else:
            assert site.station not in world.tree.audience(history), f"{site.name} does not know that it left"
        if history:
            nothing_lost(history, casebook.state_of(site.database, case))
    clocks_do_not_matter(casebook.history(world.sites["county"].database, case), expected)


def _settle_doubts(world: World) -> None:
    """Promise 12: what the county settles has one value everywhere after the next exchange."""
    county = world.sites["county"]
    values = {}
    for case in CASES:
        doubts = fold.conflicts(casebook.state_of(county.database, case)) if county.held(case) else {}
        values[case] = {field: writes[-1].value for field, writes in doubts.items() if not fold.decides_audience(field)}
        if values[case]:
            world.settle(county, case, values[case])
    if any(values.values()):
        settle(world)
    for case, expected in values.items():
        audience = world.tree.audience(world.history("county", case))
        for site in world.live:
            if expected and site.station in audience:
                state = casebook.state_of(site.database, case)
                assert {field: [write.value for write in state[field]] for field in expected} == {f: [v] for f, v in expected.items()}


def _from_nothing(world: World) -> None:
    """Promise 13: a computer that starts again with nothing gets what it had by many exchanges from one."""
    site = world.live[world.count % len(world.live)]
    above = next((high for low, high in _pairs(world) if low is site and high.station != site.station), None)
    if above is None:
        return
    audience = [case for case in CASES if site.station in world.tree.audience(world.history("county", case))]
    before = {case: (site.held(case), casebook.state_of(site.database, case)) for case in audience}
    contents = contents_of(change for case in audience for change in world.history(site.name, case).values()) & site.contents()
    world.models = None
    site.replace(site.seat.image if site.name in world.county.seats else world.county.seats["v1"].image)
    for sender, receiver in ((site, above), (above, site)):
        world.exchange(sender, receiver)
    assert {case: (site.held(case), casebook.state_of(site.database, case)) for case in audience} == before, "not all comes again"
    assert contents <= site.contents(), "not all contents come again"


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
