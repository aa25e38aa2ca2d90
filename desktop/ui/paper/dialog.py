"""预览: the papers of a case as they will be printed; print them, save them, seal them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from desktop.domain.case import Case
from desktop.ui.button_row import ButtonRow
from desktop.ui.case.gaps import Gaps
from desktop.ui.case.seal_words import question, state_told, still
from desktop.ui.context import Context, Notice, button, heading
from desktop.ui.paper.pages import ZOOMS, Pages
from desktop.ui.theme import em
from desktop.ui.visible import visible
from desktop.ui.worker import while_there

if TYPE_CHECKING:
    from desktop.services.preview import Shown


LIST_SHARE = 0.36
"""How much of the width the list of papers takes at most; longer names are cut short."""


@dataclass(frozen=True)
class Paper:
    """One paper: its name, its kind and copies for the printer, how it is made, and how it is sealed if that can be.

    `render` and `seal` are slow and work off the window's thread; `seal` gives the case with its new seal.
    """

    name: str
    kind: str
    render: Callable[[], "Shown"]
    copies: int = 1
    seal: Callable[[], Case] | None = None


class PreviewDialog(QDialog):
    """Shows the papers, that of the row `first` at once. `sealed` carries the case when a paper was sealed.

    `handed` tells what was done with a paper (预览, 保存, 打印) and which one it was.
    """

    sealed = Signal(object)
    handed = Signal(str, object)

    def __init__(self, parent: QWidget | None, context: Context, papers: Sequence[Paper], title: str, first: int = 0) -> None:
        super().__init__(parent)
        self.setWindowTitle("预览打印")
        self._context, self._papers, self._title = context, papers, visible(title)
        self._shown: Shown | None = None
        self._sealing = self._writing = False
        self._agreed: Shown | None = None
        self.pages = Pages(whole=True)
        self.notice = Notice()
        self.state, self.gaps, self.place = heading("", "fact"), Gaps(), heading("", "soft")
        self.list = QListWidget()
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("文书")
        self._build()
        self.list.addItems([visible(paper.name) for paper in papers])
        self.pages.moved.connect(self._say_place)
        self.list.currentRowChanged.connect(self._show)
        self.list.setCurrentRow(first)

    def _build(self) -> None:
        self.save_button = button("保存为 PDF", self.save, key="Ctrl+S", drawing="save")
        self.print_button = button("打印", self.print_paper, key="Ctrl+P", role="main", drawing="print")
        self.seal_button = button("盖章定稿", self.seal, key="Ctrl+G", drawing="seal")
        below = QHBoxLayout()
        below.addWidget(self.place, 1)
        sizes = (
            button("整页", self.pages.show_whole, key="Ctrl+0"),
            button("页宽", lambda: self.pages.set_zoom(1.0), key="Ctrl+2"),
            button("缩小", lambda: self._zoom(-1), key="Ctrl+-"),
            button("放大", lambda: self._zoom(1), key="Ctrl+="),
        )
        below.addWidget(ButtonRow(sizes), 3)
        right = QVBoxLayout()
        for widget, stretch in ((self.state, 0), (self.gaps, 0), (self.pages, 1)):
            right.addWidget(widget, stretch)
        middle = QHBoxLayout()
        middle.addWidget(self.list)
        middle.addLayout(right, 1)
        column = self._column = QVBoxLayout(self)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        self._buttons = ButtonRow((self.print_button, self.save_button, self.seal_button))
        top = QHBoxLayout()
        top.addWidget(self._buttons, 1)
        top.addWidget(button("关闭", self.close, key="Esc"), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        column.addWidget(self.notice)
        column.addLayout(middle, 1)
        column.addLayout(below)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint, on=True)

    # --- what is shown ---

    def paper(self) -> Paper | None:
        """The paper that is shown."""
        row = self.list.currentRow()
        return self._papers[row] if 0 <= row < len(self._papers) else None

    def pdf(self) -> bytes:
        """The bytes that are shown; empty while they are being made."""
        return self._shown.data if self._shown else b""

    def take(self, papers: Sequence[Paper]) -> None:
        """Show the papers anew: the case has changed."""
        row = self.list.currentRow()
        self._papers = papers
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addItems([visible(paper.name) for paper in papers])
        self.list.setCurrentRow(min(row, len(papers) - 1))
        self.list.blockSignals(False)
        self._fit_list()
        self._show(self.list.currentRow())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_list()

    def _fit_list(self) -> None:
        """Make the list as wide as its names, if there is room."""
        wanted = self.list.sizeHintForColumn(0) + self.list.verticalScrollBar().sizeHint().width() + round(em(self) * 0.5)
        self.list.setFixedWidth(min(wanted, round(self.width() * LIST_SHARE)))

    def _show(self, _row: int) -> None:
        paper = self.paper()
        if paper is None:
            return
        self._shown = None
        self.pages.hold()
        self.notice.hide()
        self.place.setText("正在排版……")
        for part in (self.state, self.gaps):
            part.hide()
        self._allow()
        work = self._context.worker
        work.start(paper.render, while_there(self, lambda shown: self._on_shown(paper, shown)), while_there(self, self._on_refused))

    def _on_shown(self, paper: Paper, shown: "Shown") -> None:
        if paper is not self.paper():
            return
        self._shown = shown
        self._allow()
        self.state.setText(state_told(shown.seal, stands=shown.stands))
        self.state.setVisible(bool(self.state.text()))
        self.gaps.show_all(shown.gaps, shown.findings)
        self._column.activate()  # the room for the pages is known before they are drawn
        self.pages.show_pdf(shown.data)
        if not self.list.hasFocus():  # somebody goes through the list
            self.pages.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say_place()
        self.handed.emit("预览", paper)

    def _on_refused(self, sentence: str) -> None:
        self.place.setText("")
        self.notice.refused(sentence)

    def _allow(self) -> None:
        """Let be pressed what has a sense now."""
        paper, shown = self.paper(), self._shown
        for part in (self.save_button, self.print_button):
            part.setEnabled(shown is not None)
        self.seal_button.setVisible(paper is not None and paper.seal is not None)
        self.seal_button.setEnabled(shown is not None and not shown.stands)
        self._buttons.fit()

    # --- what is done with it ---

    def save(self) -> None:
        """Write the paper to a file."""
        from desktop.services import preview

        paper, pdf = self.paper(), self.pdf()
        if paper is None or not pdf or not self._still("保存"):
            return
        path = self._context.asker.save_as(self, "保存为 PDF", f"{self._title}-{paper.name}.pdf", "PDF (*.pdf)")
        if path is not None:
            self._writing = True
            done, refused = while_there(self, lambda _: self._on_saved(path, paper)), while_there(self, self._on_not_saved)
            self._context.worker.start(lambda: preview.write(path, pdf), done, refused)

    def _on_not_saved(self, sentence: str) -> None:
        self._writing = False
        self.notice.refused(sentence)

    def _on_saved(self, path: Path, paper: Paper) -> None:
        self._writing = False
        self.notice.done(f"已保存到 {path}。")
        self.handed.emit("保存", paper)

    def print_paper(self) -> None:
        """Print the paper that is shown."""
        from desktop.ui.paper.print_room import print_paper

        paper, pdf = self.paper(), self.pdf()
        if paper is None or not pdf or not self._still("打印"):
            return
        if print_paper(self, self._context, pdf, paper.kind, paper.copies, paper.name):
            self.notice.done("已交给打印机。")
            self.handed.emit("打印", paper)

    def _still(self, what: str) -> bool:
        """Whether nothing forbids it, or the operator wants it all the same; asked once for what is shown."""
        shown = self._shown
        asked = still(shown.findings, what) if shown else ""
        if asked and self._agreed is not shown:
            if not self._context.asker.confirm(self, asked, f"仍要{what}"):
                return False
            self._agreed = shown
        return True

    def seal(self) -> None:
        """Seal the paper that is shown, after asking; the case must not change meanwhile, so nothing else can be done."""
        paper = self.paper()
        if paper is None or paper.seal is None or self._shown is None or self._shown.stands:
            return
        if not self._context.asker.confirm(self, question(paper.name, self._shown.seal), "盖章定稿"):
            return
        self._sealing = True
        self.setEnabled(False)
        self.place.setText("正在定稿……")
        self._context.worker.start(paper.seal, lambda case: self._on_sealed(paper, case), self._on_not_sealed)

    def _on_sealed(self, paper: Paper, case: Case) -> None:
        self._let_go()
        self.sealed.emit(case)
        self.notice.done(f"《{paper.name}》已定稿。")

    def _on_not_sealed(self, sentence: str) -> None:
        self._let_go()
        self._say_place()
        self.notice.refused(sentence)

    def _let_go(self) -> None:
        self._sealing = False
        self.setEnabled(True)
        self.pages.setFocus(Qt.FocusReason.OtherFocusReason)

    def reject(self) -> None:
        if not (self._sealing or self._writing):  # what was handed out is written down first
            super().reject()

    def _zoom(self, by: int) -> None:
        now = self.pages.zoom
        larger, smaller = [zoom for zoom in ZOOMS if zoom > now + 0.01], [zoom for zoom in ZOOMS if zoom < now - 0.01]
        self.pages.set_zoom(min(larger, default=ZOOMS[-1]) if by > 0 else max(smaller, default=ZOOMS[0]))

    def _say_place(self) -> None:
        if self.pages.count():
            self.place.setText(f"第 {self.pages.page() + 1} 页，共 {self.pages.count()} 页，PgUp、PgDn 翻页")
