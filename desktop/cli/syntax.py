"""What all commands are declared with: a parser that speaks Chinese."""

import argparse
import re
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, TypeAlias

Arguments = argparse.Namespace
Run = Callable[[Arguments], object]

_USAGE_ERRORS = (
    ("the following arguments are required: ", "缺少 "),
    ("one of the arguments (.*) is required", r"缺少 \1 中的一个"),
    (r"argument (.*?): not allowed with argument (.*)", r"\1 和 \2 只能给一个"),
    ("unrecognized arguments: ", "不认识 "),
    ("argument (.*?): ", r"\1："),
    (r"invalid choice: (.*) \(choose from (.*)\)", r"没有 \1，可选 \2"),
    (r"invalid int value: ", "不是整数："),
    (r"invalid whole value: ", "不是1以上的整数："),
    ("expected (at least )?one argument", "后面缺少内容"),
)
"""What argparse says, pattern by pattern, and what we say."""


class Parser(argparse.ArgumentParser):
    """argparse with its messages in Chinese."""

    def error(self, message: str) -> NoReturn:
        """Say in Chinese what is wrong, and end with exit code 2."""
        for english, chinese in _USAGE_ERRORS:
            message = re.sub(english, chinese, message)
        self.exit(2, f"命令不对（{message}），请用 fengqiao -h 查看用法。\n{self.format_usage()}")

    def format_usage(self) -> str:
        """The usage line."""
        return super().format_usage().replace("usage:", "用法：")

    def format_help(self) -> str:
        """The help page."""
        text = super().format_help().replace("usage:", "用法：").replace("positional arguments:", "参数：")
        return text.replace("options:", "选项：").replace("show this help message and exit", "显示帮助")


Group: TypeAlias = "argparse._SubParsersAction[Parser]"  # noqa: SLF001 -- what add_subparsers returns has no public name


def command(root: Group, name: str, help_text: str, run: Run | None) -> argparse.ArgumentParser:
    """A command that runs `run`."""
    made = root.add_parser(name, help=help_text, description=help_text)
    made.set_defaults(run=run)
    return made


def group(root: Group, name: str, help_text: str, actions: str) -> Group:
    """A command that has commands of its own, which `actions` names."""
    return root.add_parser(name, help=help_text, description=help_text).add_subparsers(metavar=actions, required=True)


def add_json(*commands: argparse.ArgumentParser) -> None:
    """The option that all commands have whose result a program may want to read."""
    for one in commands:
        one.add_argument("--json", action="store_true", help="输出一个JSON文档")


def add_number(*commands: argparse.ArgumentParser) -> None:
    """The number of a case."""
    for one in commands:
        one.add_argument("number", metavar="NUMBER", help="编号")


def add_root_key(*commands: argparse.ArgumentParser) -> None:
    """Where the county keeps its root key."""
    for one in commands:
        one.add_argument("--root", type=Path, metavar="FILE", help="县级根密钥文件（默认在数据文件夹）")


def whole(text: str) -> int:
    """A whole number of 1 and more."""
    if int(text) < 1:
        raise ValueError(text)
    return int(text)
