"""The look: fonts, colours and the text size from 100 to 200 per cent. Every length on the screen follows the font."""

import re
from string import Template

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF
from PySide6.QtWidgets import QApplication, QWidget

from desktop.resources import resource

BASE_POINTS = 11.5
"""Text size at 100 %: read without glasses at the distance of a desk."""

SCALES = (100, 110, 125, 150, 175, 200)
FAMILIES = ("Noto Sans SC", "Noto Serif SC", "HanaMin Fengqiao")
_FIRST_FONTS = ("NotoSansSC-Regular.ttf", "NotoSansSC-Medium.ttf")
_RARE_FONTS = ("NotoSerifSC-Regular.ttf", "HanaMinB.ttf")

COLOURS = {
    "ink": "#1f2a30",
    "soft": "#54636b",
    "faint": "#93a0a6",
    "line": "#dfe5e7",
    "edge": "#b9c4c8",
    "ground": "#f4f7f7",
    "paper": "#ffffff",
    "accent": "#0f6675",
    "accent_dark": "#0b4f5b",
    "accent_line": "#b7d8dd",
    "wash": "#e6f2f4",
    "danger": "#b3261e",
    "danger_wash": "#fcebe9",
    "warn": "#8a5a00",
    "warn_wash": "#fff3da",
    "ok": "#2c6b3b",
    "ok_wash": "#e7f4ea",
}
"""One accent; the other colours mark danger, doubt and success and never stand without a word."""


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
    """The text size of the program; remembered in the settings file of the office's folder."""

    changed = Signal(int)

    def __init__(self, app: QApplication, settings: QSettings | None) -> None:
        super().__init__(app)
        self._app = app
        self._settings = settings
        stored = str(settings.value("text_size", "")) if settings else ""
        self.scale = next((scale for scale in SCALES if str(scale) == stored), SCALES[0])
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
        if self._settings:
            self._settings.setValue("text_size", scale)
        self._apply()
        self.changed.emit(scale)

    def _apply(self) -> None:
        points = BASE_POINTS * self.scale / 100
        font = QFont()
        font.setFamilies(list(FAMILIES))
        font.setPointSizeF(points)
        self._app.setFont(font)
        self._app.setStyleSheet(style_sheet(points, QFontMetricsF(font).height()))


def style_sheet(points: float, line: float) -> str:
    """The style sheet at a text size in points, whose line is `line` pixels high; `$p8` in it means 8/22 of that line."""
    text = resource("theme", "calm.qss").read_text(encoding="utf-8")
    words = dict(COLOURS) | {"large": f"{points * 1.35:.1f}", "middle": f"{points * 1.12:.1f}", "icons": resource("icons").as_posix()}
    for kind, number in set(re.findall(r"\$\{([pq])(\d+)\}", text)):
        pixels = round(int(number) * line / 22)
        words[f"{kind}{number}"] = str(pixels if kind == "p" else max(pixels - 1, 0))
    return Template(text).substitute(words)
