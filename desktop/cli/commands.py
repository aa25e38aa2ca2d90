"""The commands: each takes the parsed arguments, calls one service, and prints what it brought."""

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from desktop.domain.case_file import write_case
from desktop.domain.refused import Refused
from desktop.services.desk import Desk, default_folder, open_desk, set_up

Arguments = argparse.Namespace
TakePictures = Callable[[Desk, str, Path], list[Path]]

PASSWORD = "FENGQIAO_PASSWORD"  # noqa: S105 -- the name of the variable


class NoPassword(Refused):
    """Nobody typed a password."""

    def __init__(self) -> None:
        super().__init__(f"没有输入密码，请输入密码，或把它放在环境变量 {PASSWORD} 中。")


class PasswordsDiffer(Refused):
    """A new password was typed in differently the second time."""

    def __init__(self) -> None:
        super().__init__("两次输入的密码不一致，请重新输入。")


class NotTheSealed(Refused):
    """A file is not the sealed paper in force; the sentence says what it is."""


class SomeRefused(Refused):
    """Some of several bundles were refused; the others were taken in."""

    def __init__(self, refused: dict[str, Refused]) -> None:
        super().__init__("；".join(f"“{name}”：{str(error).removesuffix('。')}" for name, error in refused.items()) + "。")


def _password() -> str:
    known = os.environ.get(PASSWORD)
    return known if known is not None else _typed("密码：")


def _typed(prompt: str) -> str:
    try:
        if sys.stdin is not None and not sys.stdin.isatty():  # it comes from a pipe, and nobody reads a prompt
            return _piped()
        return getpass.getpass(prompt)
    except (EOFError, KeyboardInterrupt):
        raise NoPassword from None


def _piped() -> str:
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.rstrip("\r\n")


def _new_password() -> str:
    if PASSWORD in os.environ:
        return os.environ[PASSWORD]
    password = _typed("设置密码：")
    if _typed("再输入一次：") != password:
        raise PasswordsDiffer
    return password


def _desk(arguments: Arguments) -> Desk:
    return open_desk(arguments.data or default_folder(), _password())


def _show(arguments: Arguments, value: object, lines: Iterable[str]) -> None:
    """Print the result: as one JSON document if asked for, otherwise as lines for people."""
    if getattr(arguments, "json", False):
        _print_json(value)
    else:
        for line in lines:
            print(line)


def _print_json(value: object) -> None:
    print(msgspec.json.format(msgspec.json.encode(value, enc_hook=str), indent=2).decode())


def init(arguments: Arguments) -> None:
    """Make an office."""
    folder = arguments.data or default_folder()
    wishes = {"level": arguments.level, "name": arguments.name, "committee": arguments.committee, "code": arguments.code}
    with set_up(folder, _new_password(), **wishes) as desk:
        office = desk.office
    _show(arguments, office, [f"已建立：{office.name}（{office.level}级），数据在 {folder}"])


def case_add(arguments: Arguments) -> None:
    """Register case files, all or none."""
    from desktop.services import cases

    with _desk(arguments) as desk:
        registered = cases.register_files(desk, arguments.files)
    lines = [line for case in registered for line in (f"已登记：{case.number}", *(f"  提醒：{w.message}" for w in case.warnings))]
    _show(arguments, registered, lines)


def case_list(arguments: Arguments) -> None:
    """List the cases that a query finds."""
    from desktop.services import cases

    with _desk(arguments) as desk:
        rows = cases.rows(desk, arguments.query, limit=-1)
    lines = [f"{row.number}  {row.registered_on}  {row.status}  {row.title}" for row in rows] or ["没有找到纠纷。"]
    _show(arguments, [row._asdict() for row in rows], lines)


def case_attach(arguments: Arguments) -> None:
    """Put a scan into the dossier."""
    from desktop.services import attachments, cases

    with _desk(arguments) as desk:
        saved = attachments.add(desk, cases.find(desk, arguments.number), arguments.file, arguments.category)
    added = saved.case.attachments[-1]
    print(f"已加入卷宗：{added.name}（{added.category}，{added.pages}页）")


def case_show(arguments: Arguments) -> None:
    """Write a case out as `fengqiao-case/1`."""
    from desktop.services import cases

    with _desk(arguments) as desk:
        case = cases.find(desk, arguments.number)
    if not arguments.json:
        print(f"{case.number}  {case.title}")
    print(write_case(case).decode(), end="")


def print_paper(arguments: Arguments) -> None:
    """Print one paper, the dossier, or everything singly."""
    from desktop.services import cases, documents, dossier

    with _desk(arguments) as desk:
        case = cases.find(desk, arguments.number)
        if arguments.all:
            written = dossier.write_all(desk, case, arguments.output)
            print(f"已写入 {arguments.output}：{len(written)}个文件")
        else:
            documents.write(desk, case, arguments.kind, arguments.output, arguments.index)
            print(f"已写入 {arguments.output}")
        for reminder in documents.reminders(desk, case, arguments.kind or documents.DOSSIER):
            print(f"  提醒：{reminder}")


