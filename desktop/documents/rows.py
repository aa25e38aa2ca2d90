"""Rows of tables: cells with wrapped texts to strips that a page may break, labels repeated."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from desktop.documents.linebreak import Line
from desktop.documents.look import Look
from desktop.documents.mark import Mark
from desktop.documents.paragraph import Align, broken, placed
from desktop.documents.strip import Floating, Frame, Strip, without_orphans

_UNBROKEN = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its left edge and width in pt from the left of the text, its text and look. A label is repeated on each page."""

    x: float
    width: float
    text: str
    look: Look
    align: Align = "left"
    label: bool = False


@dataclass(frozen=True, slots=True)
class Padding:
    """The space between a cell's border and its text, pt."""

    side: float = 4.0
    top: float = 4.0


def row(cells: Sequence[Cell], *, padding: Padding, height: float = 0.0, head: tuple[Strip, ...] = ()) -> list[Strip]:
    """The strips of one row, at least `height` pt high.

    A row of up to three lines stays on one page, its texts in the middle of it; a longer one may break between lines (two at
    least on each side, and as many as its labels need), its labels then stand on each page.
    """
    lines = [broken(cell.text, cell.look, cell.width - 2 * padding.side) for cell in cells]
    edges = (*(cell.x for cell in cells), cells[-1].x + cells[-1].width)
    longest = max((len(ls) for cell, ls in zip(cells, lines, strict=True) if not cell.label), default=1)
    if longest <= _UNBROKEN:
        return [_short(list(zip(cells, lines, strict=True)), edges, padding, height, head)]
    return _long(list(zip(cells, lines, strict=True)), edges, padding, height, head)


def _short(
    cells: list[tuple[Cell, list[Line]]], edges: tuple[float, ...], padding: Padding, height: float, head: tuple[Strip, ...]
) -> Strip:
    height = max(height, *(len(lines) * cell.look.leading + 2 * padding.top for cell, lines in cells))
    marks: list[Mark] = []
    for cell, lines in cells:
        top = (height - len(lines) * cell.look.leading) / 2
        marks += _cell_marks(cell, lines, padding, top)
    return Strip(height, tuple(marks), frame=Frame(edges), head=head)


def _long(
    cells: list[tuple[Cell, list[Line]]], edges: tuple[float, ...], padding: Padding, height: float, head: tuple[Strip, ...]
) -> list[Strip]:
    labels = tuple(
        Floating(tuple(_cell_marks(cell, lines, padding, 0.0)), len(lines) * cell.look.leading) for cell, lines in cells if cell.label
    )
    frame, texts = Frame(edges, labels), [(cell, lines) for cell, lines in cells if not cell.label]
    leading = max(cell.look.leading for cell, _ in texts)
    strips = []
    for i in range(max(len(lines) for _, lines in texts)):
        marks = [_cell_mark(cell, lines[i], padding, 0.0) for cell, lines in texts if i < len(lines)]
        strips.append(Strip(leading, tuple(marks), frame=frame, head=head))
    last = _last(strips[-1], height - leading * len(strips), padding)
    highest = max((label.height for label in labels), default=0.0)
    return [_pad(frame, padding, head), *without_orphans([*strips[:-1], last], least=max(2, ceil(highest / leading)))]


def _pad(frame: Frame, padding: Padding, head: tuple[Strip, ...]) -> Strip:
    return Strip(padding.top, frame=frame, keep=True, head=head)


def _last(strip: Strip, missing: float, padding: Padding) -> Strip:
    return replace(strip, height=strip.height + max(padding.top, missing - padding.top))


def _cell_marks(cell: Cell, lines: list[Line], padding: Padding, top: float) -> list[Mark]:
    return [_cell_mark(cell, line, padding, top + i * cell.look.leading) for i, line in enumerate(lines)]


def _cell_mark(cell: Cell, line: Line, padding: Padding, top: float) -> Mark:
    return placed(line, cell.look, cell.x + padding.side, top, cell.width - 2 * padding.side, cell.align)
