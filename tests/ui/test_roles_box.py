"""联动角色 in the settings: the scheme, the persons, what is refused."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.services import roles
from desktop.services.desk import Desk
from desktop.ui.context import Context, Notice
from desktop.ui.paper.sheet import sheet
from desktop.ui.settings.roles_box import RolesBox
from desktop.ui.theme import Theme
from desktop.ui.worker import Worker
from tests.ui.hands import Answers, Operator, clipped


@pytest.fixture
def notice(qtbot: QtBot) -> Notice:
    return Notice()


@pytest.fixture
def box(qtbot: QtBot, theme: Theme, desk: Desk, answers: Answers, notice: Notice) -> Iterator[RolesBox]:
    """The box on a page that scrolls, as in the settings."""
    page = QWidget()
    column: QVBoxLayout = sheet(page)
    if layout := page.layout():
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
    made = RolesBox(Context(desk, answers, Worker()), notice)
    column.addWidget(notice)
    column.addWidget(made)
    column.addStretch(1)
    qtbot.addWidget(page)
    page.resize(1000, 740)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    yield made
    page.close()


def test_a_person_is_entered_by_keyboard(box: RolesBox, operator: Operator, desk: Desk, notice: Notice) -> None:
    assert box.scheme.value() == "2+3(1)+N"
    assert "政法委员" in box.note.text()
    box.scheme.reveal()
    operator.key(Qt.Key.Key_F6)
    operator.fill(1, "李政法", "13900000001", "街道党工委", "2026-1-1")
    assert box.unsaved()
    box.save_button.setFocus()
    operator.key(Qt.Key.Key_Space)
    assert "角色已保存，共 1 人" in notice.text()
    (holder,) = roles.roster(desk).holders
    assert (holder.role, holder.name, holder.since) == ("politics-law", "李政法", date(2026, 1, 1))
    assert not box.unsaved()
    leader = roles.leader(desk, date(2026, 3, 2))
    assert leader is not None
    assert leader.phone == "13900000001"


def test_a_name_without_a_role_is_refused(box: RolesBox, operator: Operator, desk: Desk, notice: Notice) -> None:
    box.scheme.reveal()
    operator.key(Qt.Key.Key_F6)
    operator.fill(None, "李政法")
    assert not box.save()
    assert "请选择角色" in notice.text()
    assert roles.roster(desk).holders == ()


def test_another_scheme_offers_its_roles(box: RolesBox, desk: Desk, notice: Notice) -> None:
    box.scheme.box.setCurrentText("1+5+N")
    assert "信访" in box.note.text()
    assert any("法院" in name for name in box.role.names.values())
    assert box.save()
    assert roles.roster(desk).scheme == "1+5+N"


def test_what_was_typed_stays_when_the_page_comes_back(box: RolesBox, operator: Operator) -> None:
    box.scheme.reveal()
    operator.key(Qt.Key.Key_F6)
    operator.fill(1, "李政法")
    box.refresh()
    assert len(box.collect().holders) == 1


def test_a_bad_file_is_told(desk: Desk, qtbot: QtBot, theme: Theme, answers: Answers, notice: Notice) -> None:
    (desk.folder / roles.OWN_ROLES).write_text("x = ", encoding="utf-8")
    made = RolesBox(Context(desk, answers, Worker()), notice)
    qtbot.addWidget(made)
    assert "第1行" in made.fault.text()
    assert not made.save_button.isEnabled()


@pytest.mark.parametrize("scale", [100, 200])
def test_no_text_is_clipped(box: RolesBox, theme: Theme, operator: Operator, scale: int) -> None:
    theme.set_scale(scale)
    box.people.add()
    QApplication.processEvents()
    assert clipped(box.window()) == []
