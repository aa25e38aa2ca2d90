"""Strips onto pages: pure, lengths in pt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from desktop.documents.mark import Mark, Rule, moved
from desktop.documents.strip import Frame, Strip

_HAIR = 1e-6


@dataclass(slots=True)
class PageOfStrips:
    """The strips of one page, each with the distance of its top from the top of the text area."""

    strips: list[tuple[float, Strip]] = field(default_factory=list)
    used: float = 0.0

    def add(self, strip: Strip) -> None:
        """Put the strip under the others."""
        self.strips.append((self.used, strip))
        self.used += strip.height


def paginate(strips: Sequence[Strip], room: Callable[[int], float]) -> list[PageOfStrips]:
    """The pages of a document, at least one.

    `room(n)` is the height of the text area of page n (from 0). Strips that stay together do so unless they are higher than a
    whole page; then they break wherever the page is full.
    """
    pages = [PageOfStrips()]
    for group in _groups(strips):
        height = sum(s.height for s in group)
        if pages[-1].strips and not _fits(pages, height, room) and height <= room(len(pages)) + _HAIR:
            pages.append(PageOfStrips())
        for strip in group:
            _place(pages, strip, room)
    return pages


def _groups(strips: Sequence[Strip]) -> list[list[Strip]]:
    groups: list[list[Strip]] = [[]]
    for strip in strips:
        groups[-1].append(strip)
        if not strip.keep:
            groups.append([])
    return [g for g in groups if g]


def _fits(pages: list[PageOfStrips], height: float, room: Callable[[int], float]) -> bool:
    return pages[-1].used + height <= room(len(pages) - 1) + _HAIR


def _place(pages: list[PageOfStrips], strip: Strip, room: Callable[[int], float]) -> None:
    if pages[-1].strips and not _fits(pages, strip.height, room):
        pages.append(PageOfStrips())
    page = pages[-1]
    if strip.new_page:
        pages += [PageOfStrips()] if page.strips else []
        return
    if strip.blank and not page.strips:
        return
    if not page.strips and len(pages) > 1:
        for head in strip.head:
            page.add(head)
    page.add(strip)


def marks_of(page: PageOfStrips, x: float, y: float) -> list[Mark]:
    """Everything on the page, frames included, for a text area whose top left corner is at (x, y)."""
    marks = [moved(mark, x, y + top) for top, strip in page.strips for mark in strip.marks]
    for frame, run in groupby(page.strips, key=lambda placed: placed[1].frame):
        if frame is not None:
            rows = list(run)
            marks += _frame_marks(frame, x, y + rows[0][0], y + rows[-1][0] + rows[-1][1].height)
    return marks


def _frame_marks(frame: Frame, x: float, top: float, bottom: float) -> list[Mark]:
    left, right = x + frame.edges[0], x + frame.edges[-1]
    marks: list[Mark] = [Rule(left, top, right, top), Rule(left, bottom, right, bottom)]
    marks += [Rule(x + edge, top, x + edge, bottom) for edge in frame.edges]
    for label in frame.labels:
        offset = max((bottom - top - label.height) / 2, 0)
        marks += [moved(mark, x, top + offset) for mark in label.marks]
    return marks
