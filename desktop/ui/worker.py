"""Slow work off the window's thread: one piece at a time, each ending in exactly one call on the window's thread.

What reads or writes cases goes this way only while the window is held back (`ExchangePage.may_leave`), since one thread at a time may use
the desk; making a PDF reads no case from the database, only the name of the office.
"""

import sys
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot
from shiboken6 import isValid

from desktop.domain.refused import Refused

T = TypeVar("T")

FAILED = "程序出了故障，这一步没有完成。"


def while_there(part: QObject, then: Callable[[T], object]) -> Callable[[T], None]:
    """The same, but nothing when the part is gone: a dialog may be closed before the work that it began has ended."""

    def answered(result: T) -> None:
        if isValid(part):
            then(result)

    return answered


class _Ended(QObject):
    ended = Signal(object, object)


class _Task(QRunnable):
    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__()
        self._work = work
        self.signals = _Ended()
        self.setAutoDelete(False)

    def run(self) -> None:
        try:
            result = self._work()
        except BaseException as error:  # noqa: BLE001 -- handed over to the window's thread, which shows or raises it
            self.signals.ended.emit(None, error)
        else:
            self.signals.ended.emit(result, None)


class Worker(QObject):
    """Runs one task after the other on one thread of its own."""

    idle = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(1)
        self._tasks: dict[QObject, tuple[_Task, Callable[[Any], None], Callable[[str], None]]] = {}

    def start(self, work: Callable[[], object], done: Callable[[Any], None], refused: Callable[[str], None]) -> None:
        """Do the work; then call `done` with its result, or `refused` with the sentence; a bug goes to sys.excepthook before."""
        task = _Task(work)
        self._tasks[task.signals] = (task, done, refused)
        task.signals.ended.connect(self._on_ended)
        self._pool.start(task)

    def busy(self) -> bool:
        """Whether something is under way."""
        return bool(self._tasks)

    def finish(self) -> None:
        """Wait for the task under way and forget the others and all answers."""
        self._pool.clear()
        self._pool.waitForDone()
        self._tasks.clear()

    @Slot(object, object)
    def _on_ended(self, result: object, error: BaseException | None) -> None:
        sender = self.sender()
        if sender not in self._tasks:
            return
        _, done, refused = self._tasks.pop(sender)
        if isinstance(error, Refused):
            refused(str(error))
        elif error is not None:
            sys.excepthook(type(error), error, error.__traceback__)
            refused(FAILED)
        else:
            done(result)
        if not self._tasks:
            self.idle.emit()
