"""Controls for texts of several lines."""

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from desktop.domain.text import normalized
from desktop.ui.entry.around import move_on
from desktop.ui.entry.clipboard import acceptable, pasted
from desktop.ui.entry.inputs import Input
from desktop.ui.entry.note import Note, doubt_about, doubtful
from desktop.ui.entry.rare import KEY_CODE, ask_rare
from desktop.ui.theme import em


class _Area(QPlainTextEdit):
    """A text area: Tab and Ctrl+Enter move on, Enter makes a line, F12 opens the rare characters.

    The wheel scrolls the page when the text ends. `told` carries a sentence about what of a pasted content could not be taken over.
    """

    told = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            move_on(self)
        elif event.key() == KEY_CODE:
            ask_rare(self)
        else:
            super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return acceptable(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        found = pasted(source, single=False)
        if found.text:
            self.insertPlainText(found.text)
            self.ensureCursorVisible()
        self.told.emit(found.sentence)


class LongText(Input):
    """Several lines of text; the area grows with it. Characters that cannot print are kept, and doubted beneath it."""

    def __init__(self, rows: int = 4, hint: str = "") -> None:
        super().__init__()
        self._rows = rows
        self._told = ""
        self._note: Note | None = None
        self.area = _Area()
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.area.setTabChangesFocus(True)
        self.area.setPlaceholderText(hint)
        self.area.textChanged.connect(self._on_edit)
        self.area.told.connect(self._tell)
        self._put(self.area)
        self.area.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    @property
    def note(self) -> Note:
        """The line beneath the area."""
        if self._note is None:
            self._note = Note()
            self.column.addWidget(self._note)
        return self._note

    def _on_edit(self) -> None:
        self._told = ""
        self.changed.emit()
        self._renew_note()

    def _tell(self, sentence: str) -> None:
        self._told = sentence
        self._renew_note()

    def _renew_note(self) -> None:
        doubt = self._told or doubt_about(doubtful(self.area.toPlainText()))
        if doubt or self._note:
            self.note.say("", doubt)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        """As high as the text, from `rows` to `rows` + 8 lines."""
        lines = self.area.document().documentLayout().documentSize().height()
        height = round(em(self) * (min(max(lines, self._rows), self._rows + 8) + 1))
        if height != self.area.height():
            self.area.setFixedHeight(height)

    def show_value(self, value: object) -> None:
        self._set("" if value is None else str(value))

    def _set(self, text: str) -> None:
        if text == self._raw():
            return
        self.area.blockSignals(True)
        self.area.setPlainText(text)
        self.area.moveCursor(QTextCursor.MoveOperation.Start)
        self.area.blockSignals(False)
        self._tell("")

    def _raw(self) -> str:
        document = self.area.document()
        return "\n".join(document.findBlockByNumber(number).text() for number in range(document.blockCount()))

    def value(self) -> object:
        return normalized(self._raw().replace("\u2028", "\n")).strip() or None


class Lines(LongText):
    """Several texts, one a line; Shift+Enter breaks a line inside a text."""

    def show_value(self, value: object) -> None:
        texts = value if isinstance(value, tuple) else ()
        self._set("\n".join(str(text).replace("\n", "\u2028") for text in texts))

    def value(self) -> object:
        lines = (normalized(line.replace("\u2028", "\n")).strip() for line in self._raw().split("\n"))
        return tuple(line for line in lines if line)
