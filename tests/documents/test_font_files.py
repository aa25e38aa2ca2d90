"""The fonts that are shipped: the recorded bytes, in the form that ReportLab reads, with every character that a name may hold."""

import hashlib
from functools import cache
from pathlib import Path

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "resources" / "fonts"
SUMS = dict(line.split("  ")[::-1] for line in (ROOT / "build" / "fonts" / "SHA256SUMS").read_text("utf-8").splitlines())
TONGGUI = (Path(__file__).parent / "tonggui.txt").read_text("utf-8").strip()
NAMES = sorted(SUMS)
FANDOL = ["FandolFang-Regular.ttf", "FandolSong-Bold.ttf"]
CHAIN = ["FandolFang-Regular.ttf", "LXGWWenKai-Light.ttf", "NotoSerifSC-Regular.ttf", "HanaMinB.ttf"]
MARKS = "，。；：、！？（）《》〈〉〔〕【】“”‘’—…·"
RARE = "䶮𬭎㛃𪩘𠮷𠤅𬍛㙍"
SIGNS = "·￥¥〔〕—…“”‘’《》×①㎡㎜‰℃□☐☑✓√"


@cache
def font(name: str) -> TTFont:
    return TTFont(FONTS / name, lazy=True)


@cache
def covered(*names: str) -> frozenset[str]:
    return frozenset(chr(code) for name in names for code in font(name).getBestCmap())


def drawing(name: str, character: str) -> list[tuple[str, tuple[object, ...]]]:
    glyphs = font(name).getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[font(name).getBestCmap()[ord(character)]].draw(pen)
    return list(pen.value)


def test_recorded_files_are_the_shipped_ones() -> None:
    assert sorted(path.name for path in FONTS.glob("*.[to]t[fc]")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_bytes_are_as_recorded(name: str) -> None:
    assert hashlib.sha256((FONTS / name).read_bytes()).hexdigest() == SUMS[name]


@pytest.mark.parametrize("name", NAMES)
def test_static_true_type(name: str) -> None:
    tables = set(font(name).keys())
    assert font(name).sfntVersion == "\0\1\0\0"
    assert {"glyf", "loca", "hmtx", "cmap", "name", "OS/2"} <= tables
    assert not {"CFF ", "CFF2", "fvar", "gvar"} & tables


def test_postscript_names_differ() -> None:
    names = [font(name)["name"].getDebugName(6) for name in NAMES]
    assert len(set(names)) == len(NAMES)
    assert all(names)


@pytest.mark.parametrize("name", NAMES)
def test_reportlab_reads_it(name: str) -> None:
    from reportlab.pdfbase.ttfonts import TTFontFace

    face = TTFontFace(str(FONTS / name))
    assert covered(name) <= {chr(code) for code in face.charToGlyph}


@pytest.mark.parametrize("name", FANDOL)
def test_fullwidth_yuan_sign_is_a_yuan_sign(name: str) -> None:
    assert drawing(name, "￥") == drawing(name, "¥")
    assert drawing(name, "￥") != drawing(name, "$")


@pytest.mark.parametrize("name", FANDOL)
@pytest.mark.parametrize("character", "幹餘捨滷衹醜癥臟準鬆鬱鹼")
def test_ideographs_that_fandol_misdraws_are_left_to_the_next_font(name: str, character: str) -> None:
    assert character not in covered(name)
    assert character in covered("LXGWWenKai-Light.ttf")


@pytest.mark.parametrize("name", FANDOL)
def test_ballot_boxes(name: str) -> None:
    assert drawing(name, "☐") == drawing(name, "□")
    ticked = drawing(name, "☑")
    assert ticked[: len(drawing(name, "□"))] == drawing(name, "□")
    assert len(ticked) > len(drawing(name, "□"))


@pytest.mark.parametrize("name", FANDOL)
@pytest.mark.parametrize("mark", MARKS)
def test_marks_of_the_paper_are_one_em_wide(name: str, mark: str) -> None:
    glyph = font(name).getBestCmap()[ord(mark)]
    assert font(name)["hmtx"][glyph][0] == font(name)["head"].unitsPerEm


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("HanaMinB.ttf", "LXGWWenKai-Light.ttf")])
def test_two_dashes_join(name: str) -> None:
    glyphs = font(name).getGlyphSet()
    pen = BoundsPen(glyphs)
    dash = glyphs[font(name).getBestCmap()[ord("—")]]
    dash.draw(pen)
    assert dash.width == 1000
    assert pen.bounds is not None
    assert pen.bounds[0] <= 2
    assert pen.bounds[2] >= 998


def test_the_list_is_whole() -> None:
    assert len(TONGGUI) == len(set(TONGGUI)) == 8105
    assert TONGGUI[0] == "一"


@pytest.mark.parametrize("chain", [CHAIN, ["FandolSong-Bold.ttf", *CHAIN[2:]], CHAIN[1:2], CHAIN[2:3], ["NotoSansSC-Medium.ttf"]])
def test_every_character_of_the_tonggui_list_can_be_printed(chain: list[str]) -> None:
    assert set(TONGGUI) - covered(*chain) == set()


@pytest.mark.parametrize(
    ("first", "last"), [(0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x2B740, 0x2B81D), (0x2B820, 0x2CEA1), (0x2CEB0, 0x2EBE0)]
)
def test_whole_blocks_can_be_printed(first: int, last: int) -> None:
    assert {chr(code) for code in range(first, last + 1)} - covered(*CHAIN) == set()


def test_rare_names_and_signs_can_be_printed() -> None:
    assert set(RARE + SIGNS) - covered(*CHAIN) == set()
