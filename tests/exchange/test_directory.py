"""The directory: only the county signs it, it never goes back, and it says who may send."""

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from desktop.domain.refused import Refused
from desktop.exchange import directory as directories
from desktop.exchange import keys, sending
from desktop.exchange.device import NotEnrolled, UnknownStation, station_with
from desktop.exchange.directory import Content, Device, ForkedDirectory, Signed, Station, UntrustedDirectory
from desktop.exchange.envelope import BundleDamaged
from desktop.exchange.receiving import RevokedSender, UnknownSender
from desktop.exchange.sending import NoReceiver
from desktop.store.database import Database
from tests.exchange.computers import NO_HAVE, Computer, forged, next_directory
from tests.exchange.offices import AT, County
from tests.store.dump import dump

Start = Callable[[str], Computer]


def with_directory(sender: Computer, receiver: Computer, signed: Signed, **other: object) -> bytes:
    """A bundle that carries a directory."""
    parts = {"directory": msgspec.msgpack.encode(signed), "changes": b"", "have": NO_HAVE}
    return forged(sender, receiver, parts, **other)


def adopt(computer: Computer, county: County, signed: Signed) -> bool:
    return directories.adopt(computer.database, directories.verified(signed, keys.verify_key(county.root_seed)))


def number(computer: Computer) -> int:
    return computer.me.directory.number


def refused(receiver: Computer, data: bytes, kind: type[Refused]) -> None:
    before = dump(receiver.database)
    with pytest.raises(kind):
        receiver.take_in(data)
    assert dump(receiver.database) == before


@pytest.fixture
def village(computer: Start) -> Computer:
    return computer("v1")


@pytest.fixture
def town(computer: Start) -> Computer:
    return computer("town1")


def test_a_newer_directory_is_adopted_and_an_older_one_changes_nothing(county: County, village: Computer, town: Computer) -> None:
    present = number(town)
    newer, newest = (next_directory(county.directory, county.root_seed, ahead=ahead) for ahead in (1, 2))
    town.take_in(with_directory(village, town, newest))
    assert number(town) == present + 2
    for older in (newer, county.directory.signed):
        assert adopt(town, county, older) is False
        town.take_in(with_directory(village, town, older))
        assert number(town) == present + 2
    assert town.database.connection.execute("SELECT max(number) FROM directories").fetchone() == (present + 2,)


def test_a_directory_that_another_county_signed(county: County, village: Computer, town: Computer) -> None:
    refused(town, with_directory(village, town, next_directory(county.directory, b"r" * 32)), UntrustedDirectory)
    newer = next_directory(county.directory, county.root_seed)
    refused(town, with_directory(village, town, Signed(newer.body + b"\0", newer.signature)), UntrustedDirectory)
    refused(town, with_directory(village, town, Signed(newer.body, newer.signature[:63])), UntrustedDirectory)


def test_two_directories_of_one_number(county: County, village: Computer, town: Computer) -> None:
    other = next_directory(county.directory, county.root_seed, revoked=(b"x" * 16,), ahead=0)
    refused(town, with_directory(village, town, other), ForkedDirectory)
    with pytest.raises(ForkedDirectory):
        adopt(town, county, other)


def test_a_directory_in_a_bundle_that_is_refused_is_not_adopted(county: County, village: Computer, town: Computer) -> None:
    newer = next_directory(county.directory, county.root_seed)
    refused(town, with_directory(village, town, newer, changes=1), BundleDamaged)


def test_a_revoked_computer_sends_nothing_more(county: County, village: Computer, town: Computer) -> None:
    village.register()
    data = village.export(town)
    revoking = next_directory(county.directory, county.root_seed, revoked=(village.seat.me.device,))
    refused(town, with_directory(village, town, revoking), RevokedSender)
    adopt(town, county, revoking)
    refused(town, data, RevokedSender)


def test_what_a_revoked_computer_wrote_before_still_comes(county: County, village: Computer, town: Computer, computer: Start) -> None:
    case = village.register()
    town.take_in(village.export(town))
    above = computer("county")
    adopt(above, county, next_directory(county.directory, county.root_seed, revoked=(village.seat.me.device,)))
    assert above.take_in(town.export(above)).receipt.changes == 1
    assert above.load(case).summary == "起因"


def test_nothing_is_sent_to_a_revoked_computer(county: County, village: Computer, town: Computer) -> None:
    adopt(town, county, next_directory(county.directory, county.root_seed, revoked=(village.seat.me.device,)))
    with pytest.raises(NoReceiver):
        town.export(village)


def test_one_computer_alone_sends_nothing_to_its_own_office(town: Computer) -> None:
    with pytest.raises(NoReceiver):
        town.export(town)


def test_a_bundle_brings_the_directory_to_those_who_lack_it_and_only_once(county: County, village: Computer, town: Computer) -> None:
    adopt(town, county, next_directory(county.directory, county.root_seed))
    first = town.export(village)
    assert "directory" in village.opened(first).parts
    village.take_in(first)
    assert number(village) == number(town)
    town.take_in(village.export(town))
    assert "directory" not in village.opened(town.export(village)).parts
    assert "directory" not in town.opened(village.export(town)).parts


