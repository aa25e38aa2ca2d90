"""协议: clauses that move and come from the library, obligations in instalments, what is presumed and what not."""

from datetime import date
from functools import partial
from typing import cast

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.agreement import Agreement, Obligation
from desktop.domain.library import BLANK
from desktop.services import cases, library
from desktop.services.desk import Desk
from desktop.ui.case.clauses import Clauses
from desktop.ui.case.instalment_dialog import InstalmentDialog
from desktop.ui.case.obligations import Obligations
from desktop.ui.case.page import CasePage
from desktop.ui.case.view import AGREEMENT_TAB
from desktop.ui.entry.form import Record
from desktop.ui.entry.long_text import LongText
from desktop.ui.theme import Theme
from desktop.ui.window import Window
from tests.domain.samples import accepted, sample
from tests.ui.hands import Operator, clipped
from tests.ui.test_case_page import registered

ENTER, ALT = Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier
TAB = 4
pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing|propagateSizeHints)"
)  # dialogs, on the offscreen platform


@pytest.fixture
def opened(window: Window, desk: Desk) -> CasePage:
    window.open_case(registered(desk).id)
    page = window.case_page()
    page.tabs.show_tab(TAB)
    return page


def agreement_of(page: CasePage) -> Agreement:
    found = page.collect().agreement
    assert found is not None
    return found


def record(page: CasePage) -> Record:
    found = page.tabs.form(TAB)["agreement"]
    assert isinstance(found, Record)
    return found


def clauses(page: CasePage) -> Clauses:
    found = record(page).form["clauses"]
    assert isinstance(found, Clauses)
    return found


def obligations(page: CasePage) -> Obligations:
    found = record(page).form["obligations"]
    assert isinstance(found, Obligations)
    return found


def texts(page: CasePage) -> list[str]:
    return [clause.text for clause in agreement_of(page).clauses]


def open_library(qtbot: QtBot, page: CasePage, operator: Operator) -> None:
    operator.key(Qt.Key.Key_F10)
    dialog = page.library.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.search)


def take(qtbot: QtBot, operator: Operator, area: QWidget) -> None:
    operator.key(ENTER)
    area.window().activateWindow()  # the offscreen platform leaves that to us
    qtbot.waitUntil(lambda: QApplication.focusWidget() is area)


def three(page: CasePage, operator: Operator) -> None:
    clauses(page).reveal()
    for number, text in enumerate(("一界", "二钱", "三和")):
        if number:
            operator.key(ENTER)
        operator.write(text)


def test_clauses_move_by_alt_and_arrows(opened: CasePage, operator: Operator) -> None:
    three(opened, operator)
    QTest.keyClick(operator.at(), Qt.Key.Key_Up, ALT)
    assert texts(opened) == ["一界", "三和", "二钱"]
    QTest.keyClick(operator.at(), Qt.Key.Key_Up, ALT)
    QTest.keyClick(operator.at(), Qt.Key.Key_Up, ALT)
    assert texts(opened) == ["三和", "一界", "二钱"]
    QTest.keyClick(operator.at(), Qt.Key.Key_Down, ALT)
    operator.write("睦")
    assert texts(opened) == ["一界", "三和睦", "二钱"]


def test_a_moved_clause_stays_the_same_clause(opened: CasePage, desk: Desk, operator: Operator) -> None:
    three(opened, operator)
    operator.key(Qt.Key.Key_S, ctrl=True)
    before = {clause.text: clause.id for clause in agreement_of(opened).clauses}
    opened.tabs.show_tab(TAB)
    clauses(opened).reveal()
    operator.key(Qt.Key.Key_Home, ctrl=True)
    QTest.keyClick(operator.at(), Qt.Key.Key_Down, ALT)
    assert texts(opened) == ["二钱", "一界", "三和"]
    operator.key(Qt.Key.Key_S, ctrl=True)
    assert {clause.text: clause.id for clause in cases.load(desk, opened.case_id()).agreement.clauses} == before  # type: ignore[union-attr]  # it was just saved


