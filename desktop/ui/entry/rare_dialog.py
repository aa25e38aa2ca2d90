"""生僻字: a character that no input method has, by its parts (拆字) or by its code point."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.domain.character_parts import read_parts
from desktop.services.characters import find
from desktop.ui.entry.glyph_button import GlyphButton
from desktop.ui.theme import em

ON_PAGE = 9
_COLUMNS = 5
_HELP = "把字拆成打得出的几个部分，如 䶮 打“龙天”；偏旁可打整字（水＝氵）。\n也可以打字的编码，如 U+4DAE。"
_NONE = "没有找到。请少打一个部分，或换一种拆法，也可改用编码。"
_BAD_CODE = "没有这个编码的字，请核对，例如 U+2CE18。"
_MOST_STROKES = 64


class RareDialog(QDialog):
    """Asks for a rare character; `chosen` carries it, the dialog closes after it."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("生僻字")
        self._found: tuple[str, ...] = ()
        self._page = 0
        self.query = _line("拆字或编码", "如 龙天，或 U+4DAE")
        self.strokes = _line("总笔画", "可不填")
        self.told = _label("fact")
        self.buttons = [GlyphButton(number) for number in range(1, ON_PAGE + 1)]
        self.back = self._page_button("上一页  PgUp", -1)
        self.more = self._page_button("下一页  PgDn", 1)
        self._lay_out()
        for line in (self.query, self.strokes):
            line.textChanged.connect(self._search)
            line.installEventFilter(self)
        for button in self.buttons:
            button.installEventFilter(self)
            button.clicked.connect(lambda _=False, button=button: self._choose(button))
        self._search()

    def _page_button(self, text: str, step: int) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its key works everywhere in the dialog
        button.clicked.connect(lambda: self._turn(step))
        return button

    def _lay_out(self) -> None:
        fields = QGridLayout()
        for column, line in enumerate((self.query, self.strokes)):
            label = QLabel(f"{line.accessibleName()}(&{'QB'[column]})")
            label.setProperty("role", "label")
            label.setBuddy(line)
            fields.addWidget(label, 0, column)
            fields.addWidget(line, 1, column)
        fields.setColumnStretch(0, 1)
        self.strokes.setFixedWidth(round(em(self) * 5))
        candidates = QWidget()
        grid = QGridLayout(candidates)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(round(em(self) * 0.3))
        for place, button in enumerate(self.buttons):
            grid.addWidget(button, place // _COLUMNS, place % _COLUMNS)
        size = self.buttons[0].sizeHint()
        candidates.setFixedSize((size.width() + grid.spacing()) * _COLUMNS, size.height() * 2 + grid.spacing())
        grid.setRowStretch(2, 1)
        grid.setColumnStretch(_COLUMNS, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(*[round(em(self) * 0.7)] * 4)
        page.setSpacing(round(em(self) * 0.4))
        page.addLayout(fields)
        page.addWidget(self.told)
        page.addWidget(candidates)
        page.addLayout(self._closing())
        page.addStretch(1)
        self.told.setFixedSize(candidates.width(), round(em(self) * 2.1))  # room for two lines: nothing moves while one types
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        page.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)

    def _closing(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addWidget(self.more)
        row.addStretch(1)
        cancel = QPushButton("取消  Esc")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        row.addWidget(cancel)
        return row

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._on_key(watched, event)

    def _on_key(self, watched: QObject, event: QKeyEvent) -> bool:
        """What a key does; digits choose unless they belong to a code point or a number of strokes."""
        key, alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        place = key - Qt.Key.Key_1
        if 0 <= place < ON_PAGE and (alt or self._digits_choose(watched)):
            self._choose(self.buttons[place])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(watched if isinstance(watched, GlyphButton) else self.buttons[0])
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._turn(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Right):
            return self._move(watched, Qt.Key(key))
        else:
            return False
        return True

    def _digits_choose(self, watched: QObject) -> bool:
        return isinstance(watched, GlyphButton) or (watched is self.query and bool(read_parts(self.query.text())))

    def _move(self, watched: QObject, key: Qt.Key) -> bool:
        """The arrows walk over the candidates; down leads from the line to the first."""
        if not isinstance(watched, GlyphButton):
            if key != Qt.Key.Key_Down or not self._found:
                return False
            self.buttons[0].setFocus()
            return True
        here = self.buttons.index(watched)
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -_COLUMNS, Qt.Key.Key_Down: _COLUMNS}[key]
        if here + step < 0:
            self.query.setFocus()
        elif here + step < len(self._shown()):
            self.buttons[here + step].setFocus()
        return True

    def _shown(self) -> tuple[str, ...]:
        return self._found[self._page * ON_PAGE : (self._page + 1) * ON_PAGE]

    def _turn(self, step: int) -> None:
        last = max((len(self._found) - 1) // ON_PAGE, 0)
        self._page = min(max(self._page + step, 0), last)
        self._renew()

    def _choose(self, button: GlyphButton) -> None:
        if button.character:
            self.chosen.emit(button.character)
            self.accept()

    def _search(self) -> None:
        number = self.strokes.text().strip()
        strokes = int(number) if number.isascii() and number.isdigit() else 0
        self._found = find(self.query.text(), min(strokes, _MOST_STROKES))
        self._page = 0
        self._renew()

    def _renew(self) -> None:
        shown = self._shown()
        for place, button in enumerate(self.buttons):
            button.show_character(shown[place] if place < len(shown) else "")
        self.back.setVisible(self._page > 0)
        self.more.setVisible(len(self._found) > (self._page + 1) * ON_PAGE)
        self.told.setText(self._message())

    def _message(self) -> str:
        text = self.query.text().strip()
        if not text:
            return _HELP
        if not self._found:
            return _NONE if read_parts(text) else _BAD_CODE if len(text) >= 4 else "请继续打。"
        if len(self._found) == 1 and not self.buttons[0].prints():
            return f"“{self._found[0]}”随附的字库里没有，打印不出来；按回车仍可写入。"
        pages = (len(self._found) - 1) // ON_PAGE + 1
        where = f"，第{self._page + 1}页，共{pages}页" if pages > 1 else ""
        return f"找到{len(self._found)}个字{where}。按 1–9 选字，回车选第一个。"


def _line(name: str, hint: str) -> QLineEdit:
    line = QLineEdit()
    line.setAccessibleName(name)
    line.setPlaceholderText(hint)
    return line


def _label(role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    label.setWordWrap(True)
    return label
