"""One meeting: its agenda, who came, what became of the last one's decisions, the minutes, its own letters."""

from collections.abc import Callable, Mapping, Sequence

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QTabWidget, QVBoxLayout, QWidget

from desktop.domain.letter import Letter
from desktop.domain.meeting import Attendee, Figures, Meeting
from desktop.ui.button_row import ButtonRow
from desktop.ui.context import button, heading
from desktop.ui.entry.form import Form
from desktop.ui.entry.inputs import Fault
from desktop.ui.meetings.agenda import Agenda
from desktop.ui.meetings.fields import FOLLOWUP_COLUMNS, HEAD, MINUTES, attendees, followup_row, letters
from desktop.ui.paper.sheet import scrolling
from desktop.ui.plain_table import PlainTable
from desktop.ui.tab_bar import name_scrollers
from desktop.ui.theme import em
from desktop.ui.visible import visible

AGENDA, HELD, FOLLOWED, TOLD, LETTERS = range(5)
_ABOUT_LETTERS = "不属于哪一件纠纷的提示函：同类问题反复发生、有漏洞要堵时发给有关单位，统一编号，签发以后在“三单一函”里督办、反馈和销号。"
_TITLES = ("议题", "会议", "落实和数字", "纪要", "提示函")


class MeetingSheet(QTabWidget):
    """Shows a meeting and gives it back with what was typed. `changed` comes with every keystroke.

    `issue_asked` and `letter_asked` carry the place of the meeting's own letter that is to be numbered or printed.
    """

    changed = Signal()
    issue_asked = Signal(int)
    letter_asked = Signal(int)

    def __init__(self, steps: Sequence[str], kinds: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._meeting: Meeting | None = None
        self._stored: Meeting | None = None
        self.letter_kind = next(iter(kinds), "提示函")
        self._blank_letter = Letter(kind=self.letter_kind)
        self.agenda = Agenda(steps)
        self.head, self.minutes = Form(HEAD), Form(MINUTES)
        self.attendees, self.letters = attendees(), letters(kinds, lambda: self._blank_letter)
        self.figures = heading("", "fact")
        self.units = PlainTable("各责任单位的函件", ("责任单位", "本期发文（份）", "逾期未反馈（份）"), wide=0)
        self.followups = PlainTable("上次决定的落实", FOLLOWUP_COLUMNS, wide=0, most=14)
        self.no_followups = heading("没有需要落实的上次决定。", "soft")
        self._build()
        for part in (self.agenda, self.head, self.minutes, self.attendees, self.letters):
            part.changed.connect(self.changed)
        self.letters.table.selectionModel().currentRowChanged.connect(self._lock_issued)

    def _build(self) -> None:
        self.setDocumentMode(True)
        self.setUsesScrollButtons(True)
        name_scrollers(self.tabBar())
        everybody = button("全部到会", self._all_came, key="F9")
        issue = button("签发编号", self._issue, key="F5", drawing="seal")
        paper = button("打印这份", self._print, key="F11", drawing="print")
        sheets: tuple[tuple[QWidget, ...], ...] = (
            (self.agenda,),
            (self.head, heading("参加人", "head"), ButtonRow([everybody]), self.attendees),
            (
                heading("上次会商决定的落实", "head"),
                self.no_followups,
                self.followups,
                heading("本期数字", "head"),
                self.figures,
                self.units,
            ),
            (self.minutes,),
            (heading(_ABOUT_LETTERS, "soft"), self.letters, ButtonRow([issue, paper])),
        )
        for number, (title, parts) in enumerate(zip(_TITLES, sheets, strict=True), 1):
            page = QWidget()
            area = scrolling(page)
            area.setObjectName("paper")
            self.addTab(area, f"{number} {title}")
            _lay(page, parts)  # last: each step up costs every part below another look at the style sheet
            QShortcut(QKeySequence(f"Ctrl+{number}"), self, lambda number=number: self.show_tab(number - 1))

    # --- what is shown ---

    def show_meeting(self, meeting: Meeting, stored: Meeting | None = None) -> None:
        """Show the meeting; `stored` is how it is saved, where that is something else."""
        self._meeting, self._stored = meeting, stored or meeting
        self.agenda.show_items(meeting.items, meeting.more)
        self.agenda.suggest(sorted({one.body for one in meeting.attendees if one.body}))
        self.head.show_value(meeting)
        self.minutes.show_value(meeting)
        self.attendees.show_value(meeting.attendees)
        self.letters.show_value(meeting.letters)
        self._lock_issued()
        self.figures.setText(_figures(meeting.figures))
        self.units.show_rows([(unit.name, str(unit.issued), str(unit.overdue)) for unit in meeting.figures.units])
        self.units.setVisible(bool(meeting.figures.units))
        self.followups.show_rows([followup_row(one) for one in meeting.followups])
        self.followups.setVisible(bool(meeting.followups))
        self.no_followups.setVisible(not meeting.followups)

    def offer_letter(self, blank: Letter) -> None:
        """A new letter of the meeting begins with these values."""
        self._blank_letter = blank

    def show_tab(self, number: int) -> None:
        """Show the tab with the cursor in its first field."""
        self.setCurrentIndex(number)
        starts = (self.agenda.table, self.head, self.followups, self.minutes, self.letters)
        start = starts[number]
        if isinstance(start, Form):
            next(iter(start.cells.values())).control.reveal()
        else:
            start.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- what is typed ---

    def collect(self) -> Meeting:
        """The meeting with everything that was typed and can be used."""
        if self._meeting is None:
            raise RuntimeError("no meeting is shown")
        meeting = self.minutes.apply(self.head.apply(self._meeting))
        came, own = self.attendees.value_rows(), self.letters.value_rows()
        return msgspec.structs.replace(meeting, items=self.agenda.items(), attendees=came, letters=own)

    def unsaved(self) -> bool:
        """Whether anything was typed that is not saved."""
        return self._meeting is not None and (self.collect() != self._stored or bool(self.faults(strict=False)))

    def faults(self, *, strict: bool) -> list[tuple[int, Fault]]:
        """What cannot be used, with the number of its tab; strict: also what is missing."""
        found = [(AGENDA, fault) for fault in self.agenda.faults()]
        found += [(HELD, fault) for fault in self.head.faults(strict=strict)]
        found += [(HELD, fault) for fault in self.attendees.inner_faults(strict=strict)]
        return found + [(LETTERS, fault) for fault in self.letters.inner_faults(strict=strict)]

    def half_typed(self) -> dict[str, str]:
        """The texts that cannot be used yet, such as half a date, by their place; `put_back` puts them there again."""
        found = {}
        for tab, fault in self.faults(strict=False):
            form, row, path = self._place(tab, fault.path)
            text = form.text_at(path)
            if text is not None:
                found[f"{tab}|{row}|{path}"] = text
        return found

    def put_back(self, texts: Mapping[str, str]) -> None:
        """Put texts that cannot be used yet back into their fields."""
        for place, text in texts.items():
            tab, row, path = place.split("|")
            if int(tab) == AGENDA and int(row) < len(self.agenda.items()):
                self.agenda.choose(int(row))
            elif int(tab) == LETTERS:
                self.letters.inner_form(f"[{row}]")
            self._place(int(tab), path)[0].put_text(path, text)

    def _place(self, tab: int, path: str) -> tuple[Form, int, str]:
        """The form in which the path lies, the row that it shows, and the rest of the path."""
        if tab == AGENDA:
            return self.agenda.form, self.agenda.row(), path
        if tab == LETTERS:
            row, _, rest = path.removeprefix("[").partition("].")
            return self.letters.form, int(row) if row.isdigit() else 0, rest or path
        return self.head, 0, path

    def reveal(self, tab: int, path: str) -> None:
        """Put the cursor into the field of the path."""
        self.setCurrentIndex(tab)
        if tab == AGENDA:
            self.agenda.edit(path)
        elif tab == LETTERS:
            self.letters.reveal(path)
        elif path.startswith("["):
            self.attendees.reveal(path)
        else:
            self.head.reveal(path)

    def _all_came(self) -> None:
        """Everybody who is named came."""
        given = (one for one in self.attendees.value_rows() if isinstance(one, Attendee))
        self.attendees.show_value(tuple(msgspec.structs.replace(one, present=True) if one.name else one for one in given))
        self.changed.emit()

    def _lock_issued(self, *_: object) -> None:
        """What has a number is read, not written."""
        one, form = self.letters.current(), self.letters.form
        issued, focused = isinstance(one, Letter) and bool(one.number), QApplication.focusWidget()
        if issued and focused is not None and form.isAncestorOf(focused):
            self.letters.table.setFocus(Qt.FocusReason.OtherFocusReason)
        form.setEnabled(not issued)

    def letter_row(self) -> int:
        """The place of the chosen letter among those of the meeting, -1 if none is chosen or nothing is written in it."""
        chosen = self.letters.current()
        return next((at for at, one in enumerate(self.letters.value_rows()) if one is chosen), -1)

    def _issue(self) -> None:
        self._ask_for(self.issue_asked.emit)

    def _print(self) -> None:
        self._ask_for(self.letter_asked.emit)

    def _ask_for(self, ask: Callable[[int], None]) -> None:
        row = self.letter_row()
        if row < 0:
            self.letters.reveal()
        else:
            ask(row)


def _lay(page: QWidget, parts: Sequence[QWidget]) -> None:
    column = QVBoxLayout(page)
    column.setSpacing(round(em(page) * 0.5))
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)


def _figures(figures: Figures) -> str:
    return visible(
        f"本期新登记 {figures.new:,} 件，其中已办结 {figures.ended:,} 件。\n"
        f"现有在办 {figures.open:,} 件：高风险 {figures.high:,}，中风险 {figures.middle:,}，"
        f"低风险 {figures.low:,}，未评定 {figures.unrated:,}。\n"
        f"逾期纠纷 {figures.overdue:,} 件；三单一函逾期未反馈 {figures.letters_overdue:,} 份。"
    )
