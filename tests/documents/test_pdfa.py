"""PDF/A: by an independent validator (Apache PDFBox Preflight, level 1b) where it is installed, and by the rules of both parts.

Clauses are those of ISO 19005-2:2011; the older part's stand behind a stroke where it asks for more.
"""

import re
import shutil
import struct
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from PIL import ImageCms
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from desktop.documents.archive import CONFORMANCE, CREATOR, PART, PRODUCER, About, srgb_profile
from desktop.documents.embed import cid_set
from desktop.documents.fonts import CHAINS, style
from desktop.documents.linebreak import Line
from desktop.documents.mark import Mark, Rule, Text
from desktop.documents.pdf import draw

JARS = ("preflight", "pdfbox2", "xmpbox", "fontbox2", "commons-logging", "javax.activation", "jaxb-api")
"""Debian: libpdfbox2-java, libactivation-java, libjaxb-api-java."""

JAVA_FOLDER = Path("/usr/share/java")
VALIDATOR = shutil.which("java") is not None and all((JAVA_FOLDER / f"{jar}.jar").exists() for jar in JARS)
SQUEEZED = "甲，（乙）。"
ABOUT = About("协议书 <𠮷 & 䶮>", "关上街道人民调解委员会", "杨自立与某公司")


def line(text: str, name: str, y: float, **more: Any) -> Text:
    return Text(60, y, Line(text, 0, sum(style(name).widths(text, 12)), **more), name, 12)


def page() -> list[Mark]:
    """Every style, fallbacks beyond U+FFFF, composed glyphs, squeezed marks, both colours, dashes."""
    lines = [line(f"{name}：人民调解 Áàǖ ￥1.00 𠮷䶮㛃𬭎", name, 60 + 20 * i) for i, name in enumerate(CHAINS)]
    squeezed = line(SQUEEZED, "仿宋", 200, squeezed=frozenset({1, 4}), gaps=(0, 3), spread=1.5)
    rules = [Rule(60, 300, 400, 300, 0.5), Rule(60, 310, 400, 310, 2, "red", dashed=True)]
    return [*lines, squeezed, *rules, Text(60, 240, Line("红头", 0, 24), "标宋", 12, 0.5, "red")]


PDF = draw([page(), [], [line("第二页", "楷", 80)]], ABOUT)


# --- the validator -----------------------------------------------------------------------------------------------------------------------


def verdicts(folder: Path, files: dict[str, bytes]) -> dict[str, str]:
    """What Preflight says of each file, by its name."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    classes = ":".join(str(JAVA_FOLDER / f"{jar}.jar") for jar in JARS)
    command = ["java", "-cp", classes, "org.apache.pdfbox.preflight.Validator_A1b", "batch", str(folder)]
    said = subprocess.run(command, capture_output=True, check=False, text=True).stdout
    parts = re.split(r"The file (\S+) is ", said)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


@pytest.mark.skipif(not VALIDATOR, reason="Apache PDFBox Preflight is not installed (libpdfbox2-java)")
def test_the_validator_accepts_our_file_and_none_that_was_damaged(tmp_path: Path) -> None:
    damaged = {
        "width.pdf": (b"/W [1 ", b"/W [9 "),
        "set.pdf": (b"/CIDSet", b"/CIDSxt"),
        "intent.pdf": (b"/GTS_PDFA1", b"/GTS_PDFX1"),
        "part.pdf": (b"<pdfaid:part>1", b"<pdfaid:part>2"),
        "title.pdf": (b"<dc:creator>", b"<dc:creater>"),
        "end.pdf": (b"\nendstream", b" endstream"),
    }
    files = {name: PDF.replace(*change) for name, change in damaged.items()}
    assert all(content != PDF for content in files.values())
    said = verdicts(tmp_path, {"sound.pdf": PDF, **files})
    assert said.pop("sound.pdf").startswith("a valid PDF/A-1b file")
    assert set(said) == set(damaged)
    assert [name for name, verdict in said.items() if not verdict.startswith("not a valid")] == []


# --- the rules ---------------------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reader() -> Any:
    """The file as another library reads it, without pypdf's wide types."""
    return PdfReader(BytesIO(PDF), strict=True)


def objects(reader: Any) -> list[Any]:
    """Every object of the file."""
    return [IndirectObject(number, 0, reader).get_object() for number in range(1, reader.trailer["/Size"])]


def keys_and_names(value: Any) -> set[str]:
    """Every key and every name in an object, references not followed."""
    if isinstance(value, DictionaryObject):
        return {str(key) for key in value} | set().union(*(keys_and_names(part) for part in map(value.raw_get, value)))
    if isinstance(value, list):
        return set[str]().union(*(keys_and_names(part) for part in value))
    return {str(value)} if str(value).startswith("/") else set()


