"""The dossier (卷宗) of a case: what is in it, what is missing, and printing it, whole or paper by paper."""

import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain import completeness, seal_rules
from desktop.domain.case import Case
from desktop.services.desk import Desk
from desktop.services.forms import forms_of
from desktop.store import blobs
from desktop.store.files import CannotWrite, make_folder, write_whole

if TYPE_CHECKING:
    from desktop.documents.dossier import Part, Place
    from desktop.documents.gathering import Source

_LONGEST, _MOST_BYTES = 120, 240
"""A file's name in characters and in bytes of UTF-8: FAT32 takes 255 characters, Linux 255 bytes, and `.part` comes on top."""

_NOT_IN_NAMES = str.maketrans('\\/:*?"<>|', "＼／：＊？＂＜＞｜")
"""What Windows forbids in a file's name, and its full-width twin."""

_LISTS_ONLY = {"当事人身份证明", "证据材料", "履行凭证"}
_NAMES_OF = {"司法确认材料": ("司法确认申请书", "送达地址确认书"), "调解协议书": ("调解协议书", "口头协议登记表")}
"""The papers that a scan of the category may be, where they are called otherwise."""


def render(desk: Desk, case: Case) -> bytes:
    """The dossier as one PDF; the same case gives the same bytes.

    Raises `ContentMissing` for a scan that has not arrived here yet, `MissingCharacterError`, and `FormError`.
    """
    from desktop.documents import dossier
    from desktop.documents.gathering import one_line
    from desktop.documents.view import committee

    title, author = one_line(f"{case.title}调解卷宗"), one_line(committee(case, desk.office))
    return dossier.assemble(_parts(desk, case), title=title, author=author, subject=case.number or "")


def write(desk: Desk, case: Case, path: Path) -> None:
    """Print the dossier into a file, which is there whole or not at all."""
    write_whole(path, render(desk, case))


def papers(desk: Desk, case: Case) -> list["Place"]:
    """Every paper of the dossier in its order with its pages as printed."""
    from desktop.documents.dossier import places

    return places(_parts(desk, case))


def gaps(desk: Desk, case: Case) -> list[str]:
    """What the dossier lacks, in sentences.

    Each required paper that is missing, with the reason and the rule; what its papers would leave empty or say differently
    (domain.md 3.17); each of the office's own forms that has a mistake; each scan that is not here yet. A paper is there if the
    case has what our form of it prints, or as a scan of its category or with its name. Of identity papers, evidence and vouchers
    our form is only the list; they are there as scans or not at all (domain.md 3.6, 3.9).
    """
    from desktop.documents.gathering import copies

    present = {copy.form.name for copy in copies(case, forms_of(desk))} - _LISTS_ONLY
    present |= {name for one in case.attachments for name in _NAMES_OF.get(one.category, (one.category,))}
    present |= {paper.name for paper in completeness.required(case) if any(paper.name in one.name for one in case.attachments)}
    lacking = completeness.missing(case, present)
    away = [one.name for one in case.attachments if not blobs.has(desk.database, one.sha256)]
    return [
        *(f"缺{paper.words}：{paper.why.removesuffix('。')}，请补入卷宗（依据：{paper.source}）。" for paper in lacking),
        *(finding.message for finding in completeness.cross_checks(case)),
        *(str(fault) for fault in forms_of(desk).faults()),
        *(f"扫描件“{name}”的内容还没有到达本机，请等下一个交换包，再打印卷宗。" for name in away),
    ]


def write_all(desk: Desk, case: Case, folder: Path) -> list[Path]:
    """Print every paper that the case has an occasion for, letters too, singly into the folder, as `01-卷宗封面.pdf` and so on.

    All are made before the first is written; what was there under the same name is replaced, other files stay. Raises `CannotWrite`
    with nothing changed in the folder, and what `render` raises.
    """
    files = {_file_name(number, name): data for number, (name, data) in enumerate(_singly(desk, case), 1)}
    was_there = folder.is_dir()
    make_folder(folder)
    staging = folder / ".fengqiao.part"
    try:
        make_folder(staging)
        for name, data in files.items():
            write_whole(staging / name, data)
        _move_in(staging, folder, list(files))
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        if not was_there:
            with suppress(OSError):
                folder.rmdir()
        raise
    shutil.rmtree(staging, ignore_errors=True)
    return [folder / name for name in files]


def _move_in(staging: Path, folder: Path, names: list[str]) -> None:
    """Move the files from the one folder to the other; if one cannot be replaced, say because it is open, all are as before."""
    replaced: list[str] = []
    moved: list[str] = []
    try:
        for name in names:
            if (folder / name).is_file():
                (folder / name).replace(staging / f"{name}.old")
                replaced.append(name)
            (staging / name).replace(folder / name)
            moved.append(name)
    except OSError as error:
        for fresh in moved:
            (folder / fresh).unlink()
        for old in replaced:
            (staging / f"{old}.old").replace(folder / old)
        raise CannotWrite(folder / name, error) from error


def _singly(desk: Desk, case: Case) -> list[tuple[str, bytes]]:
    """Every paper of ours by its name, as a PDF of its own: the sealed one if there is one."""
    from desktop.documents import gathering, paper
    from desktop.documents.dossier import contents_of

    source = _source(desk, case)
    contents = contents_of(gathering.gather(source))

    def made(copy: gathering.Copy) -> bytes:
        sealed = source.sealed.get(copy.key)
        if sealed is not None:
            return source.content(sealed)
        return paper.render(copy.form.name, case, desk.office, subject=copy.subject, contents=contents, forms=source.forms)

    return [(copy.name, made(copy)) for copy in gathering.copies(case, source.forms)]


def _file_name(number: int, name: str) -> str:
    """A name that every file system takes: `07-调解记录（第二次）.pdf`."""
    safe = "".join(c for c in name.translate(_NOT_IN_NAMES) if c.isprintable())
    safe = safe[: _LONGEST - len("00-.pdf")].encode()[: _MOST_BYTES - len("00-.pdf")].decode(errors="ignore")
    return f"{number:02}-{safe.rstrip('. ')}.pdf"


def _parts(desk: Desk, case: Case) -> list["Part"]:
    from desktop.documents.gathering import gather

    return gather(_source(desk, case))


def _source(desk: Desk, case: Case) -> "Source":
    from desktop.documents.gathering import Source

    newest = (seal_rules.newest(case, seal.kind, seal.subject) for seal in case.seals)
    sealed = {(seal.kind, seal.subject): seal.sha256 for seal in newest if seal}
    return Source(case, desk.office, lambda sha256: blobs.get(desk.database, sha256), sealed, forms_of(desk))
