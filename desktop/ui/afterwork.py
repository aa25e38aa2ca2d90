"""Small work in the pauses between keys: what an import left to do (`services.afterwork`), a little at a time."""

import time
from collections.abc import Generator

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.refused import Refused
from desktop.ui.context import Context

BREATH, PAUSE, REST = 20, 100, 3000
"""Milliseconds to the next step of a bit of work, to the next bit while there is more, and to the next look when there was nothing."""

_SLICE = 0.015
"""Seconds of the steps that are taken in one go."""


class AfterWork(QObject):
    """Works on the window's thread as long as it is not stopped. `done` comes when something was done and nothing is left."""

    done = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._worked = False
        self._steps: Generator[None, None, bool] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)
        self._timer.start(REST)

    def stop(self) -> None:
        """Do nothing more."""
        self._timer.stop()
        self._steps = None

    def _go_on(self) -> None:
        from desktop.services import afterwork  # the start of the program does not wait for it

        if self._context.worker.busy():  # one thread at a time may use the desk
            self._timer.start(REST)
            return
        steps, self._steps = self._steps or afterwork.going_on(self._context.desk), None
        try:
            more = _advanced(steps)
        except Refused:  # a disk that is full or a database in use is told where somebody saves; here there is time
            more = False
        if more is None:
            self._steps = steps
            self._timer.start(BREATH)
            return
        self._timer.start(PAUSE if more else REST)
        if self._worked and not more:
            self.done.emit()
        self._worked = more


def _advanced(steps: Generator[None, None, bool]) -> bool | None:
    """Take some steps; the result if the last one was among them."""
    stop = time.monotonic() + _SLICE
    while time.monotonic() < stop:
        try:
            next(steps)
        except StopIteration as end:
            return bool(end.value)
    return None
