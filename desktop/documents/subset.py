"""Cutting a TrueType font down to the glyphs of one document."""

import struct
import sys
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.documents.truetype import Face

_KEPT = ("cvt ", "fpgm", "prep")
_WORDS, _MORE, _SCALE, _TWO_SCALES, _MATRIX = 0x0001, 0x0020, 0x0008, 0x0040, 0x0080


@dataclass(frozen=True, slots=True)
class Wanted:
    """A glyph of the font and the advance (font units) that it gets in the subset; None: its own."""

    glyph: int
    advance: int | None = None


def subset(face: Face, wanted: Sequence[Wanted]) -> bytes:
    """A font file in which glyph 0 is the font's "not there" and glyph n+1 is `wanted[n]`.

    A glyph may be wanted twice with different advances: that is how a full-width mark gets a narrow twin. Parts of composed glyphs
    follow after the wanted ones.
    """
    glyphs = [Wanted(0), *wanted]
    outlines = _outlines(face, glyphs)
    locations = [0]
    for outline in outlines:
        locations.append(locations[-1] + len(outline))
    tables = {
        "glyf": b"".join(outlines),
        "loca": struct.pack(f">{len(locations)}L", *locations),
        "hmtx": b"".join(_metrics(face, glyph) for glyph in glyphs),
        "hhea": _patched(face.table("hhea"), 34, len(glyphs)),
        "maxp": _patched(face.table("maxp"), 4, len(glyphs)),
        "head": _patched(_patched(face.table("head"), 50, 1), 8, 0, ">L"),
    }
    tables.update((tag, face.table(tag)) for tag in _KEPT if face.table(tag))
    return _file(tables)


def glyph_count(file: bytes) -> int:
    """How many glyphs a file made by `subset` holds, glyph 0 and the parts of composed glyphs included."""
    entries = (struct.unpack_from(">4s4xL4x", file, 12 + 16 * i) for i in range(struct.unpack_from(">H", file, 4)[0]))
    offset = next(offset for tag, offset in entries if tag == b"maxp")
    count: int = struct.unpack_from(">H", file, offset + 4)[0]
    return count


def _outlines(face: Face, glyphs: list[Wanted]) -> list[bytes]:
    """The records of `glyphs`, which grows by the parts of composed ones; each padded to four bytes."""
    outlines: list[bytes] = []
    places: dict[int, int] = {}
    for wanted in glyphs:  # grows while it is walked through
        outline = face.outline(wanted.glyph)
        if len(outline) > 10 and outline[0] & 0x80:
            outline = _renumbered(outline, glyphs, places)
        outlines.append(outline + bytes(-len(outline) % 4))
    return outlines


def _renumbered(outline: bytes, glyphs: list[Wanted], places: dict[int, int]) -> bytes:
    """A composed glyph whose parts are numbered as in the subset; parts that are new go to the end of `glyphs`."""
    data, at, flags = bytearray(outline), 10, _MORE
    while flags & _MORE:
        flags, part = struct.unpack_from(">2H", data, at)
        if part not in places:
            places[part] = len(glyphs)
            glyphs.append(Wanted(part))
        struct.pack_into(">H", data, at + 2, places[part])
        at += 4 + (4 if flags & _WORDS else 2)
        at += 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _MATRIX else 0
    return bytes(data)


def _metrics(face: Face, wanted: Wanted) -> bytes:
    advance, bearing = face.metrics(wanted.glyph)
    return struct.pack(">Hh", advance if wanted.advance is None else wanted.advance, bearing)


def _patched(table: bytes, offset: int, value: int, shape: str = ">H") -> bytes:
    data = bytearray(table)
    struct.pack_into(shape, data, offset, value)
    return bytes(data)


def _sum(data: bytes) -> int:
    """The check sum of OpenType: 32-bit words added up."""
    words = array("I", data + bytes(-len(data) % 4))
    if sys.byteorder == "little":
        words.byteswap()
    return sum(words) & 0xFFFFFFFF


def _file(tables: dict[str, bytes]) -> bytes:
    power = len(tables).bit_length() - 1
    head = struct.pack(">L4H", 0x00010000, len(tables), 16 << power, power, 16 * len(tables) - (16 << power))
    directory, body, offset, total = b"", b"", 12 + 16 * len(tables), 0
    for tag, data in sorted(tables.items()):
        total += (check := _sum(data))
        directory += struct.pack(">4s3L", tag.encode("ascii"), check, offset + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    file = bytearray(head + directory + body)
    whole = (0xB1B0AFBA - total - _sum(head + directory)) & 0xFFFFFFFF
    entry = 12 + 16 * sorted(tables).index("head")
    struct.pack_into(">L", file, struct.unpack_from(">L", file, entry + 8)[0] + 8, whole)
    return bytes(file)
