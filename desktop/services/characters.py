"""Characters as they will print: which the shipped fonts have, what draws them, and the search for rare ones."""

import gzip
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from desktop.domain.character_parts import CharacterTable, read_code_point, read_parts
from desktop.domain.text import is_unprintable
from desktop.resources import resource

_BODY = "仿宋"
"""The type style of the body of all papers."""

_USUAL = re.compile("[^\t\n -~·—‘’“”…、-】〇Ⅰ-Ⅹ①-⑩\u3000\u4e00-\u9fff！-～￥]")
"""Anything but what the fonts certainly have."""


class Drawn(NamedTuple):
    """What draws a character on paper: a font file and the number of the glyph in it."""

    font: Path
    glyph: int


def drawn(character: str) -> Drawn | None:
    """The glyph that prints the character in the body of a paper; None if no shipped font has it."""
    from desktop.documents.fonts import MissingCharacterError, style

    try:
        found = style(_BODY)[character]
    except MissingCharacterError:
        return None
    return Drawn(resource("fonts", f"{found.font}.ttf"), found.glyph)


def unprintable_in(text: str) -> tuple[str, ...]:
    """The characters of the text that no shipped font can draw (emoji, private and newest ones), each once, in their order.

    Invisible characters are not among them: paper leaves those out (docs/characters.md).
    """
    unusual = dict.fromkeys(_USUAL.findall(text))
    return tuple(c for c in unusual if not is_unprintable(c) and drawn(c) is None)


@cache
def table() -> CharacterTable:
    """The shipped table of characters by parts, read once."""
    packed = resource("characters", "parts.txt.gz").read_bytes()
    return CharacterTable(gzip.decompress(packed).decode())


def find(text: str, strokes: int = 0) -> tuple[str, ...]:
    """Characters for what was typed: the one of a code point, or those with the parts and, unless 0, that many strokes.

    Those that no shipped font has come last.
    """
    if code := read_code_point(text):
        return (code,)
    found = table().find(read_parts(text), strokes)
    return tuple(sorted(found, key=lambda character: drawn(character) is None))


def first_letters(text: str) -> list[str]:
    """The ways to write the text by the first letters of its readings: `小额债务` is `xezw`."""
    from desktop.store.initials import initials

    return initials(text)
