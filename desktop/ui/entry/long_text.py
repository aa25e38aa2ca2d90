"""Controls for texts of several lines."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from desktop.domain.text import normalized
from desktop.ui.entry.inputs import Input
from desktop.ui.theme import em


class _Area(QPlainTextEdit):
    """A text area: Tab and Ctrl+Enter move on, Enter makes a line; the wheel scrolls the page when the text ends."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.focusNextChild()
            return
        super().keyPressEvent(event)


class LongText(Input):
    """Several lines of text; the area grows with it."""

    def __init__(self, rows: int = 4, hint: str = "") -> None:
        super().__init__()
        self._rows = rows
        self.area = _Area()
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.area.setTabChangesFocus(True)
        self.area.setPlaceholderText(hint)
        self.area.textChanged.connect(self.changed)
        self._put(self.area)
        self.area.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

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
