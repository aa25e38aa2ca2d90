"""The property tests must catch every simpler protocol: otherwise they would prove nothing.

Each is the program with one thing done in a simpler way, and the shortest history that shows it to be wrong.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.exchange import audience, books, have_list, sending, standing
from desktop.exchange.books import Content, Link
from desktop.exchange.device import Member
from desktop.exchange.directory import Directory
from desktop.exchange.have_list import EMPTY, Arrived, Head
from desktop.exchange.sending import Draft
from desktop.store import fold
from desktop.store.database import Database
from desktop.store.history import History, Mask, edits_of
from tests.exchange.offices import County
from tests.properties.promises import run
from tests.properties.world import Step, World

right_note_sent = sending.note_sent
right_note_shown = books.note_shown
right_lacks_for = books.lacks_for


def sent_is_received(database: Database, draft: Draft, digest: bytes, name: str, size: int) -> None:
    """Naive: what was sent counts as received."""
    right_note_sent(database, draft, digest, name, size)
    with database.atomic():
        link = books.link_to(database, draft.link.device)
        total = link.theirs
        for uuid, heads in draft.held:
            total = books.set_theirs(database, link, uuid, heads, total)
        database.connection.execute("UPDATE links SET theirs = ? WHERE key = ?", (total, link.key))


def have_only_grows(database: Database, link: Link, arrived: Arrived) -> None:
    """Naive: a have-list is merged into what was known, so a restored computer is thought to hold what it lost."""
    shown = "SELECT uuid, theirs FROM shares WHERE link = ? AND length(theirs) > 0"
    merged = dict(database.connection.execute(shown, (link.key,)).fetchall())
    for uuid, heads in arrived.entries:
        known = have_list.split_heads(merged.get(uuid, b""))
        merged[uuid] = have_list.join_heads({*known, *have_list.split_heads(heads)})
    total = EMPTY
    for uuid, heads in merged.items():
        total = have_list.moved(total, uuid, b"", heads)
    right_note_shown(database, link, Arrived(Head(b"", total, arrived.head.known), iter(merged.items())))


def left_gets_nothing(history: History, station: str, directory: Directory) -> Mask:
    """Naive: a station that left the audience is sent nothing more, not even the news that it left."""
    return history.everything if station in audience.audience(history.survivors(), directory) else 0


def left_gets_all(history: History, station: str, directory: Directory) -> Mask:
    """Naive: who ever had the case goes on getting it."""
    return history.everything


def left_by_one_change(history: History, station: str, directory: Directory) -> Mask:
    """Naive: only a change after which the station is outside takes it out; two at the same time may do so together."""
    if station in audience.audience(history.survivors(), directory):
        return history.everything
    last = [i for i, c in history.changes.items() if directory.wrote_below(c.device, station) or _leaves(history, i, station, directory)]
    return history.ancestors(last)


def _leaves(history: History, identifier: bytes, station: str, directory: Directory) -> bool:
    change = history.changes[identifier]
    if not any(fold.decides_audience(field) for field in edits_of(change)):
        return False
    before, after = history.before(change), history.ancestors([identifier])
    inside = [station in audience.audience(history.survivors(mask), directory) for mask in (before, after)]
    return inside == [True, False]


def a_gap_is_for_good(history: History, sender: str, station: str, directory: Directory) -> Mask:
    """Naive: a station above that left and lost the case is sent nothing more, so what was written below it is stuck there."""
    return 0


def nobody_asks_for_contents(database: Database, me: Member, link: Link, station: str) -> list[Content]:
    """Naive: a content goes with the change that names it, and when that stick was lost, nobody misses it."""
    return []


def only_who_sees_all_is_asked(database: Database, me: Member, link: Link, station: str) -> list[Content]:
    """Naive: a station that left is not asked for a content, though it may be alone in having it."""
    found = right_lacks_for(database, me, link, station)
    query = "SELECT reach FROM cases WHERE uuid = ?"
    reach = {uuid: frozenset(database.connection.execute(query, (uuid,)).fetchone()[0].split()) for uuid, _ in found}
    return [content for content in found if station in audience.above(reach[content[0]], me.directory)]


UP = ("v1", "town1")

NAIVE: dict[str, tuple[object, str, Callable[..., object], list[Step], str]] = {
    "sent is received": (sending, "note_sent", sent_is_received, [("send", *UP), ("sync", *UP)], "town1 lacks what v1 had for it"),
    "have-list only grows": (
        books,
        "note_shown",
        have_only_grows,
        [("sync", *UP), ("backup", "town1"), ("edit", "town1", 0, "place"), ("sync", "town1", "county"), ("restore", "town1")],
        "county believes in a list of town1 that never was",
    ),
    "who left gets nothing": (
        audience,
        "entitled",
        left_gets_nothing,
        [("sync", *UP), ("sync", "town1", "county"), ("hand over", "county", 0, "town2")],
        "town1 does not know that it left",
    ),
    "who left gets all": (
        audience,
        "entitled",
        left_gets_all,
        [
            *(("sync", *link) for link in (UP, ("town1", "county"), ("county", "town1"))),
            ("hand over", "county", 0, "v3"),
            ("note", "county", 0),
        ],
        "town1 gets what it may not see",
    ),
    "left by one change": (
        audience,
        "entitled",
        left_by_one_change,
        [
            ("assign", "v3", 1, "v3"),
            ("sync", "v3", "town2"),
            ("sync", "town2", "county"),
            ("hand over", "county", 1, "v1"),
            ("unassign", "v3", 1, "v3"),
        ],
        "(v3|town2) does not know that it left",
    ),
    "a gap is for good": (
        standing,
        "_must_get_up",
        a_gap_is_for_good,
        [("hand over", "v1", 0, "town2")],
        "a change that exists never reached the county",
    ),
    "nobody asks for contents": (
        books,
        "lacks_for",
        nobody_asks_for_contents,
        [("attach", "v1", 0, 5), ("send", *UP, 700), ("deliver", 0, True, False), ("lose", 0), ("sync", "town1", "v1")],
        "county lacks contents that exist",
    ),
    "only who sees all is asked": (
        books,
        "lacks_for",
        only_who_sees_all_is_asked,
        [
            *(("attach", "v3", 1, 4), ("attach", "v3", 1, 5), ("send", "v3", "town2", 700), ("deliver", 0, True, False), ("lose", 0)),
            *(("sync", "town2", "county"), ("hand over", "county", 1, "v1"), ("sync", "county", "town2"), ("sync", "town2", "v3")),
        ],
        "county lacks contents that exist",
    ),
}
"""What is done otherwise, where, how, a history that shows it, and what it shows."""


@pytest.fixture
def world(county: County, tmp_path: Path) -> Iterator[World]:
    world = World(county, tmp_path)
    yield world
    world.close()


@pytest.mark.parametrize("name", NAIVE)
def test_naive_protocol_is_caught(name: str, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    module, function, wrong, script, message = NAIVE[name]
    monkeypatch.setattr(module, function, wrong)
    with pytest.raises(AssertionError, match=message):
        run(world, script)


@pytest.mark.parametrize("name", NAIVE)
def test_the_protocol_passes_the_same_histories(name: str, world: World) -> None:
    run(world, NAIVE[name][3])
