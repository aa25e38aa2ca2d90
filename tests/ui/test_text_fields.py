"""Text that is typed, pasted or dropped into fields: clean, complete, and doubted in words."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop.ui.entry.inputs import Choice, Name, Password, Text
from desktop.ui.entry.long_text import Lines, LongText
from desktop.ui.entry.note import FILES, PICTURE

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # menus, on the offscreen platform

TABLE = "姓名\t电话\r\n张三\t13800000000\r\n"
CONTROL = Qt.KeyboardModifier.ControlModifier


def mime(text: str = "", *, image: bool = False, file: bool = False) -> QMimeData:
    """What a clipboard may hold."""
    data = QMimeData()
    if text:
        data.setText(text)
    if image:
        picture = QImage(4, 4, QImage.Format.Format_RGB32)
        picture.fill(0)
        data.setImageData(picture)
    if file:
        data.setUrls([QUrl.fromLocalFile("/tmp/扫描.jpg")])  # noqa: S108 -- only its name
    return data


@pytest.fixture
def text(qtbot: QtBot) -> Text:
    made = Text()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def area(qtbot: QtBot) -> LongText:
    made = LongText()
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_pasted_table_is_one_line_and_a_change(qtbot: QtBot, text: Text) -> None:
    QApplication.clipboard().setText(TABLE)
    with qtbot.waitSignal(text.changed):
        QTest.keyClick(text.line, Qt.Key.Key_V, CONTROL)
    assert text.value() == "姓名 电话 张三 13800000000"
    QTest.keyClick(text.line, Qt.Key.Key_Z, CONTROL)
    assert text.value() is None


def test_a_pasted_table_is_lines_in_a_long_text(area: LongText) -> None:
    QApplication.clipboard().setText(TABLE)
    QTest.keyClick(area.area, Qt.Key.Key_V, CONTROL)
    assert area.value() == "姓名　电话\n张三　13800000000"


def test_lines_take_a_row_each(qtbot: QtBot) -> None:
    lines = Lines()
    qtbot.addWidget(lines)
    lines.area.insertFromMimeData(mime(TABLE))
    assert lines.value() == ("姓名　电话", "张三　13800000000")


@pytest.mark.parametrize(("source", "sentence"), [(mime(image=True), PICTURE), (mime(file=True), FILES)])
def test_a_picture_is_no_text_and_is_said_to_be_none(text: Text, area: LongText, source: QMimeData, sentence: str) -> None:
    text.line.put("甲")
    text.line.take(source)
    area.area.insertFromMimeData(source)
    assert text.note.text() == area.note.text() == f"！{sentence}"
    assert text.value() == "甲"
    QTest.keyClicks(text.line, "a")
    assert not text.note.isVisible()


def test_invisible_characters_are_left_out_by_name(text: Text, area: LongText) -> None:
    text.line.take(mime("张\u200b三\u202e"))
    area.area.insertFromMimeData(mime("张\u200b三"))
    assert text.value() == area.value() == "张三"
    assert "（U+200B、U+202E）" in text.note.text()
    assert "（U+200B）" in area.note.text()


def test_what_cannot_print_is_kept_and_doubted(text: Text, area: LongText) -> None:
    text.line.put("好😀")
    area.area.insertPlainText("好😀\n再见\U00030000")
    assert text.value() == "好😀"
    assert text.fault() == area.fault() == ""
    assert text.note.text().startswith("！“😀”（U+1F600）打印不出来")
    assert "“\U00030000”（U+30000）" in area.note.text()
    text.show_value("好")
    area.show_value("好")
    assert not text.note.isVisible()
    assert not area.note.isVisible()


def test_the_menu_pastes_as_the_key_does(text: Text) -> None:
    QApplication.clipboard().setText(TABLE)
    QTest.mouseClick(text.line, Qt.MouseButton.LeftButton)
    QApplication.sendEvent(text.line, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), QPoint(1, 1)))
    menu = text.line.findChild(QMenu)
    assert menu is not None
    next(action for action in menu.actions() if action.objectName() == "edit-paste").trigger()
    assert text.value() == "姓名 电话 张三 13800000000"
    menu.close()


def test_a_dropped_text_is_cleaned_too(text: Text) -> None:
    dropped = mime(TABLE)
    actions, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    text.line.dropEvent(QDropEvent(QPointF(1, 1), actions, dropped, buttons, Qt.KeyboardModifier.NoModifier))
    assert text.value() == "姓名 电话 张三 13800000000"


def test_a_name_has_one_mark_and_may_be_long(qtbot: QtBot) -> None:
    name = Name()
    qtbot.addWidget(name)
    name.line.put("买买提•艾力")
    with qtbot.waitSignal(name.changed):
        name.line.left.emit()
    assert name.value() == "买买提·艾力"
    name.show_value("买买提•艾力")
    name.line.left.emit()
    assert name.value() == "买买提•艾力"  # nobody touched it
    long = "·".join(["阿卜杜拉"] * 15)
    name.line.put(f"·{long}")
    assert len(str(name.value())) > 75


def test_a_password_is_never_spoken_of(qtbot: QtBot) -> None:
    password = Password()
    qtbot.addWidget(password)
    password.line.setText("枫桥😀")
    assert password.doubt() == ""
    assert password.findChild(QMenu) is None


def test_ten_thousand_characters_are_kept(area: LongText) -> None:
    story = "他说：“这事我不认。”\n" * 1000
    area.show_value(story)
    QTest.keyClick(area.area, Qt.Key.Key_A)
    assert area.value() == f"a{story}".strip()
    area.area.insertFromMimeData(mime(story))
    assert len(str(area.value())) > 20_000


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        ("j", "家庭纠纷"),
        ("L", "邻里纠纷"),
        ("ld", "劳动争议"),
        ("lld", "邻里纠纷"),
        ("3", "劳动争议"),
        ("x", None),
        ("9", None),
    ],
)
def test_a_choice_is_taken_by_the_first_letters_or_its_number(qtbot: QtBot, keys: str, value: str | None) -> None:
    choice = Choice(("邻里纠纷", "家庭纠纷", "劳动争议", "其他"))
    qtbot.addWidget(choice)
    QTest.keyClicks(choice.box, keys)
    assert choice.value() == value
