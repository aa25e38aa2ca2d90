"""Text as it is kept and compared."""

import unicodedata


def normalized(text: str) -> str:
    """The text in Unicode NFC: the one form in which text is stored (protocol, section 1)."""
    return unicodedata.normalize("NFC", text)


def is_unprintable(character: str) -> bool:
    """Whether the character is a control, bidi or other format character that must never reach paper; line breaks may."""
    return character not in "\n\t" and unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co")


def unprintable(text: str) -> list[str]:
    """The code points (`U+202E`) in the text that no paper shows, each once, in their order."""
    return list(dict.fromkeys(f"U+{ord(c):04X}" for c in text if is_unprintable(c)))
