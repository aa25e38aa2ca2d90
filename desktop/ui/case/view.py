"""What is on the case page and where: it follows the width and the tab; what it does is in `page.py`."""

from collections.abc import Iterator
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.domain.case import Case
from desktop.domain.letter_next import place_of
from desktop.ui.case.conflict_bar import ConflictBar
from desktop.ui.case.course_steps import CourseSteps
from desktop.ui.case.doubles_strip import DoublesStrip
from desktop.ui.case.draft_strip import DraftStrip
from desktop.ui.case.fields import TABS
from desktop.ui.case.handover import Handover
from desktop.ui.case.header import CaseHeader
from desktop.ui.case.letter_fields import LetterList
from desktop.ui.case.library_door import LibraryDoor
from desktop.ui.case.living_page import LivingPage
from desktop.ui.case.next_line import NextLine
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
"""From so many ems on the timeline stands beside the form, the living page beside the agreement; below the last the header is stacked, and
what is told beside the form is folded into one line above it."""

_LOW = 22
"""Ems of height below which a narrow page has no room for the bar of the steps: the chip beside the number says where the case stands."""


class CaseView(Page):
    """The parts of the case page. Who derives from it says what the buttons do, and gives the case as saved (`_ready`)."""

    _whole = False

    def __init__(self, context: Context, blank: Case, *, bit_by_bit: bool = False) -> None:
        """`bit_by_bit`: the page is whole when `make_some` has nothing left to do; until then nothing else may be asked of it."""
        super().__init__()
        self._context = context
        self._history = False
        self._left: QWidget | None = None
        self._tied: LetterList | None = None
        self._parts = self._made(blank)
        while not bit_by_bit and self.make_some():
            pass

    def make_some(self) -> bool:
        if not self._whole:
            self._whole = next(self._parts, True)
            self._fit()
        return not self._whole

    def _made(self, blank: Case) -> Iterator[Literal[False]]:
        """Make the parts; after each comes a pause if nobody waits for the page."""
        context = self._context
        self.header, self.notice, self.timeline, self.side = CaseHeader(), Notice(), Timeline(), NextPanel()
        self.living, self.doubts = LivingPage(context), ConflictBar(context, self._ready)
        self.doubles = DoublesStrip(context, self.notice, self._ready)
        yield False
        self.scans = ScanTab(context, self.notice, self._ready)
        self.tabs = CaseTabs(blank, self.scans)
        yield False
        self.handover = Handover(context, self.notice, self._ready)
        self.course = CourseSteps(context, self.notice, self._ready)
        self.tabs.lay_above(self.course.rows)
        yield False
        self.letters = CaseLetters(context, self.notice, self._ready)
        self.tabs.lay_above({TABS[LETTERS_TAB][0]: self.letters})
        self.tabs.firsts[LETTERS_TAB] = self.letters.reveal
        self.tabs.currentChanged.connect(self._tie_letters)
        yield False
        self.strip, self.undo_row = DraftStrip(context), UndoRow()
        self.papers = PaperDoor(self, context, self.notice)
        self.library = LibraryDoor(context, self, self.notice)
        self.next_line = NextLine()
        yield False
        self._build()
        self.side.add(self.handover)
        self.side.wanted.connect(self.reveal)
        self.side.wanted_history.connect(self._turn_history)
        self.next_line.wanted.connect(self.reveal)
        self.next_line.turned.connect(self._turn_history)
        self.header.wanted.connect(self.tabs.show_step)
        yield False

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
        strips: tuple[QWidget, ...] = (self.strip, self.handover.strip, self.course.strip, self.doubts, self.doubles)
        for strip in strips:
            column.addWidget(strip)
        column.addWidget(self.next_line)
        column.addLayout(row, 1)
        column.addWidget(self.undo_row)

    def _turn_history(self) -> None:
        """Show the timeline in the place of the form, or the form again, with the cursor where it was."""
        if not self._history:
            self._left = QApplication.focusWidget()
        self._history = not self._history
        self._fit()
        if self._history and self.next_line.isVisible():
            self.next_line.more.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self._history and self._left is not None and isValid(self._left):
            self._left.setFocus(Qt.FocusReason.OtherFocusReason)

    def reveal(self, path: str) -> None:
        """Show the form, the cursor in the field of the path; of a whole letter, on what is to be done with it."""
        self._history = False
        self._fit()
        self.tabs.reveal(path)
        if (letter := place_of(path)) is not None:
            self.letters.begin(letter)

    def _tie_letters(self, number: int) -> None:
        """Let the letter that is chosen above its tab be the one whose fields are shown, and the other way round."""
        found = self.tabs.form(number)["letters"] if number == LETTERS_TAB else None
        if isinstance(found, LetterList):
            if found is not self._tied:
                self._tied = found
                found.picked.connect(self.letters.choose)
                self.letters.picked.connect(found.choose)
            found.choose(self.letters.chosen())

    def _fit(self) -> None:
        """Give the width to what matters: the living page on the agreement tab, otherwise the timeline; on a narrow window neither."""
        if not self._whole:
            return
        ems = self.width() / max(em(self), 1)
        agreement = self.tabs.currentIndex() == AGREEMENT_TAB
        beside = ems > _WITH_TIMELINE and not agreement
        narrow = ems < _NARROW
        self.side.history.setVisible(not beside and not narrow)
        self.side.setVisible(not narrow or self._history)
        self.next_line.setVisible(narrow)
        self.next_line.show_open(open_=self._history)
        self.header.steps.setVisible(not narrow or self.height() >= _LOW * em(self))
        self.timeline.setVisible(beside or self._history)
        self.tabs.setVisible(beside or not self._history)
        self.living.setVisible(agreement and ems > _WITH_LIVING_PAGE and not self._history)
        self.side.setMinimumWidth(round(em(self) * (9 if ems > _NARROW else 8.2)))
        self.header.set_narrow(narrow=narrow)