def test_a_computer_that_the_directory_brings_is_known_at_once(county: County, town: Computer, computer: Start) -> None:
    """The county approves an office, and the same stick brings its first case."""
    village = computer("v1")
    stranger = keys.DeviceKeys(b"n" * 32, village.seat.keys.identity)
    public = keys.public(stranger)
    station = Station("v9", "v9", "新村", "村", "town1")
    content: Content = directories.with_member(county.directory.content, station, [Device(public.device, "v9", public)])
    newer = directories.sign(content, county.root_seed)
    me = village.seat.me._replace(device=public.device, keys=stranger, station=station)
    newcomer = Computer(village.seat._replace(me=me, keys=stranger), village.database)
    refused(town, forged(newcomer, town, {"changes": b"", "have": NO_HAVE}), UnknownSender)
    assert town.take_in(with_directory(newcomer, town, newer)).sender == station
    assert number(town) == county.directory.number + 1


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda c: msgspec.structs.replace(c, stations=c.stations + c.stations[:1]), id="a station twice"),
        pytest.param(lambda c: msgspec.structs.replace(c, stations=c.stations[1:]), id="the top is missing"),
        pytest.param(lambda c: msgspec.structs.replace(c, devices=(msgspec.structs.replace(c.devices[0], id=b"x" * 16),)), id="any id"),
        pytest.param(lambda c: msgspec.structs.replace(c, devices=(msgspec.structs.replace(c.devices[0], station="v9"),)), id="no station"),
        pytest.param(
            lambda c: msgspec.structs.replace(c, stations=tuple(msgspec.structs.replace(s, parent=s.parent or "v1") for s in c.stations)),
            id="a circle",
        ),
        pytest.param(
            lambda c: msgspec.structs.replace(c, stations=tuple(msgspec.structs.replace(s, code="1") for s in c.stations)), id="one code"
        ),
    ],
)
def test_an_unsound_directory_is_not_trusted(county: County, spoil: Callable[[Content], Content]) -> None:
    signed = directories.sign(spoil(county.directory.content), county.root_seed)
    with pytest.raises(UntrustedDirectory):
        directories.verified(signed, keys.verify_key(county.root_seed))


def test_every_flipped_byte_of_a_directory(county: County) -> None:
    root = keys.verify_key(county.root_seed)
    signed = county.directory.signed
    assert directories.verified(signed, root).number == county.directory.number
    for position in range(len(signed.body)):
        flipped = signed.body[:position] + bytes([signed.body[position] ^ 1]) + signed.body[position + 1 :]
        with pytest.raises(UntrustedDirectory):
            directories.verified(Signed(flipped, signed.signature), root)


def test_before_enrolment(tmp_path_factory: pytest.TempPathFactory, county: County, village: Computer) -> None:
    with Database(tmp_path_factory.mktemp("alone") / "desk.db", b"k" * 32) as database:
        with pytest.raises(NotEnrolled):
            Computer(village.seat, database).me  # noqa: B018
        directories.trust(database, keys.verify_key(county.root_seed))
        directories.adopt(database, county.directory)
        with pytest.raises(NotEnrolled):
            Computer(village.seat._replace(keys=keys.generate()), database).me  # noqa: B018


def test_codes(county: County) -> None:
    assert station_with(county.directory, "v1").parent == "town1"
    with pytest.raises(UnknownStation):
        station_with(county.directory, "v9")
    assert county.directory.up("v1") == {"v1", "town1", "county"}
    assert county.directory.up("nowhere") == {"nowhere"}


def test_a_station_without_a_computer(county: County, town: Computer) -> None:
    empty = Station("v9", "v9", "新村", "村", "town1")
    content = directories.with_member(county.directory.content, empty, [])
    adopt(town, county, directories.sign(content, county.root_seed))
    with pytest.raises(NoReceiver, match="新村"):
        next(sending.drafts(town.database, town.me, empty, AT))


@pytest.fixture
def second(county: County, village: Computer, town: Computer, tmp_path: Path) -> Iterator[Computer]:
    """Another computer of the village, which all three know."""
    private = keys.generate()
    public = keys.public(private)
    seat = county.seats["v1"]
    content = directories.with_member(county.directory.content, seat.me.station, [Device(public.device, "v1", public, 1)])
    signed = directories.sign(content, county.root_seed)
    with seat.open(tmp_path / "second.db") as database:
        me = seat.me._replace(device=public.device, keys=private)
        found = Computer(seat._replace(me=me, keys=private), database)
        for one in (village, town, found):
            adopt(one, county, signed)
        yield found


def test_a_second_computer_sends_and_receives_for_its_office(county: County, village: Computer, town: Computer, second: Computer) -> None:
    assert [device.block for device in town.me.directory.devices_of("v1")] == [0, 1]
    assert directories.free_block(second.me.directory.content, "v1") == 2
    assert town.me.directory.wrote_below(second.me.device, "town1")
    case, other = village.register(1), second.register(2)
    town.take_in(village.export(town))
    town.take_in(second.export(town))
    second.take_in(village.export(second))
    assert second.load(case).summary == town.load(other).summary == "起因"
    reply = town.export(village)
    for one in (village, second):
        one.take_in(reply)  # encrypted to both
    assert village.load(other) == second.load(other)


def test_a_revoked_second_computer_is_left_out(county: County, village: Computer, town: Computer, second: Computer) -> None:
    case = second.register()
    village.take_in(second.export(village))
    number = county.directory.number + 2
    content = msgspec.structs.replace(directories.without(second.me.directory.content, second.me.device), number=number)
    for one in (village, town):
        adopt(one, county, directories.sign(content, county.root_seed))
    refused(town, second.export(town), RevokedSender)
    town.take_in(village.export(town))
    assert town.load(case).summary == "起因"
    with pytest.raises(Refused):
        second.opened(town.export(village))
