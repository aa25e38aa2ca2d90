"""Buttons side by side, below each other where the text is too large for the place."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget


class ButtonRow(QWidget):
    """As many buttons beside each other as have room; hidden ones take none."""

    def __init__(self, buttons: Sequence[QPushButton]) -> None:
        super().__init__()
        self._buttons = list(buttons)
        self._lines: list[list[QPushButton]] = []
        self._rows = [QHBoxLayout() for _ in buttons]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for row in self._rows:
            column.addLayout(row)
            row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for made in self._buttons:
            made.setParent(self)  # before the first layout: shown without a parent it would be a window of its own
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.fit()

    def fit(self) -> None:
        """Lay the buttons out for the width; to be called when one of them was hidden or shown."""
        lines = self._planned()
        if lines == self._lines:
            return
        for line, row in zip(self._lines, self._rows, strict=False):
            for made in line:
                row.removeWidget(made)
        self._lines = lines
        for line, row in zip(lines, self._rows, strict=False):
            for place, made in enumerate(line):
                row.insertWidget(place, made)

    def _planned(self) -> list[list[QPushButton]]:
        """The buttons of each line, each as long as the width allows."""
        lines: list[list[QPushButton]] = []
        room = 0
        gap = self._rows[0].spacing()
        for made in self._buttons:
            if made.isHidden():
                continue
            width = made.sizeHint().width()
            if not lines or width + gap > room:
                lines.append([])
                room = self.width() + gap
            lines[-1].append(made)
            room -= width + gap
        return lines
