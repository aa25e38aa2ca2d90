"""Text as it is kept and compared."""

import re
import unicodedata
from collections.abc import Iterable

IGNORABLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]")
"""Letters and marks of Unicode's Default_Ignorable_Code_Point: variation selectors, fillers, the grapheme joiner."""


def normalized(text: str) -> str:
    """The text in Unicode NFC: the one form in which text is stored (protocol, section 1)."""
    return unicodedata.normalize("NFC", text)


def is_unprintable(character: str) -> bool:
    """Whether the character is a control, bidi, format or ignorable one that must never reach paper; line breaks may."""
    if character in "\n\t":
        return False
    return unicodedata.category(character) in ("Cc", "Cf", "Cs") or IGNORABLE.match(character) is not None


def unprintable(text: str) -> list[str]:
    """The code points (`U+202E`) in the text that no paper shows, each once, in their order."""
    if _is_plain(text):
        return []
    return _code_points(c for c in dict.fromkeys(text) if is_unprintable(c))


def private(text: str) -> list[str]:
    """The code points (`U+E000`) of private use in the text: each font draws something else for them, so no paper may."""
    if _is_plain(text):
        return []
    return _code_points(c for c in dict.fromkeys(text) if unicodedata.category(c) == "Co")


def _is_plain(text: str) -> bool:
    """Whether nothing in the text needs a closer look: true of nearly every text, and much quicker than looking at each letter."""
    return text.replace("\n", "").replace("\t", "").replace("\u3000", "").isprintable() and IGNORABLE.search(text) is None


def _code_points(characters: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(f"U+{ord(c):04X}" for c in characters))
