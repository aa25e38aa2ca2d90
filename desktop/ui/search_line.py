"""The line to search in, whose drawings are as high as its text."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton

from desktop.ui.icons import icon
from desktop.ui.theme import em

SIDE, GAP = 0.9, 0.35
"""Ems of a drawing, and between it and what is beside it. Qt's own drawings in a line stay as small as at 100 %."""


class SearchLine(QLineEdit):
    """A magnifying glass before the text, and behind it the button that empties the line."""

    def __init__(self, name: str, hint: str) -> None:
        super().__init__()
        self.setObjectName("search")
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self._glass, self._clear = QLabel(self), QToolButton(self)
        self._glass.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._clear.setAutoRaise(True)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.setCursor(Qt.CursorShape.ArrowCursor)
        self._clear.setAccessibleName("清空")
        self._clear.setToolTip("清空")
        self._clear.clicked.connect(self.clear)
        self.textChanged.connect(lambda _: self._fit())
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        side, gap = round(em(self) * SIDE), round(em(self) * GAP)
        self._glass.setPixmap(icon("search", "soft").pixmap(side))
        self._glass.setGeometry(gap, (self.height() - side) // 2, side, side)
        self._clear.setIcon(icon("clear", "soft"))
        self._clear.setIconSize(QSize(side, side))
        self._clear.setGeometry(self.width() - side - gap, (self.height() - side) // 2, side, side)
        self._clear.setVisible(bool(self.text()))
        self.setTextMargins(side, 0, side if self.text() else 0, 0)
