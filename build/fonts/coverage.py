"""Which characters the paper can show, style by style: the table of docs/characters.md.

    python build/fonts/coverage.py        write the table anew between its marks in docs/characters.md

Ranges name the assigned characters of each block as of Unicode 14.0, so that the table does not hang on the interpreter's Unicode.
"""

from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path

from desktop.documents.fonts import CHAINS, MissingCharacterError, Style

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "characters.md"
TONGGUI = ROOT / "tests" / "documents" / "tonggui.txt"
BEGIN, END = "<!-- table by build/fonts/coverage.py -->", "<!-- end of table -->"

Ranges = Sequence[tuple[int, int]]

GB_IDEOGRAPHS: Ranges = (
    (0x3400, 0x4DB5),
    (0x4E00, 0x9FEF),
    *((code, code) for code in (0xFA0E, 0xFA0F, 0xFA11, 0xFA13, 0xFA14, 0xFA1F, 0xFA21, 0xFA23, 0xFA24, 0xFA27, 0xFA28, 0xFA29)),
    (0x20000, 0x2A6D6),
    (0x2A700, 0x2B734),
    (0x2B740, 0x2B81D),
    (0x2B820, 0x2CEA1),
    (0x2CEB0, 0x2EBE0),
)
"""The 87,887 ideographs of GB 18030-2022 (level 3)."""

BLOCKS: dict[str, Ranges] = {
    "ASCII": ((0x20, 0x7E),),
    "Latin-1": ((0xA0, 0xAC), (0xAE, 0xFF)),
    "Latin Extended-A, -B (pinyin)": ((0x100, 0x24F),),
    "Combining marks": ((0x300, 0x34E), (0x350, 0x36F)),
    "Greek": ((0x391, 0x3A1), (0x3A3, 0x3A9), (0x3B1, 0x3C9)),
    "Cyrillic": ((0x401, 0x401), (0x410, 0x44F), (0x451, 0x451)),
    "General Punctuation": ((0x2010, 0x2027), (0x2030, 0x205E)),
    "Superscripts and Subscripts": ((0x2070, 0x2071), (0x2074, 0x208E)),
    "Letterlike Symbols": ((0x2100, 0x214F),),
    "Number Forms": ((0x2150, 0x218B),),
    "Arrows": ((0x2190, 0x21FF),),
    "Mathematical Operators": ((0x2200, 0x22FF),),
    "Enclosed Alphanumerics": ((0x2460, 0x24FF),),
    "Box Drawing, Block Elements": ((0x2500, 0x259F),),
    "Geometric Shapes": ((0x25A0, 0x25FF),),
    "Miscellaneous Symbols": ((0x2600, 0x26FF),),
    "CJK Radicals Supplement": ((0x2E80, 0x2E99), (0x2E9B, 0x2EF3)),
    "Kangxi Radicals": ((0x2F00, 0x2FD5),),
    "Ideographic Description Characters": ((0x2FF0, 0x2FFB),),
    "CJK Symbols and Punctuation": ((0x3000, 0x303F),),
    "Hiragana": ((0x3041, 0x3096), (0x3099, 0x309F)),
    "Katakana": ((0x30A0, 0x30FF),),
    "Bopomofo": ((0x3105, 0x312F),),
    "Bopomofo Extended": ((0x31A0, 0x31BF),),
    "CJK Strokes": ((0x31C0, 0x31E3),),
    "Katakana Phonetic Extensions": ((0x31F0, 0x31FF),),
    "Enclosed CJK Letters and Months": ((0x3200, 0x321E), (0x3220, 0x32FF)),
    "CJK Compatibility": ((0x3300, 0x33FF),),
    "CJK Extension A": ((0x3400, 0x4DBF),),
    "Yijing Hexagrams": ((0x4DC0, 0x4DFF),),
    "CJK Unified Ideographs": ((0x4E00, 0x9FFF),),
    "Yi Syllables (彝文)": ((0xA000, 0xA48C),),
    "Yi Radicals": ((0xA490, 0xA4C6),),
    "Lisu (傈僳文)": ((0xA4D0, 0xA4FF),),
    "CJK Compatibility Ideographs": ((0xF900, 0xFA6D), (0xFA70, 0xFAD9)),
    "Vertical Forms": ((0xFE10, 0xFE19),),
    "CJK Compatibility Forms": ((0xFE30, 0xFE4F),),
    "Small Form Variants": ((0xFE50, 0xFE52), (0xFE54, 0xFE66), (0xFE68, 0xFE6B)),
    "Fullwidth Forms": ((0xFF01, 0xFF5E), (0xFFE0, 0xFFE6)),
    "CJK Extension B": ((0x20000, 0x2A6DF),),
    "CJK Extension C": ((0x2A700, 0x2B738),),
    "CJK Extension D": ((0x2B740, 0x2B81D),),
    "CJK Extension E": ((0x2B820, 0x2CEA1),),
    "CJK Extension F": ((0x2CEB0, 0x2EBE0),),
    "CJK Extension G (not in GB 18030-2022)": ((0x30000, 0x3134A),),
    "CJK Compatibility Ideographs Supplement": ((0x2F800, 0x2FA1D),),
    "Dai (傣文: Tai Le, New Tai Lue)": ((0x1950, 0x196D), (0x1970, 0x1974), (0x1980, 0x19AB), (0x19B0, 0x19C9), (0x19D0, 0x19DA)),
    "Tibetan": ((0xF00, 0xF47), (0xF49, 0xF6C), (0xF71, 0xF97), (0xF99, 0xFBC), (0xFBE, 0xFCC), (0xFCE, 0xFDA)),
}


def characters(ranges: Ranges) -> list[str]:
    """The characters of the ranges, both ends included."""
    return [chr(code) for code in chain.from_iterable(range(first, last + 1) for first, last in ranges)]


def tonggui() -> list[str]:
    """The 8,105 characters of 通用规范汉字表."""
    return [*TONGGUI.read_text(encoding="utf-8").strip()]


def missing(style: Style, wanted: Iterable[str]) -> list[str]:
    """The characters that no font of the style draws."""
    return [character for character in wanted if not drawn(style, character)]


def drawn(style: Style, character: str) -> bool:
    """Whether a font of the style draws the character."""
    try:
        return bool(style[character])
    except MissingCharacterError:
        return False


def cell(style: Style, wanted: Sequence[str]) -> str:
    """How many characters the style's own font draws, how many a fallback, how many none: `own + fallback, − none`."""
    found = [style[c].font == CHAINS[style.name][0] for c in wanted if drawn(style, c)]
    own, none = sum(found), len(wanted) - len(found)
    return f"{own} + {len(found) - own}" + (f", − {none}" if none else "")


def table() -> str:
    """The table in Markdown."""
    sets = {"**通用规范汉字表**": ("", tonggui()), "**GB 18030-2022, ideographs**": ("", characters(GB_IDEOGRAPHS))}
    for block, ranges in BLOCKS.items():
        sets[block] = (f"{ranges[0][0]:04X}–{ranges[-1][1]:04X}", characters(ranges))
    styles = [Style(name) for name in CHAINS]
    lines = ["| characters | code points | number | " + " | ".join(CHAINS) + " |", "|---|---|---:|" + "---:|" * len(CHAINS)]
    for block, (codes, wanted) in sets.items():
        lines.append(f"| {block} | {codes} | {len(wanted)} | " + " | ".join(cell(style, wanted) for style in styles) + " |")
    return "\n".join(lines)


def written(page: str) -> str:
    """The page with the table as it is now."""
    before, rest = page.split(BEGIN)
    return f"{before}{BEGIN}\n{table()}\n{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
