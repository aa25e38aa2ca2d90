"""交换: carry cases to the county and back on a stick, and join the county."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QProgressBar, QPushButton

from desktop.ui.context import Context, Notice, button, heading
from desktop.ui.enrolment_box import EnrolmentBox, partners_of
from desktop.ui.form import framed
from desktop.ui.page import Page
from desktop.ui.sheet import sheet
from desktop.ui.sizes import size_of

if TYPE_CHECKING:
    from desktop.services.exchange import Exported, TakenIn

BUNDLES = "交换包 (*.fqb);;所有文件 (*)"


class ExchangePage(Page):
    """Two large buttons and a receipt in plain words."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._busy = False
        self.notice = Notice()
        self.receipt = heading("", "fact")
        self.receipt.hide()
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.to = heading("交给", "label")
        self.partner = QComboBox()
        self.partner.setAccessibleName("交给哪个单位")
        self.export_button = _large("导出到优盘", "Ctrl+E", "export", self.export)
        self.import_button = _large("从优盘导入", "Ctrl+I", "import", self.take_in)
        self.no_partner = heading("还没有可以交换的单位：请先在下面完成登记入网。", "soft")
        self.enrolment = EnrolmentBox(context, self.notice)
        self.enrolment.changed.connect(self.refresh)
        self._build()

    def _build(self) -> None:
        column = sheet(self)
        column.addWidget(heading("交换"))
        column.addWidget(heading("用优盘把本单位的纠纷交给上级或下级，再把他们的带回来。丢了、重了都不要紧，下次导出会补上。", "soft"))
        column.addWidget(self.notice)
        card, inner = framed("", "card")
        row = QHBoxLayout()
        row.addWidget(self.to)
        row.addWidget(self.partner, 1)
        row.addStretch(1)
        inner.addLayout(row)
        inner.addWidget(self.no_partner)
        buttons = QHBoxLayout()
        buttons.addWidget(self.export_button)
        buttons.addWidget(self.import_button)
        inner.addLayout(buttons)
        inner.addWidget(self.progress)
        inner.addWidget(self.receipt)
        column.addWidget(card)
        column.addWidget(self.enrolment)
        column.addStretch(1)

    def may_leave(self) -> bool:
        """Whether nothing is under way: cases must not change under an export or import."""
        if self._busy:
            self.notice.refused("正在读写优盘，请等它做完再离开。")
        return not self._busy

    def refresh(self) -> None:
        """Show whom this office may export to, and how far the enrolment is."""
        chosen = self.partner.currentData()
        partners = partners_of(self._context.desk)
        self.partner.clear()
        for one in partners:
            self.partner.addItem(one.name, one.code)
        self.partner.setCurrentIndex(max(self.partner.findData(chosen), 0))
        self.partner.setVisible(bool(partners))
        self.to.setVisible(bool(partners))
        self.no_partner.setVisible(not partners)
        self.export_button.setEnabled(bool(partners))
        self.enrolment.refresh()

    def export(self) -> None:
        """Write a bundle for the chosen partner into a folder."""
        from desktop.services import exchange

        to = self.partner.currentData()
        folder = self._context.asker.folder(self, "选择优盘（文件夹）") if to else None
        if folder is None:
            return
        self._begin("正在导出……")
        self._context.worker.start(lambda: exchange.export(self._context.desk, to, folder), self._exported, self._refused)

    def take_in(self) -> None:
        """Import the chosen bundles, one after the other."""
        paths = self._context.asker.files(self, "选择优盘上的交换包", BUNDLES)
        if paths:
            self._take_next(paths, [])

    def _take_next(self, paths: list[Path], told: list[str]) -> None:
        from desktop.services import exchange

        if not paths:
            self._end("\n".join(told))
            return
        self._begin(f"正在导入 {paths[0].name}……（还有 {len(paths) - 1} 个）")
        desk = self._context.desk

        def done(found: "TakenIn") -> None:
            self._take_next(paths[1:], [*told, told_import(found)])

        self._context.worker.start(lambda: exchange.take_in(desk, paths[0]), done, self._refused)

    def _exported(self, found: "Exported") -> None:
        self._end(told_export(found))

    def _refused(self, sentence: str) -> None:
        self._end("")
        self.notice.refused(sentence)

    def _tell(self, text: str) -> None:
        self.receipt.setText(text)
        self.receipt.setVisible(bool(text))

    def _begin(self, text: str) -> None:
        self.notice.hide()
        self._tell(text)
        self.progress.show()
        self._busy = True
        for part in (self.export_button, self.import_button, self.partner, self.enrolment):
            part.setEnabled(False)

    def _end(self, text: str) -> None:
        self.progress.hide()
        self._busy = False
        self._tell(text)
        for part in (self.export_button, self.import_button, self.partner, self.enrolment):
            part.setEnabled(True)
        self.export_button.setEnabled(self.partner.count() > 0)


def told_export(found: "Exported") -> str:
    """The receipt of an export in plain words."""
    return (
        f"✓ 已导出给{found.receiver}：{found.cases} 件纠纷，{found.changes} 处改动，{size_of(found.size)}。\n"
        f"文件在 {found.path}\n现在可以拔下优盘，送到{found.receiver}导入。"
    )


def told_import(found: "TakenIn") -> str:
    """The receipt of an import in plain words."""
    if found.already_known:
        return f"✓ {found.sender}的这个文件以前导入过，没有新内容。"
    text = f"✓ 已导入{found.sender}送来的 {len(found.cases)} 件纠纷（其中新的 {len(found.new_cases)} 件），{found.changes} 处改动。"
    return text + (f"\n还有 {found.waiting} 处改动要等别的优盘送到才能显示。" if found.waiting else "")


def _large(text: str, key: str, drawing: str, slot: Callable[[], None]) -> QPushButton:
    made = button(text, slot, key=key, role="large", drawing=drawing)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made
