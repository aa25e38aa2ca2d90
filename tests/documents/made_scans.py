"""Scans as they come: photos with the camera's notes, PDFs of all makes, and files that are none."""

import struct
import zlib
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfWriter
from pypdf.annotations import Link
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    RectangleObject,
    TextStringObject,
)

RED, BLUE = (200, 30, 30), (30, 30, 200)
PLACE = b"24.87967N"
"""What the camera noted and nobody else may know."""


def picture(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """White, its upper left quarter red, its lower right quarter blue."""
    image = Image.new("RGB", (width, height), "white")
    image.paste(RED, (0, 0, width // 2, height // 2))
    image.paste(BLUE, (width // 2, height // 2, width, height))
    return image.convert(mode)


def jpeg(width: int = 800, height: int = 600, orientation: int = 1, mode: str = "RGB") -> bytes:
    """A photo with EXIF: how the camera was held, whose it is and where it was; and with a comment."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "Phone"
    exif.get_ifd(0x8825)[18] = PLACE.decode()
    buffer = BytesIO()
    picture(width, height, mode).save(buffer, "JPEG", exif=exif, comment=PLACE, quality=92)
    return buffer.getvalue()


def png(mode: str = "RGB", width: int = 600, height: int = 800) -> bytes:
    """A picture without loss, with a text in it."""
    info, buffer = PngInfo(), BytesIO()
    info.add_text("Comment", PLACE.decode())
    image = Image.new("I;16", (width, height), 40_000) if mode == "I;16" else picture(width, height, mode)
    image.save(buffer, "PNG", pnginfo=info)
    return buffer.getvalue()


@cache
def strip() -> bytes:
    """A chat on a phone, photographed whole: eight times as high as wide."""
    buffer = BytesIO()
    picture(1080, 8640).save(buffer, "PNG")
    return buffer.getvalue()


@cache
def bomb() -> bytes:
    """A PNG of 2,500 million pixels in 300 bytes."""
    head = struct.pack(">2L5B", 50_000, 50_000, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(9))), (b"IEND", b""))
    chunks = (struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data)) for kind, data in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


# --- PDFs -------------------------------------------------------------------------------------------------------------------------------


def _page(writer: PdfWriter, text: str, size: tuple[float, float], *, split: bool) -> None:
    page = writer.add_blank_page(*size)
    font = DictionaryObject({NameObject(f"/{k}"): NameObject(f"/{v}") for k, v in FONT.items()})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/A"): font})})
    drawn = f"0.8 0.1 0.1 rg 0 {size[1] / 2} {size[0] / 2} {size[1] / 2} re f", f"BT 0 g /A 20 Tf 60 {size[1] - 200} Td ({text}) Tj ET"
    streams = []
    for part in drawn if split else ["\n".join(drawn)]:
        stream = DecodedStreamObject()
        stream.set_data(part.encode())
        streams.append(writer._add_object(stream.flate_encode()))
    page[NameObject("/Contents")] = ArrayObject(streams) if split else streams[0]


FONT: Mapping[str, str] = {"Type": "Font", "Subtype": "Type1", "BaseFont": "Helvetica"}


def _written(writer: PdfWriter) -> bytes:
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@cache
def pdf(pages: int = 1, size: tuple[float, float] = (595, 842), rotation: int = 0, word: str = "SCAN", *, split: bool = False) -> bytes:
    """Pages with `SCAN 1` and so on, their upper left quarter red (before they are turned)."""
    writer = PdfWriter()
    for number in range(1, pages + 1):
        _page(writer, f"{word} {number}", size, split=split)
        if rotation:
            writer.pages[number - 1][NameObject("/Rotate")] = NumberObject(rotation)
    return _written(writer)


def living_pdf() -> bytes:
    """A page with a script, a link, an embedded file, a metadata packet, and a stamp that is drawn by an annotation."""
    writer = PdfWriter()
    _page(writer, "LIVING", (595, 842), split=False)
    script = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")})
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(script)
    page = writer.pages[0]
    page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): script})
    page["/Resources"][NameObject("/Properties")] = DictionaryObject({NameObject("/MC0"): script})  # type: ignore[index]
    writer.add_attachment("secret.exe", b"MZ payload")
    writer.add_annotation(page_number=0, annotation=Link(rect=(0, 0, 100, 100), url="https://example.com/"))
    writer.add_metadata({"/Author": "somebody"})
    form = DecodedStreamObject()
    form.set_data(b"0.1 0.1 0.8 rg 0 0 10 10 re f")
    form.update({NameObject("/Subtype"): NameObject("/Form"), NameObject("/BBox"): ArrayObject(map(FloatObject, (0, 0, 10, 10)))})
    stamp = DictionaryObject({NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Stamp")})
    stamp[NameObject("/Rect")] = RectangleObject((400, 100, 500, 200))
    stamp[NameObject("/AP")] = DictionaryObject({NameObject("/N"): writer._add_object(form)})
    page[NameObject("/Annots")].append(writer._add_object(stamp))  # type: ignore[attr-defined]
    return _written(writer)


def locked_pdf(user: str = "secret") -> bytes:
    """A PDF that asks for a password, or, with an empty one, only forbids things."""
    writer = PdfWriter(clone_from=BytesIO(pdf()))
    writer.encrypt(user, "owner", algorithm="RC4-128")
    return _written(writer)


def _objects(*bodies: bytes) -> bytes:
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(bodies) + 1, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n%b%b" % (len(bodies) + 1, table, tail)


_CATALOG, _ONE_PAGE = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"


def deep_pdf() -> bytes:
    """Resources nested deeper than any parser goes."""
    nest = b"<</A " * 10_000 + b"0" + b">>" * 10_000
    return _objects(_CATALOG, _ONE_PAGE, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources %b>>" % nest)


def looping_pdf() -> bytes:
    """A page tree without an end."""
    return _objects(_CATALOG, b"<</Type/Pages/Kids[2 0 R]/Count 1>>")


def pageless_pdf() -> bytes:
    """A PDF without a page."""
    return _objects(_CATALOG, b"<</Type/Pages/Kids[]/Count 0>>")


def flat_pdf() -> bytes:
    """A page without area."""
    return pdf(size=(595, 0.5))


@cache
def bloated_pdf() -> bytes:
    """A page of two parts that grow to 100 MB each."""
    packed = zlib.compress(bytes(100_000_000), 1)
    part = b"<</Length %d/Filter/FlateDecode>>\nstream\n%b\nendstream" % (len(packed), packed)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents[4 0 R 5 0 R]>>"
    return _objects(_CATALOG, _ONE_PAGE, page, part, part)


def saved(folder: Path, name: str, data: bytes) -> Path:
    """The bytes as a file."""
    path = folder / name
    path.write_bytes(data)
    return path
