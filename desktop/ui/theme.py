"""The look: fonts, colours and the text size from 100 to 200 per cent. Every length on the screen follows the font."""

import re
from string import Template

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from desktop.resources import resource
from desktop.ui.colours import BORDERS, LOOKS, colours
from desktop.ui.restyle import restyle

BASE_POINTS = 11.5
"""Text size at 100 %: read without glasses at the distance of a desk."""

SCALES = (100, 110, 125, 150, 175, 200)
FAMILIES = ("Noto Sans SC", "Noto Serif SC", "HanaMin Fengqiao")
_FIRST_FONTS = ("NotoSansSC-Regular.ttf", "NotoSansSC-Medium.ttf")
_RARE_FONTS = ("NotoSerifSC-Regular.ttf", "HanaMinB.ttf")

COLOURS = colours("light", practice=False)
"""The colours of the look that is on; code that paints reads them when it paints. Only `Theme` changes them."""


def load_fonts() -> None:
    """Make the fonts that the first picture needs known to Qt; they lie in memory only as far as they are used."""
    _load(_FIRST_FONTS)


def load_rare_fonts() -> None:
    """Make the fonts of rare characters known too: called when the window already shows."""
    _load(_RARE_FONTS)


def _load(names: tuple[str, ...]) -> None:
    for name in names:
        QFontDatabase.addApplicationFont(str(resource("fonts", name)))


def em(widget: QWidget) -> float:
    """The height of a line of text in the widget, in pixels: the unit of all lengths."""
    return QFontMetricsF(widget.font()).height()


class Theme(QObject):
    """The look and the text size of the program; remembered in the settings file of the office's folder.

    `changed` carries the size, `look_changed` the name of the look, each when the window already shows it.
    """

    changed = Signal(int)
    look_changed = Signal(str)

    def __init__(self, app: QApplication, settings: QSettings | None) -> None:
        super().__init__(app)
        self._app = app
        self._settings = settings
        stored = str(settings.value("text_size", "")) if settings else ""
        self.scale = next((scale for scale in SCALES if str(scale) == stored), SCALES[0])
        look = str(settings.value("look", "")) if settings else ""
        self.look = look if look in LOOKS else "light"
        self.practice = False
        self._apply()

    def enlarge(self) -> None:
        """One size larger, up to 200 %."""
        self.set_scale(next((scale for scale in SCALES if scale > self.scale), SCALES[-1]))

    def reduce(self) -> None:
        """One size smaller, down to 100 %."""
        self.set_scale(next((scale for scale in reversed(SCALES) if scale < self.scale), SCALES[0]))

    def set_scale(self, scale: int) -> None:
        """Show all text at the size, in per cent."""
        if scale == self.scale:
            return
        self.scale = scale
        self._keep("text_size", scale)
        self._apply()
        self.changed.emit(scale)

    def set_look(self, look: str) -> None:
        """Show everything in the look: `light` or `contrast`."""
        if look == self.look:
            return
        self.look = look
        self._keep("look", look)
        self._apply()
        self.look_changed.emit(look)

    def turn_look(self) -> None:
        """The other look."""
        self.set_look("light" if self.look == "contrast" else "contrast")

    def set_practice(self, *, practice: bool) -> None:
        """Show the accent of practice, or that of the office."""
        if practice == self.practice:
            return
        self.practice = practice
        self._apply()
        self.look_changed.emit(self.look)

    def _keep(self, name: str, value: object) -> None:
        if self._settings:
            self._settings.setValue(name, value)

    def _apply(self) -> None:
        COLOURS.update(colours(self.look, practice=self.practice))
        points = BASE_POINTS * self.scale / 100
        font = QFont()
        font.setFamilies(list(FAMILIES))
        font.setPointSizeF(points)
        restyle(self._app, style_sheet(points, QFontMetricsF(font).height(), BORDERS[self.look]), lambda: self._give(font))

    def _give(self, font: QFont) -> None:
        self._app.setFont(font)
        palette = self._app.palette()
        palette.setColor(QPalette.ColorRole.PlaceholderText, QColor(COLOURS["soft"]))
        palette.setColor(QPalette.ColorRole.Link, QColor(COLOURS["accent"]))
        self._app.setPalette(palette)


def style_sheet(points: float, line: float, borders: tuple[int, int] = BORDERS["light"]) -> str:
    """The style sheet at a text size in points, whose line is `line` pixels high, in the colours that are on.

    `$p8` in it means 8/22 of that line, `$q8` the same less what the border of the cursor is thicker than another, `$r8` less all of it.
    """
    text = resource("theme", "calm.qss").read_text(encoding="utf-8")
    thin, thick = borders
    words = dict(COLOURS) | {"large": f"{points * 1.35:.1f}", "middle": f"{points * 1.12:.1f}", "icons": resource("icons").as_posix()}
    words |= {"thin": f"{thin}px", "thick": f"{thick}px", "table": f"{2 * thin - 1}px"}
    less = {"p": 0, "q": thick - thin, "r": thick}
    for kind, number in set(re.findall(r"\$\{([pqr])(\d+)\}", text)):
        words[f"{kind}{number}"] = str(max(round(int(number) * line / 22) - less[kind], 0))
    return Template(text).substitute(words)
