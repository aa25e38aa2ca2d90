"""The main job by keyboard alone: first run, a dispute from nothing to the signed agreement, its paper, restart, and found again."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.case import Case
from desktop.services import cases
from desktop.ui.doors.first_run import BEGIN, COUNTY, SHEET, FirstRun
from desktop.ui.doors.unlock import Unlock
from desktop.ui.theme import Theme
from desktop.ui.window import Window
from tests.ui.hands import PASSWORD, Answers, Operator, settings, show, take_down

ENTER, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Down
APPLICANT = "普家顺"
APPLICANT_ID = "530199196207190699"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")  # lists of suggestions, on the offscreen platform


def begin(qtbot: QtBot, theme: Theme, folder: Path, answers: Answers) -> Window:
    window = Window(folder, theme, settings(folder), answers)
    window.open_door()
    show(qtbot, window)
    return window


def set_up(qtbot: QtBot, window: Window, operator: Operator) -> None:
    """Five pages by Enter and F-keys: office, operator and password, the sheet later, the county later, begin."""
    door = window.centralWidget()
    assert isinstance(door, FirstRun)
    operator.fill(1, "浦贝乡浦贝村综治中心", None)
    operator.fill("李正平", PASSWORD, PASSWORD)
    qtbot.waitUntil(lambda: door.at == SHEET, timeout=20_000)
    operator.key(Qt.Key.Key_F8)
    assert door.at == COUNTY
    operator.key(ENTER)
    assert door.at == BEGIN
    operator.key(ENTER)
    assert window.context is not None


def register(operator: Operator) -> None:
    operator.key(Qt.Key.Key_F2)
    operator.fill(7, 2, None, None, None, "田埂")
    operator.write("两户村民因田埂地界发生纠纷。")
    operator.key(ENTER, ctrl=True)
    operator.write("恢复原田埂地界")
    operator.key(ENTER, ctrl=True)
    operator.fill("4.05万", "2")
    operator.key(Qt.Key.Key_3, ctrl=True)
    operator.fill(1)


def add_parties(operator: Operator) -> None:
    operator.key(Qt.Key.Key_2, ctrl=True)
    operator.key(Qt.Key.Key_F6)
    operator.fill(APPLICANT, APPLICANT_ID)
    operator.key(Qt.Key.Key_F6)
    operator.fill("李文学")


def add_record(operator: Operator) -> None:
    operator.key(Qt.Key.Key_4, ctrl=True)
    operator.fill("2026-3-2")
    operator.key(Qt.Key.Key_F6)
    operator.fill("2026-3-2 9:00", "2026-3-2 10:30", "村委会", None)
    operator.write("双方核对丈量结果，无异议。")
    operator.key(ENTER, ctrl=True)
    operator.fill(1)


def agree(operator: Operator) -> None:
    operator.key(Qt.Key.Key_5, ctrl=True)
    operator.write("田埂偏入申请人一侧。")
    operator.key(ENTER, ctrl=True)
    operator.write("以排水沟为界重筑田埂。")
    operator.key(ENTER)
    operator.write("李文学付给普家顺40500元。")
    operator.key(Qt.Key.Key_F6)
    operator.fill("40500", None, "2026-3-9")
    operator.key(Qt.Key.Key_S, ctrl=True)
    operator.key(Qt.Key.Key_F4)  # what is to be done next: the day of signing
    operator.write("2026-3-2")


def saved_case(window: Window) -> Case:
    assert window.context is not None
    desk = window.context.desk
    return cases.load(desk, cases.rows(desk)[0].id)


def check_saved(case: Case) -> None:
    assert case.title == "普家顺与李文学山林土地纠纷"
    assert (case.amount, case.people_count, case.risk, case.mediators) == (4_050_000, 2, "低", ("李正平",))
    assert str(case.parties[0].born_on) == "1962-07-19"
    assert case.parties[0].sex == "男"
    assert case.parties[1].role == "被申请人"
    assert case.sessions[0].started_at == "2026-03-02T09:00"
    assert case.sessions[0].result == "达成协议"
    assert case.agreement is not None
    assert [clause.text for clause in case.agreement.clauses] == ["以排水沟为界重筑田埂。", "李文学付给普家顺40500元。"]
    assert case.agreement.obligations[0].amount == 4_050_000


def print_agreement(qtbot: QtBot, window: Window, operator: Operator, answers: Answers, target: Path) -> None:
    operator.key(Qt.Key.Key_F9)
    dialog = window.case_page().dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.pdf().startswith(b"%PDF") and dialog.pages.count() > 0, timeout=20_000)
    answers.paths = [target]
    operator.key(Qt.Key.Key_S, ctrl=True)
    qtbot.waitUntil(lambda: target.exists() and target.read_bytes() == dialog.pdf())
    operator.key(Qt.Key.Key_Escape)


def unlock(qtbot: QtBot, window: Window, operator: Operator) -> None:
    door = window.centralWidget()
    assert isinstance(door, Unlock)
    assert door.operator.text() == "李正平"
    operator.write("不对的密码")
    operator.key(ENTER)
    qtbot.waitUntil(lambda: "密码不对" in door.notice.text(), timeout=20_000)
    assert window.context is None
    operator.write(PASSWORD)
    operator.key(ENTER)
    qtbot.waitUntil(lambda: window.context is not None, timeout=20_000)


def test_from_nothing_to_the_signed_agreement_and_back(
    qtbot: QtBot, theme: Theme, tmp_path: Path, answers: Answers, operator: Operator
) -> None:
    window = begin(qtbot, theme, tmp_path, answers)
    set_up(qtbot, window, operator)
    register(operator)
    add_parties(operator)
    add_record(operator)
    agree(operator)
    operator.key(Qt.Key.Key_S, ctrl=True)
    assert "已保存" in window.case_page().notice.text()
    assert window.case_page().header.status.text() == "已达成协议"
    case = saved_case(window)
    check_saved(case)
    print_agreement(qtbot, window, operator, answers, tmp_path / "协议书.pdf")
    take_down(window)

    again = begin(qtbot, theme, tmp_path, answers)
    unlock(qtbot, again, operator)
    operator.key(Qt.Key.Key_F3)
    operator.write("田埂")
    qtbot.waitUntil(lambda: again.list_page().count.text() == "找到 1 件")
    operator.key(ENTER)
    assert again.case_page().case_id() == case.id
    take_down(again)


def test_every_button_of_the_main_job_prints_its_key(window: Window) -> None:
    window.list_page()
    window.new_case()
    window.case_page().tabs.show_tab(1)
    texts = [made.text() for made in window.findChildren(QPushButton)]
    for wanted in ("F2", "Ctrl+O", "Ctrl+S", "F9", "Esc", "F4", "F6", "F8", "Alt+1", "Alt+2", "Alt+3"):
        assert any(text.endswith(wanted) for text in texts), wanted
