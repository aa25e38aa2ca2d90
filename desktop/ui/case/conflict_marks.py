"""What differs between versions of a text: marked for the eye, and long stretches that agree made short."""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby, permutations
from typing import NamedTuple

from desktop.domain.id_number import masked
from desktop.ui.theme import COLOURS
from desktop.ui.visible import escaped

CONTEXT = 30
"""Characters that stay on either side of what differs."""

SHORTEN = 90
"""A stretch that agrees is made short if it has more characters than this."""

_MOST_COMPARED = 600
"""Characters of a stretch that is compared letter by letter; the time grows with its square."""

_ALIKE = 0.45
"""Stretches less alike than this are different as a whole: single letters that happen to agree only confuse."""

_MOST_DIFFERING = 0.7
"""Texts of which more than this part differs are told apart at a glance; marks would only confuse."""

_SENTENCES = re.compile(r"[^。！？；，、：\n]*[。！？；，、：\n]|[^。！？；，、：\n]+")


class Piece(NamedTuple):
    """A stretch of a text: whether it differs from another version, and how many characters were left out in its place.

    `alone`: the text is so unlike all others that nothing in it can be said to agree.
    """

    text: str
    differs: bool = False
    left_out: int = 0
    alone: bool = False


def pieces(texts: Sequence[str]) -> list[list[Piece]]:
    """Each text in pieces that agree with the versions like it or differ from one; a text that is like no other is one piece."""
    marks = [bytearray(len(text)) for text in texts]
    alike = [False] * len(texts)
    for one, other in permutations(range(len(texts)), 2):
        found, back = _differing(texts[one], texts[other]), _differing(texts[other], texts[one])
        if _is_alike(texts[one], found) and _is_alike(texts[other], back):
            alike[one] = True
            for start, end in found:
                marks[one][start:end] = b"\1" * (end - start)
    return [_cut(text, mark) if like else [Piece(text, alone=True)] for text, mark, like in zip(texts, marks, alike, strict=True)]


def masked_pieces(found: Iterable[Piece]) -> list[Piece]:
    """The pieces of an ID number as they are shown to somebody who compares versions: only the digits that differ are seen."""
    return [
        piece._replace(text=masked(piece.text) if piece.alone else piece.text if piece.differs else "*" * len(piece.text))
        for piece in found
    ]


def _is_alike(text: str, differing: Iterable[tuple[int, int]]) -> bool:
    return sum(end - start for start, end in differing) <= len(text) * _MOST_DIFFERING


def shortened(found: Iterable[Piece]) -> list[Piece]:
    """The pieces with what agrees at length replaced by how much it was."""
    whole = list(found)
    short: list[Piece] = []
    for place, piece in enumerate(whole):
        if piece.differs or piece.alone or len(piece.text) <= SHORTEN:
            short.append(piece)
            continue
        head = CONTEXT if place > 0 or len(whole) == 1 else 0
        tail = CONTEXT if place < len(whole) - 1 or len(whole) == 1 else 0
        before, after = piece.text[:head], piece.text[len(piece.text) - tail :]
        short += [Piece(before), Piece("", left_out=len(piece.text) - head - tail), Piece(after)]
    return [piece for piece in short if piece.text or piece.left_out]


def marked_up(found: Iterable[Piece]) -> str:
    """The pieces as rich text: what differs is underlined on a coloured ground."""
    return "".join(_marked_up(piece) for piece in found)


def _marked_up(piece: Piece) -> str:
    if piece.left_out:
        return f"<span style='color:{COLOURS['soft']}'>……（此处相同，{piece.left_out}字）……</span>"
    text = escaped(piece.text).replace("\n", "<br>")
    return f"<u style='background-color:{COLOURS['warn_wash']}'>{text}</u>" if piece.differs else text


def _cut(text: str, mark: bytearray) -> list[Piece]:
    runs = groupby(range(len(text)), key=mark.__getitem__)
    return [Piece("".join(text[place] for place in places), bool(differs)) for differs, places in runs]


def _differing(one: str, other: str) -> list[tuple[int, int]]:
    """The stretches of the first text that the second does not have: sentence by sentence, then letter by letter."""
    return list(_stretches(one, other))


def _stretches(one: str, other: str) -> Iterator[tuple[int, int]]:
    mine, theirs = _SENTENCES.findall(one), _SENTENCES.findall(other)
    starts = [0]
    for part in mine:
        starts.append(starts[-1] + len(part))
    for kind, i, j, k, m in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if kind == "delete":
            yield starts[i], starts[j]
        elif kind == "replace":
            yield from ((starts[i] + a, starts[i] + b) for a, b in _letters("".join(mine[i:j]), "".join(theirs[k:m])))


def _letters(one: str, other: str) -> list[tuple[int, int]]:
    if max(len(one), len(other)) > _MOST_COMPARED:
        return [(0, len(one))]
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return [(0, len(one))]
    return [(i, j) for kind, i, j, _, _ in matcher.get_opcodes() if kind in ("delete", "replace")]
