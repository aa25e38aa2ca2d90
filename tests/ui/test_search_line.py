"""The line to search in: what is drawn in it follows the text, and is emptied by its button."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from desktop.ui.search_line import SIDE, SearchLine
from desktop.ui.theme import Theme, em


@pytest.fixture
def line(qtbot: QtBot, theme: Theme) -> SearchLine:
    made = SearchLine("查找纠纷", "姓名、号码")
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize("scale", [100, 200])
def test_the_drawings_are_as_high_as_the_text(line: SearchLine, theme: Theme, scale: int) -> None:
    theme.set_scale(scale)
    line.setText("张三")
    glass, clear = line.findChildren(QLabel)[0], line.findChildren(QToolButton)[0]
    side = round(em(line) * SIDE)
    assert glass.width() == clear.iconSize().width() == side
    assert glass.pixmap().width() >= side
    assert line.textMargins().left() >= side
    assert line.textMargins().right() >= side


def test_the_button_empties_the_line(line: SearchLine) -> None:
    clear = line.findChildren(QToolButton)[0]
    assert clear.isHidden()
    QTest.keyClicks(line, "zs")
    assert not clear.isHidden()
    QTest.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert line.text() == ""
    assert clear.isHidden()
