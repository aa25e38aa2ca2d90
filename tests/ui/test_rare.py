"""生僻字 by keyboard: its key, parts or a code point, a digit."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.entry.inputs import Password, Text
from desktop.ui.entry.long_text import LongText
from desktop.ui.entry.rare import KEY_CODE, ask_rare
from desktop.ui.entry.rare_dialog import RareDialog
from desktop.ui.theme import Theme, em
from desktop.ui.window import Window
from tests.ui.hands import Operator

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # dialogs, on the offscreen platform


@pytest.fixture
def dialog(qtbot: QtBot) -> RareDialog:
    made = RareDialog()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.query.setFocus()
    return made


def chosen_from(dialog: RareDialog) -> list[str]:
    taken: list[str] = []
    dialog.chosen.connect(taken.append)
    return taken


def candidates(dialog: RareDialog) -> str:
    return "".join(button.character for button in dialog.buttons)


def opened(widget: QWidget) -> RareDialog:
    found = [dialog for dialog in widget.window().findChildren(QDialog) if isinstance(dialog, RareDialog)]
    assert len(found) == 1
    return found[0]


def test_the_key_puts_the_character_at_the_cursor(qtbot: QtBot) -> None:
    text = Text()
    qtbot.addWidget(text)
    text.show()
    text.line.put("张三")
    text.line.setCursorPosition(1)
    QTest.keyClick(text.line, KEY_CODE)
    dialog = opened(text)
    dialog.query.insert("龙天")
    with qtbot.waitSignal(text.changed):
        QTest.keyClick(dialog.query, Qt.Key.Key_1)
    assert text.value() == "张䶮三"


def test_the_key_works_in_long_texts(qtbot: QtBot) -> None:
    area = LongText()
    qtbot.addWidget(area)
    area.show()
    QTest.keyClick(area.area, KEY_CODE)
    dialog = opened(area)
    QTest.keyClicks(dialog.query, "2CE18")
    QTest.keyClick(dialog.query, Qt.Key.Key_Return)
    assert area.value() == "\U0002ce18"


def test_the_window_offers_it_to_any_field(window: Window, operator: Operator) -> None:
    window.go("disputes")
    search = window.list_page().search
    operator.key(Qt.Key.Key_F3)
    operator.key(KEY_CODE)
    dialog = opened(search)
    dialog.query.insert("吉吉")
    QTest.keyClick(dialog.query, Qt.Key.Key_1)
    assert search.text() == "喆"


def test_passwords_and_other_widgets_take_none(qtbot: QtBot) -> None:
    password = Password()
    qtbot.addWidget(password)
    assert ask_rare(password.line) is None
    assert ask_rare(password) is None
    assert ask_rare(None) is None


def test_digits_belong_to_a_code_point(dialog: RareDialog) -> None:
    taken = chosen_from(dialog)
    QTest.keyClicks(dialog.query, "U+4dae")
    assert dialog.query.text() == "U+4dae"
    assert candidates(dialog) == "䶮"
    QTest.keyClick(dialog.query, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert taken == ["䶮"]


def test_pages_and_arrows(dialog: RareDialog) -> None:
    taken = chosen_from(dialog)
    dialog.query.insert("木")
    first = candidates(dialog)
    QTest.keyClick(dialog.query, Qt.Key.Key_PageDown)
    second = candidates(dialog)
    assert not set(first) & set(second)
    QTest.keyClick(dialog.query, Qt.Key.Key_PageUp)
    assert candidates(dialog) == first
    QTest.keyClick(dialog.query, Qt.Key.Key_Down)
    assert dialog.buttons[0].hasFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(dialog.focusWidget(), key)
    assert dialog.buttons[1].hasFocus()
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Up)
    assert dialog.query.hasFocus()
    QTest.keyClick(dialog.query, Qt.Key.Key_Down)
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Down)
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert taken == [first[5]]


def test_the_number_of_strokes_narrows(dialog: RareDialog) -> None:
    dialog.query.insert("木")
    QTest.keyClicks(dialog.strokes, "20")
    assert dialog.strokes.text() == "20"
    assert candidates(dialog)
    assert "林" not in candidates(dialog)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "把字拆成打得出的几个部分"),
        ("龙天马鸟水火", "没有找到"),
        ("U+E000", "没有这个编码的字"),
        ("U+30000", "打印不出来"),
        ("龙天", "按 1–9 选字"),
    ],
)
def test_the_dialog_says_what_it_found(dialog: RareDialog, typed: str, sentence: str) -> None:
    dialog.query.insert(typed)
    assert sentence in dialog.told.text()


def test_a_candidate_tells_its_name(dialog: RareDialog) -> None:
    dialog.query.insert("U+30000")
    assert dialog.buttons[0].accessibleName() == "1 \U00030000 U+30000 打印不出"
    dialog.query.setText("龙天")
    assert dialog.buttons[0].accessibleName() == "1 䶮 U+4DAE"
    assert not dialog.buttons[8].isVisible()


@pytest.mark.parametrize("scale", [100, 200])
def test_nothing_is_clipped(qtbot: QtBot, theme: Theme, scale: int) -> None:
    theme.set_scale(scale)
    dialog = RareDialog()
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    help_text = dialog.told.fontMetrics().boundingRect(dialog.told.rect(), Qt.TextFlag.TextWordWrap, dialog.told.text())
    assert help_text.height() <= dialog.told.height()
    dialog.query.setText("木")
    for part in (*dialog.findChildren(QPushButton), *dialog.findChildren(QLabel)):
        if part.isVisible():
            assert part.width() >= part.minimumSizeHint().width()
            assert part.height() >= part.minimumSizeHint().height()
            assert dialog.rect().contains(part.mapTo(dialog, QPoint(part.width() - 1, part.height() - 1)))
    for button in dialog.buttons:
        assert button.width() >= button.sizeHint().width()
    assert dialog.width() <= 1280
    assert dialog.height() <= 800
    assert dialog.buttons[0].fontMetrics().horizontalAdvance("字库没有，") <= dialog.buttons[0].width() - em(dialog) * 0.4
