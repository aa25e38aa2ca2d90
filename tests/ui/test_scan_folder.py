"""从扫描文件夹放入 and 照旧案新建: two dialogs of the case page."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from desktop.domain.case import Case
from desktop.services import cases, scan_folder
from desktop.services.desk import Desk
from desktop.ui.case.former_dialog import FormerDialog
from desktop.ui.case.page import CasePage
from desktop.ui.case.scan_folder_dialog import ScanFolderDialog
from desktop.ui.theme import Theme
from desktop.ui.window import Window
from tests.ui.hands import SAMPLES, Answers, Operator, clipped
from tests.ui.papers import TIMEOUT, agreed, photo

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # dialogs, on the offscreen platform
SCANS = 8


@pytest.fixture
def opened(window: Window, desk: Desk, answers: Answers, tmp_path: Path) -> CasePage:
    """The page of a case at its scans; the scanner has written two pictures."""
    window.open_case(agreed(desk).id)
    page = window.case_page()
    page.tabs.show_tab(SCANS)
    folder = tmp_path / "扫描"
    folder.mkdir()
    photo(folder / "收条.png", "red")
    photo(folder / "IMG_1.png", "blue")
    answers.paths = [folder]
    return page


def begin(qtbot: QtBot, page: CasePage) -> ScanFolderDialog:
    page.scans.from_folder()
    dialog = page.scans.dialog
    ready(qtbot, dialog)
    return dialog


def ready(qtbot: QtBot, dialog: QDialog) -> None:
    dialog.activateWindow()
    qtbot.waitUntil(lambda: dialog.isVisible() and dialog.isAncestorOf(QApplication.focusWidget() or dialog.window()))


def test_new_scans_are_ticked_guessed_and_put_in(qtbot: QtBot, opened: CasePage, desk: Desk) -> None:
    dialog = begin(qtbot, opened)
    assert sorted(category for _, category in dialog.chosen()) == ["履行凭证", "证据材料"]
    qtbot.waitUntil(lambda: not dialog.list.item(1).icon().isNull(), timeout=TIMEOUT)
    QTest.keyClick(dialog.list, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: opened.isEnabled() and "已放入卷宗2份" in opened.notice.text(), timeout=TIMEOUT)
    assert len(cases.load(desk, opened.case_id()).attachments) == 2
    again = begin(qtbot, opened)
    assert again.shown == []
    assert "没有新的" in again.notice.text()
    again.all.click()
    assert len(again.shown) == 2
    assert again.chosen() == []
    again.reject()


def test_a_tick_and_a_category_are_changed_by_keyboard(qtbot: QtBot, opened: CasePage) -> None:
    dialog = begin(qtbot, opened)
    dialog.list.setCurrentRow(0)
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    dialog.list.setCurrentRow(1)
    dialog.category.box.setCurrentText("当事人身份证明")
    assert [category for _, category in dialog.chosen()] == ["当事人身份证明"]
    dialog.reject()


def test_the_folder_is_asked_for_once(qtbot: QtBot, opened: CasePage, desk: Desk, answers: Answers) -> None:
    begin(qtbot, opened).reject()
    begin(qtbot, opened).reject()
    assert answers.asked == ["选择扫描文件夹"]
    assert scan_folder.remembered(desk) == answers.paths[0]


@pytest.fixture
def former(qtbot: QtBot, window: Window, desk: Desk) -> FormerDialog:
    cases.register_files(desk, SAMPLES[:3])
    window.new_case()
    page = window.case_page()
    dialog = FormerDialog(page, page._context)
    dialog.open()
    ready(qtbot, dialog)
    return dialog


def test_a_former_case_is_found_and_copied_by_keyboard(qtbot: QtBot, former: FormerDialog, operator: Operator) -> None:
    made: list[Case] = []
    former.made.connect(made.append)
    operator.write("田埂")
    operator.key(Qt.Key.Key_Return)
    assert former.former is not None
    assert former.former.type == "山林土地"
    assert [tick.text() for tick in former.people] == ["申请人　普家顺", "被申请人　李文学"]
    former.people[0].click()
    operator.key(Qt.Key.Key_S, ctrl=True)
    (case,) = made
    assert (case.id, case.number, case.type) == ("", None, "山林土地")
    assert [party.name for party in case.parties] == ["普家顺"]
    assert case.agreement is not None


def test_nothing_found_cannot_be_copied(former: FormerDialog, operator: Operator) -> None:
    operator.write("查无此案")
    operator.key(Qt.Key.Key_Return)
    assert former.former is None
    assert not former.take_button.isEnabled()


@pytest.mark.parametrize("scale", [100, 200])
def test_nothing_is_clipped(qtbot: QtBot, former: FormerDialog, opened: CasePage, theme: Theme, scale: int) -> None:
    theme.set_scale(scale)
    former.reject()
    dialog = FormerDialog(opened, opened._context)
    dialog.open()
    ready(qtbot, dialog)
    qtbot.waitUntil(lambda: not clipped(dialog))
    dialog.reject()
    scans = begin(qtbot, opened)
    qtbot.waitUntil(lambda: not clipped(scans))
    qtbot.waitUntil(lambda: not opened._context.worker.busy(), timeout=TIMEOUT)
    scans.reject()
