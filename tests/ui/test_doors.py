"""The pages before the office is open."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.services import last_use, recovery
from desktop.services.desk import Desk, is_set_up, open_desk
from desktop.ui.bands import ClockBand
from desktop.ui.doors.first_run import BEGIN, COUNTY, OFFICE, OPERATOR, SHEET, FirstRun
from desktop.ui.doors.forgotten import Forgotten
from desktop.ui.doors.passwords import SHORTEST, password_fault, strength
from desktop.ui.doors.taken import Taken, told
from desktop.ui.doors.unlock import Unlock
from desktop.ui.entry.inputs import Choice, Text
from desktop.ui.one_window import LOCK_FILE, hold
from desktop.ui.theme import Theme
from desktop.ui.unlocking import VARIABLE, opened_by_environment
from desktop.ui.window import Window
from tests.ui.accessible import nameless
from tests.ui.hands import CHEAP, PASSWORD, Answers, Operator, clipped, settings, show, take_down

SOON = 20_000
ENTER = Qt.Key.Key_Return
OTHER = "another long word"


@pytest.fixture
def empty(qtbot: QtBot, theme: Theme, tmp_path: Path, answers: Answers, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """The window on a folder without an office."""
    monkeypatch.delenv(VARIABLE, raising=False)
    window = Window(tmp_path / "data", theme, settings(tmp_path), answers)
    window.open_door()
    show(qtbot, window)
    yield window
    take_down(window)


@pytest.fixture
def shut(qtbot: QtBot, theme: Theme, desk: Desk, tmp_path: Path, answers: Answers, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """The window before the password of the village."""
    monkeypatch.delenv(VARIABLE, raising=False)
    desk.close()
    window = Window(desk.folder, theme, settings(tmp_path), answers)
    window.open_door()
    show(qtbot, window)
    yield window
    take_down(window)


def first_run(window: Window) -> FirstRun:
    door = window.centralWidget()
    assert isinstance(door, FirstRun)
    return door


def found(qtbot: QtBot, door: FirstRun, operator: Operator, level: int = 1) -> None:
    """The first two pages."""
    operator.fill(level, "浦贝乡浦贝村综治中心", None)
    operator.fill("李正平", PASSWORD, PASSWORD)
    qtbot.waitUntil(lambda: door.at == SHEET, timeout=SOON)


@pytest.mark.parametrize(
    ("password", "again", "word"),
    [
        ("short", "short", f"{SHORTEST}个字符"),
        (None, None, "个字符"),
        ("long enough", "long enougH", "不一样"),
        ("long enough", "long enough", ""),
    ],
)
def test_a_password_must_be_long_and_typed_twice(password: str | None, again: str | None, word: str) -> None:
    fault = password_fault(password, again)
    assert word in fault
    assert bool(word) == bool(fault)


@pytest.mark.parametrize(
    ("password", "word"),
    [("", ""), ("abc", "还差5个"), ("19620719", "弱"), ("aaaaaaab", "弱"), ("fengqiao", "中"), ("枫桥经验2026年了不起", "强")],
)
def test_the_strength_is_told_in_words(password: str, word: str) -> None:
    assert word in strength(password)


def test_the_first_run_says_what_is_missing_and_keeps_what_was_typed(empty: Window, operator: Operator, tmp_path: Path) -> None:
    page = first_run(empty)
    page.go_on()
    assert "村、镇还是县" in page.notice.text()
    operator.fill(3, "易门县综治中心")
    assert not page.office.form["code"].isHidden()
    page.office.form["committee"].reveal()
    operator.key(ENTER)
    assert page.at == OPERATOR
    operator.fill("李正平", PASSWORD)
    operator.write(PASSWORD + "x")
    operator.key(ENTER)
    assert "不一样" in page.notice.text()
    operator.key(Qt.Key.Key_Escape)
    assert page.at == OFFICE
    name = page.office.form["name"]
    assert isinstance(name, Text)
    assert name.text() == "易门县综治中心"
    assert not is_set_up(tmp_path / "data")


def test_what_was_typed_is_there_when_the_window_is_opened_again(
    qtbot: QtBot, empty: Window, theme: Theme, operator: Operator, tmp_path: Path
) -> None:
    operator.fill(1, "浦贝乡浦贝村综治中心", None)
    assert first_run(empty).at == OPERATOR
    empty.close()
    again = Window(tmp_path / "data", theme, settings(tmp_path))
    again.open_door()
    show(qtbot, again)
    assert first_run(again).office.form.content()["name"] == "浦贝乡浦贝村综治中心"
    take_down(again)


def test_going_back_makes_the_office_otherwise(qtbot: QtBot, empty: Window, operator: Operator) -> None:
    page = first_run(empty)
    found(qtbot, page, operator)
    first = page.sheet.box.code
    assert first
    operator.key(Qt.Key.Key_Escape, 2)
    assert page.at == OFFICE
    level = page.office.form["level"]
    assert isinstance(level, Choice)
    level.show_value("镇")
    page.go_on()
    page.go_on()
    qtbot.waitUntil(lambda: page.at == SHEET and page.desk is not None and page.desk.office.level == "镇", timeout=SOON)
    assert page.sheet.box.code != first


def test_a_first_run_that_was_broken_off_goes_on(
    qtbot: QtBot, empty: Window, theme: Theme, operator: Operator, tmp_path: Path, answers: Answers
) -> None:
    page = first_run(empty)
    found(qtbot, page, operator)
    page.go_on()
    assert page.at == COUNTY
    empty.close()
    again = Window(tmp_path / "data", theme, settings(tmp_path), answers)
    again.open_door()
    show(qtbot, again)
    door = again.centralWidget()
    assert isinstance(door, Unlock)
    operator.write(PASSWORD)
    operator.key(ENTER)
    qtbot.waitUntil(lambda: isinstance(again.centralWidget(), FirstRun), timeout=SOON)
    resumed = first_run(again)
    qtbot.waitUntil(lambda: resumed.at == COUNTY)
    resumed.go_on()
    assert resumed.at == BEGIN
    operator.key(ENTER)
    assert again.context is not None
    assert again.context.desk.operator == "李正平"
    take_down(again)


def test_a_code_that_nobody_wrote_down_opens_nothing(qtbot: QtBot, empty: Window, operator: Operator, tmp_path: Path) -> None:
    page = first_run(empty)
    found(qtbot, page, operator)
    assert recovery.is_made(tmp_path / "data")
    operator.key(Qt.Key.Key_F8)
    assert page.at == COUNTY
    assert not recovery.is_made(tmp_path / "data")


@pytest.mark.parametrize("scale", [100, 200])
def test_no_page_of_the_first_run_is_clipped_or_nameless(qtbot: QtBot, empty: Window, theme: Theme, operator: Operator, scale: int) -> None:
    def whole() -> None:
        assert clipped(empty) == []
        assert nameless(empty) == []

    theme.set_scale(scale)
    page = first_run(empty)
    qtbot.waitUntil(whole)
    operator.fill(1, "浦贝乡浦贝村综治中心", None)
    qtbot.waitUntil(whole)
    operator.fill("李正平", PASSWORD, PASSWORD)
    qtbot.waitUntil(lambda: page.at == SHEET, timeout=SOON)
    for _ in range(BEGIN - SHEET):
        qtbot.waitUntil(whole)
        page.go_on()
    qtbot.waitUntil(whole)


def test_a_wrong_password_is_explained(qtbot: QtBot, shut: Window, operator: Operator) -> None:
    page = shut.centralWidget()
    assert isinstance(page, Unlock)
    assert page.help.isHidden()
    operator.write("wrong password")
    operator.key(ENTER)
    qtbot.waitUntil(lambda: "密码不对" in page.notice.text(), timeout=SOON)
    assert not page.help.isHidden()
    assert nameless(shut) == []
    operator.write(PASSWORD)
    operator.key(ENTER)
    qtbot.waitUntil(lambda: shut.context is not None, timeout=SOON)


def test_the_recovery_code_opens_with_a_new_password(qtbot: QtBot, shut: Window, desk: Desk, operator: Operator) -> None:
    code = recovery.make(desk.folder, PASSWORD, CHEAP)
    operator.key(Qt.Key.Key_F4)
    page = shut.centralWidget()
    assert isinstance(page, Forgotten)
    qtbot.waitUntil(lambda: page.form["code"].isAncestorOf(operator.at()))
    assert nameless(shut) == []
    wrong = ("3" if code[0] != "3" else "4") + code[1:]
    operator.fill(wrong, OTHER, OTHER)
    qtbot.waitUntil(lambda: "第1组" in page.notice.text(), timeout=SOON)
    operator.key(Qt.Key.Key_A, ctrl=True)
    operator.fill(code.lower().replace("-", " "), None, None)
    qtbot.waitUntil(lambda: shut.context is not None, timeout=SOON)
    with open_desk(desk.folder, OTHER) as again:
        assert again.office == desk.office


def test_a_second_window_says_where_the_first_one_is(
    qtbot: QtBot, shut: Window, theme: Theme, answers: Answers, operator: Operator
) -> None:
    second = Window(shut._folder, theme, None, answers)
    second.open_door()
    show(qtbot, second)
    door = second.centralWidget()
    assert isinstance(door, Taken)
    assert "另一个窗口" in door.sentence.text()
    operator.key(ENTER)
    assert "还没有关闭" in door.notice.text()
    shut.close()
    operator.key(Qt.Key.Key_F5)
    assert isinstance(second.centralWidget(), Unlock)
    take_down(second)


def test_another_computer_is_named(tmp_path: Path, qtbot: QtBot, answers: Answers) -> None:
    assert "“FQ-02”" in told("FQ-02")
    (tmp_path / LOCK_FILE).write_text("4711\nfengqiao\nFQ-02\n", encoding="utf-8")
    assert hold(tmp_path) is None
    door = Taken(tmp_path, answers)
    qtbot.addWidget(door)
    assert "“FQ-02”" in door.sentence.text()
    with qtbot.waitSignal(door.freed):
        door.take()
    assert answers.asked


def test_a_clock_that_was_set_back_keeps_nobody_from_working(
    qtbot: QtBot, theme: Theme, desk: Desk, answers: Answers, operator: Operator
) -> None:
    year, rest = desk.now()[:4], desk.now()[4:]
    desk.database.set(last_use._SETTING, f"{int(year) + 1}{rest.replace('-02-29', '-02-28')}")
    window = Window(desk.folder, theme, None, answers)
    window.enter(desk)
    show(qtbot, window)
    band = window.shell.band
    assert isinstance(band, ClockBand)
    assert band.isVisible()
    assert "请先校对电脑的时间" in band.label.text()
    operator.key(Qt.Key.Key_F2)
    assert window.case_page().isVisible()
    band.believe.click()
    assert last_use.clock_fault(desk) == ""
    assert not band.isVisible()
    window.release_desk()
    take_down(window)


def test_the_environment_may_give_the_password(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert opened_by_environment(desk.folder, "李正平") is None
    monkeypatch.setenv(VARIABLE, "wrong password")
    assert opened_by_environment(desk.folder, "李正平") is None
    monkeypatch.setenv(VARIABLE, PASSWORD)
    opened = opened_by_environment(desk.folder, "李正平")
    assert opened is not None
    assert opened.operator == "李正平"
    opened.close()
