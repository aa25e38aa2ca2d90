"""The head of the case page: number, title, risk, where it stands, and the eight steps, each a button to its tab."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.case import Case
from desktop.domain.course import STEPS, status, step_days
from desktop.domain.standing import round_of
from desktop.domain.step_marks import Mark, marks
from desktop.ui.button_row import ButtonRow
from desktop.ui.context import heading
from desktop.ui.entry.dates import chinese
from desktop.ui.listing.facts import chip, set_chip, set_risk
from desktop.ui.theme import COLOURS, em
from desktop.ui.visible import escaped, visible

_TICK = ((0.15, 0.55), (0.4, 0.8), (0.9, 0.2))
_DASH = ((0.2, 0.5), (0.8, 0.5))
_COLOURS = {Mark.DONE: "accent", Mark.PRESENT: "accent", Mark.SKIPPED: "warn"}
_INK = {Mark.DONE: "ink", Mark.PRESENT: "accent", Mark.SKIPPED: "ink"}


class StepButton(QAbstractButton):
    """One step: a tick for what is behind, a full dot for where the case stands, a ring for what is to come.

    What was passed over without a record is an exclamation mark in a ring, what this dispute does not need a dash.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name, self.state = name, Mark.COMING
        self.setText(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_state(self, state: Mark, on: date | None) -> None:
        """Show where the step stands; `on`: the day on which it was last done."""
        self.state = state
        told = f"{self.name}：{state}" + (f"，{chinese(on)}" if on else "")
        self.setAccessibleName(told)
        self.setToolTip(told)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(em(self) * 3.6), round(em(self) * 1.9))

    def minimumSizeHint(self) -> QSize:
        return QSize(round(em(self) * 2.4), self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses; the arrows go to the step beside."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tight = self.width() < em(self) * 3
        side, middle = em(self) * (0.6 if tight else 0.8), self.height() / 2
        mark = QRectF(3, middle - side / 2, side, side)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QPen(QColor(COLOURS["accent"]), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(COLOURS["wash"]))
            painter.drawRoundedRect(QRectF(1, 1, self.width() - 2, self.height() - 2), 4, 4)
        self._draw_mark(painter, mark)
        self._draw_name(painter, QRectF(mark.right() + em(self) * (0.1 if tight else 0.2), 0, self.width(), self.height()))
        painter.end()

    def _draw_mark(self, painter: QPainter, mark: QRectF) -> None:
        colour = QColor(COLOURS[_COLOURS.get(self.state, "faint")])
        painter.setPen(QPen(colour, max(side_width(mark), 1.2)))
        painter.setBrush(colour if self.state == Mark.PRESENT else Qt.BrushStyle.NoBrush)
        if self.state in (Mark.DONE, Mark.NEEDLESS):
            points = _TICK if self.state == Mark.DONE else _DASH
            painter.drawPolyline([QPointF(mark.x() + x * mark.width(), mark.y() + y * mark.height()) for x, y in points])
            return
        ring = mark.adjusted(2, 2, -2, -2) if self.state != Mark.SKIPPED else mark.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawEllipse(ring)
        if self.state == Mark.SKIPPED:
            middle, top, height = ring.center().x(), ring.top(), ring.height()
            painter.drawLine(QPointF(middle, top + height * 0.24), QPointF(middle, top + height * 0.54))
            painter.drawPoint(QPointF(middle, top + height * 0.76))

    def _draw_name(self, painter: QPainter, area: QRectF) -> None:
        font = self.font()
        if self.state == Mark.PRESENT:
            font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(QColor(COLOURS[_INK.get(self.state, "soft")]))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.name)


