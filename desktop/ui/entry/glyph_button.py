"""A candidate among rare characters, drawn with the very glyph that will print."""

from functools import cache
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QRawFont
from PySide6.QtWidgets import QAbstractButton

from desktop.services.characters import Drawn, drawn
from desktop.ui.theme import COLOURS, em

NOT_PRINTED = "打印不出"
_DRAWN_AT = 100.0


@cache
def _font(path: Path) -> QRawFont:
    return QRawFont(str(path), _DRAWN_AT)


class GlyphButton(QAbstractButton):
    """One candidate: its number, the character large, its code point, and whether it prints."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self.character = ""
        self._drawn: Drawn | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_character(self, character: str) -> None:
        """Show the character; "" leaves the place empty."""
        self.character = character
        self._drawn = drawn(character) if character else None
        self.setEnabled(bool(character))
        told = f"{self._number} {character} U+{ord(character):04X}{'' if self._drawn else f' {NOT_PRINTED}'}" if character else ""
        self.setAccessibleName(told)
        self.setToolTip(told)
        self.setVisible(bool(character))
        self.update()

    def prints(self) -> bool:
        """Whether a shipped font has the character."""
        return self._drawn is not None

    def sizeHint(self) -> QSize:
        return QSize(round(em(self) * 4.4), round(em(self) * 4))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        chosen = self.hasFocus() or self.underMouse()
        painter.setPen(QPen(QColor(COLOURS["accent" if self.hasFocus() else "line"]), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(COLOURS["wash" if chosen and self.character else "paper"]))
        painter.drawRoundedRect(frame, 5, 5)
        if self.character:
            self._paint_character(painter, frame)

    def _paint_character(self, painter: QPainter, frame: QRectF) -> None:
        line = em(self)
        inner = frame.adjusted(line * 0.25, line * 0.1, -line * 0.25, -line * 0.1)
        painter.setPen(QColor(COLOURS["soft"]))
        painter.drawText(inner, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, str(self._number))
        below = f"U+{ord(self.character):04X}"
        if self._drawn is None:
            painter.setPen(QColor(COLOURS["danger"]))
            painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, "字库没有，\n打印不出")
        else:
            self._paint_glyph(painter, QPointF(frame.center().x(), frame.top() + line * 1.7), line * 2.1, self._drawn)
        painter.setPen(QColor(COLOURS["soft"]))
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * min(1.0, inner.width() / max(QFontMetricsF(font).horizontalAdvance(below), 1.0)))
        painter.setFont(font)
        painter.drawText(inner, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignHCenter, below)

    def _paint_glyph(self, painter: QPainter, centre: QPointF, size: float, found: Drawn) -> None:
        path = _font(found.font).pathForGlyph(found.glyph)
        box = path.boundingRect()
        painter.save()
        painter.translate(centre)
        painter.scale(size / _DRAWN_AT, size / _DRAWN_AT)
        painter.translate(-box.center().x(), -box.center().y())
        painter.fillPath(path, QColor(COLOURS["ink"]))
        painter.restore()
