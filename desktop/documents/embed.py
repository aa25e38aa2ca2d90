"""Embedding fonts in a PDF: one composite font (Type 0, Identity-H) a font file, cut down to the document's glyphs.

ReportLab's own embedding cuts a Chinese font into simple fonts of 256 glyphs and writes a wrong ToUnicode map beyond U+FFFF; here
codes are two bytes, and every code leads back to its character for search and copy. Widths in the PDF are those of the subset.
"""

from zlib import crc32

from reportlab.pdfbase import pdfdoc

from desktop.documents.fonts import Style, face
from desktop.documents.subset import Wanted, subset

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

    `label` is the font's name in content streams. It has the interface that ReportLab asks of a font that is written last
    (`_dynamicFont`, `addObjects`).
    """

    _dynamicFont = 1
    _multiByte = 1

    def __init__(self, name: str, label: str) -> None:
        self.fontName = name
        self.label = label
        self._wanted: list[Wanted] = []
        self._characters: list[str] = []

    def code(self, character: str, glyph: int, *, narrow: bool) -> str:
        """The new code of a glyph as four hex digits; narrow: half its advance."""
        advance = face(self.fontName).metrics(glyph)[0] // 2 if narrow else None
        self._wanted.append(Wanted(glyph, advance))
        self._characters.append(character)
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
                "ToUnicode": _stream(doc, to_unicode(self._characters).encode("ascii"), f"toUnicode:{name}"),
            }
        )
        doc.idToObject["BasicFonts"].dict[self.label] = doc.Reference(font, f"font:{name}")

    def _subset_name(self) -> str:
        """`ABCDEF+Name`: six letters that stand for the glyphs of the subset (ISO 32000-1 9.6.4)."""
        number = crc32("".join(self._characters).encode("utf-8"))
        letters = "".join(chr(65 + number // 26**i % 26) for i in range(6))
        return f"{letters}+{self.fontName}"

    def _widths(self) -> str:
        """The array W: `[1 [advance advance …]]` in thousandths of an em."""
        opened = face(self.fontName)
        own = (opened.metrics(w.glyph)[0] if w.advance is None else w.advance for w in self._wanted)
        return "[1 [{}]]".format(" ".join(f"{advance * 1000 / opened.per_em:.6g}" for advance in own))

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
                "FontFile2": _stream(doc, file, f"fontFile:{name}", Length1=len(file)),
            }
        )
        return doc.Reference(descriptor, f"fontDescriptor:{name}")


def _stream(doc: pdfdoc.PDFDocument, content: bytes, name: str, **entries: int) -> pdfdoc.PDFObjectReference:
    stream = pdfdoc.PDFStream(content=content, filters=[pdfdoc.PDFZCompress])
    for key, value in entries.items():
        stream.dictionary[key] = value
    return doc.Reference(stream, name)


def to_unicode(characters: list[str]) -> str:
    """The map from codes (1, 2, …) back to characters in UTF-16, at most 100 entries a block (ISO 32000-1 9.10.3)."""
    entries = [f"<{i:04X}> <{c.encode('utf-16-be').hex().upper()}>" for i, c in enumerate(characters, 1)]
    blocks = [entries[at : at + _ENTRIES_A_BLOCK] for at in range(0, len(entries), _ENTRIES_A_BLOCK)]
    return _TO_UNICODE.format(mappings="\n".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar" for b in blocks))


class Fonts:
    """The fonts of one document: codes of characters for content streams."""

    def __init__(self, doc: pdfdoc.PDFDocument) -> None:
        self._doc = doc
        self._fonts: dict[str, EmbeddedFont] = {}
        self._codes: dict[tuple[str, str, bool], tuple[str, str]] = {}

    def code(self, style: Style, character: str, *, narrow: bool) -> tuple[str, str]:
        """The label of the font that draws the character in this style, and the character's code in hex."""
        key = (style.name, character, narrow)
        found = self._codes.get(key)
        if found is None:
            found = self._codes[key] = self._new(style, character, narrow=narrow)
        return found

    def _new(self, style: Style, character: str, *, narrow: bool) -> tuple[str, str]:
        glyph = style[character]
        font = self._fonts.get(glyph.font)
        if font is None:
            font = self._fonts[glyph.font] = EmbeddedFont(glyph.font, f"F{len(self._fonts) + 1}")
            self._doc.delayedFonts.append(font)
        return font.label, font.code(character, glyph.glyph, narrow=narrow)
