import errno
import json
import os
from pathlib import Path

import msgspec
import pytest

from desktop.domain.case_file import write_case
from desktop.domain.refused import Refused
from desktop.exchange import have_list, keys
from desktop.exchange.bundle import MAX_FILE, Address, Contents, write
from desktop.exchange.device import UnknownStation
from desktop.exchange.envelope import BundleDamaged, NotForUs
from desktop.exchange.have_list import EMPTY, Head
from desktop.exchange.receiving import UnknownSender
from desktop.exchange.sending import NoReceiver
from desktop.services import cases, conflicts, enrolment, exchange, handover, past
from desktop.services.cases import UnreadableFile
from desktop.services.desk import Desk
from desktop.services.exchange import TakenIn, TooLarge
from desktop.store.files import CannotWrite
from tests.domain.samples import PATHS, document
from tests.exchange.computers import BOOKS
from tests.services.offices import COUNTY, PASSWORD, STONE, TOWN, WILLOW, new_office
from tests.store.dump import dump

Offices = dict[str, Desk]


def _carry(offices: Offices, sender: str, receiver: str, stick: Path) -> TakenIn:
    return exchange.take_in(offices[receiver], exchange.export(offices[sender], receiver, stick).paths[0])


def _all(desk: Desk) -> dict[str, object]:
    """Every case of the office, field by field; what was seen last is each office's own matter."""
    return {row.id: msgspec.structs.replace(cases.load(desk, row.id), seen=()) for row in cases.rows(desk, limit=-1)}


def test_the_county_sees_the_same_cases(offices: Offices, tmp_path: Path) -> None:
    for code, numbers in ((STONE, ("01", "03")), (WILLOW, ("02", "04", "05"))):
        cases.register_files(offices[code], [PATHS[number] for number in numbers])
        done = exchange.export(offices[code], TOWN, tmp_path)
        assert (done.receiver, done.cases, done.changes) == ("青石镇综治中心", len(numbers), len(numbers))
        assert done.paths[0].stat().st_size == done.size
        taken = exchange.take_in(offices[TOWN], done.paths[0])
        assert (taken.changes, taken.waiting, taken.already_known, len(taken.new_cases)) == (len(numbers), 0, False, len(numbers))
    taken = _carry(offices, TOWN, COUNTY, tmp_path)
    assert (taken.sender, taken.changes) == ("青石镇综治中心", 5)
    assert _all(offices[COUNTY]) == _all(offices[TOWN]) == _all(offices[STONE]) | _all(offices[WILLOW])
    written = [json.loads(write_case(cases.load(offices[COUNTY], row.id))) for row in cases.rows(offices[COUNTY], limit=-1)]
    assert sorted(written, key=json.dumps) == sorted((document(number) for number in PATHS), key=json.dumps)


def test_a_village_does_not_see_the_other(offices: Offices, tmp_path: Path) -> None:
    cases.register_files(offices[STONE], [PATHS["03"]])
    _carry(offices, STONE, TOWN, tmp_path)
    _carry(offices, WILLOW, TOWN, tmp_path)  # it brings the directory in which the village is
    _carry(offices, TOWN, WILLOW, tmp_path)
    assert cases.count(offices[WILLOW]) == 0


def test_a_lost_stick_is_made_good_by_the_next(offices: Offices, tmp_path: Path) -> None:
    cases.register_files(offices[STONE], [PATHS["01"]])
    lost = exchange.export(offices[STONE], TOWN, tmp_path)
    cases.register_files(offices[STONE], [PATHS["03"]])
    taken = _carry(offices, STONE, TOWN, tmp_path)
    assert taken.changes == lost.changes + 1
    assert _all(offices[TOWN]) == _all(offices[STONE])
    late = exchange.take_in(offices[TOWN], lost.paths[0])
    assert (late.changes, late.cases, late.already_known) == (0, [], False)


def test_twice_is_once(offices: Offices, tmp_path: Path) -> None:
    cases.register_files(offices[STONE], [PATHS["01"]])
    path = exchange.export(offices[STONE], TOWN, tmp_path).paths[0]
    exchange.take_in(offices[TOWN], path)
    before = dump(offices[TOWN].database, without=("bundles",))
    again = exchange.take_in(offices[TOWN], path)
    assert (again.changes, again.cases, again.already_known) == (0, [], True)
    assert dump(offices[TOWN].database, without=("bundles",)) == before


