"""On the case page: that something is in 待核对, and the way to settle it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from desktop.domain.case import Case
from desktop.ui.case.conflict_dialog import ConflictDialog
from desktop.ui.context import Context, button, heading
from desktop.ui.visible import visible

NAMED = 3
"""So many fields are named; of the others only how many there are."""


class ConflictBar(QFrame):
    """One line, gone where nothing is in doubt. `ready` gives the case as saved, or None; `settled` carries the case afterwards."""

    settled = Signal(object)

    def __init__(self, context: Context, ready: Callable[[], Case | None]) -> None:
        super().__init__()
        self._context, self._ready = context, ready
        self.setProperty("role", "warned")
        self.text = heading("", "fact")
        self.go = button("去核对", self.open, key="F5")
        row = QHBoxLayout(self)
        row.addWidget(self.text, 1)
        row.addWidget(self.go)
        self.hide()

    def show_case(self, case: Case) -> None:
        """Say what is in doubt in the case as it is saved; an office that left the case has nothing to settle in it."""
        from desktop.services import access, conflicts

        desk = self._context.desk
        found = conflicts.conflicts(desk, case.id) if case.id and access.may_write(desk, case.id) else []
        labels = "、".join(one.label for one in found[:NAMED]) + ("等" if len(found) > NAMED else "")
        self.text.setText(visible(f"！待核对（{len(found)}处填法不同，请选定）：{labels}"))
        self.setVisible(bool(found))

    def open(self) -> None:
        """Settle what is in doubt, after what was typed is saved."""
        case = None if self.isHidden() else self._ready()
        if case is None or self.isHidden():  # what was typed may have settled it
            return
        self.dialog = ConflictDialog(self, self._context, case.id, case.title)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.settled.connect(self.settled)
        self.dialog.resize(self.window().size())
        self.dialog.open()
