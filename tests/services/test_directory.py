"""The county sees who is approved, renames and moves offices, and takes computers out of service."""

from pathlib import Path

import pytest

from desktop.exchange.directory import UnknownComputer
from desktop.exchange.enrolment import CannotApprove
from desktop.services import directory, enrolment, exchange
from desktop.services.desk import ROOT_KEY_FILE, Desk
from desktop.services.directory import Computer, RevokedAlready, RevokesItself
from desktop.services.root_key import OnlyTheCounty, RootKeyMissing
from desktop.store.keyfile import WrongPassword
from tests.services.offices import COUNTY, PASSWORD, STONE, TOWN, TREE, WILLOW, new_office
from tests.store.dump import dump


def computer(desk: Desk, code: str) -> Computer:
    return next(one for one in directory.devices(desk) if one.code == code)


def test_everybody_is_listed(offices: dict[str, Desk]) -> None:
    found = directory.devices(offices[COUNTY])
    places = [(one.code, one.office, one.level, one.parent) for one in found]
    assert places == [(code, place.name, place.level, place.above) for code, place in TREE.items()]
    assert len({one.fingerprint for one in found}) == 4
    assert [one.this_one for one in found] == [code == COUNTY for code in TREE]
    assert [one.code for one in directory.devices(offices[TOWN])] == [COUNTY, TOWN]  # what it was told when it joined
    assert {(one.block, one.revoked, one.last_heard) for one in found} == {(0, False, None)}


def test_a_revoked_computer_is_out_of_the_exchange(offices: dict[str, Desk], tmp_path: Path) -> None:
    county, stone = offices[COUNTY], computer(offices[COUNTY], STONE)
    number = county.member().directory.number
    revoked = directory.revoke(county, stone.fingerprint.lower().replace("-", " "), PASSWORD)
    assert revoked == stone._replace(revoked=True)
    assert county.member().directory.number == number + 1
    assert county.member().directory.devices_of(offices[STONE].member().station.id) == []
    with pytest.raises(RevokedAlready, match=r"。$"):
        directory.revoke(county, stone.fingerprint, PASSWORD)


def test_what_cannot_be_revoked(offices: dict[str, Desk], tmp_path: Path) -> None:
    county = offices[COUNTY]
    stone, own = computer(county, STONE).fingerprint, computer(county, COUNTY).fingerprint
    before = dump(county.database)
    for desk, fingerprint, password, kind in (
        (county, own, PASSWORD, RevokesItself),
        (county, "AAAA-BBBB-CCCC", PASSWORD, UnknownComputer),
        (county, stone, "错的", WrongPassword),
        (offices[TOWN], stone, PASSWORD, OnlyTheCounty),
    ):
        with pytest.raises(kind, match=r"。$"):
            directory.revoke(desk, fingerprint, password)
    (county.folder / ROOT_KEY_FILE).replace(tmp_path / "钥匙")
    with pytest.raises(RootKeyMissing):
        directory.revoke(county, stone, PASSWORD)
    assert dump(county.database) == before
    assert directory.revoke(county, stone, PASSWORD, tmp_path / "钥匙").revoked


def test_a_county_computer_is_revoked_at_another_one(offices: dict[str, Desk], tmp_path: Path) -> None:
    first = offices[COUNTY]
    with new_office(tmp_path / "二", "县", "云溪县") as second:
        enrolment.request(second, tmp_path / "另")
        enrolment.approve(first, tmp_path / "另", COUNTY, "", tmp_path / "准", passphrase=PASSWORD, another=True)
        enrolment.accept(second, tmp_path / "准")
        (one, two) = (one for one in directory.devices(second) if one.code == COUNTY)
        assert (one.this_one, two.this_one, one.block, two.block) == (False, True, 0, 1)
        assert directory.revoke(second, one.fingerprint, PASSWORD, first.folder / ROOT_KEY_FILE).revoked
        with pytest.raises(RevokesItself):
            directory.revoke(second, two.fingerprint, PASSWORD, first.folder / ROOT_KEY_FILE)


def test_an_office_gets_another_name_and_another_office_above_it(offices: dict[str, Desk]) -> None:
    county = offices[COUNTY]
    directory.change(county, STONE, PASSWORD, name=" 石桥社区 ")
    assert computer(county, STONE).office == "石桥社区"
    directory.change(county, STONE, PASSWORD, parent=COUNTY)
    stone = computer(county, STONE)
    assert (stone.office, stone.parent) == ("石桥社区", COUNTY)
    assert STONE in {partner.code for partner in exchange.partners(county)}
    for name, parent in ((" ", None), (None, WILLOW)):
        with pytest.raises(CannotApprove, match=r"。$"):
            directory.change(county, STONE, PASSWORD, name=name, parent=parent)
