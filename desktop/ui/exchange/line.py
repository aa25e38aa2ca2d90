"""How it stands with the office above, in one quiet line for the first page."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui.context import Context, button, heading

if TYPE_CHECKING:
    from desktop.services.desk import Desk

DELAY = 800
"""Milliseconds after the page came to the front: what the operator came for goes first."""


class ExchangeLine(QWidget):
    """`上次交给…是 3 天前，还有 5 件没有送到。` and the button that leads to the exchange. Hidden while there is nothing to say."""

    wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.told = heading("", "soft")
        self.told.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.go_button = button("去交换  Alt+5", self.wanted.emit, role="plain")
        self.go_button.setAccessibleName("去交换")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.told, 1)
        row.addWidget(self.go_button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY)
        self._timer.timeout.connect(self._ask)
        self.hide()

    def refresh(self) -> None:
        """Find out soon how it stands; an office that has not joined has nobody to hand cases to."""
        if self._context.desk.office.code:
            self._timer.start()

    def rest(self) -> None:
        """Ask no more."""
        self._timer.stop()

    def _ask(self) -> None:
        desk = self._context.desk
        self._context.worker.start(lambda: line_of(desk), self._show, lambda _: self.hide())

    def _show(self, text: str) -> None:
        self.told.setText(text)
        self.setVisible(bool(text))


def line_of(desk: "Desk") -> str:
    """The line, read on a connection of its own: the window goes on meanwhile."""
    from desktop.services import contacts
    from desktop.ui.exchange.offices import line_told

    with desk.beside() as beside:
        return line_told(contacts.status(beside), beside.today(), beside.office.level)
