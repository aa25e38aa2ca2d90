"""Reading a TrueType font: only what a text needs, and only when it needs it.

ReportLab's reader walks through every character of a font before the first one is drawn (100 to 230 ms a font); this one maps the
file and looks single characters up in it (about 1 ms a font). Formats after ISO/IEC 14496-22 (OpenType).
"""

import mmap
import struct
import sys
from array import array
from bisect import bisect_right
from pathlib import Path


class Face:
    """One TrueType file. Lengths are in units of the font, `per_em` to the em; glyph 0 means "not there"."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self.name = path.stem
        self._tables = _directory(self._data)
        head, hhea = self.table("head"), self.table("hhea")
        self.per_em: int = _at(head, ">H", 18)
        self.box: tuple[int, int, int, int] = struct.unpack_from(">4h", head, 36)
        self.ascent: int = _at(hhea, ">h", 4)
        self.descent: int = _at(hhea, ">h", 6)
        self._long_loca = _at(head, ">h", 50) == 1
        self._metrics: int = _at(hhea, ">H", 34)
        self.glyphs: int = _at(self.table("maxp"), ">H", 4)
        self._characters = _Characters(self.table("cmap"))
        self._glyf = self._tables["glyf"][0]
        self._loca = self._tables["loca"][0]
        self._hmtx = self._tables["hmtx"][0]

    def table(self, tag: str) -> bytes:
        """The bytes of a table; empty if the font lacks it."""
        offset, length = self._tables.get(tag, (0, 0))
        return self._data[offset : offset + length]

    def glyph(self, code: int) -> int:
        """The glyph of a character, 0 if the font does not have it."""
        return self._characters.glyph(code)

    def metrics(self, glyph: int) -> tuple[int, int]:
        """Advance and left side bearing of a glyph."""
        last = self._metrics - 1
        if glyph <= last:
            advance, bearing = struct.unpack_from(">Hh", self._data, self._hmtx + 4 * glyph)
            return advance, bearing
        advance = _at(self._data, ">H", self._hmtx + 4 * last)
        return advance, _at(self._data, ">h", self._hmtx + 4 * self._metrics + 2 * (glyph - self._metrics))

    def outline(self, glyph: int) -> bytes:
        """The glyph's record in the table `glyf`; empty for a blank."""
        if self._long_loca:
            start, end = struct.unpack_from(">2L", self._data, self._loca + 4 * glyph)
        else:
            start, end = (2 * n for n in struct.unpack_from(">2H", self._data, self._loca + 2 * glyph))
        return self._data[self._glyf + start : self._glyf + end]


def _at(data: bytes | mmap.mmap, shape: str, offset: int) -> int:
    value: int = struct.unpack_from(shape, data, offset)[0]
    return value


def _directory(data: mmap.mmap) -> dict[str, tuple[int, int]]:
    if data[:4] not in (b"\0\1\0\0", b"true"):
        raise ValueError("not a TrueType file")
    count = _at(data, ">H", 4)
    entries = (struct.unpack_from(">4s3L", data, 12 + 16 * i) for i in range(count))
    return {tag.decode("latin-1"): (offset, length) for tag, _, offset, length in entries}


def _numbers(code: str, data: bytes) -> "array[int]":
    """Big-endian numbers as an array: H 16 bits, I 32 bits."""
    numbers = array(code, data)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


class _Characters:
    """The character map: format 12 where the font has it, otherwise format 4."""

    def __init__(self, cmap: bytes) -> None:
        subtables = dict(_subtables(cmap))
        offset = subtables.get(12, subtables.get(4))
        if offset is None:
            raise ValueError("no Unicode character map")
        self._short = 12 not in subtables
        if self._short:
            self._read_short(cmap[offset:])
        else:
            self._read_long(cmap[offset:])

    def _read_long(self, table: bytes) -> None:
        groups = _numbers("I", table[16 : 16 + 12 * _at(table, ">L", 12)])
        self._starts, self._ends, self._values = groups[0::3], groups[1::3], groups[2::3]

    def _read_short(self, table: bytes) -> None:
        size = _at(table, ">H", 6)
        columns = [_numbers("H", table[at : at + size]) for at in (14, 16 + size, 16 + 2 * size, 16 + 3 * size)]
        self._ends, self._starts, self._values, self._ranges = columns
        self._rest = table[16 + 3 * size : _at(table, ">H", 2)]

    def glyph(self, code: int) -> int:
        i = bisect_right(self._starts, code) - 1
        if i < 0 or code > self._ends[i]:
            return 0
        if not self._short:
            return int(self._values[i] + code - self._starts[i])
        return self._short_glyph(i, code)

    def _short_glyph(self, segment: int, code: int) -> int:
        if self._ranges[segment] == 0:
            return int(code + self._values[segment]) & 0xFFFF
        offset = 2 * segment + self._ranges[segment] + 2 * (code - self._starts[segment])
        glyph = _at(self._rest, ">H", offset) if offset + 2 <= len(self._rest) else 0
        return (glyph + self._values[segment]) & 0xFFFF if glyph else 0


def _subtables(cmap: bytes) -> list[tuple[int, int]]:
    """Format and offset of each Unicode subtable."""
    count = _at(cmap, ">H", 2)
    entries = [struct.unpack_from(">2HL", cmap, 4 + 8 * i) for i in range(count)]
    return [(_at(cmap, ">H", at), at) for platform, encoding, at in entries if platform == 0 or (platform, encoding) in ((3, 1), (3, 10))]
