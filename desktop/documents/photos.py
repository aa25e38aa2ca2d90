"""Photographed papers: turned upright, shrunk to what paper shows, and rid of everything that is not the picture."""

import struct
import warnings
import zlib
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from desktop.documents.mark import MM
from desktop.domain.refused import Refused

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST = 1700
"""The longer side of a photo in pixels, at most: some 160 dots an inch on A4, at which a signature and small print can be read."""

QUALITY = 80
_STRIP_WIDTH, _STRIP_LENGTH = 1100, 65_000
"""The pixels of a strip: as wide as paper shows, no longer than a JPEG can be."""

LEFT, TOP, RIGHT, BOTTOM = 25 * MM, 20 * MM, 15 * MM, 15 * MM
"""The margins of a page with a photo in pt; the left one is for binding, the top one for the page number."""

WIDTH, HEIGHT = 210 * MM - LEFT - RIGHT, 297 * MM - TOP - BOTTOM
"""The room for a photo on A4 in pt."""

_STRIP = 2 * HEIGHT / WIDTH
"""A picture more than this many times as high as wide (a chat on a phone) is a strip: it goes over several pages at full width."""

_OVERLAP = 0.04
"""How much of a page of a strip the next one shows again, so that a line of text that was cut can be read."""

_ORIENTATION = 0x0112
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, TypeError, OverflowError, struct.error, zlib.error)
"""What Pillow raises for pictures that are none."""


class PhotoBroken(Refused):
    """A picture that cannot be decoded."""

    def __init__(self, name: str) -> None:
        super().__init__(f"图片“{name}”已损坏，打不开，请重新拍照或扫描后再添加。")


class PhotoTooLarge(Refused):
    """A picture of more pixels than any camera needs for a paper."""

    def __init__(self, name: str) -> None:
        super().__init__(f"图片“{name}”的像素太多（超过9000万），请把相机或扫描仪调到普通清晰度后重新拍摄，再添加。")


class Slice(NamedTuple):
    """A part of a picture on a page: the picture's left edge, foot, width and height in pt from the page's lower left corner."""

    x: float
    y: float
    width: float
    height: float


def upright(data: bytes, name: str) -> bytes:
    """A JPEG or PNG as a JPEG of at most `LONGEST` pixels: upright, grey if it was grey, on white if it was transparent.

    EXIF, the place where it was taken, colour profile and comments are gone. `name` is what a refusal calls the picture. Raises
    `PhotoBroken`, `PhotoTooLarge`.
    """
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about odd tags, which are dropped anyhow
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=("JPEG", "PNG")) as image:
                return _as_jpeg(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        raise PhotoTooLarge(name) from None
    except _BROKEN:
        raise PhotoBroken(name) from None


def size_of(data: bytes, name: str) -> tuple[int, int, bool]:
    """Width and height in pixels of a JPEG that `upright` made, and whether it is grey. Raises `PhotoBroken`."""
    from PIL import Image

    try:
        with Image.open(BytesIO(data), formats=("JPEG",)) as image:
            if image.mode not in ("L", "RGB"):
                raise PhotoBroken(name)
            return *image.size, image.mode == "L"
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, *_BROKEN):
        raise PhotoBroken(name) from None


def pages_for(width: int, height: int) -> int:
    """How many A4 pages a picture of so many pixels fills: a strip more than one."""
    if height <= _STRIP * width:
        return 1
    return ceil((WIDTH * height / width - HEIGHT) / (HEIGHT * (1 - _OVERLAP))) + 1


def slices(width: int, height: int, count: int) -> list[Slice]:
    """Where a picture of so many pixels lies on each of its pages: whole and as large as possible on one, or a strip over `count`.

    A strip reaches over the margins; what draws it must clip it to them. Raises ValueError if so few pages would not show all of it.
    """
    if count == 1:
        scale = min(WIDTH / width, HEIGHT / height)
        wide, high = width * scale, height * scale
        return [Slice(LEFT + (WIDTH - wide) / 2, BOTTOM + HEIGHT - high, wide, high)]
    high = WIDTH * height / width
    step = (high - HEIGHT) / (count - 1)
    if not 0 < step <= HEIGHT:
        raise ValueError(count)
    return [Slice(LEFT, BOTTOM + HEIGHT - high + number * step, WIDTH, high) for number in range(count)]


def _as_jpeg(image: "Image") -> bytes:
    from PIL import Image

    turn = _turn(image)
    image.draft(None, _target(*image.size))  # a JPEG of a good camera is decoded at a half or a quarter: time and memory
    plain = _plain(image)
    plain = plain.resize(_target(*plain.size), Image.Resampling.LANCZOS) if plain.size != _target(*plain.size) else plain
    if turn is not None:
        plain = plain.transpose(Image.Transpose(turn))
    plain.info = {}
    buffer = BytesIO()
    plain.save(buffer, "JPEG", quality=QUALITY, optimize=True)
    return buffer.getvalue()


def _turn(image: "Image") -> int | None:
    """How to turn the picture upright, as the camera noted it (EXIF 2.32, tag Orientation)."""
    from PIL.Image import Transpose

    try:
        noted = image.getexif().get(_ORIENTATION)
    except _BROKEN:
        return None  # the picture itself may still be sound
    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    return turns.get(noted) if isinstance(noted, int) else None


def _target(width: int, height: int) -> tuple[int, int]:
    """The pixels that are kept; a strip may lie on its side still, and keeps its width."""
    short, long = sorted((width, height))
    limit = min(_STRIP_WIDTH / short, _STRIP_LENGTH / long) if long > _STRIP * short else LONGEST / long
    scale = min(1.0, limit)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _plain(image: "Image") -> "Image":
    """The picture in grey or in colour, without transparency."""
    from PIL import Image

    if image.mode.startswith("I"):  # 16 bits a pixel
        return image.point(lambda value: value / 256).convert("L")
    grey = image.mode in ("1", "L", "LA", "La")
    if not image.has_transparency_data:
        return image.convert("L" if grey else "RGB")
    layers = image.convert("RGBA")
    white = Image.new("RGB", layers.size, "white")
    white.paste(layers, mask=layers.getchannel("A"))
    return white.convert("L") if grey else white
