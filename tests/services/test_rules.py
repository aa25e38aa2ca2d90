"""The county publishes settings; an office uses them between the shipped ones and its own, and none of them stops it."""

from datetime import date
from pathlib import Path

import pytest

from desktop.domain.deadline import last_day
from desktop.domain.working_days import is_working_day
from desktop.exchange import directory as directories
from desktop.exchange import keys
from desktop.exchange import rules as signed_rules
from desktop.exchange.enrolment import WrongRootKey
from desktop.exchange.rules import Content
from desktop.resources import resource
from desktop.services import county_settings, documents, hazards, letters, roles, rules
from desktop.services.desk import DATABASE, ROOT_KEY_FILE, Desk
from desktop.services.forms import forms_of
from desktop.services.root_key import OnlyTheCounty, RootKeyMissing
from desktop.services.rules import CannotPublish, Difference, FaultySettings, NothingNew, NothingToPublish
from desktop.services.working_days import days_fault, working_days
from desktop.store.keyfile import WrongPassword
from tests.domain.samples import sample
from tests.services.offices import COUNTY, PASSWORD, TOWN, copied, digest, reopened

NEW_YEAR = date(2031, 1, 1)
"""A Wednesday in a year of which the shipped table knows nothing."""

SATURDAY = date(2031, 1, 4)
DAYS = "free = [2031-01-01]\nworking = [2031-01-04]\n"


def shipped(name: str) -> str:
    return resource("forms", f"{name}.toml").read_text("utf-8")


def county_form() -> str:
    """The form of the task order with another heading."""
    text = shipped("任务单")
    assert "任务单" in text
    return text.replace("任 务 单", "县任务单") if "任 务 单" in text else f"# 县里的\n{text}"


