"""The folder of the scanner: what is new in it, what it may be, and nothing half put in."""

import os
from pathlib import Path

import pytest

from desktop.domain.attachment import Category
from desktop.domain.case import Case
from desktop.services import cases, scan_folder
from desktop.services.desk import Desk
from desktop.services.scan_folder import FolderMissing
from tests.documents import made_scans as made
from tests.domain.samples import sample


@pytest.fixture
def case(desk: Desk) -> Case:
    return cases.load(desk, cases.register(desk, sample("03")).id)


def scan(folder: Path, name: str, second: int, pages: int = 1) -> Path:
    path = folder / name
    path.write_bytes(made.pdf(pages))
    os.utime(path, (1_700_000_000 + second, 1_700_000_000 + second))
    return path


def no_progress(done: int, whole: int, name: str) -> None:
    """Nobody looks."""


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("李文学身份证", "当事人身份证明"),
        ("授权委托书-律师", "授权委托书"),
        ("现场照片1", "证据材料"),
        ("收条", "履行凭证"),
        ("调解笔录", "调解记录"),
        ("IMG_2031", None),
    ],
)
def test_the_category_follows_the_name(name: str, category: Category | None) -> None:
    assert scan_folder.guess(name) == category


def test_what_is_new_since_the_last_time(desk: Desk, tmp_path: Path) -> None:
    scan(tmp_path, "b.pdf", 1)
    scan(tmp_path, "a.pdf", 2)
    (tmp_path / "说明.txt").write_text("不是扫描件")
    first = scan_folder.look(desk, tmp_path)
    assert [(one.path.name, one.known) for one in first] == [("b.pdf", False), ("a.pdf", False)]
    scan_folder.seen(desk, first)
    scan(tmp_path, "c.pdf", 3)
    scan(tmp_path, "a.pdf", 4, pages=2)
    assert [(one.path.name, one.known) for one in scan_folder.look(desk, tmp_path)] == [("b.pdf", True), ("c.pdf", False), ("a.pdf", False)]


def test_the_folder_is_remembered_and_a_missing_one_is_named(desk: Desk, tmp_path: Path) -> None:
    assert scan_folder.remembered(desk) is None
    scan_folder.remember(desk, tmp_path / "扫描")
    assert scan_folder.remembered(desk) == tmp_path / "扫描"
    with pytest.raises(FolderMissing, match="扫描"):
        scan_folder.look(desk, tmp_path / "扫描")


def test_papers_go_in_in_their_order_and_bad_ones_are_told(desk: Desk, case: Case, tmp_path: Path) -> None:
    bad = tmp_path / "坏.pdf"
    bad.write_bytes(b"MZ")
    chosen: list[tuple[Path, Category]] = [
        (scan(tmp_path, "二.pdf", 1, 2), "证据材料"),
        (bad, "其他"),
        (scan(tmp_path, "一.pdf", 2), "履行凭证"),
    ]
    added = scan_folder.add_all(desk, case, chosen, no_progress)
    assert [(paper.name, paper.category) for paper in added.case.attachments] == [("二", "证据材料"), ("一", "履行凭证")]
    assert added.papers == 2
    assert "坏.pdf" in added.refused[0]
    assert cases.load(desk, case.id) == added.case


class _Stopped(Exception):
    pass


def test_stopping_leaves_nothing(desk: Desk, case: Case, tmp_path: Path) -> None:
    chosen: list[tuple[Path, Category]] = [(scan(tmp_path, f"{number}.pdf", number, number + 1), "其他") for number in range(3)]

    def stop(done: int, whole: int, name: str) -> None:
        if done == 2:
            raise _Stopped

    with pytest.raises(_Stopped):
        scan_folder.add_all(desk, case, chosen, stop)
    assert cases.load(desk, case.id).attachments == ()
