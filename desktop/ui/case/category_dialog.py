"""Into which part of the dossier files go that were dropped: one list, what their names suggest at the top."""

from collections.abc import Sequence
from pathlib import Path
from typing import cast

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from desktop.domain.attachment import Category
from desktop.domain.codes import choices
from desktop.ui.context import button, heading
from desktop.ui.theme import em
from desktop.ui.visible import visible

_UNKNOWN: Category = "证据材料"
"""What most papers are whose names tell nothing."""


def offered(files: Sequence[Path]) -> list[Category]:
    """All categories, those that the names suggest first."""
    from desktop.services import scan_folder

    guesses = [found for file in files if (found := scan_folder.guess(file.stem))] or [_UNKNOWN]
    return list(dict.fromkeys([*guesses, *cast("Sequence[Category]", choices(Category))]))


class CategoryDialog(QDialog):
    """Asks the category of the files; Enter takes the one that is chosen."""

    def __init__(self, parent: QWidget, files: Sequence[Path]) -> None:
        super().__init__(parent)
        self.setWindowTitle("选择类别")
        more = f"等{len(files)}个文件" if len(files) > 1 else ""
        self.told = heading(visible(f"“{files[0].name}”{more}放到卷宗的哪一类？"), "soft")
        self.offers = offered(files)
        self.list = QListWidget()
        self.list.setAccessibleName("类别")
        self.list.addItems(self.offers)
        self.list.setCurrentRow(0)
        self.list.doubleClicked.connect(self.accept)
        self.yes = button("放入", self.accept, key="Return", role="main", drawing="add")
        self.yes.setText("放入  Enter")
        row = QHBoxLayout()
        row.addWidget(self.yes)
        row.addWidget(button("取消", self.reject, key="Esc"))
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.addWidget(self.told)
        column.addWidget(self.list, 1)
        column.addLayout(row)

    def category(self) -> Category:
        """The one that is chosen."""
        return self.offers[max(self.list.currentRow(), 0)]

    def showEvent(self, event: QShowEvent) -> None:
        """As high as the list, if the screen is."""
        super().showEvent(event)
        self.list.doItemsLayout()  # they were laid out before they had the look of the house
        width = round(em(self) * 22)
        lines = self.list.sizeHintForRow(0) * self.list.count() + self.list.frameWidth() * 2
        column = self.layout()
        rest = 0 if column is None else column.heightForWidth(width) - self.list.sizeHint().height()
        self.resize(QSize(width, rest + lines).boundedTo(self.screen().availableGeometry().size()))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
