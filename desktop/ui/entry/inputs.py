"""Controls for one value each: they show it, give it back, and say in one sentence what is wrong with what was typed."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QElapsedTimer, QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QDropEvent, QFocusEvent, QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QCompleter, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.text import normalized
from desktop.domain.typed_text import is_table, with_middle_dots
from desktop.ui.entry.around import move_on, table_taker_around
from desktop.ui.entry.clipboard import pasted
from desktop.ui.entry.note import Note, doubt_about, doubtful
from desktop.ui.entry.rare import KEY, KEY_CODE, ask_rare


@dataclass(frozen=True)
class Fault:
    """Something typed that cannot be used: the path of its field and one sentence."""

    path: str
    sentence: str


class Input(QWidget):
    """A control for one value. `changed` comes with every keystroke; `fault` is "" while the value can be used."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2)

    def show_value(self, value: object) -> None:
        """Show the value; None is shown as empty."""
        raise NotImplementedError

    def value(self) -> object:
        """What is typed; None when nothing is. Only meaningful while there is no fault."""
        raise NotImplementedError

    def fault(self) -> str:
        """Why what is typed cannot be used, as one sentence, or ""."""
        return ""

    def inner_faults(self, *, strict: bool) -> list[Fault]:  # noqa: ARG002 -- for those that have parts
        """What is wrong inside a value that has parts, by the rest of the path; strict: missing parts as well."""
        return []

    def own_notes(self, notes: dict[str, str]) -> None:
        """Take the notes about parts of the value, by the rest of their path; a control without parts has none."""

    def reveal(self, rest: str = "") -> None:  # noqa: ARG002 -- for those that have parts
        """Put the cursor here; `rest` is the path inside the value."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def mark_wrong(self, wrong: bool) -> None:
        """Draw the frame of the control as wrong or right."""
        control = self.focusProxy()
        if control is not None and bool(control.property("wrong")) != wrong:
            control.setProperty("wrong", wrong)
            control.style().polish(control)

    def _put(self, control: QWidget) -> None:
        self.column.addWidget(control)
        self.setFocusProxy(control)


class Line(QLineEdit):
    """A line of text that takes the next one with Enter, unless it is the only one.

    What is pasted becomes one clean line; `told` carries a sentence about what could not be taken over. F12 opens the rare characters.
    """

    left = Signal()
    told = Signal(str)
    moves_on = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.moves_on and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            move_on(self)
        elif event.key() == KEY_CODE:
            ask_rare(self)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.take(QApplication.clipboard().mimeData())
        else:
            super().keyPressEvent(event)

    def take(self, source: QMimeData | None) -> None:
        """Insert what the source has for one line of text; a table is offered to the list around that understands it."""
        table = source.text() if source is not None and source.hasText() else ""
        taker = table_taker_around(self) if is_table(table) and not self.isReadOnly() else None
        if taker is not None and taker.takes_table(table):
            return
        found = pasted(source, single=True)
        self.put(found.text)
        self.told.emit(found.sentence)

    def put(self, text: str) -> None:
        """Insert the text at the cursor as if it were typed."""
        if text and not self.isReadOnly():
            self.insert(text)
            self.textEdited.emit(self.text())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        for action in menu.actions():
            if action.objectName() == "edit-paste":
                action.triggered.disconnect()
                action.triggered.connect(lambda: self.take(QApplication.clipboard().mimeData()))
        menu.addSeparator()
        menu.addAction(f"生僻字…\t{KEY}", lambda: ask_rare(self))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def dropEvent(self, event: QDropEvent) -> None:
        if event.source() is self:
            super().dropEvent(event)
            return
        self.setCursorPosition(self.cursorPositionAt(event.position().toPoint()))
        self.take(event.mimeData())
        event.acceptProposedAction()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class Text(Input):
    """One line of text, in NFC and without blanks at its ends. Characters that cannot print are kept, and doubted beneath it."""

    def __init__(self, hint: str = "", suggestions: Sequence[str] = ()) -> None:
        super().__init__()
        self._suggestions: list[str] = []
        self._note: Note | None = None
        self._told = ""
        self.line = Line()
        self.line.setPlaceholderText(hint)
        self.line.textEdited.connect(self._on_edit)
        self.line.textChanged.connect(self._renew_note)
        self.line.told.connect(self._tell)
        self._put(self.line)
        if suggestions:
            self.suggest(suggestions)

    @property
    def note(self) -> Note:
        """The line beneath the field."""
        if self._note is None:
            self._note = Note()
            at = self.column.indexOf(self.line)
            self.column.insertWidget(at + 1 if at >= 0 else self.column.count(), self._note)
        return self._note

    def suggest(self, suggestions: Sequence[str]) -> None:
        """Offer these texts while one types a part of them."""
        if list(suggestions) == self._suggestions:
            return
        self._suggestions = list(suggestions)
        completer = QCompleter(self._suggestions, self.line)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self.changed)
        self.line.setCompleter(completer)

    def show_value(self, value: object) -> None:
        text = "" if value is None else str(value)
        if text != self.line.text():
            self._told = ""
            self.line.setText(text)
            self.line.setCursorPosition(0)

    def value(self) -> object:
        return self.text() or None

    def text(self) -> str:
        """What is typed, normalized."""
        return normalized(self.line.text()).strip()

    def explanation(self) -> str:
        """What was understood, to stand beneath the field."""
        return ""

    def doubt(self) -> str:
        """What is doubtful in the text though it can be used, as one sentence, or ""."""
        return doubt_about(doubtful(self.line.text()))

    def _on_edit(self) -> None:
        self._told = ""
        self.changed.emit()
        self._renew_note()

    def _tell(self, sentence: str) -> None:
        self._told = sentence
        self._renew_note()

    def _renew_note(self) -> None:
        told, doubt = self.explanation(), self._told or self.doubt()
        if told or doubt or self._note:
            self.note.say(told, doubt)


class Name(Text):
    """The name of a person: whatever mark was typed between its parts becomes `·` (U+00B7), on the screen when the field is left.

    A name that nobody touched stays as it was written.
    """

    def __init__(self, hint: str = "", suggestions: Sequence[str] = ()) -> None:
        super().__init__(hint, suggestions)
        self.line.left.connect(self._tidy)

    def text(self) -> str:
        found = super().text()
        return with_middle_dots(found) if self.line.isModified() else found

    def _tidy(self) -> None:
        name = self.text()
        if self.line.isModified() and name != self.line.text():
            self.line.setText(name)
            self.changed.emit()


class Password(Text):
    """A line that shows dots."""

    def __init__(self, hint: str = "") -> None:
        super().__init__(hint)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)

    def text(self) -> str:
        return self.line.text()

    def doubt(self) -> str:
        return ""


class Names(Text):
    """Several names on one line, separated by 、."""

    def show_value(self, value: object) -> None:
        super().show_value("、".join(value) if isinstance(value, tuple) else "")

    def value(self) -> object:
        marks = str.maketrans("，,；;", "、、、、")
        return tuple(name.strip() for name in self.text().translate(marks).split("、") if name.strip())


class Flag(Input):
    """A tick: True or not said."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.box = QCheckBox(text)
        self.box.toggled.connect(self.changed)
        self.box.installEventFilter(self)
        self._put(self.box)

    def show_value(self, value: object) -> None:
        self.box.blockSignals(True)
        self.box.setChecked(bool(value))
        self.box.blockSignals(False)

    def value(self) -> object:
        return True if self.box.isChecked() else None

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        return _enter_moves_on(self.box, event)


