"""What of a text reaches the paper (domain.md 6.7, docs/characters.md).

Control, direction and other invisible characters never do; `desktop.domain.text.unprintable` tells a caller which those are, so that
it can warn. A private character stays, for it stands for a visible one: `fonts` refuses it by name.
"""

import re

from desktop.domain.text import IGNORABLE, is_unprintable

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_SPACES = str.maketrans({"\t": " ", "\u00a0": " ", "\u2003": "\u3000"})
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")


def printable(text: str) -> str:
    """The text as paper shows it: without control, direction and other invisible characters; line feeds stay, tabs are spaces.

    A variation selector is left out, so that its character is drawn in the font's usual form.
    """
    text = IGNORABLE.sub("", text)
    if text.isprintable():
        return text
    text = _LINE_ENDS.sub("\n", text).translate(_SPACES)
    return "".join(c for c in text if is_private(c) or not is_unprintable(c))


def is_private(character: str) -> bool:
    """Whether it is a character of a private use area, which means something else in each font."""
    return _PRIVATE.match(character) is not None


def code_point(character: str) -> str:
    """`U+4DAE` for 䶮."""
    return f"U+{ord(character):04X}"
