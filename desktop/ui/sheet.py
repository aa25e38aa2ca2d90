"""The frame of a page that is read from top to bottom."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.theme import em

WIDTH = 52
"""The widest a page of text and buttons grows, in ems: longer lines are hard to read."""


def sheet(page: QWidget) -> QVBoxLayout:
    """Give the page a column that scrolls and does not grow too wide; returns the column."""
    content = QWidget()
    content.setMaximumWidth(round(em(page) * WIDTH))
    column = QVBoxLayout(content)
    column.setSpacing(round(em(page) * 0.6))
    row = QWidget()
    line = QHBoxLayout(row)
    line.addWidget(content, 20)
    line.addStretch(1)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(row)
    outer = QVBoxLayout(page)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(area)
    return column
