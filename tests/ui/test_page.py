"""The boxes of a long page: made from top to bottom, bit by bit, and never too late for a key."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui import page
from desktop.ui.context import button
from desktop.ui.page import Boxes, LongPage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Letters(LongPage):
    """A page of five boxes, the last with a key."""

    def __init__(self) -> None:
        super().__init__()
        self.pressed = 0
        self.column = column = QVBoxLayout(self)
        column.addWidget(QLabel("上"))
        self.boxes = Boxes(column, {name: partial(QLabel, name) for name in "甲乙丙丁"} | {"戊": self._last})
        column.addWidget(QLabel("下"))

    def _last(self) -> QWidget:
        return button("办", self._press, key="F8")

    def _press(self) -> None:
        self.pressed += 1

    def order(self) -> str:
        """What stands on the page from top to bottom."""
        labels = sorted(self.findChildren(QLabel), key=self.column.indexOf)
        return "".join(label.text() for label in labels)


@pytest.fixture
def window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> QStackedWidget:
    """The page is behind another one; a bit of it is never more than one box."""
    monkeypatch.setattr(page, "_SLICE", 0.0)
    made = QStackedWidget()
    made.addWidget(QWidget())
    made.addWidget(Letters())
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def letters(window: QStackedWidget) -> Letters:
    """The page."""
    found = window.widget(1)
    assert isinstance(found, Letters)
    return found


def test_a_box_is_made_when_it_is_asked_for_after_those_above_it(letters: Letters) -> None:
    assert letters.order() == "上下"
    assert letters.boxes["乙"].text() == "乙"
    assert letters.order() == "上甲乙下"
    assert letters.boxes.made("甲")
    assert not letters.boxes.made("丙")


def test_the_rest_follows_once_the_page_is_shown(qtbot: QtBot, window: QStackedWidget, letters: Letters) -> None:
    window.setCurrentWidget(letters)
    assert letters.order() == "上下"
    qtbot.waitUntil(lambda: not letters.boxes.left())
    assert letters.order() == "上甲乙丙丁下"
    assert letters.boxes["戊"].isVisible()


def test_a_key_finds_the_button_that_was_still_to_come(window: QStackedWidget, letters: Letters) -> None:
    window.setCurrentWidget(letters)
    assert not letters.boxes.made("甲")
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert letters.pressed == 1


def test_each_bit_is_short(letters: Letters) -> None:
    rounds = 0
    while letters.make_some():
        rounds += 1
    assert rounds == 4