def test_a_clause_comes_from_the_library_and_tab_jumps_through_its_blanks(qtbot: QtBot, opened: CasePage, operator: Operator) -> None:
    clauses(opened).reveal()
    operator.write("以排水沟为界。")
    open_library(qtbot, opened, operator)
    operator.write("当场付清")
    take(qtbot, operator, clauses(opened).area)
    for word in ("李文学", "普家顺", "500", "伍佰元整"):
        operator.write(word)
        operator.key(Qt.Key.Key_Tab)
    operator.write("李文学")
    assert texts(opened)[0] == "以排水沟为界。"
    assert texts(opened)[1].startswith("李文学当场向普家顺一次性支付人民币500元（大写：伍佰元整），李文学")
    assert BLANK not in texts(opened)[1]


def test_after_the_last_blank_tab_leaves(opened: CasePage, operator: Operator) -> None:
    clauses(opened).reveal()
    operator.write("无空。")
    operator.key(Qt.Key.Key_Tab)
    assert operator.at() is not clauses(opened).area


def test_a_clause_is_kept_in_the_library(opened: CasePage, desk: Desk, operator: Operator) -> None:
    clauses(opened).reveal()
    operator.write("今后翻耕不得移动田埂。")
    QTest.keyClick(operator.at(), Qt.Key.Key_F10, Qt.KeyboardModifier.ControlModifier)
    assert "已存入库中" in opened.notice.text()
    found = library.find(desk, "clause", "翻耕", "邻里")[0]
    assert (found.text, found.types, found.own) == ("今后翻耕不得移动田埂。", ("邻里",), True)
    QTest.keyClick(clauses(opened).area, Qt.Key.Key_F10, Qt.KeyboardModifier.ControlModifier)
    assert "不必重复保存" in opened.notice.text()


def test_a_phrase_comes_into_the_facts_by_its_abbreviation(qtbot: QtBot, opened: CasePage, operator: Operator) -> None:
    record(opened).form["facts"].reveal()
    open_library(qtbot, opened, operator)
    operator.write("ss")
    take(qtbot, operator, cast("LongText", record(opened).form["facts"]).area)
    operator.write("2026")
    assert str(agreement_of(opened).facts).startswith("2026年＿＿月")


def test_the_library_says_when_there_is_no_text_to_put_it_in(opened: CasePage, operator: Operator) -> None:
    record(opened).form["signed_on"].reveal()
    operator.key(Qt.Key.Key_F10)
    assert "请先把光标放到" in opened.notice.text()


def test_an_agreement_is_written_until_something_else_is_chosen(opened: CasePage, operator: Operator) -> None:
    assert opened.collect().agreement is None
    record(opened).form["facts"].reveal()
    operator.write("田埂。")
    assert agreement_of(opened).form == "书面"
    assert agreement_of(opened).signed_on is None


def test_between_two_parties_the_respondent_owes_the_applicant(opened: CasePage, operator: Operator) -> None:
    operator.key(Qt.Key.Key_F6)
    assert opened.collect().agreement is None
    operator.write("500")
    (duty,) = agreement_of(opened).obligations
    assert (duty.payer, duty.payee, duty.amount) == ("某公司", "普家顺", 50_000)


def ask_to_split(qtbot: QtBot, page: CasePage, operator: Operator) -> InstalmentDialog:
    QTest.keyClick(operator.at(), Qt.Key.Key_F6, Qt.KeyboardModifier.ControlModifier)
    dialog, window = obligations(page).dialog, page.window()
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget() or window))
    return dialog


