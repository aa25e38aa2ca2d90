"""A search in steps, a slice of them between two keys: it reads with the window's own connection and never holds the window up."""

import time
from collections.abc import Callable, Generator
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer

from desktop.domain.refused import Refused

T = TypeVar("T")

SLICE = 0.03
"""Seconds of the steps that are taken in one go."""


class Slices(QObject):
    """Takes the steps of one search at a time; a new one takes the place of that under way."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)
        self._one_slice: Callable[[], bool] | None = None

    def start(self, steps: Generator[None, None, T], done: Callable[[T], object], refused: Callable[[str], object]) -> None:
        """Take the first slice at once; `done` gets the result, perhaps before this returns, or `refused` the sentence."""
        self.rest()

        def one_slice() -> bool:
            stop = time.monotonic() + SLICE
            try:
                while time.monotonic() < stop:
                    next(steps)
            except StopIteration as end:
                self.rest()
                done(end.value)
                return False
            except Refused as error:
                self.rest()
                refused(str(error))
                return False
            return True

        self._one_slice = one_slice
        self._go_on()

    def under_way(self) -> bool:
        """Whether a search has not ended."""
        return self._one_slice is not None

    def rest(self) -> None:
        """Give the search up."""
        self._timer.stop()
        self._one_slice = None

    def _go_on(self) -> None:
        if self._one_slice is not None and self._one_slice():
            self._timer.start(0)
