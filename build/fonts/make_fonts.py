"""Make the fonts of resources/fonts again from the packages in which their authors' files are published.

    python build/fonts/make_fonts.py --packages out/fonts --to resources/fonts

The finished files are kept in the repository, because ReportLab draws legal papers with them and a paper has to look the same on
every computer; run this only to change them. It needs Debian's `apt-get` and `dpkg-deb` (after `apt-get update`), `npm`, and the
fontTools release in `FONTTOOLS`, with which the result is the same to the last byte. It takes about two minutes.

What is changed and why, font by font, stands in `docs/licences-fonts.md`.
"""

import argparse
import bz2
import gzip
import hashlib
import shutil
import subprocess
import tarfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import fontTools
from fontTools.pens.basePen import AbstractPen
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._g_l_y_f import Glyph

FONTTOOLS = "4.68.0"
CHANGED_ON = "2026-11-21"
HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TONGGUI = ROOT / "tests" / "documents" / "tonggui.txt"
SUMS = HERE / "SHA256SUMS"

DEBIAN = (
    "texlive-lang-chinese=2022.20230122-1",
    "fonts-lxgw-wenkai=1.250+repack-1",
    "fonts-hanazono=20170904-2.1",
    "unicode-data=15.0.0-1",
)
NPM = ("@expo-google-fonts/noto-sans-sc@0.4.3", "@expo-google-fonts/noto-serif-sc@0.4.3")

YUAN, FULLWIDTH_YUAN = 0xA5, 0xFFE5
EM_DASH = 0x2014
TICK = ((180, 300), (410, 20), (850, 610), (800, 655), (412, 130), (230, 345))  # our own, for a white square of 1000 units
WHITE_SQUARE, BALLOT_BOX, BALLOT_BOX_WITH_CHECK = 0x25A1, 0x2610, 0x2611
MISDRAWN = "幹餘捨滷衹醜癥臟準鬆鬱鹼"  # Fandol draws 干余舍鹵只丑症髒准松郁碱: found by comparing every ideograph with Noto Serif
SYMBOLS = (  # what a title or a label may hold beside ideographs: Latin-1, punctuation, letterlike signs, numbers, shapes
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *range(0x2000, 0x2070),
    *range(0x2100, 0x2300),
    *range(0x2460, 0x2500),
    *range(0x25A0, 0x2700),
    0x2713,
    *range(0x3000, 0x3040),
    *range(0x3380, 0x33E0),
    *range(0xFF00, 0xFFF0),
)
EXTENSIONS_B_TO_F = ((0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F), (0x2B820, 0x2CEAF), (0x2CEB0, 0x2EBEF))
LAYOUT_TABLES = ("BASE", "FFTM", "GDEF", "GPOS", "GSUB", "STAT", "VORG", "vhea", "vmtx")  # Chinese set in lines needs none of them


Painter = Callable[[AbstractPen], None]  # draws one glyph with a pen for PostScript outlines


@dataclass(frozen=True)
class Original:
    """A file of a package: where it lies there, and the SHA-256 of the one that our fonts are made from."""

    path: str
    sha256: str


@dataclass(frozen=True)
class Naming:
    """The names that a changed font bears, so that nobody takes it for its author's file and ReportLab tells all fonts apart."""

    family: str
    style: str
    postscript: str
    version: str


FANDOL_FOLDER = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/"
FANDOL_FANG = Original(FANDOL_FOLDER + "FandolFang-Regular.otf", "d838ad32ce2244d8144f408c37fe71065aba6fbbc80759a4d2aa2033948d5bc9")
FANDOL_SONG = Original(FANDOL_FOLDER + "FandolSong-Bold.otf", "ffa76a70e128947a4dd22151d5ee829b23e24ce3cb6fe8ad49891cd1c2d9e9b9")
SANS_MEDIUM = Original(
    "noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf", "b30853d205f3ecdde938b1488c735ee15a2e870d31331b992fdc53971e23ec4a"
)
SANS_REGULAR = Original(
    "noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf", "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16"
)
SERIF_REGULAR = Original(
    "noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf", "c358a69de3df5f423a8946a7b03e3126fb6ba116f1130a463455b4e39e1f0742"
)
WENKAI = Original(
    "usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Light.ttf", "e302f84a1967817f91fc4011de7c8c12489c41072a7f0605a1c7b1399352cb93"
)
HANAZONO = Original("usr/share/fonts/truetype/hanazono/HanaMinB.ttf", "829543436cdf7b4c6730e2af5806fa406f8ddf0d4b656e0cd49c58d4db1c8d3c")
UNIHAN = Original("usr/share/unicode/Unihan_OtherMappings.txt.bz2", "bdeef44d75d914e793b7f27ddc3bee01b2d11dd34f4e52de1a9fba74a1612dc2")
DOCUMENTS = ("usr/share/doc/texlive-doc/fonts/fandol/", "usr/share/doc/fonts-lxgw-wenkai/", "usr/share/doc/fonts-hanazono/")

