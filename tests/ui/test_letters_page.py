"""The page of letters and the course of a letter, by keyboard, at 100 and 200 %."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.case import Case
from desktop.domain.letter import Letter
from desktop.domain.letter_course import state
from desktop.services import cases, letters
from desktop.services.desk import Desk
from desktop.ui.case.letter_fields import LetterList
from desktop.ui.case.view import LETTERS_TAB
from desktop.ui.context import Context, Notice
from desktop.ui.entry.inputs import Choice, Text
from desktop.ui.letters.card import KEYS
from desktop.ui.letters.case_letters import CaseLetters
from desktop.ui.letters.circular_dialog import CircularDialog
from desktop.ui.letters.dialogs import ActDialog
from desktop.ui.letters.kinds_box import KindsBox
from desktop.ui.letters.page import LettersPage
from desktop.ui.theme import Theme
from desktop.ui.window import Window
from desktop.ui.worker import Worker
from tests.domain.samples import accepted
from tests.ui.hands import Answers, Operator, clipped

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # dialogs, on the offscreen platform


class Fills(Answers):
    """Fills in each dialog that is asked as the test has prepared it, and presses its button."""

    def __init__(self) -> None:
        super().__init__()
        self.fill: Callable[[ActDialog], object] = lambda _: None
        self.said = ""

    def accepted(self, dialog: QDialog) -> bool:
        assert isinstance(dialog, ActDialog)
        self.fill(dialog)
        if dialog.result() != QDialog.DialogCode.Accepted:
            dialog.act()
        self.said = dialog.fault.text()
        return dialog.result() == QDialog.DialogCode.Accepted


@pytest.fixture
def answers() -> Fills:
    return Fills()


@pytest.fixture
def context(desk: Desk, answers: Fills) -> Iterator[Context]:
    worker = Worker()
    yield Context(desk, answers, worker)
    worker.finish()


def issue(desk: Desk, case: Case, **more: Any) -> Letter:
    known = {"measures": ("上门走访",), "responsible": "书记", "signer": "李红", "matter": "有激化苗头"} | more
    to = known.pop("to", "某住建局")
    blank = msgspec.structs.replace(letters.blank(desk, case, known.pop("kind", "任务单"), to), **known)
    return letters.issue(desk, case.id, blank).case.letters[-1]


@pytest.fixture
def case(desk: Desk) -> Case:
    return cases.load(desk, cases.register(desk, accepted(type="合同")).id)


@pytest.fixture
def late(desk: Desk, case: Case) -> Letter:
    """A letter that was to be answered four days ago."""
    today = desk.today()
    return issue(desk, case, issued_on=today - timedelta(days=11), due_on=today - timedelta(days=4))


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, context: Context) -> Iterator[LettersPage]:
    made = LettersPage(context)
    made.resize(1100, 760)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def sent(page: LettersPage) -> None:
    page.refresh()
    page.show_box("发出的")
    QApplication.processEvents()


def press(page: LettersPage, kind: str) -> None:
    """Press the key of a step: Alt and a letter."""
    QTest.keySequence(page, QKeySequence(KEYS[kind]))  # type: ignore[index]
    QApplication.processEvents()


def now(desk: Desk, case: Case, number: int = 0) -> str:
    found = cases.load(desk, case.id)
    return str(state(found.letters[number], found.moves))


def test_late_letters_stand_first_with_their_days(page: LettersPage, desk: Desk, case: Case, late: Letter) -> None:
    other = issue(desk, case, to="某社区")
    sent(page)
    assert page.shelf() == "逾期"
    assert [page.shelves.item(row).text() for row in range(page.shelves.count())] == ["逾期　1", "未办结　2", "已签发　2"]
    assert page.model.data(page.model.index(0, 1)) == "✕ 逾期4天"
    assert "已逾期4天" in page.card.late.text()
    page.shelves.setCurrentRow(1)
    assert [page.model.data(page.model.index(row, 3)) for row in (0, 1)] == [late.number, other.number]


def test_the_steps_of_a_letter_are_taken_by_keyboard(
    page: LettersPage, desk: Desk, case: Case, late: Letter, operator: Operator, answers: Fills
) -> None:
    sent(page)
    operator.key(Qt.Key.Key_Return)
    assert operator.at() is page.card.steps["送达"]
    for kind, expected in (("送达", "已送达"), ("签收", "已签收"), ("开始办理", "办理中")):
        assert KEYS[kind] in page.card.steps[kind].text()  # type: ignore[index]
        press(page, kind)
        assert now(desk, case) == expected
    assert page.notice.text() == "✓ 已登记：开始办理。"
    assert "开始办理" in page.card.links.text()
    assert {kind for kind, made in page.card.steps.items() if not made.isHidden()} == {"反馈", "异议退回", "申请延期", "督办", "作废"}


def test_a_dialog_is_filled_and_sent_by_keyboard(
    qtbot: QtBot, page: LettersPage, desk: Desk, case: Case, late: Letter, answers: Fills, operator: Operator
) -> None:
    letters.move(desk, case.id, late.id, "签收")
    until = desk.today() + timedelta(days=30)

    def fill(dialog: ActDialog) -> None:
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        operator.write(str(until))
        operator.key(Qt.Key.Key_Return)
        operator.write("当事人外出")
        operator.key(Qt.Key.Key_S, ctrl=True)

    answers.fill = fill
    sent(page)
    press(page, "申请延期")
    (asked,) = [move for move in cases.load(desk, case.id).moves if move.kind == "申请延期"]
    assert (asked.until, asked.note) == (until, "当事人外出")
    assert "申请延期到" in page.card.told.text()


def test_a_refused_step_says_why_in_the_dialog(page: LettersPage, desk: Desk, case: Case, late: Letter, answers: Fills) -> None:
    sent(page)
    press(page, "作废")
    assert answers.said == "✕ 请写明作废的理由。"
    assert now(desk, case) == "已签发"
    answers.fill = lambda dialog: dialog.form["note"].show_value("发错单位")
    press(page, "作废")
    assert now(desk, case) == "已作废"
    assert page.shelf() == "未办结"


def test_one_press_urges_with_the_earlier_text(page: LettersPage, desk: Desk, case: Case, late: Letter) -> None:
    sent(page)
    press(page, "督办")
    urge = cases.load(desk, case.id).letters[1]
    assert (urge.kind, urge.replies_to, urge.overdue_days, urge.supervision) == ("督办单", late.number, 4, 1)
    assert "1次" in page.card.told.text()
    assert urge.number is not None
    assert urge.number in page.card.links.text()


def test_an_answer_is_written_and_reviewed(page: LettersPage, desk: Desk, case: Case, late: Letter, answers: Fills) -> None:
    letters.move(desk, case.id, late.id, "签收")
    sent(page)
    press(page, "反馈")
    assert answers.said == "✕ 签发以前请填写措施、签发人。"
    wanted = {"measures": ("走访两次",), "signer": "王书记", "result": "稳控"}

    def fill(dialog: ActDialog) -> None:
        for name, value in wanted.items():
            dialog.form[name].show_value(value)

    answers.fill = fill
    press(page, "反馈")
    assert (now(desk, case), cases.load(desk, case.id).letters[1].result) == ("已反馈", "稳控")
    answers.fill = lambda dialog: dialog.form["note"].show_value("没有走访记录") if "note" in dialog.form.cells else None
    page.show_box("发出的")
    press(page, "退回重办")
    assert now(desk, case) == "办理中"


def test_a_clue_that_went_out_before_is_asked_about(page: LettersPage, desk: Desk, case: Case, late: Letter, answers: Fills) -> None:
    blank = msgspec.structs.replace(letters.blank(desk, case, "任务单", "某住建局"), measures=("走",), responsible="王", signer="李")
    letters.draft(desk, case.id, blank)
    page.refresh()
    page.show_box("发出的")
    page.shelves.setCurrentRow([page.shelves.item(n).text()[:2] for n in range(page.shelves.count())].index("草稿"))
    issue(desk, case)
    answers.confirms = False
    press(page, "签发")
    assert "最近三十天已经发过同一线索" in answers.asked[-1]
    assert now(desk, case, 1) == "草稿"
    answers.confirms = True
    press(page, "签发")
    assert now(desk, case, 1) == "已签发"


def test_a_draft_is_corrected_and_thrown_away(page: LettersPage, desk: Desk, case: Case, answers: Fills) -> None:
    letters.draft(desk, case.id, letters.blank(desk, case, "任务单"))
    sent(page)
    page.shelves.setCurrentRow(1)

    def fill(dialog: ActDialog) -> None:
        dialog.form["to"].show_value("某社区")
        dialog.form["kind"].show_value("提示函")

    answers.fill = fill
    page.card.edit_button.click()
    (draft,) = cases.load(desk, case.id).letters
    assert (draft.to, draft.kind) == ("某社区", "提示函")
    page.card.drop_button.click()
    assert cases.load(desk, case.id).letters == ()
    assert page.card.isHidden()


def test_the_case_of_a_letter_is_opened(qtbot: QtBot, page: LettersPage, case: Case, late: Letter) -> None:
    sent(page)
    with qtbot.waitSignal(page.wanted_case) as told:
        page.open_button.click()
    assert told.args == [case.id, "letters"]


def test_an_empty_page_says_what_to_do(page: LettersPage) -> None:
    page.refresh()
    assert "没有收到的函件" in page.nothing.text()
    assert not page.open_button.isEnabled()


def test_the_circular_is_counted_and_turned_back(qtbot: QtBot, page: LettersPage, context: Context, late: Letter) -> None:
    assert late.issued_on is not None
    dialog = CircularDialog(page, context, late.issued_on)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.told is not None)
    assert dialog.summed.text() == "共发出1份：任务单1份。"
    assert dialog.table.rows.rows[0][:4] == ("某住建局", "1", "0", "0")
    dialog.preview()
    qtbot.waitUntil(lambda: dialog.sheet.pdf().startswith(b"%PDF"), timeout=20_000)
    qtbot.waitUntil(lambda: not context.worker.busy())
    dialog.sheet.close()
    dialog.turn(-1)
    qtbot.waitUntil(lambda: dialog.told is not None)
    assert "没有要通报的函件" in dialog.summed.text()
    dialog.close()


# --- the tab of a case -----------------------------------------------------------------------------------------------------------------


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


def fits(widget: QWidget) -> None:
    assert clipped(widget) == []


@pytest.mark.parametrize("scale", [100, 200])
def test_no_text_is_clipped(qtbot: QtBot, page: LettersPage, context: Context, theme: Theme, late: Letter, scale: int) -> None:
    theme.set_scale(scale)
    sent(page)
    qtbot.waitUntil(partial(fits, page))
    case = page._current()
    letter = page.card._letter
    assert case is not None
    assert letter is not None
    asked = (page.card._move(case, letter, kind="退回重办"), page.card._urge(case, letter))
    for dialog in asked:
        assert dialog is not None
        dialog.show()
        qtbot.waitUntil(partial(fits, dialog))
        dialog.close()


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


def test_from_the_list_of_letters_to_the_case(window: Window, desk: Desk, case: Case, late: Letter, operator: Operator) -> None:
    window.go("letters")
    page = window.pages["letters"]
    assert isinstance(page, LettersPage)
    operator.key(Qt.Key.Key_2, ctrl=True)
    assert operator.at() is page.table
    operator.key(Qt.Key.Key_F4)
    assert window.case_page().case_id() == case.id
    assert window.case_page().tabs.currentIndex() == LETTERS_TAB
