"""Embedding fonts in a PDF: one composite font (Type 0, Identity-H) a font file, cut down to the document's glyphs.

ReportLab's own embedding cuts a Chinese font into simple fonts of 256 glyphs and writes a wrong ToUnicode map beyond U+FFFF; here
codes are two bytes, and every code leads back to its character for search and copy. Widths in the PDF are those of the subset.
"""

from itertools import groupby
from operator import itemgetter
from zlib import crc32

from reportlab.pdfbase import pdfdoc

from desktop.documents.archive import stream
from desktop.documents.fonts import Glyph, Style, face
from desktop.documents.subset import Wanted, glyph_count, subset

_TO_UNICODE = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{mappings}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
_ENTRIES_A_BLOCK = 100


class EmbeddedFont:
    """One font file in one document: hands out codes while pages are drawn and writes itself when ReportLab saves.

    `label` is the font's name in content streams, `characters` what the codes 1, 2, … stand for. It has the interface that
    ReportLab asks of a font that is written last (`_dynamicFont`, `addObjects`).
    """

    _dynamicFont = 1
    _multiByte = 1

    def __init__(self, name: str, label: str) -> None:
        self.fontName = name
        self.label = label
        self._wanted: list[Wanted] = []
        self._advances: list[float] = []
        self.characters: list[str] = []

    def code(self, character: str, glyph: Glyph, *, narrow: bool) -> str:
        """The new code of a glyph as four hex digits; narrow: half its advance."""
        opened = face(self.fontName)
        advance = opened.metrics(glyph.glyph)[0] // 2 if narrow else None
        self._wanted.append(Wanted(glyph.glyph, advance))
        self._advances.append(1000 * (glyph.advance if advance is None else advance / opened.per_em))
        self.characters.append(character)
        return f"{len(self._wanted):04X}"

    def addObjects(self, doc: pdfdoc.PDFDocument) -> None:
        """Write the font's objects; ReportLab calls it once when the document is saved."""
        name = self._subset_name()
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType2",
                "BaseFont": f"/{name}",
                "CIDSystemInfo": "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
                "FontDescriptor": self._descriptor(doc, name),
                "W": self._widths(),
                "DW": 1000,
                "CIDToGIDMap": "/Identity",
            }
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": f"/{name}",
                "Encoding": "/Identity-H",
                "DescendantFonts": pdfdoc.PDFArray([doc.Reference(descendant, f"cidFont:{name}")]),
                "ToUnicode": doc.Reference(stream(to_unicode(self.characters).encode("ascii")), f"toUnicode:{name}"),
            }
        )
        doc.idToObject["BasicFonts"].dict[self.label] = doc.Reference(font, f"font:{name}")

    def _subset_name(self) -> str:
        """`ABCDEF+Name`: six letters that stand for the glyphs of the subset (ISO 32000-1 9.6.4)."""
        number = crc32("".join(self.characters).encode("utf-8"))
        letters = "".join(chr(65 + number // 26**i % 26) for i in range(6))
        return f"{letters}+{self.fontName}"

    def _widths(self) -> str:
        """The array W: `first last advance` for each run of codes of one advance, in thousandths of an em."""
        runs = [(advance, [code for code, _ in run]) for advance, run in groupby(enumerate(self._advances, 1), key=itemgetter(1))]
        return "[{}]".format(" ".join(f"{codes[0]} {codes[-1]} {advance:.6g}" for advance, codes in runs))

    def _descriptor(self, doc: pdfdoc.PDFDocument, name: str) -> pdfdoc.PDFObjectReference:
        opened = face(self.fontName)
        scale = 1000 / opened.per_em
        file = subset(opened, self._wanted)
        descriptor = pdfdoc.PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": f"/{name}",
                "Flags": 4,
                "FontBBox": pdfdoc.PDFArray([round(edge * scale) for edge in opened.box]),
                "Ascent": round(opened.ascent * scale),
                "Descent": round(opened.descent * scale),
                "CapHeight": round(opened.ascent * scale),
                "ItalicAngle": 0,
                "StemV": 80,
                "FontFile2": doc.Reference(stream(file, Length1=len(file)), f"fontFile:{name}"),
                "CIDSet": doc.Reference(stream(cid_set(glyph_count(file))), f"cidSet:{name}"),
            }
        )
        return doc.Reference(descriptor, f"fontDescriptor:{name}")


def cid_set(count: int) -> bytes:
    """One bit a glyph that the font file holds, the first in the highest bit (ISO 32000-1 9.8.3.2; ISO 19005-1 6.3.5 asks for it)."""
    whole, rest = divmod(count, 8)
    return b"\xff" * whole + bytes([0xFF00 >> rest & 0xFF] * (rest > 0))


def to_unicode(characters: list[str]) -> str:
    """The map from codes (1, 2, …) back to characters in UTF-16, at most 100 entries a block (ISO 32000-1 9.10.3)."""
    entries = [f"<{i:04X}> <{_utf16(c)}>" for i, c in enumerate(characters, 1)]
    blocks = [entries[at : at + _ENTRIES_A_BLOCK] for at in range(0, len(entries), _ENTRIES_A_BLOCK)]
    return _TO_UNICODE.format(mappings="\n".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar" for b in blocks))


def _utf16(character: str) -> str:
    return f"{ord(character):04X}" if character < "\U00010000" else character.encode("utf-16-be").hex().upper()


class Fonts:
    """The fonts of one document: codes of characters for content streams."""

    def __init__(self, doc: pdfdoc.PDFDocument) -> None:
        self._doc = doc
        self._fonts: dict[str, EmbeddedFont] = {}
        self._codes: dict[tuple[str, bool], Codes] = {}

    def codes(self, style: Style, *, narrow: bool = False) -> "Codes":
        """The codes of the style's characters, or of their narrow twins."""
        key = style.name, narrow
        if key not in self._codes:
            self._codes[key] = Codes(self, style, narrow=narrow)
        return self._codes[key]

    def font(self, name: str) -> EmbeddedFont:
        """The font file of that name in this document."""
        if name not in self._fonts:
            self._fonts[name] = EmbeddedFont(name, f"F{len(self._fonts) + 1}")
            self._doc.delayedFonts.append(self._fonts[name])
        return self._fonts[name]

    def spelled(self) -> str:
        """All characters that codes stand for, font by font: what the bare content streams do not tell."""
        return "\n".join("".join(font.characters) for font in self._fonts.values())


class Codes(dict[str, tuple[str, str]]):
    """From a character to the label of the font that draws it and its code in hex, filled as texts ask for them."""

    def __init__(self, fonts: Fonts, style: Style, *, narrow: bool) -> None:
        super().__init__()
        self._fonts, self._style, self._narrow = fonts, style, narrow

    def __missing__(self, character: str) -> tuple[str, str]:
        glyph = self._style[character]
        font = self._fonts.font(glyph.font)
        found = self[character] = font.label, font.code(character, glyph, narrow=self._narrow)
        return found
