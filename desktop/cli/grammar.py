"""What may be typed: commands, arguments and options, with their help in Chinese."""

import argparse
import re
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, TypeAlias

from desktop.cli import commands
from desktop.domain.attachment import Category
from desktop.domain.codes import OfficeLevel, choices

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


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line; `run` in its result is the command, None for the window."""
    parser = _Parser(prog="fengqiao", description="枫桥调解台：人民调解案件的登记、文书和交换。不带命令时打开窗口。")
    parser.add_argument("--data", type=Path, metavar="DIR", help="数据文件夹（默认为当前用户的数据文件夹）")
    parser.set_defaults(run=None)
    root = parser.add_subparsers(metavar="命令")
    _add_init(root)
    _add_case(root)
    _add_print(root)
    _add_enrol(root)
    _add_exchange(root)
    demo = _command(root, "demo", "不用屏幕演示全过程", commands.run_demo)
    demo.add_argument("out", type=Path, metavar="OUT", help="结果文件夹")
    return parser


Group: TypeAlias = "argparse._SubParsersAction[_Parser]"  # noqa: SLF001 -- what add_subparsers returns has no public name


def _command(root: Group, name: str, help_text: str, run: Callable[..., object] | None) -> argparse.ArgumentParser:
    command = root.add_parser(name, help=help_text, description=help_text)
    command.set_defaults(run=run)
    return command


def _add_json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="输出一个JSON文档")


def _add_init(root: Group) -> None:
    command = _command(root, "init", "建立单位", commands.init)
    command.add_argument("--level", required=True, choices=choices(OfficeLevel), help="村、镇或县")
    command.add_argument("--name", required=True, metavar="NAME", help="单位名称")
    command.add_argument("--committee", metavar="NAME", help="人民调解委员会名称")
    command.add_argument("--code", metavar="CODE", help="单位编码")
    _add_json(command)


def _add_case(root: Group) -> None:
    group = root.add_parser("case", help="纠纷：登记、列表、查看")
    actions = group.add_subparsers(metavar="add|list|attach|show", required=True)
    add = _command(actions, "add", "登记案件文件，全部登记或一件也不登记", commands.case_add)
    add.add_argument("files", nargs="+", type=Path, metavar="FILE")
    _add_json(add)
    listing = _command(actions, "list", "列出纠纷", commands.case_list)
    listing.add_argument("--query", default="", metavar="TEXT", help="姓名、编号、电话或任意文字，两个字即可")
    _add_json(listing)
    attach = _command(actions, "attach", "把扫描件（PDF、JPEG、PNG）加入卷宗", commands.case_attach)
    attach.add_argument("number", metavar="NUMBER", help="编号")
    attach.add_argument("category", choices=choices(Category), metavar="|".join(choices(Category)), help="类别")
    attach.add_argument("file", type=Path, metavar="FILE")
    show = _command(actions, "show", "查看一件纠纷（fengqiao-case/1）", commands.case_show)
    show.add_argument("number", metavar="NUMBER", help="编号")
    _add_json(show)


def _add_print(root: Group) -> None:
    command = _command(root, "print", "打印文书为PDF", commands.print_paper)
    command.add_argument("number", metavar="NUMBER", help="编号")
    command.add_argument("kind", nargs="?", metavar="KIND", help="文书名称，如调解协议书、任务单；卷宗为整本")
    command.add_argument("--all", action="store_true", help="把每份文书各写成一个文件，-o 为文件夹")
    command.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.pdf")
    command.add_argument("--index", type=int, metavar="N", help="同一种文书有几份时，第几份")
    seal = _command(root, "seal", "盖章定稿：保存一份不再改变的文书", commands.seal)
    seal.add_argument("number", metavar="NUMBER", help="编号")
    seal.add_argument("kind", metavar="KIND", help="文书名称")
    seal.add_argument("--index", type=int, metavar="N", help="同一种文书有几份时，第几份")
    seal.add_argument("-o", "--output", type=Path, metavar="FILE.pdf", help="另存定稿文件")
    _add_json(seal)
    verify = _command(root, "verify", "核对一份PDF或者二维码文字是不是本单位的定稿", commands.verify)
    which = verify.add_mutually_exclusive_group(required=True)
    which.add_argument("file", type=Path, nargs="?", metavar="FILE.pdf")
    which.add_argument("--code", metavar="TEXT", help="二维码的文字，或印在旁边的编号和校验码")
    _add_json(verify)


def _add_enrol(root: Group) -> None:
    group = root.add_parser("enrol", help="加入县级交换")
    actions = group.add_subparsers(metavar="request|approve|accept", required=True)
    request = _command(actions, "request", "导出申请文件", commands.enrol_request)
    approve = _command(actions, "approve", "县级单位批准申请", commands.enrol_approve)
    approve.add_argument("file", type=Path, metavar="FILE", help="申请文件")
    approve.add_argument("--code", required=True, metavar="CODE", help="给申请单位的编码")
    approve.add_argument("--parent", required=True, metavar="CODE", help="上级单位的编码")
    approve.add_argument("--fingerprint", metavar="XXXX-XXXX-XXXX", help="电话核对的核对码")
    approve.add_argument("--root", type=Path, metavar="FILE", help="县级根密钥文件（默认在数据文件夹）")
    accept = _command(actions, "accept", "导入批准文件", commands.enrol_accept)
    accept.add_argument("file", type=Path, metavar="FILE", help="批准文件")
    for command in (request, approve):
        command.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    for command in (request, approve, accept):
        _add_json(command)


def _add_exchange(root: Group) -> None:
    export = _command(root, "export", "导出交换包", commands.export)
    export.add_argument("--to", required=True, metavar="CODE", help="接收单位的编码")
    export.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help="U盘或文件夹")
    take_in = _command(root, "import", "导入交换包", commands.import_bundles)
    take_in.add_argument("files", nargs="+", type=Path, metavar="FILE")
    for command in (export, take_in):
        _add_json(command)
