"""What goes to whom: a receiver's bundle says nothing of the cases that it may not see, not even by its size."""

from collections.abc import Callable

import msgspec

from desktop.exchange import selection, sending
from desktop.exchange.selection import Selection
from tests.exchange.computers import Computer
from tests.exchange.offices import AT

Start = Callable[[str], Computer]


def selected(sender: Computer, receiver: Computer) -> Selection:
    me, to = sender.me, receiver.me
    return selection.select(sender.database, me.directory, me.station.id, to.station.id, to.device)


def test_a_case_that_the_receiver_may_not_see_leaves_no_trace(computer: Start) -> None:
    county, town, other, village = (computer(name) for name in ("county", "town1", "town2", "v1"))
    village.register()
    town.take_in(village.export(town))
    county.take_in(town.export(county))
    before, plain = selected(county, other), other.plain(county.export(other))
    assert (before.changes, before.cases, before.have) == ([], frozenset(), {})
    village.register(2, "另一起" * 100)
    town.take_in(village.export(town))
    county.take_in(town.export(county))
    assert selected(county, other) == before
    assert other.plain(county.export(other)) == plain
    assert len(selected(county, town).have) == 2


def test_who_was_asked_by_mistake_and_never_had_the_case_learns_nothing(computer: Start) -> None:
    county, other = computer("county"), computer("v3")
    case = county.register()
    assigned = county.save(case, assigned=("v3",))
    assert len(selected(county, computer("town2")).changes) == 2
    county.save(assigned, assigned=())
    assert selected(county, computer("town2")).changes == []
    assert selected(county, other).changes == []


def test_who_leaves_learns_it_and_nothing_later(computer: Start) -> None:
    county, town, village = (computer(name) for name in ("county", "town2", "v3"))
    case = county.save(county.register(), assigned=("v3",))
    for sender, receiver in ((county, town), (town, village), (village, town), (town, county)):
        receiver.take_in(sender.export(receiver))
    assert village.load(case) == case
    left = county.save(case, assigned=())
    county.save(left, summary="之后写的")
    for sender, receiver in ((county, town), (town, village)):
        receiver.take_in(sender.export(receiver))
    for one in (town, village):
        assert (one.load(case).assigned, one.load(case).summary) == ((), "起因")
    town.take_in(village.export(town))
    county.take_in(town.export(county))
    assert [selected(*pair).changes for pair in ((county, town), (town, village))] == [[], []]


def test_what_was_lost_is_sent_again_and_what_arrived_is_not(computer: Start) -> None:
    village, town = computer("v1"), computer("town1")
    case = village.register()
    village.export(town)
    case = village.save(case, place="村口")
    assert len(selected(village, town).changes) == 2
    town.take_in(village.export(town))
    assert len(selected(village, town).changes) == 2
    village.take_in(town.export(village))
    assert selected(village, town).changes == []
    village.save(case, place="村尾")
    assert len(selected(village, town).changes) == 1


def test_parents_stand_before_children(computer: Start) -> None:
    village, town = computer("v1"), computer("town1")
    case = village.register()
    for number in range(20):
        case = village.save(case, summary=str(number))
    names = [held.id.hex() for held in selected(village, town).changes]
    history = village.load(case).seen
    assert len(names) == 21
    assert names[-1] == history[0]


def test_sending_changes_nothing(computer: Start) -> None:
    village, town = computer("v1"), computer("town1")
    village.register()
    writes = village.database.connection.total_changes
    sending.export(village.database, village.me, town.me.station, AT)
    assert village.database.connection.total_changes == writes


def test_a_have_list_is_packed_and_unpacked() -> None:
    have = {b"b" * 16: (b"1" * 8, b"2" * 8), b"a" * 16: (b"3" * 8,)}
    packed = selection.pack_have(have)
    assert selection.unpack_have(packed) == have
    assert msgspec.msgpack.decode(packed)[0][0] == b"a" * 16
    assert len(packed) < 70
