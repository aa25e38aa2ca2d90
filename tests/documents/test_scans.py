"""Scanned papers: what is taken in, what it becomes, and what is refused with a sentence."""

import os
import re
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from desktop.documents.foreign import PdfBroken, PdfEncrypted
from desktop.documents.joining import Join
from desktop.documents.pdf import About, draw
from desktop.documents.photos import BOTTOM, HEIGHT, LEFT, LONGEST, WIDTH, PhotoBroken, PhotoTooLarge, pages_for, slices, upright
from desktop.documents.scans import MAX_BYTES, MAX_PAGES, NotAScan, ScanMissing, ScanTooLarge, ScanTooLong, read_scan
from desktop.domain.refused import Refused
from tests.documents import made_scans as made
from tests.documents.made_scans import BLUE, RED, saved


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def near(seen: object, wanted: tuple[int, int, int]) -> bool:
    return isinstance(seen, tuple) and all(abs(a - b) < 25 for a, b in zip(seen, wanted, strict=True))


CORNERS = {1: "RwBw", 2: "wRwB", 3: "BwRw", 4: "wBwR", 5: "RwBw", 6: "wRwB", 7: "BwRw", 8: "wBwR"}
"""How the picture was held (EXIF) and its corners when upright, clockwise from the upper left: red, white, blue, white."""


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_comes_upright(tmp_path: Path, orientation: int) -> None:
    scan = read_scan(saved(tmp_path, "photo.jpg", made.jpeg(orientation=orientation)))
    image = opened(scan.data)
    wide, high = image.size
    corners = [image.getpixel(at) for at in ((10, 10), (wide - 10, 10), (wide - 10, high - 10), (10, high - 10))]
    seen = "".join("R" if near(c, RED) else "B" if near(c, BLUE) else "w" for c in corners)
    assert (scan.media, scan.pages) == ("jpeg", 1)
    assert (wide > high) == (orientation < 5)
    assert seen == CORNERS[orientation]


def test_a_photo_keeps_nothing_but_the_picture(tmp_path: Path) -> None:
    for name, data in (("a.jpg", made.jpeg()), ("a.png", made.png())):
        scan = read_scan(saved(tmp_path, name, data))
        assert made.PLACE in data
        assert made.PLACE not in scan.data
        assert b"Exif" not in scan.data
        assert not opened(scan.data).getexif()
        assert "comment" not in opened(scan.data).info


@pytest.mark.parametrize(("size", "wanted"), [((4000, 3000), (1700, 1275)), ((600, 400), (600, 400)), ((3000, 4000), (1275, 1700))])
def test_a_large_photo_is_shrunk_and_a_small_one_is_not_blown_up(size: tuple[int, int], wanted: tuple[int, int]) -> None:
    assert opened(upright(made.jpeg(*size), "x")).size == wanted
    assert max(wanted) <= LONGEST


@pytest.mark.parametrize(
    ("mode", "wanted"), [("1", "L"), ("L", "L"), ("LA", "L"), ("I;16", "L"), ("P", "RGB"), ("RGB", "RGB"), ("RGBA", "RGB")]
)
def test_grey_stays_grey_and_colour_stays_colour(mode: str, wanted: str) -> None:
    assert opened(upright(made.png(mode), "x")).mode == wanted


def test_a_transparent_picture_lies_on_white() -> None:
    image, buffer = Image.new("RGBA", (50, 50), (0, 0, 0, 0)), BytesIO()
    image.save(buffer, "PNG")
    assert opened(upright(buffer.getvalue(), "x")).getpixel((25, 25)) == (255, 255, 255)


def test_a_print_in_four_inks_becomes_a_picture_of_light() -> None:
    assert opened(upright(made.jpeg(mode="CMYK"), "x")).mode == "RGB"


def test_a_strip_goes_over_pages_at_full_width(tmp_path: Path) -> None:
    scan = read_scan(saved(tmp_path, "chat.png", made.strip()))
    assert opened(scan.data).size == (1080, 8640)
    assert scan.pages == 6


@given(st.integers(1, 70_000), st.integers(1, 70_000))
def test_every_line_of_a_picture_is_on_some_page(width: int, height: int) -> None:
    found = slices(width, height, pages_for(width, height))
    assert all(place.width <= WIDTH + 0.01 and place.x >= LEFT - 0.01 for place in found)
    assert abs(found[0].y + found[0].height - (BOTTOM + HEIGHT)) < 0.01
    assert found[-1].y >= BOTTOM - 0.01
    if len(found) > 1:
        assert all(0 < after.y - before.y < HEIGHT for before, after in pairwise(found))
        assert abs(found[-1].y - BOTTOM) < 0.01


def test_a_strip_is_never_shown_in_part() -> None:
    assert len(slices(1080, 8640, 9)) == 9
    for count in (0, 2, 3):
        with pytest.raises(ValueError, match=str(count)):
            slices(1080, 8640, count)