def kinds_b() -> str:
    text = resource("letters", "presets.toml").read_text("utf-8").replace("enabled = true", "enabled = false", 1)
    start = text.index('code = "B"')
    return text[:start] + text[start:].replace("enabled = false", "enabled = true", 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Settings as a county prepares them."""
    place = tmp_path / "设置"
    (place / "forms" / "共用").mkdir(parents=True)
    (place / "letters.toml").write_text(kinds_b(), "utf-8")
    (place / "days.toml").write_bytes(b"\xef\xbb\xbf" + DAYS.replace("\n", "\r\n").encode())
    (place / "forms" / "任务单.toml").write_text(county_form(), "utf-8")
    (place / "说明.txt").write_text("不下发", "utf-8")
    return place


def carry(county: Desk, office: Desk) -> None:
    """What the owner of bundles does with the optional part `rules`."""
    sent, root = signed_rules.newest(county.database), directories.root_of(office.database)
    assert sent is not None
    assert root is not None
    signed_rules.adopt(office.database, signed_rules.verified(sent.body, sent.signature, root))
    rules.settle(office)


def test_an_office_uses_what_the_county_publishes(offices: dict[str, Desk], folder: Path) -> None:
    county, town = offices[COUNTY], offices[TOWN]
    before = [kind.name for kind in letters.kinds(town)]
    published = rules.publish(county, folder, PASSWORD)
    assert published == (1, county.now(), ["days.toml", "forms/任务单.toml", "letters.toml"], [])
    assert rules.in_force(town) is None
    carry(county, town)
    for desk in (county, town):
        assert rules.in_force(desk) == published
        assert [kind.name for kind in letters.kinds(desk)] == ["任务单", "交办单", "督办单", "提示函"] != before
        assert (working_days(desk)(NEW_YEAR), working_days(desk)(SATURDAY)) == (False, True)
        assert forms_of(desk) is forms_of(desk)
        assert documents.render(desk, sample("05"), "调解协议书").startswith(b"%PDF-")
    assert (is_working_day(NEW_YEAR), is_working_day(SATURDAY)) == (True, False)
    place = county_settings.settings_folder(town)
    assert place is not None
    assert (place / "forms" / "任务单.toml").read_text("utf-8") == county_form()
    assert (place / "days.toml").read_text("utf-8") == DAYS


def test_roles_and_names_of_hazards_come_from_the_county_too(offices: dict[str, Desk], folder: Path) -> None:
    county, town = offices[COUNTY], offices[TOWN]
    scheme = '[[scheme]]\ncode = "县"\nname = "本县方案"\nenabled = true\n[[scheme.role]]\ncode = "head"\nname = "主任"\ngroup = "1"\n'
    (folder / "roles.toml").write_text(scheme, "utf-8")
    (folder / "hazards.toml").write_text('names = ["婚恋", "邻里"]', "utf-8")
    assert {"hazards.toml", "roles.toml"} < set(rules.publish(county, folder, PASSWORD).files)
    assert (roles.scheme(town).code, hazards.names(town)[0]) == ("2+3(1)+N", "婚恋情感")
    carry(county, town)
    assert (roles.scheme(town).name, hazards.names(town)) == ("本县方案", ("婚恋", "邻里"))
    (town.folder / "roles.toml").write_text(scheme.replace("本县方案", "本镇方案"), "utf-8")
    (town.folder / "hazards.toml").write_text('names = ["其他"]', "utf-8")
    assert (roles.scheme(town).name, hazards.names(town)) == ("本镇方案", ("其他",))
    (town.folder / "hazards.toml").write_text("names = 5", "utf-8")
    assert hazards.names(town) == ("婚恋", "邻里")


def test_the_office_s_own_files_come_before_the_county_s(offices: dict[str, Desk], folder: Path) -> None:
    county, town = offices[COUNTY], offices[TOWN]
    rules.publish(county, folder, PASSWORD)
    carry(county, town)
    (town.folder / "letters.toml").write_text(resource("letters", "presets.toml").read_text("utf-8"), "utf-8")
    (town.folder / "days.toml").write_text("working = [2031-01-01]", "utf-8")
    (town.folder / "forms").mkdir()
    (town.folder / "forms" / "任务单.toml").write_text("x = ", "utf-8")
    assert "交办单" not in [kind.name for kind in letters.kinds(town)]
    assert (working_days(town)(NEW_YEAR), working_days(town)(SATURDAY)) == (True, True)
    assert len(forms_of(town).faults()) == 1
    (town.folder / "days.toml").write_text("working = 5, und mehr", "utf-8")
    assert (working_days(town)(NEW_YEAR), working_days(town)(SATURDAY)) == (False, True)
    fault = days_fault(town)
    assert fault is not None
    assert fault.endswith("。")


def test_what_publishing_would_change_is_shown_first(offices: dict[str, Desk], folder: Path) -> None:
    county = offices[COUNTY]
    assert rules.differences(county, folder) == [
        Difference("days.toml", "新增"),
        Difference("forms/任务单.toml", "新增"),
        Difference("letters.toml", "新增"),
    ]
    rules.publish(county, folder, PASSWORD)
    assert rules.differences(county, folder) == []
    with pytest.raises(NothingNew):
        rules.publish(county, folder, PASSWORD)
    (folder / "letters.toml").unlink()
    (folder / "days.toml").write_text("free = []", "utf-8")
    (folder / "forms" / "反馈单.toml").write_text(shipped("反馈单"), "utf-8")
    assert rules.differences(county, folder) == [
        Difference("days.toml", "改动"),
        Difference("forms/反馈单.toml", "新增"),
        Difference("letters.toml", "撤回"),
    ]
    assert rules.publish(county, folder, PASSWORD).number == 2
    assert "交办单" not in [kind.name for kind in letters.kinds(county)]
    assert county_settings.numbers_at(county) == [1, 2]
    (folder / "days.toml").write_text(DAYS, "utf-8")
    rules.publish(county, folder, PASSWORD)
    assert county_settings.numbers_at(county) == [2, 3]


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("letters.toml", "x = ", FaultySettings),
        ("letters.toml", "\ud800", CannotPublish),
        ("days.toml", "free = 2027", FaultySettings),
        ("days.toml", "free = [2027-01-01]\nworking = [2027-01-01]", FaultySettings),
        ("roles.toml", "[[scheme]]", FaultySettings),
        ("hazards.toml", "names = []", FaultySettings),
        ("forms/任务单.toml", "x = ", FaultySettings),
        ("forms/新单.toml", 'name = "别的"', FaultySettings),
        ("forms/a b.toml", "", CannotPublish),
        ("forms/共用/长.toml", "#" * 4_000_001, CannotPublish),
    ],
)
def test_settings_with_a_mistake_are_not_published(
    offices: dict[str, Desk], folder: Path, name: str, content: str, kind: type[Exception]
) -> None:
    county = offices[COUNTY]
    (folder / name).write_bytes(content.encode("utf-8", "surrogatepass"))
    with pytest.raises(kind, match=r"。$"):
        rules.differences(county, folder)
    with pytest.raises(kind, match=r"。$"):
        rules.publish(county, folder, PASSWORD)
    assert rules.in_force(county) is None


def test_who_may_publish_what(offices: dict[str, Desk], folder: Path, tmp_path: Path) -> None:
    county = offices[COUNTY]
    for desk, place, password, kind in (
        (offices[TOWN], folder, PASSWORD, OnlyTheCounty),
        (county, folder, "错的", WrongPassword),
        (county, tmp_path / "没有", PASSWORD, NothingToPublish),
    ):
        with pytest.raises(kind, match=r"。$"):
            rules.publish(desk, place, password)
    (county.folder / ROOT_KEY_FILE).replace(tmp_path / "钥匙")
    with pytest.raises(RootKeyMissing):
        rules.publish(county, folder, PASSWORD)
    assert rules.publish(county, folder, PASSWORD, tmp_path / "钥匙").number == 1
    with reopened(county.folder) as again, pytest.raises(NothingNew):
        rules.publish(again, folder, PASSWORD, tmp_path / "钥匙")


def adopt(desk: Desk, county: Desk, number: int, **fields: object) -> None:
    """Settings that no program of today would publish, properly signed."""
    from desktop.store import keyfile

    seed = keyfile.unwrap(county.folder / ROOT_KEY_FILE, PASSWORD, "fengqiao-root/1")
    content = Content(format=signed_rules.FORMAT, number=number, issued_at="2026-03-02", **fields)  # type: ignore[arg-type]
    one = signed_rules.sign(content, seed)
    signed_rules.adopt(desk.database, signed_rules.verified(one.body, one.signature, keys.verify_key(seed)))
    rules.settle(desk)


def test_bad_settings_stop_no_office(offices: dict[str, Desk]) -> None:
    county, town = offices[COUNTY], offices[TOWN]
    kinds = letters.kinds(town)
    forms = {"任务单.toml": "x = ", "新单.toml": "y = [", "反馈单.toml": f"# 县里的\n{shipped('反馈单')}"}
    adopt(town, county, 7, letter_kinds="x = ", days="free = 5", roles="x", hazards="y", forms=forms)
    found = rules.in_force(town)
    assert found is not None
    assert found.number == 7
    assert found.files == ["forms/反馈单.toml"]
    assert len(found.left_out) == 6
    assert all(sentence.endswith("。") for sentence in found.left_out)
    assert letters.kinds(town) == kinds
    assert (roles.scheme(town).code, hazards.names(town)[0]) == ("2+3(1)+N", "婚恋情感")
    assert forms_of(town).faults() == []
    assert forms_of(town).form("任务单").name == "任务单"
    assert working_days(town)(NEW_YEAR)


def test_shared_parts_that_break_the_program_s_forms_are_left_out(offices: dict[str, Desk]) -> None:
    names = [path.name for path in resource("forms", "共用").glob("*.toml")]
    adopt(offices[TOWN], offices[COUNTY], 1, forms={f"共用/{name}": "x = " for name in names})
    assert forms_of(offices[TOWN]).faults() == []
    found = rules.in_force(offices[TOWN])
    assert found is not None
    assert (found.files, len(found.left_out)) == ([], len(names))


def test_settings_of_a_newer_program_leave_the_earlier_ones_in_force(offices: dict[str, Desk], folder: Path) -> None:
    county, town = offices[COUNTY], offices[TOWN]
    rules.publish(county, folder, PASSWORD)
    carry(county, town)
    before = rules.in_force(town)
    adopt(town, county, 2, forms={"../../x.toml": ""})
    assert rules.in_force(town) == before
    assert county_settings.numbers_at(town) == [1]


def test_settings_are_laid_out_at_the_next_opening_where_the_disk_was_full(tree: Path, tmp_path: Path, folder: Path) -> None:
    folders = copied(tree, tmp_path)
    with reopened(folders[COUNTY]) as county:
        (county.folder / county_settings.FOLDER).write_bytes(b"")  # nothing can be laid out here
        rules.publish(county, folder, PASSWORD)
        assert "交办单" not in [kind.name for kind in letters.kinds(county)]
    (folders[COUNTY] / county_settings.FOLDER).unlink()
    with reopened(folders[COUNTY]) as county:
        assert "交办单" in [kind.name for kind in letters.kinds(county)]
    before = digest(folders[COUNTY] / county_settings.FOLDER)
    reopened(folders[COUNTY]).close()
    assert digest(folders[COUNTY] / county_settings.FOLDER) == before


def test_a_county_that_was_restored_goes_on_from_what_its_key_signed(tree: Path, tmp_path: Path, folder: Path) -> None:
    folders = copied(tree, tmp_path)
    before = (folders[COUNTY] / DATABASE).read_bytes()
    with reopened(folders[COUNTY]) as county:
        rules.publish(county, folder, PASSWORD)
    (folders[COUNTY] / DATABASE).write_bytes(before)
    (folder / "letters.toml").unlink()
    with reopened(folders[COUNTY]) as county:
        assert "交办单" not in [kind.name for kind in letters.kinds(county)]
        assert county_settings.numbers_at(county) == []
        assert rules.publish(county, folder, PASSWORD).number == 2


def test_the_root_key_of_another_county(offices: dict[str, Desk], folder: Path, tmp_path: Path) -> None:
    from tests.services.offices import new_office

    with new_office(tmp_path / "别县", "县", "别的县") as other, pytest.raises(WrongRootKey):
        rules.publish(offices[COUNTY], folder, PASSWORD, other.folder / ROOT_KEY_FILE)


def test_the_county_s_days_move_a_deadline(offices: dict[str, Desk], folder: Path) -> None:
    county = offices[COUNTY]
    rules.publish(county, folder, PASSWORD)
    assert last_day(date(2030, 12, 2), 30, is_working_day) == NEW_YEAR
    assert last_day(date(2030, 12, 2), 30, working_days(county)) == date(2031, 1, 2)
