"""The first run: what is typed may be corrected on an earlier page, even after the office was made from it."""

from desktop.domain.refused import Refused
from desktop.services import cases, recovery
from desktop.services.desk import DATABASE, KEY_FILE, NUMBERS_FILE, ROOT_KEY_FILE, Desk


class AlreadyUsed(Refused):
    """There are cases in the office, so it is not made anew."""

    def __init__(self) -> None:
        super().__init__("本单位已经登记了纠纷，不能重新建立；名称和密码请到“设置”里改。")


def undo(desk: Desk) -> None:
    """Take away the office that the first run has just made, so that it can be made otherwise. Closes the desk. Raises `AlreadyUsed`."""
    if cases.count(desk):
        raise AlreadyUsed
    folder = desk.folder
    desk.close()
    recovery.forget(folder)
    for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", NUMBERS_FILE, KEY_FILE, ROOT_KEY_FILE):
        (folder / name).unlink(missing_ok=True)
