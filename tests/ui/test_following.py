"""Wherever a key leads, the field with the cursor is seen, in large text too."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.theme import Theme
from desktop.ui.window import Window
from tests.ui.hands import Operator


def hidden_part(at: QWidget) -> int:
    """How many pixels of the control's height lie outside of the area around it."""
    area = at.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    assert isinstance(area, QScrollArea)
    top = at.mapTo(area.viewport(), at.rect().topLeft()).y()
    return max(-top, 0) + max(top + min(at.height(), area.viewport().height()) - area.viewport().height(), 0)


@pytest.mark.parametrize(("tab", "add"), [(Qt.Key.Key_2, Qt.Key.Key_F6), (Qt.Key.Key_4, Qt.Key.Key_F6), (Qt.Key.Key_5, Qt.Key.Key_F6)])
def test_a_new_row_is_begun_where_it_is_seen(
    qtbot: QtBot, window: Window, theme: Theme, operator: Operator, tab: Qt.Key, add: Qt.Key
) -> None:
    theme.set_scale(200)
    window.new_case()
    operator.key(tab, ctrl=True)
    operator.key(add)
    qtbot.waitUntil(lambda: hidden_part(operator.at()) == 0)


@pytest.mark.parametrize("path", ["recorder", "outcome.reason", "closed_on"])
def test_what_is_looked_for_is_seen(qtbot: QtBot, window: Window, theme: Theme, operator: Operator, path: str) -> None:
    theme.set_scale(200)
    window.new_case()
    window.case_page().tabs.reveal(path)
    qtbot.waitUntil(lambda: hidden_part(operator.at()) == 0)
