"""The letterhead of 信函格式 (GB/T 9704-2012 10.1, domain.md 6.8)."""

from desktop.documents.form import Letterhead
from desktop.documents.look import Look
from desktop.documents.mark import MM, PAGE_HEIGHT, PAGE_WIDTH, Mark, Rule
from desktop.documents.paragraph import broken, placed, text_width

_THICK, _THIN, _BETWEEN = 2.0, 0.7, 2.2


def letterhead(spec: Letterhead, look: Look, organ: str) -> list[Mark]:
    """The head and foot of a first page, in red.

    The organ's name has its top `spec.top` mm from the page's and is set smaller if one line does not hold it; `spec.gap` mm below
    it a double rule, thick over thin; `spec.foot` mm above the foot of the page another, thin over thick.
    """
    width = spec.rule * MM
    natural = text_width(organ, look)
    scale = min(1.0, width / natural)
    look = Look(font=look.font, size=look.size * scale, leading=look.size * scale, tracking=look.tracking * scale, colour="red")
    left, top = (PAGE_WIDTH * MM - width) / 2, spec.top * MM
    name = placed(broken(organ, look, width + 1)[0], look, left, top, width, "center")
    below = top + look.size + spec.gap * MM
    foot = PAGE_HEIGHT * MM - spec.foot * MM
    return [name, *_double(left, below, width, (_THICK, _THIN)), *_double(left, foot - _BETWEEN, width, (_THIN, _THICK))]


def _double(left: float, y: float, width: float, weights: tuple[float, float]) -> list[Mark]:
    return [Rule(left, y + i * _BETWEEN, left + width, y + i * _BETWEEN, weight, "red") for i, weight in enumerate(weights)]
