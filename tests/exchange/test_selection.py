"""What goes to whom: a receiver's bundle says nothing of the cases that it may not see, not even by its size."""

from collections.abc import Callable
from io import BytesIO

from desktop.exchange import have_list
from desktop.exchange.bundle import Part, Section
from desktop.exchange.have_list import Head
from tests.exchange.computers import BOOKS, Computer, Read, read, written
from tests.store.dump import dump

Start = Callable[[str], Computer]


def selected(sender: Computer, receiver: Computer) -> Read:
    """What a bundle would carry now."""
    (sent,) = written(sender.database, sender.me, receiver.me.station, logged=False)
    return read(sent.data, receiver.seat.keys)


def test_a_case_that_the_receiver_may_not_see_leaves_no_trace(computer: Start) -> None:
    county, town, other, village = (computer(name) for name in ("county", "town1", "town2", "v1"))
    village.register()
    town.take_in(village.export(town))
    county.take_in(town.export(county))
    before, plain = selected(county, other), other.plain(county.export(other))
    assert (before.changes, before.have) == ([], {})
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


def test_sending_changes_nothing_but_the_books(computer: Start) -> None:
    village, town = computer("v1"), computer("town1")
    village.register()
    before = dump(village.database, without=BOOKS)
    first, second = (town.opened(village.export(town)) for _ in range(2))
    assert dump(village.database, without=BOOKS) == before
    assert (first.changes, first.have) == (second.changes, second.have)


def test_books_that_are_lost_are_written_anew(computer: Start) -> None:
    """They follow from the changes, the directory and the have-lists that came."""
    village, town = computer("v1"), computer("town1")
    case = village.register()
    town.take_in(village.export(town))
    village.take_in(town.export(village))
    village.save(case, place="村口")
    expected = selected(village, town)
    village.database.connection.execute("UPDATE shares SET ours = x'', state = 0")
    village.database.connection.execute("UPDATE links SET seen = 0, ours = ?", (bytes(16),))
    assert selected(village, town) == expected


# --- contents ----------------------------------------------------------------------------------------------------------------------------


def contents(found: Read) -> list[bytes]:
    return [data for name, data in found.parts.items() if name.startswith("blob:")]


def test_a_content_goes_with_the_change_that_names_it_and_not_again(computer: Start) -> None:
    village, town = computer("v1"), computer("town1")
    village.attach(village.register(), b"photo")
    assert contents(selected(village, town)) == [b"photo"]
    town.take_in(village.export(town))
    assert contents(selected(village, town)) == [b"photo"]
    village.take_in(town.export(village))
    assert contents(selected(village, town)) == []


def test_a_content_that_got_lost_is_asked_for(computer: Start) -> None:
    village, town = computer("v1"), computer("town1")
    village.attach(village.attach(village.register(), b"a" * 700_000), b"b" * 700_000)
    first, *_ = bundles = written(village.database, village.me, town.me.station, 1_800_000)
    assert [len(contents(town.opened(sent.data))) for sent in bundles] == [1, 1]
    town.take_in(first.data)
    asked = selected(town, village)
    assert "lacks" in asked.parts
    village.take_in(town.export(village))
    found = selected(village, town)
    assert (found.changes, len(contents(found))) == ([], 1)
    town.take_in(village.export(town))
    assert "lacks" not in selected(town, village).parts
    assert len(town.database.connection.execute("SELECT 1 FROM blobs").fetchall()) == 2


def test_a_content_that_the_receiver_may_not_see_is_not_sent_though_it_asks(computer: Start) -> None:
    county, town = computer("county"), computer("town2")
    case = county.attach(county.save(county.register(), assigned=("v3",)), b"before")
    town.take_in(county.export(town))
    case = county.attach(county.save(case, assigned=()), b"secret")
    digest = bytes.fromhex(case.attachments[-1].sha256)
    with county.database.atomic():
        (link,) = county.database.connection.execute("SELECT key FROM links WHERE device = ?", (town.me.device,)).fetchone()
        county.database.connection.execute("INSERT INTO wanted VALUES (?, ?, ?)", (link, bytes.fromhex(case.id), digest))
    assert b"secret" not in contents(selected(county, town))


# --- the part `have` ---------------------------------------------------------------------------------------------------------------------


def section(data: bytes) -> Section:
    return Section(Part("have", len(data), b""), BytesIO(data).read)


def test_a_have_list_is_packed_and_unpacked() -> None:
    entries = [(b"a" * 16, b"3" * 8), (b"b" * 16, b"1" * 8 + b"2" * 8), (b"c" * 16, b"")]
    head = Head(b"b" * 16, b"d" * 16, (b"k" * 16,))
    packed = b"".join(have_list.pack(head, entries))
    arrived = have_list.read(section(packed))
    assert (arrived.head, list(arrived.entries)) == (head, entries)
    assert len(packed) < 140


def test_a_digest_follows_one_entry_without_the_others() -> None:
    def digest(*entries: tuple[bytes, bytes]) -> bytes:
        total = have_list.EMPTY
        for uuid, heads in entries:
            total = have_list.moved(total, uuid, b"", heads)
        return total

    one, other = (b"a" * 16, b"1" * 8), (b"b" * 16, b"2" * 8)
    assert digest(one, other) == digest(other, one) != digest(one)
    assert have_list.moved(digest(one, other), *other, b"") == digest(one)
    assert have_list.moved(digest(one), one[0], one[1], b"3" * 8) == digest((one[0], b"3" * 8))
