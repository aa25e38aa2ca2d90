"""Lines that are read as a date, a moment, an amount or a number."""

import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from typing import cast

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton

from desktop.domain.moment import parse_moment
from desktop.domain.money import capitals
from desktop.domain.written import parse_amount, parse_day, parse_minute
from desktop.ui.entry.amounts import readable
from desktop.ui.entry.calendar import Calendar
from desktop.ui.entry.clock import moment_around, today_around
from desktop.ui.entry.dates import around, chinese, described, doubt_about_day, moment
from desktop.ui.entry.inputs import Text
from desktop.ui.icons import icon
from desktop.ui.theme import em

Parse = Callable[[str], object]
Show = Callable[[object], str]


class Typed(Text):
    """A line that is read by a function: the function raises ValueError, whose text is the sentence about what it cannot read.

    `sentence` is said instead where it is given. `explain` tells beneath the field what was understood.
    """

    def __init__(self, hint: str, parse: Parse, show: Show, sentence: str = "", explain: Show | None = None) -> None:
        super().__init__(hint)
        self._parse, self._show, self._sentence, self._explain = parse, show, sentence, explain
        self.line.left.connect(self._tidy)

    def show_value(self, value: object) -> None:
        super().show_value(None if value is None else self._show(value))

    def value(self) -> object:
        try:
            return self._parse(self.text()) if self.text() else None
        except ValueError:
            return None

    def fault(self) -> str:
        try:
            if self.text():
                self._parse(self.text())
        except ValueError as error:
            return self._sentence or str(error)
        return ""

    def explanation(self) -> str:
        value = self.value() if self._explain else None
        return self._explain(value) if self._explain and value is not None else ""

    def doubt(self) -> str:
        return ""

    def _tidy(self) -> None:
        """Write what was typed the usual way once it is left."""
        value = self.value()
        if value is not None:
            self.line.setText(self._show(value))

    def _write(self, value: object) -> None:
        """Put the value into the line as if it were typed."""
        self.line.setText(self._show(value))
        self.changed.emit()


class _DayKeys(QObject):
    """The keys of a field with a date: Up and Down by a day, Ctrl+; today, Alt+Down the calendar."""

    def __init__(self, line: QLineEdit, step: Callable[[int], None], today: Callable[[], None], pick: Callable[[], object]) -> None:
        super().__init__(line)
        self._line = line
        self._step, self._to_today, self._pick = step, today, pick
        line.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or self._line.isReadOnly():
            return False
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not held:
            self._step(1 if key == Qt.Key.Key_Up else -1)
        elif key == Qt.Key.Key_Down and held == Qt.KeyboardModifier.AltModifier:
            self._pick()
        elif key in (Qt.Key.Key_Semicolon, 0xFF1B) and held == Qt.KeyboardModifier.ControlModifier:
            self._to_today()
        else:
            return False
        return True


class Day(Typed):
    """A date. Weekday and lunar day stand beneath, and before them what was understood, where that is not what stands in the line.

    `past`: it tells of what has happened, so that a year that is left open is not one to come.
    """

    def __init__(self, *, past: bool = False) -> None:
        super().__init__("如 3.17、腊月廿九", lambda text: parse_day(text, today_around(self), past=past), _shown_day)
        self._keys = _DayKeys(self.line, self._step, lambda: self._write(today_around(self)), self.pick)
        _CalendarButton(self.line, self.pick)

    def explanation(self) -> str:
        value = self.value()
        if not isinstance(value, date):
            return ""
        return around(value) if self.text() == chinese(value) else described(value)

    def doubt(self) -> str:
        value = self.value()
        return doubt_about_day(value, today_around(self)) if isinstance(value, date) else ""

    def pick(self) -> Calendar:
        """Open the calendar at the date of the field, or today."""
        value = self.value()
        return _open_calendar(self, value if isinstance(value, date) else today_around(self), self._write)

    def _step(self, days: int) -> None:
        value = self.value()
        self._write(value + timedelta(days=days) if isinstance(value, date) else today_around(self))


class Minute(Typed):
    """A moment to the minute; Up and Down, Ctrl+; and the calendar change its day and leave the time."""

    def __init__(self) -> None:
        super().__init__("如 3.17 9:30", lambda text: parse_minute(text, today_around(self)), _shown_minute)
        self._keys = _DayKeys(self.line, self._step, self._now, self.pick)
        _CalendarButton(self.line, self.pick)

    def explanation(self) -> str:
        value = self.value()
        if not value:
            return ""
        said = parse_moment(str(value))
        return around(said.date()) if self.text() == _shown_minute(value) else f"{described(said.date())}，{said:%H:%M}"

    def doubt(self) -> str:
        value = self.value()
        return doubt_about_day(parse_moment(str(value)).date(), today_around(self)) if value else ""

    def pick(self) -> Calendar:
        """Open the calendar at the day of the field, or today."""
        value = self.value()
        day = parse_moment(str(value)).date() if value else today_around(self)
        return _open_calendar(self, day, self._put_day)

    def _put_day(self, day: object) -> None:
        value = self.value()
        if value:
            self._write(f"{day}T{str(value)[11:]}")
        else:  # the time is still to be typed
            self.line.setText(f"{_shown_day(day)} ")
            self.changed.emit()

    def _step(self, days: int) -> None:
        value = self.value()
        if value:
            self._put_day(parse_moment(str(value)).date() + timedelta(days=days))

    def _now(self) -> None:
        self._write(moment_around(self))


def _shown_day(value: object) -> str:
    return chinese(value) if isinstance(value, date) else ""


def _shown_minute(value: object) -> str:
    return moment(f"{parse_moment(str(value)):%Y-%m-%dT%H:%M}")


class _CalendarButton(QToolButton):
    """The button at the right end of a line, as high as its text."""

    def __init__(self, line: QLineEdit, pick: Callable[[], object]) -> None:
        super().__init__(line)
        self._line = line
        self.setIcon(icon("calendar", "soft"))
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its key works in the line
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAccessibleName("选择日期")
        self.setToolTip("选择日期（Alt+↓）")
        self.clicked.connect(pick)
        line.setToolTip("↑↓ 加减一天 · Ctrl+; 今天 · Alt+↓ 日历")
        line.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.FontChange):
            side = round(em(self._line))
            self.setIconSize(QSize(round(side * 0.8), round(side * 0.8)))
            self.setGeometry(self._line.width() - round(side * 1.3), (self._line.height() - side) // 2, side, side)
            self._line.setTextMargins(0, 0, side, 0)
        elif event.type() == QEvent.Type.ReadOnlyChange:
            self.setEnabled(not self._line.isReadOnly())
        return False


def _open_calendar(field: Text, day: date, taken: Callable[[object], None]) -> Calendar:
    popup = Calendar(day, today_around(field), field)
    popup.chosen.connect(taken)
    popup.open_below(field.line)
    return popup


class Amount(Typed):
    """An amount of money; its capitals stand beneath."""

    def __init__(self) -> None:
        super().__init__("元，如 40500 或 4.05万", parse_amount, lambda fen: readable(cast("int", fen)), explain=_in_capitals)


def _in_capitals(fen: object) -> str:
    return f"人民币{capitals(cast('int', fen))}"


class Count(Typed):
    """A whole number from 0 to `most`."""

    def __init__(self, most: int) -> None:
        super().__init__("", lambda text: _whole(text, most), str, f"请填写0到{most}之间的整数。")


def _whole(text: str, most: int) -> int:
    text = unicodedata.normalize("NFKC", text)
    if not text.isascii() or not text.isdigit() or int(text) > most:
        raise ValueError(text)
    return int(text)
