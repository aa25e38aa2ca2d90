"""履行 and 回访: what is due and performed, the thirty days of the court, planned visits."""

from datetime import date, timedelta

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.domain.agreement import Agreement, Clause, Obligation
from desktop.domain.case import Case
from desktop.domain.session import Session
from desktop.services import cases
from desktop.services.desk import Desk
from desktop.ui.case.after_fields import ConfirmationRecord, Visits, plan_words
from desktop.ui.case.fulfilment_list import Fulfilments
from desktop.ui.case.page import CasePage
from desktop.ui.entry.dates import chinese
from desktop.ui.theme import Theme
from desktop.ui.window import Window
from tests.ui.hands import Operator, clipped
from tests.ui.test_case_page import registered

PERFORMING, CLOSING = 5, 7
TODAY = date.today()  # noqa: DTZ011 -- as the page does
SIGNED = TODAY - timedelta(days=10)


@pytest.fixture
def opened(window: Window, desk: Desk) -> CasePage:
    """The page of a case in which money is overdue since yesterday, and more is due in a week."""
    case = registered(desk)
    duties = (
        Obligation(payer="某公司", payee="普家顺", amount=50_000, due_on=TODAY - timedelta(days=1)),
        Obligation(payer="某公司", payee="普家顺", amount=70_000, due_on=TODAY + timedelta(days=7)),
    )
    agreement = Agreement(form="书面", signed_on=SIGNED, facts="田埂。", clauses=(Clause(text="付1200元。"),), obligations=duties)
    before = case.registered_on
    after = msgspec.structs.replace(
        case,
        registered_on=min(before, SIGNED),
        informed_on=SIGNED,
        sessions=(Session(kind="调解记录", result="达成协议"),),
        agreement=agreement,
    )
    window.open_case(cases.save(desk, case, after).case.id)
    return window.case_page()


def performing(page: CasePage) -> Fulfilments:
    found = page.tabs.form(PERFORMING)["fulfilments"]
    assert isinstance(found, Fulfilments)
    return found


def turn_to(qtbot: QtBot, page: CasePage, tab: int) -> None:
    """Show the tab and wait until it is laid out."""
    page.tabs.show_tab(tab)
    form = page.tabs.form(tab)
    qtbot.waitUntil(lambda: form.isVisible() and not clipped(form))


def states(page: CasePage) -> list[str]:
    return [row[0] for row in performing(page).table.rows.rows]


def stored(page: CasePage, desk: Desk) -> Case:
    return cases.load(desk, page.case_id())


def test_what_is_due_stands_in_the_table(qtbot: QtBot, opened: CasePage) -> None:
    turn_to(qtbot, opened, PERFORMING)
    assert performing(opened).table.rows.rows[0] == ("逾期1天", chinese(TODAY - timedelta(days=1)), "500.00", "某公司", "普家顺")
    assert states(opened)[1] == "还有7天"
    assert "逾期1项（500.00元），请督促履行。" in performing(opened).told.text()


def test_one_key_registers_the_first_open_due(qtbot: QtBot, opened: CasePage, desk: Desk, operator: Operator) -> None:
    turn_to(qtbot, opened, PERFORMING)
    operator.key(Qt.Key.Key_F6)
    operator.key(Qt.Key.Key_S, ctrl=True)
    (record,) = stored(opened, desk).fulfilments
    first = stored(opened, desk).agreement.obligations[0]  # type: ignore[union-attr]  # it has one
    assert (record.obligation, record.on, record.amount, record.due_on) == (first.id, TODAY, 50_000, first.due_on)
    assert states(opened) == [f"已履行（{chinese(TODAY)}）", "还有7天"]


def test_a_part_can_be_registered(qtbot: QtBot, opened: CasePage, operator: Operator) -> None:
    turn_to(qtbot, opened, PERFORMING)
    operator.key(Qt.Key.Key_F6)
    operator.key(Qt.Key.Key_Return)
    operator.key(Qt.Key.Key_A, ctrl=True)
    operator.write("200")
    qtbot.waitUntil(lambda: states(opened)[0] == "已付200.00元，逾期1天")
    performing(opened).table.selectRow(0)
    operator.key(Qt.Key.Key_F6)
    assert [record.amount for record in opened.collect().fulfilments] == [20_000, 30_000]
    operator.key(Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: states(opened)[0] == "已付200.00元，逾期1天")


def test_an_agreement_that_is_not_saved_is_saved_first(qtbot: QtBot, opened: CasePage, operator: Operator) -> None:
    agreement = opened.collect().agreement
    assert agreement is not None
    unsaved = msgspec.structs.replace(agreement, obligations=(Obligation(act="修"),))
    opened.show_case(msgspec.structs.replace(opened.collect(), agreement=unsaved))
    turn_to(qtbot, opened, PERFORMING)
    operator.key(Qt.Key.Key_F6)
    assert "请先按 Ctrl+S 保存" in performing(opened).told.text()
    assert opened.collect().fulfilments == ()


def test_the_thirty_days_stand_in_words(qtbot: QtBot, opened: CasePage) -> None:
    turn_to(qtbot, opened, PERFORMING)
    found = opened.tabs.form(PERFORMING)["confirmation"]
    assert isinstance(found, ConfirmationRecord)
    assert "共同申请" in found.window_words.text()
    found.form["on_the_spot"].show_value(True)
    found.form["on_the_spot"].changed.emit()
    qtbot.waitUntil(lambda: "当场确认" in found.window_words.text())


def test_a_planned_visit_is_begun_with_a_key_and_has_no_results(qtbot: QtBot, opened: CasePage, desk: Desk, operator: Operator) -> None:
    turn_to(qtbot, opened, CLOSING)
    found = opened.tabs.form(CLOSING)["visits"]
    assert isinstance(found, Visits)
    assert [made.isHidden() for made in found.planned] == [False, False, False, True]
    assert "（已过3天）" in found.plan.text()
    QTest.keyClick(operator.at(), Qt.Key.Key_F6, Qt.KeyboardModifier.ControlModifier)
    (visit,) = opened.collect().visits
    assert (visit.by, visit.party) == ("李正平", "普家顺")
    assert (visit.on, visit.performance, visit.satisfaction, visit.grievance, visit.note) == (None, None, None, None, None)
    operator.write(str(TODAY))
    qtbot.waitUntil(lambda: [made.isHidden() for made in found.planned] == [False, False, True, True])
    assert plan_words(opened.collect(), TODAY).count("✓") == 1
    filed = msgspec.structs.replace(opened.collect(), closed_on=date.max)
    assert plan_words(filed, TODAY).count("没有做") == plan_words(opened.collect(), TODAY).count("天）")


@pytest.mark.parametrize("scale", [100, 200])
@pytest.mark.parametrize("tab", [PERFORMING, CLOSING])
def test_nothing_is_clipped(qtbot: QtBot, opened: CasePage, theme: Theme, tab: int, scale: int) -> None:
    theme.set_scale(scale)
    turn_to(qtbot, opened, tab)
    assert clipped(opened.tabs.form(tab)) == []
