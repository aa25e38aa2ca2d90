"""What can be seen of a foreign PDF, taken over into ours: its pages with fonts and pictures, and stamps, seals and filled-in fields.

Scripts, actions, links, embedded files, form fields and metadata stay behind. pypdf guards itself against files that would fill the
memory; everything that it says of a broken file becomes one refusal.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any, NamedTuple, cast

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    PdfObject,
    StreamObject,
)

from desktop.documents.mark import MM
from desktop.domain.refused import Refused

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells the terminal about every flaw that it mends

Matrix = tuple[float, float, float, float, float, float]


class PdfBroken(Refused):
    """A PDF from which pages cannot be taken."""

    def __init__(self, name: str) -> None:
        super().__init__(f"PDF文件“{name}”已损坏，无法取出其中的页，请重新扫描或另存为PDF后再添加。")


class PdfEncrypted(Refused):
    """A PDF under a password."""

    def __init__(self, name: str) -> None:
        super().__init__(f"PDF文件“{name}”已加密，请打开后用“打印为PDF”另存一份不加密的，再添加。")


class Box(NamedTuple):
    """A rectangle on a page in pt from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float


OWN = Box(0, 0, 210 * MM, 297 * MM)
"""The room for a page of our own: all of A4."""

FOREIGN = Box(5 * MM, 5 * MM, 205 * MM, 278 * MM)
"""The room for a foreign page: above it stays a band for the page number, around it an edge that printers cannot reach anyway."""


class Seen(NamedTuple):
    """What is laid on a page: objects by the names that the operators call them."""

    objects: dict[str, IndirectObject]
    operators: str


@contextmanager
def unless_broken(name: str) -> Iterator[None]:
    """Turn whatever a broken file makes pypdf raise into `PdfBroken`."""
    try:
        yield
    except Refused:
        raise
    except Exception as error:
        raise PdfBroken(name) from error


def open_pdf(data: bytes, name: str) -> PdfReader:
    """A foreign PDF, mended as far as can be. `name` is what a refusal calls it. Raises `PdfBroken`, `PdfEncrypted`."""
    with unless_broken(name):
        reader = PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted:
            raise PdfEncrypted(name)
        if not reader.pages:
            raise PdfBroken(name)
    return reader


def try_pdf(reader: PdfReader, name: str) -> None:
    """Take every page over into nothing, so that what was accepted can be printed later. Raises `PdfBroken`."""
    writer = PdfWriter()
    taker = Taker(writer)
    with unless_broken(name):
        for source in reader.pages:
            seen(taker, source, FOREIGN)
        writer.write(_Nowhere())


class _Nowhere(BytesIO):
    """A file that forgets what is written and knows only how much it was."""

    def __init__(self) -> None:
        super().__init__()
        self._at = 0

    def write(self, data: Any) -> int:
        """Count the bytes."""
        self._at += len(data)
        return len(data)

    def tell(self) -> int:
        """How many bytes were written."""
        return self._at


def seen(taker: "Taker", source: PageObject, room: Box) -> Seen:
    """The page with the appearances of its annotations, placed on A4. Raises anything for a broken page."""
    box = _visible(source)
    objects = {"Scan": taker.add(_page_form(taker, source, box))}
    operators = "/Scan Do\n"
    for number, (appearance, matrix) in enumerate(_appearances(source)):
        objects[f"Stamp{number}"] = taker.reference(appearance)
        operators += f"q {_numbers(matrix)} cm /Stamp{number} Do Q\n"
    return Seen(objects, f"q {_numbers(_placing(box, source.rotation % 360, room))} cm {operators}Q\n")


def _numbers(matrix: Matrix) -> str:
    return " ".join(f"{value:.5f}" for value in matrix)


def _visible(page: PageObject) -> Box:
    """The crop box within the media box, as viewers show it."""
    media, crop = page.mediabox, page.cropbox
    low = max(media.left, crop.left), max(media.bottom, crop.bottom)
    high = min(media.right, crop.right), min(media.top, crop.top)
    box = Box(*map(float, (*low, *high)))
    if not (1 <= box.right - box.left <= 1e5 and 1 <= box.top - box.bottom <= 1e5):
        raise ValueError(box)
    return box


