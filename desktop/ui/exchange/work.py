"""What the exchange has under way: what it is, how far it is, and the button that stops it so that nothing is left behind."""

import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop.ui.context import Context, Notice, button, heading
from desktop.ui.sizes import size_of
from desktop.ui.visible import visible

STEPS = 1000
"""The bar's own unit: bytes and bundles are turned into it."""

SHOWN_EVERY = 0.05
"""Seconds between two movements of the bar; a signal for every block would drown the window."""

Told = Callable[[int, int, str], str]
"""Words for how far it is: done, all, and the name of what is worked on."""


def bytes_told(done: int, whole: int, _name: str) -> str:
    """`1.2 MB，共 2.4 MB`."""
    return f"{size_of(done)}，共 {size_of(whole)}" if whole else ""


def count_told(done: int, whole: int, name: str) -> str:
    """`第 12 个，共 300 个：NAME`."""
    return f"第 {min(done + 1, whole)} 个，共 {whole} 个　{visible(name)}"


def tell_refusal(notice: Notice, sentence: str, name: str = "") -> None:
    """Say why nothing came of it, with the name of the file if there is one; calmly where the operator wanted it so."""
    from desktop.services.exchange import Cancelled

    if sentence == str(Cancelled()):
        notice.done(sentence)
    else:
        notice.refused(f"{name}：{sentence}" if name else sentence)


class Progress:
    """Handed to a service: it tells the bar how far the service is, and raises `Cancelled` when the operator wants it to stop."""

    def __init__(self, tell: Callable[[int, int, str], None]) -> None:
        self._tell = tell
        self._told_at = 0.0
        self._stop = threading.Event()

    def stop(self) -> None:
        """Raise at the next call."""
        self._stop.set()

    def __call__(self, done: int, whole: int, name: str = "") -> None:
        from desktop.services.exchange import Cancelled

        if self._stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if now - self._told_at >= SHOWN_EVERY or done >= whole:
            self._told_at = now
            self._tell(done, whole, name)


class Work(QWidget):
    """The bar of one piece of work at a time. `began` and `ended` frame it: in between nobody else may use the office."""

    began = Signal()
    ended = Signal()
    _moved = Signal(object, object, str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._told: Told = bytes_told
        self._progress: Progress | None = None
        self._last = ""
        self.what, self.far = heading("", "head"), heading("", "soft")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("进度")
        self.cancel: QPushButton = button("取消", self.stop, key="Esc")
        self._moved.connect(self._show)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.what)
        column.addWidget(self.bar)
        row = QHBoxLayout()
        row.addWidget(self.far, 1)
        row.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        self.hide()

    def busy(self) -> bool:
        """Whether something is under way."""
        return self._progress is not None

    def run(
        self,
        what: str,
        work: Callable[[Progress], object],
        done: Callable[[Any], None],
        refused: Callable[[str], None],
        told: Told = bytes_told,
        last: str = "",
    ) -> None:
        """Do the work off the window's thread; then call `done` with its result or `refused` with the sentence.

        `last` names a step that begins when the bar is full and cannot be stopped; without one everything can.
        """
        progress = Progress(self._moved.emit)
        self._progress, self._told, self._last = progress, told, last
        self.what.setText(visible(what))
        self.far.setText("")
        self.bar.setRange(0, 0)
        self.cancel.setEnabled(True)
        self.show()
        self.began.emit()
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        self._context.worker.start(
            lambda: work(progress), lambda found: self._end(lambda: done(found)), lambda text: self._end(lambda: refused(text))
        )

    def stop(self) -> None:
        """Ask the work to stop; it ends by itself a moment later."""
        if self._progress:
            self._progress.stop()
            self.cancel.setEnabled(False)
            self.far.setText("正在停下……")

    def _end(self, then: Callable[[], None]) -> None:
        self._progress = None
        self.hide()
        self.ended.emit()
        then()

    def _show(self, done: int, whole: int, name: str) -> None:
        if self._progress is None or not self.cancel.isEnabled():
            return
        self.bar.setRange(0, STEPS if whole else 0)
        self.bar.setValue(round(STEPS * min(done / whole, 1)) if whole else 0)
        if self._last and done >= whole:
            self.bar.setRange(0, 0)
            self.cancel.setEnabled(False)
            self.far.setText(self._last)
        else:
            self.far.setText(self._told(done, whole, name))