def test_a_pdf_is_kept_as_it_came(tmp_path: Path) -> None:
    data = made.pdf(7)
    assert read_scan(saved(tmp_path, "协议.PDF", data)) == ("pdf", 7, data)
    assert read_scan(saved(tmp_path, "no name", made.pdf(split=True))).pages == 1


@pytest.mark.parametrize("damage", [lambda d: d.replace(b"startxref\n", b"startxref\n9"), lambda d: d + bytes(600), lambda d: b"\n\n" + d])
def test_a_pdf_with_a_wrong_table_is_mended(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    assert read_scan(saved(tmp_path, "a.pdf", damage(made.pdf(2)))).pages == 2


NASTY: dict[str, tuple[Callable[[], bytes], type[Refused]]] = {
    "空文件.pdf": (lambda: b"", NotAScan),
    "程序.pdf": (lambda: b"MZ\x90\x00" + bytes(2000) + b"%PDF-1.4", NotAScan),
    "程序.jpg": (lambda: b"MZ\x90\x00" + bytes(2000), NotAScan),
    "压缩包.png": (lambda: b"PK\x03\x04" + bytes(100), NotAScan),
    "合同.docx": (lambda: b"PK\x03\x04" + bytes(100), NotAScan),
    "旧合同.doc": (lambda: b"\xd0\xcf\x11\xe0" + bytes(100), NotAScan),
    "网页.pdf": (lambda: b"<!DOCTYPE html><script>alert(1)</script>", NotAScan),
    "苹果照片.jpg": (lambda: b"\x00\x00\x00\x18ftypheic" + bytes(100), NotAScan),
    "动画.gif": (lambda: b"GIF89a" + bytes(50), NotAScan),
    "文字.pdf": ("一段文字".encode, NotAScan),
    "半张.jpg": (lambda: made.jpeg()[:4000], PhotoBroken),
    "只有头.jpg": (lambda: b"\xff\xd8\xff\xe0", PhotoBroken),
    "只有头.png": (lambda: b"\x89PNG\r\n\x1a\n", PhotoBroken),
    "炸弹.png": (made.bomb, PhotoTooLarge),
    "只有头.pdf": (lambda: b"%PDF-1.7\n", PdfBroken),
    "乱码.pdf": (lambda: b"%PDF-1.7\n" + os.urandom(5000), PdfBroken),
    "截断.pdf": (lambda: made.pdf(2)[:-400], PdfBroken),
    "加密.pdf": (made.locked_pdf, PdfEncrypted),
    "限制.pdf": (lambda: made.locked_pdf(""), PdfEncrypted),
    "无页.pdf": (made.pageless_pdf, PdfBroken),
    "循环.pdf": (made.looping_pdf, PdfBroken),
    "无面积.pdf": (made.flat_pdf, PdfBroken),
    "膨胀.pdf": (made.bloated_pdf, PdfBroken),
    "太长.pdf": (lambda: made.pdf(MAX_PAGES + 1), ScanTooLong),
}
"""Files that no dossier takes, each with the class of its refusal."""


@pytest.mark.parametrize("name", NASTY)
def test_nasty_files_are_refused_with_one_sentence(tmp_path: Path, name: str) -> None:
    make, refusal = NASTY[name]
    path = saved(tmp_path, name, make())
    with pytest.raises(refusal) as caught:
        read_scan(path)
    assert type(caught.value) is refusal
    assert re.fullmatch(r"[^。]+。", str(caught.value))
    assert name in str(caught.value)
    assert "请" in str(caught.value)


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "大.pdf"
    with path.open("wb") as file:
        file.write(made.pdf())
        file.truncate(200 * 2**20)
    path.chmod(0)  # reading it would be refused in another way
    with pytest.raises(ScanTooLarge, match=f"{MAX_BYTES // 2**20}MB"):
        read_scan(path)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "没有.pdf", tmp_path, tmp_path / "pipe", tmp_path / "a\0b", tmp_path / ("长" * 300)):
        with pytest.raises(ScanMissing):
            read_scan(path)


@pytest.mark.parametrize("make", [made.jpeg, made.png, made.pdf, made.living_pdf])
@settings(max_examples=40)
@given(data=st.data())
def test_damage_is_mended_or_refused_but_never_a_fault(
    make: Callable[[], bytes], tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """What is accepted can be printed: that is what the trial is for."""
    whole = bytearray(make())
    for at, value in data.draw(st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), max_size=30)):
        whole[at] = value
    try:
        scan = read_scan(saved(tmp_path_factory.getbasetemp(), "damaged", bytes(whole)))
    except Refused:
        return
    join = Join(draw([()] * scan.pages, About("", "", "")))
    (join.put_pdf if scan.media == "pdf" else join.put_photo)(0, scan.pages, scan.data, "x")
    assert len(PdfReader(BytesIO(join.content())).pages) == scan.pages


def test_nesting_without_end_is_no_fault(tmp_path: Path) -> None:
    path = saved(tmp_path, "deep.pdf", made.deep_pdf())
    with suppress(PdfBroken):
        assert read_scan(path).pages == 1
