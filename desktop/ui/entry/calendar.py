"""The calendar beneath a date field: a month with its lunar days, led by keyboard or mouse."""

import calendar
from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.lunar import MONTHS, day_name, lunar_of
from desktop.ui.entry.dates import WEEKDAYS, described
from desktop.ui.theme import COLOURS, em

_ROWS, _DAYS = 6, 7
_HELP = "方向键选日，PgUp/PgDn 换月，Home 今天，回车选定"


class Calendar(QWidget):
    """A popup; `chosen` carries the date that was taken. Arrows walk by day and week, PgUp and PgDn by month, with Ctrl by year."""

    chosen = Signal(object)

    def __init__(self, day: date, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.today = today
        self.day = day
        self._show(day)
        self.resize(self.sizeHint())

    def open_below(self, field: QWidget) -> None:
        """Show it under the field, or above where the screen ends."""
        place = field.mapToGlobal(QPoint(0, field.height()))
        space = field.screen().availableGeometry()
        if place.y() + self.height() > space.bottom():
            place = field.mapToGlobal(QPoint(0, -self.height()))
        place.setY(max(space.top(), place.y()))
        place.setX(max(space.left(), min(place.x(), space.right() - self.width())))
        self.move(place)
        self.show()
        self.setFocus()

    def sizeHint(self) -> QSize:
        line = em(self)
        return QSize(round(line * 2.6 * _DAYS + line), round(line * (2.1 * _ROWS + 4.6)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        days = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        months = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._take(self.day)
        elif key == Qt.Key.Key_Home:
            self._show(self.today)
        elif key in days:
            self._show(_moved(self.day, days=days[Qt.Key(key)]))
        elif key in months:
            self._show(_moved(self.day, months=months[Qt.Key(key)] * (12 if control else 1)))
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._show(_moved(self.day, months=-1 if event.angleDelta().y() > 0 else 1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if not self.rect().contains(place.toPoint()):
            self.close()
            return
        for day, cell in self._cells():
            if cell.contains(place):
                self._take(day)
                return
        if place.y() < em(self) * 2:
            self._show(_moved(self.day, months=-1 if place.x() < self.width() / 2 else 1))

    def _take(self, day: date) -> None:
        self.chosen.emit(day)
        self.close()

    def _show(self, day: date) -> None:
        self.day = day
        self.setAccessibleName(f"日历 {described(day)}")
        self.update()

    def _first(self) -> date:
        """The Monday that the page begins with."""
        first = self.day.replace(day=1)
        return _moved(first, days=-first.weekday())

    def _cells(self) -> list[tuple[date, QRectF]]:
        line = em(self)
        wide, high = (self.width() - line) / _DAYS, line * 2.1
        first = self._first()
        return [
            (_moved(first, days=number), QRectF(line / 2 + number % _DAYS * wide, line * 3.1 + number // _DAYS * high, wide, high))
            for number in range(_ROWS * _DAYS)
        ]

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(COLOURS["paper"]))
        painter.setPen(QColor(COLOURS["edge"]))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        self._paint_head(painter)
        for day, cell in self._cells():
            self._paint_day(painter, day, cell)
        self._paint_foot(painter)

    def _paint_head(self, painter: QPainter) -> None:
        line, middle = em(self), Qt.AlignmentFlag.AlignCenter
        top = QRectF(0, line * 0.3, self.width(), line * 1.5)
        painter.setPen(QColor(COLOURS["accent"]))
        painter.drawText(top.adjusted(line, 0, -line, 0), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, "‹ 上月")
        painter.drawText(top.adjusted(line, 0, -line, 0), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "下月 ›")
        painter.setPen(QColor(COLOURS["ink"]))
        painter.drawText(top, middle, f"{self.day.year}年{self.day.month}月")
        painter.setPen(QColor(COLOURS["soft"]))
        wide = (self.width() - line) / _DAYS
        for number, name in enumerate(WEEKDAYS):
            painter.drawText(QRectF(line / 2 + number * wide, line * 1.9, wide, line * 1.1), middle, name)

    def _paint_day(self, painter: QPainter, day: date, cell: QRectF) -> None:
        inner = cell.adjusted(1.5, 1.5, -1.5, -1.5)
        chosen = day == self.day
        if chosen or day == self.today:
            painter.setPen(QColor(COLOURS["accent"]))
            painter.setBrush(QColor(COLOURS["accent" if chosen else "paper"]))
            painter.drawRoundedRect(inner, 5, 5)
        other = day.month != self.day.month
        painter.setPen(QColor(COLOURS["paper" if chosen else "soft" if other else "ink"]))
        half = QRectF(inner.left(), inner.top(), inner.width(), inner.height() * 0.56)
        painter.drawText(half, Qt.AlignmentFlag.AlignCenter, str(day.day))
        font = self.font()
        small = self.font()
        small.setPointSizeF(font.pointSizeF() * 0.72)
        painter.setFont(small)
        painter.setPen(QColor(COLOURS["paper" if chosen else "soft"]))
        painter.drawText(inner.adjusted(0, inner.height() * 0.5, 0, 0), Qt.AlignmentFlag.AlignCenter, _lunar_word(day))
        painter.setFont(font)

    def _paint_foot(self, painter: QPainter) -> None:
        line = em(self)
        font, small = self.font(), self.font()
        small.setPointSizeF(font.pointSizeF() * 0.78)
        painter.setFont(small)
        painter.setPen(QColor(COLOURS["soft"]))
        painter.drawText(QRectF(0, self.height() - line * 1.3, self.width(), line * 1.1), Qt.AlignmentFlag.AlignCenter, _HELP)
        painter.setFont(font)


def _lunar_word(day: date) -> str:
    """The lunar day, or the month on its first day."""
    found = lunar_of(day)
    if found is None:
        return ""
    _, month, number, leap = found
    return f"{'闰' if leap else ''}{MONTHS[month - 1]}月" if number == 1 else day_name(number)


def _moved(day: date, *, days: int = 0, months: int = 0) -> date:
    """So many days or months on; it stays where the calendar of Python ends."""
    try:
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1])) + timedelta(days=days)
    except (OverflowError, ValueError):
        return day
