"""The command line `fengqiao`: the services of the window without a screen.

Exit code 0; 1 refused, with one sentence on stderr; 2 usage. `--json` prints one JSON document on stdout.
"""

import argparse
import getpass
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NoReturn, TypeAlias

import msgspec

from desktop.domain.case_file import write_case
from desktop.domain.codes import OfficeLevel, choices
from desktop.domain.refused import Refused
from desktop.services.desk import Desk, default_folder, open_desk, set_up

Arguments = argparse.Namespace
OpenWindow = Callable[[Path | None], int]
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


class SomeRefused(Refused):
    """Some of several bundles were refused; the others were taken in."""

    def __init__(self, refused: dict[str, Refused]) -> None:
        super().__init__("；".join(f"“{name}”：{str(error).removesuffix('。')}" for name, error in refused.items()) + "。")


def main(arguments: Sequence[str], *, open_window: OpenWindow, take_pictures: TakePictures) -> int:
    """Run one command. Returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    parser = _parser()
    parsed = parser.parse_args(arguments)
    try:
        if parsed.run is None:
            return open_window(parsed.data)
        if parsed.run is _demo:
            _demo(parsed, take_pictures)
        else:
            parsed.run(parsed)
    except Refused as error:
        print(error, file=sys.stderr)
        return 1
    return 0


_USAGE_ERRORS = (
    ("the following arguments are required: ", "缺少 "),
    ("unrecognized arguments: ", "不认识 "),
    ("argument (.*?): ", r"\1："),
    (r"invalid choice: (.*) \(choose from (.*)\)", r"没有 \1，可选 \2"),
    ("invalid int value: ", "不是整数："),
    ("expected (at least )?one argument", "后面缺少内容"),
)
"""What argparse says, pattern by pattern, and what we say."""


class _Parser(argparse.ArgumentParser):
    """argparse with its messages in Chinese."""

    def error(self, message: str) -> NoReturn:
        for english, chinese in _USAGE_ERRORS:
            message = re.sub(english, chinese, message)
        self.exit(2, f"命令不对（{message}），请用 fengqiao -h 查看用法。\n{self.format_usage()}")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", "用法：")

    def format_help(self) -> str:
        text = super().format_help().replace("usage:", "用法：").replace("positional arguments:", "参数：")
        return text.replace("options:", "选项：").replace("show this help message and exit", "显示帮助")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="fengqiao", description="枫桥调解台：人民调解案件的登记、文书和交换。不带命令时打开窗口。")
    parser.add_argument("--data", type=Path, metavar="DIR", help="数据文件夹（默认为当前用户的数据文件夹）")
    parser.set_defaults(run=None)
    commands = parser.add_subparsers(metavar="命令")
    _add_init(commands)
    _add_case(commands)
    _add_print(commands)
    _add_enrol(commands)
    _add_exchange(commands)
    demo = _command(commands, "demo", "不用屏幕演示全过程", _demo)
    demo.add_argument("out", type=Path, metavar="OUT", help="结果文件夹")
    return parser


Commands: TypeAlias = "argparse._SubParsersAction[_Parser]"  # noqa: SLF001 -- what add_subparsers returns has no public name


def _command(commands: Commands, name: str, help_text: str, run: Callable[..., object] | None) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=help_text, description=help_text)
    command.set_defaults(run=run)
    return command


def _add_json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="输出一个JSON文档")


def _add_init(commands: Commands) -> None:
    command = _command(commands, "init", "建立单位", _init)
    command.add_argument("--level", required=True, choices=choices(OfficeLevel), help="村、镇或县")
    command.add_argument("--name", required=True, metavar="NAME", help="单位名称")
    command.add_argument("--committee", metavar="NAME", help="人民调解委员会名称")
    command.add_argument("--code", metavar="CODE", help="单位编码")
    _add_json(command)


def _add_case(commands: Commands) -> None:
    group = commands.add_parser("case", help="纠纷：登记、列表、查看")
    actions = group.add_subparsers(metavar="add|list|show", required=True)
    add = _command(actions, "add", "登记案件文件，全部登记或一件也不登记", _case_add)
    add.add_argument("files", nargs="+", type=Path, metavar="FILE")
    _add_json(add)
    listing = _command(actions, "list", "列出纠纷", _case_list)
    listing.add_argument("--query", default="", metavar="TEXT", help="姓名、编号、电话或任意文字，两个字即可")
    _add_json(listing)
    show = _command(actions, "show", "查看一件纠纷（fengqiao-case/1）", _case_show)
    show.add_argument("number", metavar="NUMBER", help="编号")
    _add_json(show)


def _add_print(commands: Commands) -> None:
    from desktop.services.documents import KINDS

    command = _command(commands, "print", "打印文书为PDF", _print)
    command.add_argument("number", metavar="NUMBER", help="编号")
    command.add_argument("kind", choices=KINDS, metavar="|".join(KINDS), help="文书种类")
    command.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.pdf")
    command.add_argument("--index", type=int, metavar="N", help="同一种函单有几份时，第几份")


def _add_enrol(commands: Commands) -> None:
    group = commands.add_parser("enrol", help="加入县级交换")
    actions = group.add_subparsers(metavar="request|approve|accept", required=True)
    request = _command(actions, "request", "导出申请文件", _enrol_request)
    approve = _command(actions, "approve", "县级单位批准申请", _enrol_approve)
    approve.add_argument("file", type=Path, metavar="FILE", help="申请文件")
    approve.add_argument("--code", required=True, metavar="CODE", help="给申请单位的编码")
    approve.add_argument("--parent", required=True, metavar="CODE", help="上级单位的编码")
    approve.add_argument("--fingerprint", metavar="XXXX-XXXX-XXXX", help="电话核对的核对码")
    approve.add_argument("--root", type=Path, metavar="FILE", help="县级根密钥文件（默认在数据文件夹）")
    accept = _command(actions, "accept", "导入批准文件", _enrol_accept)
    accept.add_argument("file", type=Path, metavar="FILE", help="批准文件")
    for command in (request, approve):
        command.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    for command in (request, approve, accept):
        _add_json(command)


def _add_exchange(commands: Commands) -> None:
    export = _command(commands, "export", "导出交换包", _export)
    export.add_argument("--to", required=True, metavar="CODE", help="接收单位的编码")
    export.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help="U盘或文件夹")
    take_in = _command(commands, "import", "导入交换包", _import)
    take_in.add_argument("files", nargs="+", type=Path, metavar="FILE")
    for command in (export, take_in):
        _add_json(command)


def _password() -> str:
    known = os.environ.get(PASSWORD)
    return known if known is not None else _typed("密码：")


def _typed(prompt: str) -> str:
    try:
        return getpass.getpass(prompt)
    except (EOFError, KeyboardInterrupt):
        raise NoPassword from None


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


def _init(arguments: Arguments) -> None:
    folder = arguments.data or default_folder()
    wishes = {"level": arguments.level, "name": arguments.name, "committee": arguments.committee, "code": arguments.code}
    with set_up(folder, _new_password(), **wishes) as desk:
        office = desk.office
    _show(arguments, office, [f"已建立：{office.name}（{office.level}级），数据在 {folder}"])


def _case_add(arguments: Arguments) -> None:
    from desktop.services import cases

    with _desk(arguments) as desk:
        registered = cases.register_files(desk, arguments.files)
    lines = [line for case in registered for line in (f"已登记：{case.number}", *(f"  提醒：{w.message}" for w in case.warnings))]
    _show(arguments, registered, lines)


def _case_list(arguments: Arguments) -> None:
    from desktop.services import cases

    with _desk(arguments) as desk:
        rows = cases.rows(desk, arguments.query, limit=-1)
    lines = [f"{row.number}  {row.registered_on}  {row.status}  {row.title}" for row in rows] or ["没有找到纠纷。"]
    _show(arguments, [row._asdict() for row in rows], lines)


def _case_show(arguments: Arguments) -> None:
    from desktop.services import cases

    with _desk(arguments) as desk:
        case = cases.find(desk, arguments.number)
    if not arguments.json:
        print(f"{case.number}  {case.title}")
    print(write_case(case).decode(), end="")


def _print(arguments: Arguments) -> None:
    from desktop.services import cases, documents

    with _desk(arguments) as desk:
        documents.write(desk, cases.find(desk, arguments.number), arguments.kind, arguments.output, arguments.index)
    print(f"已写入 {arguments.output}")


def _enrol_request(arguments: Arguments) -> None:
    from desktop.services import enrolment

    with _desk(arguments) as desk:
        fingerprint = enrolment.request(desk, arguments.output)
    lines = [f"申请文件已写入 {arguments.output}", f"核对码：{fingerprint}（请在电话中读给县级单位）"]
    _show(arguments, {"path": str(arguments.output), "fingerprint": fingerprint}, lines)


def _enrol_approve(arguments: Arguments) -> None:
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


def _enrol_accept(arguments: Arguments) -> None:
    from desktop.services import enrolment

    with _desk(arguments) as desk:
        accepted = enrolment.accept(desk, arguments.file)
    lines = [f"已加入：{accepted.county}，本单位编码 {accepted.code}", f"县级核对码：{accepted.fingerprint}（请与县级单位电话核对）"]
    _show(arguments, accepted._asdict(), lines)


def _export(arguments: Arguments) -> None:
    from desktop.services import exchange

    with _desk(arguments) as desk:
        done = exchange.export(desk, arguments.to, arguments.output)
    lines = [f"已导出给{done.receiver}：{done.cases}件纠纷、{done.changes}条改动", f"文件：{done.path}，已读回核对，可以拔出U盘。"]
    _show(arguments, done._asdict(), lines)


def _import(arguments: Arguments) -> None:
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


def _demo(arguments: Arguments, take_pictures: TakePictures) -> None:
    from desktop import demo

    for line in demo.run(arguments.out, take_pictures):
        print(line)
