"""The agreement as it will be printed, beside the form, renewed while one types."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.case import Case
from desktop.ui.context import Context, heading
from desktop.ui.empty_state import EmptyState
from desktop.ui.paper.pages import Pages
from desktop.ui.visible import visible

DELAY = 500
"""Milliseconds of rest before the page is set anew."""


class LivingPage(QWidget):
    """Shows the real pages of the agreement of the case as typed."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._case: Case | None = None
        self._drawn: Case | None = None
        self._waiting = False
        self.pages = Pages()
        self.note = heading("", "soft")
        self.nothing = EmptyState()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY)
        self._timer.timeout.connect(self._render)
        column = QVBoxLayout(self)
        column.addWidget(heading("协议书（打印出来的样子）", "head"))
        column.addWidget(self.note)
        column.addWidget(self.nothing, 1)
        column.addWidget(self.pages, 1)
        for part in (self.note, self.nothing):
            part.hide()

    def show_case(self, case: Case) -> None:
        """Show the agreement of the case soon, if this page is seen at all."""
        self._case = case
        if self.isVisible() and case != self._drawn:
            self._timer.start()

    def rest(self) -> None:
        """Begin no further page."""
        self._timer.stop()

    def _render(self) -> None:
        from desktop.services import documents

        case = self._case
        if self._waiting or case is None:
            return
        if case.agreement is None:
            self._drawn = None  # the pages of another case do not stay, and are drawn anew when it comes back
            self.pages.hide()
            self.note.hide()
            self.nothing.say("还没有协议", "填写协议后，这里显示打印出来的样子。")
            self.nothing.show()
            return
        self._waiting = True
        desk = self._context.desk
        self._context.worker.start(
            lambda: documents.render(desk, case, "调解协议书"),
            lambda pdf: self._done(case, pdf),
            lambda text: self._refused(case, text),
        )

    def _done(self, case: Case, pdf: bytes) -> None:
        self._ended(case)
        self.note.hide()
        self.nothing.hide()
        self.pages.show()
        self.pages.show_pdf(pdf)

    def _refused(self, case: Case, sentence: str) -> None:
        self._ended(case)
        if self.nothing.isHidden():
            self.note.setText(visible(sentence))
            self.note.show()
        else:
            self.nothing.say("现在还排不出协议", visible(sentence))

    def _ended(self, case: Case) -> None:
        self._drawn = case
        self._waiting = False
        if self._case != case:
            self._timer.start()