def seal(arguments: Arguments) -> None:
    """Seal a paper."""
    from desktop.services import cases, documents, sealing
    from desktop.store.files import write_whole

    with _desk(arguments) as desk:
        case = cases.find(desk, arguments.number)
        sealed = sealing.seal(desk, case, arguments.kind, documents.subject_id(desk, case, arguments.kind, arguments.index))
        if arguments.output:
            write_whole(arguments.output, sealed.data)
    seal = sealed.seal
    facts = {"kind": seal.kind, "number": seal.number, "version": seal.version, "sha256": seal.sha256, "replaces": seal.replaces}
    _show(arguments, facts, [f"已定稿：{seal.kind} {seal.number or ''} 第{seal.version}版"])


def verify(arguments: Arguments) -> None:
    """Say whether a file is the sealed paper in force. Raises `NotTheSealed` otherwise."""
    from desktop.services import sealing

    with _desk(arguments) as desk:
        verdict = sealing.verify_code(desk, arguments.code) if arguments.code else sealing.verify(desk, arguments.file)
    if verdict.kind == "sealed" or arguments.json:
        _show(arguments, {"kind": verdict.kind, "sentence": verdict.sentence}, [verdict.sentence])
    if verdict.kind != "sealed":
        raise NotTheSealed(verdict.sentence)


def enrol_request(arguments: Arguments) -> None:
    """Write the enrolment file."""
    from desktop.services import enrolment

    with _desk(arguments) as desk:
        fingerprint = enrolment.request(desk, arguments.output)
    lines = [f"申请文件已写入 {arguments.output}", f"核对码：{fingerprint}（请在电话中读给县级单位）"]
    _show(arguments, {"path": str(arguments.output), "fingerprint": fingerprint}, lines)


def enrol_approve(arguments: Arguments) -> None:
    """Approve an office (county)."""
    from desktop.services import enrolment

    password = _password()
    with open_desk(arguments.data or default_folder(), password) as desk:
        approved = enrolment.approve(
            desk,
            arguments.file,
            arguments.code,
            arguments.parent,
            arguments.output,
            passphrase=password,
            fingerprint=arguments.fingerprint,
            root=arguments.root,
        )
    lines = [f"已批准：{approved.name}，编码 {approved.code}", f"核对码：{approved.fingerprint}（请与对方电话核对）"]
    _show(arguments, approved._asdict(), lines)


def enrol_accept(arguments: Arguments) -> None:
    """Take the county's approval."""
    from desktop.services import enrolment

    with _desk(arguments) as desk:
        accepted = enrolment.accept(desk, arguments.file)
    lines = [f"已加入：{accepted.county}，本单位编码 {accepted.code}", f"县级核对码：{accepted.fingerprint}（请与县级单位电话核对）"]
    _show(arguments, accepted._asdict(), lines)


def export(arguments: Arguments) -> None:
    """Write a bundle."""
    from desktop.services import exchange

    with _desk(arguments) as desk:
        done = exchange.export(desk, arguments.to, arguments.output)
    lines = [f"已导出给{done.receiver}：{done.cases}件纠纷、{done.changes}条改动", f"文件：{done.paths[0]}，已读回核对，可以拔出U盘。"]
    _show(arguments, done._asdict(), lines)


def import_bundles(arguments: Arguments) -> None:
    """Import bundles, each whole or not at all. Raises when one was refused."""
    from desktop.services import exchange

    results: list[dict[str, object]] = []
    refused: dict[str, Refused] = {}
    with _desk(arguments) as desk:
        for path in arguments.files:
            try:
                results.append({"file": str(path), **exchange.take_in(desk, path)._asdict()})
            except Refused as error:
                results.append({"file": str(path), "refused": str(error)})
                refused[path.name] = error
    if len(refused) < len(results):
        _show(arguments, results, (_imported(result) for result in results if "refused" not in result))
    if refused:
        raise SomeRefused(refused) if len(results) > 1 else next(iter(refused.values()))


def _imported(result: dict[str, object]) -> str:
    cases, fresh = result["cases"], result["new_cases"]
    counts = [len(names) for names in (cases, fresh) if isinstance(names, list)]
    again = "（这个交换包以前导入过）" if result["already_known"] else ""
    waiting = f"，{result['waiting']}条改动等待前面的交换包" if result["waiting"] else ""
    brought = f"{counts[0]}件纠纷有变化，其中新增{counts[1]}件，{result['changes']}条改动"
    return f"已导入来自{result['sender']}的交换包：{brought}{waiting}{again}"


def run_demo(arguments: Arguments, take_pictures: TakePictures) -> None:
    """Run the demonstration; the pictures come from the window."""
    from desktop import demo

    for line in demo.run(arguments.out, take_pictures):
        print(line)
