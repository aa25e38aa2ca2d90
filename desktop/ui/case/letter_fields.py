"""三单一函: the letters of a case as fields. They begin, and take their course, in `desktop.ui.letters.case_letters`."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent

from desktop.domain.letter import Letter, LetterMove
from desktop.domain.letter_course import days_overdue, deadline, state
from desktop.ui.case.reading import Reading
from desktop.ui.context import heading
from desktop.ui.entry.clock import today_around
from desktop.ui.entry.dates import chinese
from desktop.ui.entry.form import Field
from desktop.ui.entry.record_list import Column, RecordList
from desktop.ui.letters.fields import LETTER, follow_kind
from desktop.ui.theme import em

NONE = "还没有文书，在上面起草或者登记来文。"

_LEFT_OUT = {1: 34}
"""The kind, which stands in the field below too, is shown from so many ems on."""


class LetterList(RecordList):
    """The letters of the case; one that has its number is locked (domain.md 1.5). `picked` carries the id of the one that was chosen."""

    picked = Signal(str)

    def __init__(self) -> None:
        columns = (
            Column("文号", lambda letter: letter.number or "（签发后编号）"),
            Column("种类", lambda letter: letter.kind),
            Column("主送单位", lambda letter: letter.to or "", wide=True),
            Column("时限", lambda letter: chinese(deadline(letter, self._moves))),
            Column("状态", lambda letter: str(state(letter, self._moves))),
            Column("逾期", self._late),
        )
        self._moves: tuple[LetterMove, ...] = ()
        self._held: Reading | None = None
        self._filling = False
        super().__init__("文书", columns, LETTER, lambda _: Letter(kind="任务单"), watch=follow_kind)
        self.add_button.hide()
        self.add_button.setEnabled(False)
        self.column.insertWidget(0, heading("登记的文书", "head"))
        self.drop_button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Enter in the last field leads on, not to it
        self.drop_button.installEventFilter(self)
        self.setFocusProxy(self.table)
        self.empty.setText(NONE)

    def add(self) -> None:
        """A letter begins with the buttons above."""

    def show_moves(self, moves: Iterable[LetterMove]) -> None:
        """Tell where the letters stand, from what happened to them."""
        self._moves = tuple(moves)

    def show_value(self, value: object) -> None:
        self._filling = True
        super().show_value(value)
        self._filling = False

    def choose(self, letter_id: str) -> None:
        """Show the fields of this letter, if it is among them."""
        ids = [letter.id for letter in self._letters()]
        if letter_id in ids and ids.index(letter_id) != self._shown_row and self._may_leave():
            self._go(ids.index(letter_id))

    def _letters(self) -> list[Letter]:
        return [letter for letter in self.model.records if isinstance(letter, Letter)]

    def _late(self, letter: Letter) -> str:
        days = days_overdue(letter, self._moves, today_around(self))
        return f"✕ {days}天" if days else ""

    def _on_row(self, new: QModelIndex, old: QModelIndex) -> None:
        super()._on_row(new, old)
        letter = self.current()
        if isinstance(letter, Letter) and letter.id and not self._filling:
            self.picked.emit(letter.id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.leave_out(self.width() / max(em(self), 1), _LEFT_OUT)

    def locked(self) -> bool:
        """Whether the letter that is shown was issued."""
        letter = self.current()
        return isinstance(letter, Letter) and bool(letter.number)

    def drop(self) -> None:
        """Take the chosen letter out, unless it was issued."""
        if not self.locked():
            super().drop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.drop_button and event.type() == QEvent.Type.Show:
            self._lock()  # the whole page was to be read only, and is not any more
        return super().eventFilter(watched, event)

    def _show_row(self, row: int) -> None:
        super()._show_row(row)
        self._lock()

    def _lock(self) -> None:
        """Let the letter be read only if it was issued; where the whole page is, nothing changes."""
        if self.drop_button.isHidden():
            return
        if self._held:
            self._held.release()
        self._held = Reading() if self.locked() else None
        if self._held:
            self._held.hold(self.form)
        self._fit()

    def _fit(self) -> None:
        super()._fit()
        if self.locked():
            self.drop_button.setEnabled(False)


def letters() -> RecordList:
    """The letters 三单一函."""
    return LetterList()


LETTERS = (Field("letters", "", letters, 6),)
