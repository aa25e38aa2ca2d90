"""What every page is given: a sentence is put away by a key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.context import Notice

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.mark.parametrize("many", [1, 2])
def test_each_press_puts_one_sentence_away(qtbot: QtBot, many: int) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    notices = [Notice() for _ in range(many)]
    for notice in notices:
        column.addWidget(notice)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    for notice in notices:
        notice.done("做好了。")
    for left in reversed(range(many)):
        QTest.keyClick(page, Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
        assert sum(bool(notice.text()) for notice in notices) == left
