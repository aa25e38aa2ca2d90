"""Controls made of ticks: how Enter goes through them, and how they stand in one column or two."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout

from desktop.ui.entry.around import move_on
from desktop.ui.entry.inputs import Input
from desktop.ui.theme import em


class TickKeys(Input):
    """A control of ticks, which it watches: Enter goes to the next one, Ctrl+Enter past them all."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or not isinstance(watched, QCheckBox):
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            [box for box in self.findChildren(QCheckBox) if box.isVisibleTo(self)][-1].setFocus(Qt.FocusReason.TabFocusReason)
        move_on(self)
        return True

    def mark_wrong(self, wrong: bool) -> None:
        """A tick has no frame to mark."""


class TickGrid(TickKeys):
    """Ticks by their codes, in `grid`: two columns of them from so many ems of width on."""

    def __init__(self, boxes: Mapping[str, QCheckBox], two_columns: float) -> None:
        super().__init__()
        self.boxes, self._two_columns = dict(boxes), two_columns
        self.grid = QGridLayout()
        self.grid.setContentsMargins(0, 0, 0, 0)
        self._columns = 0
        self.column.addLayout(self.grid)
        for box in self.boxes.values():
            box.setParent(self)
            box.installEventFilter(self)
        self.setFocusProxy(next(iter(self.boxes.values())))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._columns:
            self._arrange()

    def _arrange(self) -> None:
        columns = 2 if self.width() / max(em(self), 1) >= self._two_columns else 1
        if columns == self._columns:
            return
        self._columns = columns
        for place, box in enumerate(self.boxes.values()):
            self.grid.removeWidget(box)
            self.grid.addWidget(box, place // columns, place % columns)


def show_ticked(box: QCheckBox, *, on: bool) -> None:
    """Tick the box, or not, as something that is shown and not done."""
    box.blockSignals(True)
    box.setChecked(on)
    box.blockSignals(False)
