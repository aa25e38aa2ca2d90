"""Asking for what opens the county's root key: its password, and its file where that lies on a stick."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec
from PySide6.QtWidgets import QWidget

from desktop.domain.refused import Refused
from desktop.ui.context import Context, Notice
from desktop.ui.entry.form import Field, Form
from desktop.ui.entry.inputs import Password

T = TypeVar("T")

_KEYS = "根密钥 (*.key);;所有文件 (*)"


class RootPassword(msgspec.Struct, frozen=True):
    """What opens the county's root key."""

    password: str | None = None


PASSWORD = Field("password", "县级根密钥的密码（首次设置时的密码）", Password, 6, "请输入根密钥的密码。")


def password_form() -> Form:
    """An empty form that asks for the password."""
    form = Form((PASSWORD,))
    form.show_value(RootPassword())
    return form


def with_root_key(context: Context, parent: QWidget, notice: Notice, work: Callable[[Path | None], T]) -> T | None:
    """The result of the work, None after showing why it was refused. Where the key's file is not in its place, it is asked for once."""
    from desktop.services.root_key import RootKeyMissing

    def asking() -> T:
        try:
            return work(None)
        except RootKeyMissing as missing:
            path = context.asker.file(parent, "插入保管根密钥的U盘，选择根密钥文件", _KEYS)
            if path is None:
                raise Refused(str(missing)) from None
            return work(path)

    return notice.attempt(asking)