def test_what_the_receiver_showed_to_have_is_not_sent_again(offices: Offices, tmp_path: Path) -> None:
    cases.register_files(offices[STONE], [PATHS["01"]])
    _carry(offices, STONE, TOWN, tmp_path)
    _carry(offices, TOWN, STONE, tmp_path)
    assert exchange.export(offices[STONE], TOWN, tmp_path).changes == 0


def test_an_order_goes_down_and_its_answer_comes_up(offices: Offices, tmp_path: Path) -> None:
    (registered,) = cases.register_files(offices[STONE], [PATHS["03"]])
    for sender, receiver in ((STONE, TOWN), (TOWN, COUNTY)):
        _carry(offices, sender, receiver, tmp_path)
    handover.assign(offices[COUNTY], cases.load(offices[COUNTY], registered.id), WILLOW)
    for sender, receiver in ((COUNTY, TOWN), (TOWN, WILLOW)):
        _carry(offices, sender, receiver, tmp_path)
    case = cases.load(offices[WILLOW], registered.id)
    cases.save(offices[WILLOW], case, msgspec.structs.replace(case, place="两村之间"))
    for sender, receiver in ((WILLOW, TOWN), (TOWN, COUNTY), (TOWN, STONE)):
        _carry(offices, sender, receiver, tmp_path)
    assert {cases.load(offices[code], registered.id).place for code in (STONE, TOWN, COUNTY)} == {"两村之间"}
    told = [(event.office, event.text) for event in past.timeline(offices[COUNTY], registered.id)]
    assert told == [("石桥村", "登记纠纷"), ("云溪县综治中心", "请柳林村协办"), ("柳林村", "修改发生地点")]


def test_what_two_offices_wrote_stands_side_by_side(offices: Offices, tmp_path: Path) -> None:
    (registered,) = cases.register_files(offices[STONE], [PATHS["03"]])
    _carry(offices, STONE, TOWN, tmp_path)
    for code, place in ((STONE, "田埂东"), (TOWN, "田埂西")):
        case = cases.load(offices[code], registered.id)
        cases.save(offices[code], case, msgspec.structs.replace(case, place=place))
    _carry(offices, STONE, TOWN, tmp_path)
    _carry(offices, TOWN, STONE, tmp_path)
    for code in (STONE, TOWN):
        (conflict,) = conflicts.conflicts(offices[code], registered.id)
        assert conflict.label == "发生地点"
        assert {(version.written[0].office, version.text) for version in conflict.versions} == {
            ("石桥村", "田埂东"),
            ("青石镇综治中心", "田埂西"),
        }
    assert _all(offices[STONE]) == _all(offices[TOWN])


def _refused(desk: Desk, path: Path, kind: type[Refused]) -> None:
    """One sentence, and not a row of the database changed."""
    before = dump(desk.database)
    with pytest.raises(kind) as caught:
        exchange.take_in(desk, path)
    assert str(caught.value).endswith("。")
    assert str(caught.value).count("。") == 1
    assert dump(desk.database) == before


@pytest.fixture
def bundle(offices: Offices, tmp_path: Path) -> Path:
    """A good bundle from 石桥村 to 青石镇."""
    cases.register_files(offices[STONE], [PATHS["03"], PATHS["05"]])
    return exchange.export(offices[STONE], TOWN, tmp_path).paths[0]