def test_header_and_trailer(reader: Any) -> None:
    """6.1.2, 6.1.3: a version 1.n, four bytes above 127, an identifier, nothing behind the end, no encryption."""
    first, second, _ = PDF.split(b"\n", 2)
    assert re.fullmatch(rb"%PDF-1\.[0-7]", first)
    assert second[:1] == b"%"
    assert min(second[1:5]) > 127
    assert len(reader.trailer["/ID"]) == 2
    assert "/Encrypt" not in reader.trailer
    assert PDF.rstrip(b"\n").endswith(b"%%EOF")


def test_streams(reader: Any) -> None:
    """6.1.7: keywords on lines of their own, the length exact, no LZW, no content outside the file."""
    found = list(re.finditer(rb"/Length (\d+)[^>]*>>\nstream\n", PDF))
    assert len(found) == PDF.count(b"endstream\n") > 10
    for match in found:
        assert PDF[match.end() + int(match[1]) :].startswith(b"\nendstream\nendobj\n")
    assert not {"/F", "/FFilter", "/LZWDecode"} & {name for one in objects(reader) for name in keys_and_names(one)}


FORBIDDEN = """/SMask /Group /ExtGState /TR /HTP /Alternates /OPI /PS /Ref /Annots /AA /OpenAction /AcroForm /XFA /JavaScript /JS
/EmbeddedFiles /EF /OCProperties /Perms /Requirements /NeedsRendering /DeviceCMYK /DeviceN /Separation /Trans /Dests /PresSteps /Launch
/Movie /Sound"""


def test_nothing_that_is_forbidden(reader: Any) -> None:
    """6.2.5 to 6.2.10, 6.3 to 6.5, 6.8, 6.9: no transparency, forms, actions, scripts, attachments, layers."""
    names = {name for one in objects(reader) for name in keys_and_names(one)}
    assert set(re.findall(r"/\w+", FORBIDDEN)) & names == set()


def test_limits(reader: Any) -> None:
    """6.1.13 / 6.1.12 of part 1: arrays of at most 8,191 elements, names of at most 127 bytes, strings of at most 32,767."""
    for one in objects(reader):
        assert all(len(name.encode("utf-8")) <= 127 for name in keys_and_names(one))
        assert not isinstance(one, list) or len(one) <= 8191
    assert all(len(widths) <= 8191 for widths in (font["/W"] for font in composite(reader)))


def test_output_intent(reader: Any) -> None:
    """6.2.3 / 6.2.2: one intent with an ICC profile of three colours, version 2; our only colours are RGB."""
    (intent,) = reader.root_object["/OutputIntents"]
    assert intent["/S"] == "/GTS_PDFA1"
    assert intent["/OutputConditionIdentifier"] == "sRGB IEC61966-2.1"
    assert intent["/DestOutputProfile"]["/N"] == 3
    profile = intent["/DestOutputProfile"].get_data()
    assert profile == srgb_profile()
    assert profile[8] == 2
    assert (profile[12:16], profile[16:20], profile[36:40]) == (b"mntr", b"RGB ", b"acsp")
    assert struct.unpack_from(">L", profile)[0] == len(profile)
    used = {word for one in reader.pages for word in one.get_contents().get_data().split()}
    assert used & {b"RG", b"rg"}
    assert not used & {b"g", b"G", b"k", b"K", b"cs", b"CS", b"sc", b"scn", b"SC", b"SCN", b"sh", b"Do", b"gs", b"ri", b"BX"}


def test_the_profile_is_srgb() -> None:
    """Little CMS takes it, and finds every colour where its own sRGB has it."""
    from PIL import Image

    ours, known = ImageCms.ImageCmsProfile(BytesIO(srgb_profile())), ImageCms.createProfile("sRGB")
    picture = Image.frombytes("RGB", (64, 64), bytes(i * 97 % 256 for i in range(3 * 64 * 64)))
    transform = ImageCms.buildTransform(ours, known, "RGB", "RGB")
    assert isinstance(transform, ImageCms.ImageCmsTransform)
    seen = ImageCms.applyTransform(picture, transform)
    assert seen is not None
    assert max(abs(a - b) for a, b in zip(picture.tobytes(), seen.tobytes(), strict=True)) <= 1


def composite(reader: Any) -> list[Any]:
    fonts = reader.pages[0]["/Resources"]["/Font"]
    return [font["/DescendantFonts"][0].get_object() for font in (fonts[label] for label in fonts)]


