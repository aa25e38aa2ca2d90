"""The keyboard, and an office to sit down at."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.services.desk import Desk
from desktop.ui.application import application
from desktop.ui.ask import Leave
from desktop.ui.theme import Theme
from desktop.ui.window import Window
from tests.e2e.keyboard import Hand, Keyboard
from tests.ui.hands import show, take_down


class Clock:
    """The clock of an office; a day moves it on."""

    def __init__(self, day: str) -> None:
        self.now = datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=timezone(timedelta(hours=8)))

    def __call__(self) -> datetime:
        """What it shows."""
        return self.now

    def go_to(self, day: str) -> None:
        """Come to another day, in the morning."""
        self.now = datetime.combine(date.fromisoformat(day), self.now.time(), self.now.tzinfo)


@pytest.fixture(scope="session")
def house_theme(qapp: QApplication) -> Theme:
    """The theme, once."""
    return Theme(application(), None)


@pytest.fixture
def theme(house_theme: Theme) -> Theme:
    """The look of the program at 100 %."""
    house_theme.set_scale(100)
    house_theme.set_look("light")
    house_theme.set_practice(practice=False)
    return house_theme


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def keys(qtbot: QtBot, hand: Hand) -> Keyboard:
    return Keyboard(qtbot, hand)


@contextmanager
def sat_down(qtbot: QtBot, theme: Theme, hand: Hand, desk: Desk) -> Iterator[Window]:
    """The window of an open office; the desk stays open."""
    window = Window(desk.folder, theme, None, hand)
    window.enter(desk)
    show(qtbot, window)
    try:
        yield window
    finally:  # a day that failed leaves no window behind for the next
        hand.leaving = Leave.DROP
        window.release_desk()
        take_down(window)