FANDOL_CHANGES = (
    f"Modified version of a Fandol font, changed on {CHANGED_ON} for Fengqiao Desk: PostScript outlines converted to TrueType, "
    "U+FFE5 draws the yuan sign instead of a dollar sign, U+2610 and U+2611 added, twelve ideographs that drew another one "
    f"removed ({MISDRAWN}), layout tables and hints removed, renamed. "
    "The GPL font exception is extended to this version."
)
FANDOL_LICENCE = "GNU General Public License, version 3, with the GPL font exception; see LICENSE-Fandol.txt"
NOTO_CHANGES = f"Changed on {CHANGED_ON} for Fengqiao Desk: layout tables, variation sequences and hints removed, U+2014 one em wide"
HANAZONO_CHANGES = (
    f"Made from HanaMinB of 2017-09-04, changed on {CHANGED_ON} for Fengqiao Desk: cut to the CJK extensions B to F, hints and "
    "layout tables removed, renamed."
)


def fetch(packages: Path) -> None:
    """Download the packages of `DEBIAN` and `NPM` into `packages` and unpack what the fonts are made from; kept ones are used again."""
    for name in DEBIAN:
        package = name.split("=")[0]
        if not list(packages.glob(f"{package}_*.deb")):
            subprocess.run(["apt-get", "download", name], cwd=packages, check=True)
        subprocess.run(["dpkg-deb", "--extract", next(packages.glob(f"{package}_*.deb")), packages], check=True)
    for name in NPM:
        short = name.split("/")[1].split("@")[0]
        if not list(packages.glob(f"*{short}-*.tgz")):
            subprocess.run(["npm", "pack", "--silent", name], cwd=packages, check=True)
        unpack_npm(next(packages.glob(f"*{short}-*.tgz")), packages / short)


def unpack_npm(package: Path, to: Path) -> None:
    """Take the fonts and licences out of an npm package."""
    with tarfile.open(package) as archive:
        for member in archive.getmembers():
            member.name = member.name.removeprefix("package/")
            if member.name.endswith((".ttf", "LICENSE_FONT")):
                archive.extract(member, to, filter="data")


def checked(packages: Path, original: Original) -> Path:
    """The unpacked file, after its SHA-256 has been compared with the recorded one."""
    path = packages / original.path
    if sha256(path) != original.sha256:
        raise SystemExit(f"{path} is not the file that our fonts were made from: look at what its authors changed first")
    return path


def sha256(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def tonggui(packages: Path) -> str:
    """The 8105 characters of 通用规范汉字表 (2013) in its order: levels one, two, three. Source: kTGH in the Unihan database."""
    numbers: list[tuple[int, str]] = []
    for line in bz2.decompress(checked(packages, UNIHAN).read_bytes()).decode().splitlines():
        fields = line.split("\t")
        if len(fields) == 3 and fields[1] == "kTGH":
            numbers.append((int(fields[2].removeprefix("2013:")), chr(int(fields[0].removeprefix("U+"), 16))))
    return "".join(character for _, character in sorted(numbers))


def gb2312() -> set[int]:
    """The code points of GB 2312-80: 6763 ideographs, punctuation, letters, box drawing."""
    found: set[int] = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            found.update(map(ord, bytes((row, cell)).decode("gb2312", "ignore")))
    return found


def opened(path: Path) -> TTFont:
    """The font, set to keep its own dates so that the result does not depend on the clock."""
    return TTFont(path, recalcTimestamp=False)


def cut(font: TTFont, keep: Iterable[int]) -> None:
    """Leave only the glyphs that the characters `keep` need, without hints, layout tables and legacy character maps."""
    font["cmap"].tables = [table for table in font["cmap"].tables if (table.platformID, table.platEncID) in {(3, 1), (3, 10)}]
    options = Options(hinting=False, layout_features=[], notdef_outline=True, name_IDs=["*"], name_languages=[0x409], glyph_names=False)
    options.drop_tables += LAYOUT_TABLES
    options.recalc_timestamp = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=set(keep) & set(font.getBestCmap()))
    subsetter.subset(font)


def with_true_type_outlines(font: TTFont, painters: dict[str, Painter]) -> None:
    """Replace cubic PostScript outlines by quadratic TrueType ones, at most 1/1000 em away.

    `painters` draw the glyphs, one em wide, that the font lacks.
    """
    glyphs, order = font.getGlyphSet(), font.getGlyphOrder()
    drawn = {name: quadratic(glyphs[name].draw) for name in order}
    for name, paint in painters.items():
        drawn[name] = quadratic(paint)
        font["hmtx"][name] = (1000, 0)
    replace_outlines(font, drawn, [*order, *painters])


