"""Noticing that nobody is there: no key and no mouse for some minutes, in any window of the program."""

import time

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

_TYPE = QEvent.Type
_HANDS = frozenset({_TYPE.KeyPress, _TYPE.KeyRelease, _TYPE.MouseMove, _TYPE.MouseButtonPress, _TYPE.Wheel, _TYPE.TouchBegin})


class IdleWatch(QObject):
    """`idle` comes after the minutes without a key or mouse; `wanted` when Ctrl+L is pressed in a dialog, where no shortcut reaches.

    It looks at the windows of the system (dialogs too) as they get the keyboard, not at every widget: that costs nothing while one types.
    """

    idle = Signal()
    wanted = Signal()

    def __init__(self, parent: QObject, minutes: int) -> None:
        super().__init__(parent)
        self._touched = time.monotonic()
        self.minutes = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._follow)
        self._follow(QGuiApplication.focusWindow())
        self.set_minutes(minutes)

    def set_minutes(self, minutes: int) -> None:
        """Wait so long; 0 means for ever."""
        self.minutes = minutes
        self.touch()
        if minutes:
            self._timer.start(minutes * 60_000)
        else:
            self._timer.stop()

    def touch(self) -> None:
        """Somebody is there."""
        self._touched = time.monotonic()

    def look(self) -> None:
        """Say that nobody is there, or wait for the rest of the time."""
        left = self.minutes * 60 - (time.monotonic() - self._touched)
        if left <= 0:
            self.idle.emit()
        self._timer.start(round(left * 1000) if left > 0 else self.minutes * 60_000)

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()
        self.minutes = 0

    def _follow(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)  # a filter that is there twice is called twice
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _HANDS:
            self._touched = time.monotonic()
            if event.type() == QEvent.Type.KeyPress and isinstance(watched, QWindow) and watched.modality() != Qt.WindowModality.NonModal:
                return self._is_lock_key(event)
        return False

    def _is_lock_key(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_L and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            QTimer.singleShot(0, self, self.wanted.emit)
            return True
        return False
