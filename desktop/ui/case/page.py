"""One case: enter it, see where it stands, carry it to the signed agreement, print it."""

from datetime import date

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.case import Case
from desktop.ui.ask import Leave
from desktop.ui.case.conflict_bar import ConflictBar
from desktop.ui.case.doubles_strip import DoublesStrip
from desktop.ui.case.handover import Handover
from desktop.ui.case.header import CaseHeader
from desktop.ui.case.living_page import LivingPage
from desktop.ui.case.papers import papers_of, scans_of
from desktop.ui.case.remarks import notes, remarks
from desktop.ui.case.scan_tab import ScanTab
from desktop.ui.case.side import NextPanel, Timeline
from desktop.ui.case.tabs import CaseTabs
from desktop.ui.context import Context, Notice, button
from desktop.ui.entry.inputs import Fault
from desktop.ui.page import Page
from desktop.ui.paper.dialog import Paper, PreviewDialog
from desktop.ui.theme import em

CHECK_DELAY = 300
"""Milliseconds after the last key before the doubts are looked for again."""

AGREEMENT_TAB, LETTERS_TAB = 4, 6


def blank_case(today: date, operator: str) -> Case:
    """What a new case starts from; who enters it is as a rule who mediates it."""
    return Case(type="", registered_on=today, summary="", parties=(), mediators=(operator,) if operator else ())  # type: ignore[arg-type]  # not chosen yet


