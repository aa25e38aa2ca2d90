"""The letters of one case: locked when they are issued, begun and moved above their fields, and the sets that an office uses."""

from datetime import timedelta

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
from desktop.ui.entry.dates import chinese
from desktop.ui.entry.inputs import Choice, Text
from desktop.ui.letters.case_letters import CaseLetters
from desktop.ui.letters.dialogs import ActDialog
from desktop.ui.letters.kinds_box import KindsBox
from desktop.ui.theme import Theme
from desktop.ui.today.page import TodayPage
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


def test_letters_begin_and_move_above_the_fields_of_a_case(
    qtbot: QtBot, theme: Theme, context: Context, desk: Desk, case: Case, answers: Fills
) -> None:
    notice = Notice()
    made = CaseLetters(context, notice, lambda: cases.load(desk, case.id))
    for widget in (made, notice):
        qtbot.addWidget(widget)
    made.changed.connect(made.show_case)
    made.show_case(case)
    made.show()
    assert [one.text() for one in made.drafts if not one.isHidden()] == ["起草任务单  F6", "起草提示函  Alt+K"]
    values = {"to": "某社区", "measures": ("走访",), "responsible": "王强", "signer": "李红"}

    def fill(dialog: ActDialog) -> None:
        for name, value in values.items():
            if name in dialog.form.cells:
                dialog.form[name].show_value(value)

    answers.fill = fill
    made.drafts[0].click()
    assert made.picker.currentText() == "任务单　（签发后编号）　草稿"
    made.card.steps["签发"].click()
    qtbot.waitUntil(lambda: "已签发" in made.picker.currentText())
    assert cases.load(desk, case.id).letters[0].number


def test_above_the_fields_on_the_page_a_letter_is_drafted_and_issued(
    qtbot: QtBot, window: Window, desk: Desk, case: Case, answers: Fills
) -> None:
    window.open_case(case.id)
    page = window.case_page()
    page.tabs.show_tab(LETTERS_TAB)
    form, panel = page.tabs.form(LETTERS_TAB), page.letters
    assert panel.isVisible()
    QApplication.processEvents()
    assert panel.mapTo(page, panel.rect().bottomLeft()).y() <= form.mapTo(page, form.rect().topLeft()).y()

    def fill(dialog: ActDialog) -> None:
        for name, value in {"to": "某社区", "measures": ("走访",), "responsible": "王强", "signer": "李红"}.items():
            if name in dialog.form.cells:
                dialog.form[name].show_value(value)

    answers.fill = fill
    panel.drafts[0].click()
    assert "草稿" in page.notice.text()
    panel.card.steps["签发"].click()
    qtbot.waitUntil(lambda: "已登记：签发" in page.notice.text())
    assert "〔2026〕1号" in str(cases.load(desk, case.id).letters[0].number)
    shown = page.collect().letters
    assert [one.number for one in shown] == [one.number for one in cases.load(desk, case.id).letters]
    assert not page.unsaved()


def test_f6_drafts_and_what_is_typed_below_is_numbered_and_locked(
    window: Window, desk: Desk, case: Case, operator: Operator, answers: Fills
) -> None:
    window.open_case(case.id)
    page = window.case_page()
    operator.key(Qt.Key.Key_7, ctrl=True)
    assert operator.at() is page.letters.drafts[0]
    operator.key(Qt.Key.Key_Return)
    (draft,) = cases.load(desk, case.id).letters
    assert (draft.kind, draft.number) == ("任务单", None)
    operator.key(Qt.Key.Key_F6)
    assert [letter.kind for letter in cases.load(desk, case.id).letters] == ["任务单", "任务单"]
    found = page.tabs.form(LETTERS_TAB)["letters"]
    assert isinstance(found, LetterList)
    assert found.add_button.isHidden()
    page.tabs.reveal("letters[1].to")
    operator.fill("某单位", "标题")
    operator.write("事由")
    operator.key(Qt.Key.Key_Return, ctrl=True)
    operator.write("措施一")
    operator.key(Qt.Key.Key_Return, ctrl=True)
    page.tabs.reveal("letters[1].responsible")
    operator.fill("张三", "李四", str(desk.today()))
    operator.key(Qt.Key.Key_S, ctrl=True)
    assert "〔2026〕1号" in str(cases.load(desk, case.id).letters[1].number)
    assert found.locked()
    assert not found.drop_button.isEnabled()
    assert not page.unsaved()


def row_of(found: LetterList) -> list[str]:
    return [str(found.model.text(found.table.currentIndex().row(), column)) for column in range(len(found.model.titles))]


def test_the_list_tells_where_a_letter_stands_and_follows_the_card(window: Window, desk: Desk, case: Case, late: Letter) -> None:
    other = issue(desk, case, to="某社区", due_on=desk.today())
    window.open_case(case.id)
    page = window.case_page()
    page.tabs.show_tab(LETTERS_TAB)
    found = page.tabs.form(LETTERS_TAB)["letters"]
    assert isinstance(found, LetterList)
    assert found.model.titles == ("文号", "种类", "主送单位", "时限", "状态", "逾期")
    assert page.letters.chosen() == other.id
    assert row_of(found) == [other.number, "任务单", "某社区", chinese(desk.today()), "已签发", ""]
    page.letters.choose(late.id)
    assert row_of(found) == [late.number, "任务单", "某住建局", chinese(late.due_on), "已签发", "✕ 4天"]
    found.table.selectRow(1)
    assert page.letters.chosen() == other.id
    letters.move(desk, case.id, other.id, "签收")
    page.open(case.id, "letters[1]")
    assert row_of(found)[4] == "已签收"


@pytest.mark.parametrize("scale", [100, 200])
def test_from_today_to_the_step_of_a_late_letter(
    qtbot: QtBot, window: Window, desk: Desk, case: Case, late: Letter, theme: Theme, operator: Operator, scale: int
) -> None:
    theme.set_scale(scale)
    issue(desk, case, to="某社区", due_on=desk.today() + timedelta(days=30))
    window.go("today")
    page = window.page("today")
    assert isinstance(page, TodayPage)
    qtbot.waitUntil(lambda: any("反馈到期" in line.go_button.accessibleName() for line in page.things.lines))
    row = next(number for number, line in enumerate(page.things.lines) if "反馈到期" in line.go_button.accessibleName())
    page.things.focus_line(row)
    operator.key(Qt.Key.Key_Return)
    opened = window.case_page()
    assert opened.tabs.currentIndex() == LETTERS_TAB
    assert opened.letters.chosen() == late.id
    urge = opened.letters.card.steps["督办"]
    assert operator.at() is urge
    assert urge.property("role") == "main"
    qtbot.waitUntil(lambda: urge.visibleRegion().boundingRect().height() == urge.height())
    assert opened.side.next_text.text() == f"督办任务单{late.number}：某住建局没有反馈，已逾期4天"
    opened.tabs.show_tab(0)
    operator.key(Qt.Key.Key_F4)
    assert operator.at() is urge
    operator.key(Qt.Key.Key_Return)  # the order is issued by the dialog that opens
    assert [letter.kind for letter in cases.load(desk, case.id).letters] == ["任务单", "任务单", "督办单"]
    assert "督办" not in opened.side.next_text.text()


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
