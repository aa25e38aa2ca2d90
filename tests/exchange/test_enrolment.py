"""Joining the exchange: what the county does not approve, and what an office does not accept."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desktop.domain.office import Office
from desktop.domain.refused import Refused
from desktop.exchange import directory as directories
from desktop.exchange import enrolment, keys
from desktop.exchange.device import UnknownStation
from desktop.exchange.directory import Device, Directory, UntrustedDirectory
from desktop.exchange.enrolment import BadApproval, BadRequest, CannotApprove, Request, WrongRootKey
from desktop.exchange.keys import DeviceKeys
from desktop.store import numbers
from desktop.store.database import Database
from tests.exchange.offices import KEY, County, Seat, device_keys, office
from tests.store.dump import dump

NEW = Office(id="new", level="村", name="新村综治中心", series="新村")
NEW_KEYS = keys.generate()


@pytest.fixture
def above(county: County, tmp_path: Path) -> Iterator[Database]:
    """The county's database."""
    with county.seats["county"].open(tmp_path / "county.db") as database:
        yield database


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Database]:
    """The database of an office that has not joined."""
    with Database(tmp_path / "new.db", KEY) as database:
        yield database


def asked(of: Office = NEW, device_keys: DeviceKeys = NEW_KEYS) -> Request:
    return enrolment.read_request(enrolment.make_request(of, device_keys))


def present(database: Database) -> Directory:
    directory = directories.newest(database)
    assert directory
    return directory


def approve(county: County, above: Database, request: Request, code: str = "v9", parent: str = "town1") -> bytes:
    return enrolment.approve(above, present(above), request, code, parent, county.root_seed)


def accept(database: Database, data: bytes, of: Office = NEW, device_keys: DeviceKeys = NEW_KEYS) -> str:
    return enrolment.accept(database, enrolment.read_approval(data), of, device_keys).code


def refused(database: Database, kind: type[Refused] | tuple[type[Refused], ...], action: Callable[..., object], *arguments: Any) -> None:
    before = dump(database)
    with pytest.raises(kind):
        action(*arguments)
    assert dump(database) == before


# --- asking ----------------------------------------------------------------------------------------------------------------------------


def test_an_office_joins(county: County, above: Database, fresh: Database) -> None:
    assert accept(fresh, approve(county, above, asked())) == "v9"
    assert present(fresh).number == present(above).number == county.directory.number + 1
    station = present(above).by_code["v9"]
    assert (station.id, station.parent, station.name) == ("new", "town1", "新村综治中心")
    assert accept(fresh, approve(county, above, asked())) == "v9"


def test_both_sides_see_one_fingerprint() -> None:
    one = asked()
    assert one.fingerprint == asked().fingerprint
    assert len(one.fingerprint) == 14
    assert one.fingerprint != asked(device_keys=keys.generate()).fingerprint


def test_the_file_of_an_office_is_what_it_always_was() -> None:
    """Field for field, and signed over the same bytes: a county with an older program reads it, and this one the older files."""
    data = msgspec.json.decode(enrolment.make_request(NEW, NEW_KEYS))
    assert list(data) == ["format", "station", "level", "name", "committee", "keys", "signature"]
    public = keys.public(NEW_KEYS)
    fields = {"format": "fengqiao-enrolment/1", "station": NEW.id, "level": NEW.level, "name": NEW.name, "committee": None, "keys": public}
    signed = msgspec.msgpack.encode(fields | {"signature": b""})
    assert keys.is_signed(public.verify, asked().signature, b"fengqiao/enrolment/1\x00" + signed)


def test_a_request_says_whose_other_computer_it_is() -> None:
    data = enrolment.make_request(NEW, NEW_KEYS, "石桥村")
    assert enrolment.read_request(data).joins == "石桥村"
    with pytest.raises(BadRequest):
        enrolment.read_request(data.replace("石桥村".encode(), "柳林村".encode()))


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"null", b"\xff\xfe", b'{"format":"fengqiao-enrolment/2"}', b"[" * 5000, bytes(100)])
def test_files_that_ask_nothing(data: bytes) -> None:
    with pytest.raises(BadRequest):
        enrolment.read_request(data)
    with pytest.raises(BadApproval):
        enrolment.read_approval(data)


