"""A file is there whole, or as it was before: whatever call fails."""

import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.store.files import CannotWrite, make_folder, write_whole
from tests.store.faults import ERRORS, Countdown, failing_disk

NAMES = ["full", "broken", "protected", "interrupted"]
DATA = b"new content" * 1000


def failures(path: Path, make_error: Callable[[], BaseException], before: bytes | None) -> int:
    """Fail at the first call, the second, …, until none fails; returns how many calls there are."""
    for number in range(1, 50):
        with pytest.MonkeyPatch.context() as patch:
            countdown = Countdown(number, make_error())
            failing_disk(patch, countdown)
            try:
                write_whole(path, DATA)
            except (CannotWrite, KeyboardInterrupt):
                patch.undo()
                check(path, before)
            if not countdown.has_failed:
                return number - 1
        if before is not None:
            path.write_bytes(before)
    raise AssertionError("never ends")


def check(path: Path, before: bytes | None) -> None:
    """A new file is gone; an old one has its old content or all of the new; no part of it lies about."""
    assert list(path.parent.iterdir()) == ([path] if before is not None else [])
    if before is not None:
        assert path.read_bytes() in (before, DATA)


@pytest.mark.parametrize("make_error", ERRORS, ids=NAMES)
@pytest.mark.parametrize("before", [None, b"old content"], ids=["new", "replaced"])
def test_every_failing_call(tmp_path: Path, make_error: Callable[[], BaseException], before: bytes | None) -> None:
    path = tmp_path / "包.fqb"
    if before is not None:
        path.write_bytes(before)
    assert failures(path, make_error, before) >= 6
    assert path.read_bytes() == DATA
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_called_full(tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        failing_disk(patch, Countdown(2, OSError(errno.ENOSPC, "no space left")))
        with pytest.raises(CannotWrite, match="磁盘已满"):
            write_whole(tmp_path / "包.fqb", DATA)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="优盘"):
        write_whole(tmp_path / "U盘" / "包.fqb", DATA)
    with pytest.raises(CannotWrite):
        make_folder(tmp_path / "U盘" / "案卷")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_made_once(tmp_path: Path) -> None:
    for _ in range(2):
        make_folder(tmp_path / "案卷")
    assert [path.name for path in tmp_path.iterdir()] == ["案卷"]
    (tmp_path / "文件").write_bytes(b"")
    with pytest.raises(CannotWrite):
        make_folder(tmp_path / "文件")