def test_instalments_are_shown_and_taken_over(qtbot: QtBot, opened: CasePage, operator: Operator) -> None:
    dialog = ask_to_split(qtbot, opened, operator)
    operator.fill("1000", "3", "2026-1-31")
    assert "第2期　2026年2月28日　333.33元" in dialog.told.text()
    assert "合计　1,000.00元　人民币壹仟元整" in dialog.told.text()
    operator.key(Qt.Key.Key_S, ctrl=True)
    duties = agreement_of(opened).obligations
    assert [(duty.amount, str(duty.due_on)) for duty in duties] == [
        (33_333, "2026-01-31"),
        (33_333, "2026-02-28"),
        (33_334, "2026-03-31"),
    ]
    assert {duty.payer for duty in duties} == {"某公司"}


def test_instalments_take_the_place_of_the_obligation_that_is_divided(
    qtbot: QtBot, opened: CasePage, desk: Desk, operator: Operator
) -> None:
    case = cases.load(desk, opened.case_id())
    duties = (
        Obligation(act="修", due_on=date(2026, 4, 1)),
        Obligation(payer="甲", amount=2400, due_on=date(2026, 4, 1)),
        Obligation(act="和"),
    )
    opened.show_case(msgspec.structs.replace(case, agreement=Agreement(obligations=duties)))
    opened.tabs.show_tab(TAB)
    obligations(opened).reveal("[1].amount")
    ask_to_split(qtbot, opened, operator)
    operator.fill("24")
    operator.key(Qt.Key.Key_S, ctrl=True)
    found = agreement_of(opened).obligations
    assert len(found) == 26
    assert (found[0].act, found[-1].act) == ("修", "和")
    assert {duty.amount for duty in found[1:-1]} == {100}
    assert {duty.payer for duty in found[1:-1]} == {"甲"}


def test_what_cannot_be_divided_stays_in_the_dialog(qtbot: QtBot, opened: CasePage, operator: Operator) -> None:
    dialog = ask_to_split(qtbot, opened, operator)
    operator.fill("0.02", "3", "2026-1-31")
    operator.key(Qt.Key.Key_S, ctrl=True)
    assert dialog.isVisible()
    assert "金额太少" in dialog.fault.text()


def test_stabilising_has_somebody_who_answers_for_it(opened: CasePage) -> None:
    outcome = opened.tabs.form(TAB)["outcome"]
    assert isinstance(outcome, Record)
    assert not outcome.form.cells["responsible"].isVisibleTo(outcome)
    outcome.form["kind"].show_value("稳控")
    outcome.form["kind"].changed.emit()
    assert outcome.form.cells["responsible"].isVisibleTo(outcome)


@pytest.mark.parametrize("scale", [100, 200])
def test_nothing_is_clipped(qtbot: QtBot, opened: CasePage, operator: Operator, theme: Theme, scale: int) -> None:
    theme.set_scale(scale)
    operator.key(Qt.Key.Key_F6)
    operator.write("500")
    form = opened.tabs.form(TAB)
    assert clipped(form) == []
    assert form.minimumSizeHint().width() <= cast("QWidget", form.parentWidget()).width()
    clauses(opened).reveal()
    open_library(qtbot, opened, operator)
    assert clipped(opened.library.dialog) == []  # type: ignore[arg-type]  # it is open
    operator.key(Qt.Key.Key_Escape)


def shows_pages(page: CasePage, shown: bool) -> bool:
    return page.living.pages.isVisible() == shown and page.living.nothing.isHidden() == shown


def test_the_pages_of_another_case_do_not_stay(qtbot: QtBot, window: Window, desk: Desk) -> None:
    """A dispute without an agreement shows none; with the first one its pages come back, and the words about the missing one go."""
    agreed, none = cases.register(desk, sample("01")).id, cases.register(desk, accepted()).id
    window.resize(1280, 800)
    page = window.case_page()
    for case_id, shown in ((agreed, True), (none, False), (agreed, True)):
        window.open_case(case_id)
        page.tabs.show_tab(AGREEMENT_TAB)
        qtbot.waitUntil(partial(shows_pages, page, shown), timeout=20_000)