def test_a_cut_bundle_is_refused(offices: Offices, bundle: Path) -> None:
    data = bundle.read_bytes()
    for length in (0, 1, 20, 100, 200, len(data) // 2, len(data) - 16, len(data) - 1):
        bundle.write_bytes(data[:length])
        _refused(offices[TOWN], bundle, Refused)
    bundle.write_bytes(data + b"x")
    _refused(offices[TOWN], bundle, BundleDamaged)
    bundle.write_bytes(data)
    assert exchange.take_in(offices[TOWN], bundle).changes == 2


def test_a_bundle_with_a_wrong_byte_is_refused(offices: Offices, bundle: Path) -> None:
    data = bundle.read_bytes()
    for place in (0, 10, 30, 60, 100, 150, 190, 200, 250, len(data) // 2, len(data) - 1):
        damaged = bytearray(data)
        damaged[place] ^= 1
        bundle.write_bytes(damaged)
        _refused(offices[TOWN], bundle, Refused)


def test_a_bundle_for_another_office_is_refused(offices: Offices, bundle: Path) -> None:
    for code in (WILLOW, COUNTY, STONE):
        _refused(offices[code], bundle, NotForUs)


def test_a_bundle_from_an_office_that_the_county_never_approved_is_refused(offices: Offices, tmp_path: Path) -> None:
    """The office is enrolled, but with another county that took our keys into its directory."""
    town = offices[TOWN]
    with new_office(tmp_path / "别县", "县", "别的县") as other:
        enrolment.request(town, tmp_path / "申请")
        enrolment.approve(other, tmp_path / "申请", "1", "县", tmp_path / "批准", passphrase=PASSWORD)
        cases.register_files(other, [PATHS["01"]])
        path = exchange.export(other, "1", tmp_path).paths[0]
    _refused(town, path, Refused)


def test_a_bundle_from_an_unknown_computer_is_refused(offices: Offices, tmp_path: Path) -> None:
    """A village of our county that the township's directory does not know yet, in a bundle that brings no directory along."""
    town = offices[TOWN].member()
    stranger = keys.generate()
    sender, receiver = keys.public(stranger).device, keys.public(town.keys).recipient
    address = Address(sender, offices[STONE].office.id, town.station.id, (town.device,), "2026-03-02T09:30:00+08:00", 1)
    head = Head(b"", EMPTY, ())
    contents = Contents({"changes": [], "have": list(have_list.pack(head, []))}, 0, [])
    path = tmp_path / "陌生.fqb"
    with path.open("wb") as file:
        write(address, contents, str.encode, stranger.seed, [receiver], file)
    _refused(offices[TOWN], path, UnknownSender)


@pytest.mark.parametrize("content", [b"", b"hello", b"age-encryption.org/v1\n", b"PK\x03\x04" * 1000])
def test_what_is_no_bundle_is_refused(offices: Offices, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "照片.fqb").write_bytes(content)
    _refused(offices[TOWN], tmp_path / "照片.fqb", Refused)


def test_a_file_that_is_not_there_or_too_large_is_refused(offices: Offices, tmp_path: Path) -> None:
    _refused(offices[TOWN], tmp_path / "没有.fqb", UnreadableFile)
    _refused(offices[TOWN], tmp_path, UnreadableFile)
    with (tmp_path / "大.fqb").open("wb") as file:
        file.truncate(MAX_FILE + 1)
    _refused(offices[TOWN], tmp_path / "大.fqb", TooLarge)


def test_two_exports_in_one_second_are_two_files(offices: Offices, tmp_path: Path) -> None:
    paths = {exchange.export(offices[STONE], TOWN, tmp_path).paths[0] for _ in range(3)}
    assert len(paths) == 3


def test_an_export_makes_its_folder_but_not_the_folders_above(offices: Offices, tmp_path: Path) -> None:
    assert exchange.export(offices[STONE], TOWN, tmp_path / "交 换").paths[0].parent.name == "交 换"
    with pytest.raises(CannotWrite, match=r"。$"):
        exchange.export(offices[STONE], TOWN, tmp_path / "没有" / "更没有")


@pytest.mark.parametrize(("to", "kind"), [(STONE, NoReceiver), ("999", UnknownStation), ("", UnknownStation)])
def test_nobody_to_export_to(offices: Offices, tmp_path: Path, to: str, kind: type[Refused]) -> None:
    folder = tmp_path / "U盘"
    folder.mkdir()
    with pytest.raises(kind, match=r"。$"):
        exchange.export(offices[STONE], to, folder)
    assert list(folder.iterdir()) == []


def test_a_full_stick_keeps_nothing_of_the_bundle(offices: Offices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    cases.register_files(offices[STONE], [PATHS["03"]])
    folder = tmp_path / "U盘"
    folder.mkdir()
    before = dump(offices[STONE].database, without=BOOKS)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(CannotWrite, match="磁盘已满"):
            exchange.export(offices[STONE], TOWN, folder)
    assert list(folder.iterdir()) == []
    assert dump(offices[STONE].database, without=BOOKS) == before
    assert exchange.plan(offices[STONE], TOWN).changes == 1
    assert _carry(offices, STONE, TOWN, folder).changes == 1


def test_an_office_further_above_gets_the_cases_at_the_first_time(offices: Offices, tmp_path: Path) -> None:
    cases.register_files(offices[STONE], [PATHS["01"], PATHS["03"]])
    assert exchange.plan(offices[STONE], COUNTY).cases == 2
    taken = _carry(offices, TOWN, COUNTY, tmp_path)
    assert taken.changes == 0
    assert len(_carry(offices, STONE, COUNTY, tmp_path).new_cases) == 2
