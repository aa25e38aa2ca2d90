"""监看文件夹: whether a folder is watched, which, and how often a bundle is put there for whom."""

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.context import Context, button, heading
from desktop.ui.settings.enrolment_box import partners_of
from desktop.ui.visible import visible

if TYPE_CHECKING:
    from desktop.services.watching import Watch

ABOUT = "局域网里的共享文件夹、网盘的文件夹都可以。没有人操作电脑的时候，程序把里面给本单位的交换包导入，导入过的移到“已导入”。"
EVERY = ((None, "不自动放"), ("day", "每天放一份"), ("hour", "每小时放一份"))
"""Nothing is put there when the partner lacks nothing."""


class WatchBox(QWidget):
    """The settings of the watched folder, kept as soon as they are changed. `changed` comes after."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.on = QCheckBox("监看一个文件夹，自动导入")
        self.folder = heading("", "fact")
        self.folder_button = button("选择要监看的文件夹", self.choose, key="Ctrl+Shift+D")
        self.every, self.to = QComboBox(), QComboBox()
        self.every.setAccessibleName("多久自动放一份")
        self.to.setAccessibleName("自动放给哪个单位")
        for value, text in EVERY:
            self.every.addItem(text, value)
        self.said = heading("", "soft")
        self.on.clicked.connect(lambda _: self._keep())
        self.every.activated.connect(lambda _: self._keep())
        self.to.activated.connect(lambda _: self._keep())
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(heading(ABOUT, "soft"))
        column.addWidget(self.on)
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        row.addWidget(self.folder_button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        self.label = heading("交给对方的，也自动放在这个文件夹里：", "label")
        column.addWidget(self.label)
        row = QHBoxLayout()
        row.addWidget(self.every)
        row.addWidget(self.to, 1)
        column.addLayout(row)
        column.addWidget(self.said)
        self.said.hide()

    def refresh(self) -> None:
        """Show the settings as they are."""
        watch = self._watch()
        self.on.setChecked(watch.on)
        self.folder.setText(f"文件夹：{visible(watch.folder)}" if watch.folder else "○ 还没有选择文件夹。")
        self.every.setCurrentIndex(max(self.every.findData(watch.every), 0))
        partners = partners_of(self._context.desk)
        self.to.clear()
        for one in partners:
            self.to.addItem(f"给{visible(one.name)}", one.code)
        self.to.setCurrentIndex(max(self.to.findData(watch.to), 0))
        self.to.setVisible(bool(partners) and watch.every is not None)
        self.every.setEnabled(bool(partners))

    def say(self, text: str) -> None:
        """Show what the watching did last."""
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def choose(self) -> None:
        """Watch the folder that the operator chooses."""
        from desktop.services import watching

        folder: Path | None = self._context.asker.folder(self, "选择要监看的文件夹")
        if folder is not None:
            self._store(msgspec.structs.replace(watching.moved_to(self._watch(), folder), on=True))

    def _keep(self) -> None:
        watch = self._watch()
        on = self.on.isChecked()
        if on and not watch.folder:
            self.choose()
            self.refresh()
            return
        every = self.every.currentData()
        self._store(msgspec.structs.replace(watch, on=on, every=every, to=self.to.currentData() if every else None))

    def _store(self, watch: "Watch") -> None:
        from desktop.services import watching

        watching.keep(self._context.desk, watch)
        self.refresh()
        self.changed.emit()

    def _watch(self) -> "Watch":
        from desktop.services import watching

        return watching.watch_of(self._context.desk)
