"""With text twice as large on a small screen the form has the room: four fields at once, every tab in sight, the next thing in one line."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.agreement import Agreement, Clause
from desktop.domain.party import Party
from desktop.domain.session import Session
from desktop.services import cases
from desktop.services.desk import Desk
from desktop.ui.case.fields import TABS
from desktop.ui.case.page import CasePage
from desktop.ui.case.view import AGREEMENT_TAB
from desktop.ui.entry.form import Cell
from desktop.ui.theme import Theme
from desktop.ui.window import Window
from tests.domain.samples import accepted
from tests.ui.hands import Operator, clipped
from tests.ui.keys import ambiguous


@pytest.fixture
def page(window: Window, desk: Desk) -> CasePage:
    window.resize(1280, 800)
    agreement = Agreement(form="书面", facts="滴水。", clauses=(Clause(text="停止滴水。"),))
    case = accepted(
        agreement=agreement, parties=(Party(role="申请人", kind="自然人", name="普家顺"),), sessions=(Session(kind="调解记录"),)
    )
    window.open_case(cases.register(desk, case).id)
    return window.case_page()


def settle() -> None:
    for _ in range(5):
        QApplication.processEvents()


def whole_fields(page: CasePage) -> list[str]:
    """The labels of the fields of which label and line are seen whole."""
    sheet = page.tabs._sheets[page.tabs.currentIndex()]
    seen = QRect(QPoint(0, 0), sheet.viewport().size())
    found = []
    for cell in sheet.page.findChildren(Cell):
        if not cell.isVisible() or cell.findChildren(Cell):
            continue
        control = cell.control.focusProxy() or cell.control
        box = QRect(cell.mapTo(sheet.viewport(), QPoint(0, 0)), control.mapTo(sheet.viewport(), control.rect().bottomRight()))
        if seen.contains(box):
            found.append(cell.field.label)
    return found


SHORT_FIELDS = ("type", "parties[0].name", "sessions[0].kind", "filing.filed_by", "confirmation.court")
"""The first fields of blocks without long texts."""


@pytest.mark.parametrize("path", SHORT_FIELDS)
def test_four_fields_are_seen_at_twice_the_size(qtbot: QtBot, page: CasePage, theme: Theme, path: str) -> None:
    def four() -> None:
        assert len(whole_fields(page)) >= 4, whole_fields(page)

    theme.set_scale(200)
    page.tabs.reveal(path)
    qtbot.waitUntil(four)


def test_four_fields_of_a_new_case_too(qtbot: QtBot, window: Window, theme: Theme) -> None:
    def four() -> None:
        assert whole_fields(window.case_page())[:4] == ["纠纷类型", "纠纷来源", "登记日期", "发生日期"]

    window.resize(1280, 800)
    theme.set_scale(200)
    window.new_case()
    qtbot.waitUntil(four)


@pytest.mark.parametrize("scale", [100, 125, 150, 200])
def test_every_tab_is_in_sight(page: CasePage, theme: Theme, scale: int) -> None:
    theme.set_scale(scale)
    bar = page.tabs.tabBar()
    for number in range(page.tabs.count()):
        page.tabs.show_tab(number)
        page.tabs.titles.mark({0, 2, 4, 5})
        settle()
        assert all(bar.rect().contains(bar.tabRect(each)) for each in range(bar.count())), number
        assert [bar.tabText(each).split()[0] for each in range(bar.count())] == [str(each + 1) for each in range(bar.count())]
        assert "要核对" in bar.accessibleTabName(2)


def test_a_short_title_tells_the_whole(page: CasePage) -> None:
    bar = page.tabs.tabBar()
    page.tabs.show_tab(0)
    page.tabs.titles.mark(())
    assert page.tabs.tabText(2).startswith("3 研判分流")
    page.tabs.show_tab(AGREEMENT_TAB)
    assert page.tabs.tabText(2).startswith("3 研判")
    assert "研判分流" not in page.tabs.tabText(2)
    assert (bar.tabToolTip(2), bar.tabToolTip(0)) == (TABS[2][0], "")


def test_what_is_beside_the_form_is_one_key_away(page: CasePage, theme: Theme, operator: Operator) -> None:
    assert page.side.isVisible()
    assert not page.next_line.isVisible()
    theme.set_scale(200)
    page.tabs.reveal("place")
    settle()
    assert not page.side.isVisible()
    assert page.next_line.label.text().startswith("下一步：")
    assert ambiguous(page.window()) == []
    operator.key(Qt.Key.Key_F7)
    settle()
    assert page.side.isVisible()
    assert page.timeline.isVisible()
    assert not page.tabs.isVisible()
    assert ambiguous(page.window()) == []
    assert clipped(page.window()) == []
    operator.key(Qt.Key.Key_F7)
    assert operator.at() is page.tabs.form(0)["place"].focusProxy()
    operator.key(Qt.Key.Key_F4)
    there = operator.at()
    operator.key(Qt.Key.Key_F7)
    page.side.go.click()
    assert page.tabs.isVisible()
    assert operator.at() is there
    theme.set_scale(100)
    settle()
    assert page.side.isVisible()
    assert page.header.steps.isVisible()
