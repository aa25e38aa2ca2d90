"""Files that are there whole or not at all."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from desktop.domain.refused import Refused


class CannotWrite(Refused):
    """A file could not be written; nothing is left of it."""

    def __init__(self, path: Path, error: OSError) -> None:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        reason = "磁盘已满" if full else "不能写入"
        remedy = "请清理磁盘或换一个位置" if full else "请检查优盘是否写保护、文件夹是否存在，或换一个位置"
        super().__init__(f"文件“{path.name}”没有写成：{reason}，{remedy}后再试。")


class NotAFile(Refused):
    """What stands under the name is no file that may be replaced: a folder or a device."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path.name}”不是可以写入的文件，请换一个文件名。")


def make_folder(folder: Path) -> None:
    """Make the folder if it is not there; never the folders above it, which stand for a medium that is not plugged in."""
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise CannotWrite(folder, error) from error


def write_whole(path: Path, data: bytes) -> None:
    """Write the file so that after any failure or power cut either the old content or the new one is there, never a part.

    A link stays a link, and what it leads to is written. Raises `CannotWrite` and `NotAFile` with nothing left behind.
    """
    with whole_file(path) as file:
        file.write(data)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write to that stands under its name only when all was written, as with `write_whole`."""
    path = _target(path)
    part = path.with_name(path.name + ".part")
    try:
        leftovers = [part] if path.exists() else [part, path]
        try:
            with part.open("wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
            _flush_folder(path.parent)
        except BaseException:
            for leftover in leftovers:
                leftover.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise CannotWrite(path, error) from error


def _target(path: Path) -> Path:
    try:
        target = path.resolve() if path.is_symlink() else path
        is_other = target.exists() and not target.is_file()
    except OSError as error:
        raise CannotWrite(path, error) from error
    if is_other:
        raise NotAFile(path)
    return target


def _flush_folder(folder: Path) -> None:
    """The name of a new file is on the disk only when its folder is (not needed, and not possible, on Windows)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
