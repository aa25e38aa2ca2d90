"""People, not suspects: a stored ID number is masked everywhere, and who looks at it in full leaves a line."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.domain.case import Case
from desktop.domain.party import Party
from desktop.services import cases, disclosure, drafts
from desktop.services.desk import Desk
from desktop.ui.case.conflict_marks import masked_pieces, pieces
from desktop.ui.case.page import CasePage
from desktop.ui.entry.id_number import IdNumber
from desktop.ui.entry.record_list import RecordList
from desktop.ui.settings.disclosure_box import DisclosureBox
from desktop.ui.window import Window
from tests.ui.hands import Answers, Operator

NUMBER, MASK = "530199196207190699", "530199********0699"
OTHER = "530199196310020011"


@pytest.fixture
def opened(window: Window, desk: Desk) -> CasePage:
    parties = (Party(role="申请人", kind="自然人", name="普家顺", id_number=NUMBER), Party(role="被申请人", kind="自然人", name="李文学"))
    case = Case(type="邻里", registered_on=date(2026, 3, 1), summary="田埂之争。", parties=parties, mediators=("李正平",))
    window.open_case(cases.register(desk, case).id)
    page = window.case_page()
    page.tabs.reveal("parties[0].id_number")
    return page


def number_field(page: CasePage) -> IdNumber:
    parties = page.tabs.form(page.tabs.currentIndex())["parties"]
    assert isinstance(parties, RecordList)
    field = parties.form["id_number"]
    assert isinstance(field, IdNumber)
    return field


def told(desk: Desk) -> list[str]:
    return [line.what for line in disclosure.lines(desk)]


def test_a_stored_number_is_masked_and_stays_what_it_is(opened: CasePage, operator: Operator) -> None:
    field = number_field(opened)
    assert field.line.text() == MASK
    assert opened.collect().parties[0].id_number == NUMBER
    operator.key(Qt.Key.Key_A, ctrl=True)
    operator.key(Qt.Key.Key_C, ctrl=True)
    assert QApplication.clipboard().text() == MASK
    assert not opened.unsaved()
    shown = [line.text() for line in opened.findChildren(QLineEdit)]
    assert NUMBER not in shown


def test_showing_it_is_written_down_until_the_field_is_left(opened: CasePage, operator: Operator, desk: Desk) -> None:
    field = number_field(opened)
    operator.key(Qt.Key.Key_H, ctrl=True)
    assert field.line.text() == NUMBER
    assert told(desk) == ["查看“普家顺”的身份证号码"]
    (line,) = disclosure.lines(desk)
    assert (line.operator, line.case, line.title) == ("李正平", opened.case_id(), "普家顺与李文学邻里纠纷")
    operator.key(Qt.Key.Key_Return)
    assert field.line.text() == MASK
    assert opened.collect().parties[0].id_number == NUMBER


@pytest.mark.parametrize("keys", ["typed", "pasted", "in the middle"])
def test_typing_takes_the_place_of_the_mask(opened: CasePage, operator: Operator, keys: str) -> None:
    field = number_field(opened)
    if keys == "pasted":
        QApplication.clipboard().setText(OTHER)
        operator.key(Qt.Key.Key_A, ctrl=True)
        operator.key(Qt.Key.Key_V, ctrl=True)
    else:
        field.line.setCursorPosition(9 if keys == "in the middle" else 0)
        operator.write(OTHER)
    assert field.line.text() == OTHER
    assert opened.collect().parties[0].id_number == OTHER
    assert opened.save()
    assert number_field(opened).line.text() == "530199********0011"


def test_deleting_from_the_mask_empties_it(opened: CasePage, operator: Operator) -> None:
    operator.key(Qt.Key.Key_End)
    operator.key(Qt.Key.Key_Backspace)
    assert number_field(opened).line.text() == ""
    assert opened.collect().parties[0].id_number is None
    opened.stepping.undo()
    assert opened.collect().parties[0].id_number == NUMBER
    assert number_field(opened).line.text() == MASK


def test_a_mask_is_no_number(opened: CasePage, operator: Operator, desk: Desk) -> None:
    opened.tabs.reveal("parties[1].id_number")
    QApplication.clipboard().setText(MASK)
    operator.key(Qt.Key.Key_V, ctrl=True)
    assert "星号" in opened.faults(strict=False)[0].sentence


def test_drafts_hold_the_true_number(window: Window, opened: CasePage, operator: Operator, desk: Desk) -> None:
    operator.write(OTHER)
    operator.key(Qt.Key.Key_Escape)
    resumed = drafts.resume(desk, drafts.name_of(opened.case_id()))
    assert resumed is not None
    assert resumed.typed.case.parties[0].id_number == OTHER
    window.open_case(opened.case_id())
    opened.tabs.reveal("parties[0].id_number")
    assert number_field(opened).line.text() == "530199********0011"


def test_a_paper_with_full_numbers_leaves_a_line(qtbot: QtBot, opened: CasePage, desk: Desk) -> None:
    opened.preview()
    dialog = opened.dialog
    qtbot.waitUntil(lambda: bool(dialog.pdf()), timeout=20_000)
    kinds = [paper.kind for paper in dialog._papers]
    dialog.list.setCurrentRow(kinds.index("卷宗"))
    qtbot.waitUntil(lambda: told(desk)[:1] == ["预览《整本卷宗》，含普家顺的身份证号码"], timeout=20_000)
    dialog.close()
    assert not disclosure.prints_numbers(desk, "任务单")
    assert disclosure.prints_numbers(desk, "授权委托书")


def test_the_settings_show_the_log(opened: CasePage, operator: Operator) -> None:
    operator.key(Qt.Key.Key_H, ctrl=True)
    box = DisclosureBox(opened._context)
    assert box.count.text() == "共1条。"
    assert box.table.rows.rows[0][1:] == ("李正平", "普家顺与李文学邻里纠纷", "查看“普家顺”的身份证号码")
    box.deleteLater()


def test_versions_of_a_number_show_only_what_differs() -> None:
    shown = ["".join(piece.text for piece in masked_pieces(found)) for found in pieces([NUMBER, NUMBER[:-1] + "8"])]
    assert shown == ["*" * 17 + "9", "*" * 17 + "8"]
    assert "".join(piece.text for piece in masked_pieces(pieces([NUMBER, "440301200001012222"])[0])) == MASK


def test_a_pasted_table_becomes_parties(opened: CasePage, operator: Operator, answers: Answers) -> None:
    parties = opened.tabs.form(opened.tabs.currentIndex())["parties"]
    assert isinstance(parties, RecordList)
    QApplication.clipboard().setText(f"姓名\t性别\t身份证号\t电话\n王五\t男\t{OTHER}\t13900000036\n赵六\t女\t\t13900000037\n")
    parties.table.setFocus()
    answers.confirms = False
    operator.key(Qt.Key.Key_V, ctrl=True)
    assert "2行" in answers.asked[0]
    assert len(opened.collect().parties) == 2
    answers.confirms = True
    operator.key(Qt.Key.Key_V, ctrl=True)
    found = opened.collect().parties
    assert [(one.name, one.phone, one.id_number, one.role) for one in found[2:]] == [
        ("王五", "13900000036", OTHER, "被申请人"),
        ("赵六", "13900000037", None, "被申请人"),
    ]
