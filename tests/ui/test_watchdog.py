"""The watchdog of the event loop sees what stands still, and nothing else."""

import time

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from tests.ui.watchdog import watched


def stand_still(seconds: float) -> None:
    """Work without handling events."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass


def test_it_sees_how_long_the_loop_stood_still_and_where(qtbot: QtBot) -> None:
    with watched(0.02) as watch:
        done: list[bool] = []
        QTimer.singleShot(0, lambda: stand_still(0.4))
        QTimer.singleShot(1, lambda: done.append(True))
        qtbot.waitUntil(lambda: bool(done))
    assert watch.longest >= 0.4
    assert any("stand_still" in line for line in watch.doing)


def test_a_block_that_never_handles_events_counts_as_a_whole(qtbot: QtBot) -> None:
    with watched() as watch:
        stand_still(0.06)
    assert watch.longest >= 0.06


def test_what_a_loop_waits_for_is_no_standing_still(qtbot: QtBot) -> None:
    with watched() as watch:
        started = time.perf_counter()
        qtbot.waitUntil(lambda: time.perf_counter() - started > 0.2)
    assert watch.longest < time.perf_counter() - started
