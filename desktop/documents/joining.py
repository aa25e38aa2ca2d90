"""Scanned pages under drawn ones: one PDF of our own pages, some of which show a page of a scan below what is drawn on them."""

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import NamedTuple, cast

from pypdf import PageObject, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NullObject, NumberObject, StreamObject

from desktop.documents.foreign import FOREIGN, OWN, Box, PdfBroken, Seen, Taker, open_pdf, seen, unless_broken
from desktop.documents.photos import BOTTOM, HEIGHT, LEFT, WIDTH, PhotoBroken, Slice, size_of, slices

_PDFA_CLAIM = re.compile(rb"<rdf:Description[^>]*pdfaid.*?</rdf:Description>\s*", re.DOTALL)


class Bookmark(NamedTuple):
    """An entry of the outline: its text, and the page (from 0) to which it leads."""

    title: str
    page: int


class Join:
    """A PDF of our own that gets scans under its pages, one scan after the other, and an outline."""

    def __init__(self, pdf: bytes) -> None:
        self._writer = PdfWriter(clone_from=BytesIO(pdf))
        self._writer.pdf_header = "%PDF-1.4"

    def put_photo(self, at: int, count: int, data: bytes, name: str) -> None:
        """Put a JPEG that `photos.upright` made under `count` pages from `at` (from 0) on. Raises `PhotoBroken`."""
        width, height, grey = size_of(data, name)
        try:
            places = slices(width, height, count)
        except ValueError:
            raise PhotoBroken(name) from None
        picture = Taker(self._writer).add(_picture(data, width, height, grey=grey))
        for page, place in zip(self._pages(at, count), places, strict=True):
            self._lay_under(page, Seen({"Scan": picture}, _photo_operators(place)))

    def put_pdf(self, at: int, count: int, data: bytes, name: str) -> None:
        """Put the pages of a foreign PDF under `count` pages from `at` (from 0) on. Raises `PdfBroken`, `PdfEncrypted`.

        Nobody knows what is in it, so the file stops saying that it is PDF/A.
        """
        self._put(at, count, data, name, FOREIGN)
        self._writer.pdf_header = "%PDF-1.7"
        metadata = self._writer.root_object.get("/Metadata", NullObject()).get_object()
        if isinstance(metadata, StreamObject):
            metadata.set_data(_PDFA_CLAIM.sub(b"", metadata.get_data()))

    def put_own(self, at: int, count: int, data: bytes, name: str) -> None:
        """Put the pages of a PDF that this program made, a sealed paper, as they are. Raises `PdfBroken`, `PdfEncrypted`."""
        self._put(at, count, data, name, OWN)

    def add_outline(self, bookmarks: Sequence[Bookmark]) -> None:
        """Give the file an outline, which viewers show beside the first page."""
        for bookmark in bookmarks:
            self._writer.add_outline_item(title=bookmark.title, page_number=bookmark.page)
        self._writer.page_mode = "/UseOutlines"

    def content(self) -> bytes:
        """The file; the same parts give the same bytes."""
        buffer = BytesIO()
        self._writer.write(buffer)
        return buffer.getvalue()

    def _put(self, at: int, count: int, data: bytes, name: str, room: Box) -> None:
        reader = open_pdf(data, name)
        taker = Taker(self._writer)
        with unless_broken(name):
            if len(reader.pages) != count:
                raise PdfBroken(name)
            for page, source in zip(self._pages(at, count), reader.pages, strict=True):
                self._lay_under(page, seen(taker, source, room))

    def _pages(self, at: int, count: int) -> Iterator[PageObject]:
        return (self._writer.pages[number] for number in range(at, at + count))

    def _lay_under(self, page: PageObject, what: Seen) -> None:
        """Draw it under what the page shows."""
        resources = cast("DictionaryObject", page["/Resources"].get_object())
        named = DictionaryObject({NameObject(f"/{name}"): reference for name, reference in what.objects.items()})
        below = DecodedStreamObject()
        below.set_data(what.operators.encode("ascii"))
        above = page.raw_get("/Contents")
        page[NameObject("/Resources")] = DictionaryObject({**resources, NameObject("/XObject"): named})  # its own: pages share theirs
        page[NameObject("/Contents")] = ArrayObject([Taker(self._writer).add(below.flate_encode()), above])


def _photo_operators(place: Slice) -> str:
    clip = f"{LEFT:.2f} {BOTTOM:.2f} {WIDTH:.2f} {HEIGHT:.2f} re W n"
    return f"q {clip} {place.width:.3f} 0 0 {place.height:.3f} {place.x:.3f} {place.y:.3f} cm /Scan Do Q\n"


def _picture(data: bytes, width: int, height: int, *, grey: bool) -> StreamObject:
    picture = StreamObject()
    picture._data = data  # noqa: SLF001 -- set_data would encode it once more
    names = {"Type": "/XObject", "Subtype": "/Image", "ColorSpace": "/DeviceGray" if grey else "/DeviceRGB", "Filter": "/DCTDecode"}
    picture.update({NameObject(f"/{key}"): NameObject(value) for key, value in names.items()})
    numbers = {"Width": width, "Height": height, "BitsPerComponent": 8}
    picture.update({NameObject(f"/{key}"): NumberObject(value) for key, value in numbers.items()})
    return picture
