"""Choose an office by name: a line to type a part of its name, and the offices that bear it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QVBoxLayout, QWidget

from desktop.services.handover import Place
from desktop.ui.theme import em
from desktop.ui.visible import visible

_LINES = 3
"""Offices that are seen even where large text leaves little room."""


class _Filter(QLineEdit):
    """Down goes into the list; Enter takes the only office that is left."""

    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.down.emit()
        else:
            super().keyPressEvent(event)


class PlacePicker(QWidget):
    """The offices, by name with the one above. `chosen` gives the one that is marked."""

    def __init__(self, places: Sequence[Place]) -> None:
        super().__init__()
        self._places = places
        self._shown: list[Place] = []
        self.filter = _Filter()
        self.filter.setPlaceholderText("输入单位名称的一部分")
        self.filter.setAccessibleName("查找单位")
        self.filter.textEdited.connect(self._fill)
        self.filter.down.connect(self._into_list)
        self.list = QListWidget()
        self.list.setAccessibleName("单位")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(round(em(self) * _LINES * 1.5))
        self.setFocusProxy(self.filter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.filter)
        column.addWidget(self.list, 1)
        self._fill("")

    def chosen(self) -> Place | None:
        """The office that is marked."""
        row = self.list.currentRow()
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def _fill(self, text: str) -> None:
        words = text.split()
        self._shown = [one for one in self._places if all(word in f"{one.name}{one.above}{one.code}" for word in words)]
        self.list.clear()
        self.list.addItems([visible(one.name + (f"（{one.above}）" if one.above else "")) for one in self._shown])
        if len(self._shown) == 1:
            self.list.setCurrentRow(0)

    def _into_list(self) -> None:
        if self._shown:
            self.list.setCurrentRow(max(self.list.currentRow(), 0))
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
