"""Bands over every page: that this is practice, and that the computer's clock is wrong."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton

from desktop.ui.context import button
from desktop.ui.theme import em

_BESIDE = 20
"""Where so many ems are left for the sentence the buttons stand beside it."""


class Band(QFrame):
    """One sentence over the whole width, with what can be done about it: beside it where there is room, otherwise below."""

    def __init__(self, role: str, text: str) -> None:
        super().__init__()
        self.setProperty("role", role)
        self.label = QLabel(text)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self._row = QHBoxLayout()
        self._row.addStretch(1)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._both.addWidget(self.label, 1)
        self._both.addLayout(self._row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() - self._row.sizeHint().width() > em(self) * _BESIDE
        self._both.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)

    def offer(self, text: str, slot: Callable[[], object], key: str) -> QPushButton:
        """Add a button."""
        made = button(text, slot, key=key)
        self._row.addWidget(made)
        return made


class PracticeBand(Band):
    """Marks every page as practice, and leads out of it."""

    def __init__(self, leave: Callable[[], object], anew: Callable[[], object]) -> None:
        from desktop.services.practice import BAND

        super().__init__("practice", BAND)
        self.anew = self.offer("重新开始练习", anew, "Ctrl+Shift+C")
        self.leave = self.offer("结束练习", leave, "Ctrl+Shift+Q")


class ClockBand(Band):
    """Tells of the clock; `trust` is called when the operator says that it is right."""

    def __init__(self, sentence: str, trust: Callable[[], object]) -> None:
        super().__init__("warned", f"！{sentence}")
        self._trust = trust
        self.believe = self.offer("时间没有错", self._believed, "Ctrl+Shift+Y")

    def _believed(self) -> None:
        self._trust()
        self.hide()
