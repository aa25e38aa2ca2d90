"""The letters of one case: locked when they are issued, begun and moved beneath their fields, and the sets that an office uses."""

import pytest

# ruff: noqa: F811 -- the fixtures of letter_hands are arguments here
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.case import Case
from desktop.domain.letter import Letter
from desktop.services import cases, letters
from desktop.services.desk import Desk
from desktop.ui.case.letter_fields import LetterList
from desktop.ui.case.view import LETTERS_TAB
from desktop.ui.context import Context, Notice
from desktop.ui.entry.inputs import Choice, Text
from desktop.ui.letters.case_letters import CaseLetters
from desktop.ui.letters.dialogs import ActDialog
from desktop.ui.letters.kinds_box import KindsBox
from desktop.ui.theme import Theme
from desktop.ui.window import Window
from tests.ui.hands import Operator
from tests.ui.letter_hands import Fills, answers, case, context, issue, late, now  # noqa: F401 -- fixtures

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # dialogs, on the offscreen platform


def test_an_issued_letter_can_only_be_read(qtbot: QtBot, theme: Theme, desk: Desk, case: Case, late: Letter) -> None:
    made = LetterList()
    qtbot.addWidget(made)
    draft = Letter(id="d" * 32, kind="任务单", title="草")
    made.show_value((late, draft))
    title = made.form["title"]
    assert isinstance(title, Text)
    assert title.line.isReadOnly()
    picker = made.form["kind"]
    assert isinstance(picker, Choice)
    assert not picker.box.isEnabled()
    made.drop()
    assert len(made.model.records) == 2
    made.table.selectRow(1)
    assert not title.line.isReadOnly()
    assert made.drop_button.isEnabled()
    made.table.selectRow(0)
    assert title.line.isReadOnly()
    assert made.value() == (late, draft)


def test_a_letter_shows_the_fields_of_its_kind(qtbot: QtBot, theme: Theme) -> None:
    made = LetterList()
    qtbot.addWidget(made)
    made.show_value((Letter(id="a" * 32, kind="任务单"), Letter(id="b" * 32, kind="督办单"), Letter(id="c" * 32, kind="反馈单")))
    for row, shown, hidden in ((0, "leader", "reason"), (1, "reason", "result"), (2, "result", "leader")):
        made.table.selectRow(row)
        assert made.form.cells[shown].isVisibleTo(made.form)
        assert not made.form.cells[hidden].isVisibleTo(made.form)


def test_letters_begin_and_move_beneath_the_fields_of_a_case(
    qtbot: QtBot, theme: Theme, context: Context, desk: Desk, case: Case, answers: Fills
) -> None:
    notice = Notice()
    made = CaseLetters(context, notice, lambda: cases.load(desk, case.id))
    for widget in (made, notice):
        qtbot.addWidget(widget)
    made.changed.connect(made.show_case)
    made.show_case(case)
    made.show()
    assert [one.text() for one in made.drafts if not one.isHidden()] == ["起草任务单  Alt+J", "起草提示函  Alt+K"]
    values = {"to": "某社区", "measures": ("走访",), "responsible": "王强", "signer": "李红"}

    def fill(dialog: ActDialog) -> None:
        for name, value in values.items():
            if name in dialog.form.cells:
                dialog.form[name].show_value(value)

    answers.fill = fill
    made.drafts[0].click()
    assert made.picker.currentText() == "任务单　（签发后编号）　草稿"
    made.card.steps["签发"].click()
    assert "已签发" in made.picker.currentText()
    assert cases.load(desk, case.id).letters[0].number


def test_beneath_the_fields_on_the_page_a_letter_is_drafted_and_issued(window: Window, desk: Desk, case: Case, answers: Fills) -> None:
    window.open_case(case.id)
    page = window.case_page()
    page.tabs.show_tab(LETTERS_TAB)
    form, panel = page.tabs.form(LETTERS_TAB), page.letters
    assert panel.isVisible()
    QApplication.processEvents()
    assert panel.mapTo(page, panel.rect().topLeft()).y() >= form.mapTo(page, form.rect().bottomLeft()).y()

    def fill(dialog: ActDialog) -> None:
        for name, value in {"to": "某社区", "measures": ("走访",), "responsible": "王强", "signer": "李红"}.items():
            if name in dialog.form.cells:
                dialog.form[name].show_value(value)

    answers.fill = fill
    panel.drafts[0].click()
    assert "草稿" in page.notice.text()
    panel.card.steps["签发"].click()
    assert "已登记：签发" in page.notice.text()
    assert "〔2026〕1号" in str(cases.load(desk, case.id).letters[0].number)
    shown = page.collect().letters
    assert [one.number for one in shown] == [one.number for one in cases.load(desk, case.id).letters]
    assert not page.unsaved()


def test_a_letter_that_is_typed_whole_is_numbered_and_locked(window: Window, desk: Desk, case: Case, operator: Operator) -> None:
    window.open_case(case.id)
    page = window.case_page()
    page.tabs.show_tab(LETTERS_TAB)
    operator.key(Qt.Key.Key_F6)
    operator.fill(None, "某单位", "标题")
    operator.write("事由")
    operator.key(Qt.Key.Key_Return, ctrl=True)
    operator.write("措施一")
    operator.key(Qt.Key.Key_Return, ctrl=True)
    operator.fill("2026-3-9", "张三", "李四", "2026-3-2")
    operator.key(Qt.Key.Key_S, ctrl=True)
    assert "〔2026〕1号" in str(cases.load(desk, case.id).letters[0].number)
    found = page.tabs.form(LETTERS_TAB)["letters"]
    assert isinstance(found, LetterList)
    assert found.locked()
    assert not found.drop_button.isEnabled()
    assert not page.unsaved()


def test_another_set_of_letters_is_chosen_in_the_settings(qtbot: QtBot, theme: Theme, context: Context, desk: Desk) -> None:
    notice = Notice()
    box = KindsBox(context, notice)
    for widget in (box, notice):
        qtbot.addWidget(widget)
    assert not box.button.isEnabled()
    box.picker.box.setCurrentIndex(2)
    assert "任务单、交办单、督办单、提示函" in box.told.text()
    box.button.click()
    assert [kind.name for kind in letters.kinds(desk)] == ["任务单", "交办单", "督办单", "提示函"]
    assert not box.button.isEnabled()


def test_a_letter_that_came_on_paper_is_registered_in_its_case(
    qtbot: QtBot, theme: Theme, context: Context, desk: Desk, case: Case, answers: Fills
) -> None:
    notice = Notice()
    made = CaseLetters(context, notice, lambda: cases.load(desk, case.id))
    for widget in (made, notice):
        qtbot.addWidget(widget)
    made.changed.connect(made.show_case)
    made.show_case(case)
    made.incoming.click()
    assert answers.said == "✕ 请填写来文的文号。"

    def fill(dialog: ActDialog) -> None:
        dialog.form["number"].show_value("政法任〔2026〕3号")
        dialog.form["issuer"].show_value("某县政法委")

    answers.fill = fill
    made.incoming.click()
    assert made.picker.currentText() == "任务单　政法任〔2026〕3号　已签收"
    assert now(desk, case) == "已签收"
