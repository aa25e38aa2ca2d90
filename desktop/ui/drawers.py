"""Drawers: what is wanted now and then lies behind its name; at most one is open."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.ui.button_row import ButtonRow
from desktop.ui.context import button
from desktop.ui.entry.form import framed


class Drawer(NamedTuple):
    """A drawer: its name, its key, and what lies in it."""

    name: str
    key: str
    content: QWidget


class Drawers(QWidget):
    """The names in a row, below them what lies in the open one. `opened` carries its content."""

    opened = Signal(object)

    def __init__(self, drawers: Sequence[Drawer]) -> None:
        super().__init__()
        self._drawers = list(drawers)
        self._open: QWidget | None = None
        self.buttons: list[QPushButton] = [button(one.name, partial(self.toggle, one.content), key=one.key) for one in drawers]
        for made in self.buttons:
            made.setCheckable(True)
        self.card, inner = framed("", "card")
        for one in drawers:
            one.content.hide()
            inner.addWidget(one.content)
        self.card.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(ButtonRow(self.buttons))
        column.addWidget(self.card)

    def toggle(self, content: QWidget) -> None:
        """Open the drawer with this content, or shut it if it is open."""
        self.show_drawer(None if content is self._open else content)

    def show_drawer(self, content: QWidget | None) -> None:
        """Open this drawer and no other, or none."""
        self._open = content
        for one, made in zip(self._drawers, self.buttons, strict=True):
            one.content.setVisible(one.content is content)
            made.setChecked(one.content is content)
        self.card.setVisible(content is not None)
        if content is not None:
            self.opened.emit(content)

    def open_one(self) -> QWidget | None:
        """What lies in the open drawer."""
        return self._open
