"""Makes resources/characters/initials.txt: the first letters of the readings of each Chinese character, from pypinyin (MIT licence).

    .venv/bin/python build/characters/make_initials.py

One line for each set of letters: the letters, a blank, the characters in the order of their code points. A character with several
readings stands under all their letters, so that 曾 and 单 are found both ways. The program reads the file and never pypinyin, whose import
takes longer than its start.
"""

from collections import defaultdict
from pathlib import Path

from pypinyin import Style, pinyin
from pypinyin.constants import PINYIN_DICT

TARGET = Path(__file__).resolve().parents[2] / "resources" / "characters" / "initials.txt"
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")


def letters_of(character: str) -> str:
    """The first letters of all readings, sorted; empty where none is known."""
    readings = pinyin(character, style=Style.FIRST_LETTER, heteronym=True)[0]
    return "".join(sorted(LETTERS.intersection(readings)))


def table() -> str:
    """The text of the file."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for code in sorted(PINYIN_DICT):
        if letters := letters_of(chr(code)):
            found[letters].append(chr(code))
    return "".join(f"{letters} {''.join(characters)}\n" for letters, characters in sorted(found.items()))


if __name__ == "__main__":
    TARGET.write_text(table(), encoding="utf-8", newline="\n")
