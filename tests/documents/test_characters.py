"""Characters: each one that the standard knows is drawn in every style, given back by the file, or refused by name."""

import shutil
import subprocess
from functools import cache

import pypdfium2
import pytest
from fonts import coverage
from hypothesis import given
from hypothesis import strategies as st

from desktop.documents.archive import About
from desktop.documents.characters import printable
from desktop.documents.fonts import CHAINS, MissingCharacterError, Style, face, style
from desktop.documents.linebreak import Line
from desktop.documents.mark import Mark, Text
from desktop.documents.pdf import draw
from desktop.domain.text import is_unprintable, normalized, unprintable

SPACES = " \u00a0\u3000"
PRIVATE = "\ue000\ue796\uf8ff\U000f0000\U00100000"
INVISIBLE = "\u034f\u115f\u3164\ufe00\ufe0f\U000e0100\U000e01ef"
CONTROL = "\x00\x07\x1b\x7f\x85\u200b\u200d\u200e\u202a\u202e\u2066\u2069\ufeff\U000e0041"
A_BLOCK = 12


@cache
def two_byte_symbols() -> list[str]:
    """The two-byte characters of GB 18030 that are no ideographs, private ones left out."""
    pairs = (bytes((first, second)) for first in range(0xA1, 0xFF) for second in (*range(0x40, 0x7F), *range(0x80, 0xFF)))
    decoded = (pair.decode("gb18030", errors="ignore") for pair in pairs)
    return [c for c in decoded if c and not "\ue000" <= c <= "\uf8ff" and not "\u3400" <= c <= "\u9fff" and c < "\U00010000"]


def sample(block: str) -> list[str]:
    """Characters from the whole length of a block, all of them drawn."""
    drawn = [c for c in coverage.characters(coverage.BLOCKS[block]) if c not in SPACES and coverage.drawn(style("宋"), c)]
    return drawn[:: max(1, len(drawn) // A_BLOCK)]


DRAWN_BLOCKS = [block for block in coverage.BLOCKS if block not in ("Combining marks", "Yi Radicals") and not block.startswith("Dai")]


def test_the_standard_has_as_many_ideographs_as_it_says() -> None:
    ideographs = coverage.characters(coverage.GB_IDEOGRAPHS)
    assert len(ideographs) == len(set(ideographs)) == 87887
    assert set(coverage.tonggui()) <= set(ideographs)
    assert len(two_byte_symbols()) > 800


@pytest.mark.parametrize("name", sorted(CHAINS))
def test_every_character_of_the_standard_is_drawn_and_not_as_a_box(name: str) -> None:
    wanted = [*coverage.tonggui(), *coverage.characters(coverage.GB_IDEOGRAPHS), *two_byte_symbols()]
    fresh = Style(name)
    assert coverage.missing(fresh, wanted) == []
    outlines = {c: face(fresh[c].font).outline(fresh[c].glyph) for c in wanted if c not in SPACES}
    boxes = {font: face(font).outline(0) for font in {glyph.font for glyph in fresh.values()}}
    assert [c for c, outline in outlines.items() if not outline or outline == boxes[fresh[c].font]] == []


def test_the_table_of_the_manual_is_as_the_fonts_are() -> None:
    page = coverage.PAGE.read_text(encoding="utf-8")
    assert page == coverage.written(page), "run build/fonts/coverage.py"


# --- the file gives back what was drawn --------------------------------------------------------------------------------------------------


def printed(lines: list[str], name: str) -> bytes:
    marks: list[Mark] = [Text(40, 40 + 14 * i, Line(text, 0, sum(style(name).widths(text, 10))), name, 10) for i, text in enumerate(lines)]
    return draw([marks], About("字符", "", ""))


def by_pdfium(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    text = document[0].get_textpage().get_text_range()
    document.close()
    return [line for line in text.splitlines() if line]


def by_poppler(pdf: bytes) -> list[str]:
    command = ["pdftotext", "-enc", "UTF-8", "-", "-"]
    read = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode("utf-8")
    return [line for line in read.strip("\n\f").split("\n") if line]


READERS = [by_pdfium] + [by_poppler] * (shutil.which("pdftotext") is not None)


@pytest.mark.parametrize("name", sorted(CHAINS))
def test_characters_of_every_block_are_given_back(name: str) -> None:
    lines = ["字" + "".join(sample(block)) + "字" for block in DRAWN_BLOCKS]
    pdf = printed(lines, name)
    for reader in READERS:
        read = [line.replace(" ", "") for line in reader(pdf)]
        assert read == lines, reader.__name__


@pytest.mark.parametrize("text", ["阿依·木沙", "〇〇一号", "王𠮷䶮㛃", "李𬭎𪩘", "普ꆈꌠꉙ", "余ꓡꓲ", "⿱龙天", "张﨩", "付￥1.00元"])
def test_names_are_given_back(text: str) -> None:
    for reader in READERS:
        assert reader(printed([text], "仿宋")) == [text], reader.__name__


def test_a_combining_mark_stays_with_its_letter() -> None:
    mark = style("仿宋")["\u0304"]
    assert mark.advance == 0
    for reader in READERS:
        assert "".join(reader(printed(["ām̄a"], "仿宋"))).replace(" ", "") == "ām̄a"


def test_a_page_may_use_more_glyphs_than_a_byte_can_number() -> None:
    ideographs = coverage.characters(((0x4E00, 0x4E00 + 1999),))
    lines = ["".join(ideographs[i : i + 50]) for i in range(0, 2000, 50)]
    for reader in READERS:
        assert reader(printed(lines, "仿宋")) == lines


# --- what must not be drawn --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("character", CONTROL + "\ufff9\u00ad\u061c")
def test_control_and_direction_characters_are_left_out_and_reported(character: str) -> None:
    assert printable(f"甲{character}乙").replace("\n", "") == "甲乙"
    assert unprintable(f"甲{character}乙") == [f"U+{ord(character):04X}"]


@pytest.mark.parametrize("character", INVISIBLE)
def test_variation_selectors_and_fillers_are_left_out(character: str) -> None:
    assert printable(f"葛{character}城") == "葛城"


@pytest.mark.parametrize("character", PRIVATE)
def test_a_private_character_is_refused_by_name_and_never_dropped(character: str) -> None:
    assert printable(f"王{character}") == f"王{character}"
    for name in CHAINS:
        with pytest.raises(MissingCharacterError, match=f"U\\+{ord(character):04X}"):
            style(name)[character]


@pytest.mark.parametrize("code", [0xF900, 0xFA30, 0x2F800, 0x2FA1D])
def test_duplicates_of_ideographs_are_stored_as_the_ideograph(code: int) -> None:
    kept = normalized(chr(code))
    assert kept != chr(code)
    assert kept in coverage.characters(coverage.GB_IDEOGRAPHS)


@given(st.text())
def test_printable_text_holds_nothing_that_cannot_be_seen(text: str) -> None:
    shown = printable(text)
    assert [c for c in shown if is_unprintable(c) and c not in PRIVATE and not "\ue000" <= c <= "\uf8ff" and c < "\U000f0000"] == []
    assert printable(shown) == shown