class CasePage(Page):
    """The page of one case. `saved` carries its id, `left` asks to go back to the list."""

    saved = Signal(str)
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        from desktop.services import cases, past

        self._context, self._cases, self._past = context, cases, past
        self._before = self._blank()
        self.header, self.notice, self.timeline, self.side = CaseHeader(), Notice(), Timeline(), NextPanel()
        self.living, self.doubts = LivingPage(context), ConflictBar(context, self._ready)
        self.doubles = DoublesStrip(context, self.notice, self._ready)
        self.scans = ScanTab(context, self.notice, self._ready)
        self.tabs = CaseTabs(self._before, self.scans)
        self.handover = Handover(context, self.notice, self._ready)
        self._history = self._held = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(CHECK_DELAY)
        self._timer.timeout.connect(self._check)
        self._build()
        self._connect()

    # --- building ---

    def _build(self) -> None:
        self.save_button = button("保存", self.save, key="Ctrl+S", role="main", drawing="save")
        for part in (
            button("返回", self.leave, key="Esc", drawing="back"),
            button("预览打印", self.preview, key="F9", drawing="print"),
            self.save_button,
        ):
            self.header.buttons.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
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
        column.addWidget(self.handover.strip)
        column.addWidget(self.doubts)
        column.addWidget(self.doubles)
        column.addLayout(row, 1)
        self._fit()

    def _connect(self) -> None:
        self.tabs.typed.connect(self._timer.start)
        self.side.wanted.connect(self.tabs.reveal)
        self.side.wanted_history.connect(self._turn_history)
        self.tabs.currentChanged.connect(self._on_tab)
        self.scans.busy.connect(self._hold)
        self.scans.changed.connect(self._take_over)
        self.doubts.settled.connect(self._take_over)
        self.doubles.changed.connect(self._take_over)
        self.doubles.opened.connect(lambda case_id: self.open(case_id) if self.may_leave() else None)
        self.scans.wanted.connect(self._look_at_scan)
        self.side.add(self.handover)
        self.handover.changed.connect(self._take_over)

    # --- showing ---

    def show_new(self) -> None:
        """Begin a new case."""
        self.show_case(self._blank())
        self.tabs.show_tab(0)

    def _blank(self) -> Case:
        desk = self._context.desk
        return blank_case(desk.today(), "" if desk.operator == desk.office.name else desk.operator)

    def open(self, case_id: str) -> None:
        """Show the case of the id."""
        self.show_case(self._cases.load(self._context.desk, case_id))
        self.tabs.rest_on(0)

    def show_case(self, case: Case) -> None:
        """Show the case as it is saved."""
        self._history = False
        self._fit()
        self._before = case
        self.notice.hide()
        self.doubts.show_case(case)
        self.doubles.show_case(case)
        self._offer_letter_kinds()
        self.tabs.show_case(case)
        may_write = self.handover.show_case(case)
        self.tabs.set_reading(only=not may_write)
        self.save_button.setEnabled(may_write)
        self.timeline.show_events(self._past.timeline(self._context.desk, case.id) if case.id else ())
        self._check()

    def _offer_letter_kinds(self) -> None:
        from desktop.services import letters

        kinds = self.notice.attempt(lambda: letters.kinds(self._context.desk))
        if kinds:
            self.tabs.offer_letter_kinds([kind.name for kind in kinds])

    def case_id(self) -> str:
        """The id of the case that is shown; empty while it is new."""
        return self._before.id

    # --- what is typed ---

    def collect(self) -> Case:
        """The case with everything that was typed and can be used."""
        return self.tabs.collect()

    def faults(self, *, strict: bool) -> list[Fault]:
        """What cannot be used; strict: also what is missing."""
        return self.tabs.faults(strict=strict)

    def unsaved(self) -> bool:
        """Whether anything was typed that is not saved."""
        return self.collect() != self._before or bool(self.faults(strict=False))

    def save(self) -> bool:
        """Save what was typed; False if it was refused, which is then said beside the field or at the top."""
        faults = self.faults(strict=True)
        if faults:
            self.notice.refused(f"还不能保存：{faults[0].sentence}")
            self.tabs.reveal(faults[0].path)
            return False
        after = self.collect()
        if after == self._before and after.id:
            self.notice.done("没有改动，不用保存。")
            return True
        found = self.notice.attempt(lambda: self._store(after))
        if found is None:
            return False
        self.show_case(found)
        self.notice.done(f"已保存，卷号 {found.number}。")
        self.saved.emit(found.id)
        return True

    def _store(self, after: Case) -> Case:
        desk = self._context.desk
        if self._before.id:
            return self._cases.save(desk, self._before, after).case
        return self._cases.load(desk, self._cases.register(desk, after).id)

    def rest(self) -> None:
        self._timer.stop()
        self.living.rest()

    def _ready(self) -> Case | None:
        """The case as it is saved, after saving what was typed; None, and why, if that cannot be."""
        if (self.unsaved() or not self._before.id) and not self.save():
            return None
        return self._before

    def _take_over(self, case: Case) -> None:
        """Show the case as something else than the form has saved it: a scan was added, a paper sealed."""
        self.show_case(case)
        self.saved.emit(case.id)

    def _hold(self, busy: bool) -> None:
        """Let nothing be done here while the worker writes to the case."""
        self._timer.stop()
        self._held = busy
        self.setEnabled(not busy)

    def may_leave(self) -> bool:
        """True when nothing would be lost: the operator saved, had nothing to save, or said to drop it."""
        if self._held:
            self.notice.refused("正在放入附件，请等它做完再离开。")
            return False
        if not self.unsaved():
            return True
        answer = self._context.asker.leave(self, "这件纠纷有没保存的内容，要保存吗？")
        if answer is Leave.SAVE:
            return self.save()
        return answer is Leave.DROP

    def leave(self) -> None:
        """Go back to the list if nothing is lost by it."""
        if self.may_leave():
            self.left.emit()

    def preview(self) -> None:
        """Show the papers of the case as they will be printed, after saving it: paper and case always agree."""
        case = self._ready()
        if case is None:
            return
        kind = {AGREEMENT_TAB: "调解协议书", LETTERS_TAB: case.letters[0].kind if case.letters else ""}.get(self.tabs.currentIndex(), "")
        papers = papers_of(self._context.desk, case)
        self._open_preview(papers, next((row for row, paper in enumerate(papers) if paper.kind == kind), 0))
        self.dialog.sealed.connect(self._on_sealed)

    def _look_at_scan(self, row: int) -> None:
        self._open_preview(scans_of(self._context.desk, self._before), row)

    def _open_preview(self, papers: list[Paper], row: int) -> None:
        self._check()  # nothing is left to be looked up while the dialog works with the case
        self.dialog = PreviewDialog(self, self._context, papers, self._before.title, row)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.resize(self.window().size())
        if self.window().isMaximized():
            self.dialog.setWindowState(Qt.WindowState.WindowMaximized)
        self.dialog.open()

    def _on_sealed(self, case: Case) -> None:
        self._take_over(case)
        self.dialog.take(papers_of(self._context.desk, case))

    # --- following ---

    def _check(self) -> None:
        """Look at the case as typed: header, next thing, doubts, and the living page."""
        self._timer.stop()
        case = self.collect()
        desk = self._context.desk
        self.header.show_case(case, unsaved=self.unsaved())
        self.doubles.follow(case)
        found = remarks(self._cases.doubts(desk, case), self._cases.findings(desk, case))
        self.tabs.show_notes(notes(found))
        self.side.show_remarks(found, self.tabs.knows)
        following = self._cases.next_thing(self._context.desk, case)
        self.side.show_next(following.text, following.field)
        self.living.show_case(case)
        self.tabs.suggest([party.name for party in case.parties if party.name])

    def _on_tab(self, _number: int) -> None:
        self._history = False
        self._fit()
        self.living.show_case(self.collect())

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
        beside = ems > 52 and not agreement
        self.side.history.setVisible(not beside)
        self.timeline.setVisible(beside or self._history)
        self.tabs.setVisible(beside or not self._history)
        self.living.setVisible(agreement and ems > 48 and not self._history)
        self.side.setMinimumWidth(round(em(self) * 9))
        self.header.set_narrow(narrow=ems < 36)
