"""The county's list of offices and computers, another computer of an office, and taking one out of service."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.services import directory, enrolment
from desktop.services.desk import ROOT_KEY_FILE, Desk
from desktop.ui.ask import Asker
from desktop.ui.context import Context, Notice
from desktop.ui.settings.directory_box import DirectoryBox
from desktop.ui.settings.enrolment_box import EnrolmentBox
from desktop.ui.worker import Worker
from tests.services.offices import COUNTY, PASSWORD, STONE, TREE, WILLOW, found_tree, new_office, reopened
from tests.ui.hands import Answers


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("tree")
    found_tree(place)
    return place


@pytest.fixture
def county(tree: Path, tmp_path: Path) -> Iterator[Desk]:
    import shutil

    with reopened(Path(shutil.copytree(tree / COUNTY, tmp_path / COUNTY))) as desk:
        yield desk


def context_of(desk: Desk, asker: Asker) -> Context:
    return Context(desk, asker, Worker())


@pytest.fixture
def holder(qtbot: QtBot) -> QWidget:
    """A window that is never shown."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def notice() -> Notice:
    return Notice()


@pytest.fixture
def box(holder: QWidget, county: Desk, answers: Answers, notice: Notice) -> DirectoryBox:
    made = DirectoryBox(context_of(county, answers), notice)
    for part in (notice, made):
        part.setParent(holder)
    return made


def choose(box: DirectoryBox, code: str) -> None:
    box.table.selectRow(next(number for number, row in enumerate(box.table.rows.rows) if row[1] == code))


def test_everybody_is_listed(box: DirectoryBox) -> None:
    assert [row[0] for row in box.table.rows.rows] == [place.name for place in TREE.values()]
    assert [row[5] for row in box.table.rows.rows] == ["● 本机", "✓ 在用", "✓ 在用", "✓ 在用"]
    assert "4 个单位" in box.count.text()
    assert not box.revoke_button.isEnabled()


def test_one_is_taken_out_of_service(box: DirectoryBox, notice: Notice, county: Desk, answers: Answers) -> None:
    choose(box, COUNTY)
    assert not box.revoke_button.isEnabled()
    choose(box, STONE)
    assert box.revoke_button.isEnabled()
    box.revoke()
    assert "密码" in notice.text()
    box.form["password"].show_value(PASSWORD)
    box.form["password"].changed.emit()
    answers.confirms = False
    box.revoke()
    assert not any(one.revoked for one in directory.devices(county))
    answers.confirms = True
    box.revoke()
    assert answers.asked[-1].startswith("停用“石桥村”的电脑")
    assert [one.code for one in directory.devices(county) if one.revoked] == [STONE]
    assert "已停用" in notice.text()
    choose(box, STONE)
    assert not box.revoke_button.isEnabled()


def test_the_root_key_on_a_stick_is_asked_for(box: DirectoryBox, county: Desk, answers: Answers, tmp_path: Path) -> None:
    (county.folder / ROOT_KEY_FILE).replace(tmp_path / "钥匙")
    choose(box, STONE)
    for paths, revoked in (([], False), ([tmp_path / "钥匙"], True)):
        answers.paths = paths
        box.form["password"].show_value(PASSWORD)
        box.revoke()
        assert any(one.revoked for one in directory.devices(county)) is revoked


def test_an_office_is_renamed_and_moved(box: DirectoryBox, notice: Notice, county: Desk) -> None:
    choose(box, COUNTY)
    assert not box.change_button.isEnabled()
    choose(box, STONE)
    box.form["password"].show_value(PASSWORD)
    box.change()
    assert "没有改动" in notice.text()
    for name, value in (("name", "石桥社区"), ("parent", WILLOW)):
        box.form[name].show_value(value)
    box.change()
    assert "不是“石桥社区”的上级" in notice.text()
    box.form["parent"].show_value(COUNTY)
    box.change()
    assert [(one.office, one.parent) for one in directory.devices(county) if one.code == STONE] == [("石桥社区", COUNTY)]
    assert ("石桥社区", STONE) in [row[:2] for row in box.table.rows.rows]


def test_others_see_no_list(holder: QWidget, desk: Desk, answers: Answers) -> None:
    made = DirectoryBox(context_of(desk, answers), Notice())
    made.setParent(holder)
    assert made.card.isHidden()


@pytest.fixture
def enrolling(holder: QWidget, answers: Answers) -> Callable[[Desk], EnrolmentBox]:
    def made(desk: Desk) -> EnrolmentBox:
        notice = Notice()
        box = EnrolmentBox(context_of(desk, answers), notice)
        for part in (notice, box):
            part.setParent(holder)
        return box

    return made


def test_another_computer_joins_its_office(
    enrolling: Callable[[Desk], EnrolmentBox], county: Desk, answers: Answers, tmp_path: Path
) -> None:
    with new_office(tmp_path / "二", name="石桥") as second:
        box = enrolling(second)
        answers.paths = [tmp_path / "申请"]
        box.joining["joins"].show_value("石桥村")
        box.request()
        assert enrolment.read_request(tmp_path / "申请").joins == "石桥村"
        code = box.fingerprint.text().removeprefix("核对码：")
        above = enrolling(county)
        above.read_request()
        assert "“石桥村”的另一台电脑" in above.state.text()
        assert above.form["another"].value() is True
        assert above.form.cells["parent"].isHidden()
        assert not above.form.cells["replaces"].isHidden()
        (old,) = (one.fingerprint for one in directory.devices(county) if one.code == STONE)
        for name, value in (("code", STONE), ("replaces", old), ("fingerprint", code), ("password", PASSWORD)):
            above.form[name].show_value(value)
        answers.paths = [tmp_path / "批准"]
        above.approve()
        assert [one.revoked for one in directory.devices(county) if one.code == STONE] == [True, False]
        box.accept()
        assert second.office.name == "石桥村"
        assert second.office.code == STONE


def test_a_new_office_needs_one_above_it(enrolling: Callable[[Desk], EnrolmentBox], county: Desk, answers: Answers, tmp_path: Path) -> None:
    with new_office(tmp_path / "二", name="新村") as second:
        enrolment.request(second, tmp_path / "申请")
    box = enrolling(county)
    answers.paths = [tmp_path / "申请"]
    box.read_request()
    assert box.form["another"].value() is None
    assert box.form.cells["replaces"].isHidden()
    assert not box.form.cells["parent"].isHidden()
    assert box.form["parent"].value() == COUNTY


def test_a_second_computer_of_the_county(enrolling: Callable[[Desk], EnrolmentBox], answers: Answers, tmp_path: Path) -> None:
    with new_office(tmp_path / "二", "县", "云溪县") as second:
        box = enrolling(second)
        assert box.request_button.isHidden()
        assert not box.other_button.isHidden()
        box.other_button.click()
        assert not box.request_button.isHidden()
        assert box.approve_button.isHidden()
        answers.paths = [tmp_path / "申请"]
        box.request()
        assert enrolment.read_request(tmp_path / "申请").joins == "云溪县"
