"""The text of a record: questions and answers take turns, and the outline of the seven elements can be put in."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from desktop.domain.session_elements import OUTLINE, dialogue
from desktop.ui.button_row import ButtonRow
from desktop.ui.case.library_door import KEY, door_of
from desktop.ui.context import button
from desktop.ui.entry.long_text import LongText

OUTLINE_KEY = "F11"
_TURNS = ("问：", "答：")


class RecordText(LongText):
    """What was said. After a line 问：… Enter begins 答：, after 答：… the next 问：; Enter on a line with nothing but that ends it."""

    def __init__(self) -> None:
        super().__init__(9, "写双方怎么说、调解员做了什么；询问的，用“问：”开头，回车后自动接“答：”")
        self.area.installEventFilter(self)
        self.outline_button = button("插入七个要素的提纲", self.put_outline, key=OUTLINE_KEY, drawing="add")
        self.phrase_button = button(f"短语  {KEY}", self._open_phrases)
        for made in (self.outline_button, self.phrase_button):
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.buttons = ButtonRow((self.outline_button, self.phrase_button))
        self.column.addWidget(self.buttons)

    def put_outline(self) -> None:
        """Put the headings at the end of what is written, the cursor below the first."""
        if self.area.isReadOnly():
            return
        cursor = self.area.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        if self.value() is not None:
            cursor.insertBlock()
        start = cursor.position()
        cursor.insertText(OUTLINE)
        cursor.setPosition(start)
        cursor.movePosition(cursor.MoveOperation.NextBlock)
        self.area.setTextCursor(cursor)
        self.area.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_outline_button(self, *, visible: bool) -> None:
        """Offer the outline, or not: a survey has no seven elements."""
        self.outline_button.setVisible(visible)
        self.buttons.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.area and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                return self._take_turns()
        return False

    def _take_turns(self) -> bool:
        """Begin the next line of a questioning; False where it is none."""
        cursor = self.area.textCursor()
        line = cursor.block().text()
        following = dialogue(line)
        if not following or self.area.isReadOnly() or not cursor.atBlockEnd():
            return False
        if line in _TURNS:
            cursor.select(cursor.SelectionType.LineUnderCursor)
            cursor.removeSelectedText()
        else:
            cursor.insertText(f"\n{following}")
        self.area.setTextCursor(cursor)
        self.area.ensureCursorVisible()
        return True

    def _open_phrases(self) -> None:
        self.area.setFocus(Qt.FocusReason.OtherFocusReason)
        if door := door_of(self):
            door.open()