def test_every_flipped_byte_and_every_truncation_of_a_request() -> None:
    data = enrolment.make_request(NEW, NEW_KEYS)
    expected = enrolment.read_request(data)
    for position in range(len(data)):
        for damaged in (data[:position], data[:position] + bytes([data[position] ^ 1 << position % 8]) + data[position + 1 :]):
            try:
                assert enrolment.read_request(damaged) == expected  # a blank that is another blank now
            except BadRequest:
                continue


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"station": "two words"}, id="blank in the id"),
        pytest.param({"station": ""}, id="no id"),
        pytest.param({"keys": msgspec.structs.replace(keys.public(NEW_KEYS), recipient="age1nobody")}, id="nobody can encrypt to it"),
    ],
)
def test_a_request_that_nobody_could_answer(other: dict[str, Any]) -> None:
    request = msgspec.structs.replace(asked(), **other)
    signature = keys.sign(NEW_KEYS.seed, b"fengqiao/enrolment/1\x00" + enrolment._signed_bytes(request))
    with pytest.raises(BadRequest):
        enrolment.read_request(msgspec.json.encode(msgspec.structs.replace(request, signature=signature)))


def test_a_request_in_another_name() -> None:
    other = msgspec.structs.replace(asked(), name="另一村")
    with pytest.raises(BadRequest):
        enrolment.read_request(msgspec.json.encode(other))


# --- approving -------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["", " ", "v9 ", "\tv9"])
def test_a_code_must_be_a_word(county: County, above: Database, code: str) -> None:
    refused(above, CannotApprove, approve, county, above, asked(), code)


def test_a_code_is_used_once(county: County, above: Database) -> None:
    refused(above, CannotApprove, approve, county, above, asked(), "v1")
    refused(above, CannotApprove, approve, county, above, asked(), "县")


@pytest.mark.parametrize("parent", ["v1", "v3"])
def test_a_village_is_above_nobody(county: County, above: Database, parent: str) -> None:
    refused(above, CannotApprove, approve, county, above, asked(), "v9", parent)


def test_ranks(county: County, above: Database) -> None:
    town = msgspec.structs.replace(NEW, level="镇")
    refused(above, CannotApprove, approve, county, above, asked(town), "v9", "town1")
    refused(above, CannotApprove, approve, county, above, asked(msgspec.structs.replace(NEW, level="县")), "v9", "县")
    approve(county, above, asked(town), "v9", "县")


def test_an_unknown_parent(county: County, above: Database) -> None:
    refused(above, UnknownStation, approve, county, above, asked(), "v9", "town9")


def test_a_known_office_with_another_computer(county: County, above: Database) -> None:
    for name in ("v1", "town1", "county"):
        refused(above, CannotApprove, approve, county, above, asked(office(name), keys.generate()), "v9", "县")


def test_an_approval_can_be_corrected(county: County, above: Database, fresh: Database) -> None:
    accept(fresh, approve(county, above, asked(), "v8", "town1"))
    assert accept(fresh, approve(county, above, asked(), "v9", "town2")) == "v9"
    stations = [station for station in present(fresh).content.stations if station.id == "new"]
    assert [(station.code, station.parent) for station in stations] == [("v9", "town2")]
    assert len(present(fresh).devices_of("new")) == 1


def test_another_computer_gets_the_next_block_and_keeps_it(county: County, above: Database) -> None:
    second, third = keys.generate(), keys.generate()
    for one in (second, third, second):
        enrolment.approve_another(above, present(above), asked(NEW, one), "v1", county.root_seed)
    assert [(d.station, d.block) for d in present(above).devices_of("v1")] == [("v1", 0), ("v1", 2), ("v1", 1)]
    approve(county, above, asked(office("v1"), second), "v1", "town1")
    assert present(above).device(keys.public(second).device) == Device(keys.public(second).device, "v1", keys.public(second), 1)
    assert present(above).by_code["v1"].name == office("v1").name


def test_a_block_is_never_given_twice(county: County, above: Database) -> None:
    private = [keys.generate() for _ in range(numbers.DEVICES)]
    last = keys.public(county.seats["v1"].keys).device
    for one in private[1:]:
        enrolment.approve_another(above, present(above), asked(NEW, one), "v1", county.root_seed, last)
        last = keys.public(one).device
    devices = [d for d in present(above).content.devices if d.station == "v1"]
    assert sorted(d.block for d in devices) == list(range(numbers.DEVICES))
    assert [d.id for d in present(above).devices_of("v1")] == [last]
    refused(above, CannotApprove, enrolment.approve_another, above, present(above), asked(NEW, private[0]), "v1", county.root_seed)


