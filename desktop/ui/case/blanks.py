"""Tab jumps through the blanks ＿＿ of a text that came from the library."""

from PySide6.QtCore import QEvent, QObject, QRegularExpression, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit

from desktop.domain.library import BLANKS

_FORWARD = Qt.Key.Key_Tab
_BACK = Qt.Key.Key_Backtab


class Blanks(QObject):
    """Watches one text area: while a blank follows the cursor, Tab goes there; after the last one it leaves the area as usual."""

    def __init__(self, area: QPlainTextEdit) -> None:
        super().__init__(area)
        self._area = area
        area.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._area and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == _FORWARD and not event.modifiers():
                return go_to_blank(self._area)
            if event.key() == _BACK:
                return go_to_blank(self._area, back=True)
        return False


def go_to_blank(area: QPlainTextEdit, start: int | None = None, *, back: bool = False) -> bool:
    """Select the first blank after the place (the last before it), which is the cursor unless one is named; False if there is none."""
    cursor = area.textCursor()
    if start is None:
        start = cursor.selectionStart() if back else cursor.selectionEnd()
    options = QTextDocument.FindFlag.FindBackward if back else QTextDocument.FindFlag(0)
    found: QTextCursor = area.document().find(QRegularExpression(BLANKS), start, options)
    if found.isNull():
        return False
    area.setTextCursor(found)
    area.ensureCursorVisible()
    return True


def watch_blanks(area: QPlainTextEdit) -> None:
    """Let Tab jump through the blanks of the area, once."""
    if area.findChild(Blanks) is None:
        Blanks(area)
