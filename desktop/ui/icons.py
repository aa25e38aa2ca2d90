"""The drawn icons of the program, in the colour and size of the text beside them."""

from functools import cache

from PySide6.QtCore import QByteArray, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QPushButton

from desktop.resources import resource
from desktop.ui.theme import COLOURS, em

_DRAWN_IN = "#1f2a30"


def icon(name: str, colour: str = "ink") -> QIcon:
    """The icon of the name in one of the theme's colours (`white` too), as they are now; sharp up to 200 %."""
    return _drawn(name, COLOURS.get(colour, colour))


@cache
def _drawn(name: str, colour: str) -> QIcon:
    svg = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(svg.replace(_DRAWN_IN, colour).encode()))
    pixmap = QPixmap(64, 64)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, 64, 64))
    painter.end()
    return QIcon(pixmap)


class IconButton(QPushButton):
    """A push button whose icon is as high as its text, whatever the text size, and follows the look."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._drawing = ("", "")
        self._fit()

    def draw(self, name: str, colour: str = "ink") -> None:
        """Show the icon of the name, in the colour of the theme."""
        self._drawing = (name, colour)
        self.setIcon(icon(name, colour))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()
            if self._drawing[0]:
                self.setIcon(icon(*self._drawing))

    def _fit(self) -> None:
        side = round(em(self) * 0.9)
        self.setIconSize(QSize(side, side))
