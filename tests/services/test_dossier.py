"""The dossier of a registered case: printed whole and singly, with what it lacks."""

import re
import subprocess
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from pypdf import PdfReader

from desktop.domain.attachment import Category
from desktop.domain.case import Case
from desktop.domain.codes import choices
from desktop.services import attachments, cases, dossier, sealing
from desktop.services.desk import Desk
from desktop.store.blobs import ContentMissing
from desktop.store.files import CannotWrite
from tests.documents import made_scans as made
from tests.documents.made_scans import saved
from tests.domain.samples import PATHS, accepted, sample
from tests.services.offices import digest

FILES: dict[Category, tuple[str, bytes]] = {
    "当事人身份证明": ("身份证.jpg", made.jpeg(orientation=6)),
    "证据材料": ("合同.pdf", made.pdf(3)),
    "履行凭证": ("收条.png", made.png()),
    "申请书": ("申请书.pdf", made.pdf(rotation=90)),
    "司法确认材料": ("裁定书.pdf", made.living_pdf()),
    "其他": ("聊天.png", made.strip()),
}


def registered(desk: Desk, case: Case) -> Case:
    return cases.load(desk, cases.register(desk, case).id)


def with_scans(desk: Desk, case: Case, folder: Path, *categories: Category) -> Case:
    for category in categories or choices(Category):
        if category in FILES:
            case = attachments.add(desk, case, saved(folder, *FILES[category]), category).case
    return case


def text_of(pdf: bytes) -> str:
    said = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode("utf-8")
    return "".join(said.split())


@pytest.mark.parametrize("number", PATHS)
def test_every_sample_has_a_dossier(desk: Desk, number: str, tmp_path: Path) -> None:
    case = registered(desk, sample(number))
    dossier.write(desk, case, tmp_path / "卷宗.pdf")
    pdf = (tmp_path / "卷宗.pdf").read_bytes()
    assert pdf == dossier.render(desk, cases.load(desk, case.id))
    found = dossier.papers(desk, case)
    assert [place.name for place in found[:2]] == ["卷宗封面", "卷内目录"]
    assert found[-1].name == "封底"
    text = text_of(pdf)
    assert case.number is not None
    assert case.number in text
    assert all("".join(party.name.split()) in text for party in case.parties)
    metadata = PdfReader(BytesIO(pdf)).metadata
    assert metadata is not None
    assert (metadata.title, metadata.subject) == (f"{case.title}调解卷宗", case.number)
    assert list(tmp_path.glob("*.part")) == []


def test_scans_are_bound_where_they_belong(desk: Desk, tmp_path: Path) -> None:
    case = with_scans(desk, registered(desk, sample("01")), tmp_path)
    found = dossier.papers(desk, case)
    names = [place.name for place in found]
    scans = {place.name: place.pages for place in found if place.scanned}
    assert list(scans) == ["申请书", "身份证", "合同", "收条", "裁定书", "聊天"]
    assert names.index("当事人身份证明") + 1 == names.index("身份证")
    assert names.index("调查记录") < names.index("合同") < names.index("调解记录")
    pages = PdfReader(BytesIO(dossier.render(desk, case))).pages
    assert len(pages) == max(place.last or 0 for place in found) + len(["封面", "封底"]) + 1
    assert dossier.render(desk, case) == dossier.render(desk, cases.load(desk, case.id))


def test_a_sealed_paper_is_bound_as_it_was_sealed(desk: Desk) -> None:
    case = registered(desk, sample("03"))
    sealed = sealing.seal(desk, case, "调解协议书")
    later = cases.save(desk, sealed.case, msgspec.structs.replace(sealed.case, recorder="另一人")).case
    text = text_of(dossier.render(desk, later))
    assert "校验码" in text
    assert "记录人另一人" in text
    assert text.count("另一人") < text_of(dossier.render(desk, msgspec.structs.replace(later, seals=()))).count("另一人")


