"""The course of the letters of one case, above their fields: which letter, what happened to it, what can be done now."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QVBoxLayout, QWidget

from desktop.domain.case import Case
from desktop.domain.letter import Letter
from desktop.domain.letter_course import days_overdue, state
from desktop.services import cases
from desktop.ui.button_row import ButtonRow
from desktop.ui.context import Context, Notice, button, heading
from desktop.ui.letters.card import LetterCard, enter_presses
from desktop.ui.letters.dialogs import incoming_dialog, letter_dialog
from desktop.ui.visible import visible

KEYS = ("F6", "Alt+K", "Alt+L", "Alt+M")
"""Of the buttons that begin a letter, in the order of the kinds; F6 begins something on every tab."""


class CaseLetters(QWidget):
    """A picker of the case's letters and the card of the chosen one.

    `changed` carries the case as a step left it, `picked` the id of the letter that is chosen.
    `ready` gives the case as it is saved, after saving what was typed; None if that cannot be.
    """

    changed = Signal(object)
    picked = Signal(str)

    def __init__(self, context: Context, notice: Notice, ready: Callable[[], Case | None]) -> None:
        super().__init__()
        self._context, self._notice, self._ready = context, notice, ready
        self._case: Case | None = None
        self.drafts = [button("起草", partial(self.draft, number), key=key, drawing="add") for number, key in enumerate(KEYS)]
        self.incoming = button("登记来文", self.take_in, key="Alt+W")
        self._drafts = ButtonRow((*self.drafts, self.incoming))
        self._kinds: list[str] = []
        self.picker = QComboBox()
        self.picker.setAccessibleName("办理哪份文书")
        self.picker.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.picker.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.card = LetterCard(context, notice, ready)
        self.card.changed.connect(self.changed)
        frame = QFrame()
        frame.setProperty("role", "group")
        inner = QVBoxLayout(frame)
        inner.addWidget(heading("起草与流转", "head"))
        inner.addWidget(self._drafts)
        inner.addWidget(self.picker)
        inner.addWidget(self.card)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(frame)
        self.picker.currentIndexChanged.connect(lambda _: self._show_card())

    def show_case(self, case: Case) -> None:
        """Show the letters of the case as it is saved; the letter that was chosen stays chosen."""
        kept = self.picker.currentData()
        self._case = case
        today = self._context.desk.today()
        self.picker.blockSignals(True)
        self.picker.clear()
        for letter in case.letters:
            self.picker.addItem(visible(_named(case, letter.id, today)), letter.id)
        row = self.picker.findData(kept)
        self.picker.setCurrentIndex(row if row >= 0 else len(case.letters) - 1)
        self.picker.blockSignals(False)
        self.picker.setVisible(len(case.letters) > 1)
        self._offer(case)
        self._show_card()
        self.setVisible(bool(self._kinds or case.letters))

    def choose(self, letter_id: str) -> None:
        """Show this letter; one that is not saved yet has nothing to be shown."""
        row = self.picker.findData(letter_id)
        if row >= 0:
            self.picker.setCurrentIndex(row)

    def chosen(self) -> str:
        """The id of the letter that is shown."""
        return str(self.picker.currentData() or "")

    def begin(self, number: int) -> bool:
        """Show the letter with this number among those of the case, the cursor on what is to be done; False where nothing is."""
        if not 0 <= number < self.picker.count():
            return False
        self.picker.setCurrentIndex(number)
        return self.card.reveal()

    def reveal(self) -> bool:
        """Put the cursor on what is to be done with the chosen letter, or on what begins one; False where nothing can be done."""
        if self.card.reveal():
            return True
        if may := bool(self._kinds):
            self.drafts[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return may

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button with the cursor; from the picker it leads to what is to be done."""
        leads_on = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.picker.hasFocus()
        if not enter_presses(event) and not (leads_on and self.card.reveal()):
            super().keyPressEvent(event)

    def draft(self, number: int) -> None:
        """Write a letter of the kind of that button, with limit and signer filled in; it is kept as a draft."""
        from desktop.services import letters

        case, desk = self._ready(), self._context.desk
        if case is None or number >= len(self._kinds):
            return
        kind = self._kinds[number]
        blank = self._notice.attempt(lambda: letters.blank(desk, case, kind))
        if blank is None:
            return
        told = "先存为草稿，核对以后送签或者签发。主送单位在名录中的，签发后随交换包送到。"
        dialog = letter_dialog(
            self,
            f"起草{kind}",
            blank,
            lambda value: letters.draft(desk, case.id, value),
            told=told,
            yes="存为草稿",
            offices=letters.addressees(desk),
        )
        dialog.keep(self._context, case.id)
        accepted = self._context.asker.accepted(dialog)
        dialog.deleteLater()
        if accepted:
            self._show_new(cases.load(desk, case.id), f"{kind}已存为草稿。")

    def take_in(self) -> None:
        """Register a letter that came on paper."""
        from desktop.services import letters

        case, desk = self._ready(), self._context.desk
        names = [kind.name for kind in self._notice.attempt(lambda: letters.kinds(desk)) or ()]
        if case is None or not names:
            return
        dialog = incoming_dialog(self, Letter(kind=names[0]), lambda value: letters.take_in(desk, case.id, value), names)
        dialog.keep(self._context, case.id)
        accepted = self._context.asker.accepted(dialog)
        dialog.deleteLater()
        if accepted:
            self._show_new(cases.load(desk, case.id), "来文已登记。")

    def _show_new(self, after: Case, told: str) -> None:
        self.changed.emit(after)
        self.choose(after.letters[-1].id)
        self.card.reveal()
        self._notice.done(told)

    def _offer(self, case: Case) -> None:
        """A button for each kind that is written from nothing: what answers or urges another letter is written from that one."""
        from desktop.services import access, letters

        desk = self._context.desk
        found = self._notice.attempt(lambda: letters.kinds(desk)) or ()
        may = not case.id or access.may_write(desk, case.id)
        self._kinds = [kind.name for kind in found if kind.needs_reply and kind.code not in letters.URGING][: len(KEYS)] if may else []
        for number, made in enumerate(self.drafts):
            made.setVisible(number < len(self._kinds))
            if number < len(self._kinds):
                made.setText(f"起草{self._kinds[number]}  {KEYS[number]}")
        self._drafts.setVisible(bool(self._kinds))
        self._drafts.fit()

    def _show_card(self) -> None:
        self.picker.setToolTip(self.picker.currentText())  # a long one is cut short on a narrow page
        self.card.show_letter(self._case if self._case and self._case.id else None, self.chosen())
        self.picked.emit(self.chosen())


def _named(case: Case, letter_id: str, today: date) -> str:
    letter = next(one for one in case.letters if one.id == letter_id)
    late = days_overdue(letter, case.moves, today)
    told = f"逾期{late}天" if late else str(state(letter, case.moves))
    return f"{letter.kind}　{letter.number or '（签发后编号）'}　{told}"
