"""预览: the papers of a case as they will be printed; print them or save them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from desktop.ui.ask import Asker
from desktop.ui.context import Notice, button, heading
from desktop.ui.preview import PRINT_DPI, ZOOMS, Pages, print_pages
from desktop.ui.theme import em
from desktop.ui.worker import Worker


@dataclass(frozen=True)
class Paper:
    """One paper of a case: its name, how its bytes are made, how they are written to a file."""

    name: str
    render: Callable[[], bytes]
    write: Callable[[Path], None]


class PreviewDialog(QDialog):
    """Shows the papers; the first one, or the one of the given name, at once."""

    def __init__(self, parent: QWidget | None, papers: Sequence[Paper], asker: Asker, worker: Worker, title: str, first: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle("预览打印")
        self._papers, self._asker, self._worker, self._title = papers, asker, worker, title
        self._pdf = b""
        self.pages = Pages()
        self.notice = Notice()
        self.place = heading("", "soft")
        self.list = QListWidget()
        self.list.setMaximumWidth(round(em(self) * 11))
        self.list.setAccessibleName("文书")
        self._build()
        self.list.addItems([paper.name for paper in papers])
        self.pages.moved.connect(self._say_place)
        self.list.currentRowChanged.connect(self._show)
        names = [paper.name for paper in papers]
        self.list.setCurrentRow(names.index(first) if first in names else 0)

    def _build(self) -> None:
        self.save_button = button("保存为 PDF", self.save, key="Ctrl+S", drawing="save")
        self.print_button = button("打印", self.print_paper, key="Ctrl+P", role="main", drawing="print")
        top = QHBoxLayout()
        for part in (self.print_button, self.save_button):
            top.addWidget(part)
        top.addStretch(1)
        top.addWidget(button("关闭", self.close, key="Esc"))
        below = QHBoxLayout()
        below.addWidget(self.place, 1)
        for part in (button("缩小", lambda: self._zoom(-1), key="Ctrl+-"), button("放大", lambda: self._zoom(1), key="Ctrl+=")):
            below.addWidget(part)
        QShortcut(QKeySequence("Ctrl+0"), self, lambda: self.pages.set_zoom(1.0))
        middle = QHBoxLayout()
        middle.addWidget(self.list)
        middle.addWidget(self.pages, 1)
        column = QVBoxLayout(self)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        column.addLayout(top)
        column.addWidget(self.notice)
        column.addLayout(middle, 1)
        column.addLayout(below)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint, on=True)

    def paper(self) -> Paper | None:
        """The paper that is shown."""
        row = self.list.currentRow()
        return self._papers[row] if 0 <= row < len(self._papers) else None

    def pdf(self) -> bytes:
        """The bytes that are shown; empty while they are being made."""
        return self._pdf

    def save(self) -> None:
        """Write the paper to a file."""
        paper = self.paper()
        if paper is None:
            return
        path = self._asker.save_as(self, "保存为 PDF", f"{self._title}-{paper.name}.pdf", "PDF (*.pdf)")
        if path is not None:
            self._worker.start(lambda: paper.write(path), lambda _: self.notice.done(f"已保存到 {path}。"), self.notice.refused)

    def print_paper(self) -> None:
        """Print the paper that is shown."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        if not self._pdf:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setResolution(PRINT_DPI)
        printer.setDocName(self.windowTitle())
        dialog = QPrintDialog(printer, self)
        if self._asker.accepted(dialog):
            print_pages(self._pdf, printer)
            self.notice.done("已交给打印机。")

    def _show(self, _row: int) -> None:
        paper = self.paper()
        if paper is None:
            return
        self._pdf = b""
        self.notice.hide()
        self.place.setText("正在排版……")
        for part in (self.save_button, self.print_button):
            part.setEnabled(False)
        self._worker.start(paper.render, lambda pdf: self._on_pdf(paper, pdf), self._on_refused)

    def _on_pdf(self, paper: Paper, pdf: bytes) -> None:
        if paper is not self.paper():
            return
        self._pdf = pdf
        for part in (self.save_button, self.print_button):
            part.setEnabled(True)
        self.pages.show_pdf(pdf)
        self.pages.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say_place()

    def _on_refused(self, sentence: str) -> None:
        self.place.setText("")
        self.notice.refused(sentence)

    def _zoom(self, by: int) -> None:
        nearest = min(range(len(ZOOMS)), key=lambda place: abs(ZOOMS[place] - self.pages.zoom))
        self.pages.set_zoom(ZOOMS[min(max(nearest + by, 0), len(ZOOMS) - 1)])

    def _say_place(self) -> None:
        if self.pages.count():
            self.place.setText(f"第 {self.pages.page() + 1} 页，共 {self.pages.count()} 页，PgUp、PgDn 翻页")
