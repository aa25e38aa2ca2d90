"""What the window expects of a page, and the boxes of a long page, which are made bit by bit."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.fitting import Fitting

_SLICE = 0.02
"""Seconds after which no further box is begun in one go."""


class Boxes:
    """The boxes of a page below each other, by name. Each is made when it is asked for, after all above it: Tab goes from top to bottom."""

    def __init__(self, column: QVBoxLayout, makers: Mapping[str, Callable[[], QWidget]]) -> None:
        """They go into the column below what is in it now, and above what comes into it later."""
        self._column, self._first = column, column.count()
        self._makers = dict(makers)
        self._made: dict[str, QWidget] = {}

    def __getitem__(self, name: str) -> Any:
        """The box of the name, made now if there is none yet."""
        self.make(name)
        return self._made[name]

    def make(self, name: str) -> None:
        """Let there be the box of the name."""
        while name not in self._made:
            self._make_next()

    def made(self, name: str) -> bool:
        """Whether there is the box of the name."""
        return name in self._made

    def make_all(self) -> None:
        """Let there be every box."""
        while self._makers:
            self._make_next()

    def make_some(self) -> bool:
        """Make the next one, and others as a short while allows; whether some are left."""
        stop = time.monotonic() + _SLICE
        while self._makers:
            self._make_next()
            if time.monotonic() >= stop:
                break
        return self.left()

    def left(self) -> bool:
        """Whether some are still to be made."""
        return bool(self._makers)

    def _make_next(self) -> None:
        name = next(iter(self._makers))
        box = self._makers.pop(name)()
        self._column.insertWidget(self._first + len(self._made), box)
        self._made[name] = box
        if not box.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
            box.show()  # the layout would show it later, and its keys were dead till then


class Page(Fitting):
    """A page of the window beside the left bar."""

    def refresh(self) -> None:
        """Show what is stored now; called when the page comes to the front."""

    def make_some(self) -> bool:
        """Make more of what is not made yet, but not for long; whether something is left."""
        return False

    def rest(self) -> None:
        """Begin nothing more: the office is about to be locked."""

    def keep_draft(self) -> None:
        """Keep as a draft what was typed and not saved: the window is about to be locked. Raises `Refused` when it cannot be kept."""

    def may_leave(self) -> bool:
        """Whether nothing is lost by leaving the page now; the page asks or says why not."""
        return True

    def may_close(self) -> bool:
        """Whether the program may be closed with this page in front; the page asks or says why not."""
        return self.may_leave()


class LongPage(Page):
    """A page that is longer than the screen as a rule: what is seen first stands there at once, the rest follows bit by bit."""

    boxes: Boxes

    def make_some(self) -> bool:
        return self.boxes.make_some()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.boxes.left():
            self.window().installEventFilter(self)
            QTimer.singleShot(0, self, self._follow_up)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A key that comes meanwhile may be that of a button that is still to come: it is made before the key is looked up."""
        if event.type() == QEvent.Type.ShortcutOverride and self.isVisible():
            self.boxes.make_all()
        return super().eventFilter(watched, event)

    def _follow_up(self) -> None:
        if self.isVisible() and self.make_some():
            QTimer.singleShot(0, self, self._follow_up)
        else:
            self.window().removeEventFilter(self)
