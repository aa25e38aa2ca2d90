"""The drawn icons of the program, in the colour and size of the text beside them."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from desktop.resources import resource
from desktop.ui.theme import COLOURS, em

_DRAWN_IN = "#1f2a30"


@cache
def icon(name: str, colour: str = "ink") -> QIcon:
    """The icon of the name in one of the theme's colours (`white` too), sharp up to 200 %."""
    svg = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(svg.replace(_DRAWN_IN, COLOURS.get(colour, colour)).encode()))
    pixmap = QPixmap(64, 64)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, 64, 64))
    painter.end()
    return QIcon(pixmap)


def fit_icon(button: QAbstractButton) -> None:
    """Make the icon of the button as high as its text."""
    side = round(em(button) * 0.9)
    button.setIconSize(QSize(side, side))
