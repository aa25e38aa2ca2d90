"""Scanned papers as they come from a scanner, a phone or a stick: looked at closely before they get into a dossier (domain.md 3.6, 3.9)."""

import stat
from pathlib import Path
from typing import NamedTuple

from desktop.documents.photos import pages_for, size_of, upright
from desktop.domain.attachment import Media
from desktop.domain.refused import Refused

MAX_BYTES = 50 * 2**20
MAX_PAGES = 500


class Scan(NamedTuple):
    """A paper fit for the dossier: a PDF as it came or a picture as a clean JPEG, and how many A4 pages it fills."""

    media: Media
    pages: int
    data: bytes


class ScanMissing(Refused):
    """A file that cannot be read."""

    def __init__(self, name: str) -> None:
        super().__init__(f"文件“{name}”打不开，请检查文件是否存在、优盘是否插好，再重新添加。")


class ScanTooLarge(Refused):
    """A file of more bytes than a dossier can bear."""

    def __init__(self, name: str) -> None:
        super().__init__(f"文件“{name}”超过{MAX_BYTES // 2**20}MB，请用较低的清晰度重新扫描，或分成几份添加。")


class ScanTooLong(Refused):
    """A file of too many pages."""

    def __init__(self, name: str, pages: int) -> None:
        super().__init__(f"PDF文件“{name}”有{pages}页，超过{MAX_PAGES}页，请分成几份添加。")


class NotAScan(Refused):
    """A file that is neither PDF nor JPEG nor PNG, whatever its name says."""

    def __init__(self, name: str, kind: str = "") -> None:
        remedy = "请另存为PDF，或拍成照片" if not kind else f"它是{kind}，请另存为PDF、JPEG或PNG"
        super().__init__(f"文件“{name}”的内容不是PDF、JPEG或PNG，{remedy}后再添加。")


_SIGNATURES: tuple[tuple[bytes, Media], ...] = ((b"\xff\xd8\xff", "jpeg"), (b"\x89PNG\r\n\x1a\n", "png"))
_FAMILIAR = (
    (0, b"PK\x03\x04", "Word、Excel文档或者压缩包"),
    (0, b"\xd0\xcf\x11\xe0", "旧版Word、Excel文档"),
    (0, b"MZ", "程序"),
    (0, b"II*\x00", "TIFF图片"),
    (0, b"MM\x00*", "TIFF图片"),
    (0, b"BM", "BMP图片"),
    (0, b"GIF8", "GIF图片"),
    (4, b"ftyp", "HEIC照片或者视频"),
    (8, b"WEBP", "WebP图片"),
)
"""What operators do try to add, by the bytes at a place: the refusal names it."""


def read_scan(path: Path) -> Scan:
    """The scanned paper in a file, told by its content and never by its name.

    A picture comes back upright, shrunk and without what the camera wrote about place and time; a PDF as it is, after every page was
    taken over once on trial. Raises `ScanMissing`, `ScanTooLarge` (without reading the file), `ScanTooLong`, `NotAScan`, and what
    `photos.upright`, `foreign.open_pdf` and `foreign.try_pdf` raise.
    """
    data, name = _content(path), legible(path.name)
    media = _media(data)
    if media is None:
        raise NotAScan(name, _familiar(data))
    if media == "pdf":
        return _pdf(data, name)
    data = upright(data, name)
    width, height, _ = size_of(data, name)
    return Scan("jpeg", pages_for(width, height), data)


def legible(name: str, longest: int = 60) -> str:
    """A file's name as it may stand in a sentence: without invisible characters, not endless."""
    name = "".join(c for c in name if c.isprintable())
    return name if len(name) <= longest else f"{name[: longest - 1]}…"


def _content(path: Path) -> bytes:
    name = legible(path.name)
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise ScanMissing(name)
        if found.st_size > MAX_BYTES:
            raise ScanTooLarge(name)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError):  # ValueError: a name with a zero byte
        raise ScanMissing(name) from None
    if len(data) > MAX_BYTES:
        raise ScanTooLarge(name)
    return data


def _media(data: bytes) -> Media | None:
    if data[:1024].lstrip(b"\xef\xbb\xbf\r\n\t \x00").startswith(b"%PDF-"):
        return "pdf"
    return next((media for signature, media in _SIGNATURES if data.startswith(signature)), None)


def _familiar(data: bytes) -> str:
    return next((kind for at, signature, kind in _FAMILIAR if data.startswith(signature, at)), "")


def _pdf(data: bytes, name: str) -> Scan:
    from desktop.documents.foreign import open_pdf, try_pdf

    reader = open_pdf(data, name)
    pages = len(reader.pages)
    if pages > MAX_PAGES:
        raise ScanTooLong(name, pages)
    try_pdf(reader, name)
    return Scan("pdf", pages, data)
