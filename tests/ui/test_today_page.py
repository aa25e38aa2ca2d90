"""The page of what is due, by keyboard."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLayout
from pytestqt.qtbot import QtBot

from desktop.services import cases
from desktop.services.desk import Desk, set_up
from desktop.ui.ask import Asker
from desktop.ui.context import Context
from desktop.ui.theme import Theme
from desktop.ui.today.page import TodayPage
from desktop.ui.today.things import when
from desktop.ui.worker import Worker
from tests.domain.samples import PATHS
from tests.ui.hands import CHEAP, PASSWORD, Operator

NOW = datetime(2025, 3, 25, 9, 0, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with set_up(tmp_path / "v", PASSWORD, level="村", name="浦贝村", operator="李正平", cost=CHEAP, clock=lambda: NOW) as made:
        yield made


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, desk: Desk) -> Iterator[TodayPage]:
    made = TodayPage(Context(desk, Asker(), Worker()))
    qtbot.addWidget(made)
    layout = made.layout()
    assert layout is not None
    layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # as the window has it
    made.resize(1140, 800)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.rest()


@pytest.mark.parametrize(
    ("day", "words", "role"),
    [
        (date(2025, 3, 22), "逾期3天", "high"),
        (date(2025, 3, 25), "今天", "middle"),
        (date(2025, 3, 28), "周五 3月28日", "chip"),
        (date(2020, 3, 25), "逾期1,826天", "high"),
    ],
)
def test_a_day_is_told_from_today(day: date, words: str, role: str) -> None:
    assert when(day, NOW.date()) == (words, role)


def test_nothing_due_says_so_and_the_cursor_is_on_the_new_case(page: TodayPage) -> None:
    page.refresh()
    assert page.day.text() == "2025年3月25日　星期二　农历二月廿六"
    assert page.told.text() == "近七天没有到期的事项。"
    assert page.new_button.hasFocus()


def test_arrows_choose_a_thing_and_enter_opens_the_case_at_its_field(page: TodayPage, desk: Desk, operator: Operator, qtbot: QtBot) -> None:
    cases.register_files(desk, list(PATHS.values()))
    page.refresh()
    qtbot.waitUntil(lambda: bool(page.things.lines))  # it looks through the cases a slice at a time
    first, *_, last = page.things.lines
    assert first.go_button.hasFocus()
    operator.key(Qt.Key.Key_Down, len(page.things.lines) + 1)
    assert last.go_button.hasFocus()
    operator.key(Qt.Key.Key_Up, len(page.things.lines))
    assert first.go_button.hasFocus()
    with qtbot.waitSignal(page.wanted_case) as opened:
        operator.key(Qt.Key.Key_Return)
    case, field = opened.args
    assert cases.load(desk, case).title == "罗小英与岑绍伟婚姻家庭纠纷"
    assert field == "fulfilments"


@pytest.mark.parametrize("scale", [100, 200])
def test_the_cards_stand_beside_or_below(page: TodayPage, desk: Desk, theme: Theme, scale: int) -> None:
    cases.register_files(desk, list(PATHS.values()))
    page.refresh()
    theme.set_scale(scale)
    QApplication.processEvents()
    beside = page._cards.x() > page.things.x()
    assert beside == (scale == 100)
    told = [label for label in page.month.frame.findChildren(QLabel) if label.isVisible()]
    assert [label.text() for label in told[1:3]] == ["登记", "1 件"]
    assert len({label.geometry().right() for label in told if label.text().endswith(" 件")}) == 1
