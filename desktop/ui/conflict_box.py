"""The cases in 待核对, wherever they are to be seen: on the exchange page, on the first page."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.context import Context, button, heading
from desktop.ui.form import framed
from desktop.ui.visible import visible

LINES = 8
"""So many cases are listed; of the others only how many there are."""


class DoubtsBox(QWidget):
    """A card with a line for each case; gone where no case is in doubt. `opened` carries the id of the case to be shown."""

    opened = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._card, self._column = framed("", "card")
        self.head = heading("", "head")
        self._column.addWidget(self.head)
        self._column.addWidget(heading("几个单位在同一处填了不同的内容，请打开纠纷选定一种，下次交换后各单位都会一致。", "soft"))
        self.more = heading("", "soft")
        self._lines: list[QWidget] = []
        self._column.addWidget(self.more)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._card)
        self.hide()

    def refresh(self) -> None:
        """Show the cases that are in doubt now."""
        from desktop.services import conflicts

        found = conflicts.cases_in_doubt(self._context.desk)
        for line in self._lines:
            self._column.removeWidget(line)
            line.deleteLater()
        self._lines = [_line(f"{one.number}　{one.title}（{one.conflicts}处）", self._opener(one.id)) for one in found[:LINES]]
        for place, line in enumerate(self._lines):
            self._column.insertWidget(2 + place, line)
        self.head.setText(f"！待核对：{len(found)}件纠纷")
        self.more.setText(f"另有{len(found) - LINES}件，核对完上面的再显示。" if len(found) > LINES else "")
        self.more.setVisible(len(found) > LINES)
        self.setVisible(bool(found))

    def _opener(self, case_id: str) -> "_Opener":
        return _Opener(self, case_id)


class _Opener:
    """Opens one case when its line is pressed."""

    def __init__(self, box: DoubtsBox, case_id: str) -> None:
        self._box, self._case_id = box, case_id

    def __call__(self) -> None:
        self._box.opened.emit(self._case_id)


def _line(text: str, slot: "_Opener") -> QWidget:
    made = button(visible(text), slot, role="plain")
    made.setToolTip(visible(text))
    return made