def test_fonts(reader: Any) -> None:
    """6.2.11.2 to 6.2.11.5: composite fonts of Identity-H, embedded, with an Identity map, and their subset's complete CIDSet."""
    fonts = composite(reader)
    assert len(fonts) >= 6
    for font in fonts:
        assert (font["/Subtype"], font["/CIDToGIDMap"]) == ("/CIDFontType2", "/Identity")
        assert re.match(r"/[A-Z]{6}\+", font["/BaseFont"])
        file = font["/FontDescriptor"]["/FontFile2"].get_data()
        assert font["/FontDescriptor"]["/CIDSet"].get_data() == cid_set(len(advances(file)))


@pytest.mark.parametrize(("count", "bits"), [(1, "80"), (7, "fe"), (8, "ff"), (9, "ff80"), (16, "ffff")])
def test_a_bit_stands_for_each_glyph(count: int, bits: str) -> None:
    assert cid_set(count).hex() == bits


def advances(file: bytes) -> list[int]:
    """The advance of each glyph of a font file in thousandths of an em."""
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(file))
    return [round(font["hmtx"][name][0] * 1000 / font["head"].unitsPerEm) for name in font.getGlyphOrder()]


def test_widths_and_glyphs(reader: Any) -> None:
    """6.2.11.5: widths of file and font agree within 1/1000 em. 6.2.11.8: glyph 0 (.notdef) is never used."""
    codes = {int(code, 16) for one in reader.pages for text in hex_strings(one) for code in re.findall("....", text)}
    assert 0 not in codes
    for font in composite(reader):
        known, widths = advances(font["/FontDescriptor"]["/FontFile2"].get_data()), list(font["/W"])
        for first, last, width in zip(widths[::3], widths[1::3], widths[2::3], strict=True):
            assert all(abs(known[code] - width) <= 1 for code in range(first, last + 1))


def hex_strings(page: Any) -> list[str]:
    return re.findall(r"<([0-9A-F]+)> Tj", page.get_contents().get_data().decode("ascii"))


def test_a_squeezed_mark_is_a_narrow_glyph(reader: Any) -> None:
    widths = [font["/W"] for font in composite(reader)]
    assert any(500 in [float(width) for width in own[2::3]] for own in widths)


# --- metadata ----------------------------------------------------------------------------------------------------------------------------

NAMES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}


def packet(reader: Any) -> ET.Element:
    metadata = reader.root_object["/Metadata"]
    assert "/Filter" not in metadata
    raw = metadata.get_data()
    assert raw.startswith('<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'.encode())  # no "bytes", no "encoding": 6.6.2.1
    return ET.fromstring(raw.decode("utf-8"))  # noqa: S314 -- we wrote it ourselves


def test_metadata_and_information_say_the_same(reader: Any) -> None:
    """6.6.2, 6.6.4 / 6.7.3: the XMP packet names part and level, and repeats the information dictionary."""
    xmp, info = packet(reader), reader.trailer["/Info"].get_object()
    wanted = {"pdfaid:part": str(PART), "pdfaid:conformance": CONFORMANCE, "xmp:CreatorTool": CREATOR, "pdf:Producer": PRODUCER}
    assert {path: xmp.findtext(f".//{path}", namespaces=NAMES) for path in wanted} == wanted
    lists = {"title": ABOUT.title, "creator": ABOUT.author, "description": ABOUT.subject, "language": "zh-CN"}
    assert {name: xmp.findtext(f".//dc:{name}//rdf:li", namespaces=NAMES) for name in lists} == lists
    assert dict(info) == {
        "/Title": ABOUT.title,
        "/Author": ABOUT.author,
        "/Subject": ABOUT.subject,
        "/Creator": CREATOR,
        "/Producer": PRODUCER,
    }
    assert reader.root_object["/Lang"] == "zh-CN"


def test_what_is_not_known_is_left_out() -> None:
    reader: Any = PdfReader(BytesIO(draw([[]], About("调解协议书", "", ""))))
    assert set(reader.trailer["/Info"].get_object()) == {"/Title", "/Creator", "/Producer"}
    assert packet(reader).find(".//dc:creator", NAMES) is None


def test_the_identifier_stands_for_the_content() -> None:
    """6.1.3: the same file twice, another for other words; there is no clock in it."""
    other = draw([page(), [], [line("第三页", "楷", 80)]], ABOUT)
    assert draw([page(), [], [line("第二页", "楷", 80)]], ABOUT) == PDF
    assert PdfReader(BytesIO(other)).trailer["/ID"] != PdfReader(BytesIO(PDF)).trailer["/ID"]
    assert b"/CreationDate" not in PDF
