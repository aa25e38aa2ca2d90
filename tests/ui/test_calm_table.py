"""The tables of the program: how their columns share the width, and what their cells say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.calm_table import Chooser, shared
from desktop.ui.plain_table import PlainTable, Rows
from desktop.ui.theme import COLOURS, Theme, em

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # windows of no page, on the offscreen platform

LONG = "王秀英与赵建国因楼上卫生间漏水引起的邻里纠纷"
TITLES = ("纠纷", "上会原因", "日期")
ROWS = [(LONG, "高风险、逾期、新登记、本期到期", "2026年11月22日"), ("张三与李四邻里纠纷", "新登记", "2026年11月21日")]


@pytest.mark.parametrize(
    ("wanted", "room", "found"),
    [
        ([30, 20, 10], 100, [30, 20, 10]),
        ([30, 20, 10], 50, [20, 20, 10]),
        ([30, 30, 10], 31, [10, 10, 10]),
        ([30, 30, 10], 21, [8, 8, 5]),
        ([30, 30, 10], 20, [30, 30, 10]),
        ([], 10, []),
    ],
)
def test_the_widest_columns_give_way(wanted: list[int], room: int, found: list[int]) -> None:
    assert shared(wanted, [8, 8, 5][: len(wanted)], room) == found


@given(st.lists(st.tuples(st.integers(1, 400), st.integers(0, 200)), max_size=8), st.integers(0, 2000))
def test_columns_stay_within_the_room_as_long_as_they_can_be_read(pairs: list[tuple[int, int]], room: int) -> None:
    least = [low for _, low in pairs]
    wanted = [low + more for more, low in pairs]
    found = shared(wanted, least, room)
    if sum(least) > room:
        assert found == wanted
        return
    assert sum(found) <= room or found == wanted
    assert all(low <= width <= most for low, width, most in zip(least, found, wanted, strict=True))
    if sum(wanted) <= room:
        assert found == wanted
    else:
        assert room - sum(found) < max(len(pairs), 1)


@pytest.fixture
def table(qtbot: QtBot, theme: Theme) -> PlainTable:
    made = PlainTable("议题", TITLES, wide=0)
    qtbot.addWidget(made)
    made.show_rows(ROWS)
    made.resize(round(em(made) * 16), 300)
    made.show()
    return made


@pytest.mark.parametrize("scale", [100, 200])
def test_a_narrow_table_does_not_scroll_sideways(table: PlainTable, theme: Theme, scale: int) -> None:
    theme.set_scale(scale)
    table.resize(round(em(table) * 16), 300)
    QApplication.processEvents()
    assert table.horizontalScrollBar().maximum() == 0
    assert sum(table.columnWidth(column) for column in range(3)) == table.viewport().width()
    assert table.columnWidth(2) >= table.sizeHintForColumn(2)
    assert table.columnWidth(1) < table.sizeHintForColumn(1)


def test_what_is_cut_short_is_told_by_its_tip(table: PlainTable) -> None:
    index = table.rows.index(0, 0)
    assert table.rows.data(index, Qt.ItemDataRole.ToolTipRole) == f"<span>{LONG}</span>"
    assert table.rows.data(table.rows.index(1, 2), Qt.ItemDataRole.DisplayRole) == "2026年11月21日"


def test_a_sign_keeps_its_colour_when_its_row_is_chosen(table: PlainTable) -> None:
    table.show_rows([("●", "", "")] * 2, ["danger", ""])
    table.selectRow(0)
    picture = table.viewport().grab(table.visualRect(table.rows.index(0, 0))).toImage()
    pixels = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}
    assert COLOURS["danger"] in pixels
    assert COLOURS["ink"] not in pixels


def test_it_is_as_high_as_its_rows(table: PlainTable) -> None:
    line = table.verticalHeader().defaultSectionSize()
    two = table.height()
    table.show_rows(ROWS * 2)
    assert table.height() == two + 2 * line
    table.show_rows(ROWS * 50)
    assert table.height() == two + 6 * line
    table.show_rows([])
    assert table.height() == two - line


def test_columns_follow_the_words_in_them(table: PlainTable) -> None:
    table.resize(round(em(table) * 40), 300)
    before = table.columnWidth(1)
    table.show_rows([(LONG, "新登记", "2026年11月21日")])
    assert table.columnWidth(1) < before
    assert sum(table.columnWidth(column) for column in range(3)) == table.viewport().width()


def test_columns_for_which_there_is_no_room_are_left_out(table: PlainTable) -> None:
    table.leave_out(20, {1: 24, 2: 16})
    assert [table.isColumnHidden(column) for column in range(3)] == [False, True, False]
    assert table.columnWidth(0) + table.columnWidth(2) == table.viewport().width()
    table.leave_out(30, {1: 24, 2: 16})
    assert not table.isColumnHidden(1)


def test_enter_chooses_a_row(qtbot: QtBot) -> None:
    rows = Rows(TITLES)
    rows.show_rows(ROWS)
    table = Chooser("纠纷", rows, wide=0)
    qtbot.addWidget(table)
    table.selectRow(1)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        with qtbot.waitSignal(table.chosen):
            QTest.keyClick(table, key)
