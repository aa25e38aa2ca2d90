"""Fields for dates, moments and amounts, by keyboard."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.case.intake_fields import COMMISSION, INTAKE
from desktop.ui.case.party_fields import PARTY
from desktop.ui.entry.calendar import Calendar
from desktop.ui.entry.dates import chinese, described, doubt_about_day, weekday
from desktop.ui.entry.form import Cell, Field
from desktop.ui.entry.typed import Amount, Count, Day, Minute, Typed
from desktop.ui.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the calendar is a popup, on the offscreen platform

TODAY = date.today()  # noqa: DTZ011 -- the day on the desk
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


Shown = Callable[[Typed], Cell]


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    """Shows a control in its cell, with the cursor in it."""
    kept: list[QWidget] = []

    def show(control: Typed) -> Cell:
        window = QWidget()
        qtbot.addWidget(window)
        cell = Cell(Field("day", "日期", lambda: control), window)
        QVBoxLayout(window).addWidget(cell)
        kept.append(window)
        control.changed.connect(cell.refresh)
        with qtbot.waitExposed(window):
            window.show()
        control.setFocus()
        return cell

    return show


def typed(control: Typed, text: str) -> None:
    control.line.clear()
    control.line.put(text)


def test_what_was_understood_stands_below(shown: Shown) -> None:
    day = Day()
    cell = shown(day)
    typed(day, "2026.3.17")
    assert day.note.text() == "2026年3月17日 星期二 农历正月廿九"
    typed(day, "2026年2月30日")
    assert not day.note.isVisible()
    assert cell.message.text() == "✕ 2026年2月没有30日，请核对日期。"
    typed(day, "二〇二六年三月十七日")
    assert not cell.message.isVisible()
    day.line.left.emit()
    assert day.line.text() == "2026年3月17日"
    assert day.value() == date(2026, 3, 17)
    assert day.note.text() == "星期二 农历正月廿九"


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ("2026-02-17", "2026年2月17日 星期二 农历正月初一 春节放假"),
        ("2026-02-14", "2026年2月14日 星期六 农历腊月廿七 上班（春节调休）"),
        ("2026-03-01", "2026年3月1日 星期日 农历正月十三"),
        ("1850-03-01", "1850年3月1日 星期五"),
    ],
)
def test_a_day_is_described(day: str, text: str) -> None:
    assert described(date.fromisoformat(day)) == text


def test_a_strange_year_is_a_doubt_and_no_wall(shown: Shown) -> None:
    day = Day()
    shown(day)
    typed(day, "1890-1-1")
    assert "1900年以前" in day.note.text()
    assert day.fault() == ""
    assert day.value() == date(1890, 1, 1)
    assert "20年以后" in doubt_about_day(date(2099, 1, 1), date(2026, 1, 1))
    assert doubt_about_day(date(2040, 1, 1), date(2026, 1, 1)) == ""


def test_arrows_change_the_day(shown: Shown) -> None:
    day = Day()
    shown(day)
    QTest.keyClick(day.line, Qt.Key.Key_Semicolon, CONTROL)
    assert day.value() == TODAY
    QTest.keyClick(day.line, Qt.Key.Key_Up)
    QTest.keyClick(day.line, Qt.Key.Key_Up)
    assert day.value() == TODAY + timedelta(days=2)
    QTest.keyClick(day.line, Qt.Key.Key_Down)
    assert day.line.text() == chinese(TODAY + timedelta(days=1))


def test_a_date_that_is_only_read_stays(shown: Shown) -> None:
    day = Day()
    shown(day)
    day.show_value(date(2026, 1, 31))
    day.line.setReadOnly(True)
    QTest.keyClick(day.line, Qt.Key.Key_Up)
    QTest.keyClick(day.line, Qt.Key.Key_Semicolon, CONTROL)
    assert day.value() == date(2026, 1, 31)
    button = day.line.findChild(QToolButton)
    assert button is not None
    assert not button.isEnabled()
    day.line.setReadOnly(False)
    assert button.isEnabled()


def test_the_calendar_is_led_by_keys(qtbot: QtBot, shown: Shown) -> None:
    day = Day()
    shown(day)
    day.show_value(date(2026, 1, 31))
    QTest.keyClick(day.line, Qt.Key.Key_Down, ALT)
    calendar = day.findChild(Calendar)
    assert calendar is not None
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_Left, Qt.Key.Key_Down):
        QTest.keyClick(calendar, key)
    assert calendar.accessibleName() == "日历 2026年3月6日 星期五 农历正月十八"
    with qtbot.waitSignal(day.changed):
        QTest.keyClick(calendar, Qt.Key.Key_Return)
    assert day.value() == date(2026, 3, 6)


def test_escape_leaves_the_date_alone(shown: Shown) -> None:
    day = Day()
    shown(day)
    day.show_value(date(2026, 1, 31))
    calendar = day.pick()
    QTest.keyClick(calendar, Qt.Key.Key_Right)
    QTest.keyClick(calendar, Qt.Key.Key_Escape)
    assert day.value() == date(2026, 1, 31)


def test_a_click_takes_a_day_or_turns_the_page(qtbot: QtBot) -> None:
    calendar = Calendar(date(2026, 3, 17), TODAY)
    qtbot.addWidget(calendar)
    calendar.show()
    QTest.mouseClick(calendar, Qt.MouseButton.LeftButton, pos=QPoint(calendar.width() - 10, 10))
    assert calendar.day == date(2026, 4, 17)
    cells = dict(calendar._cells())
    with qtbot.waitSignal(calendar.chosen) as taken:
        QTest.mouseClick(calendar, Qt.MouseButton.LeftButton, pos=cells[date(2026, 4, 9)].center().toPoint())
    assert taken.args == [date(2026, 4, 9)]


@pytest.mark.parametrize("scale", [100, 200])
def test_the_button_grows_with_the_text(shown: Shown, theme: Theme, scale: int) -> None:
    theme.set_scale(scale)
    day = Day()
    shown(day)
    button = day.line.findChild(QToolButton)
    assert button is not None
    assert button.iconSize().height() >= day.fontMetrics().height() * 0.7
    assert day.line.rect().contains(button.geometry())
    button.click()
    assert day.findChild(Calendar) is not None


def test_a_calendar_at_the_end_of_time_stays_there(qtbot: QtBot) -> None:
    for day in (date(9999, 12, 31), date(1, 1, 1)):
        calendar = Calendar(day, TODAY)
        qtbot.addWidget(calendar)
        calendar.show()
        for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Up, Qt.Key.Key_Down):
            QTest.keyClick(calendar, key)
        calendar.grab()


@pytest.mark.parametrize("scale", [100, 200])
def test_the_calendar_has_room_for_its_words(qtbot: QtBot, theme: Theme, scale: int) -> None:
    theme.set_scale(scale)
    calendar = Calendar(TODAY, TODAY)
    qtbot.addWidget(calendar)
    metrics = calendar.fontMetrics()
    cell = calendar._cells()[0][1]
    assert metrics.horizontalAdvance("闰十月") * 0.72 < cell.width()
    assert metrics.height() * 1.72 < cell.height()


def test_a_moment_keeps_its_time_when_its_day_changes(shown: Shown) -> None:
    minute = Minute()
    shown(minute)
    typed(minute, "2026年3月17日下午3点半")
    assert minute.value() == "2026-03-17T15:30"
    assert minute.note.text() == "2026年3月17日 星期二 农历正月廿九，15:30"
    QTest.keyClick(minute.line, Qt.Key.Key_Up)
    assert minute.value() == "2026-03-18T15:30"
    minute.pick().chosen.emit(date(2026, 4, 1))
    assert minute.line.text() == "2026年4月1日 15:30"
    typed(minute, "")
    minute.pick().chosen.emit(date(2026, 4, 1))
    assert minute.line.text() == "2026年4月1日 "
    assert "几点几分" in minute.fault()


def test_an_amount_shows_its_capitals(shown: Shown) -> None:
    amount = Amount()
    cell = shown(amount)
    typed(amount, "四万零五百元")
    assert amount.note.text() == "人民币肆万零伍佰元整"
    assert amount.value() == 4_050_000
    typed(amount, "-5")
    assert "负数" in cell.message.text()
    assert amount.value() is None
    amount.show_value(123_450)
    assert amount.line.text() == "1,234.50"
    assert amount.note.text() == "人民币壹仟贰佰叁拾肆元伍角"


AHEAD = next(day for day in (TODAY + timedelta(days=1), TODAY + timedelta(days=2)) if (day.month, day.day) != (2, 29))


def test_a_date_of_what_has_happened_does_not_lie_ahead(shown: Shown) -> None:
    day = Day(past=True)
    shown(day)
    for text in (f"{AHEAD.month}.{AHEAD.day}", "正月初一"):
        typed(day, text)
        assert str(day.value()) <= str(TODAY)
    typed(day, str(AHEAD))
    assert day.value() == AHEAD


@pytest.mark.parametrize(
    ("fields", "name"), [(PARTY, "born_on"), (PARTY, "refused_on"), (INTAKE, "occurred_on"), (COMMISSION, "received_on")]
)
def test_the_fields_that_tell_of_the_past_know_it(fields: tuple[Field, ...], name: str, shown: Shown) -> None:
    day = next(one.control() for one in fields if one.name == name)
    assert isinstance(day, Day)
    shown(day)
    typed(day, f"{AHEAD:%m%d}")
    assert str(day.value()) <= str(TODAY)


def test_a_number_may_have_full_width(shown: Shown) -> None:
    count = Count(20)
    shown(count)
    typed(count, "１２")
    assert count.value() == 12
    typed(count, "21")
    assert count.fault() == "请填写0到20之间的整数。"


def test_weekdays_have_their_names() -> None:
    assert weekday(date(2026, 3, 1)) == "星期日"