def _placing(box: Box, rotation: int, room: Box) -> Matrix:
    """The page turned as viewers show it, at the top of the room; made smaller where it has to be, never larger."""
    width, height = box.right - box.left, box.top - box.bottom
    wide, high = (height, width) if rotation in (90, 270) else (width, height)
    free = room.right - room.left, room.top - room.bottom
    s = min(1.0, free[0] / wide, free[1] / high)
    x, y = room.left + (free[0] - s * wide) / 2, room.top - s * high
    return {
        0: (s, 0.0, 0.0, s, x - s * box.left, y - s * box.bottom),
        90: (0.0, -s, s, 0.0, x - s * box.bottom, y + s * box.right),
        180: (-s, 0.0, 0.0, -s, x + s * box.right, y + s * box.top),
        270: (0.0, s, -s, 0.0, x + s * box.top, y - s * box.left),
    }[rotation]


def _page_form(taker: "Taker", source: PageObject, box: Box) -> StreamObject:
    """The page's content as a form (ISO 32000-1 8.10), which keeps its graphics state to itself."""
    form = _content(source)
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = ArrayObject(map(FloatObject, box))
    form[NameObject("/Resources")] = taker.taken(source.get("/Resources", DictionaryObject()))
    group = source.get("/Group")
    if group is not None:
        form[NameObject("/Group")] = taker.taken(group)
    return form


def _content(source: PageObject) -> StreamObject:
    """A new stream with the page's content: as it is stored if it is one stream, else decoded, joined and compressed anew."""
    content = source.get("/Contents", NullObject()).get_object()
    if isinstance(content, StreamObject):
        bare = _bare(content)
        bare.update({NameObject(key): content[key] for key in ("/Filter", "/DecodeParms") if key in content})
        return bare
    streams = [part.get_object() for part in content] if isinstance(content, ArrayObject) else []
    joined = DecodedStreamObject()
    joined.set_data(b"\n".join(stream.get_data() for stream in streams if isinstance(stream, StreamObject)))
    return joined.flate_encode()


def _bare(stream: StreamObject) -> StreamObject:
    """A stream with the same bytes as they are stored, not decoded, and an empty dictionary."""
    bare = type(stream)()
    bare._data = stream._data  # noqa: SLF001 -- pypdf's way to the stored bytes
    return bare


# --- annotations: ISO 32000-1 12.5 ------------------------------------------------------------------------------------------------------

_UNSEEN = 0x02 | 0x20
"""The flags Hidden and NoView (12.5.3)."""

_NOT_DRAWN = frozenset({"/Link", "/Popup", "/FileAttachment", "/Sound", "/Movie", "/Screen", "/RichMedia", "/3D", "/TrapNet"})


def _appearances(source: PageObject) -> Iterator[tuple[StreamObject, Matrix]]:
    """The appearance of each annotation that paper shows, with its place on the page (12.5.5, algorithm 8.1)."""
    for annotation in _annotations(source):
        form = _normal_appearance(annotation)
        if form is not None and annotation.get("/Subtype") not in _NOT_DRAWN and not int(annotation.get("/F", 0)) & _UNSEEN:
            matrix = _on_page(form, [float(edge) for edge in cast("ArrayObject", annotation["/Rect"])])
            if matrix:
                yield form, matrix


def _annotations(source: PageObject) -> list[DictionaryObject]:
    listed = source.get("/Annots", NullObject()).get_object()
    entries = [entry.get_object() for entry in listed] if isinstance(listed, ArrayObject) else []
    return [entry for entry in entries if isinstance(entry, DictionaryObject)]


def _normal_appearance(annotation: DictionaryObject) -> StreamObject | None:
    kinds = annotation.get("/AP", NullObject()).get_object()
    form = kinds.get("/N", NullObject()).get_object() if isinstance(kinds, DictionaryObject) else None
    if isinstance(form, DictionaryObject) and not isinstance(form, StreamObject):
        form = form.get(annotation.get("/AS", ""), NullObject()).get_object()
    return form if isinstance(form, StreamObject) else None


