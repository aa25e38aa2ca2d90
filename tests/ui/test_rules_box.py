"""The settings from the county: what is in force, and publishing others."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.resources import resource
from desktop.services import cases, rules
from desktop.services.desk import Desk
from desktop.ui.context import Context, Notice
from desktop.ui.entry.inputs import Text
from desktop.ui.settings.rules_box import RulesBox
from desktop.ui.window import Window
from desktop.ui.worker import Worker
from tests.domain.samples import accepted
from tests.services.offices import PASSWORD, new_office
from tests.ui.hands import Answers


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "设置"
    (place / "forms").mkdir(parents=True)
    (place / "letters.toml").write_text(resource("letters", "presets.toml").read_text("utf-8"), "utf-8")
    (place / "forms" / "任务单.toml").write_text(resource("forms", "任务单.toml").read_text("utf-8"), "utf-8")
    return place


@pytest.fixture
def holder(qtbot: QtBot) -> QWidget:
    """A window that is never shown."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


def shown(holder: QWidget, desk: Desk, answers: Answers) -> tuple[RulesBox, Notice]:
    notice = Notice()
    box = RulesBox(Context(desk, answers, Worker()), notice)
    for part in (notice, box):
        part.setParent(holder)
    return box, notice


def test_an_office_sees_what_is_in_force(holder: QWidget, desk: Desk, answers: Answers) -> None:
    box, _ = shown(holder, desk, answers)
    assert "没有县里下发的设置" in box.state.text()
    assert box.choose_button.isHidden()
    (desk.folder / "days.toml").write_text("x", "utf-8")
    (desk.folder / "hazards.toml").write_text("names = [", "utf-8")
    box.refresh()
    assert "！本单位的六类风险隐患的文件hazards.toml第1行有误" in box.state.text()
    assert "！本单位的节假日文件第1行有误" in box.state.text()


def test_the_county_publishes(holder: QWidget, answers: Answers, tmp_path: Path, folder: Path) -> None:
    with new_office(tmp_path / "县", "县", "云溪县") as desk:
        box, notice = shown(holder, desk, answers)
        assert box.publish_button.isHidden()
        box.choose()
        assert box.publish_button.isHidden()
        answers.paths = [folder]
        box.choose()
        assert box.changes.text().splitlines()[1:] == ["新增　forms/任务单.toml", "新增　letters.toml"]
        box.publish()
        assert "请输入根密钥的密码" in notice.text()
        box.form["password"].show_value("错的")
        box.publish()
        assert rules.in_force(desk) is None
        box.form["password"].show_value(PASSWORD)
        box.publish()
        assert "第1号已下发" in notice.text()
        assert box.state.text().startswith("第1号，2026年3月2日下发：forms/任务单.toml、letters.toml")
        box.choose()
        assert "完全相同" in notice.text()
        (folder / "letters.toml").write_text("x = ", "utf-8")
        box.choose()
        assert "有误" in notice.text()
        assert box.publish_button.isHidden()


def test_many_changes_are_counted(holder: QWidget, answers: Answers, tmp_path: Path, folder: Path) -> None:
    for path in resource("forms").glob("*.toml"):
        (folder / "forms" / path.name).write_text(path.read_text("utf-8"), "utf-8")
    with new_office(tmp_path / "县", "县", "云溪县") as desk:
        box, _ = shown(holder, desk, answers)
        answers.paths = [folder]
        box.choose()
        assert len(box.changes.text().splitlines()) == 14


def test_a_case_is_offered_the_office_s_own_names_of_hazards(window: Window, desk: Desk) -> None:
    (desk.folder / "hazards.toml").write_text('names = ["本地口径一", "本地口径二"]', "utf-8")
    case = cases.register(desk, accepted())
    window.open_case(case.id)
    tabs = window.case_page().tabs
    forms = (tabs.form(number) for number in range(tabs.count()))
    control = next(form.cells["hazard"].control for form in forms if "hazard" in form.cells)
    assert isinstance(control, Text)
    model = control.line.completer().model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["本地口径一", "本地口径二"]
