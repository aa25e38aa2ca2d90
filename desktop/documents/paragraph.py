"""Paragraphs: a text in a look to strips of one line each."""

from typing import Literal

from desktop.documents.characters import printable
from desktop.documents.fonts import style
from desktop.documents.linebreak import Line, break_lines
from desktop.documents.look import Look
from desktop.documents.mark import Text
from desktop.documents.strip import Strip, without_orphans

Align = Literal["justify", "left", "center", "right"]


def broken(text: str, look: Look, width: float, *, indent: float = 0.0) -> list[Line]:
    """The lines of a text of one or more paragraphs (line feeds end one); `indent` in pt. Invisible characters are left out."""
    table = style(look.font)
    lines: list[Line] = []
    for part in printable(text).split("\n"):
        stripped = part.strip(" \u3000") if indent else part.rstrip(" \u3000")
        widths = table.widths(stripped, look.size, look.tracking)
        lines += break_lines(stripped, widths, width, size=look.size, indent=indent)
    return lines


def text_width(text: str, look: Look) -> float:
    """The width of a text in one line, pt."""
    return sum(style(look.font).widths(printable(text), look.size, look.tracking))


def placed(line: Line, look: Look, x: float, y: float, width: float, align: Align) -> Text:
    """The line in a column of that width; `y` is the top of its line box. Only `justify` spreads it."""
    if align != "justify":
        left = {"left": line.x, "center": (width - line.width) / 2, "right": width - line.width}[align]
        line, x = Line(line.text, 0.0, line.width, line.squeezed), x + left
    else:
        x += line.x
    return Text(x, y + look.baseline, line, look.font, look.size, look.tracking, look.colour)


def shaped(text: str, look: Look, width: float) -> list[Line]:
    """As few lines as hold the text, but about equally long: so a title is shaped (GB/T 9704-2012 7.3.1)."""
    lines = broken(text, look, width)
    if len(lines) < 2:
        return lines
    equal = text_width(text, look) / len(lines)
    narrower = (w for w in (equal + step * look.size / 2 for step in range(2 * len(lines) + 2)) if w < width)
    attempts = (broken(text, look, w) for w in narrower)
    return next((attempt for attempt in attempts if len(attempt) == len(lines)), lines)


def paragraphs(text: str, look: Look, width: float, *, align: Align = "justify", indent: float = 0.0, x: float = 0.0) -> list[Strip]:
    """Strips of the text's lines in a column that begins at `x`; `indent` of first lines in pt. No line stands alone on a page."""
    strips: list[Strip] = []
    for part in printable(text).strip("\n").split("\n"):
        lines = shaped(part, look, width) if align == "center" else broken(part, look, width, indent=indent)
        strips += without_orphans([Strip(look.leading, (placed(line, look, x, 0.0, width, align),)) for line in lines])
    return strips
