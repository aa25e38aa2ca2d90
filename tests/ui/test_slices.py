"""A search in slices: its result comes in the end, and the window answers between two slices."""

from collections.abc import Generator

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from desktop.domain.refused import Refused
from desktop.ui import slices
from desktop.ui.slices import Slices


class Busy(Refused):
    """As if another program held the database."""


def counted(steps: int) -> Generator[None, None, int]:
    for _ in range(steps):
        yield
    return steps


def test_what_is_quick_is_there_at_once(qtbot: QtBot) -> None:
    found: list[object] = []
    parent = QObject()
    Slices(parent).start(counted(3), found.append, found.append)
    assert found == [3]


def test_between_two_slices_the_window_answers(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "SLICE", 0.0)  # not even one step in a slice would end it: each slice is one look at the clock
    found: list[object] = []
    parent = QObject()
    made = Slices(parent)
    made.start(counted(3), found.append, found.append)
    assert made.under_way()
    QTimer.singleShot(0, made.rest)
    qtbot.waitUntil(lambda: not made.under_way())
    assert found == []


def refused() -> Generator[None, None, int]:
    yield
    raise Busy("数据库正忙，请稍候再试。")


def test_a_step_may_be_refused(qtbot: QtBot) -> None:
    found: list[str] = []
    parent = QObject()
    made = Slices(parent)
    made.start(refused(), lambda _: None, found.append)
    assert found == ["数据库正忙，请稍候再试。"]
    assert not made.under_way()
