"""From the case page to its papers: the preview of what will be printed, and of scans. Full ID numbers in them leave a line in the log."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.case import Case
from desktop.ui.case.papers import SCAN, papers_of, scans_of
from desktop.ui.context import Context, Notice
from desktop.ui.paper.dialog import Paper, PreviewDialog


class PaperDoor(QObject):
    """Opens the preview over the page. `sealed` carries the case when a paper was sealed."""

    sealed = Signal(object)

    def __init__(self, page: QWidget, context: Context, notice: Notice) -> None:
        super().__init__(page)
        self._page, self._context, self._notice = page, context, notice
        self.dialog: PreviewDialog | None = None

    def show_papers(self, case: Case, kind: str) -> None:
        """Show the papers of the case as saved, that of the kind first."""
        papers = papers_of(self._context.desk, case)
        dialog = self._open(papers, case, next((row for row, paper in enumerate(papers) if paper.kind == kind), 0))
        dialog.sealed.connect(lambda sealed: self._on_sealed(dialog, sealed))

    def show_scans(self, case: Case, row: int) -> None:
        """Show the scanned papers of the case, that of the row first."""
        self._open(scans_of(self._context.desk, case), case, row)

    def _open(self, papers: list[Paper], case: Case, row: int) -> PreviewDialog:
        self.dialog = dialog = PreviewDialog(self._page, self._context, papers, case.title, row)
        dialog.handed.connect(lambda how, paper: self._log(case, how, paper))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.resize(self._page.window().size())
        if self._page.window().isMaximized():
            dialog.setWindowState(Qt.WindowState.WindowMaximized)
        dialog.open()
        return dialog

    def _on_sealed(self, dialog: PreviewDialog, case: Case) -> None:
        self.sealed.emit(case)
        dialog.take(papers_of(self._context.desk, case))

    def _log(self, case: Case, how: str, paper: Paper) -> None:
        from desktop.services import disclosure

        desk = self._context.desk
        if paper.kind != SCAN and disclosure.prints_numbers(desk, paper.kind):
            self._notice.attempt(lambda: disclosure.handed_out(desk, case, how, paper.name))
