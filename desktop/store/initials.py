"""The first letters of the readings of Chinese names: zs finds 张三.

A character with several readings counts with each of them (曾 as c and z), in any mixture. The table is made by
`build/characters/make_initials.py`; it is read when first needed.
"""

from functools import cache
from itertools import product

from desktop.resources import resource

MOST = 12
"""Mixtures of readings that one name is found by: surnames of two readings in front of given names of two have four."""


def initials(text: str) -> list[str]:
    """The ways to write the text by first letters, in small letters; letters and digits stand for themselves, the rest is left out."""
    table = _table()
    ways = [table.get(character) or _itself(character) for character in text]
    return ["".join(way) for way in _mixtures([letters for letters in ways if letters])]


def _itself(character: str) -> str:
    return character.lower() if character.isascii() and character.isalnum() else ""


def _mixtures(ways: list[str]) -> list[tuple[str, ...]]:
    """Every mixture; where there are too many, the last characters that have several readings keep the first one."""
    count = 1
    for place, letters in enumerate(ways):
        if count * len(letters) > MOST:
            ways[place] = letters[0]
        else:
            count *= len(letters)
    return list(product(*ways)) if ways else []


@cache
def _table() -> dict[str, str]:
    lines = resource("characters", "initials.txt").read_text(encoding="utf-8").splitlines()
    return {character: letters for letters, characters in (line.split(" ") for line in lines) for character in characters}
