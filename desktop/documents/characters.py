"""What of a text reaches the paper: control and direction characters never do (domain.md 6.7).

`desktop.domain.text.unprintable` tells a caller which those are, so that it can warn.
"""

import re

from desktop.domain.text import is_unprintable

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_SPACES = str.maketrans({"\t": " ", "\u00a0": " ", "\u2003": "\u3000"})


def printable(text: str) -> str:
    """The text as paper shows it: without control, direction and other format characters; line feeds stay, tabs are spaces."""
    if text.isprintable():
        return text
    text = _LINE_ENDS.sub("\n", text).translate(_SPACES)
    return "".join(c for c in text if not is_unprintable(c))


def code_point(character: str) -> str:
    """`U+4DAE` for 䶮."""
    return f"U+{ord(character):04X}"
