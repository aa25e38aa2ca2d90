"""What is on the case page and where: it follows the width and the tab; what it does is in `page.py`."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.case import Case
from desktop.ui.case.conflict_bar import ConflictBar
from desktop.ui.case.course_steps import CourseSteps
from desktop.ui.case.doubles_strip import DoublesStrip
from desktop.ui.case.draft_strip import DraftStrip
from desktop.ui.case.handover import Handover
from desktop.ui.case.header import CaseHeader
from desktop.ui.case.library_door import LibraryDoor
from desktop.ui.case.living_page import LivingPage
from desktop.ui.case.paper_door import PaperDoor
from desktop.ui.case.scan_tab import ScanTab
from desktop.ui.case.side import NextPanel, Timeline
from desktop.ui.case.tabs import CaseTabs
from desktop.ui.case.undo import UndoRow
from desktop.ui.context import Context, Notice, button
from desktop.ui.letters.case_letters import CaseLetters
from desktop.ui.page import Page
from desktop.ui.theme import em

AGREEMENT_TAB, LETTERS_TAB = 4, 6

_WITH_TIMELINE, _WITH_LIVING_PAGE, _NARROW = 50, 48, 36
"""From so many ems on the timeline stands beside the form, the living page beside the agreement; below the last the header is stacked."""


class CaseView(Page):
    """The parts of the case page. Who derives from it says what the buttons do, and gives the case as saved (`_ready`)."""

    def __init__(self, context: Context, blank: Case) -> None:
        super().__init__()
        self._context = context
        self.header, self.notice, self.timeline, self.side = CaseHeader(), Notice(), Timeline(), NextPanel()
        self.living, self.doubts = LivingPage(context), ConflictBar(context, self._ready)
        self.doubles = DoublesStrip(context, self.notice, self._ready)
        self.scans = ScanTab(context, self.notice, self._ready)
        self.tabs = CaseTabs(blank, self.scans)
        self.handover = Handover(context, self.notice, self._ready)
        self.course = CourseSteps(context, self.notice, self._ready)
        self.tabs.lay_above(self.course.rows)
        self.letters = CaseLetters(context, self.notice, self._ready)
        self.tabs.lay_beneath(LETTERS_TAB, self.letters)
        self.strip, self.undo_row = DraftStrip(context), UndoRow()
        self.papers = PaperDoor(self, context, self.notice)
        self.library = LibraryDoor(context, self, self.notice)
        self._history = False
        self._build()
        self.side.add(self.handover)
        self.side.wanted.connect(self.tabs.reveal)
        self.side.wanted_history.connect(self._turn_history)
        self.header.wanted.connect(self.tabs.show_step)

    def _ready(self) -> Case | None:
        """The case as it is saved, after saving what was typed; None, and why, if that cannot be."""
        raise NotImplementedError

    def leave(self) -> None:
        """Go back to the list."""
        raise NotImplementedError

    def copy_former(self) -> None:
        """Begin with what a former case had."""
        raise NotImplementedError

    def preview(self) -> None:
        """Show the papers of the case."""
        raise NotImplementedError

    def save(self) -> bool:
        """Save what was typed."""
        raise NotImplementedError

    def _build(self) -> None:
        self.save_button = button("保存", self.save, key="Ctrl+S", role="main", drawing="save")
        self.former_button = button("照旧案新建", self.copy_former, key="Ctrl+Shift+N")
        back = button("返回", self.leave, key="Esc", drawing="back")
        printed = button("预览打印", self.preview, key="F9", drawing="print")
        self.header.buttons.take((back, printed, self.former_button, self.save_button))
        row = QHBoxLayout()
        row.setSpacing(0)
        parts: tuple[tuple[QWidget, int], ...] = ((self.timeline, 3), (self.tabs, 10), (self.living, 7), (self.side, 4))
        for column_of, stretch in parts:
            row.addWidget(column_of, stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.notice)
        strips: tuple[QWidget, ...] = (self.strip, self.handover.strip, self.doubts, self.doubles)
        for strip in strips:
            column.addWidget(strip)
        column.addLayout(row, 1)
        column.addWidget(self.undo_row)
        self._fit()

    def _turn_history(self) -> None:
        """Show the timeline in the place of the form, or the form again."""
        self._history = not self._history
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        """Give the width to what matters: the living page on the agreement tab, otherwise the timeline; on a narrow window neither."""
        ems = self.width() / max(em(self), 1)
        agreement = self.tabs.currentIndex() == AGREEMENT_TAB
        beside = ems > _WITH_TIMELINE and not agreement
        self.side.history.setVisible(not beside)
        self.timeline.setVisible(beside or self._history)
        self.tabs.setVisible(beside or not self._history)
        self.living.setVisible(agreement and ems > _WITH_LIVING_PAGE and not self._history)
        self.side.setMinimumWidth(round(em(self) * (9 if ems > _NARROW else 8.2)))
        self.header.set_narrow(narrow=ems < _NARROW)
