"""The page of letters and the course of a letter, by keyboard, at 100 and 200 %."""

# ruff: noqa: F811 -- the fixtures of letter_hands are arguments here

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import msgspec
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.case import Case
from desktop.domain.letter import Letter
from desktop.domain.meeting import Meeting
from desktop.services import cases, letters, meetings
from desktop.services.desk import Desk
from desktop.ui.case.view import LETTERS_TAB
from desktop.ui.context import Context
from desktop.ui.letters.card import KEYS
from desktop.ui.letters.circular_dialog import CircularDialog
from desktop.ui.letters.dialogs import ActDialog
from desktop.ui.letters.page import LettersPage
from desktop.ui.meetings.page import MeetingsPage
from desktop.ui.meetings.sheet import LETTERS
from desktop.ui.theme import Theme
from desktop.ui.today.page import TodayPage
from desktop.ui.window import Window
from tests.ui.hands import Operator, clipped
from tests.ui.letter_hands import Fills, answers, case, context, issue, late, now  # noqa: F401 -- fixtures

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # dialogs, on the offscreen platform


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
    assert operator.at() is page.card.steps["督办"]  # its limit has passed
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


def test_a_clue_that_went_out_before_is_asked_about(
    qtbot: QtBot, page: LettersPage, desk: Desk, case: Case, late: Letter, answers: Fills
) -> None:
    blank = msgspec.structs.replace(letters.blank(desk, case, "任务单", "某住建局"), measures=("走",), responsible="王", signer="李")
    letters.draft(desk, case.id, blank)
    page.refresh()
    page.show_box("发出的")
    page.shelves.setCurrentRow([page.shelves.item(n).text()[:2] for n in range(page.shelves.count())].index("草稿"))
    issue(desk, case)
    answers.confirms = False
    press(page, "签发")
    qtbot.waitUntil(lambda: bool(answers.asked))
    assert "最近三十天已经发过同一线索" in answers.asked[-1]
    assert now(desk, case, 1) == "草稿"
    answers.confirms = True
    press(page, "签发")
    qtbot.waitUntil(lambda: now(desk, case, 1) == "已签发")


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
    assert told.args == [case.id, "letters[0]"]


def test_a_letter_of_a_meeting_is_urged_and_leads_to_the_meeting(qtbot: QtBot, page: LettersPage, desk: Desk, answers: Fills) -> None:
    today = desk.today()
    order = Letter(
        kind="任务单", to="某局", title="排查隐患", measures=("查",), responsible="王", signer="李", issued_on=today - timedelta(days=9)
    )
    order = msgspec.structs.replace(order, due_on=today - timedelta(days=2))
    meeting = meetings.save(desk, Meeting(kind="周研判", since=today, until=today, held_on=today, letters=(order,)))
    meetings.issue(desk, meeting, 0)
    sent(page)
    assert page.shelf() == "逾期"
    assert "已逾期2天" in page.card.late.text()
    assert "打开会商" in page.open_button.text()
    press(page, "督办")
    assert [one.kind for one in meetings.load(desk, meeting.id).replies] == ["督办单"]
    with qtbot.waitSignal(page.wanted_meeting) as told:
        page.open_button.click()
    assert told.args == [meeting.id]


def test_from_today_to_a_late_letter_of_no_case_and_to_its_meeting(
    qtbot: QtBot, window: Window, desk: Desk, late: Letter, operator: Operator
) -> None:
    today = desk.today()
    known = Letter(
        kind="任务单", to="某局", title="排查隐患", measures=("查",), responsible="王", signer="李", issued_on=today - timedelta(9)
    )
    orders = tuple(msgspec.structs.replace(known, to=to, due_on=today - timedelta(days=4)) for to in ("甲局", "乙局"))
    meeting = meetings.save(desk, Meeting(kind="周研判", since=today, until=today, held_on=today, letters=orders))
    for row in range(2):
        meeting = meetings.issue(desk, meeting, row)
    wanted = f"{meeting.letters[1].number}反馈到期"
    window.go("today")
    front = window.page("today")
    assert isinstance(front, TodayPage)
    qtbot.waitUntil(lambda: any(wanted in line.go_button.accessibleName() for line in front.things.lines))
    front.things.focus_line(next(row for row, line in enumerate(front.things.lines) if wanted in line.go_button.accessibleName()))
    operator.key(Qt.Key.Key_Return)
    page = window.page("letters")
    assert isinstance(page, LettersPage)
    assert window.stack.currentWidget() is page
    line = page.line()
    assert line is not None
    assert (page.box, page.shelf(), line.number, line.recipient) == ("发出的", "逾期", meeting.letters[1].number, "乙局")
    assert operator.at() is page.card.steps["督办"]
    operator.key(Qt.Key.Key_F4)
    opened = window.page("meetings")
    assert isinstance(opened, MeetingsPage)
    assert window.stack.currentWidget() is opened
    assert opened.title.text() == meeting.title
    assert opened.sheet is not None
    assert opened.sheet.currentIndex() == LETTERS


def test_an_empty_page_says_what_to_do(page: LettersPage) -> None:
    page.refresh()
    assert "没有收到的函件" in page.nothing.text()
    assert not page.open_button.isEnabled()


def test_the_circular_is_counted_and_turned_back(qtbot: QtBot, page: LettersPage, context: Context, late: Letter) -> None:
    assert late.issued_on is not None
    dialog = CircularDialog(page, context, late.issued_on)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.told is not None)
    assert dialog.summed.text() == "共发出1份：任务单1份。重复推送率0.0%（重复推送0条÷推送总数1条）。"
    assert dialog.table.rows.rows[0][:4] == ("某住建局", "1", "0", "0")
    dialog.preview()
    qtbot.waitUntil(lambda: dialog.sheet.pdf().startswith(b"%PDF"), timeout=20_000)
    qtbot.waitUntil(lambda: not context.worker.busy())
    dialog.sheet.close()
    dialog.turn(-1)
    qtbot.waitUntil(lambda: dialog.told is not None)
    assert "没有要通报的函件" in dialog.summed.text()
    dialog.close()


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


def test_from_the_list_of_letters_to_the_case(window: Window, desk: Desk, case: Case, late: Letter, operator: Operator) -> None:
    window.go("letters")
    page = window.pages["letters"]
    assert isinstance(page, LettersPage)
    operator.key(Qt.Key.Key_2, ctrl=True)
    assert operator.at() is page.table
    operator.key(Qt.Key.Key_F4)
    assert window.case_page().case_id() == case.id
    assert window.case_page().tabs.currentIndex() == LETTERS_TAB
