"""A file is written where a file may be: not over a device or a folder, and through a link to what it leads to."""

import os
from pathlib import Path

import pytest

from desktop.store.files import NotAFile, write_whole


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "真.pdf").write_bytes(b"old")
    (tmp_path / "链接.pdf").symlink_to(tmp_path / "真.pdf")
    write_whole(tmp_path / "链接.pdf", b"new")
    assert (tmp_path / "链接.pdf").is_symlink()
    assert (tmp_path / "真.pdf").read_bytes() == b"new"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道")
    (tmp_path / "文件夹").mkdir()
    for name in ("管道", "文件夹"):
        with pytest.raises(NotAFile, match=r"。$"):
            write_whole(tmp_path / name, b"new")
    assert (tmp_path / "管道").is_fifo()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["文件夹", "管道"]
