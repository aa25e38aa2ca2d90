"""撤销 and 重做 with names: fields, entries of lists, saves; what went out on paper stays."""

from datetime import date

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from shiboken6 import delete

from desktop.domain.case import Case
from desktop.domain.letter import Letter
from desktop.domain.party import Party
from desktop.services import cases, drafts
from desktop.services.desk import Desk
from desktop.services.drafts import Typed
from desktop.ui.case.page import CasePage
from desktop.ui.case.undo import MOST, Steps
from desktop.ui.window import Window
from tests.ui.hands import Operator
from tests.ui.test_drafts import registered, type_into


@pytest.fixture
def opened(window: Window, desk: Desk) -> CasePage:
    window.open_case(registered(desk).id)
    return window.case_page()


def back(page: CasePage) -> str:
    page._check()
    return page.undo_row.undo_button.text()


def test_each_field_is_a_step_with_a_name(opened: CasePage, operator: Operator) -> None:
    type_into(opened, operator, "place", "村口")
    type_into(opened, operator, "amount", "300")
    assert back(opened) == "撤销：修改涉及金额  Ctrl+Z"
    opened.stepping.undo()
    opened.stepping.undo()
    assert opened.collect().amount is None
    assert back(opened) in ("撤销：修改发生地点  Ctrl+Z", "撤销  Ctrl+Z")
    while opened.stepping.steps.next_undo():
        opened.stepping.undo()
    assert not opened.unsaved()
    while opened.stepping.steps.next_redo():
        opened.stepping.redo()
    assert (opened.collect().place, opened.collect().amount) == ("村口", 30000)


def test_the_key_takes_back_letters_first_and_then_steps(opened: CasePage, operator: Operator) -> None:
    type_into(opened, operator, "place", "cunkou")
    opened.tabs.reveal("amount")
    operator.key(Qt.Key.Key_Z, ctrl=True)
    assert opened.collect().place is None
    operator.key(Qt.Key.Key_Y, ctrl=True)
    assert opened.collect().place == "cunkou"
    opened.tabs.reveal("summary")
    operator.write("！")
    operator.key(Qt.Key.Key_Z, ctrl=True)
    assert opened.collect().summary == "田埂之争。"
    assert opened.collect().place == "cunkou"


def test_entries_that_came_or_went_come_back(opened: CasePage, operator: Operator) -> None:
    opened.tabs.reveal("parties[1]")
    operator.key(Qt.Key.Key_F8)
    assert back(opened) == "撤销：删去当事人  Ctrl+Z"
    operator.key(Qt.Key.Key_F6)
    type_into(opened, operator, "parties[1].name", "王五")
    assert back(opened) == "撤销：新增当事人  Ctrl+Z"
    while opened.stepping.steps.next_undo():
        opened.stepping.undo()
    assert [party.name for party in opened.collect().parties] == ["普家顺", "李文学"]


def test_text_that_cannot_be_used_comes_back(opened: CasePage, operator: Operator) -> None:
    type_into(opened, operator, "amount", "3x")
    type_into(opened, operator, "place", "村口")
    opened.tabs.reveal("amount")
    operator.key(Qt.Key.Key_A, ctrl=True)
    operator.key(Qt.Key.Key_Delete)
    opened.tabs.reveal("summary")
    opened.stepping.undo()
    assert opened.typed().texts == {"amount": "3x"}


def test_a_save_is_taken_back_as_a_new_change(opened: CasePage, operator: Operator, desk: Desk) -> None:
    type_into(opened, operator, "summary", "改过的概况。")
    opened.save()
    assert back(opened) == "撤销：保存  Ctrl+Z"
    opened.stepping.undo()
    assert cases.load(desk, opened.case_id()).summary == "田埂之争。"
    assert opened.collect().summary == "改过的概况。"
    assert "已撤销保存" in opened.notice.text()
    opened.stepping.redo()
    assert cases.load(desk, opened.case_id()).summary == "改过的概况。"
    assert len(opened.timeline.text.text().split("<p>")) == 5


def test_what_went_out_is_not_taken_back(opened: CasePage, desk: Desk) -> None:
    before = cases.load(desk, opened.case_id())
    days = {"due_on": date(2026, 3, 9), "issued_on": date(2026, 3, 2)}
    words = {"kind": "任务单", "to": "某站", "title": "标题", "matter": "事由", "responsible": "甲", "signer": "乙"}
    letter = Letter(**words, **days, measures=("措施",))  # type: ignore[arg-type]  # each of its type
    opened.put(Typed(msgspec.structs.replace(before, letters=(letter,))))
    assert opened.save()
    assert cases.load(desk, opened.case_id()).letters[0].number
    opened.stepping.undo()
    assert "文号不能收回" in opened.notice.text()
    assert cases.load(desk, opened.case_id()).letters


def test_a_registration_is_not_taken_back(window: Window, operator: Operator, desk: Desk) -> None:
    window.new_case()
    page = window.case_page()
    party = Party(role="申请人", kind="自然人", name="普家顺")
    page.put(Typed(Case(type="邻里", registered_on=date(2026, 3, 1), summary="田埂之争。", parties=(party,))))
    assert page.save()
    page.stepping.undo()
    assert "卷号已经编定" in page.notice.text()
    assert cases.count(desk) == 1


def test_the_memory_of_steps_is_bounded() -> None:
    case = Case(type="邻里", registered_on=date(2026, 3, 1), summary="", parties=())
    steps = Steps(Typed(case))
    for number in range(MOST * 2):
        steps.note(Typed(_summary(case, number)))
        steps.leave()
    assert len(steps._done) == MOST


def test_what_is_typed_in_one_field_is_one_step_until_the_cursor_leaves_it() -> None:
    case = Case(type="邻里", registered_on=date(2026, 3, 1), summary="", parties=())
    steps = Steps(Typed(case))
    for number in (1, 2):
        steps.note(Typed(_summary(case, number)))
    assert len(steps._done) == 1
    steps.leave()
    steps.note(Typed(_summary(case, 3)))
    assert len(steps._done) == 2
    steps.note(Typed(_summary(case, 2)))
    assert len(steps._done) == 1


def _summary(case: Case, number: int) -> Case:
    return msgspec.structs.replace(case, summary=str(number))


def test_undo_and_drafts_agree(opened: CasePage, operator: Operator, desk: Desk) -> None:
    type_into(opened, operator, "place", "村口")
    opened.keep_draft()
    opened.tabs.reveal("summary")
    opened.stepping.undo()
    opened.keep_draft()
    assert drafts.drafts(desk) == []


def test_what_had_the_cursor_may_be_gone(opened: CasePage, operator: Operator) -> None:
    line = QLineEdit(opened.tabs)
    line.show()
    line.setFocus()
    assert operator.at() is line
    line.blockSignals(True)  # as at the end of the program, nobody is told
    delete(line)
    type_into(opened, operator, "place", "村口")
    assert back(opened) == "撤销：修改发生地点  Ctrl+Z"
