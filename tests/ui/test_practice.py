"""Practice: unmistakable, apart from the office, and out of it again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.services import cases, practice
from desktop.services.desk import Desk
from desktop.ui.bands import PracticeBand
from desktop.ui.doors.first_run import BEGIN, SHEET, FirstRun
from desktop.ui.doors.unlock import Unlock
from desktop.ui.rooms import ROOMS
from desktop.ui.theme import COLOURS, Theme
from desktop.ui.today.page import TodayPage
from desktop.ui.unlocking import VARIABLE
from desktop.ui.window import Window
from tests.ui.accessible import nameless
from tests.ui.hands import PASSWORD, SAMPLES, Answers, Operator, clipped, settings, show, take_down

SOON = 20_000


@pytest.fixture
def office(qtbot: QtBot, theme: Theme, desk: Desk, tmp_path: Path, answers: Answers, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """The window of the village, which it closes by itself."""
    monkeypatch.delenv(VARIABLE, raising=False)
    window = Window(desk.folder, theme, settings(tmp_path), answers)
    window.enter(desk)
    show(qtbot, window)
    yield window
    take_down(window)


def practised(qtbot: QtBot, window: Window) -> PracticeBand:
    qtbot.waitUntil(lambda: window.context is not None and practice.is_practice(window.context.desk), timeout=SOON)
    band = window.shell.band
    assert isinstance(band, PracticeBand)
    qtbot.waitUntil(band.isVisible, timeout=SOON)  # the office is known a moment before its page is shown
    return band


def test_practice_from_the_settings_and_back_to_the_door(qtbot: QtBot, office: Window, operator: Operator, answers: Answers) -> None:
    accent = COLOURS["accent"]
    office.go("settings")
    operator.key(Qt.Key.Key_F8)
    band = practised(qtbot, office)
    assert band.isVisible()
    assert band.label.text() == practice.BAND
    assert COLOURS["accent"] != accent
    assert not office.bar.buttons["exchange"].isEnabled()
    today = office.page("today")
    assert isinstance(today, TodayPage)
    today.refresh()
    assert today.advice.frame.isHidden()  # there is no password whose sheet could be missing
    office.lock_now()
    assert not office.locked()
    office.go("disputes")
    assert office.list_page().count.text() == f"共 {len(SAMPLES)} 件"
    band.anew.click()
    assert "恢复原样" in answers.asked[-1]
    practised(qtbot, office).leave.click()
    assert isinstance(office.centralWidget(), Unlock)
    assert COLOURS["accent"] == accent
    operator.write(PASSWORD)
    operator.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: office.context is not None, timeout=SOON)
    assert office.context is not None
    assert cases.count(office.context.desk) == 0
    assert office.context.desk.operator == "李正平"


def test_beginning_anew_forgets_what_was_done(qtbot: QtBot, office: Window) -> None:
    office.practise()
    band = practised(qtbot, office)
    assert office.context is not None
    cases.register_files(office.context.desk, SAMPLES[:1])
    band.anew.click()
    practised(qtbot, office)
    assert cases.count(office.context.desk) == len(SAMPLES)


def test_practice_from_the_door_and_from_the_first_run(
    qtbot: QtBot, theme: Theme, tmp_path: Path, answers: Answers, operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    window = Window(tmp_path / "data", theme, settings(tmp_path), answers)
    window.open_door()
    show(qtbot, window)
    door = window.centralWidget()
    assert isinstance(door, FirstRun)
    operator.fill(1, "浦贝乡浦贝村综治中心", None)
    operator.fill("李正平", PASSWORD, PASSWORD)
    qtbot.waitUntil(lambda: door.at == SHEET, timeout=SOON)
    for _ in range(BEGIN - SHEET):
        door.go_on()
    operator.key(Qt.Key.Key_F8)
    practised(qtbot, window)
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(operator.at(), Qt.Key.Key_Q, keys)
    unlock = window.centralWidget()
    assert isinstance(unlock, Unlock)
    assert unlock.operator.text() == "李正平"
    operator.key(Qt.Key.Key_F8)
    practised(qtbot, window)
    take_down(window)


@pytest.mark.parametrize("scale", [100, 200])
def test_the_band_is_over_every_page_and_whole(qtbot: QtBot, office: Window, theme: Theme, scale: int) -> None:
    def whole() -> None:
        assert clipped(office) == []
        assert nameless(office) == []

    office.resize(1280, 800)
    theme.set_scale(scale)
    office.practise()
    band = practised(qtbot, office)
    for room in ROOMS:
        if not room.real:
            office.go(room.name)
            assert band.isVisible()
            qtbot.waitUntil(whole)
