"""The dossier: prescribed order, true page numbers, scans in their places, nothing alive in it."""

import re
import subprocess
from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO

import msgspec
import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import Destination, DictionaryObject, IndirectObject

from desktop.documents.dossier import Drawn, Part, Place, Scanned, assemble, contents_of, places
from desktop.documents.foreign import PdfBroken, PdfEncrypted
from desktop.documents.gathering import PLACES, Source, copies, gather
from desktop.documents.pdf import About, draw
from desktop.documents.photos import PhotoBroken, upright
from desktop.documents.view import ContentsRow
from desktop.domain.attachment import Attachment, Category
from desktop.domain.case import Case
from desktop.domain.codes import choices
from desktop.domain.dossier import Filing
from desktop.domain.office import Office
from desktop.domain.refused import Refused
from tests.documents import made_scans as made
from tests.documents.test_pdfa import VALIDATOR, verdicts
from tests.domain.samples import PATHS, sample

PHOTO, STRIP = upright(made.jpeg(orientation=6), "x"), upright(made.strip(), "x")
SCANS: Sequence[tuple[str, Category, int, bytes]] = (
    ("裁定书", "司法确认材料", 1, made.living_pdf()),
    ("张三身份证", "当事人身份证明", 1, PHOTO),
    ("聊天记录", "证据材料", 6, STRIP),
    ("收条", "履行凭证", 1, upright(made.png("L"), "x")),
    ("展位合同", "证据材料", 2, made.pdf(2)),
    ("横页", "其他", 1, made.pdf(rotation=90)),
)
CONTENT = {f"{number:064x}": data for number, (*_, data) in enumerate(SCANS)}


def attachment(name: str, category: Category, pages: int, data: bytes, sha256: str) -> Attachment:
    media = "pdf" if data.startswith(b"%PDF") else "jpeg"
    known = {"name": name, "category": category, "media": media, "pages": pages, "size": len(data), "sha256": sha256}
    return msgspec.convert(known, Attachment)


def with_scans(case: Case) -> Case:
    added = tuple(attachment(*scan, sha256) for scan, sha256 in zip(SCANS, CONTENT, strict=True))
    return msgspec.structs.replace(case, attachments=added)


def gathered(case: Case, office: Office) -> list[Part]:
    return gather(Source(case, office, CONTENT.__getitem__, {}))


def scanned(data: bytes) -> Scanned:
    return Scanned("x", "pdf" if data.startswith(b"%PDF") else "jpeg", 6 if data is STRIP else 1, lambda: data)


def bound(parts: Sequence[Part]) -> bytes:
    return assemble(parts, title="杨自立等合同纠纷调解卷宗", author="关上街道人民调解委员会", subject="〔2025〕关上人调字第12号")


