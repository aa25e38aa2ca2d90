"""What is asked before a case passes on: to which office and why, or what there is to say at the end."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.handover import Place
from desktop.ui.context import button, heading
from desktop.ui.entry.kept import KeepingDialog
from desktop.ui.entry.long_text import LongText
from desktop.ui.exchange.place_picker import PlacePicker
from desktop.ui.theme import em

STAY = "移交后本单位继续协办（仍能看到以后的办理情况）"


class _Question(KeepingDialog):
    """A dialog with one thing to do; it closes only when what it asks for is there."""

    def __init__(self, parent: QWidget, title: str, yes: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.fault = heading("", "fault")
        self.fault.hide()
        self.yes = button(yes, self._accept, key="Ctrl+S", role="main")
        self.column = QVBoxLayout(self)
        self.column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)

    def _finish(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.yes)
        row.addWidget(button("取消", self.reject, key="Esc"))
        row.addStretch(1)
        self.column.addWidget(self.fault)
        self.column.addLayout(row)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As large as the content asks for, but never larger than the screen, however large the text."""
        width = round(em(self) * 24)
        wanted = QSize(width, max(self.column.heightForWidth(width), self.column.sizeHint().height()))
        self.resize(wanted.boundedTo(self.screen().availableGeometry().size()))

    def lack(self) -> str:
        """What is still missing, as one sentence, or nothing."""
        raise NotImplementedError

    def _accept(self) -> None:
        lack = self.lack()
        self.fault.setText(f"✕ {lack}" if lack else "")
        self.fault.setVisible(bool(lack))
        self._fit()
        if not lack:
            self.accept()


class PassDialog(_Question):
    """移交: to which office, why, and whether this office goes on helping."""

    def __init__(self, parent: QWidget, places: Sequence[Place]) -> None:
        super().__init__(parent, "移交纠纷", "移交")
        self.picker = PlacePicker(places)
        self.reason = LongText(2, "如：跨村纠纷，超出本村职权")
        self.reason.area.setAccessibleName("移交原因")
        self.stay = QCheckBox(STAY)
        self.column.addWidget(heading("对方接收以后，由对方承办；接收以前仍由本单位办理，可以收回。", "soft"))
        for title, part in (("移交给", self.picker), ("移交原因", self.reason)):
            self.column.addWidget(heading(title, "label"))
            self.column.addWidget(part)
        self.column.addWidget(self.stay)
        self._finish()
        self.picker.setFocus(Qt.FocusReason.OtherFocusReason)

    def lack(self) -> str:
        if self.picker.chosen() is None:
            return "请在列表里选择接收的单位。"
        return "" if self.reason.value() else "请写明移交的原因。"


class PlaceDialog(_Question):
    """A step that asks for nothing but an office."""

    def __init__(self, parent: QWidget, places: Sequence[Place], title: str, told: str, yes: str) -> None:
        super().__init__(parent, title, yes)
        self.picker = PlacePicker(places)
        self.column.addWidget(heading(told, "soft"))
        self.column.addWidget(self.picker)
        self._finish()
        self.picker.setFocus(Qt.FocusReason.OtherFocusReason)

    def lack(self) -> str:
        return "" if self.picker.chosen() else "请在列表里选择单位。"


class SayDialog(_Question):
    """A text that goes with a step; `required` is the sentence where there must be one."""

    def __init__(self, parent: QWidget, title: str, told: str, yes: str, required: str = "") -> None:
        super().__init__(parent, title, yes)
        self._required = required
        self.text = LongText(3)
        self.text.area.setAccessibleName(title)
        self.column.addWidget(heading(told, "soft"))
        self.column.addWidget(self.text)
        self._finish()
        self.text.reveal()

    def said(self) -> str:
        """What was typed."""
        return str(self.text.value() or "")

    def lack(self) -> str:
        return "" if self.said() else self._required
