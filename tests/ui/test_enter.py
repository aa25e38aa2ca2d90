"""Enter leads from field to field and from tab to tab, never out of the case; both keys with the name Enter do the same."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.services import cases
from desktop.services.desk import Desk
from desktop.ui.case.fields import TABS
from desktop.ui.case.page import CasePage
from desktop.ui.context import button
from desktop.ui.window import Window
from tests.ui.hands import Operator
from tests.ui.keys import ambiguous, keys
from tests.ui.test_case_page import registered

ENTER = Qt.Key.Key_Return
PAD = Qt.KeyboardModifier.KeypadModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def opened(window: Window, desk: Desk) -> CasePage:
    window.open_case(registered(desk).id)
    return window.case_page()


LAST = ("intake.by", "extension.reason", "confirmation.decided_on", "closed_on")
"""The last fields of tabs that end with a field."""


@pytest.mark.parametrize("path", LAST)
def test_enter_in_the_last_field_turns_to_the_next_tab(opened: CasePage, operator: Operator, path: str) -> None:
    opened.tabs.reveal(path)
    number = opened.tabs.currentIndex()
    operator.key(ENTER)
    at = operator.at()
    if number + 1 == len(TABS):
        assert at is opened.save_button
        return
    assert opened.tabs.currentIndex() == number + 1
    assert opened.tabs._sheets[number + 1].isAncestorOf(at)  # what letters begin with stands above their fields


def test_enter_saves_where_it_ends(opened: CasePage, operator: Operator, desk: Desk) -> None:
    opened.tabs.reveal("place")
    operator.write("cunkou")
    opened.tabs.reveal("closed_on")
    operator.key(ENTER)
    operator.key(Qt.Key.Key_Enter)
    assert cases.load(desk, opened.case_id()).place == "cunkou"


def test_the_number_pad_has_the_same_enter(opened: CasePage, operator: Operator) -> None:
    opened.tabs.reveal("place")
    QTest.keyClick(operator.at(), Qt.Key.Key_Enter, PAD)
    at = operator.at()
    opened.tabs.reveal("summary")
    assert operator.at() is at
    QTest.keyClick(operator.at(), Qt.Key.Key_Enter, PAD | CONTROL)
    assert operator.at() is not at
    QTest.keyClick(operator.at(), Qt.Key.Key_Enter, PAD)
    opened.tabs.rest_on(0)
    QTest.keyClick(operator.at(), Qt.Key.Key_Enter, PAD | CONTROL)
    assert opened.tabs.currentIndex() == 1


@pytest.mark.parametrize("key", [(Qt.Key.Key_Return, CONTROL), (Qt.Key.Key_Enter, CONTROL), (Qt.Key.Key_Enter, CONTROL | PAD)])
def test_a_button_with_enter_hears_both(qtbot: QtBot, key: tuple[Qt.Key, Qt.KeyboardModifier]) -> None:
    place, pressed = QWidget(), list[bool]()
    qtbot.addWidget(place)
    made = button("写到优盘", lambda: pressed.append(True), key="Ctrl+Return")
    made.setParent(place)
    with qtbot.waitExposed(place):
        place.show()
    place.activateWindow()
    QTest.keyClick(QApplication.focusWidget() or place, *key)
    assert pressed == [True]
    assert keys(place)["Ctrl+Enter"] == ["写到优盘"]
    assert ambiguous(place) == []
