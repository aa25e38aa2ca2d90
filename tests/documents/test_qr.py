"""The stamp of sealed papers: the page shows the very modules of the code, nothing is printed over, and any file may be read."""

from pathlib import Path

import pypdfium2
import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.documents import paper, pdf, qr
from desktop.documents.linebreak import Line
from desktop.documents.mark import MM, Mark, Rule, Text
from desktop.documents.occasion import kinds_for
from desktop.domain.case import Case
from desktop.domain.office import Office

CODE = "FQ1|530402|〔2025〕关上人调字第12号|调解协议书|2|AB12CD34EF56AB78"
LINES = ("〔2025〕关上人调字第12号　第2版", "本件代替第1版", "校验码 AB12-CD34-EF56-AB78")
ABOUT = pdf.About("题", "人", "事")


def stamp_box(pages: list[list[Mark]], before: list[list[Mark]]) -> qr.Box:
    """What the stamp of the first page covers."""
    boxes = [qr.box_of(mark) for mark in pages[0][len(before[0]) :]]
    return qr.Box(min(b.left for b in boxes), min(b.top for b in boxes), max(b.right for b in boxes), max(b.bottom for b in boxes))


def modules_on_page(data: bytes, box: qr.Box, count: int) -> list[list[int]]:
    """The modules as a page of 300 dpi shows them: dark or light in the middle of each."""
    document = pypdfium2.PdfDocument(data)
    bitmap = document[0].render(scale=300 / 72, grayscale=True)
    picture, stride, scale = bytes(bitmap.buffer), bitmap.stride, 300 / 72 * qr.SIDE / count
    left, top = box.left * 300 / 72, box.top * 300 / 72
    rows = range(count)
    seen = [[picture[int(top + (y + 0.5) * scale) * stride + int(left + (x + 0.5) * scale)] for x in rows] for y in rows]
    bitmap.close()
    document.close()
    return [[int(value < 128) for value in row] for row in seen]


@pytest.mark.parametrize("text", [CODE, "A", "FQ1|" + "甲" * 60 + "|1|0000000000000000"], ids=["ours", "short", "long"])
def test_the_page_shows_the_code(text: str) -> None:
    wanted = [list(row) for row in segno.make(text, error="m", micro=False, encoding="utf-8").matrix]
    marks = qr.qr_marks(text, 25 * MM, 5 * MM)
    box = qr.Box(25 * MM, 5 * MM, 25 * MM + qr.SIDE, 5 * MM + qr.SIDE)
    assert modules_on_page(pdf.draw([marks], ABOUT), box, len(wanted)) == wanted


@given(st.lists(st.lists(st.integers(0, 1), min_size=9, max_size=9), min_size=1, max_size=9))
def test_rectangles_cover_the_dark_modules_once(matrix: list[list[int]]) -> None:
    covered = [[0] * 9 for _ in matrix]
    for box in qr.rectangles(matrix):
        for y in range(int(box.top), int(box.bottom)):
            for x in range(int(box.left), int(box.right)):
                covered[y][x] += 1
    assert covered == matrix


@pytest.mark.parametrize("fixture", ["case", "bare_case", "huge_case"])
def test_no_form_is_printed_over(fixture: str, office: Office, request: pytest.FixtureRequest) -> None:
    case: Case = request.getfixturevalue(fixture)
    seen = 0
    for form, _ in kinds_for(case):
        if form.dossier is None or form.dossier.numbered:
            _is_stamped_beside_the_text(paper.pages(form.name, case, office))
            seen += 1
    assert seen >= 5


def _is_stamped_beside_the_text(pages: list[list[Mark]]) -> None:
    stamped = qr.stamped(pages, CODE, LINES)
    box = stamp_box(stamped, pages)
    assert [page[: len(before)] for page, before in zip(stamped, pages, strict=True)] == pages
    assert not [mark for page in pages for mark in page if qr.box_of(mark).meets(box)]
    assert box.left >= 20 * MM
    assert box.top >= qr.EDGE - 1
    assert box.bottom <= 297 * MM - qr.EDGE + 1
    assert len({tuple(page[len(before) :]) for page, before in zip(stamped, pages, strict=True)}) == 1, "the same stamp on every page"


