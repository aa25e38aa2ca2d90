from pathlib import Path
from unittest.mock import ANY

import msgspec
import pytest

from desktop.domain.refused import Refused
from desktop.exchange.device import NotEnrolled, UnknownStation
from desktop.exchange.directory import UnknownComputer, UntrustedDirectory
from desktop.exchange.enrolment import AlreadyAtWork, Approval, BadApproval, BadRequest, CannotApprove, WrongRootKey
from desktop.services import cases, directory, enrolment, exchange
from desktop.services.cases import UnreadableFile
from desktop.services.desk import DATABASE, ROOT_KEY_FILE, Desk
from desktop.services.enrolment import WrongFingerprint
from desktop.services.root_key import ISSUED_FILE, OnlyTheCounty, RootKeyMissing
from desktop.store.files import CannotWrite
from desktop.store.keyfile import WrongPassword
from tests.domain.samples import sample
from tests.services.offices import COUNTY, PASSWORD, STONE, TOWN, TREE, WILLOW, copied, new_office, reopened
from tests.store.dump import dump


def test_village_township_and_county_know_each_other(offices: dict[str, Desk]) -> None:
    for code, place in TREE.items():
        desk = offices[code]
        assert desk.office.code == desk.member().station.code == code
        assert desk.office.name == place.name
    assert [partner.code for partner in exchange.partners(offices[COUNTY])] == [TOWN]
    assert exchange.partners(offices[STONE]) == [exchange.Partner(TOWN, "青石镇综治中心")]


def test_both_sides_see_the_same_letters(offices: dict[str, Desk], tmp_path: Path) -> None:
    with new_office(tmp_path / "新", name="新村") as village:
        read_out = enrolment.request(village, tmp_path / "申请")
        assert enrolment.read_request(tmp_path / "申请").fingerprint == read_out
        spoken = read_out.lower().replace("-", " ")
        approved = enrolment.approve(
            offices[COUNTY], tmp_path / "申请", "203", TOWN, tmp_path / "批准", passphrase=PASSWORD, fingerprint=spoken
        )
        accepted = enrolment.accept(village, tmp_path / "批准")
        assert approved == ("新村", "203", read_out)
        assert accepted[:3] == ("新村", "203", "云溪县综治中心")
        assert enrolment.accept(village, tmp_path / "批准") == accepted
        assert village.office.code == "203"


def test_the_same_office_may_be_approved_again_with_another_code(offices: dict[str, Desk], tmp_path: Path) -> None:
    village = offices[STONE]
    enrolment.request(village, tmp_path / "申请")
    enrolment.approve(offices[COUNTY], tmp_path / "申请", "299", TOWN, tmp_path / "批准", passphrase=PASSWORD)
    assert enrolment.accept(village, tmp_path / "批准").code == "299"
    assert village.office.code == "299"


def test_an_office_that_is_not_enrolled_does_not_exchange(desk: Desk, tmp_path: Path) -> None:
    for do in (lambda: exchange.export(desk, TOWN, tmp_path), lambda: exchange.partners(desk)):
        with pytest.raises(NotEnrolled, match=r"。$"):
            do()


def _refused(desk: Desk, kind: type[Refused], place: Path, **changes: object) -> None:
    """Approve what lies at 申请 in another way, which is refused with nothing changed."""
    arguments = {"code": "203", "parent": TOWN, "passphrase": PASSWORD, "fingerprint": None, "root": None} | changes
    code, parent = str(arguments.pop("code")), str(arguments.pop("parent"))
    before = dump(desk.database)
    with pytest.raises(kind) as caught:
        enrolment.approve(desk, place / "申请", code, parent, place / "批准", **arguments)  # type: ignore[arg-type]
    assert str(caught.value).endswith("。")
    assert dump(desk.database) == before
    assert not (place / "批准").exists()


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    """A folder with the enrolment file of a new village."""
    with new_office(tmp_path / "新", name="新村") as village:
        enrolment.request(village, tmp_path / "申请")
    return tmp_path


def test_what_the_county_does_not_approve(offices: dict[str, Desk], asked: Path) -> None:
    county = offices[COUNTY]
    _refused(county, WrongFingerprint, asked, fingerprint="AAAA-BBBB-CCCC")
    _refused(county, WrongFingerprint, asked, fingerprint="")
    _refused(county, WrongPassword, asked, passphrase="错的")
    _refused(county, CannotApprove, asked, code=STONE)
    _refused(county, CannotApprove, asked, code="  ")
    _refused(county, CannotApprove, asked, code=" 203")
    _refused(county, CannotApprove, asked, parent=WILLOW)
    _refused(county, UnknownStation, asked, parent="999")
    _refused(county, RootKeyMissing, asked, root=asked / "没有.key")
    _refused(offices[TOWN], OnlyTheCounty, asked)
    (county.folder / ROOT_KEY_FILE).replace(asked / "钥匙")
    _refused(county, RootKeyMissing, asked)
    enrolment.approve(county, asked / "申请", "203", TOWN, asked / "批准", passphrase=PASSWORD, root=asked / "钥匙")


