"""三单一函: the letters of a case. What was issued can only be read; its course stands in `desktop.ui.letters.case_letters`."""

from PySide6.QtCore import QEvent, QObject

from desktop.domain.letter import Letter
from desktop.ui.case.reading import Reading
from desktop.ui.entry.form import Field
from desktop.ui.entry.record_list import Column, RecordList
from desktop.ui.letters.fields import LETTER, follow_kind


class LetterList(RecordList):
    """The letters of the case; one that has its number is locked (domain.md 1.5)."""

    def __init__(self) -> None:
        columns = (
            Column("种类", lambda letter: letter.kind),
            Column("文号", lambda letter: letter.number or "（签发后编号）"),
            Column("主送单位", lambda letter: letter.to or "", wide=True),
            Column("时限", lambda letter: str(letter.due_on or "")),
        )
        self._held: Reading | None = None
        super().__init__("文书", columns, LETTER, lambda _: Letter(kind="任务单"), watch=follow_kind)

    def locked(self) -> bool:
        """Whether the letter that is shown was issued."""
        letter = self.current()
        return isinstance(letter, Letter) and bool(letter.number)

    def drop(self) -> None:
        """Take the chosen letter out, unless it was issued."""
        if not self.locked():
            super().drop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.add_button and event.type() == QEvent.Type.Show:
            self._lock()  # the whole page was to be read only, and is not any more
        return super().eventFilter(watched, event)

    def _show_row(self, row: int) -> None:
        super()._show_row(row)
        self._lock()

    def _lock(self) -> None:
        """Let the letter be read only if it was issued; where the whole page is, nothing changes."""
        if self.add_button.isHidden():
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
