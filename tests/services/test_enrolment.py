from pathlib import Path

import msgspec
import pytest

from desktop.domain.refused import Refused
from desktop.exchange.device import NotEnrolled, UnknownStation
from desktop.exchange.directory import UntrustedDirectory
from desktop.exchange.enrolment import Approval, BadApproval, BadRequest, CannotApprove
from desktop.services import enrolment, exchange
from desktop.services.cases import UnreadableFile
from desktop.services.desk import ROOT_KEY_FILE, Desk
from desktop.services.enrolment import OnlyTheCounty, RootKeyMissing, WrongFingerprint
from desktop.store.files import CannotWrite
from desktop.store.keyfile import WrongPassword
from tests.services.offices import COUNTY, PASSWORD, STONE, TOWN, TREE, WILLOW, new_office
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
