"""When a window has come to rest: nothing slow is under way, and every timer that draws something has done it, at once."""

from collections.abc import Iterator
from time import monotonic

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop.ui.afterwork import AfterWork
from desktop.ui.ahead import Ahead
from desktop.ui.doors.card import Door
from desktop.ui.page import LongPage
from desktop.ui.window import Window

PATIENCE = 20.0
"""Seconds after which something that is waited for will not come any more."""

LONGEST = 800
"""Milliseconds: what begins later than that draws nothing; it keeps drafts, locks, or looks at a folder."""

ROUNDS = 4
"""So many times in a row nothing may be left to do: what is shown late asks for a layout, and that may ask for another."""

_BACKGROUND = (AfterWork, Ahead)
"""They work in the pauses without an end, and draw nothing."""


def come_to_rest(window: Window, over: QWidget | None = None) -> None:
    """Let the program work until the window, and the dialog over it, show all that they are going to show by themselves."""
    end, quiet = monotonic() + PATIENCE, 0
    while quiet < ROUNDS:
        assert monotonic() < end, "the window does not come to rest"
        hurried = [timer for part in (window, over) if part is not None for timer in _waiting(part)]
        for timer in hurried:
            _fire(timer)
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if _busy(window):
            QTest.qWait(2)
        quiet = 0 if hurried or _busy(window) else quiet + 1


def _waiting(window: QWidget) -> Iterator[QTimer]:
    """The timers of what is seen that will draw something."""
    for timer in window.findChildren(QTimer):
        if timer.isActive() and timer.isSingleShot() and timer.interval() <= LONGEST:
            holder = timer.parent()
            if not isinstance(holder, _BACKGROUND) and _is_seen(holder):
                yield timer


def _is_seen(holder: QObject | None) -> bool:
    """Whether the part is on the screen, or would be if it had something to show."""
    while holder is not None and not isinstance(holder, QWidget):
        holder = holder.parent()
    if holder is None or holder.isVisible():
        return True
    around = holder.parentWidget()
    return around is not None and around.isVisible()


def _fire(timer: QTimer) -> None:
    """Let it do now what it would do later."""
    if isValid(timer) and timer.isActive():  # what another one did may have ended it
        timer.stop()
        timer.timeout.emit()


def _busy(window: Window) -> bool:
    front = window.stack.currentWidget() if window.context is not None else window.centralWidget()
    door = isinstance(front, Door) and front.worker.busy()
    return door or window.worker.busy() or (isinstance(front, LongPage) and front.boxes.left())