def _on_page(form: StreamObject, rect: Sequence[float]) -> Matrix | None:
    """The matrix that puts the form's box, turned by its own matrix, into the rectangle; None if either has no area."""
    a, b, c, d, e, f = (float(value) for value in form.get("/Matrix", (1, 0, 0, 1, 0, 0)))
    left, bottom, right, top = (float(edge) for edge in cast("ArrayObject", form["/BBox"]))
    xs, ys = zip(*((a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)), strict=True)
    (x0, x1), (y0, y1) = sorted(rect[::2]), sorted(rect[1::2])
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    if min(wide, high, x1 - x0, y1 - y0) <= 0:
        return None
    sx, sy = (x1 - x0) / wide, (y1 - y0) / high
    return (sx, 0.0, 0.0, sy, x0 - sx * min(xs), y0 - sy * min(ys))


# --- copying ----------------------------------------------------------------------------------------------------------------------------


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_KEPT_OUT_OF_STREAMS = _words(
    "/Length /F /FFilter /FDecodeParms /Metadata /PieceInfo /AF /OPI /Ref /Alternates /StructParent /StructParents /OC /LastModified "
    "/Parent /Measure /PtData /PS /Level1"
)
"""What a stream may say that is not seen, or would be fetched from another file. (In other dictionaries a name may be anybody's.)"""

_FOREIGN_TYPES = _words("/Action /Filespec /EmbeddedFile /Annot /Page /Pages /Catalog /StructElem /StructTreeRoot /Metadata /Sig")
_ACTIONS = _words(
    "/JavaScript /Launch /URI /GoTo /GoToR /GoToE /Thread /SubmitForm /ResetForm /ImportData /Rendition /Movie /Sound /Named /Hide "
    "/SetOCGState /Trans /GoTo3DView /RichMediaExecute"
)


class Taker:
    """Copies objects of one foreign file into ours, each once, without what is not seen."""

    def __init__(self, writer: PdfWriter) -> None:
        self._writer = writer
        self._known: dict[tuple[int, int], IndirectObject] = {}

    def add(self, thing: PdfObject) -> IndirectObject:
        """Give a new object its number in our file."""
        return self._writer._add_object(thing)  # noqa: SLF001 -- pypdf has no public name for it

    def reference(self, thing: StreamObject) -> IndirectObject:
        """The copy of a stream."""
        taken = self.taken(thing.indirect_reference or thing)
        return taken if isinstance(taken, IndirectObject) else self.add(taken)

    def taken(self, thing: Any) -> PdfObject:
        """The copy of a value with everything that it refers to."""
        if isinstance(thing, IndirectObject):
            return self._followed(thing)
        if _is_active(thing):
            return NullObject()
        if not isinstance(thing, (DictionaryObject, ArrayObject)):
            return cast("PdfObject", thing)
        return self._filled(_empty(thing), thing)

    def _followed(self, reference: IndirectObject) -> PdfObject:
        key = (reference.idnum, reference.generation)
        thing = reference.get_object()
        if key in self._known:
            return self._known[key]
        if thing is None or _is_active(thing) or not isinstance(thing, (DictionaryObject, ArrayObject)):
            return self.taken(thing) if thing is not None else NullObject()
        copy = _empty(thing)
        self._known[key] = self.add(copy)  # before its parts, which may refer back to it
        self._filled(copy, thing)
        return self._known[key]

    def _filled(self, copy: Any, source: DictionaryObject | ArrayObject) -> PdfObject:
        if isinstance(source, ArrayObject):
            copy.extend(self.taken(part) for part in source)
            return cast("PdfObject", copy)
        without = _KEPT_OUT_OF_STREAMS if isinstance(source, StreamObject) else frozenset[str]()
        for key in source:
            if key not in without:
                copy[NameObject(key)] = self.taken(source.raw_get(key))
        return cast("PdfObject", copy)


def _empty(thing: DictionaryObject | ArrayObject) -> PdfObject:
    if isinstance(thing, StreamObject):
        return _bare(thing)
    return ArrayObject() if isinstance(thing, ArrayObject) else DictionaryObject()


def _is_active(thing: object) -> bool:
    """Whether it is an action, a file, a script or a part of the foreign document itself."""
    if not isinstance(thing, DictionaryObject):
        return False
    kind = thing.get("/Type")
    return kind in _FOREIGN_TYPES or thing.get("/S") in _ACTIONS or thing.get("/Subtype") == "/PS" or "/JS" in thing
