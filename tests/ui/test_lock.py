"""The lock: nothing of a case is seen, nothing typed is lost, and one is back where one was."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.refused import Refused
from desktop.services import cases
from desktop.services.desk import Desk
from desktop.ui.ask import Asker
from desktop.ui.lock.door import LockDoor
from desktop.ui.lock.locking import KEPT, drafts_kept, idle_minutes
from desktop.ui.lock.watch import IdleWatch
from desktop.ui.page import Page
from desktop.ui.settings.page import SettingsPage
from desktop.ui.theme import Theme
from desktop.ui.window import Window
from tests.ui.accessible import nameless
from tests.ui.hands import PASSWORD, SAMPLES, Operator, clipped, settings

SOON = 20_000
NAME = "普家顺"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagateSizeHints)")


@pytest.fixture
def opened(desk: Desk, window: Window) -> Iterator[Window]:
    """The window with sample 03 in front."""
    cases.register_files(desk, [path for path in SAMPLES if path.name.startswith("03")])
    window.open_case(cases.rows(desk)[0].id)
    yield window
    if window.lock and window.lock.door:
        window.lock.open()


def door_of(window: Window) -> LockDoor:
    assert window.lock is not None
    assert window.lock.door is not None
    return window.lock.door


def seen() -> list[str]:
    """Every text that is visible in any window of the program."""
    labels = [part for top in QApplication.topLevelWidgets() for part in top.findChildren(QLabel) if part.isVisible()]
    return [label.text() for label in labels] + [top.windowTitle() for top in QApplication.topLevelWidgets() if top.isVisible()]


def unlock(qtbot: QtBot, window: Window, operator: Operator) -> None:
    operator.write(PASSWORD)
    operator.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.locked(), timeout=SOON)


def test_ctrl_l_covers_everything_and_the_password_brings_it_back(qtbot: QtBot, opened: Window, operator: Operator) -> None:
    page = opened.case_page()
    assert any(NAME in text for text in seen())
    before = QApplication.focusWidget()
    page.tabs.reveal("summary")
    inside = QApplication.focusWidget()
    assert inside is not None
    assert inside is not before
    operator.key(Qt.Key.Key_L, ctrl=True)
    assert opened.locked()
    assert not any(NAME in text for text in seen())
    assert "已锁定" in opened.windowTitle()
    assert KEPT in door_of(opened).reason.text()
    assert nameless(opened) == []
    for key in (Qt.Key.Key_F1, Qt.Key.Key_F2, Qt.Key.Key_F3):
        operator.key(key)
    assert opened.locked()
    operator.write("wrong password")
    operator.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "密码不对" in door_of(opened).notice.text(), timeout=SOON)
    unlock(qtbot, opened, operator)
    assert opened.stack.currentWidget() is page
    assert QApplication.focusWidget() is inside
    assert any(NAME in text for text in seen())


def test_a_picture_of_the_locked_window_shows_only_the_door(opened: Window, theme: Theme) -> None:
    for scale in (100, 200):
        theme.set_scale(scale)
        opened.lock_now()
        empty = LockDoor(opened._office().desk, door_of(opened).reason.text())
        empty.resize(opened.shell.size())
        assert clipped(opened) == []
        shown = [part for part in opened.shell.findChildren(QWidget) if part.isVisible() and part.window() is opened]
        assert all(part is door_of(opened) or door_of(opened).isAncestorOf(part) for part in shown)
        assert opened.lock is not None
        opened.lock.open()
        empty.deleteLater()


def test_nobody_there_locks_and_says_why(qtbot: QtBot, opened: Window) -> None:
    assert opened.lock is not None
    watch = opened.lock.watch
    watch.look()
    assert not opened.locked()
    watch._touched -= watch.minutes * 60 + 1
    watch.look()
    assert opened.locked()
    assert door_of(opened).reason.text() == f"10分钟没有操作，已锁定；{KEPT}"


def test_a_key_in_any_window_counts_as_somebody_there(qtbot: QtBot, opened: Window) -> None:
    assert opened.lock is not None
    watch = opened.lock.watch
    watch._touched -= 1000
    QApplication.sendEvent(opened.windowHandle(), QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier))
    watch.look()
    assert not opened.locked()


def test_an_open_dialog_is_hidden_and_comes_back(qtbot: QtBot, opened: Window, operator: Operator) -> None:
    page = opened.case_page()
    page.preview()
    dialog = page.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.pages.count() > 0, timeout=SOON)
    assert opened.lock is not None
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    opened.lock.watch._follow(dialog.windowHandle())
    QApplication.sendEvent(dialog.windowHandle(), key)  # no shortcut of the window reaches through a dialog
    qtbot.waitUntil(opened.locked)
    assert not dialog.isVisible()
    door_of(opened).password.reveal()
    door_of(opened).password.line.setText(PASSWORD)
    door_of(opened).unlock()
    qtbot.waitUntil(lambda: not opened.locked(), timeout=SOON)
    assert dialog.isVisible()
    dialog.close()


def test_a_question_is_stepped_back_from(opened: Window) -> None:
    QTimer.singleShot(0, opened, opened.lock_now)
    assert Asker().confirm(opened, f"要删除{NAME}吗？", "删除") is False
    assert opened.locked()
    assert [top for top in QApplication.topLevelWidgets() if isinstance(top, QMessageBox) and top.isVisible()] == []


def test_a_dialog_that_comes_while_it_is_locked_waits(qtbot: QtBot, opened: Window) -> None:
    opened.lock_now()
    late = QDialog(opened)
    late.open()
    over = QDialog(late)
    over.open()
    qtbot.waitUntil(lambda: not late.isVisible() and not over.isVisible())
    assert opened.lock is not None
    opened.lock.open()
    assert late.isVisible()
    assert over.isVisible()
    assert opened.lock._curtain._hidden == []
    over.close()
    late.close()


class Full(Page):
    """A page whose disk is full."""

    def keep_draft(self) -> None:
        raise Refused("磁盘已满，请清理磁盘后再试。")


class Typed(Page):
    """A page that keeps what was typed."""

    kept = 0

    def keep_draft(self) -> None:
        self.kept += 1


def test_drafts_are_kept_first(qtbot: QtBot) -> None:
    typed, full = Typed(), Full()
    for page in (typed, full):
        qtbot.addWidget(page)
    assert drafts_kept([typed]) == KEPT
    told = drafts_kept([full, typed])
    assert "磁盘已满" in told
    assert "马上保存" in told
    assert typed.kept == 2


def test_the_minutes_are_chosen_in_the_settings(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    assert idle_minutes(None) == 10
    kept = settings(tmp_path)
    window._settings = kept
    window.go("settings")
    page = window.pages["settings"]
    assert isinstance(page, SettingsPage)
    assert window.lock is not None
    for minutes in (5, 0):
        page.lock.choice.box.setCurrentIndex(page.lock.choice._values.index(minutes))
        assert window.lock.watch.minutes == idle_minutes(kept) == minutes
    assert not window.lock.watch._timer.isActive()


def test_the_watch_waits_for_the_rest_of_the_time(qtbot: QtBot) -> None:
    parent = QCheckBox()
    qtbot.addWidget(parent)
    watch = IdleWatch(parent, 10)
    told: list[bool] = []
    watch.idle.connect(lambda: told.append(True))
    watch._touched -= 9 * 60
    watch.look()
    assert not told
    assert watch._timer.interval() <= 60_000
    watch.stop()


def test_a_locked_window_closes_without_asking(opened: Window) -> None:
    opened.lock_now()
    assert opened.close()
