"""What is too long, too strange or wrong at first: pasted tables, emoji, names that fill the window, corrected numbers, another look."""

from datetime import date

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.case import Case
from desktop.domain.id_number import check_digit
from desktop.domain.party import Party
from desktop.services import cases
from desktop.services.desk import Desk
from desktop.services.drafts import Typed
from desktop.ui.case.page import CasePage
from desktop.ui.case.party_fields import Parties
from desktop.ui.case.undo import Step, UndoRow
from desktop.ui.entry.inputs import Text
from desktop.ui.entry.note import Note, doubt_about
from desktop.ui.theme import COLOURS, Theme, em
from desktop.ui.window import Window
from tests.domain.samples import accepted
from tests.ui.hands import Answers, Operator

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # of the offscreen platform
TABLE = "姓名\t性别\t电话\n王五\t男\t13900000036\n赵六\t女\t13900000037\n"


def number(first17: str) -> str:
    return first17 + check_digit(first17)


@pytest.fixture
def opened(window: Window, desk: Desk) -> CasePage:
    window.open_case(cases.register(desk, accepted()).id)
    page = window.case_page()
    page.tabs.reveal("parties[0]")
    return page


def parties(page: CasePage) -> Parties:
    found = page.tabs.form(page.tabs.currentIndex())["parties"]
    assert isinstance(found, Parties)
    return found


def test_a_table_pasted_into_a_name_becomes_parties(opened: CasePage, operator: Operator, answers: Answers) -> None:
    before = len(opened.collect().parties)
    parties(opened).add()
    QApplication.clipboard().setText(TABLE)
    operator.key(Qt.Key.Key_V, ctrl=True)
    assert "2行" in answers.asked[-1]
    assert [party.name for party in opened.collect().parties[before:]] == ["王五", "赵六"]


def test_a_table_that_is_not_wanted_is_one_line_with_a_sentence(opened: CasePage, operator: Operator, answers: Answers) -> None:
    parties(opened).add()
    answers.confirms = False
    QApplication.clipboard().setText(TABLE)
    operator.key(Qt.Key.Key_V, ctrl=True)
    name = parties(opened).form["name"]
    assert isinstance(name, Text)
    assert name.text().startswith("姓名 性别 电话 王五")
    assert "已经接成一行" in name.note.text()


def test_many_strange_characters_do_not_widen_the_form(qtbot: QtBot, theme: Theme) -> None:
    note = Note()
    qtbot.addWidget(note)
    told = doubt_about(tuple("😀😁😂😃😄😅"))
    assert "等 6 个字打印不出来" in told
    assert told.count("U+") == 3
    note.say("", told)
    assert note.minimumSizeHint().width() < em(note) * 13
    assert note.accessibleName() == f"！{told}"


def test_a_name_of_300_letters_leaves_room_for_the_case(window: Window, opened: CasePage, desk: Desk) -> None:
    case = opened.collect()
    parts = (msgspec.structs.replace(case.parties[0], name="阿" * 300), *case.parties[1:])
    opened.put(Typed(msgspec.structs.replace(case, parties=parts)))
    opened._check()
    QApplication.processEvents()
    title = opened.header.title
    assert title.height() < title.fontMetrics().lineSpacing() * 3
    assert title.text().endswith("…")
    assert "阿" * 300 in title.toolTip()
    assert "阿" * 300 in title.accessibleName()
    assert "姓名很长，请核对" in opened.side.doubts.text()


@pytest.mark.parametrize("wide", [60, 20])
def test_the_key_of_a_step_is_never_cut(qtbot: QtBot, theme: Theme, wide: int) -> None:
    theme.set_scale(200)
    row = UndoRow()
    qtbot.addWidget(row)
    row.kept.setText("草稿已留存 10:31")
    row.resize(round(em(row) * wide), row.sizeHint().height())
    row.show()
    case = Case(type="", registered_on=date(2026, 1, 1), summary="", parties=(), mediators=())  # type: ignore[arg-type]  # not chosen
    row.show_steps(Step("修改当事人的身份证号码", (), Typed(case), Typed(case)), None)
    QApplication.processEvents()
    text = row.undo_button.text()
    assert text.endswith("  Ctrl+Z")
    assert ("身份证号码" in text) == (wide == 60)
    for made in (row.undo_button, row.redo_button, row.kept):
        assert made.width() >= made.sizeHint().width()
    theme.set_scale(100)


def test_links_take_the_colours_of_the_other_look(opened: CasePage, theme: Theme) -> None:
    case = opened.collect()
    parts = (msgspec.structs.replace(case.parties[0], id_number="53011119850101123"), *case.parties[1:])
    opened.put(Typed(msgspec.structs.replace(case, parties=parts)))
    opened._check()
    light = COLOURS["warn"]
    assert light in opened.side.missing.text() + opened.side.doubts.text()
    theme.turn_look()
    QApplication.processEvents()
    dark, told = COLOURS["warn"], opened.side.missing.text() + opened.side.doubts.text()
    theme.turn_look()
    assert dark != light
    assert dark in told
    assert light not in told


def test_birth_and_sex_follow_a_corrected_number(qtbot: QtBot, theme: Theme) -> None:
    made = Parties()
    qtbot.addWidget(made)
    made.show_value((Party(role="申请人", kind="自然人", name="张三"),))
    form = made.form
    line = form["id_number"]
    assert isinstance(line, Text)

    def known(text: str) -> tuple[object, object]:
        line.line.setText(text)
        line.changed.emit()
        return form["born_on"].value(), form["sex"].value()

    wrong, right = number("53011119850101123"), number("53011119860203124")
    assert known(wrong) == (date(1985, 1, 1), "男")
    assert known(wrong[:-1]) == (date(1985, 1, 1), "男")
    assert known(right) == (date(1986, 2, 3), "女")
    form["born_on"].show_value(date(1987, 7, 7))
    form["born_on"].changed.emit()
    assert known(wrong) == (date(1987, 7, 7), "男")


def test_an_old_number_fills_too_and_a_new_one_on_its_way_leaves_nothing(qtbot: QtBot, theme: Theme) -> None:
    made = Parties()
    qtbot.addWidget(made)
    made.show_value((Party(role="申请人", kind="自然人", name="张三"), Party(role="被申请人", kind="自然人", name="李四", sex="男")))
    form = made.form
    line = form["id_number"]
    assert isinstance(line, Text)
    for text, born in (("530111200102031", date(1920, 1, 2)), ("5301112001020312", None), ("530111201302031", None)):
        line.line.setText(text)
        line.changed.emit()
        assert form["born_on"].value() == born
    made.reveal("[1]")
    assert (form["born_on"].value(), form["sex"].value()) == (None, "男")
