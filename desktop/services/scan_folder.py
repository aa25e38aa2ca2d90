"""The folder into which the scanner writes: what is new there, what it may be, and putting several papers into a case at once."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from desktop.domain.attachment import Category
from desktop.domain.case import Case
from desktop.domain.refused import Refused
from desktop.services import attachments
from desktop.services.desk import Desk

_SETTING, _SEEN = "scan_folder", "scan_folder_seen"
_ENDINGS = frozenset({".pdf", ".jpg", ".jpeg", ".png"})
MOST = 300
"""So many files of a folder are looked at, the newest."""

_GUESSES: tuple[tuple[str, Category], ...] = (
    ("委托书|委托手续|律师证|所函", "授权委托书"),
    ("身份证|户口|营业执照|法定代表人", "当事人身份证明"),
    ("司法确认|裁定", "司法确认材料"),
    ("申请书|申请表", "申请书"),
    ("调查|询问", "调查记录"),
    ("回访", "回访记录"),
    ("收条|收据|转账|汇款|付款|回单|领条|履行", "履行凭证"),
    ("调解记录|笔录", "调解记录"),
    ("调解协议|协议书", "调解协议书"),
    ("照片|现场|合同|欠条|借条|发票|证据|土地证|承包|鉴定|病历|清单|截图|微信", "证据材料"),
)


class FolderMissing(Refused):
    """The folder of the scanner cannot be read."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"扫描文件夹“{folder.name}”打不开，请检查它是否还在、优盘是否插好，或者另选一个文件夹。")


class Found(NamedTuple):
    """A file of the folder: where it is, its bytes, when it was written, what it may be, and whether it was there the last time."""

    path: Path
    size: int
    written_at: datetime
    guess: Category | None
    known: bool


class Added(NamedTuple):
    """The case with the papers, how many there are, and the sentences about those that could not be taken."""

    case: Case
    papers: int
    refused: tuple[str, ...]


Progress = Callable[[int, int, str], None]
"""Told how many files are done, of how many, and the name of the next; what it raises stops everything."""


def remembered(desk: Desk) -> Path | None:
    """The folder chosen the last time, whether it is there now or not."""
    text = desk.database.setting(_SETTING, str)
    return Path(text) if text else None


def remember(desk: Desk, folder: Path) -> None:
    """Look into this folder the next time too."""
    desk.database.set(_SETTING, str(folder))


def guess(name: str) -> Category | None:
    """The category that the name of a file suggests."""
    return next((category for pattern, category in _GUESSES if re.search(pattern, name)), None)


def look(desk: Desk, folder: Path) -> list[Found]:
    """The scans and photos of the folder in the order in which they were written. Raises `FolderMissing`."""
    known = set(desk.database.setting(_SEEN, list[str]) or ())
    try:
        files = [(path, path.stat()) for path in folder.iterdir() if path.suffix.lower() in _ENDINGS and not path.name.startswith(".")]
    except OSError:
        raise FolderMissing(folder) from None
    files.sort(key=lambda one: (one[1].st_mtime_ns, one[0].name))
    return [
        Found(path, stat.st_size, datetime.fromtimestamp(stat.st_mtime), guess(path.stem), _mark(path) in known)  # noqa: DTZ006 -- local time
        for path, stat in files[-MOST:]
    ]


def seen(desk: Desk, found: Sequence[Found]) -> None:
    """Remember that these were there, so that the next look tells which are new."""
    desk.database.set(_SEEN, [mark for one in found if (mark := _mark(one.path))])


def add_all(desk: Desk, case: Case, chosen: Sequence[tuple[Path, Category]], progress: Progress) -> Added:
    """Put the papers into the case in their order: all that can be taken, in one transaction.

    Raises what `progress` raises, and then nothing was put in.
    """
    refused: list[str] = []
    with desk.database.atomic():
        for done, (path, category) in enumerate(chosen):
            progress(done, len(chosen), path.name)
            try:
                case = attachments.add(desk, case, path, category).case
            except Refused as error:
                refused.append(str(error))
        progress(len(chosen), len(chosen), "")
    return Added(case, len(chosen) - len(refused), tuple(refused))


def _mark(path: Path) -> str:
    """What tells this file from others and from a newer one of the same name; empty if it is gone."""
    try:
        stat = path.stat()
    except OSError:
        return ""
    return f"{path.name}|{stat.st_size}|{stat.st_mtime_ns}"
