"""Small work in the pauses between keys: what an import left to do (`services.afterwork`), a little at a time."""

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.refused import Refused
from desktop.ui.context import Context

PAUSE, REST = 100, 3000
"""Milliseconds to the next bit while there is more to do, and to the next look when there was nothing."""


class AfterWork(QObject):
    """Works on the window's thread as long as it is not stopped. `done` comes when something was done and nothing is left."""

    done = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._worked = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)
        self._timer.start(REST)

    def stop(self) -> None:
        """Do nothing more."""
        self._timer.stop()

    def _go_on(self) -> None:
        from desktop.services import afterwork  # the start of the program does not wait for it

        if self._context.worker.busy():  # one thread at a time may use the desk
            self._timer.start(REST)
            return
        try:
            more = afterwork.go_on(self._context.desk)
        except Refused:  # a disk that is full or a database in use is told where somebody saves; here there is time
            more = False
        self._timer.start(PAUSE if more else REST)
        if self._worked and not more:
            self.done.emit()
        self._worked = more
