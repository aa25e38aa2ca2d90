"""What an archive asks of a PDF: PDF/A-1b (ISO 19005-1:2005 with its corrigenda, in China GB/T 23286.1-2009).

Why this part and not the newer one stands in docs/decisions/008-pdfa.md. What is written here obeys ISO 19005-2 for level B too;
clauses are named after both where they differ.
"""

import struct
import zlib
from dataclasses import dataclass
from functools import cache
from hashlib import md5
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc

PART, CONFORMANCE = 1, "B"
"""What the files say of themselves: no more than an independent validator confirms (tests/documents/test_pdfa.py)."""

PDF_VERSION = (1, 4)
"""The version on which ISO 19005-1 builds; ISO 19005-2 takes it as well (6.1.2)."""

CREATOR, PRODUCER = "枫桥调解台", "Fengqiao Desk, ReportLab"


@dataclass(frozen=True, slots=True)
class About:
    """What the file says of itself; an empty value is left out."""

    title: str
    author: str
    subject: str


_QUICKLY = 1
"""The outlines of glyphs hardly shrink: more effort takes three times as long for a twentieth less (an agreement: 114 for 120 KB)."""


class Stream(pdfdoc.PDFStream):
    """A stream whose end stands on a line of its own (ISO 19005-1 6.1.7, 19005-2 6.1.7.1); ReportLab leaves that line end out."""

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """The stream's object as bytes."""
        written: bytes = super().format(document)
        return written.removesuffix(b"endstream\n") + b"\nendstream\n"


def stream(content: bytes, *, packed: bool = True, **entries: Any) -> Stream:
    """A stream of these bytes, compressed unless said otherwise, with further entries in its dictionary."""
    made = Stream(content=zlib.compress(content, _QUICKLY) if packed else content)
    for key, value in (entries | ({"Filter": "/FlateDecode"} if packed else {})).items():
        made.dictionary[key] = value
    return made


def declare(doc: pdfdoc.PDFDocument, about: About, content: bytes) -> None:
    """Give the document its identifier, information, XMP packet and output intent.

    There is no date in it: the same paper gives the same bytes, and the paper itself says when it was signed. `content` stands for
    the document in its identifier (ISO 32000-1 14.4): other content, another identifier.
    """
    digest = md5(content + repr(about).encode("utf-8"), usedforsecurity=False).hexdigest().encode("ascii")
    doc._ID = b"[<%b><%b>]" % (digest, digest)  # noqa: SLF001 -- ReportLab's own leaves the pages out and adds a comment
    doc.info = _Information(about)
    catalog = doc.Catalog
    catalog.Metadata = stream(xmp(about).encode("utf-8"), packed=False, Type="/Metadata", Subtype="/XML")
    catalog.OutputIntents = pdfdoc.PDFArray([_output_intent(doc)])
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]  # the keys that ReportLab writes


class _Information(pdfdoc.PDFInfo):
    """The document information dictionary: nothing that the XMP packet does not say too (ISO 19005-1 6.7.3)."""

    def __init__(self, about: About) -> None:
        super().__init__()
        self.about = about

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        known = {"Title": self.about.title, "Author": self.about.author, "Subject": self.about.subject}
        known |= {"Creator": CREATOR, "Producer": PRODUCER}
        entries = {key: pdfdoc.PDFString(value) for key, value in known.items() if value}
        written: bytes = pdfdoc.PDFDictionary(entries).format(document)
        return written


# --- XMP: ISO 19005-1 6.7 ---------------------------------------------------------------------------------------------------------------

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>{part}</pdfaid:part>
<pdfaid:conformance>{conformance}</pdfaid:conformance>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
{described}<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
_LANGUAGE = ' xml:lang="x-default"'


def xmp(about: About) -> str:
    """The XMP packet, equal in every value to the information dictionary."""
    described = _listed("title", "Alt", about.title, _LANGUAGE)
    described += _listed("creator", "Seq", about.author)
    described += _listed("description", "Alt", about.subject, _LANGUAGE)
    return _PACKET.format(part=PART, conformance=CONFORMANCE, described=described, creator=CREATOR, producer=PRODUCER)


