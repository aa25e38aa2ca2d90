"""附件: the scanned papers of a case, added by button, by drag and drop, or by pasting a picture."""

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.attachment import Attachment, Category
from desktop.domain.case import Case
from desktop.domain.codes import choices
from desktop.ui.button_row import ButtonRow
from desktop.ui.case.dropping import files_of
from desktop.ui.context import Context, Notice, button, heading
from desktop.ui.entry.dates import chinese
from desktop.ui.entry.inputs import Choice
from desktop.ui.entry.record_list import Column, Records, record_table
from desktop.ui.sizes import size_of

if TYPE_CHECKING:
    from desktop.services.cases import Saved
    from desktop.services.scan_folder import Added
    from desktop.ui.case.category_dialog import CategoryDialog

KINDS = "扫描件和照片 (*.pdf *.jpg *.jpeg *.png);;所有文件 (*)"
HINT = "先选类别，再添加或者粘贴；文件也可以拖到任何一页。"
NONE_YET = "还没有附件。可以放 PDF、JPEG、PNG；照片会自动摆正、缩小，原来的文件不变。"
_ROWS = 12
_COLUMNS = (
    Column("名称", lambda paper: paper.name, wide=True),
    Column("类别", lambda paper: paper.category),
    Column("页数", lambda paper: str(paper.pages)),
    Column("大小", lambda paper: size_of(paper.size)),
    Column("加入日期", lambda paper: chinese(paper.added_on)),
)


