import errno
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from desktop.documents.fonts import MissingCharacterError
from desktop.domain.case import Case
from desktop.domain.refused import Refused
from desktop.resources import resource
from desktop.services import cases, documents
from desktop.services.desk import Desk
from desktop.services.documents import NothingToPrint
from desktop.store.files import CannotWrite, NotAFile
from tests.domain.samples import PATHS, accepted, sample


@pytest.fixture
def case(desk: Desk) -> Case:
    return cases.load(desk, cases.register(desk, sample("05")).id)


def test_what_can_be_printed(desk: Desk, case: Case) -> None:
    names = [sheet.name for sheet in documents.sheets(desk, case)]
    assert names[:2] == ["卷宗封面", "卷内目录"]
    assert names[-3:] == ["任务单", "督办单", "反馈单"]
    assert {"受理登记表", "调解协议书", "调解记录（第2份）"} <= set(names)
    assert "调解协议书" not in [sheet.kind for sheet in documents.sheets(desk, accepted())]


def test_an_own_form_takes_the_place_of_the_shipped_one(desk: Desk, case: Case) -> None:
    shipped = documents.render(desk, case, "封底")
    own = desk.folder / "forms"
    own.mkdir()
    text = resource("forms", "封底.toml").read_text("utf-8")
    (own / "封底.toml").write_text(text.replace("立卷人", "装订人"), "utf-8")
    assert documents.render(desk, case, "封底") != shipped


@pytest.mark.parametrize("kind", ["受理登记表", "调解协议书", "任务单", "督办单", "反馈单"])
def test_a_paper_is_written_whole_and_always_the_same(desk: Desk, case: Case, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "文书 一.pdf"
    documents.write(desk, case, kind, path)
    assert path.read_bytes().startswith(b"%PDF-")
    assert path.read_bytes() == documents.render(desk, cases.load(desk, case.id), kind)
    assert [p.name for p in tmp_path.iterdir() if p.suffix != "" and p.is_file()] == [path.name]


@pytest.mark.parametrize(
    ("kind", "index"),
    [("提示函", None), ("任务单", 2), ("任务单", 0), ("任务单", -1), ("督办单", 99)],
)
def test_what_is_not_there_is_not_printed(desk: Desk, case: Case, tmp_path: Path, kind: str, index: int | None) -> None:
    _refused(desk, case, kind, tmp_path / "x.pdf", NothingToPrint, index)


def test_without_an_agreement_none_is_printed(desk: Desk, tmp_path: Path) -> None:
    _refused(desk, accepted(), "调解协议书", tmp_path / "x.pdf", NothingToPrint)


def test_of_several_letters_one_must_be_named(desk: Desk, case: Case, tmp_path: Path) -> None:
    second = msgspec.structs.replace(case.letters[0], id="", number="石桥综治任〔2024〕99号", matter="第二件")
    several = msgspec.structs.replace(case, letters=(*case.letters, second))
    _refused(desk, several, "任务单", tmp_path / "x.pdf", NothingToPrint)
    assert documents.render(desk, several, "任务单", 1) == documents.render(desk, case, "任务单")
    assert documents.render(desk, several, "任务单", 2) != documents.render(desk, case, "任务单")


def test_a_character_that_no_font_has_is_named(desk: Desk, tmp_path: Path) -> None:
    _refused(desk, accepted(summary="无此字：𒀀"), "受理登记表", tmp_path / "x.pdf", MissingCharacterError)


def _refused(desk: Desk, case: Case, kind: str, path: Path, error: type[Refused], index: int | None = None) -> None:
    """One sentence, and the folder as it was."""
    before = sorted(path.parent.iterdir())
    with pytest.raises(error) as caught:
        documents.write(desk, case, kind, path, index)
    assert str(caught.value).endswith("。")
    assert str(caught.value).count("。") == 1
    assert sorted(path.parent.iterdir()) == before


@pytest.mark.parametrize("there_before", [None, b"old"])
def test_when_the_disk_is_full_the_old_file_stays(
    desk: Desk, case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there_before: bytes | None
) -> None:
    path = tmp_path / "满" / "x.pdf"
    path.parent.mkdir()
    if there_before:
        path.write_bytes(there_before)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotWrite, match="磁盘已满"):
        documents.write(desk, case, "调解协议书", path)
    assert [p.read_bytes() for p in path.parent.iterdir()] == ([there_before] if there_before else [])


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 16 KB, where the system lets us have one."""
    folder = tmp_path / "U盘"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("this system does not let us mount a small disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_is_really_full_keeps_nothing_of_the_file(desk: Desk, case: Case, small_disk: Path) -> None:
    with pytest.raises(CannotWrite, match="磁盘已满"):
        documents.write(desk, case, "调解协议书", small_disk / "x.pdf")
    assert list(small_disk.iterdir()) == []


@pytest.mark.parametrize("place", ["没有/x.pdf", "文件/x.pdf", "."])
def test_where_nothing_can_be_written(desk: Desk, case: Case, tmp_path: Path, place: str) -> None:
    (tmp_path / "文件").write_text("不是文件夹")
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises((CannotWrite, NotAFile), match=r"。$"):
        documents.write(desk, case, "受理登记表", tmp_path / place)
    assert sorted(path.name for path in tmp_path.iterdir()) == before


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not here")
@pytest.mark.parametrize("number", PATHS)
def test_the_words_of_a_case_can_be_read_back_from_its_papers(desk: Desk, tmp_path: Path, number: str) -> None:
    case = cases.load(desk, cases.register(desk, sample(number)).id)
    for kind in ("受理登记表", "调解协议书", *dict.fromkeys(letter.kind for letter in case.letters)):
        path = tmp_path / f"{kind}.pdf"
        documents.write(desk, case, kind, path)
        text = subprocess.run(["pdftotext", "-raw", str(path), "-"], check=True, capture_output=True, text=True).stdout
        plain = "".join(text.split())
        for words in _expected(case, kind):
            assert "".join(words.split()) in plain, (kind, words)


def _expected(case: Case, kind: str) -> Iterator[str]:
    if kind == "调解协议书" and case.agreement:
        yield from (clause.text for clause in case.agreement.clauses)
        yield from (party.name for party in case.parties)
        yield case.number or ""
    elif kind == "受理登记表":
        yield from (party.name for party in case.parties if party.main)
        yield case.number or ""
    for letter in case.letters:
        if letter.kind == kind:
            yield from (*letter.measures, letter.number or "")
