"""The password, the open office, and how a result is printed."""

import getpass
import os
import sys
from collections.abc import Iterable

import msgspec

from desktop.cli.syntax import Arguments
from desktop.domain.refused import Refused
from desktop.services.desk import Desk, default_folder, open_desk

PASSWORD = "FENGQIAO_PASSWORD"  # noqa: S105 -- the name of the variable


class NoPassword(Refused):
    """Nobody typed a password."""

    def __init__(self) -> None:
        super().__init__(f"没有输入密码，请输入密码，或把它放在环境变量 {PASSWORD} 中。")


class PasswordsDiffer(Refused):
    """A new password was typed in differently the second time."""

    def __init__(self) -> None:
        super().__init__("两次输入的密码不一致，请重新输入。")


def password() -> str:
    """The password from the environment, a pipe or the keyboard. Raises `NoPassword`."""
    known = os.environ.get(PASSWORD)
    return known if known is not None else _typed("密码：")


def new_password() -> str:
    """A password for a new office, typed twice. Raises `NoPassword`, `PasswordsDiffer`."""
    if PASSWORD in os.environ:
        return os.environ[PASSWORD]
    first = _typed("设置密码：")
    if _typed("再输入一次：") != first:
        raise PasswordsDiffer
    return first


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


def opened(arguments: Arguments, known: str | None = None) -> Desk:
    """The office in the data folder, unlocked; `known` is the password if it was asked for already."""
    return open_desk(arguments.data or default_folder(), password() if known is None else known)


def show(arguments: Arguments, value: object, lines: Iterable[str]) -> None:
    """Print the result: as one JSON document if asked for, otherwise as lines for people."""
    if getattr(arguments, "json", False):
        print(msgspec.json.format(msgspec.json.encode(_plain(value), enc_hook=str), indent=2).decode())
    else:
        for line in lines:
            print(line)


def _plain(value: object) -> object:
    """Named tuples as mappings, which a reader of JSON can name the parts of."""
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        value = value._asdict()
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value
