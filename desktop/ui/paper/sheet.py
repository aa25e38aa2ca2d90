"""The frame of a page that is read from top to bottom."""

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.ui.fitting import Padded
from desktop.ui.theme import em

WIDTH = 52
"""The widest a page of text and buttons grows, in ems: longer lines are hard to read."""


class Bounded(Padded):
    """A frame that grows no wider than `most` ems, whatever the text size."""

    def __init__(self, most: int, ems: float | None = None, gap: float | None = None) -> None:
        super().__init__(ems, gap)
        self._most = most
        self.pad()

    def pad(self) -> None:
        super().pad()
        self.setMaximumWidth(round(em(self) * self._most))


_ABOVE, _BELOW = 1.6, 0.6
"""Ems above and below the field with the cursor that are seen too: its label stands there."""

_FEW = 11
"""Ems of height below which there is room for a few fields only."""

_SETTLING = 1_000
"""Milliseconds in which a page that was just made may still grow around the cursor."""


class Following(QObject):
    """Scrolls the area to wherever the cursor goes in it; Qt does so for Tab alone, not for a key that leads to a field.

    `looks_ahead`: where there is room for a few fields only, they are that with the cursor and those that come after it.
    """

    def __init__(self, area: QScrollArea, content: QWidget, *, looks_ahead: bool = False) -> None:
        super().__init__(area)
        self._area, self._content, self._looks_ahead = area, content, looks_ahead
        self._at: QWidget | None = None
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._show)
        self._content.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]  # there is one

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._at = None
        under_the_mouse = QApplication.mouseButtons() != Qt.MouseButton.NoButton  # what is clicked does not move away
        if new is not None and not under_the_mouse and isValid(self._content) and self._content.isAncestorOf(new):
            self._at = new
            self._since.start()
            self._timer.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._at is not None and self._since.elapsed() < _SETTLING:
            self._timer.start()
        return False

    def _show(self) -> None:
        at = self._at
        if at is None or not isValid(at) or not at.hasFocus():
            return
        seen, room = self._area.verticalScrollBar(), self._area.viewport().height()
        top = at.mapTo(self._content, at.rect().topLeft()).y()
        first, last = top - round(em(at) * _ABOVE), top + at.height() + round(em(at) * _BELOW)
        if last - first > room:
            self._area.ensureWidgetVisible(at)  # at least the line with the cursor
        elif self._looks_ahead and room < em(at) * _FEW:
            seen.setValue(max(first, 0))
        else:
            seen.setValue(min(max(seen.value(), last - room), max(first, 0)))


def scrolling(content: QWidget) -> QScrollArea:
    """The content, scrolling up and down where it is higher than its place; the cursor never rests on the frame itself."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    Following(area, content)
    return area


def sheet(page: QWidget) -> QVBoxLayout:
    """Give the page a column that scrolls, begins where that of every page does and does not grow too wide; returns the column."""
    content = Bounded(WIDTH, 0, 0.6)
    column = QVBoxLayout(content)
    content.pad()
    row = QWidget()
    line = QHBoxLayout(row)
    line.addWidget(content, 1000)  # all the width, until it is wide enough
    line.addStretch(1)
    outer = QVBoxLayout(page)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(scrolling(row))
    return column
