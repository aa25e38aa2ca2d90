"""Chinese line breaking: pure functions from a text and the widths of its characters to lines.

The rules are those of GB/T 15834-2011 (punctuation) and W3C's Requirements for Chinese Text Layout: no line begins with a closing
mark, none ends with an opening one (禁则); of two marks in a row the first gives up its right blank; so may the mark at the end of a
line and, to draw a forbidden mark into the line, others in it. Numbers, amounts and Latin words are never split as long as they
fit in a line.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

NO_START = frozenset("，。；：、！？）》〉”’】〕」』］｝〗…—～·•‧%‰℃％°′″,.;:!?)]}’ー々")
"""Characters with which no line begins."""

NO_END = frozenset("（《〈“‘【〔「『［｛〖￥¥＄$([{□☑")
"""Characters with which no line ends; a box to tick stays with its words."""

SQUEEZABLE = frozenset("，。；：、！）》〉”’】〕」』］｝〗")
"""Full-width marks whose right half is blank in every font of the program, so that it may be dropped."""

_SPACES = " \u3000"
_AFTER_MARK = SQUEEZABLE | frozenset("（《〈“‘【〔「『［｛〖")
_RUN = r"[!-~\u00c0-\u024f０-９]+"
_CAPITAL = "零〇壹贰叁肆伍陆柒捌玖拾佰仟万亿"
_UNIT = re.compile(
    rf"人民币|[￥¥]?{_RUN}(?:[百千万亿]*[元圆](?:{_RUN}角)?(?:{_RUN}分)?|％|‰|℃|[年月日号时分])?"
    rf"|[{_CAPITAL}]+(?:[元圆](?:[{_CAPITAL}]+角)?(?:[{_CAPITAL}]+分)?|角(?:[{_CAPITAL}]+分)?|分)[整正]?"
    r"|—+|…+|[ \u3000]+|."
)
_MOST_PULLED = 3
_WIDEST_SPREAD = 0.45
_HAIR = 1e-6


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a paragraph. All lengths in pt.

    `text` is the source's, hanging spaces at its end included; `x` where it starts, `width` its width after the squeeze and
    without those spaces; `squeezed` the indices in `text` of marks drawn half an em narrower; `gaps` the indices after which
    `spread` is added to justify the line.
    """

    text: str
    x: float
    width: float
    squeezed: frozenset[int] = frozenset()
    gaps: tuple[int, ...] = ()
    spread: float = 0.0

    @property
    def ink(self) -> str:
        """The text without the spaces that hang at its end."""
        return self.text.rstrip(_SPACES)

    @property
    def justified_width(self) -> float:
        """The width with the spread."""
        return self.width + self.spread * len(self.gaps)


@dataclass(slots=True)
class _Paragraph:
    """What the breaker knows of a text: widths after adjacent marks were squeezed, their sums, and where a line may break."""

    text: str
    size: float
    narrow: set[int]
    sums: list[float]
    unit_starts: list[bool]
    breaks: list[bool]

    def width(self, start: int, end: int) -> float:
        return self.sums[end] - self.sums[start]

    def spare(self, start: int, end: int) -> list[int]:
        """Marks that can still be squeezed, the last of the line first."""
        return [i for i in range(end - 1, start - 1, -1) if self.can_squeeze(i)]

    def can_squeeze(self, i: int) -> bool:
        return self.text[i] in SQUEEZABLE and i not in self.narrow and self.width(i, i + 1) > 0.75 * self.size


def break_lines(text: str, widths: Sequence[float], width: float, *, size: float, indent: float = 0.0) -> list[Line]:
    """The lines of one paragraph.

    Args:
        text: Without line feeds; an empty text gives one empty line.
        widths: The width in pt of each character at `size`.
        width: Of the column, pt.
        size: Of the type, pt; a squeezed mark loses half of it.
        indent: Of the first line, pt.

    Joined, the lines' texts are `text`. A line begins or ends with a forbidden mark, or a number is split, only where there was
    no other break in a whole line. A line is wider than its column only if one character is.
    """
    paragraph = _measured(text, widths, width, size)
    lines, start, x = [], 0, indent
    while True:
        end, squeezed = _line_end(paragraph, start, width - x)
        lines.append(_line(paragraph, start, end, squeezed, x=x, room=width - x))
        if end >= len(text):
            return lines
        start, x = end, 0.0


