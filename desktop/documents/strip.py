"""Strips: horizontal slices of a document that a page break may separate, and the frames of table rows that run through them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from desktop.documents.mark import Mark, moved


@dataclass(frozen=True, slots=True)
class Floating:
    """Marks that stand in the middle of a table row, however much of the row is on the page; their y starts at 0."""

    marks: tuple[Mark, ...]
    height: float


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """The cell borders of one table row. `edges` are x positions in pt from the left of the text.

    Strips of one row share one frame; the borders close around those of them that stand on the same page, and `labels` are
    repeated on each.
    """

    edges: tuple[float, ...]
    labels: tuple[Floating, ...] = ()


@dataclass(frozen=True, slots=True)
class Strip:
    """A slice of the text column; marks count from its top left corner, lengths in pt.

    `keep`: no page break after it. `blank`: only space, left out at the top of a page. `head`: strips that are printed again
    above it when it comes first on a page (labels of a table). `new_page`: the next strip begins a page.
    """

    height: float
    marks: tuple[Mark, ...] = ()
    keep: bool = False
    blank: bool = False
    frame: Frame | None = None
    head: tuple["Strip", ...] = ()
    new_page: bool = False


def space(height: float) -> list[Strip]:
    """Blank space; nothing for 0."""
    return [Strip(height, blank=True)] if height else []


def new_page() -> list[Strip]:
    """The end of a page."""
    return [Strip(0.0, blank=True, new_page=True)]


def tightened(strips: Iterable[Strip], factor: float) -> list[Strip]:
    """The strips that much closer together; what is in a table keeps its height."""
    return [s if s.frame else _tight(s, factor) for s in strips]


def _tight(strip: Strip, factor: float) -> Strip:
    lost = strip.height * (1 - factor)
    return replace(strip, height=strip.height - lost, marks=tuple(moved(mark, 0.0, -lost / 2) for mark in strip.marks))


def kept(strips: Iterable[Strip]) -> list[Strip]:
    """The strips with no page break between them; after the last one a page may end as before."""
    strips = list(strips)
    return [s if s.keep else replace(s, keep=True) for s in strips[:-1]] + strips[-1:]


def bound_to_next(strips: Sequence[Strip], lines: int) -> list[Strip]:
    """The strips, the last `lines` of which (blank ones not counted) stay on one page with what follows."""
    bound, left = list(strips), lines
    for i in range(len(bound) - 1, -1, -1):
        if left == 0:
            break
        bound[i] = replace(bound[i], keep=True)
        left -= not bound[i].blank
    return bound


def without_orphans(strips: list[Strip], least: int = 2) -> list[Strip]:
    """Lines of one paragraph: the first `least` stay together, and so do the last."""
    late = len(strips) - least
    return [replace(s, keep=True) if i < min(least, len(strips)) - 1 or late <= i < len(strips) - 1 else s for i, s in enumerate(strips)]
