"""The whole command line: the commands of every subject."""

import argparse
from pathlib import Path

from desktop.cli import case, enrol, exchange, office, paper
from desktop.cli.syntax import Parser


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line; `run` in its result is the command, None for the window."""
    made = Parser(prog="fengqiao", description="枫桥调解台：人民调解案件的登记、文书和交换。不带命令时打开窗口。")
    made.add_argument("--data", type=Path, metavar="DIR", help="数据文件夹（默认为当前用户的数据文件夹）")
    made.set_defaults(run=None)
    root = made.add_subparsers(metavar="命令")
    for subject in (case, paper, enrol, exchange, office):
        subject.add(root)
    return made
