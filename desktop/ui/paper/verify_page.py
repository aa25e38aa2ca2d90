"""核验: whether a paper or a file is what was sealed here."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desktop.ui.context import Context, Notice, button, heading
from desktop.ui.entry.form import framed
from desktop.ui.entry.inputs import Text
from desktop.ui.page import Page
from desktop.ui.paper.sheet import sheet
from desktop.ui.visible import visible

if TYPE_CHECKING:
    from desktop.services.sealing import Verdict

PAPERS = "PDF 文件 (*.pdf);;所有文件 (*)"
ABOUT = "定稿的文书印有二维码和校验码。在这里可以核对一份电子文件或者纸质件是不是本机的定稿，有没有被改动、被新的版本代替。"
HEADS = {"sealed": "✓ 是定稿", "older": "！旧的版本", "ours-unsealed": "！没有定稿", "unknown": "✕ 不能确认"}
_ROLES = {"sealed": "done", "older": "warned", "ours-unsealed": "warned", "unknown": "refused"}


class VerifyPage(Page):
    """Choose or drop a PDF, or type the code; the verdict stands at the top. `opened` carries the id of the case to open."""

    opened = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._busy = False
        self._case_id = ""
        self.notice = Notice()
        self.code = Text("如 3F2A-09BC-77D1-E4A0")
        self.code.line.setAccessibleName("校验码")
        self.code.line.moves_on = False
        self.code.line.returnPressed.connect(self.verify_code)
        self.file_button = button("核验 PDF 文件", self.choose, key="Ctrl+O", role="large", drawing="verify")
        self.verdict = QFrame()
        self.head, self.sentence = heading("", "head"), heading("", "fact")
        self.open_button = button("打开这件纠纷", lambda: self.opened.emit(self._case_id), key="F4")
        self.setAcceptDrops(True)
        self._build()
        self.verdict.hide()

    def _build(self) -> None:
        column = sheet(self)
        column.addWidget(heading("核验文书"))
        column.addWidget(heading(ABOUT, "soft"))
        column.addWidget(self.notice)
        column.addWidget(self.verdict)
        card, inner = framed("电子文件", "card")
        inner.addWidget(self.file_button, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addWidget(heading("也可以把文件拖到这里。文件只在本机核对，不会改动。", "soft"))
        column.addWidget(card)
        card, inner = framed("纸质件", "card")
        label = heading("二维码下面的校验码（16位字母和数字）", "label")
        label.setBuddy(self.code)
        inner.addWidget(label)
        row = QHBoxLayout()
        row.addWidget(self.code, 1)
        row.addWidget(button("核验  Enter", self.verify_code, role="main"))
        inner.addLayout(row)
        column.addWidget(card)
        inner = QVBoxLayout(self.verdict)
        inner.addWidget(self.head)
        inner.addWidget(self.sentence)
        inner.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def refresh(self) -> None:
        """Begin anew, with the cursor where the code is typed."""
        self.notice.hide()
        self.verdict.hide()
        self.code.show_value(None)
        self.code.reveal()

    def may_leave(self) -> bool:
        """Whether nothing is under way: one thread at a time may use the office."""
        if self._busy:
            self.notice.refused("正在核验，请等它做完再离开。")
        return not self._busy

    def choose(self) -> None:
        """Verify the file that the operator chooses."""
        path = self._context.asker.file(self, "选择要核验的文件", PAPERS)
        if path is not None:
            self.verify(path)

    def verify(self, path: Path) -> None:
        """Say what the file is."""
        from desktop.services import sealing

        self._hold(busy=True)
        desk = self._context.desk
        self._context.worker.start(lambda: sealing.verify(desk, path), lambda found: self._say(path.name, found), self._on_refused)

    def verify_code(self) -> None:
        """Say what the typed code stands for."""
        from desktop.services import sealing

        text = self.code.text()
        if not text:
            self._on_refused("请输入二维码下面的校验码。")
            self.code.reveal()
            return
        self._say(text, sealing.verify_code(self._context.desk, text))

    def _hold(self, *, busy: bool) -> None:
        self._busy = busy
        self.setEnabled(not busy)
        self.notice.hide()
        self.verdict.hide()

    def _on_refused(self, sentence: str) -> None:
        self._hold(busy=False)
        self.notice.refused(sentence)

    def _say(self, what: str, found: "Verdict") -> None:
        self._hold(busy=False)
        self._case_id = found.case.id if found.case else ""
        self.verdict.setProperty("role", _ROLES[found.kind])
        self.verdict.style().polish(self.verdict)
        short = what if len(what) <= 40 else f"{what[:39]}…"
        self.head.setText(f"{HEADS[found.kind]}　{visible(short)}")
        self.sentence.setText(visible(found.sentence))
        self.open_button.setVisible(bool(self._case_id))
        self.verdict.show()
        (self.open_button if self._case_id else self.code).setFocus(Qt.FocusReason.OtherFocusReason)

    # --- drag and drop ---

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.verify(next(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()))
