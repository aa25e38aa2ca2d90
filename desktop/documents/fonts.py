"""The type styles of official paper and the fonts that draw them, with a fallback for every character.

仿宋 for the body, 标宋 for titles, 黑 for headings, 楷 for remarks (GB/T 9704-2012, domain.md 6.8). A name may hold any character of
GB 18030-2022, so each style is a chain of fonts; the first that has a character draws it.
"""

from functools import cache
from typing import NamedTuple

from desktop.documents.characters import code_point, is_private
from desktop.documents.truetype import Face
from desktop.domain.refused import Refused
from desktop.resources import resource

_LAST = ("NotoSerifSC-Regular", "HanaMinB", "LXGWWenKai-Light", "FandolFang-Regular")
CHAINS = {
    "仿宋": ("FandolFang-Regular", "LXGWWenKai-Light", *_LAST),
    "标宋": ("FandolSong-Bold", *_LAST),
    "黑": ("NotoSansSC-Medium", *_LAST),
    "楷": ("LXGWWenKai-Light", *_LAST),
    "宋": _LAST,
}
"""The fonts of each style, in the order in which they are asked for a character."""


_LOW_LINE = "＿"
_NARROW_IN_KAI = frozenset("“”‘’·—")


def _preferred(style: str, character: str) -> tuple[str, ...]:
    """The font to ask before the style's own: low lines must join to a rule, and WenKai draws some Chinese marks as Latin ones."""
    if character == _LOW_LINE:
        return ("NotoSerifSC-Regular",)
    return ("FandolFang-Regular",) if style == "楷" and character in _NARROW_IN_KAI else ()


class MissingCharacterError(Refused):
    """No font of the program has this character, or it is a private one, for which a font may draw anything."""

    def __init__(self, character: str, place: str = "") -> None:
        self.character = character
        where = f"{place}中的" if place else ""
        super().__init__(f"{where}“{character}”（{code_point(character)}）不在随附的字库中，无法打印，请改用字库中有的字并手工更正。")


class Glyph(NamedTuple):
    """What draws a character: the font by its place in the chain, the glyph in it, the advance in em."""

    font: str
    glyph: int
    advance: float


class Style(dict[str, Glyph]):
    """A type style as a table from characters to glyphs, filled as texts ask for them.

    `widths(text, size)` measures; a character that no font has raises `MissingCharacterError`.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self._chain = CHAINS[name]

    def __missing__(self, character: str) -> Glyph:
        for font in () if is_private(character) else _preferred(self.name, character) + self._chain:
            opened = face(font)
            glyph = opened.glyph(ord(character))
            if glyph:
                found = self[character] = Glyph(font, glyph, opened.metrics(glyph)[0] / opened.per_em)
                return found
        raise MissingCharacterError(character)

    def widths(self, text: str, size: float, tracking: float = 0.0) -> list[float]:
        """The advance of each character in pt at a size in pt; `tracking` pt are added to each."""
        return [self[c].advance * size + tracking for c in text]


@cache
def style(name: str) -> Style:
    """The style of that name, one for the whole process."""
    return Style(name)


@cache
def face(font: str) -> Face:
    """The font file of that name from `resources/fonts`, opened once."""
    return Face(resource("fonts", f"{font}.ttf"))
