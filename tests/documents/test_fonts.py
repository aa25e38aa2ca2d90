"""Fonts: every character of a name finds one, and the file that is embedded holds it."""

import struct
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from desktop.documents.embed import to_unicode
from desktop.documents.fonts import CHAINS, MissingCharacterError, face, style
from desktop.documents.linebreak import SQUEEZABLE
from desktop.documents.subset import Wanted, glyph_count, subset
from desktop.resources import resource

FONTS = sorted({font for chain in CHAINS.values() for font in chain})
TABLE = (Path(__file__).parent / "tonggui.txt").read_text(encoding="utf-8")


@cache
def reference(font: str) -> TTFont:
    return TTFont(BytesIO(resource("fonts", f"{font}.ttf").read_bytes()), lazy=True)


@pytest.mark.parametrize("font", FONTS)
def test_characters_and_widths_are_those_of_the_file(font: str) -> None:
    opened, known = face(font), reference(font)
    cmap, metrics = known.getBestCmap(), known["hmtx"]
    for code in [*range(0x20, 0x7F), *range(0x3000, 0x3030), *range(0x4E00, 0x9FFF, 97), *range(0x20000, 0x2A6DF, 501), 0xFFE5, 0x10FFFF]:
        name = cmap.get(code)
        assert opened.glyph(code) == (known.getGlyphID(name) if name else 0), hex(code)
        if name:
            assert opened.metrics(opened.glyph(code)) == metrics[name]


@pytest.mark.parametrize("name", sorted(CHAINS))
def test_every_character_of_the_general_table_can_be_printed(name: str) -> None:
    """通用规范汉字表, 8,105 characters; and the rare ones of real names."""
    table = style(name)
    assert all(table[character].glyph for character in "".join(TABLE.split()) + "䶮𬭎㛃𪩘𠮷𠅤·￥〔〕")


def test_a_style_uses_its_own_font_first() -> None:
    assert style("仿宋")["调"].font == "FandolFang-Regular"
    assert style("标宋")["调"].font == "FandolSong-Bold"
    assert style("仿宋")["䶮"].font != "FandolFang-Regular"


def test_a_character_in_no_font_is_refused() -> None:
    with pytest.raises(MissingCharacterError, match=r"“\U00031350”（U\+31350）"):
        style("仿宋").widths("王\U00031350", 14)


@pytest.mark.parametrize("font", [font for font in FONTS if font != "HanaMinB"])
def test_the_right_half_of_a_squeezed_mark_is_blank(font: str) -> None:
    known = reference(font)
    glyphs, cmap = known["glyf"], known.getBestCmap()
    for mark in SQUEEZABLE:
        name = cmap.get(ord(mark))
        if name and known["hmtx"][name][0] > 0.75 * known["head"].unitsPerEm:
            assert glyphs[name].xMax <= 0.5 * known["head"].unitsPerEm, mark


@pytest.mark.parametrize("font", FONTS)
def test_a_subset_is_a_font_with_the_wanted_glyphs(font: str) -> None:
    opened, known = face(font), reference(font)
    characters = [c for c in "调解协议书，é𠮷𪩘Å" if opened.glyph(ord(c))]
    wanted = [*(Wanted(opened.glyph(ord(c))) for c in characters), Wanted(opened.glyph(ord(characters[0])), 500)]
    cut = TTFont(BytesIO(subset(opened, wanted)))
    order = cut.getGlyphOrder()
    for i, one in enumerate(wanted, 1):
        before, after = known["glyf"][known.getGlyphName(one.glyph)], cut["glyf"][order[i]]
        assert after.getCoordinates(cut["glyf"])[0] == before.getCoordinates(known["glyf"])[0]
    assert cut["hmtx"][order[len(wanted)]][0] == 500
    assert glyph_count(subset(opened, wanted)) == len(order)


def test_the_check_sums_of_a_subset_are_right() -> None:
    """Of each table, and of the whole file: 0xB1B0AFBA (ISO/IEC 14496-22, table head)."""
    file = subset(face("FandolFang-Regular"), [Wanted(face("FandolFang-Regular").glyph(ord(c))) for c in "调解协议书"])
    words = struct.unpack(f">{len(file) // 4}L", file)
    assert sum(words) & 0xFFFFFFFF == 0xB1B0AFBA
    for tag, entry in TTFont(BytesIO(file)).reader.tables.items():
        start, count = entry.offset // 4, (entry.length + 3) // 4
        own = words[start + 2] if tag == "head" else 0  # the sum of `head` leaves its own field out
        assert (sum(words[start : start + count]) - own) & 0xFFFFFFFF == entry.checkSum, tag


def test_codes_lead_back_to_characters_beyond_the_first_plane() -> None:
    text = to_unicode(["调", "𠮷"] + ["字"] * 120)
    assert "<0002> <D842DFB7>" in text
    assert "100 beginbfchar" in text
    assert "22 beginbfchar" in text


@pytest.mark.parametrize("mark", "“”‘’·—")
def test_chinese_marks_are_one_em_wide_in_every_style(mark: str) -> None:
    assert {name: style(name)[mark].advance for name in ("仿宋", "标宋", "黑", "楷")} == dict.fromkeys(("仿宋", "标宋", "黑", "楷"), 1.0)


@pytest.mark.parametrize("name", list(CHAINS))
def test_characters_that_only_the_last_fonts_have(name: str) -> None:
    for character in ("\U0002a6d7", "\U0002b739", "☑"):
        assert style(name)[character].glyph