def quadratic(draw: Painter) -> Glyph:
    """What `draw` draws, as a TrueType glyph."""
    pen = TTGlyphPen(None)
    draw(Cu2QuPen(pen, 1.0, reverse_direction=True))
    return pen.glyph()


def replace_outlines(font: TTFont, drawn: dict[str, Glyph], order: list[str]) -> None:
    """Put the tables of a TrueType font in the place of those of a PostScript font."""
    for tag in ("CFF ", "VORG"):
        del font[tag]
    font.setGlyphOrder(order)
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, drawn
    for name, glyph in drawn.items():
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (font["hmtx"][name][0], getattr(glyph, "xMin", 0))
    font["maxp"].tableVersion = 0x00010000
    for field in ("maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements", "maxSizeOfInstructions"):
        setattr(font["maxp"], field, 0)
    font["maxp"].maxZones = 1
    font["maxp"].numGlyphs = len(order)
    font["post"].formatType = 3.0
    font.sfntVersion = "\0\1\0\0"


def rename(font: TTFont, naming: Naming, description: str, licence: str) -> None:
    """Give the font its names, what was changed in it, and its licence; the authors' copyright line stays."""
    table = font["name"]
    copyright_line = table.getDebugName(0)
    full = f"{naming.family} {naming.style}"
    texts = {
        0: copyright_line, 1: naming.family, 2: naming.style, 3: f"{naming.version};{naming.postscript}", 4: full,
        5: f"Version {naming.version}; modified {CHANGED_ON}", 6: naming.postscript, 10: description, 13: licence,
    }  # fmt: skip
    table.names = []
    for number, text in texts.items():
        table.setName(text, number, 3, 1, 0x409)


def draw_polygon(pen: AbstractPen, corners: Sequence[tuple[int, int]]) -> None:
    """Draw a filled polygon."""
    pen.moveTo(corners[0])
    for corner in corners[1:]:
        pen.lineTo(corner)
    pen.closePath()


def make_fandol(source: Path, target: Path, naming: Naming) -> None:
    """Convert a Fandol font and repair it.

    It draws a dollar sign at U+FFE5 and another ideograph for those of `MISDRAWN`, which the next font of the chain draws better;
    the ballot boxes, which forms need, are in none of the fonts.
    """
    font = opened(source)
    glyphs, square = font.getGlyphSet(), font.getBestCmap()[WHITE_SQUARE]

    def ticked(pen: AbstractPen) -> None:
        glyphs[square].draw(pen)
        draw_polygon(pen, TICK)

    with_true_type_outlines(font, {"ballotboxcheck": ticked})
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap |= {FULLWIDTH_YUAN: table.cmap[YUAN], BALLOT_BOX: square, BALLOT_BOX_WITH_CHECK: "ballotboxcheck"}
    cut(font, set(font.getBestCmap()) - set(map(ord, MISDRAWN)))
    rename(font, naming, FANDOL_CHANGES, FANDOL_LICENCE)
    font["OS/2"].fsType = 0  # the licence forbids nothing to those who embed
    font["OS/2"].usWeightClass = 700 if naming.style == "Bold" else 400
    font.save(target)


def stretch_dash(font: TTFont) -> None:
    """Make the dash a bar of one em, so that the two of a Chinese —— touch: Noto joins them by a layout table, ReportLab by nothing."""
    name = font.getBestCmap()[EM_DASH]
    width, bar = font["head"].unitsPerEm, font["glyf"][name]
    pen = TTGlyphPen(None)
    corners = ((0, bar.yMin), (0, bar.yMax), (width, bar.yMax), (width, bar.yMin))
    draw_polygon(pen, corners)
    font["glyf"][name] = pen.glyph()
    font["hmtx"][name] = (width, 0)


def make_noto(source: Path, target: Path, keep: Iterable[int] | None) -> None:
    """Slim a Noto font, and cut it to the characters `keep` if they are given; its names are not reserved and stay."""
    font = opened(source)
    cut(font, font.getBestCmap() if keep is None else keep)
    stretch_dash(font)
    description = NOTO_CHANGES + ("." if keep is None else ", cut to 通用规范汉字表, GB 2312 and symbols.")
    font["name"].setName(description, 10, 3, 1, 0x409)
    font.save(target)


def make_rare(source: Path, target: Path) -> None:
    """Cut HanaMinB to the extensions B to F of Unicode's ideographs: its other glyphs mark the font itself or have better drawings."""
    font = opened(source)
    cut(font, (code for first, last in EXTENSIONS_B_TO_F for code in range(first, last + 1)))
    naming = Naming("HanaMin Fengqiao", "Regular", "HanaMinFengqiao-Regular", "2017.0904")
    rename(font, naming, HANAZONO_CHANGES, "Hanazono Font License; see LICENSE-Hanazono.txt")
    font.save(target)