class StepsBar(QWidget):
    """受理→…→归档. `wanted` carries the name of the step that was pressed."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.buttons = {name: StepButton(name) for name in STEPS}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for name, made in self.buttons.items():
            made.clicked.connect(lambda _=False, name=name: self.wanted.emit(name))
            row.addWidget(made, 1)
        self._fit()
        self.show_marks({STEPS[0]: Mark.PRESENT}, {})

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        """On a wide window the steps stay together."""
        self.setMaximumWidth(round(em(self) * 5 * len(STEPS)))

    def show_marks(self, found: Mapping[str, Mark], days: Mapping[str, date]) -> None:
        """Show how each step is marked (to come, where nothing is said), and on which day it was done."""
        self.setAccessibleName(f"进度：{'、'.join(name for name, mark in found.items() if mark == Mark.PRESENT)}")
        for name, made in self.buttons.items():
            mark = found.get(name, Mark.COMING)
            made.show_state(mark, None if mark == Mark.SKIPPED else days.get(name))


def side_width(mark: QRectF) -> float:
    """The width of the lines in a mark of that size."""
    return mark.width() / 9


class Actions(QWidget):
    """The buttons of the page, in one line or in as many as the width asks for."""

    def __init__(self) -> None:
        super().__init__()
        self._made: list[QPushButton] = []
        self._row: ButtonRow | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def take(self, buttons: Sequence[QPushButton]) -> None:
        """Take the buttons of the page, once."""
        self._made = list(buttons)
        self._row = ButtonRow(self._made)
        self._column.addWidget(self._row)

    def fit(self, *, in_one_line: bool) -> None:
        """Follow which buttons are shown, and the size of their text."""
        gap = self._column.spacing()
        widths = [made.sizeHint().width() + gap for made in self._made if not made.isHidden()]
        self.setMinimumWidth(sum(widths) if in_one_line else 0)
        if self._row is not None:
            self._row.fit()


class Title(QLabel):
    """The title in at most two lines; all of a longer one is told when one points at it."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "title")
        self.setWordWrap(True)
        self.setMinimumWidth(1)  # a long word is broken nowhere

    def say(self, text: str) -> None:
        """Show the title."""
        self._whole = text
        self.setAccessibleName(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        whole = self._whole
        shown = whole if self._fits(whole) else f"{whole[: bisect_left(range(len(whole)), True, key=self._is_too_long)]}…"
        if shown != self.text():
            self.setText(shown)
        self.setToolTip("" if shown == whole else f"<span>{escaped(whole)}</span>")

    def _is_too_long(self, letters: int) -> bool:
        return not self._fits(f"{self._whole[: letters + 1]}…")

    def _fits(self, text: str) -> bool:
        room = QRect(0, 0, max(self.contentsRect().width(), 1), 1_000_000)
        metrics = self.fontMetrics()
        flags = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
        return metrics.boundingRect(room, int(flags), text).height() <= metrics.lineSpacing() * 2 + 2


class CaseHeader(QFrame):
    """Title and number on the left, risk and status beside them, the steps below, room for buttons on the right.

    `wanted` carries the step that was pressed.
    """

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self.title = Title()
        self.number = heading("", "soft")
        self.risk, self.status, self.round = chip(), chip(), chip()
        self.steps = StepsBar()
        self.steps.wanted.connect(self.wanted)
        self.buttons = Actions()
        self._narrow = False
        words = QHBoxLayout()
        for part in (self.number, self.status, self.risk, self.round):
            words.addWidget(part)
        words.addStretch(1)
        self.number.setWordWrap(False)
        left = QVBoxLayout()
        left.addWidget(self.title)
        left.addLayout(words)
        self._grid = QGridLayout(self)
        self._grid.setColumnStretch(0, 1)
        self._grid.addLayout(left, 0, 0, 1, 1)
        self._grid.addWidget(self.steps, 2, 0, 1, 2)
        self.set_narrow(narrow=False)

    def set_narrow(self, *, narrow: bool) -> None:
        """Put the buttons below the title instead of beside it; there they take as many lines as they need."""
        self._narrow = narrow
        self._grid.removeWidget(self.buttons)
        if narrow:
            self._grid.addWidget(self.buttons, 1, 0, 1, 2)
        else:
            self._grid.addWidget(self.buttons, 0, 1, Qt.AlignmentFlag.AlignTop)
        self.buttons.fit(in_one_line=not narrow)

    def show_case(self, case: Case, *, unsaved: bool) -> None:
        """Show the case."""
        known = any(party.name for party in case.parties)
        self.title.say(visible(case.title) if case.id or (known and case.type) else "登记新纠纷")
        self.number.setText((visible(case.number or "") or "保存后编卷号") + ("　● 未保存" if unsaved else ""))
        set_chip(self.status, str(status(case)) if case.id else "")
        set_risk(self.risk, case.risk)
        set_chip(self.round, f"第{round_of(case)}次办理" if case.reopenings else "")
        self.buttons.fit(in_one_line=not self._narrow)
        self.steps.show_marks(marks(case), step_days(case) if case.id else {})