def poppler(pdf: bytes, *area: str) -> list[str]:
    """The text of each page, or of a part of it."""
    said = subprocess.run(["pdftotext", *area, "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode("utf-8")
    return said.split("\f")[:-1]


def corners(pdf: bytes) -> list[str]:
    """What stands in the upper right corner of each page."""
    return [text.strip() for text in poppler(pdf, "-r", "72", "-x", "470", "-y", "25", "-W", "90", "-H", "27")]


def bookmarks(pdf: bytes) -> list[tuple[str, int]]:
    reader = PdfReader(BytesIO(pdf))
    found = [item for item in reader.outline if isinstance(item, Destination)]
    return [(str(item.title), reader.get_destination_page_number(item) or 0) for item in found]


def seen(pdf: bytes, page: int) -> Image.Image:
    """The page as a picture of one pixel a point."""
    document = pypdfium2.PdfDocument(pdf)
    image: Image.Image = document[page].render(scale=1).to_pil()
    document.close()
    return image


def is_like(found: object, colour: tuple[int, int, int]) -> bool:
    return isinstance(found, tuple) and all(abs(a - b) < 30 for a, b in zip(found, colour, strict=True))


@pytest.fixture
def scanned_case(case: Case) -> Case:
    return with_scans(case)


@pytest.fixture(params=["case", "bare_case", "huge_case", "scanned_case", *PATHS])
def any_case(request: pytest.FixtureRequest) -> Case:
    case: Case = sample(request.param) if request.param in PATHS else request.getfixturevalue(request.param)
    return case


def test_page_numbers_on_paper_are_those_of_the_contents(any_case: Case, office: Office) -> None:
    parts = gathered(any_case, office)
    pdf = bound(parts)
    start, printed = 0, corners(pdf)
    listed = "".join(poppler(pdf)[1 : 1 + parts[1].count])
    for part, place in zip(parts, places(parts), strict=True):
        own = printed[start : start + part.count]
        assert own == ([str(place.first + i) for i in range(part.count)] if place.first else [""] * part.count)
        assert place.pages in listed
        start += part.count
    assert start == len(printed)
    last = max(place.last or 0 for place in places(parts))
    assert f"本卷宗共{last}页" in "".join(poppler(pdf)[-1].split())
    assert [n for n in printed if n] == [str(n) for n in range(1, last + 1)]


def test_contents_name_every_paper_with_its_pages(scanned_case: Case, office: Office) -> None:
    parts = gathered(scanned_case, office)
    lines = poppler(bound(parts), "-layout")
    rows = re.findall(r"^ *(\d+) +(\S+) +(\d+(?:-\d+)?)(?: +(\S+))? *$", "\n".join(lines[1 : 1 + parts[1].count]), re.MULTILINE)
    wanted = [place for place in places(parts) if place.first]
    short = [(str(i), p.name, p.pages, "扫描件" if p.scanned else "") for i, p in enumerate(wanted, 1) if len(p.name) < 12]
    assert set(short) <= set(rows)
    assert len(short) > 10


def test_bookmarks_lead_to_the_papers(any_case: Case, office: Office) -> None:
    parts = gathered(any_case, office)
    pdf = bound(parts)
    starts = [sum(part.count for part in parts[:i]) for i in range(len(parts))]
    assert bookmarks(pdf) == list(zip((part.name for part in parts), starts, strict=True))
    reader = PdfReader(BytesIO(pdf))
    assert len(reader.pages) == sum(part.count for part in parts)
    assert reader.page_mode == "/UseOutlines"
    assert all((round(page.mediabox.width), round(page.mediabox.height)) == (595, 842) for page in reader.pages)


def test_the_order_is_the_prescribed_one(scanned_case: Case, office: Office) -> None:
    filed = msgspec.structs.replace(scanned_case, filing=Filing(filed_on=date(2025, 5, 1), explanation="缺一份原件。"))
    names = [part.name for part in gathered(filed, office)]
    wanted = ["卷宗封面", "卷内目录", "受理登记表", "权利义务告知书", "当事人身份证明", "张三身份证", "聊天记录", "展位合同", "调解协议书"]
    wanted += ["履行凭证", "收条", "裁定书", "横页", "结案报告表", "卷宗情况说明", "封底"]
    assert [name for name in names if name in wanted] == wanted
    assert set(choices(Category)) == set(PLACES)


def test_letters_are_no_part_of_the_dossier(case: Case, office: Office) -> None:
    assert {"任务单", "督办单"} <= {copy.name for copy in copies(case)}
    assert not {"任务单", "督办单"} & {part.name for part in gathered(case, office)}


def test_copies_are_told_apart() -> None:
    assert [c.name for c in copies(sample("04")) if c.form.name == "回访记录"] == [f"回访记录（第{n}次）" for n in "一二三"]
    assert "授权委托书（玉溪某某商务服务有限公司）" in [c.name for c in copies(sample("01"))]


def test_names_of_any_characters_stand_in_contents_and_bookmarks(case: Case, office: Office) -> None:
    (sha256, data), *_ = ((s, d) for s, d in CONTENT.items() if d == PHOTO)
    paper = attachment("𠮷䶮\u202e的<b>收条</b>\n(一)", "履行凭证", 1, data, sha256)
    pdf = bound(gathered(msgspec.structs.replace(case, attachments=(paper,)), office))
    name = "𠮷䶮的<b>收条</b> (一)"
    assert name in [title for title, _ in bookmarks(pdf)]
    assert name.replace(" ", "") in "".join("".join(poppler(pdf)[1:3]).split())


def test_the_same_dossier_gives_the_same_bytes(scanned_case: Case, office: Office) -> None:
    first, second = (bound(gathered(scanned_case, office)) for _ in range(2))
    assert first == second
    pages = draw([()], About("a", "b", "c"))
    assert bound([Scanned("x", "sealed", 1, lambda: pages)]) == bound([Scanned("x", "sealed", 1, lambda: pages)])


def test_long_contents_run_over_several_pages(case: Case, office: Office) -> None:
    (sha256, data), *_ = ((s, d) for s, d in CONTENT.items() if d == PHOTO)
    many = tuple(attachment(f"第{n}张照片", "证据材料", 1, data, sha256) for n in range(60))
    parts = gathered(msgspec.structs.replace(case, attachments=many), office)
    pdf = bound(parts)
    assert parts[1].count == 4
    assert corners(pdf)[:6] == ["", "", "", "", "", "1"]
    assert contents_of(parts).rows[-1] == ContentsRow("结案报告表", str(contents_of(parts).pages))
    assert len(pdf) < 60 * len(PHOTO) + 1_000_000


def test_a_photo_stands_upright_in_the_dossier(scanned_case: Case, office: Office) -> None:
    """It was held with EXIF 6: the red quarter, stored upper left, belongs to the upper right."""
    pdf = bound(gathered(scanned_case, office))
    (page,) = (page for name, page in bookmarks(pdf) if name == "张三身份证")
    image = seen(pdf, page)
    assert is_like(image.getpixel((540, 70)), made.RED)
    assert is_like(image.getpixel((85, 70)), (255, 255, 255))
    assert is_like(image.getpixel((85, 600)), made.BLUE)


@pytest.mark.parametrize(
    ("rotation", "red"), [(0, (30, 70)), (90, (560, 200)), (180, (560, 800)), (270, (30, 400))], ids=["0", "90", "180", "270"]
)
def test_a_foreign_page_lies_as_viewers_show_it(rotation: int, red: tuple[int, int]) -> None:
    data = made.pdf(rotation=rotation)
    image = seen(bound([Scanned("x", "pdf", 1, lambda: data)]), 0)
    assert is_like(image.getpixel(red), (204, 26, 26))
    assert not any(is_like(image.getpixel((594 - red[0], y)), (204, 26, 26)) for y in range(0, 842, 20))
    assert is_like(image.getpixel((300, 40)), (255, 255, 255))


@pytest.mark.parametrize("size", [(595, 842), (842, 595), (200, 200), (1684, 2384), (3000, 300)])
def test_a_foreign_page_of_any_size_is_whole_below_the_number(size: tuple[float, float]) -> None:
    data = made.pdf(size=size, split=True)
    pdf = bound([Scanned("x", "pdf", 1, lambda: data)])
    assert corners(pdf) == ["1"]
    assert "SCAN 1" in poppler(pdf)[0]


def test_nothing_foreign_is_alive_in_the_dossier(office: Office, scanned_case: Case) -> None:
    reader = PdfReader(BytesIO(bound(gathered(scanned_case, office))))
    things = [IndirectObject(n, 0, reader).get_object() for n in range(1, int(str(reader.trailer["/Size"])))]
    keys = {key for thing in things if isinstance(thing, DictionaryObject) for key in thing}
    assert not keys & {"/JS", "/AA", "/OpenAction", "/EF", "/Annots", "/AcroForm", "/URI", "/EmbeddedFiles", "/Names"}
    assert not [t for t in things if isinstance(t, DictionaryObject) and t.get("/S") in ("/JavaScript", "/URI", "/Launch")]
    assert "somebody" not in str(reader.metadata)


def test_a_stamp_that_an_annotation_draws_stays(scanned_case: Case, office: Office) -> None:
    pdf = bound(gathered(scanned_case, office))
    (page,) = (page for name, page in bookmarks(pdf) if name == "裁定书")
    assert is_like(seen(pdf, page).getpixel((438, 690)), (26, 26, 204))


def test_a_sealed_paper_goes_in_as_it_was_sealed(case: Case, office: Office) -> None:
    sealed = bound(
        [Drawn("x", next(part.pages for part in gathered(case, office) if part.name == "调解协议书" and isinstance(part, Drawn)))]
    )
    changed = msgspec.structs.replace(case, mediators=("别人",))
    parts = gather(Source(changed, office, lambda _: sealed, {("调解协议书", ""): "f" * 64}))
    (part,) = (part for part in parts if part.name == "调解协议书")
    place = next(place for place in places(parts) if place.name == "调解协议书")
    assert isinstance(part, Scanned)
    assert (part.kind, place.scanned) == ("sealed", False)
    assert "段文清" in "".join(poppler(bound([part]))[-1].split())


@pytest.mark.parametrize(("taken", "claims"), [([PHOTO, STRIP], True), ([PHOTO, made.pdf()], False)])
def test_the_file_claims_to_be_an_archives_only_if_it_is_all_ours(taken: list[bytes], claims: bool) -> None:
    pdf = bound([scanned(data) for data in taken])
    reader = PdfReader(BytesIO(pdf))
    assert (b"pdfaid" in pdf) == claims
    assert reader.xmp_metadata is not None
    assert reader.xmp_metadata.dc_title == {"x-default": "杨自立等合同纠纷调解卷宗"}
    assert reader.metadata is not None
    assert reader.metadata.author == "关上街道人民调解委员会"


@pytest.mark.skipif(not VALIDATOR, reason="Apache PDFBox Preflight is not installed (libpdfbox2-java)")
def test_a_dossier_with_photos_is_fit_for_an_archive(case: Case, office: Office, tmp_path_factory: pytest.TempPathFactory) -> None:
    scans = with_scans(case)
    photos = tuple(one for one in scans.attachments if one.media == "jpeg")
    pdf = bound(gathered(msgspec.structs.replace(case, attachments=photos), office))
    said = verdicts(tmp_path_factory.mktemp("pdfa"), {"dossier.pdf": pdf})
    assert said["dossier.pdf"].startswith("a valid PDF/A-1b file")


@pytest.mark.parametrize(
    ("kind", "count", "make", "refusal"),
    [
        ("pdf", 2, made.pdf, PdfBroken),
        ("sealed", 2, made.pdf, PdfBroken),
        ("jpeg", 2, lambda: PHOTO, PhotoBroken),
        ("pdf", 1, lambda: b"%PDF-1.4", PdfBroken),
        ("pdf", 1, made.locked_pdf, PdfEncrypted),
        ("jpeg", 1, lambda: b"\xff\xd8\xff", PhotoBroken),
        ("png", 1, lambda: b"", PhotoBroken),
    ],
)
def test_a_scan_that_is_not_what_was_said_is_refused(kind: str, count: int, make: Callable[[], bytes], refusal: type[Refused]) -> None:
    with pytest.raises(refusal, match="坏扫描件"):
        bound([Scanned("坏扫描件", kind, count, make)])  # type: ignore[arg-type]


def test_a_png_from_another_office_is_shown() -> None:
    data = made.png()
    image = seen(bound([Scanned("x", "png", 1, lambda: data)]), 0)
    assert is_like(image.getpixel((120, 120)), made.RED)


def test_places_are_counted_through() -> None:
    parts: list[Part] = [
        Drawn("封面", [()], numbered=False),
        Drawn("甲", [(), ()]),
        Scanned("乙", "jpeg", 3, bytes),
        Drawn("丙", [()]),
        Drawn("封底", [()], numbered=False),
    ]
    found = [Place("封面", None, None), Place("甲", 1, 2), Place("乙", 3, 5, scanned=True), Place("丙", 6, 6), Place("封底", None, None)]
    assert places(parts) == found
    assert [place.pages for place in found] == ["", "1-2", "3-5", "6", ""]
    assert contents_of(parts).pages == 6