class ScanTab(QWidget):
    """The scans of one case. Each is kept at once.

    `ready` gives the case as it is saved, or None if it cannot be saved now. `busy` says that files are being added: nothing else may
    touch the case meanwhile. `changed` carries the case as it then stands, `wanted` the row of the paper to look at.
    """

    busy = Signal(bool)
    changed = Signal(object)
    wanted = Signal(int)

    def __init__(self, context: Context, notice: Notice, ready: Callable[[], Case | None]) -> None:
        super().__init__()
        self._context, self._notice, self._ready = context, notice, ready
        self._folder: TemporaryDirectory[str] | None = None
        self.asking: CategoryDialog | None = None
        self.model = Records(_COLUMNS)
        self.table = record_table("附件", self.model, _ROWS)
        self.category = Choice(choices(Category))
        self.category.box.setAccessibleName("类别")
        self.category.box.setMinimumContentsLength(max(map(len, choices(Category))))
        self.empty = heading(NONE_YET, "soft")
        self.setAcceptDrops(True)
        self._build()
        self.show_papers(())

    def _build(self) -> None:
        label = heading("类别", "label")
        label.setWordWrap(False)
        label.setBuddy(self.category)
        first = QHBoxLayout()
        first.addWidget(label)
        first.addWidget(self.category, 1)
        first.addStretch(1)
        self.add_button = button("添加文件", self.choose, key="F6", drawing="add")
        self.folder_button = button("从扫描文件夹放入", self.from_folder, key="Ctrl+F6", drawing="scan")
        self.paste_button = button("粘贴图片", self.paste, key="Ctrl+V", drawing="scan")
        self.open_button = button("打开  Enter", self.open)
        self.drop_button = button("删去", self.drop, key="F8", drawing="remove")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(heading(HINT, "soft"))
        column.addLayout(first)
        column.addWidget(ButtonRow((self.add_button, self.folder_button, self.paste_button)))
        column.addWidget(self.empty)
        column.addWidget(self.table)
        self._below = ButtonRow((self.open_button, self.drop_button))
        column.addWidget(self._below)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            QShortcut(QKeySequence(key), self.table, self.open, context=Qt.ShortcutContext.WidgetShortcut)
        self.table.doubleClicked.connect(self.open)

    # --- showing ---

    def show_case(self, case: Case) -> None:
        """Show the scans of the case."""
        if tuple(self.model.records) != case.attachments:
            self.show_papers(case.attachments)

    def show_papers(self, papers: Sequence[Attachment]) -> None:
        """Show these scans, the last one chosen: it is the one that was just added."""
        self.model.replace_all(papers)
        self.table.selectRow(len(papers) - 1)
        self._fit()

    def reveal(self) -> None:
        """Put the cursor where work begins: on the scans, or on the category of the first."""
        (self.table if self.model.records else self.category).setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        some = bool(self.model.records)
        self.empty.setVisible(not some)
        for part in (self.table, self._below):
            part.setVisible(some)

    # --- one scan ---

    def current(self) -> Attachment | None:
        """The chosen scan."""
        row = self.table.currentIndex().row()
        return cast("Attachment", self.model.records[row]) if 0 <= row < len(self.model.records) else None

    def open(self) -> None:
        """Look at the chosen scan."""
        if self.current() is not None:
            self.wanted.emit(self.table.currentIndex().row())

    def drop(self) -> None:
        """Take the chosen scan out of the dossier, after asking."""
        from desktop.services import attachments

        paper = self.current()
        question = "要把“{}”从卷宗里拿掉吗？您电脑或者优盘里原来的文件不受影响。"
        if paper is None or not self._context.asker.confirm(self, question.format(paper.name), "拿掉"):
            return
        case = self._ready()
        if case is None:
            return
        saved = self._notice.attempt(lambda: attachments.remove(self._context.desk, case, paper))
        if saved is not None:
            self.changed.emit(saved.case)
            self._notice.done(f"“{paper.name}”已从卷宗里拿掉。")
            self.reveal()

    # --- adding ---

    def choose(self) -> None:
        """Add the files that the operator chooses."""
        if self._has_category():
            self.add(self._context.asker.files(self, "选择扫描件或者照片", KINDS))

    def from_folder(self) -> None:
        """Show what the scanner wrote since the last time; the first time ask for its folder."""
        from desktop.services import scan_folder
        from desktop.ui.case.scan_folder_dialog import ScanFolderDialog

        case = self._ready()
        if case is None:
            return
        folder = scan_folder.remembered(self._context.desk)
        if folder is None or not folder.is_dir():
            folder = self._context.asker.folder(self, "选择扫描文件夹")
            if folder is None:
                return
            scan_folder.remember(self._context.desk, folder)
        self.dialog = ScanFolderDialog(self.window(), self._context, case, folder, cast("Category | None", self.category.value()))
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.added.connect(self._from_folder_done)
        self.dialog.work.began.connect(lambda: self.busy.emit(True))
        self.dialog.work.ended.connect(lambda: self.busy.emit(False))
        self.dialog.open()

    def _from_folder_done(self, added: "Added") -> None:
        self._tell(added.case, added.papers, added.refused)

    def paste(self) -> None:
        """Add what was copied: a picture, or files."""
        self.take(QGuiApplication.clipboard().mimeData())

    def take(self, data: QMimeData) -> None:
        """Add what was pasted."""
        paths = files_of(data)
        if not self._has_category():
            return
        if paths:
            self.add(paths)
        elif data.hasImage():
            self._add_picture(QImage(data.imageData()))
        else:
            self._notice.refused("剪贴板里没有图片或者文件，请先截图或者复制图片，再粘贴。")

    def _add_picture(self, picture: QImage) -> None:
        """Add a picture that is in no file: it becomes one for as long as it takes."""
        self._folder = TemporaryDirectory()
        path = Path(self._folder.name) / f"{self.category.value()}（粘贴的图片）.png"
        if picture.isNull() or not picture.save(str(path)):
            self._forget_folder()
            self._notice.refused("这张图片读不出来，请存成文件再添加。")
            return
        self.add([path])

    def take_files(self, paths: Sequence[Path], *, asks: bool = False) -> None:
        """Add files that were dropped: under the category chosen here, or else under one that is asked for now."""
        from desktop.ui.case.category_dialog import CategoryDialog

        if not asks and self.category.value() is not None:
            self.add(paths)
        elif self._ready() is not None:
            dialog = self.asking = CategoryDialog(self.window(), paths)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.accepted.connect(lambda: self.add(paths, dialog.category()))
            dialog.open()
            dialog.activateWindow()  # the hand came from the window of another program

    def may_add(self) -> bool:
        """Whether anything can be added now."""
        return self.add_button.isEnabled()

    def add(self, paths: Sequence[Path], category: Category | None = None) -> None:
        """Add the files under the category, as a rule the chosen one, one by one; those that cannot be taken are told at the end."""
        case = self._ready() if paths else None
        if case is None:
            self._forget_folder()
            return
        self.busy.emit(True)
        self._next(case, list(paths), category or cast("Category", self.category.value()), [], [])

    def _next(self, case: Case, paths: list[Path], category: Category, added: list[str], refused: list[str]) -> None:
        from desktop.services import attachments

        if not paths:
            self._end(case, added, refused)
            return
        desk = self._context.desk

        def done(saved: "Saved") -> None:
            self._next(saved.case, paths[1:], category, [*added, paths[0].name], refused)

        def failed(sentence: str) -> None:
            self._next(case, paths[1:], category, added, [*refused, sentence])

        self._context.worker.start(lambda: attachments.add(desk, case, paths[0], category), done, failed)

    def _end(self, case: Case, added: list[str], refused: list[str]) -> None:
        self._forget_folder()
        self.busy.emit(False)
        self._tell(case, len(added), refused)

    def _tell(self, case: Case, count: int, refused: Sequence[str]) -> None:
        """Show the case with its new papers, and say what came of it."""
        if count:
            self.changed.emit(case)
        taken = f"已放入卷宗{count}份。" if count else ""
        if refused:
            self._notice.refused("".join([taken, *refused]))
        else:
            self._notice.done(taken)
        self.reveal()

    def _forget_folder(self) -> None:
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _has_category(self) -> bool:
        if self.category.value() is None:
            self._notice.refused("请先选择类别，再添加附件。")
            self.category.reveal()
            return False
        return True

    # --- drag and drop ---

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        data = event.mimeData()
        if self.may_add() and (files_of(data) or data.hasImage()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        paths = files_of(event.mimeData())
        if paths:
            self.take_files(paths)
        else:
            self.take(event.mimeData())