def make_all(packages: Path, to: Path) -> None:
    """Write the seven fonts into `to`."""
    fang = Naming("FandolFang Fengqiao", "Regular", "FandolFangFengqiao-Regular", "1.300")
    song = Naming("FandolSong Fengqiao", "Bold", "FandolSongFengqiao-Bold", "1.300")
    titles = {*map(ord, tonggui(packages)), *gb2312(), *SYMBOLS}
    make_fandol(checked(packages, FANDOL_FANG), to / "FandolFang-Regular.ttf", fang)
    make_fandol(checked(packages, FANDOL_SONG), to / "FandolSong-Bold.ttf", song)
    make_noto(checked(packages, SANS_MEDIUM), to / "NotoSansSC-Medium.ttf", titles)
    make_noto(checked(packages, SANS_REGULAR), to / "NotoSansSC-Regular.ttf", None)
    make_noto(checked(packages, SERIF_REGULAR), to / "NotoSerifSC-Regular.ttf", None)
    make_rare(checked(packages, HANAZONO), to / "HanaMinB.ttf")
    shutil.copyfile(checked(packages, WENKAI), to / "LXGWWenKai-Light.ttf")  # its name is reserved to the unchanged file


def write_licences(packages: Path, to: Path) -> None:
    """Lay the licence of every font beside it, as its package states it."""
    fandol, wenkai, hanazono = (packages / folder for folder in DOCUMENTS)
    texts = {
        "LICENSE-Fandol.txt": fandol_licence(fandol),
        "LICENSE-NotoSC-OFL.txt": "\n\n".join(
            f"{name}\n{'=' * len(name)}\n\n{(packages / folder / 'LICENSE_FONT').read_text('utf-8').rstrip()}\n"
            for name, folder in (("Noto Sans SC", "noto-sans-sc"), ("Noto Serif SC", "noto-serif-sc"))
        ),
        "LICENSE-LXGWWenKai-OFL.txt": wenkai_licence(wenkai, packages),
        "LICENSE-Hanazono.txt": (hanazono / "copyright").read_text("utf-8"),
    }
    for name, text in texts.items():
        (to / name).write_text(text, "utf-8", newline="\n")


def fandol_licence(folder: Path) -> str:
    """The notice of our changes that GPL section 5 wants, the authors' README, and their COPYING with the font exception."""
    notice = f"FandolFang-Regular.ttf and FandolSong-Bold.ttf in this folder\n\n{FANDOL_CHANGES}\n"
    copying = gzip.decompress((folder / "COPYING.gz").read_bytes()).decode()
    rule = "\n" + "-" * 72 + "\n\n"
    return rule.join((notice, (folder / "README").read_text("utf-8").rstrip() + "\n", copying))


def wenkai_licence(folder: Path, packages: Path) -> str:
    """The copyright lines in the font and the OFL as Debian's copyright file states it, without that file's indents."""
    font = opened(packages / WENKAI.path)
    statement = (folder / "copyright").read_text("utf-8").split("License: OFL-1.1\n")[2].split("\nLicense: ")[0]
    lines = ("" if line.strip() == "." else line.removeprefix(" ").rstrip() for line in statement.splitlines())
    reserved = 'With Reserved Font Names "霞鹜" and "LXGW".'
    return "\n".join((font["name"].getDebugName(0), reserved, "", *lines)).rstrip() + "\n"


def write_sums(to: Path) -> None:
    """Record the SHA-256 of the fonts, in the format of `sha256sum`."""
    fonts = sorted(to.glob("*.ttf"))
    SUMS.write_text("".join(f"{sha256(font)}  {font.name}\n" for font in fonts), "utf-8", newline="\n")


def main() -> None:
    """Fetch, make, and record."""
    parser = argparse.ArgumentParser(description="Make resources/fonts again from the packages of the fonts' authors.")
    parser.add_argument("--packages", type=Path, default=ROOT / "out" / "fonts", help="folder for the downloaded packages")
    parser.add_argument("--to", type=Path, default=ROOT / "resources" / "fonts", help="folder for the finished fonts")
    arguments = parser.parse_args()
    if fontTools.version != FONTTOOLS:
        raise SystemExit(f"fontTools {FONTTOOLS} is needed for the same bytes as before; this is {fontTools.version}")
    packages, to = arguments.packages.resolve(), arguments.to.resolve()
    for folder in (packages, to):
        folder.mkdir(parents=True, exist_ok=True)
    fetch(packages)
    make_all(packages, to)
    write_licences(packages, to)
    TONGGUI.write_text(tonggui(packages) + "\n", "utf-8", newline="\n")
    write_sums(to)


if __name__ == "__main__":
    main()