def _listed(name: str, kind: str, value: str, attribute: str = "") -> str:
    if not value:
        return ""
    return f"<dc:{name}><rdf:{kind}><rdf:li{attribute}>{escape(value)}</rdf:li></rdf:{kind}></dc:{name}>\n"


# --- colours: ISO 19005-1 6.2.2, 19005-2 6.2.3 ------------------------------------------------------------------------------------------

_SRGB = "sRGB IEC61966-2.1"
_WHITE = (0.9642, 1.0, 0.8249)  # D50, to which a profile's colours are adapted (ICC.1:2001-04)
_PRIMARIES = {"rXYZ": (0.4360, 0.2225, 0.0139), "gXYZ": (0.3851, 0.7169, 0.0971), "bXYZ": (0.1431, 0.0606, 0.7141)}
_CURVE_POINTS = 256


def _output_intent(doc: pdfdoc.PDFDocument) -> pdfdoc.PDFDictionary:
    profile = stream(srgb_profile(), N=3)
    return pdfdoc.PDFDictionary(
        {
            "Type": "/OutputIntent",
            "S": "/GTS_PDFA1",
            "OutputConditionIdentifier": pdfdoc.PDFString(_SRGB),
            "Info": pdfdoc.PDFString(_SRGB),
            "RegistryName": pdfdoc.PDFString("http://www.color.org"),
            "DestOutputProfile": doc.Reference(profile, "outputProfile"),
        }
    )


@cache
def srgb_profile() -> bytes:
    """An ICC profile, version 2.1, of the colours red, green and blue as a screen shows them (IEC 61966-2-1): 1 KB, our own."""
    curve = b"curv" + struct.pack(
        f">2L{_CURVE_POINTS}H", 0, _CURVE_POINTS, *(_linear(i / (_CURVE_POINTS - 1)) for i in range(_CURVE_POINTS))
    )
    name = _SRGB.encode("ascii") + b"\0"
    tags = {
        "desc": b"desc" + struct.pack(">2L", 0, len(name)) + name + bytes(4 + 4 + 2 + 1 + 67),  # no Unicode, no Macintosh name
        "cprt": b"text" + bytes(4) + b"Public domain\0",
        "wtpt": _point(_WHITE),
        **{tag: _point(value) for tag, value in _PRIMARIES.items()},
        **dict.fromkeys(("rTRC", "gTRC", "bTRC"), curve),
    }
    return _profile(tags)


def _linear(value: float) -> int:
    """The light of an sRGB value from 0 to 1, as a number of 16 bits."""
    light = value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
    return round(light * 0xFFFF)


def _fixed(values: tuple[float, float, float]) -> bytes:
    return struct.pack(">3l", *(round(value * 0x10000) for value in values))


def _point(values: tuple[float, float, float]) -> bytes:
    return b"XYZ " + bytes(4) + _fixed(values)


def _profile(tags: dict[str, bytes]) -> bytes:
    """Header, table of tags, and the tags' data, the same data once."""
    table, body, places = struct.pack(">L", len(tags)), b"", dict[bytes, int]()
    start = 128 + 4 + 12 * len(tags)
    for tag, data in tags.items():
        if data not in places:
            places[data] = start + len(body)
            body += data + bytes(-len(data) % 4)
        table += struct.pack(">4s2L", tag.encode("ascii"), places[data], len(data))
    size = start + len(body)
    made = (2000, 1, 1, 0, 0, 0)  # the format asks for a date; it says nothing
    header = struct.pack(">L4xL4s4s4s6H4s", size, 0x02100000, b"mntr", b"RGB ", b"XYZ ", *made, b"acsp")
    header += bytes(28) + _fixed(_WHITE)
    return header + bytes(128 - len(header)) + table + body
