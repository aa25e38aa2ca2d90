"""Lines of labels and values over ruled blanks: `姓名____ 性别__ 民族__`, to be read or to be filled by hand."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.documents.linebreak import Line
from desktop.documents.look import Look
from desktop.documents.mark import Mark, Rule
from desktop.documents.paragraph import broken, placed
from desktop.documents.strip import Strip, kept


@dataclass(frozen=True, slots=True)
class Entry:
    """A label and its value in a part of the line that is `width` pt wide; None for the value leaves the blank empty.

    A blank that would be shorter than `least` pt beside its label goes to the next line.
    """

    label: str
    value: str | None
    width: float
    least: float = 0.0


@dataclass(frozen=True, slots=True)
class _Set:
    """An entry in lines: those of the label, and those of the value, which begin beside line `first` of the label at `left`."""

    label: list[Line]
    value: list[Line]
    first: int
    left: float
    width: float

    @property
    def lines(self) -> int:
        return max(len(self.label), self.first + len(self.value))


def fields(entries: Sequence[Entry], look: Look, *, x: float = 0.0) -> list[Strip]:
    """One line of entries side by side; more lines where a value or label is too long for its part. They stay on one page."""
    sets = [_set(entry, look, last=i == len(entries) - 1) for i, entry in enumerate(entries)]
    strips = []
    for i in range(max(s.lines for s in sets)):
        left, marks = x, list[Mark]()
        for entry, laid in zip(entries, sets, strict=True):
            marks += _marks(laid, i, look, left)
            left += entry.width
        strips.append(Strip(look.leading, tuple(marks)))
    return kept(strips)


def _set(entry: Entry, look: Look, *, last: bool) -> _Set:
    width = entry.width - (0.0 if last else 0.4 * look.size)
    label = broken(entry.label, look, width)
    left = label[-1].width + 0.2 * look.size if entry.label else 0.0
    value = entry.value or ""
    first = len(label) - 1
    if width - left < max(entry.least, 2 * look.size if len(label) > 1 else 0.0):
        first, left = len(label), 0.0
    return _Set(label, broken(value, look, width - left), first, left, width - left)


def _marks(laid: _Set, i: int, look: Look, x: float) -> list[Mark]:
    marks: list[Mark] = []
    if i < len(laid.label):
        marks.append(placed(laid.label[i], look, x, 0.0, laid.width, "left"))
    if laid.first <= i < laid.first + len(laid.value):
        under = look.baseline + 0.24 * look.size
        marks.append(placed(laid.value[i - laid.first], look, x + laid.left, 0.0, laid.width, "left"))
        marks.append(Rule(x + laid.left, under, x + laid.left + laid.width, under))
    return marks
