"""The tabs of the case page. The form of a tab is made, and filled, when it is wanted: all at once would keep the operator waiting."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QScrollArea, QTabWidget, QVBoxLayout, QWidget

from desktop.domain.case import Case
from desktop.domain.codes import LetterKind, choices
from desktop.ui.case.fields import STEP_FIELDS, TABS, WATCHES
from desktop.ui.case.reading import Reading
from desktop.ui.case.scan_tab import ScanTab
from desktop.ui.case.suggestions import offer_hazards, offer_letter_kinds, suggest_parties, tell_moves
from desktop.ui.case.tab_titles import TabTitles
from desktop.ui.entry.form import Form
from desktop.ui.entry.inputs import Fault
from desktop.ui.paper.sheet import Following
from desktop.ui.tab_bar import name_scrollers

SCANS = "附件"
"""The last tab, which has no fields but files: they are added and taken out at once, not with the rest."""


class CaseTabs(QTabWidget):
    """All fields of a case, and its scans. `typed` comes with every keystroke in any of the fields."""

    typed = Signal()

    def __init__(self, case: Case, scans: ScanTab) -> None:
        super().__init__()
        self._case = case
        self._notes: dict[str, str] = {}
        self._names: Sequence[str] = ()
        self._kinds: Sequence[str] = choices(LetterKind)
        self._hazards: Sequence[str] = ()
        self._forms: dict[int, Form] = {}
        self._seen: set[int] = set()
        self._behind: set[int] = set()
        self._reading: Reading | None = None
        self.firsts: dict[int, Callable[[], bool]] = {}
        """What takes the cursor on a tab before its first field, and says whether it did."""
        self.scans = scans
        self._sheets = [_Sheet() for _ in (*TABS, SCANS)]
        self._sheets[-1].take(scans)
        self.setDocumentMode(True)
        self.setUsesScrollButtons(True)
        name_scrollers(self.tabBar())
        titles = [title for title, _ in TABS]
        for number, (sheet, title) in enumerate(zip(self._sheets, (*titles, SCANS), strict=True), start=1):
            self.addTab(sheet, f"{number} {title}")
            QShortcut(QKeySequence(f"Ctrl+{number}"), self, lambda number=number: self.show_tab(number - 1))
        self.titles = TabTitles(self, (*titles, SCANS))
        self.currentChanged.connect(self._on_tab)

    def _on_tab(self, number: int) -> None:
        if number < len(TABS):
            self.form(number)

    def form(self, number: int) -> Form:
        """The form of the tab, made now if there is none yet; from now on its faults count."""
        self._seen.add(number)
        return self._form(number)

    def unmade(self) -> list[int]:
        """The tabs that have no form yet."""
        return [number for number in range(len(TABS)) if number not in self._forms]

    def make_next(self) -> None:
        """Make a form ahead; as long as nobody wants it, what it shows is no fault of anybody."""
        for number in self.unmade()[:1]:
            self._form(number)

    def _form(self, number: int) -> Form:
        if number not in self._forms:
            title, fields = TABS[number]
            made = Form(fields, WATCHES.get(title), self._sheets[number].page)
            self._fill(made)
            made.changed.connect(self.typed)
            self._sheets[number].take(made)
            self._forms[number] = made
            if self._reading:
                self._reading.hold(made)
        elif number in self._behind:
            self._behind.discard(number)
            self._fill(self._forms[number])
            if self._reading:
                self._reading.hold(self._forms[number])
        return self._forms[number]

    def _fill(self, form: Form) -> None:
        tell_moves([form], self._case.moves)
        form.show_value(self._case)
        form.show_notes(self._notes)
        suggest_parties([form], self._names)
        offer_letter_kinds([form], self._kinds)
        offer_hazards([form], self._hazards)

    def _filled(self) -> list[Form]:
        """The forms that show the case; the others show a former one, and nobody sees them."""
        return [form for number, form in self._forms.items() if number not in self._behind]

    def show_case(self, case: Case) -> None:
        """Show the case in the tab in front, in the others as soon as they are wanted."""
        self._case = case
        self._behind = set(self._forms) - {self.currentIndex()}
        tell_moves(self._filled(), case.moves)
        for form in self._filled():
            form.show_value(case)
        self.scans.show_case(case)

    def set_reading(self, *, only: bool, but: Mapping[str, object] | None = None) -> None:
        """Let the fields but those named be read only, or all be typed in again; scans can be looked at either way."""
        if self._reading:
            self._reading.release()
        self._reading = reading = Reading(but) if only else None
        if reading:
            for form in self._filled():
                reading.hold(form)
        for part in (self.scans.add_button, self.scans.paste_button, self.scans.drop_button, self.scans.category):
            part.setEnabled(not only)

    def collect(self) -> Case:
        """The case with everything that was typed and can be used."""
        case = self._case
        for form in self._filled():
            case = form.apply(case)
        return case

    def faults(self, *, strict: bool) -> list[Fault]:
        """What cannot be used, in the order of the tabs; strict: also what is missing."""
        looked_at = self._seen if strict else self._seen - self._behind
        return [fault for number in sorted(looked_at) for fault in self._form(number).faults(strict=strict)]

    def show_tab(self, number: int) -> None:
        """Show the tab and put the cursor into its first field, or where something above it takes the cursor."""
        if number >= len(TABS):
            self.setCurrentIndex(number)
            self.scans.reveal()
            return
        form = self._turn_to(number)
        if number not in self.firsts or not self.firsts[number]():
            next(iter(form.cells.values())).control.reveal()

    def lay_above(self, rows: Mapping[str, QWidget]) -> None:
        """Lay a part, as a rule a row of buttons, above the form of the tab with each title."""
        for (title, _), sheet in zip(TABS, self._sheets, strict=False):
            if title in rows:
                sheet.head(rows[title])

    def show_step(self, name: str) -> None:
        """Show the tab of the step of the course, the cursor in its field."""
        self.reveal(STEP_FIELDS[name])

    def rest_on(self, number: int) -> None:
        """Show the tab with the cursor on its title: no key pressed by chance changes a field."""
        if number < len(TABS):
            self._turn_to(number)
        else:
            self.setCurrentIndex(number)
        self.tabBar().setFocus(Qt.FocusReason.OtherFocusReason)

    def reveal(self, path: str) -> None:
        """Put the cursor into the field of the path."""
        for number, (_, fields) in enumerate(TABS):
            if _head(path) in {field.name for field in fields}:
                self._turn_to(number).reveal(path)

    def _turn_to(self, number: int) -> Form:
        """Bring the form of the tab to the front, filled before it is seen: what is in it is measured and laid out once."""
        form = self.form(number)
        self.setCurrentIndex(number)
        return form

    def knows(self, path: str) -> bool:
        """Whether the path has a field here."""
        return any(field.name == _head(path) for _, fields in TABS for field in fields)

    def show_notes(self, notes: dict[str, str]) -> None:
        """Show the doubts beside their fields, and mark the tabs that have some."""
        self._notes = notes
        for form in self._filled():
            form.show_notes(notes)
        heads = {_head(path) for path in notes}
        self.titles.mark([number for number, (_, fields) in enumerate(TABS) if any(field.name in heads for field in fields)])

    def offer_letter_kinds(self, kinds: Sequence[str]) -> None:
        """Offer the kinds of letters that the office uses."""
        self._kinds = kinds
        offer_letter_kinds(self._filled(), kinds)

    def offer_hazards(self, names: Sequence[str]) -> None:
        """Offer the local names of 六类风险隐患."""
        self._hazards = names
        offer_hazards(self._filled(), names)

    def suggest(self, names: Sequence[str]) -> None:
        """Offer the names where a party is to be named."""
        self._names = names
        suggest_parties(self._filled(), names)


class _Sheet(QScrollArea):
    """White paper that scrolls up and down."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("paper")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.page = QWidget()
        self._column = QVBoxLayout(self.page)
        self._column.addStretch(1)
        self.setWidget(self.page)
        Following(self, self.page, looks_ahead=True)

    def take(self, form: QWidget) -> None:
        """Lay the form on the paper."""
        self._column.insertWidget(self._column.count() - 1, form)

    def head(self, row: QWidget) -> None:
        """Lay the row above everything else."""
        self._column.insertWidget(0, row)


def _head(path: str) -> str:
    return path.partition(".")[0].partition("[")[0]