def wall(*corners: str) -> list[Mark]:
    """A page on which these corners are written on."""
    places = {"top left": (30, 15), "top right": (150, 15), "bottom left": (30, 285), "bottom right": (150, 285)}
    return [Rule(x * MM, y * MM, (x + 30) * MM, y * MM) for x, y in (places[corner] for corner in corners)]


@pytest.mark.parametrize(
    ("taken", "left", "top"),
    [
        ((), True, True),
        (("top left",), False, True),
        (("top left", "top right"), True, False),
        (("top left", "top right", "bottom left"), False, False),
    ],
)
def test_the_first_free_corner_is_taken(taken: tuple[str, ...], left: bool, top: bool) -> None:
    page = wall(*taken)
    box = stamp_box(qr.stamped([page], CODE, LINES), [page])
    assert (box.left < 105 * MM, box.top < 148 * MM) == (left, top)
    assert box.left >= 19.9 * MM
    assert box.right <= 190.1 * MM


def test_a_page_that_is_full_is_refused() -> None:
    pages = [wall("top left", "top right"), wall("bottom left", "bottom right")]
    with pytest.raises(qr.NoRoomForStamp, match="页边太窄"):
        qr.stamped(pages, CODE, LINES)


def test_a_stamped_paper_says_its_code() -> None:
    data = pdf.draw(qr.stamped([[], []], CODE, LINES), pdf.About("题", "人", f"事 {CODE}"))
    said = qr.read(data)
    assert said[:4] == ("题", "人", f"事 {CODE}", "枫桥调解台")
    assert said.text.count("校验码 AB12-CD34-EF56-AB78") == 2
    assert said.text.count("本件代替第1版") == 2
    assert data == pdf.draw(qr.stamped([[], []], CODE, LINES), pdf.About("题", "人", f"事 {CODE}"))


def test_box_of_text() -> None:
    line = Line("第一", 0.0, 20.0)
    assert qr.box_of(Text(10, 100, line, "宋", 10)) == qr.Box(10, 91.2, 30, 101.2)


SCRAPS = [b"", b"MZ\x90\x00 no paper", b"%PDF-1.7\n%%EOF", b"%PDF-1.4\n" + bytes(range(256)) * 40]


@pytest.mark.parametrize("data", SCRAPS)
def test_what_is_no_pdf_says_nothing(data: bytes) -> None:
    assert qr.read(data) == qr.Printed()


@settings(max_examples=30)
@given(st.data())
def test_damaged_files_are_read_as_far_as_they_go(data: st.DataObject) -> None:
    whole = pdf.draw([qr.qr_marks(CODE, 0, 0)], ABOUT)
    cut = whole[: data.draw(st.integers(0, len(whole)))]
    at = data.draw(st.integers(0, len(whole) - 1))
    flipped = whole[:at] + bytes([whole[at] ^ 1 << data.draw(st.integers(0, 7))]) + whole[at + 1 :]
    for damaged in (cut, flipped):
        assert isinstance(qr.read(damaged).text, str)


def test_damaged_metadata_say_nothing() -> None:
    """Half of a character beyond U+FFFF is no text: the library raises there."""
    whole = pdf.draw([qr.qr_marks(CODE, 0, 0)], pdf.About("题", "人", "𠮷" * 8))
    start = whole.index(b"/Subject")
    read = [qr.read(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :]) for at in range(start, start + 90)]
    assert qr.Printed() in [said._replace(text="") for said in read]


def test_an_encrypted_file_says_nothing(tmp_path: Path) -> None:
    import pypdf

    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    path = tmp_path / "locked.pdf"
    writer.write(path)
    assert qr.read(path.read_bytes()) == qr.Printed()
