"""Controls for one value each: they show it, give it back, and say in one sentence what is wrong with what was typed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from PySide6.QtCore import QDate, QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QTextCursor, QWheelEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QCompleter,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.moment import parse_moment
from desktop.domain.money import capitals
from desktop.domain.text import normalized
from desktop.ui.amounts import parse_amount, readable
from desktop.ui.dates import parse_day, parse_minute, weekday
from desktop.ui.icons import icon
from desktop.ui.theme import em

Parse = Callable[[str], object]
Show = Callable[[object], str]


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


class _Line(QLineEdit):
    """A line of text that takes the next one with Enter, unless it is the only one."""

    left = Signal()
    moves_on = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.moves_on and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.focusNextChild()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class Text(Input):
    """One line of text, in NFC and without blanks at its ends."""

    def __init__(self, hint: str = "", suggestions: Sequence[str] = ()) -> None:
        super().__init__()
        self._suggestions: list[str] = []
        self.line = _Line()
        self.line.setPlaceholderText(hint)
        self.line.textEdited.connect(self.changed)
        self._put(self.line)
        if suggestions:
            self.suggest(suggestions)

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
            self.line.setText(text)
            self.line.setCursorPosition(0)

    def value(self) -> object:
        return self.text() or None

    def text(self) -> str:
        """What is typed, normalized."""
        return normalized(self.line.text()).strip()


class Password(Text):
    """A line that shows dots."""

    def __init__(self, hint: str = "") -> None:
        super().__init__(hint)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)

    def text(self) -> str:
        return self.line.text()


class Names(Text):
    """Several names on one line, separated by 、."""

    def show_value(self, value: object) -> None:
        super().show_value("、".join(value) if isinstance(value, tuple) else "")

    def value(self) -> object:
        marks = str.maketrans("，,；;", "、、、、")
        return tuple(name.strip() for name in self.text().translate(marks).split("、") if name.strip())


class Typed(Text):
    """A line that is read by a function: the function raises ValueError for what it cannot read."""

    def __init__(self, hint: str, parse: Parse, show: Show, sentence: str, explain: Show | None = None) -> None:
        super().__init__(hint)
        self._parse, self._show, self._sentence, self._explain = parse, show, sentence, explain
        self.note = QLabel()
        self.note.setProperty("role", "soft")
        self.note.setWordWrap(True)
        self.note.setVisible(False)
        if explain:
            self.column.addWidget(self.note)
            self.changed.connect(self._renew_note)
        self.line.left.connect(self._tidy)

    def show_value(self, value: object) -> None:
        super().show_value(None if value is None else self._show(value))
        self._renew_note()

    def value(self) -> object:
        return self._parse(self.text()) if self.text() and not self.fault() else None

    def fault(self) -> str:
        if not self.text():
            return ""
        try:
            self._parse(self.text())
        except ValueError as error:
            return self._sentence or str(error)
        return ""

    def _tidy(self) -> None:
        """Write what was typed the usual way once it is left."""
        value = self.value()
        if value is not None:
            self.line.setText(self._show(value))

    def _renew_note(self) -> None:
        value = self.value()
        text = self._explain(value) if self._explain and value is not None else ""
        self.note.setText(text)
        self.note.setVisible(bool(text))


class Day(Typed):
    """A date."""

    def __init__(self) -> None:
        super().__init__(
            "如 2025-3-14 或 3.14",
            lambda text: parse_day(text, date.today()),  # noqa: DTZ011 -- the day on the desk of the operator
            str,
            "没有这一天，请写成 2025-3-14 这样的日期。",
        )
        action = QAction(icon("calendar", "soft"), "选择日期", self)
        action.triggered.connect(self._pick)
        self.line.addAction(action, QLineEdit.ActionPosition.TrailingPosition)
        self.line.textChanged.connect(self._name_day)

    def _name_day(self) -> None:
        value = self.value()
        self.setToolTip(weekday(value) if isinstance(value, date) else "")

    def _pick(self) -> None:
        menu = QMenu(self)
        calendar = QCalendarWidget(menu)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        value = self.value()
        if isinstance(value, date):
            calendar.setSelectedDate(QDate(value.year, value.month, value.day))
        calendar.clicked.connect(self._picked)
        calendar.clicked.connect(menu.close)
        layout = QVBoxLayout(menu)
        layout.addWidget(calendar)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _picked(self, day: QDate) -> None:
        self.line.setText(day.toString("yyyy-MM-dd"))
        self.changed.emit()


class Minute(Typed):
    """A moment to the minute."""

    def __init__(self) -> None:
        super().__init__(
            "如 2025-3-14 9:30",
            lambda text: parse_minute(text, date.today()),  # noqa: DTZ011 -- the day on the desk of the operator
            lambda value: f"{parse_moment(str(value)):%Y-%m-%d %H:%M}",
            "没有这个时间，请写成 2025-3-14 9:30 这样的日期和时间。",
        )


class Amount(Typed):
    """An amount of money; its capitals stand beneath."""

    def __init__(self) -> None:
        super().__init__("元，如 40500 或 4.05万", parse_amount, lambda fen: readable(cast("int", fen)), "", _in_capitals)


def _in_capitals(fen: object) -> str:
    return f"人民币{capitals(cast('int', fen))}"


class Count(Typed):
    """A whole number from 0 to `most`."""

    def __init__(self, most: int) -> None:
        super().__init__("", lambda text: _whole(text, most), str, f"请填写0到{most}之间的整数。")


def _whole(text: str, most: int) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > most:
        raise ValueError(text)
    return int(text)


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
    """A picker that the mouse wheel does not change in passing."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


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
        self.box.blockSignals(True)
        self.box.setCurrentIndex(self._values.index(value) if value in self._values else 0)
        self.box.blockSignals(False)

    def value(self) -> object:
        return self._values[max(self.box.currentIndex(), 0)]

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        return _enter_moves_on(self.box, event)


def _enter_moves_on(control: QWidget, event: QEvent) -> bool:
    if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        control.focusNextChild()
        return True
    return False


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
