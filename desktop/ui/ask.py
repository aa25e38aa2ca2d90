"""Questions to the operator. Everything that waits for an answer goes through one `Asker`, so that a test can answer instead."""

from enum import Enum
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget

from desktop.ui.visible import visible


class Leave(Enum):
    """What to do with unsaved text."""

    SAVE = "保存"
    DROP = "不保存"
    STAY = "取消"


class Asker:
    """Asks with dialogs."""

    def leave(self, parent: QWidget, text: str) -> Leave:
        """Whether to save, to drop what was typed, or to stay."""
        box = _box(parent, text, QMessageBox.Icon.Question)
        save = box.addButton("保存(&S)", QMessageBox.ButtonRole.AcceptRole)
        drop = box.addButton("不保存(&N)", QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton("取消", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(save)
        box.setEscapeButton(stay)
        box.exec()
        return Leave.SAVE if box.clickedButton() is save else Leave.DROP if box.clickedButton() is drop else Leave.STAY

    def confirm(self, parent: QWidget, text: str, yes: str) -> bool:
        """Whether to do what the button `yes` says; Enter alone does not."""
        box = _box(parent, text, QMessageBox.Icon.Question)
        accept = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        stay = box.addButton("取消", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.exec()
        return box.clickedButton() is accept

    def files(self, parent: QWidget, title: str, kinds: str) -> list[Path]:
        """Existing files, or none."""
        names, _ = QFileDialog.getOpenFileNames(parent, title, "", kinds)
        return [Path(name) for name in names]

    def file(self, parent: QWidget, title: str, kinds: str) -> Path | None:
        """One existing file."""
        name, _ = QFileDialog.getOpenFileName(parent, title, "", kinds)
        return Path(name) if name else None

    def save_as(self, parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
        """Where to write a file."""
        chosen, _ = QFileDialog.getSaveFileName(parent, title, name, kinds)
        return Path(chosen) if chosen else None

    def folder(self, parent: QWidget, title: str) -> Path | None:
        """An existing folder."""
        name = QFileDialog.getExistingDirectory(parent, title)
        return Path(name) if name else None

    def accepted(self, dialog: QDialog) -> bool:
        """Whether the operator accepted the dialog."""
        return dialog.exec() == QDialog.DialogCode.Accepted


def _box(parent: QWidget, text: str, icon: QMessageBox.Icon) -> QMessageBox:
    box = QMessageBox(parent)
    box.setIcon(icon)
    box.setWindowTitle("枫桥调解台")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(visible(text))
    return box
