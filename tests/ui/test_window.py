"""The window around the pages: search, text size, exchange between offices, settings, pictures."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.refused import Refused
from desktop.services import cases, recovery
from desktop.services import desk as desks
from desktop.services.desk import Desk, open_desk
from desktop.ui.application import pictures
from desktop.ui.exchange.page import ExchangePage
from desktop.ui.rooms import FIRST, ROOMS
from desktop.ui.settings.page import SettingsPage
from desktop.ui.theme import SCALES, Theme
from desktop.ui.window import Window
from desktop.ui.worker import FAILED, Worker
from tests.ui.accessible import nameless
from tests.ui.hands import CHEAP, PASSWORD, SAMPLES, Answers, Operator, clipped, show, take_down


@pytest.fixture
def samples(desk: Desk) -> Desk:
    cases.register_files(desk, SAMPLES)
    return desk


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Desk]:
    with desks.set_up(tmp_path / "county", PASSWORD, level="县", name="易门县综治中心", operator="王县", code="530425", cost=CHEAP) as made:
        yield made


def test_two_characters_find_a_case_while_one_types(qtbot: QtBot, samples: Desk, window: Window, operator: Operator) -> None:
    window.go("disputes")
    page = window.list_page()
    assert page.count.text() == f"共 {len(SAMPLES)} 件"
    operator.key(Qt.Key.Key_F3)
    operator.write("田埂")
    qtbot.waitUntil(lambda: page.count.text() == "找到 1 件")
    qtbot.waitUntil(lambda: "普家顺" in page.facts._title.text())
    operator.write("没有")
    qtbot.waitUntil(lambda: page.count.text() == "找到 0 件")


def test_case_files_are_taken_in_or_refused_whole(window: Window, answers: Answers, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("{", encoding="utf-8")
    answers.paths = [SAMPLES[0], bad]
    window.go("disputes")
    page = window.list_page()
    page.take_files()
    assert "bad.json" in page.notice.text()
    assert page.count.text() == "共 0 件"
    answers.paths = [SAMPLES[0]]
    page.take_files()
    assert "登记了 1 件纠纷" in page.notice.text()
    assert page.count.text() == "共 1 件"


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_no_text_is_clipped_at_any_size(qtbot: QtBot, samples: Desk, window: Window, theme: Theme, scale: int) -> None:
    def nothing_clipped() -> None:
        assert clipped(window) == []

    window.resize(1280, 800)
    theme.set_scale(scale)
    for room in ROOMS:
        window.go(room.name)
        qtbot.waitUntil(nothing_clipped)
    window.open_case(cases.rows(samples)[0].id)
    for number in range(7):
        window.case_page().tabs.show_tab(number)
        qtbot.waitUntil(nothing_clipped)


@pytest.mark.parametrize("name", [room.name for room in ROOMS])
def test_every_control_has_a_name_for_the_screen_reader(samples: Desk, window: Window, name: str) -> None:
    window.go(name)
    assert nameless(window) == []


def test_the_case_page_has_names_too(samples: Desk, window: Window) -> None:
    window.open_case(cases.rows(samples)[0].id)
    found = set()
    for number in range(window.case_page().tabs.count()):
        window.case_page().tabs.show_tab(number)
        found |= set(nameless(window))
    assert found == set()


def test_each_page_has_its_key_and_the_program_begins_with_today(window: Window, operator: Operator) -> None:
    assert window.stack.currentWidget() is window.pages[FIRST]
    for number, room in enumerate(ROOMS, start=1):
        QTest.keyClick(window, Qt.Key(Qt.Key.Key_0.value + number), Qt.KeyboardModifier.AltModifier)
        assert window.stack.currentWidget() is window.pages[room.name]
        assert window.bar.buttons[room.name].isChecked()
        assert window.pages[room.name].isAncestorOf(operator.at())


@pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")
@pytest.mark.parametrize("name", [room.name for room in ROOMS])
def test_a_new_case_search_and_help_from_anywhere(qtbot: QtBot, window: Window, operator: Operator, name: str) -> None:
    window.go(name)
    operator.key(Qt.Key.Key_F1)
    assert window.help_dialog.isVisible()
    window.help_dialog.close()
    window.activateWindow()
    qtbot.waitUntil(lambda: window.isActiveWindow() and QApplication.focusWidget() is not None)
    operator.key(Qt.Key.Key_F2)
    assert window.stack.currentWidget() is window.case_page()
    operator.key(Qt.Key.Key_Escape)
    assert window.stack.currentWidget() is window.pages[name]
    operator.key(Qt.Key.Key_F3)
    assert window.list_page().search.hasFocus()


def test_a_page_opens_a_case_at_a_field(samples: Desk, window: Window, operator: Operator) -> None:
    case_id = cases.rows(samples)[0].id
    window.show_in_case(case_id, "summary")
    assert window.case_page().case_id() == case_id
    assert window.case_page().tabs.isAncestorOf(operator.at())


def test_the_look_is_turned_by_a_key(qtbot: QtBot, window: Window, theme: Theme) -> None:
    def nothing_clipped() -> None:
        assert clipped(window) == []

    QTest.keyClick(window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert theme.look == "contrast"
    qtbot.waitUntil(nothing_clipped)


def test_the_recovery_sheet_is_made_in_the_settings(qtbot: QtBot, window: Window, desk: Desk, operator: Operator) -> None:
    window.go("settings")
    page = window.pages["settings"]
    assert isinstance(page, SettingsPage)
    page.sheet.form["password"].reveal()
    operator.write("wrong password")
    operator.key(Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: "密码不对" in page.notice.text(), timeout=20_000)
    operator.key(Qt.Key.Key_A, ctrl=True)
    operator.write(PASSWORD)
    operator.key(Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: bool(page.sheet.code), timeout=20_000)
    assert recovery.is_made(desk.folder)
    operator.key(Qt.Key.Key_F9)
    dialog = page.sheet.dialog
    qtbot.waitUntil(lambda: dialog.pdf().startswith(b"%PDF"), timeout=20_000)
    dialog.close()
    window.go("disputes")
    window.go("settings")
    assert page.sheet.code == ""


def test_the_keys_change_the_text_size(window: Window, theme: Theme, operator: Operator) -> None:
    before = window.font().pointSizeF()
    operator.key(Qt.Key.Key_Equal, len(SCALES) + 1, ctrl=True)
    assert theme.scale == 200
    assert window.list_page().font().pointSizeF() == pytest.approx(2 * before)
    operator.key(Qt.Key.Key_Minus, ctrl=True)
    assert theme.scale == 175
    operator.key(Qt.Key.Key_0, ctrl=True)
    assert theme.scale == 100


def open_exchange(window: Window) -> ExchangePage:
    window.go("exchange")
    page = window.pages["exchange"]
    assert isinstance(page, ExchangePage)
    return page


def approve(page: ExchangePage, operator: Operator, answers: Answers, paths: tuple[Path, Path], code: str) -> None:
    """The county approves: it reads the request and writes the approval."""
    answers.paths = [paths[0]]
    page.enrolment.read_request()
    answers.paths = [paths[1]]
    operator.fill("530425-02", None, code, PASSWORD)
    operator.key(Qt.Key.Key_S, ctrl=True)


def test_an_office_joins_and_carries_its_cases_to_the_county(
    qtbot: QtBot, samples: Desk, window: Window, county: Desk, theme: Theme, answers: Answers, operator: Operator, tmp_path: Path
) -> None:
    asked, approved = tmp_path / "申请", tmp_path / "批准"
    page = open_exchange(window)
    assert not page.export_button.isEnabled()
    answers.paths = [asked]
    page.enrolment.request()
    code = page.enrolment.fingerprint.text().removeprefix("核对码：")

    upper = Window(county.folder, theme, None, answers)
    upper.enter(county)
    show(qtbot, upper)
    above = open_exchange(upper)
    approve(above, operator, answers, (asked, approved), "AAAA-BBBB-CCCC")
    assert "不一致" in above.notice.text()
    assert not approved.exists()
    approve(above, operator, answers, (asked, approved), code)
    assert approved.exists(), above.notice.text()

    answers.paths = [approved]
    page.enrolment.accept()
    assert page.export_button.isEnabled()
    answers.paths = [tmp_path]
    page.places.choose_folder()
    page.export()
    qtbot.waitUntil(page.exporting.write_button.isEnabled, timeout=20_000)
    page.exporting.write()
    assert not page.may_leave()
    qtbot.waitUntil(lambda: "写给易门县综治中心：5 件纠纷" in page.done.text.text(), timeout=20_000)

    answers.paths = list(tmp_path.glob("*.fqb"))
    above.importing.choose_files()
    qtbot.waitUntil(lambda: "5 件纠纷" in above.done.text.text(), timeout=20_000)
    assert "其中新的纠纷 5 件" in above.done.text.text()
    upper.go("disputes")
    assert upper.list_page().count.text() == "共 5 件"
    upper.release_desk()
    take_down(upper)


def test_a_foreign_file_is_refused_in_words(qtbot: QtBot, window: Window, answers: Answers, tmp_path: Path) -> None:
    page = open_exchange(window)
    (tmp_path / "x.fqb").write_bytes(b"nothing of ours")
    answers.paths = [tmp_path / "x.fqb"]
    page.importing.choose_files()
    qtbot.waitUntil(lambda: page.notice.text().startswith("✕"))
    assert page.may_leave()


def test_the_password_is_changed_in_the_settings(window: Window, desk: Desk, operator: Operator) -> None:
    window.go("settings")
    page = window.pages["settings"]
    assert isinstance(page, SettingsPage)
    page.form["old"].reveal()
    operator.fill(PASSWORD, "new password", "other password")
    operator.key(Qt.Key.Key_S, ctrl=True)
    assert "两遍密码不一样" in page.notice.text()
    page.form["again"].reveal()
    operator.key(Qt.Key.Key_A, ctrl=True)
    operator.write("new password")
    operator.key(Qt.Key.Key_S, ctrl=True)
    assert "密码已更改" in page.notice.text()
    with open_desk(desk.folder, "new password") as again:
        assert again.office == desk.office


def test_pictures_of_the_window(samples: Desk, tmp_path: Path) -> None:
    found = pictures(samples, cases.rows(samples)[0].id, tmp_path)
    assert [path.name for path in found] == ["case.png", "list.png"]
    for path in found:
        image = QImage(str(path))
        assert (image.width(), image.height()) == (1280, 800)
        assert len({image.pixel(x, y) for x in range(0, 1280, 40) for y in range(0, 800, 20)}) > 5
    assert cases.count(samples) == len(SAMPLES)


def test_slow_work_ends_in_one_call(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = Worker()
    told: list[object] = []
    faults: list[type] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _error, _trace: faults.append(kind))

    def refuse() -> None:
        raise Refused("不行。")

    def fail() -> None:
        raise ZeroDivisionError

    for work in (lambda: 7, refuse, fail):
        worker.start(work, told.append, told.append)
    with qtbot.waitSignal(worker.idle):
        pass
    assert told == [7, "不行。", FAILED]
    assert faults == [ZeroDivisionError]
    worker.finish()