class _Picker(QComboBox):
    """A picker that takes the first letters of an entry's pinyin, or its number, and that the mouse wheel does not change in passing."""

    def __init__(self) -> None:
        super().__init__()
        self._typed = ""
        self._since = QElapsedTimer()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text().lower()
        held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if held or not (typed.isascii() and typed.isalnum()):
            super().keyPressEvent(event)
        elif place := self._meant(typed):
            self.setCurrentIndex(place)

    def _meant(self, typed: str) -> int:
        """The entry for what was typed in one go; the same letter again goes on to the next; 0 for none."""
        going_on = self._since.isValid() and self._since.restart() < QApplication.keyboardInputInterval()
        self._since.start()
        self._typed = self._typed + typed if going_on else typed
        if self._typed.isdigit():
            return int(self._typed) if int(self._typed) < self.count() else 0
        places = self._beginning(self._typed)
        if len(self._typed) > 1 and places:
            return places[0]
        if not places:
            self._typed, places = typed, self._beginning(typed)
        return next((place for place in places if place > self.currentIndex()), places[0] if places else 0)

    def _beginning(self, letters: str) -> list[int]:
        from desktop.services.characters import first_letters

        return [n for n in range(self.count()) if any(way.startswith(letters) for way in first_letters(self.itemText(n)))]


class Choice(Input):
    """One of several codes. The first line is empty unless one must be taken and the value is there already."""

    def __init__(self, options: Sequence[str], labels: Sequence[str] = (), *, values: Sequence[object] = ()) -> None:
        super().__init__()
        self._values: list[object] = [None, *(values or options)]
        self.box = _Picker()
        self.box.addItems(["", *(labels or options)])
        self.box.setMaxVisibleItems(20)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(3)
        self.box.currentIndexChanged.connect(self.changed)
        self.box.installEventFilter(self)
        self._put(self.box)

    def show_value(self, value: object) -> None:
        value = None if value == "" else value
        self.box.blockSignals(True)
        if value not in self._values:  # what another office chose is kept, though this one does not offer it
            self._values.append(value)
            self.box.addItem(str(value))
        self.box.setCurrentIndex(self._values.index(value))
        self.box.blockSignals(False)

    def value(self) -> object:
        return self._values[max(self.box.currentIndex(), 0)]

    def offer(self, options: Sequence[str]) -> None:
        """Offer these instead; what is chosen stays chosen."""
        chosen = self.value()
        self._values = [None, *options]
        self.box.blockSignals(True)
        self.box.clear()
        self.box.addItems(["", *options])
        self.box.blockSignals(False)
        self.show_value(chosen)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        return _enter_moves_on(self.box, event)


def _enter_moves_on(control: QWidget, event: QEvent) -> bool:
    if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        move_on(control)
        return True
    return False
