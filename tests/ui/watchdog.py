"""Measures how long the window's event loop stood still, and says what it was doing then."""

import faulthandler
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt, QTimer

BEAT = 2
"""Milliseconds between two signs of life; the precision of what is measured."""


class Watch:
    """What was seen.

    Attributes:
        longest: seconds of the longest time in which no event was handled.
        doing: where the window's thread was in the midst of it, innermost last; empty where it was short.
    """

    def __init__(self, suspicious: float) -> None:
        self.longest = 0.0
        self.doing: list[str] = []
        self._suspicious = suspicious
        self._last = time.perf_counter()
        self._seen: list[str] = []
        self._thread = threading.get_ident()
        self._over = threading.Event()

    def beat(self) -> None:
        """A sign of life."""
        now = time.perf_counter()
        if now - self._last > self.longest:
            self.longest, self.doing = now - self._last, self._seen
        self._last, self._seen = now, []

    def look(self) -> None:
        """Watch from another thread until `end`."""
        while not self._over.wait(self._suspicious / 4):
            if time.perf_counter() - self._last > self._suspicious:
                self._seen = self._seen or _stack(self._thread)

    def end(self) -> None:
        """Watch no longer."""
        self.beat()
        self._over.set()


def _stack(thread: int) -> list[str]:
    """Where the thread is, innermost last. No frame is held: a painter in it would outlive its painting, and end in this thread."""
    with tempfile.TemporaryFile() as file:
        faulthandler.dump_traceback(file, all_threads=True)
        file.seek(0)
        parts = file.read().decode("utf-8", "replace").split("\n\n")
    found = next((part for part in parts if f"{thread:x} " in part.partition("\n")[0]), "")
    return [f"{line}\n" for line in reversed(found.splitlines()[1:9])]


@contextmanager
def watched(suspicious: float = 0.05) -> Iterator[Watch]:
    """Watch the event loop of this thread during the block; what takes longer than `suspicious` seconds is looked at more closely.

    The block must let events be handled (`processEvents`, `qtbot.waitUntil`); whatever it does without that counts as standing still.
    """
    watch = Watch(suspicious)
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(watch.beat)
    timer.start(BEAT)
    looker = threading.Thread(target=watch.look, daemon=True)
    looker.start()
    try:
        yield watch
    finally:
        timer.stop()
        watch.end()
        looker.join()
