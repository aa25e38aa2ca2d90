"""What is due, one line a thing, with the button that leads to where it is done."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.services.today import Thing
from desktop.ui.context import heading
from desktop.ui.empty_state import EmptyState
from desktop.ui.entry.dates import weekday
from desktop.ui.theme import em
from desktop.ui.visible import visible

GO = "去办理"
MARK = 5.3
"""Ems of the column of days."""

WIDE = 24
"""Ems of a line from which on it has such a column."""


def when(on: date, today: date) -> tuple[str, str]:
    """How a day is told from today, and the colour that goes with it: `逾期3天`, `今天`, `周三 11月25日`."""
    days = (on - today).days
    if days < 0:
        return f"逾期{-days:,}天", "high"
    if days == 0:
        return "今天", "middle"
    return f"{weekday(on).replace('星期', '周')} {on.month}月{on.day}日", "chip"


class Line(QFrame):
    """One thing: when, what, in which dispute, and the button. The words of all lines begin below one another."""

    def __init__(self, thing: Thing, today: date) -> None:
        super().__init__()
        self.setProperty("role", "line")
        told, role = when(thing.on, today)
        self.mark = QLabel(told)
        self.mark.setProperty("role", role)
        self.mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._told = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._told.setSpacing(round(em(self) * 0.5))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(heading(visible(thing.text), "head"))
        words.addLayout(_about(thing))
        self.go_button = QPushButton(GO)
        self.go_button.setAccessibleName(f"{told}，{thing.text}，{thing.title}：{GO}")
        self.go_button.setAutoDefault(False)
        row = QHBoxLayout(self)
        row.setSpacing(round(em(self) * 0.6))
        self._told.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._told.addLayout(words, 1)
        row.addLayout(self._told, 1)
        row.addWidget(self.go_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The day beside the words where there is room, otherwise above them."""
        wide = self.width() > em(self) * WIDE
        self._told.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self.mark.setMinimumWidth(round(em(self) * MARK) if wide else 0)


class Things(QWidget):
    """The lines, a card for each heading. `chosen` carries the case and the path of the field; Up and Down go from button to button."""

    chosen = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._shown: tuple[Thing, ...] = ()

    def show_things(self, things: Sequence[Thing], today: date, *, more: bool) -> None:
        """Show these things; `more`: there are others that are not among them."""
        self._shown = tuple(things)
        at = next((number for number, line in enumerate(self.lines) if line.go_button.hasFocus()), -1)
        self._clear()
        for title, some in _groups(things, today):
            self._column.addWidget(heading(f"{title}（{len(some)}{'+' if more and title == '逾期' else ''}）", "head"))
            self._column.addWidget(self._card(some, today))
        if more:
            self._column.addWidget(heading("还有更多到期事项，办完这些后会接着显示。", "soft"))
        if not things:
            self._column.addWidget(EmptyState("没有到期的事项", "按 F2 登记新纠纷，按 F3 查找以前的纠纷。"), 1)
        self._column.addStretch(0 if not things else 1)
        if at >= 0 and self.lines:
            self.focus_line(min(at, len(self.lines) - 1))

    def focus_line(self, number: int) -> None:
        """Put the cursor on the button of a line."""
        self.lines[number].go_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _card(self, things: Sequence[Thing], today: date) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        for number, thing in enumerate(things):
            line = Line(thing, today)
            line.setProperty("first", number == 0)
            line.go_button.clicked.connect(partial(self.chosen.emit, thing.case, thing.field))
            line.go_button.installEventFilter(self)
            self.lines.append(line)
            column.addWidget(line)
        return card

    def _clear(self) -> None:
        self.lines = []
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget:
                widget.hide()
                widget.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(watched, QPushButton):
            watched.click()
            return True
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        at = next((number for number, line in enumerate(self.lines) if line.go_button is watched), -1)
        if not step or at < 0:
            return False
        self.focus_line(min(max(at + step, 0), len(self.lines) - 1))
        return True


def _about(thing: Thing) -> QHBoxLayout:
    """The dispute; a high risk before it has the sign and the colour that it has everywhere."""
    line = QHBoxLayout()
    if thing.high:
        sign = heading("◆ 高风险　", "fault")
        sign.setWordWrap(False)
        line.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(heading(visible(f"{thing.title}　{thing.number}".strip()), "soft"), 1)
    return line


def _groups(things: Sequence[Thing], today: date) -> list[tuple[str, list[Thing]]]:
    found = [
        ("逾期", [thing for thing in things if thing.on < today]),
        ("今天", [thing for thing in things if thing.on == today]),
        ("七天以内", [thing for thing in things if thing.on > today]),
    ]
    return [(title, some) for title, some in found if some]
