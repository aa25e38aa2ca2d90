"""The head of the case page: number, title, risk, where it stands, and the eight steps."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.case import Case
from desktop.domain.course import STEPS, status, step
from desktop.ui.context import heading
from desktop.ui.listing.facts import chip, set_chip, set_risk
from desktop.ui.theme import COLOURS, em
from desktop.ui.visible import visible


class StepsBar(QWidget):
    """受理→…→归档: a tick for what is behind, a full dot for where the case stands, a ring for what is to come."""

    def __init__(self) -> None:
        super().__init__()
        self._at = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_step(STEPS[0])

    def show_step(self, name: str) -> None:
        """Show that the case stands at the step."""
        self._at = STEPS.index(name)
        self.setAccessibleName(f"进度：{name}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(em(self) * 3.6 * len(STEPS)), round(em(self) * 1.9))

    def minimumSizeHint(self) -> QSize:
        return QSize(round(em(self) * 2.4 * len(STEPS)), self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = min(self.width() / len(STEPS), em(self) * 5)
        side = em(self) * 0.8
        for number, name in enumerate(STEPS):
            left, middle = number * width, self.height() / 2
            mark = QRectF(left + 2, middle - side / 2, side, side)
            self._draw_mark(painter, mark, number)
            self._draw_name(painter, QRectF(mark.right() + em(self) * 0.2, 0, width, self.height()), name, number)
        painter.end()

    def _draw_mark(self, painter: QPainter, mark: QRectF, number: int) -> None:
        colour = QColor(COLOURS["accent" if number <= self._at else "faint"])
        painter.setPen(QPen(colour, max(side_width(mark), 1.2)))
        painter.setBrush(colour if number == self._at else Qt.BrushStyle.NoBrush)
        if number >= self._at:
            painter.drawEllipse(mark.adjusted(2, 2, -2, -2))
            return
        points = [(0.15, 0.55), (0.4, 0.8), (0.9, 0.2)]
        painter.drawPolyline([QPointF(mark.x() + x * mark.width(), mark.y() + y * mark.height()) for x, y in points])

    def _draw_name(self, painter: QPainter, area: QRectF, name: str, number: int) -> None:
        font = self.font()
        if number == self._at:
            font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(QColor(COLOURS["accent" if number == self._at else "ink" if number < self._at else "soft"]))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)


def side_width(mark: QRectF) -> float:
    """The width of the lines in a mark of that size."""
    return mark.width() / 9


class CaseHeader(QFrame):
    """Title and number on the left, risk and status beside them, the steps below, room for buttons on the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self.title = heading("")
        self.number = heading("", "soft")
        self.risk, self.status = chip(), chip()
        self.steps = StepsBar()
        self._actions = QWidget()
        self.buttons = QHBoxLayout(self._actions)
        self.buttons.setContentsMargins(0, 0, 0, 0)
        words = QHBoxLayout()
        for part in (self.number, self.status, self.risk):
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
        """Put the buttons below the title instead of beside it."""
        self._grid.removeWidget(self._actions)
        place = (1, 0) if narrow else (0, 1)
        self._grid.addWidget(self._actions, *place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)

    def show_case(self, case: Case, *, unsaved: bool) -> None:
        """Show the case."""
        known = any(party.name for party in case.parties)
        self.title.setText(visible(case.title) if case.id or (known and case.type) else "登记新纠纷")
        self.number.setText((visible(case.number or "") or "保存后编卷号") + ("　● 有未保存的内容" if unsaved else ""))
        set_chip(self.status, str(status(case)) if case.id else "")
        set_risk(self.risk, case.risk)
        self.steps.show_step(step(case))
