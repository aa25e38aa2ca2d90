"""A dialog that asks by a form: what it is about, the fields, one thing to do, and why that cannot be done yet."""

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.refused import Refused
from desktop.ui.context import Context, button, heading
from desktop.ui.entry.form import Field, Form
from desktop.ui.entry.kept import KeepingDialog
from desktop.ui.paper.sheet import scrolling
from desktop.ui.theme import em
from desktop.ui.visible import visible

_SHARE = 0.92
"""Of the screen that a dialog takes at the most."""


class FormDialog(KeepingDialog):
    """A form over a value, `ems` wide. It closes when what is required is there and what it is for was done (`_do`)."""

    ems = 30

    def __init__(self, parent: QWidget, title: str, fields: Sequence[Field], value: msgspec.Struct, *, told: str, yes: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.form = Form(fields)
        self.form.show_value(value)
        self.told, self.fault = heading(told, "soft"), heading("", "fault")
        self.fault.hide()
        self._content = QWidget()
        inner = QVBoxLayout(self._content)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.told)
        inner.addWidget(self.form)
        inner.addStretch(1)
        self.yes = button(yes, self.act, key="Ctrl+S", role="main")
        row = QHBoxLayout()
        row.addWidget(self.yes)
        row.addWidget(button("取消", self.reject, key="Esc"))
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        self._area = scrolling(self._content)
        column.addWidget(self._area, 1)
        column.addWidget(self.fault)
        column.addLayout(row)
        self.begin()

    def begin(self) -> None:
        """Put the cursor where work begins."""
        next(iter(self.form.cells.values())).control.reveal()

    def keep_form(self, context: Context, name: str) -> None:
        """Keep what is typed as the draft of that name."""
        self.keep_words(context, name, {key: cell.control for key, cell in self.form.cells.items()})

    def showEvent(self, event: QShowEvent) -> None:
        """As large as the form asks for at that width, but never larger than the screen."""
        super().showEvent(event)
        room = self.screen().availableGeometry().size() * _SHARE
        width = min(round(em(self) * self.ems), room.width())
        self.resize(width, self.height())  # the form lays its fields out for that width
        for part in reversed((self, *self.findChildren(QWidget))):
            if layout := part.layout():
                layout.activate()
        around = self.height() - self._area.viewport().height()
        self.resize(QSize(width, self._wanted() + around).boundedTo(room))

    def _wanted(self) -> int:
        """The height of all that is asked, at the width that it has."""
        layout, width = self._content.layout(), self._content.width()
        if layout is not None and layout.hasHeightForWidth():
            return layout.totalHeightForWidth(width)
        return self._content.sizeHint().height()

    def act(self) -> None:
        """Do what the dialog is for."""
        faults = self.form.faults(strict=True)
        sentence = faults[0].sentence if faults else self._refusal()
        self.fault.setText(visible(f"✕ {sentence}") if sentence else "")
        self.fault.setVisible(bool(sentence))
        if faults:
            self.form.reveal(faults[0].path)
        elif not sentence:
            self.accept()

    def _refusal(self) -> str:
        try:
            self._do()
        except Refused as error:
            return str(error)
        return ""

    def _do(self) -> None:
        """What is done before the dialog closes; raises `Refused` where that cannot be."""
