"""Every field asks the office what day it is, never the computer: an office whose clock stands in 2024 lives in 2024."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.agreement import Agreement, Obligation
from desktop.domain.session import Session
from desktop.services import cases
from desktop.services.desk import Desk, set_up
from desktop.ui.case import step_fields
from desktop.ui.case.fulfilment_list import Fulfilments
from desktop.ui.case.page import CasePage
from desktop.ui.case.step_dialog import StepDialog
from desktop.ui.entry.clock import today_around
from desktop.ui.window import Window
from tests.domain.samples import accepted
from tests.ui.hands import CHEAP, PASSWORD, Operator

TODAY = date(2024, 5, 6)
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A village office in the year 2024."""
    clock = datetime(2024, 5, 6, 9, 30, tzinfo=UTC)
    with set_up(tmp_path / "village", PASSWORD, level="村", name="柳林村", operator="何平", clock=lambda: clock, cost=CHEAP) as made:
        yield made


@pytest.fixture
def page(window: Window, desk: Desk) -> CasePage:
    owed = Agreement(form="书面", signed_on=date(2024, 5, 1), obligations=(Obligation(amount=30000, due_on=date(2024, 5, 8)),))
    case = accepted(agreement=owed, registered_on=date(2024, 4, 29), sessions=(Session(kind="调解记录"),), informed_on=None)
    window.open_case(cases.register(desk, case).id)
    return window.case_page()


def test_tomorrow_is_the_office_s(page: CasePage, operator: Operator) -> None:
    page.tabs.reveal("registered_on")
    operator.key(Qt.Key.Key_A, ctrl=True)
    operator.fill("明天")
    assert page.collect().registered_on == date(2024, 5, 7)


def test_keys_and_buttons_take_the_same_day(page: CasePage, operator: Operator) -> None:
    page.tabs.reveal("sessions[0].started_at")
    QTest.keyClick(operator.at(), Qt.Key.Key_Semicolon, CONTROL)
    page.tabs.reveal("informed_on")
    QTest.keyClick(operator.at(), Qt.Key.Key_G, CONTROL)
    case = page.collect()
    assert (case.informed_on, case.sessions[0].started_at) == (TODAY, "2024-05-06T09:30")


def test_what_is_due_is_counted_from_the_same_day(page: CasePage, operator: Operator) -> None:
    page.tabs.reveal("fulfilments")
    dues = page.tabs.findChild(Fulfilments)
    assert dues is not None
    assert operator.at() is dues.table
    assert "还有2天" in str(dues.table.model().index(0, 0).data())
    operator.key(Qt.Key.Key_F6)
    assert page.collect().fulfilments[0].on == TODAY


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_dialog_asks_the_window_behind_it(qtbot: QtBot, window: Window, page: CasePage) -> None:
    dialog = StepDialog(page.window(), "结案", "", step_fields.CONCLUDE, {}, "结案")
    dialog.show()
    assert today_around(dialog.form["on"]) == TODAY
    dialog.reject()
    alone = QWidget()
    qtbot.addWidget(alone)
    assert today_around(alone) == date.today()  # noqa: DTZ011 -- no office is around
