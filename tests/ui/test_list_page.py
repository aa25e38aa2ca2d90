"""纠纷: search, filters, the table and the preview, by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.services import cases, conflicts
from desktop.services.desk import Desk
from desktop.ui.listing.page import ListPage
from desktop.ui.theme import Theme
from desktop.ui.window import Window
from tests.ui.hands import SAMPLES, Operator, clipped

ALL = f"共 {len(SAMPLES)} 件"


@pytest.fixture
def page(desk: Desk, window: Window) -> ListPage:
    """The list of an office with the five samples."""
    cases.register_files(desk, SAMPLES)
    window.go("disputes")
    return window.list_page()


def titles(page: ListPage) -> list[str]:
    """What stands in the table."""
    return [str(page.model.data(page.model.index(row, 1))) for row in range(page.model.rowCount())]


def choose(page: ListPage, name: str, text: str) -> None:
    """Take an offer of a filter's menu."""
    menu = page.filters.menu(name)
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.deleteLater()


@pytest.mark.parametrize("typed", ["pjs", "PJS", "js", "普家", "家顺", "普"])
def test_a_name_is_found_by_its_letters_and_by_any_part(qtbot: QtBot, page: ListPage, operator: Operator, typed: str) -> None:
    operator.key(Qt.Key.Key_F3)
    operator.write(typed)
    qtbot.waitUntil(lambda: page.found.wanted.words == typed)
    assert "普家顺与李文学山林土地纠纷" in titles(page)
    if page.found.total == 1:
        qtbot.waitUntil(lambda: "普家顺" in page.facts._title.text())


def test_esc_empties_the_search_and_all_are_there_again(qtbot: QtBot, page: ListPage, operator: Operator) -> None:
    operator.key(Qt.Key.Key_F3)
    operator.write("普家")
    qtbot.waitUntil(lambda: page.found.wanted.words == "普家")
    operator.key(Qt.Key.Key_Escape)
    assert page.search.text() == ""
    assert page.search.hasFocus()
    qtbot.waitUntil(lambda: page.count.text() == ALL)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_filters_are_reached_and_taken_off_by_keyboard(qtbot: QtBot, page: ListPage, operator: Operator) -> None:
    page.filters.buttons["类型"].setFocus(Qt.FocusReason.TabFocusReason)
    operator.key(Qt.Key.Key_Space)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(menu, key)
    qtbot.waitUntil(lambda: page.filters.chosen() == ["类型"])
    assert page.filters.buttons["类型"].text() == "类型：邻里 ✕  Alt+L"
    assert all("邻里" in title for title in titles(page))
    page.filters.buttons["类型"].setFocus(Qt.FocusReason.TabFocusReason)
    operator.key(Qt.Key.Key_Space)
    assert page.filters.chosen() == []
    assert page.count.text() == ALL


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_each_filter_has_a_key_that_chooses_and_gives_up(qtbot: QtBot, page: ListPage, window: Window) -> None:
    QTest.keyClick(window, Qt.Key.Key_H, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(window, Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
    assert page.filters.chosen() == ["待核对", "我经办的"]
    QTest.keyClick(window, Qt.Key.Key_H, Qt.KeyboardModifier.AltModifier)
    assert page.filters.chosen() == ["我经办的"]
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(menu, key)
    qtbot.waitUntil(lambda: page.filters.chosen() == ["我经办的", "风险"])
    QTest.keyClick(window, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert page.filters.chosen() == []


def test_filters_and_words_are_all_needed(qtbot: QtBot, page: ListPage, operator: Operator) -> None:
    choose(page, "单位", "本单位登记的")
    assert page.count.text() == f"找到 {len(SAMPLES)} 件"
    choose(page, "类型", "山林土地")
    assert titles(page) == ["普家顺与李文学山林土地纠纷"]
    operator.key(Qt.Key.Key_F3)
    operator.write("没有")
    qtbot.waitUntil(lambda: page.count.text() == "找到 0 件")
    assert page.stack.currentWidget() is not page._splitter
    page.search.clear()
    qtbot.waitUntil(lambda: page.count.text() == "找到 1 件")
    page.filters.clear()
    assert page.count.text() == ALL


def test_each_filter_finds_what_it_says(desk: Desk, page: ListPage) -> None:
    listed = {row.id: cases.load(desk, row.id) for row in cases.rows(desk)}
    choose(page, "风险", "高风险")
    assert page.found.total == sum(case.risk == "高" for case in listed.values())
    page.filters.clear()
    year = page.found.years[0]
    choose(page, "年份", f"{year}年")
    assert page.found.total == sum(case.registered_on.year == year for case in listed.values())
    page.filters.clear()
    counts = {}
    for name in ("未结", "已结"):
        choose(page, "进度", name)
        counts[name] = page.found.total
    assert sum(counts.values()) == len(listed)
    choose(page, "单位", "别的单位登记的")
    assert page.found.total == 0
    page.filters.clear()
    page.filters.buttons["待核对"].click()
    assert page.found.total == len(conflicts.cases_in_doubt(desk))


def test_what_i_mediate_and_what_is_overdue(desk: Desk, page: ListPage) -> None:
    first = cases.load(desk, cases.rows(desk)[0].id)
    desk.operator = first.mediators[0]
    page.filters.buttons["我经办的"].click()
    mine = [cases.load(desk, row.id) for row in page.found.rows(0, 50)]
    assert first.id in [case.id for case in mine]
    assert all(desk.operator in (*case.mediators, case.recorder) for case in mine)
    page.filters.clear()
    choose(page, "进度", "逾期：有事情过了期限")
    assert all(row.status != "已归档" for row in page.found.rows(0, 50))


def test_a_list_longer_than_what_is_found_at_once_goes_on_at_its_end(qtbot: QtBot, page: ListPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.services.finding.FIRST", 2)
    choose(page, "单位", "本单位登记的")
    assert page.count.text() == "找到 2 件以上"
    page.model.fetchMore(page.model.index(-1, -1))
    assert page.count.text() == "找到 4 件以上"
    page.model.fetchMore(page.model.index(-1, -1))
    assert page.count.text() == f"找到 {len(SAMPLES)} 件"
    assert len(set(titles(page))) == len(SAMPLES)


def test_when_nobody_types_more_is_counted(qtbot: QtBot, page: ListPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.services.finding.FIRST", 2)
    choose(page, "单位", "本单位登记的")
    assert page.count.text() == "找到 2 件以上"
    qtbot.waitUntil(lambda: page.count.text() == f"找到 {len(SAMPLES)} 件")


def test_numbers_of_people_are_masked_in_the_preview(qtbot: QtBot, desk: Desk, page: ListPage) -> None:
    page.search.setText("普家顺")
    page.refresh()
    qtbot.waitUntil(lambda: "普家顺" in page.facts._title.text())
    case = cases.load(desk, page.current_id())
    numbers = [party.id_number for party in case.parties if party.id_number]
    told = page.facts._body.text()
    assert numbers
    assert not any(number in told for number in numbers)
    assert f"{numbers[0][:6]}********{numbers[0][-4:]}" in told


@pytest.mark.parametrize("scale", [100, 200])
def test_nothing_is_clipped(qtbot: QtBot, page: ListPage, window: Window, theme: Theme, scale: int) -> None:
    def nothing_clipped() -> None:
        assert clipped(page) == []

    window.resize(1280, 800)
    theme.set_scale(scale)
    qtbot.waitUntil(nothing_clipped)
    choose(page, "类型", "拖欠农民工工资")
    choose(page, "单位", "本单位登记的")
    qtbot.waitUntil(nothing_clipped)
