"""三单一函: the letters that came and went, those that are late first, with the steps that each allows."""

from bisect import bisect_left
from datetime import date, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.case import Case
from desktop.domain.letter_course import days_overdue, deadline
from desktop.domain.letter_next import path_of, place_of
from desktop.domain.meeting_letters import is_sheaf, meeting_of
from desktop.ui.button_row import ButtonRow
from desktop.ui.calm_table import Chooser
from desktop.ui.context import Context, Notice, button
from desktop.ui.empty_state import EmptyState
from desktop.ui.letters.card import LetterCard
from desktop.ui.letters.table import TITLE, LetterTable
from desktop.ui.page import Page
from desktop.ui.paper.sheet import scrolling
from desktop.ui.theme import em

if TYPE_CHECKING:
    from desktop.services.letter_box import Box, Line, Shelf

LAST_MONTH_DAYS = 10
"""In the first days of a month the circular is about the month before."""

CARD_DELAY = 60
"""Milliseconds after the last row key before the letter is read."""


_LEFT_OUT = {2: 52, 3: 62, 4: 28}
"""The columns that are shown from so many ems of the page on."""


class LettersPage(Page):
    """The page of all letters. `wanted_case` carries a case and the path of the letter, `wanted_meeting` the meeting that issued it."""

    wanted_case = Signal(str, str)
    wanted_meeting = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        from desktop.services import letter_box

        self._context, self._box = context, letter_box
        desk = context.desk
        self.box: Box = "收到的"
        self._shelves: list[Shelf] = []
        self._case: Case | None = None
        self.notice = Notice()
        self.model = LetterTable(lambda line: letter_box.days_late(desk, line))
        self.got = button("收到的", lambda: self.show_box("收到的"), key="Ctrl+1")
        self.sent = button("发出的", lambda: self.show_box("发出的"), key="Ctrl+2")
        self.open_button = button("打开纠纷", self.open_case, key="F4")
        self.told_button = button("通报", self.circular, key="F10", drawing="print")
        self.shelves = QListWidget()
        self.table = Chooser("函件", self.model, wide=TITLE, line=1.9)
        self.card = LetterCard(context, self.notice, self._current)
        self.nothing = EmptyState()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(CARD_DELAY)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.shelves.setAccessibleName("按状态查看")
        self.shelves.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        frame = QFrame()
        frame.setProperty("role", "card")
        inner = QVBoxLayout(frame)
        inner.addWidget(self.card)
        inner.addStretch(1)
        self._side = scrolling(frame)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        for part in (self.table, self._side):
            self._splitter.addWidget(part)
        self._splitter.setStretchFactor(0, 10)
        self._splitter.setStretchFactor(1, 9)
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.shelves)
        row.addWidget(self._splitter, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(content)
        self.stack.addWidget(self.nothing)
        top = ButtonRow((self.got, self.sent, self.open_button, self.told_button))
        outer = QVBoxLayout(self)
        outer.addWidget(top)
        outer.addWidget(self.notice)
        outer.addWidget(self.stack, 1)
        self._fit()

    def _connect(self) -> None:
        self.shelves.currentRowChanged.connect(lambda _: self._show_shelf())
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.doubleClicked.connect(lambda _: self.open_case())
        self.table.chosen.connect(self._into_card)
        self._timer.timeout.connect(self._show_card)
        self.card.changed.connect(self._on_changed)

    # --- showing ---

    def refresh(self) -> None:
        """Show the letters as they now are, on the same shelf and letter."""
        line = self.line()
        self._count(line.id if line else "")

    def show_box(self, box: "Box") -> None:
        """Show what came or what went."""
        self.box = box
        self._shelves = []
        self._count("")
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _count(self, letter_id: str) -> None:
        for made, box in ((self.got, "收到的"), (self.sent, "发出的")):
            made.setProperty("role", "main" if box == self.box else "")
            made.setAccessibleName(f"{box}（正在看）" if box == self.box else box)
            made.style().polish(made)
        counts = self._box.counts(self._context.desk, self.box)
        kept = self.shelf()
        self._shelves = [shelf for shelf in self._box.SHELVES if counts.get(shelf) or shelf == "未办结"]
        self._totals = counts
        self.shelves.blockSignals(True)
        self.shelves.clear()
        self.shelves.addItems([f"{shelf}　{self._told(counts.get(shelf, 0))}" for shelf in self._shelves])
        first = kept if kept in self._shelves else "逾期" if "逾期" in self._shelves else "未办结"
        self.shelves.setCurrentRow(self._shelves.index(first))
        self.shelves.blockSignals(False)
        self._fit()
        self._show_shelf(letter_id)

    def _told(self, count: int) -> str:
        return f"{count:,}" + ("以上" if count >= self._box.MOST else "")

    def shelf(self) -> "Shelf | None":
        """The shelf that is shown."""
        row = self.shelves.currentRow()
        return self._shelves[row] if 0 <= row < len(self._shelves) else None

    def _show_shelf(self, letter_id: str = "") -> None:
        shelf = self.shelf()
        if shelf is None:
            return
        box, desk, read = self.box, self._context.desk, self._box.lines
        total = self._totals.get(shelf, 0)
        partner = (lambda line: line.issuer) if box == "收到的" else (lambda line: line.recipient)
        self.model.show_shelf(total, lambda offset, limit: read(desk, box, shelf, offset, limit), partner)
        self._say_nothing(any(self._totals.values()))
        if total:
            self.model.row(0)
            self.table.selectRow(max(self.model.row_of(letter_id), 0))
        self._show_card()

    def _say_nothing(self, some: bool) -> None:
        """Say how letters come here, as long as there are none."""
        self.stack.setCurrentIndex(0 if some else 1)
        if self.box == "收到的":
            self.nothing.say("没有收到的函件", "上级用交换包送来以后，在这里签收、反馈；\n用纸送来的，在那件纠纷的“三单一函”页登记。")
        else:
            self.nothing.say("没有发出的函件", "在纠纷的“三单一函”页起草、签发，以后在这里看谁签收了、谁逾期了。")

    def show_letter(self, home: str, path: str) -> None:
        """Show the letter of the path that a meeting issued, the cursor on the step that comes next."""
        from desktop.services import letter_homes

        held, place = letter_homes.load(self._context.desk, home), place_of(path)
        if place is None or place >= len(held.letters):
            return
        letter = held.letters[place]
        self.show_box("发出的")
        shelf: Shelf = "逾期" if days_overdue(letter, held.moves, self._context.desk.today()) else "未办结"
        if shelf in self._shelves:
            self.shelves.setCurrentRow(self._shelves.index(shelf))
        if (row := self._row_of(letter.id, deadline(letter, held.moves))) is not None:
            self.table.selectRow(row)
        self._into_card()

    def _row_of(self, letter_id: str, limit: date | None) -> int | None:
        """The row of a letter with this limit: the shelf is in the order of the limits, those without one last."""

        def limit_at(row: int) -> date:
            line = self.model.row(row)
            return (line.due_on if line else None) or date.max

        rows = range(self.model.rowCount())
        first = bisect_left(rows, limit or date.max, key=limit_at)
        alike = takewhile(lambda row: limit_at(row) == (limit or date.max), rows[first:])
        return next((row for row in alike if (line := self.model.row(row)) and line.id == letter_id), None)

    def line(self) -> "Line | None":
        """The letter that is chosen."""
        index = self.table.currentIndex()
        return self.model.row(index.row()) if index.isValid() and index.row() < self.model.rowCount() else None

    def _on_row(self, _new: QModelIndex, _old: QModelIndex) -> None:
        self._timer.start()

    def _show_card(self) -> None:
        self._timer.stop()
        case = self._current()
        line = self.line()
        self.card.show_letter(case, line.id if line else "")
        self.open_button.setEnabled(line is not None)
        self.open_button.setText(f"{'打开会商' if line and is_sheaf(line.case) else '打开纠纷'}  F4")

    def _current(self) -> Case | None:
        """The case of the chosen letter as it is saved, or the sheaf of its meeting."""
        from desktop.services import letter_homes

        line = self.line()
        return letter_homes.load(self._context.desk, line.case) if line else None

    def _on_changed(self, _case: object) -> None:
        line = self.line()
        self._count(line.id if line else "")

    def rest(self) -> None:
        self._timer.stop()

    # --- what can be done ---

    def open_case(self) -> None:
        """Open the case of the chosen letter at this letter, or the meeting that issued it."""
        line, case = self.line(), self._current()
        if line is None or case is None:
            return
        if is_sheaf(line.case):
            self.wanted_meeting.emit(meeting_of(line.case))
            return
        place = next((number for number, letter in enumerate(case.letters) if letter.id == line.id), None)
        self.wanted_case.emit(line.case, "letters" if place is None else path_of(place))

    def circular(self) -> None:
        """Show the circular of the month."""
        from desktop.ui.letters.circular_dialog import CircularDialog

        today = self._context.desk.today()
        month = today.replace(day=1) - timedelta(days=1) if today.day <= LAST_MONTH_DAYS else today
        self.dialog = CircularDialog(self, self._context, month)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.open()

    def _into_card(self) -> None:
        """Put the cursor on the step of the letter that comes next."""
        self._show_card()
        self.card.reveal()

    # --- following the size ---

    def _fit(self) -> None:
        """The letter beside the table where there is room, below it on a narrow window."""
        ems = self.width() / max(em(self), 1)
        wide = ems > 44
        if wide != (self._splitter.orientation() == Qt.Orientation.Horizontal):
            self._splitter.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)
            self._splitter.setSizes([1000, 900] if wide else [1000, 1200])
        wanted = self.shelves.sizeHintForColumn(0) + self.shelves.verticalScrollBar().sizeHint().width() + round(em(self) * 0.6)
        self.shelves.setFixedWidth(max(wanted, round(em(self) * 5)))
        self._side.setMinimumWidth(round(em(self) * 15))
        self.table.leave_out(ems, _LEFT_OUT)