@pytest.mark.parametrize("damage", [b"", b"{}", b"x" * 50, b"[" * 5000, "申请".encode("gb18030")])
def test_a_file_that_is_no_request(offices: dict[str, Desk], asked: Path, damage: bytes) -> None:
    (asked / "申请").write_bytes(damage)
    _refused(offices[COUNTY], BadRequest, asked)


def test_a_request_that_somebody_changed(offices: dict[str, Desk], asked: Path) -> None:
    text = (asked / "申请").read_text(encoding="utf-8")
    (asked / "申请").write_text(text.replace("新村", "老村"), encoding="utf-8")
    _refused(offices[COUNTY], BadRequest, asked)
    (asked / "申请").unlink()
    _refused(offices[COUNTY], UnreadableFile, asked)


def test_where_the_approval_cannot_be_written_nobody_is_approved(offices: dict[str, Desk], asked: Path) -> None:
    county = offices[COUNTY]
    before = dump(county.database)
    with pytest.raises(CannotWrite):
        enrolment.approve(county, asked / "申请", "203", TOWN, asked / "没有" / "批准", passphrase=PASSWORD)
    assert dump(county.database) == before


def _not_accepted(desk: Desk, path: Path, kind: type[Refused]) -> None:
    before = dump(desk.database)
    with pytest.raises(kind) as caught:
        enrolment.accept(desk, path)
    assert str(caught.value).endswith("。")
    assert dump(desk.database) == before


def test_what_no_office_accepts(offices: dict[str, Desk], asked: Path, desk: Desk) -> None:
    path = asked / "批准"
    enrolment.approve(offices[COUNTY], asked / "申请", "203", TOWN, path, passphrase=PASSWORD)
    _not_accepted(desk, path, BadApproval)  # the approval of another village
    text = path.read_text(encoding="utf-8")
    for damaged in ("", "{}", text[:-20], (asked / "申请").read_text(encoding="utf-8")):
        (asked / "坏").write_text(damaged, encoding="utf-8")
        _not_accepted(desk, asked / "坏", BadApproval)
    _not_accepted(desk, asked / "没有", UnreadableFile)
    _not_accepted(desk, asked, UnreadableFile)


def test_another_county_cannot_take_an_office_over(offices: dict[str, Desk], tmp_path: Path) -> None:
    village = offices[STONE]
    with new_office(tmp_path / "别县", "县", "别的县") as other:
        enrolment.request(village, tmp_path / "申请")
        enrolment.approve(other, tmp_path / "申请", "1", "县", tmp_path / "批准", passphrase=PASSWORD)
    _not_accepted(village, tmp_path / "批准", BadApproval)


def test_an_approval_whose_directory_somebody_changed(offices: dict[str, Desk], asked: Path) -> None:
    path = asked / "批准"
    enrolment.approve(offices[COUNTY], asked / "申请", "203", TOWN, path, passphrase=PASSWORD)
    approval = msgspec.json.decode(path.read_bytes(), type=Approval)
    forged = approval.directory.replace("新村".encode(), "老村".encode())
    assert forged != approval.directory
    path.write_bytes(msgspec.json.encode(msgspec.structs.replace(approval, directory=forged)))
    with new_office(asked / "另", name="新村") as desk:
        _not_accepted(desk, path, UntrustedDirectory)


# --- another computer of an office -----------------------------------------------------------------------------------------------------


def _another(county: Desk, of: str, new: Desk, place: Path, replaces: str | None = None) -> str:
    """Set the new desk up as another computer of the office with the code; returns its fingerprint in the list."""
    enrolment.request(new, place / "另", joins=of)
    assert enrolment.read_request(place / "另").joins == of
    approved = enrolment.approve(county, place / "另", of, "", place / "准", passphrase=PASSWORD, another=True, replaces=replaces)
    assert approved.code == enrolment.accept(new, place / "准").code == of
    return next(one.fingerprint for one in directory.devices(new) if one.this_one)


def test_another_computer_becomes_the_office(offices: dict[str, Desk], tmp_path: Path) -> None:
    first = offices[STONE]
    with new_office(tmp_path / "二", name="石桥") as second:
        _another(offices[COUNTY], STONE, second, tmp_path)
        office = msgspec.structs.replace(first.office, committee=second.office.committee)
        assert second.office == office
        assert second.member().station == offices[COUNTY].member().directory.by_code[STONE]
        case = sample("05")
        assert cases.register(second, case).number.endswith("人调字第5001号")
        assert cases.register(first, case).number.endswith("人调字第1号")
        assert enrolment.accept(second, tmp_path / "准").code == STONE
        assert cases.register(second, case).number.endswith("人调字第5002号")
    with reopened(tmp_path / "二") as again:
        assert again.office == office


def test_a_computer_at_work_stays_what_it_is(offices: dict[str, Desk], tmp_path: Path) -> None:
    with new_office(tmp_path / "二", name="石桥") as second:
        enrolment.request(second, tmp_path / "另", joins=STONE)
        enrolment.approve(offices[COUNTY], tmp_path / "另", STONE, "", tmp_path / "准", passphrase=PASSWORD, another=True)
        cases.register(second, sample("05"))
        _not_accepted(second, tmp_path / "准", AlreadyAtWork)


