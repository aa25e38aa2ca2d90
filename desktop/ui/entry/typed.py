"""Lines that are read as a date, a moment, an amount or a number."""

from collections.abc import Callable
from datetime import date
from typing import cast

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCalendarWidget, QLabel, QLineEdit, QMenu, QVBoxLayout

from desktop.domain.moment import parse_moment
from desktop.domain.money import capitals
from desktop.domain.written import parse_amount, parse_day, parse_minute
from desktop.ui.entry.amounts import readable
from desktop.ui.entry.dates import weekday
from desktop.ui.entry.inputs import Text
from desktop.ui.icons import icon
from desktop.ui.visible import visible

Parse = Callable[[str], object]
Show = Callable[[object], str]


class Typed(Text):
    """A line that is read by a function: the function raises ValueError for what it cannot read."""

    def __init__(self, hint: str, parse: Parse, show: Show, sentence: str, explain: Show | None = None) -> None:
        super().__init__(hint)
        self._parse, self._show, self._sentence, self._explain = parse, show, sentence, explain
        self.note = QLabel()
        self.note.setTextFormat(Qt.TextFormat.PlainText)
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
        self.note.setText(visible(text))
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