def test_papers_singly(desk: Desk, tmp_path: Path) -> None:
    case = registered(desk, sample("05"))
    (tmp_path / "出").mkdir()
    (tmp_path / "出" / "别的.txt").write_text("留着", encoding="utf-8")
    paths = dossier.write_all(desk, case, tmp_path / "出")
    assert sorted(path.name for path in (tmp_path / "出").iterdir()) == sorted([*(path.name for path in paths), "别的.txt"])
    assert paths[0].name == "01-卷宗封面.pdf"
    assert {letter.kind for letter in case.letters} <= {path.stem[3:6] for path in paths}
    assert all(len(PdfReader(path).pages) >= 1 for path in paths)
    assert dossier.write_all(desk, case, tmp_path / "出") == paths


@pytest.mark.parametrize("name", ['张\\三/李:四*?"<>|', "长" * 300, "𠮷" * 150, "a" * 300, "尾巴. . ", "\u202e反\x07"])
def test_file_names_are_safe_everywhere(desk: Desk, tmp_path: Path, name: str) -> None:
    base = accepted(summary="漏水。", source="当事人申请")
    case = registered(desk, msgspec.structs.replace(base, parties=(msgspec.structs.replace(base.parties[0], name=name), base.parties[1])))
    paths = dossier.write_all(desk, case, tmp_path / "出")
    for path in paths:
        assert re.fullmatch(r"\d\d-[^\\/:*?\"<>|\x00-\x1f]+\.pdf", path.name)
        assert len(path.name) <= 120
        assert len(path.name.encode()) + len(".part") <= 255
        assert not path.stem.endswith((".", " "))
    assert len({path.name.lower() for path in paths}) == len(paths)


def test_nothing_is_written_where_it_cannot_be(desk: Desk, tmp_path: Path) -> None:
    case = registered(desk, sample("04"))
    (tmp_path / "文件").write_bytes(b"")
    for folder in (tmp_path / "没有" / "深", tmp_path / "文件"):
        with pytest.raises(CannotWrite):
            dossier.write_all(desk, case, folder)
    with pytest.raises(CannotWrite):
        dossier.write(desk, case, tmp_path / "没有" / "卷宗.pdf")
    assert digest(tmp_path / "没有") == {}
    assert not list(tmp_path.rglob("*.part"))


def test_if_one_paper_cannot_be_replaced_none_is(desk: Desk, tmp_path: Path) -> None:
    case = registered(desk, sample("04"))
    paths = dossier.write_all(desk, case, tmp_path / "出")
    paths[1].write_bytes(b"old")
    paths[0].unlink()
    paths[-1].unlink()
    paths[-1].mkdir()
    before = digest(tmp_path / "出")
    with pytest.raises(CannotWrite, match=paths[-1].name):
        dossier.write_all(desk, case, tmp_path / "出")
    assert digest(tmp_path / "出") == before
    assert paths[-1].is_dir()


def test_gaps_name_each_missing_paper(desk: Desk, tmp_path: Path) -> None:
    case = registered(desk, sample("01"))
    lacking = dossier.gaps(desk, case)
    assert [re.match(r"缺(\w+)", sentence)[1] for sentence in lacking] == ["当事人身份证明", "履行凭证"]  # type: ignore[index]
    assert all(re.fullmatch(r"缺[^。]+：[^。]+，请补入卷宗（依据：.+）。", sentence) for sentence in lacking)
    case = with_scans(desk, case, tmp_path, "当事人身份证明")
    assert len(dossier.gaps(desk, case)) == 1
    case = with_scans(desk, case, tmp_path, "履行凭证")
    assert dossier.gaps(desk, case) == []


def test_a_scan_with_the_papers_name_fills_its_gap(desk: Desk, tmp_path: Path) -> None:
    case = registered(desk, sample("02"))
    assert any(sentence.startswith("缺委托移送函") for sentence in dossier.gaps(desk, case))
    case = attachments.add(desk, case, saved(tmp_path, "公安机关委托移送函.pdf", made.pdf()), "其他").case
    assert not any(sentence.startswith("缺委托移送函") for sentence in dossier.gaps(desk, case))


def test_a_scan_that_has_not_arrived_is_a_gap(desk: Desk, tmp_path: Path) -> None:
    case = with_scans(desk, registered(desk, sample("03")), tmp_path, "其他")
    away = msgspec.structs.replace(case, attachments=(msgspec.structs.replace(case.attachments[0], sha256="0" * 64),))
    assert any("还没有到达本机" in sentence for sentence in dossier.gaps(desk, away))
    with pytest.raises(ContentMissing):
        dossier.render(desk, away)