def test_computers_that_cannot_be_another_one(county: County, above: Database) -> None:
    def another(one: DeviceKeys, code: str = "v1", replaces: bytes | None = None) -> None:
        refused(above, (CannotApprove, UnknownStation), enrolment.approve_another, above, there, asked(NEW, one), code, root, replaces)

    there, root = present(above), county.root_seed
    another(NEW_KEYS, "v9")
    another(county.seats["v2"].keys)
    another(NEW_KEYS, replaces=keys.public(county.seats["v2"].keys).device)
    v1 = county.seats["v1"].keys
    enrolment.issue(above, directories.without(there.content, keys.public(v1).device), root)
    there = present(above)
    another(v1)
    refused(above, CannotApprove, approve, county, above, asked(office("v1"), v1), "v1")
    refused(above, WrongRootKey, enrolment.issue, above, there.content, b"o" * 32)


def test_a_station_may_be_renamed_and_moved(county: County, above: Database) -> None:
    there = present(above)
    renamed = Directory(enrolment.rearranged(there, "v1", " 石桥村 ", None), there.signed)
    moved = Directory(enrolment.rearranged(there, "v1", None, "town2"), there.signed)
    assert (renamed.by_code["v1"].name, renamed.by_code["v1"].parent) == ("石桥村", "town1")
    assert moved.by_code["v1"].parent == "town2"
    for arguments in (("v1", " ", None), ("v1", None, "v2"), ("town1", None, "town2"), ("县", None, "县")):
        with pytest.raises(CannotApprove):
            enrolment.rearranged(there, *arguments)


# --- accepting -------------------------------------------------------------------------------------------------------------------------


def test_an_approval_of_another_office(county: County, above: Database, fresh: Database) -> None:
    data = approve(county, above, asked())
    refused(fresh, BadApproval, accept, fresh, data, NEW, keys.generate())


def test_an_older_approval(county: County, above: Database, fresh: Database) -> None:
    older, newer = approve(county, above, asked(), "v8"), approve(county, above, asked(), "v9")
    accept(fresh, newer)
    refused(fresh, BadApproval, accept, fresh, older)
    assert accept(fresh, newer) == "v9"


def test_another_county(county: County, above: Database, fresh: Database, tmp_path: Path) -> None:
    accept(fresh, approve(county, above, asked()))
    seat: Seat = county.seats["county"]
    with Database(tmp_path / "other.db", KEY) as other:
        enrolment.found_county(other, seat.office, seat.keys, b"o" * 32)
        data = enrolment.approve(other, present(other), asked(), "v9", "县", b"o" * 32)
    refused(fresh, BadApproval, accept, fresh, data)


def test_every_flipped_byte_and_every_truncation_of_an_approval(county: County, above: Database, fresh: Database) -> None:
    data = approve(county, above, asked())
    before = dump(fresh)
    expected = enrolment.read_approval(data)
    for position in range(0, len(data), 1):
        for damaged in (data[:position], data[:position] + bytes([data[position] ^ 1 << position % 8]) + data[position + 1 :]):
            try:
                approval = enrolment.read_approval(damaged)
            except BadApproval:
                continue
            if approval != expected:
                with pytest.raises((BadApproval, UntrustedDirectory)):
                    enrolment.accept(fresh, approval, NEW, NEW_KEYS)
    assert dump(fresh) == before


def test_an_approval_signed_by_somebody_else(county: County, above: Database, fresh: Database) -> None:
    approval = enrolment.read_approval(approve(county, above, asked()))
    other = msgspec.structs.replace(approval, signature=keys.sign(b"o" * 32, b"fengqiao/directory/1\x00" + approval.directory))
    refused(fresh, UntrustedDirectory, enrolment.accept, fresh, other, NEW, NEW_KEYS)


# --- files of the first program --------------------------------------------------------------------------------------------------------

EARLIER = Path(__file__).resolve().parents[1] / "vectors" / "enrolment"


def test_the_files_of_the_first_program_are_read_for_ever(fresh: Database) -> None:
    request = enrolment.read_request((EARLIER / "request.json").read_bytes())
    assert (request.station, request.name, request.level, request.joins) == ("v1", "石桥村综治中心", "村", None)
    village = Office(id="v1", level="村", name=request.name, series="石桥", committee=request.committee)
    assert accept(fresh, (EARLIER / "approval.json").read_bytes(), village, device_keys("v1")) == "530199101201"
    assert [(d.station, d.block) for d in present(fresh).content.devices] == [("county", 0), ("v1", 0)]


def test_this_program_writes_the_files_of_the_first_one() -> None:
    data = (EARLIER / "request.json").read_bytes()
    request = enrolment.read_request(data)
    village = Office(id="v1", level="村", name=request.name, series="石桥", committee=request.committee)
    assert enrolment.make_request(village, device_keys("v1")) == data
