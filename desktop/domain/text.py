"""Text as it is kept and compared."""

import unicodedata
from collections.abc import Iterable


def normalized(text: str) -> str:
    """The text in Unicode NFC: the one form in which text is stored (protocol, section 1)."""
    return unicodedata.normalize("NFC", text)


def is_unprintable(character: str) -> bool:
    """Whether the character is a control, bidi or other format character that must never reach paper; line breaks may."""
    return character not in "\n\t" and unicodedata.category(character) in ("Cc", "Cf", "Cs")


def unprintable(text: str) -> list[str]:
    """The code points (`U+202E`) in the text that no paper shows, each once, in their order."""
    return _code_points(c for c in text if is_unprintable(c))


def private(text: str) -> list[str]:
    """The code points (`U+E000`) of private use in the text: each font draws something else for them, so no paper may."""
    return _code_points(c for c in text if unicodedata.category(c) == "Co")


def _code_points(characters: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(f"U+{ord(c):04X}" for c in characters))
