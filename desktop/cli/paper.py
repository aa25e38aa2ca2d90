"""Commands about paper: print, seal, verify."""

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.opening import opened, show
from desktop.cli.syntax import Arguments, Group, add_json, add_number, command
from desktop.domain.refused import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.domain.case import Case
    from desktop.services.desk import Desk


class NotTheSealed(Refused):
    """A file is not the sealed paper in force; the sentence says what it is."""


def add(root: Group) -> None:
    """Declare the commands."""
    printed = command(root, "print", "打印文书为PDF", print_paper)
    add_number(printed)
    printed.add_argument("kind", nargs="?", metavar="KIND", help="文书名称，如调解协议书、任务单；卷宗为整本")
    printed.add_argument("--all", action="store_true", help="把每份文书各写成一个文件，-o 为文件夹")
    printed.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.pdf")
    printed.add_argument("--index", type=int, metavar="N", help="同一种文书有几份时，第几份")
    final = command(root, "seal", "盖章定稿：保存一份不再改变的文书", seal)
    add_number(final)
    final.add_argument("kind", metavar="KIND", help="文书名称")
    final.add_argument("--index", type=int, metavar="N", help="同一种文书有几份时，第几份")
    final.add_argument("-o", "--output", type=Path, metavar="FILE.pdf", help="另存定稿文件")
    proof = command(root, "verify", "核对一份PDF或者二维码文字是不是本单位的定稿", verify)
    which = proof.add_mutually_exclusive_group(required=True)
    which.add_argument("file", type=Path, nargs="?", metavar="FILE.pdf")
    which.add_argument("--code", metavar="TEXT", help="二维码的文字，或印在旁边的编号和校验码")
    add_json(final, proof)


def print_paper(arguments: Arguments) -> None:
    """Print one paper, the dossier, or everything singly."""
    from desktop.services import cases, documents, dossier

    with opened(arguments) as desk:
        case = cases.find(desk, arguments.number)
        if arguments.all:
            with _logged(desk, case, documents.DOSSIER):
                written = dossier.write_all(desk, case, arguments.output)
            print(f"已写入 {arguments.output}：{len(written)}个文件")
        else:
            with _logged(desk, case, arguments.kind):
                documents.write(desk, case, arguments.kind, arguments.output, arguments.index)
            print(f"已写入 {arguments.output}")
        for reminder in documents.reminders(desk, case, arguments.kind or documents.DOSSIER):
            print(f"  提醒：{reminder}")


@contextmanager
def _logged(desk: "Desk", case: "Case", kind: str) -> "Iterator[None]":
    """Write down that ID numbers leave the program while the paper is written: both happen or neither."""
    from desktop.services import disclosure

    with desk.database.atomic():
        if disclosure.prints_numbers(desk, kind):
            disclosure.handed_out(desk, case, "保存", kind)
        yield


def seal(arguments: Arguments) -> None:
    """Seal a paper."""
    from desktop.services import cases, documents, sealing
    from desktop.store.files import write_whole

    with opened(arguments) as desk:
        case = cases.find(desk, arguments.number)
        sealed = sealing.seal(desk, case, arguments.kind, documents.subject_id(desk, case, arguments.kind, arguments.index))
        if arguments.output:
            with _logged(desk, case, arguments.kind):
                write_whole(arguments.output, sealed.data)
    one = sealed.seal
    facts = {"kind": one.kind, "number": one.number, "version": one.version, "sha256": one.sha256, "replaces": one.replaces}
    show(arguments, facts, [f"已定稿：{one.kind} {one.number or ''} 第{one.version}版"])


def verify(arguments: Arguments) -> None:
    """Say whether a file is the sealed paper in force. Raises `NotTheSealed` otherwise."""
    from desktop.services import sealing

    with opened(arguments) as desk:
        verdict = sealing.verify_code(desk, arguments.code) if arguments.code else sealing.verify(desk, arguments.file)
    if verdict.kind == "sealed" or arguments.json:
        show(arguments, {"kind": verdict.kind, "sentence": verdict.sentence}, [verdict.sentence])
    if verdict.kind != "sealed":
        raise NotTheSealed(verdict.sentence)
