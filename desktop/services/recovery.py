"""恢复单: a code on paper that opens the office when the password is forgotten.

The database's secret is wrapped once more, under the code, in a second key file beside the first; at the county the root key too. Whoever
has the sheet and the computer can open the office, so the sheet belongs into a safe. A new sheet replaces the file: the old code then
opens nothing but old copies of that file.
"""

import secrets
from contextlib import suppress
from pathlib import Path

from desktop.domain.recovery_code import new_code, read_code
from desktop.domain.refused import Refused
from desktop.services.desk import KEY_FILE, ROOT_KEY_FILE, Desk
from desktop.store import keyfile

RECOVERY_FILE = "fengqiao.recovery"
ROOT_RECOVERY_FILE = "county-root.recovery"
REMINDER = "还没有打印恢复单：忘记密码就再也打不开本机的纠纷。请到“设置”里打印一张，放进保险的地方。"


class NoSheet(Refused):
    """No sheet was ever made for this office."""

    def __init__(self) -> None:
        super().__init__("本单位还没有打印过恢复单，恢复码用不上；请再想想密码，或从备份中找回密钥文件。")


class WrongCode(Refused):
    """The code is written rightly, but it is not the one in force."""

    def __init__(self) -> None:
        super().__init__("这个恢复码打不开本单位，请看看恢复单上的单位名称和日期；重新打印过的，要用最新的一张。")


def is_made(folder: Path) -> bool:
    """Whether a sheet is in force for the office in the folder."""
    return (folder / RECOVERY_FILE).exists()


def reminder(desk: Desk) -> str:
    """One sentence while there is no sheet, else ""."""
    return "" if is_made(desk.folder) else REMINDER


def make(folder: Path, password: str, cost: keyfile.Cost | None = None) -> str:
    """A new code for the office in the folder; the former one opens it no more.

    At the county its root key is kept under the code too, where it lies in the folder under the same password.
    Raises `WrongPassword`, `KeyFileDamaged`, `CannotWrite` with nothing changed.
    """
    code = new_code(secrets.choice)
    secret = keyfile.unwrap(folder / KEY_FILE, password, "fengqiao-key/1")
    root: bytes | None = None
    if (folder / ROOT_KEY_FILE).exists():
        with suppress(keyfile.WrongPassword):  # it may have a password of its own
            root = keyfile.unwrap(folder / ROOT_KEY_FILE, password, "fengqiao-root/1")
    if root:
        keyfile.wrap(folder / ROOT_RECOVERY_FILE, root, code, "fengqiao-root-recovery/1", cost)
    keyfile.wrap(folder / RECOVERY_FILE, secret, code, "fengqiao-recovery/1", cost)
    return code


def forget(folder: Path) -> None:
    """Let no code open the office: the one that was made last was never put on paper."""
    for name in (RECOVERY_FILE, ROOT_RECOVERY_FILE):
        (folder / name).unlink(missing_ok=True)


def renew_password(folder: Path, typed: str, password: str, cost: keyfile.Cost | None = None) -> None:
    """Put the office under a new password, by the code; the code stays in force.

    Raises `NoSheet`, `NotACode`, `GroupMistyped`, `WrongCode`, `EmptyPassword`, `KeyFileDamaged`, `CannotWrite` with nothing changed.
    """
    if not is_made(folder):
        raise NoSheet
    code = read_code(typed)
    try:
        secret = keyfile.unwrap(folder / RECOVERY_FILE, code, "fengqiao-recovery/1")
    except keyfile.WrongPassword:
        raise WrongCode from None
    root: bytes | None = None
    if (folder / ROOT_RECOVERY_FILE).exists():
        with suppress(keyfile.WrongPassword):  # a sheet that was broken off half-way left an older one
            root = keyfile.unwrap(folder / ROOT_RECOVERY_FILE, code, "fengqiao-root-recovery/1")
    keyfile.wrap(folder / KEY_FILE, secret, password, "fengqiao-key/1", cost)
    if root:
        keyfile.wrap(folder / ROOT_KEY_FILE, root, password, "fengqiao-root/1", cost)


def sheet(desk: Desk, code: str) -> bytes:
    """The PDF of the sheet, one A4 page. Reads nothing from the database but the name of the office."""
    from desktop.documents import recovery_sheet

    return recovery_sheet.render(recovery_sheet.Sheet(desk.office.name, desk.today(), code))
