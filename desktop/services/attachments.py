"""Scanned papers of a case: added from a file, looked at, taken out (domain.md 3.6, 3.9)."""

from pathlib import Path

import msgspec

from desktop.domain.attachment import Attachment, Category
from desktop.domain.case import Case
from desktop.domain.refused import Refused
from desktop.domain.text import is_unprintable, normalized
from desktop.services import cases
from desktop.services.cases import Saved
from desktop.services.desk import Desk
from desktop.store import blobs

LONGEST_NAME = 80
"""A paper's name in characters, at most: three lines of the table of contents."""


class BlankPaperName(Refused):
    """A paper without a name."""

    def __init__(self) -> None:
        super().__init__("这份材料还没有名称，请写明它是什么，例如“张三身份证复印件”。")


class AddedAlready(Refused):
    """The same content is in the case under the same category."""

    def __init__(self, name: str) -> None:
        super().__init__(f"这份文件已经作为“{name}”放入卷宗，不必重复添加；确需放在别处的，请换一个类别。")


class NoSuchPaper(Refused):
    """The case has no such paper (any more)."""

    def __init__(self) -> None:
        super().__init__("卷宗里已经没有这份材料，请刷新后再看。")


def add(desk: Desk, case: Case, path: Path, category: Category, name: str | None = None) -> Saved:
    """Put the scanned paper in the file into the case, under its name or the file's; the file itself stays where it is.

    Content and case are kept together or not at all. Raises what `documents.scans.read_scan` and `cases.save` raise,
    `BlankPaperName`, `AddedAlready`.
    """
    from desktop.documents.scans import read_scan

    called = _name(path.stem if name is None else name)
    scan = read_scan(path)
    with desk.database.atomic():
        sha256 = blobs.put(desk.database, scan.data)
        same = next((one for one in case.attachments if (one.sha256, one.category) == (sha256, category)), None)
        if same:
            raise AddedAlready(same.name)
        paper = Attachment(
            name=called, category=category, media=scan.media, pages=scan.pages, size=len(scan.data), sha256=sha256, added_on=desk.today()
        )
        return cases.save(desk, case, msgspec.structs.replace(case, attachments=(*case.attachments, paper)))


def remove(desk: Desk, case: Case, attachment: Attachment) -> Saved:
    """Take the paper out of the case; its content stays in the history. Raises `NoSuchPaper` and what `cases.save` raises."""
    kept = tuple(one for one in case.attachments if one.id != attachment.id)
    if len(kept) == len(case.attachments):
        raise NoSuchPaper
    return cases.save(desk, case, msgspec.structs.replace(case, attachments=kept))


def content(desk: Desk, attachment: Attachment) -> bytes:
    """The paper: a PDF or a JPEG, as `attachment.media` says. Raises `ContentMissing` as long as it has not arrived here."""
    return blobs.get(desk.database, attachment.sha256)


def _name(text: str) -> str:
    """The name on one line, without invisible characters."""
    shown = "".join(c for c in normalized(text) if not is_unprintable(c))
    name = " ".join(shown.split())[:LONGEST_NAME].strip()
    if not name:
        raise BlankPaperName
    return name