def test_a_broken_computer_is_replaced(offices: dict[str, Desk], tmp_path: Path) -> None:
    county = offices[COUNTY]
    (old,) = (one for one in directory.devices(county) if one.code == STONE)
    with new_office(tmp_path / "二") as second:
        _another(county, STONE, second, tmp_path, replaces=old.fingerprint.lower())
        assert [one.revoked for one in directory.devices(second) if one.code == STONE] == [True, False]
    with new_office(tmp_path / "三") as third:
        enrolment.request(third, tmp_path / "另")
        for replaces, kind in ((old.fingerprint, CannotApprove), ("AAAA", UnknownComputer)):
            with pytest.raises(kind):
                enrolment.approve(county, tmp_path / "另", STONE, "", tmp_path / "无", passphrase=PASSWORD, another=True, replaces=replaces)
        _another(county, STONE, third, tmp_path)
        assert cases.register(third, sample("05")).number.endswith("第10001号")


def test_the_county_has_a_second_computer_with_the_same_root_key(offices: dict[str, Desk], tmp_path: Path) -> None:
    """However it was set up; and what the first one approved meanwhile is known from the stick with the root key."""
    first, stick = offices[COUNTY], tmp_path / "U盘"
    stick.mkdir()
    (first.folder / ROOT_KEY_FILE).replace(stick / ROOT_KEY_FILE)
    key = stick / ROOT_KEY_FILE
    with new_office(tmp_path / "二", "县", "云溪县") as second:
        enrolment.request(second, tmp_path / "另", joins="云溪县")
        enrolment.approve(first, tmp_path / "另", COUNTY, "", tmp_path / "准", passphrase=PASSWORD, another=True, root=key)
        assert enrolment.accept(second, tmp_path / "准") == (TREE[COUNTY].name, COUNTY, TREE[COUNTY].name, ANY)
        assert second.office.level == "县"
        assert not (second.folder / ROOT_KEY_FILE).exists()
        for at, code in ((first, "203"), (second, "204"), (first, "205")):
            with new_office(tmp_path / code, name=code) as village:
                enrolment.request(village, tmp_path / "申请")
                enrolment.approve(at, tmp_path / "申请", code, TOWN, tmp_path / "批准", passphrase=PASSWORD, root=key)
        assert {"203", "204", "205"} <= {one.code for one in directory.devices(first)}
        wrong = tmp_path / "二" / f"{ROOT_KEY_FILE}.old1"
        with pytest.raises(WrongRootKey):
            enrolment.approve(second, tmp_path / "申请", "205", TOWN, tmp_path / "批准", passphrase=PASSWORD, root=wrong)


def test_a_county_with_offices_of_its_own_does_not_join_another(offices: dict[str, Desk], tmp_path: Path) -> None:
    with new_office(tmp_path / "别县", "县", "别的县") as other:
        with new_office(tmp_path / "新", name="新村") as village:
            enrolment.request(village, tmp_path / "申请")
            enrolment.approve(other, tmp_path / "申请", "1", "县", tmp_path / "批准", passphrase=PASSWORD)
        enrolment.request(other, tmp_path / "另")
        enrolment.approve(offices[COUNTY], tmp_path / "另", COUNTY, "", tmp_path / "准", passphrase=PASSWORD, another=True)
        _not_accepted(other, tmp_path / "准", BadApproval)


def test_a_county_that_was_restored_goes_on_from_what_its_key_signed(tree: Path, tmp_path: Path, asked: Path) -> None:
    """Otherwise it would sign a second directory of the same number, and everybody who has the first would refuse it."""
    folders = copied(tree, tmp_path)
    before = (folders[COUNTY] / DATABASE).read_bytes()
    with reopened(folders[COUNTY]) as county:
        enrolment.approve(county, asked / "申请", "203", TOWN, asked / "批准", passphrase=PASSWORD)
        number = county.member().directory.number
    (folders[COUNTY] / DATABASE).write_bytes(before)
    with reopened(folders[COUNTY]) as county:
        assert county.member().directory.number == number - 1
        with new_office(tmp_path / "另", name="另村") as village:
            enrolment.request(village, tmp_path / "申请二")
        enrolment.approve(county, tmp_path / "申请二", "204", TOWN, asked / "批准", passphrase=PASSWORD)
        assert county.member().directory.number == number + 1
        assert {"203", "204"} <= {one.code for one in directory.devices(county)}


@pytest.mark.parametrize("beside", [b"", b"{}", b"x", b'{"directory":["AAAA","AAAA"]}', b'{"settings":[9,"gaA=","AAAA"]}'])
def test_rubbish_beside_the_root_key_harms_nobody(offices: dict[str, Desk], asked: Path, beside: bytes) -> None:
    county = offices[COUNTY]
    (county.folder / ISSUED_FILE).write_bytes(beside)
    enrolment.approve(county, asked / "申请", "203", TOWN, asked / "批准", passphrase=PASSWORD)
    assert "203" in county.member().directory.by_code
