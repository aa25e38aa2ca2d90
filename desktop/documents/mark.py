"""What is drawn on a page: lines of text and rules. Lengths in pt; y runs down from the top of the page (or of a strip)."""

from dataclasses import dataclass
from typing import Literal

from desktop.documents.linebreak import Line

MM = 72 / 25.4
"""One millimetre in pt."""

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
"""A4 upright, mm."""

Colour = Literal["black", "red"]


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text: `x` is its left end, `y` its baseline; `style` a name of `fonts.CHAINS`."""

    x: float
    y: float
    line: Line
    style: str
    size: float
    tracking: float = 0.0
    colour: Colour = "black"


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, `width` pt thick."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float = 0.5
    colour: Colour = "black"
    dashed: bool = False


Mark = Text | Rule


def moved(mark: Mark, x: float, y: float) -> Mark:
    """The same mark, `x` further right and `y` further down."""
    if isinstance(mark, Text):
        return Text(mark.x + x, mark.y + y, mark.line, mark.style, mark.size, mark.tracking, mark.colour)
    return Rule(mark.x1 + x, mark.y1 + y, mark.x2 + x, mark.y2 + y, mark.width, mark.colour, mark.dashed)
