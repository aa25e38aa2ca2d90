"""What is asked before a step of the course: a small form, one thing to do, and what is still missing."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from PySide6.QtCore import QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.context import Context, button, heading
from desktop.ui.entry.form import Field, Form
from desktop.ui.entry.kept import KeepingDialog
from desktop.ui.paper.sheet import scrolling
from desktop.ui.theme import em


class StepDialog(KeepingDialog):
    """A form over the fields, with `values` to begin with. It closes only when what is required is there."""

    def __init__(self, parent: QWidget, title: str, told: str, fields: Sequence[Field], values: Mapping[str, Any], yes: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.form = Form(fields)
        self.form.show_value(_value(fields, values))
        self.fault = heading("", "fault")
        self.fault.hide()
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(heading(told, "soft"))
        inner.addWidget(self.form)
        inner.addStretch(1)
        self._content = content
        self.yes = button(yes, self._accept, key="Ctrl+S", role="main")
        row = QHBoxLayout()
        row.addWidget(self.yes)
        row.addWidget(button("取消", self.reject, key="Esc"))
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        column.addWidget(scrolling(content), 1)
        column.addWidget(self.fault)
        column.addLayout(row)
        next(iter(self.form.cells.values())).control.reveal()

    def keep(self, context: Context, name: str) -> None:
        """Keep what is typed as the draft of that name."""
        self.keep_words(context, name, {key: cell.control for key, cell in self.form.cells.items()})

    def asked(self) -> dict[str, Any]:
        """What was filled in, by the names of the fields."""
        return self.form.content()

    def showEvent(self, event: QShowEvent) -> None:
        """As large as the form asks for at that width, but never larger than the screen."""
        super().showEvent(event)
        width = round(em(self) * 30)
        room = self.screen().availableGeometry().size() * 0.9
        self.form.resize(min(width, room.width()) - round(em(self) * 2), self.form.height())  # it lays its fields out for that width
        height = self._content.sizeHint().height() + round(em(self) * 5)
        self.resize(QSize(width, height).boundedTo(room))

    def _accept(self) -> None:
        faults = self.form.faults(strict=True)
        self.fault.setText(f"✕ {faults[0].sentence}" if faults else "")
        self.fault.setVisible(bool(faults))
        if faults:
            self.form.reveal(faults[0].path)
        else:
            self.accept()


def _value(fields: Sequence[Field], values: Mapping[str, Any]) -> msgspec.Struct:
    """A frozen value with these fields, for the form to show."""
    return msgspec.defstruct("Asked", [(field.name, Any, values.get(field.name)) for field in fields], frozen=True)()
