"""从扫描文件夹放入: what the scanner wrote since the last time, with small pictures, ticked, each with its category."""

from collections.abc import Sequence
from pathlib import Path
from typing import cast

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QImageReader, QPixmap, QShowEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.domain.attachment import Category
from desktop.domain.case import Case
from desktop.domain.codes import choices
from desktop.services.scan_folder import Added, Found
from desktop.ui.button_row import ButtonRow
from desktop.ui.context import Context, Notice, button, heading
from desktop.ui.entry.inputs import Choice
from desktop.ui.exchange.work import Work, count_told
from desktop.ui.sizes import size_of
from desktop.ui.theme import em
from desktop.ui.visible import visible
from desktop.ui.worker import while_there

SMALL = 160
"""Pixels of the longer side of a small picture."""

_UNKNOWN: Category = "证据材料"


class ScanFolderDialog(QDialog):
    """Asks which files of the folder are put into the case, and does it; `added` carries what came of it."""

    added = Signal(object)

    def __init__(self, parent: QWidget, context: Context, case: Case, folder: Path, otherwise: Category | None = None) -> None:
        super().__init__(parent)
        from desktop.services import scan_folder

        self._service, self._context, self._case = scan_folder, context, case
        self._otherwise: Category = otherwise or _UNKNOWN
        self.found: list[Found] = []
        self.shown: list[Found] = []
        self.categories: dict[Path, Category] = {}
        self.setWindowTitle("从扫描文件夹放入")
        self.notice, self.where = Notice(), heading("", "soft")
        self.list = QListWidget()
        self.list.setAccessibleName("扫描件")
        self.all = QCheckBox("也列出上次已经有的文件")
        self.category = Choice(choices(Category))
        self.category.box.setAccessibleName("这一份的类别")
        self.work = Work(context)
        self._build()
        self.list.currentRowChanged.connect(self._on_row)
        self.all.toggled.connect(self._list)
        self.category.changed.connect(self._on_category)
        self.work.began.connect(lambda: self._hold(busy=True))
        self.work.ended.connect(lambda: self._hold(busy=False))
        self.finished.connect(self._forget)
        self.look(folder)

    def _forget(self) -> None:
        """A picture that is made after the dialog was closed has no place any more."""
        self.shown = []

    def _build(self) -> None:
        self.take_button = button("放入勾选的", self.take, key="Ctrl+S", role="main", drawing="add")
        self.other_button = button("换文件夹", self._other_folder, key="F6")
        self.close_button = button("取消", self.reject, key="Esc")
        label = heading("这一份的类别", "label")
        label.setWordWrap(False)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self.category, 1)
        column = QVBoxLayout(self)
        self._parts: tuple[QWidget, ...] = (self.where, self.list, self.all)
        for part in (self.notice, *self._parts):
            column.addWidget(part, 1 if part is self.list else 0)
        column.addLayout(row)
        column.addWidget(self.work)
        self._buttons = ButtonRow((self.take_button, self.other_button, self.close_button))
        column.addWidget(self._buttons)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.resize(QSize(round(em(self) * 30), round(em(self) * 28)).boundedTo(self.screen().availableGeometry().size()))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- showing ---

    def look(self, folder: Path) -> None:
        """Show what is in the folder."""
        self.where.setText(visible(str(folder)))
        self.found = self.notice.attempt(lambda: self._service.look(self._context.desk, folder)) or []
        self.categories = {one.path: one.guess or self._otherwise for one in self.found}
        self._list()

    def _list(self) -> None:
        self.shown = [one for one in self.found if self.all.isChecked() or not one.known]
        self.list.clear()
        self.list.setIconSize(QSize(round(em(self) * 3), round(em(self) * 3)))
        for one in self.shown:
            item = QListWidgetItem(self._line(one), self.list)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked if one.known else Qt.CheckState.Checked)
        self.list.setCurrentRow(0)
        self.take_button.setEnabled(bool(self.shown))
        self.category.setEnabled(bool(self.shown))
        if not self.shown:
            self.notice.done("文件夹里没有新的扫描件或者照片。")
        else:
            self.notice.hide()
        self._draw(list(self.shown))

    def _line(self, one: Found) -> str:
        return visible(f"{one.path.name}\n{self.categories[one.path]}　{size_of(one.size)}　{one.written_at:%Y-%m-%d %H:%M}")

    def _draw(self, left: Sequence[Found]) -> None:
        """Make the small pictures one after the other, off the window's thread."""
        if not left or left[0] not in self.shown:
            return
        one = left[0]

        def done(image: QImage | None) -> None:
            item = self.list.item(self.shown.index(one)) if one in self.shown else None
            if image is not None and item is not None:
                item.setIcon(QIcon(QPixmap.fromImage(image)))
            self._draw(left[1:])

        self._context.worker.start(lambda: small_picture(one.path), while_there(self, done), while_there(self, lambda _: done(None)))

    # --- choosing ---

    def _on_row(self, row: int) -> None:
        if 0 <= row < len(self.shown):
            self.category.show_value(self.categories[self.shown[row].path])

    def _on_category(self) -> None:
        row, chosen = self.list.currentRow(), cast("Category | None", self.category.value())
        if 0 <= row < len(self.shown) and chosen is not None:
            self.categories[self.shown[row].path] = chosen
            self.list.item(row).setText(self._line(self.shown[row]))

    def _other_folder(self) -> None:
        folder = self._context.asker.folder(self, "选择扫描文件夹")
        if folder is not None:
            self._service.remember(self._context.desk, folder)
            self.look(folder)

    def chosen(self) -> list[tuple[Path, Category]]:
        """The ticked files in their order, with their categories."""
        ticked = [one for row, one in enumerate(self.shown) if self.list.item(row).checkState() == Qt.CheckState.Checked]
        return [(one.path, self.categories[one.path]) for one in ticked]

    # --- doing ---

    def take(self) -> None:
        """Put the ticked files into the case; Esc stops it, and then nothing was put in."""
        chosen, desk, case = self.chosen(), self._context.desk, self._case
        if not chosen:
            self.notice.refused("请先勾选要放入的文件（空格键勾选）。")
            return
        self.work.run(
            "正在放入附件",
            lambda progress: self._service.add_all(desk, case, chosen, progress),
            self._done,
            self.notice.refused,
            count_told,
        )

    def _done(self, added: Added) -> None:
        self._service.seen(self._context.desk, self.found)
        self.accept()
        self.added.emit(added)

    def _hold(self, *, busy: bool) -> None:
        for part in (*self._parts, self.category, self._buttons):
            part.setEnabled(not busy)
        for made in (self.take_button, self.other_button, self.close_button):
            made.setHidden(busy)  # two buttons with Esc would hear neither
        self._buttons.fit()

    def reject(self) -> None:
        """Close; while files are being put in, Esc stops that first."""
        if self.work.busy():
            self.work.stop()
        else:
            super().reject()


def small_picture(path: Path) -> QImage | None:
    """The first page or the photo, small; None if it cannot be read."""
    if path.suffix.lower() == ".pdf":
        return _first_page(path)
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        reader.setScaledSize(size.scaled(SMALL, SMALL, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else image


def _first_page(path: Path) -> QImage | None:
    import pypdfium2

    from desktop.ui.paper.pages import page_images

    try:
        return next(page_images(path.read_bytes(), SMALL), None)
    except (OSError, pypdfium2.PdfiumError):
        return None
