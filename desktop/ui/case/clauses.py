"""The clauses of an agreement as lines of one text: put in from the library, moved up and down, kept in the library."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextBlock, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QPushButton

from desktop.domain.agreement import Clause
from desktop.ui.button_row import ButtonRow
from desktop.ui.case.blanks import go_to_blank, watch_blanks
from desktop.ui.case.library_door import KEEP_KEY, KEY, door_of
from desktop.ui.context import button
from desktop.ui.entry.long_text import Lines

_ALT = Qt.KeyboardModifier.AltModifier


def paired(old: Sequence[Clause], texts: Sequence[str]) -> tuple[Clause, ...]:
    """The texts as clauses that keep the identity of the old ones: the same text first, wherever it went, then changed ones by place."""
    found: list[Clause] = []
    matcher = SequenceMatcher(None, [clause.text for clause in old], texts, autojunk=False)
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind == "equal":
            found += old[old_from:old_to]
            continue
        ids = [clause.id for clause in old[old_from:old_to] if clause.text not in texts]
        ids += [""] * (new_to - new_from)
        found += [Clause(id=name, text=text) for name, text in zip(ids, texts[new_from:new_to], strict=False)]
    return _with_moved(old, found)


def _with_moved(old: Sequence[Clause], found: list[Clause]) -> tuple[Clause, ...]:
    """Clauses that only went to another place get their identity back."""
    kept = {clause.id for clause in found}
    left = [clause for clause in old if clause.id not in kept]
    for place, clause in enumerate(found):
        same = next((one for one in left if not clause.id and one.text == clause.text), None)
        if same is not None:
            left.remove(same)
            found[place] = same
    return tuple(found)


class Clauses(Lines):
    """One clause a line; the numbers are printed by the program."""

    def __init__(self) -> None:
        super().__init__(6, "一行写一条，不用写序号；Enter 另起一条，Shift+Enter 在一条之内换行")
        self._old: tuple[Clause, ...] = ()
        self.area.installEventFilter(self)
        watch_blanks(self.area)
        self.buttons = ButtonRow(
            (
                _button(f"条款库  {KEY}", self._open_library),
                _button(f"存入条款库  {KEEP_KEY}", self._keep),
                _button("上移  Alt+↑", lambda: self.shift(up=True)),
                _button("下移  Alt+↓", lambda: self.shift(up=False)),
            )
        )
        self.column.addWidget(self.buttons)

    def show_value(self, value: object) -> None:
        self._old = value if isinstance(value, tuple) else ()
        super().show_value(tuple(clause.text for clause in self._old))

    def value(self) -> object:
        texts = super().value()
        return paired(self._old, texts if isinstance(texts, tuple) else ())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.area and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            moves = event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == _ALT
            if moves:
                self.shift(up=event.key() == Qt.Key.Key_Up)
            return moves
        return False

    def shift(self, *, up: bool) -> None:
        """Change places with the clause above or below."""
        cursor = self.area.textCursor()
        block = cursor.block()
        other = block.previous() if up else block.next()
        if self.area.isReadOnly() or not other.isValid():
            return
        column, text = cursor.positionInBlock(), block.text()
        cursor.beginEditBlock()
        _write(cursor, block, other.text())
        other = self.area.document().findBlockByNumber(block.blockNumber() + (-1 if up else 1))
        _write(cursor, other, text)
        cursor.setPosition(other.position() + column)
        cursor.endEditBlock()
        self.area.setTextCursor(cursor)

    def put_in(self, text: str) -> None:
        """Put a clause on the line of the cursor if that is empty, otherwise on a line after it, and go to its first blank."""
        cursor = self.area.textCursor()
        cursor.beginEditBlock()
        if cursor.block().text().strip():
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            cursor.insertBlock()
        else:
            cursor.select(QTextCursor.SelectionType.LineUnderCursor)
        start = cursor.block().position()
        cursor.insertText(text.replace("\n", "\u2028"))
        cursor.endEditBlock()
        self.area.setTextCursor(cursor)
        self.area.setFocus(Qt.FocusReason.OtherFocusReason)
        go_to_blank(self.area, start)

    def line(self) -> str:
        """The clause in which the cursor stands."""
        return self.area.textCursor().block().text().replace("\u2028", "\n").strip()

    def _open_library(self) -> None:
        if door := door_of(self):
            door.open_for(self)

    def _keep(self) -> None:
        if door := door_of(self):
            door.keep_of(self)


def _button(text: str, slot: object) -> QPushButton:
    """A button for the mouse: the keyboard has its keys, and Ctrl+Enter in the text goes past it."""
    made = button(text, slot)  # type: ignore[arg-type]  # any callable
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made


def _write(cursor: QTextCursor, block: QTextBlock, text: str) -> None:
    cursor.setPosition(block.position())
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(text)


def clauses_of(area: QPlainTextEdit) -> Clauses | None:
    """The control that the area belongs to, if it is one of clauses."""
    parent = area.parent()
    return parent if isinstance(parent, Clauses) else None
