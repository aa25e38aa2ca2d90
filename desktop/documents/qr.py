"""The stamp of a sealed paper: a QR code with small lines beside it, in a corner of every page that the form leaves free.

What the code says is made and read in `desktop.domain.seal_rules`; here it is only drawn, and found again in a file.
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import segno

from desktop.documents.look import Look
from desktop.documents.mark import MM, PAGE_HEIGHT, PAGE_WIDTH, Mark, Rule, Text
from desktop.documents.paragraph import broken, placed, text_width
from desktop.domain.refused import Refused

SIDE = 16 * MM
"""The code's side: modules of 0.4 mm, which an office printer prints and a telephone reads (ISO/IEC 18004; measured in decision 009)."""

EDGE = 4.5 * MM
"""From the paper's edge: no office printer prints nearer than 4.3 mm."""

_QUIET = 1.2 * MM
"""Kept free around the stamp: three modules."""

_GAP = 2 * MM
_LOOK = Look(font="宋", size=7, leading=9.5)
_MOST_READ = 50_000_000
_MOST_PAGES = 60

Matrix = Sequence[Sequence[int]]
"""The modules of a code, row by row; 1 is dark."""

Page = Sequence[Mark]


class NoRoomForStamp(Refused):
    """All four corners of the paper are written on."""

    def __init__(self) -> None:
        super().__init__("这份文书的页边太窄，四角都放不下定稿二维码，请把文书样式的页边改为22毫米以上再定稿。")


class Box(NamedTuple):
    """A rectangle on the page: left, top, right, bottom in pt."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether the two have a point in common."""
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom


def stamped(pages: Sequence[Page], text: str, lines: Sequence[str]) -> list[list[Mark]]:
    """The pages, each with the code of the text and the lines beside it, in the first corner that is free on all of them.

    Raises `NoRoomForStamp`.
    """
    width = SIDE + _GAP + max((text_width(line, _LOOK) for line in lines), default=0.0)
    spot = _free_corner(pages, width)
    is_right = spot.left > PAGE_WIDTH * MM / 2
    stamp = qr_marks(text, spot.right - SIDE if is_right else spot.left, spot.top)
    left = spot.left if is_right else spot.left + SIDE + _GAP
    first = spot.top + (SIDE - len(lines) * _LOOK.leading) / 2
    for i, line in enumerate(lines):
        room = width - SIDE - _GAP
        laid = broken(line, _LOOK, room + 1)[0]
        stamp.append(placed(laid, _LOOK, left, first + i * _LOOK.leading, room, "right" if is_right else "left"))
    return [[*page, *stamp] for page in pages]


def qr_marks(text: str, x: float, y: float) -> list[Mark]:
    """The code of the text as black rectangles, its top left corner at (x, y) pt; the same text gives the same marks."""
    matrix = [list(row) for row in segno.make(text, error="m", micro=False, encoding="utf-8").matrix]
    module = SIDE / len(matrix)
    rules = (_rule(box, module) for box in rectangles(matrix))
    return [Rule(x + r.x1, y + r.y1, x + r.x2, y + r.y2, r.width) for r in rules]


def _rule(box: Box, module: float) -> Rule:
    middle = (box.top + box.bottom) / 2 * module
    return Rule(box.left * module, middle, box.right * module, middle, (box.bottom - box.top) * module)


def rectangles(matrix: Matrix) -> list[Box]:
    """Rectangles in modules that cover the dark modules, each once: the runs of a row, as long as the rows below have the same run."""
    begun: dict[tuple[int, int], int] = {}
    boxes: list[Box] = []
    for y, row in enumerate([*matrix, []]):
        runs = _runs(row)
        ended = [run for run in begun if run not in runs]
        boxes += [Box(run[0], begun.pop(run), run[1], y) for run in ended]
        begun |= {run: y for run in runs if run not in begun}
    return boxes


def _runs(row: Sequence[int]) -> list[tuple[int, int]]:
    return [(found.start(), found.end()) for found in re.finditer(b"\x01+", bytes(row))]


def _free_corner(pages: Sequence[Page], width: float) -> Box:
    """Above the text if it can be, on the side of the binding first, where no page number stands."""
    taken = [box_of(mark) for page in pages for mark in page]
    left = min(max(min((mark.x for page in pages for mark in page if isinstance(mark, Text)), default=25 * MM), 20 * MM), 30 * MM)
    right = PAGE_WIDTH * MM - left - width
    bottom = PAGE_HEIGHT * MM - EDGE - SIDE
    for x, y in ((left, EDGE), (right, EDGE), (left, bottom), (right, bottom)):
        spot = Box(x, y, x + width, y + SIDE)
        around = Box(spot.left - _QUIET, spot.top - _QUIET, spot.right + _QUIET, spot.bottom + _QUIET)
        if not any(around.meets(box) for box in taken):
            return spot
    raise NoRoomForStamp


def box_of(mark: Mark) -> Box:
    """The part of the page that a mark covers: of a text its em boxes."""
    if isinstance(mark, Text):
        return Box(mark.x, mark.y - 0.88 * mark.size, mark.x + mark.line.justified_width, mark.y + 0.12 * mark.size)
    half = mark.width / 2
    return Box(min(mark.x1, mark.x2) - half, min(mark.y1, mark.y2) - half, max(mark.x1, mark.x2) + half, max(mark.y1, mark.y2) + half)


class Printed(NamedTuple):
    """What a PDF file says of itself: its title, author and subject, the program that made it, and the text of its pages."""

    title: str = ""
    author: str = ""
    subject: str = ""
    creator: str = ""
    text: str = ""


def read(data: bytes) -> Printed:
    """What can be read of a file, whatever it is: nothing of what is no PDF, is encrypted or too large, and never an error."""
    import pypdfium2

    if len(data) > _MOST_READ:
        return Printed()
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return Printed()
    try:
        said = _metadata(document)
        pages = range(min(len(document), _MOST_PAGES))
        text = "\n".join(_page_text(document, number) for number in pages)
    finally:
        document.close()
    return Printed(said.get("Title", ""), said.get("Author", ""), said.get("Subject", ""), said.get("Creator", ""), text)


def _metadata(document: Any) -> dict[str, str]:
    """The document information dictionary; nothing of one that is damaged."""
    try:
        known: dict[str, str] = document.get_metadata_dict()
    except UnicodeDecodeError:
        return {}
    return known


def _page_text(document: Any, number: int) -> str:
    import pypdfium2

    try:
        page = document[number]
        text: str = page.get_textpage().get_text_bounded()
    except pypdfium2.PdfiumError:
        return ""
    return text