def _measured(text: str, widths: Sequence[float], width: float, size: float) -> _Paragraph:
    narrow = {i for i in range(len(text) - 1) if text[i] in SQUEEZABLE and text[i + 1] in _AFTER_MARK and widths[i] > 0.75 * size}
    sums, total = [0.0], 0.0
    for i, advance in enumerate(widths):
        total += advance - size / 2 if i in narrow else advance
        sums.append(total)
    starts = _unit_starts(text, sums, width)
    return _Paragraph(text, size, narrow, sums, starts, _legal_breaks(text, starts))


def _unit_starts(text: str, sums: list[float], width: float) -> list[bool]:
    """Where units begin; one that is wider than a whole line is no unit."""
    starts = [False] * (len(text) + 1)
    for match in _UNIT.finditer(text):
        start, end = match.span()
        starts[start] = True
        if end - start > 1 and sums[end] - sums[start] > width + _HAIR:
            starts[start:end] = [True] * (end - start)
    return starts


def _legal_breaks(text: str, starts: list[bool]) -> list[bool]:
    """Whether a line may break before each character: at a unit, not before a space, and as the forbidden marks allow."""
    breaks, before = [False] * (len(text) + 1), ""
    for i, char in enumerate(text):
        if char not in _SPACES:
            breaks[i] = starts[i] and _allowed(before, char)
            before = char
    return breaks


def _allowed(before: str, after: str) -> bool:
    return before != "" and after not in NO_START and before not in NO_END


def _line_end(p: _Paragraph, start: int, room: float) -> tuple[int, frozenset[int]]:
    """Where the line that begins at `start` ends, and which of its marks are squeezed to make it fit."""
    full = _past_spaces(p.text, bisect_right(p.sums, p.sums[start] + room + _HAIR) - 1)
    if full >= len(p.text) or p.breaks[full]:
        return full, frozenset()
    pulled = _pulled_in(p, start, full, room) if p.unit_starts[full] else None
    return pulled or (_carried_down(p, start, full), frozenset())


def _past_spaces(text: str, end: int) -> int:
    while 0 < end < len(text) and text[end] in _SPACES:
        end += 1
    return end


def _pulled_in(p: _Paragraph, start: int, full: int, room: float) -> tuple[int, frozenset[int]] | None:
    """The next break that can be reached by squeezing marks of the line, and the marks."""
    for end in range(full + 1, min(full + _MOST_PULLED, len(p.text)) + 1):
        if end < len(p.text) and not p.breaks[end]:
            continue
        excess = p.width(start, end) - room
        spare = p.spare(start, end)
        needed = int(excess / (p.size / 2) - _HAIR) + 1
        if needed <= len(spare):
            return _past_spaces(p.text, end), frozenset(spare[:needed])
    return None


def _carried_down(p: _Paragraph, start: int, full: int) -> int:
    """The last legal break of the line; failing that the last inside a number or word; failing that where the line is full."""
    whole = next((i for i in range(full, start, -1) if p.breaks[i]), 0)
    if whole:
        return whole
    split = next((i for i in range(full, start, -1) if p.text[i] not in _SPACES and _allowed(p.text[i - 1], p.text[i])), 0)
    return split or max(full, start + 1)


def _line(p: _Paragraph, start: int, end: int, squeezed: frozenset[int], *, x: float, room: float) -> Line:
    inked = end
    while inked > start and p.text[inked - 1] in _SPACES:
        inked -= 1
    width = p.width(start, inked) - len(squeezed) * p.size / 2
    narrow = frozenset(i - start for i in (*squeezed, *(n for n in p.narrow if start <= n < inked)))
    gaps = tuple(i - 1 - start for i in range(start + 1, inked) if p.unit_starts[i])
    spread = (room - width) / len(gaps) if gaps and end < len(p.text) else 0.0
    if spread > _WIDEST_SPREAD * p.size or spread < 0:
        spread = 0.0
    return Line(p.text[start:end], x, width, narrow, gaps if spread else (), spread)
