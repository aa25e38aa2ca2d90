"""The door of a locked window: why it is locked, and the password."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from desktop.ui.context import heading
from desktop.ui.doors.card import Door, column_of, enter_button
from desktop.ui.doors.passwords import WRONG
from desktop.ui.entry.inputs import Password

if TYPE_CHECKING:
    from desktop.services.desk import Desk


class LockDoor(Door):
    """Asks for the password of the office that stays open behind it. `opened` comes when it was right, `wanted_end` to close all."""

    opened = Signal()
    wanted_end = Signal()

    def __init__(self, desk: "Desk", reason: str) -> None:
        super().__init__()
        self._desk = desk
        self.reason = heading(reason, "fact")
        self.password = Password("输入密码，按 Enter")
        self.password.line.setAccessibleName("密码")
        self.password.line.moves_on = False
        self.password.line.returnPressed.connect(self.unlock)
        self.help = heading(f"{WRONG}忘记密码的，关闭程序再打开，用恢复码。", "soft")
        self.help.hide()
        content = column_of(
            self.reason, heading("密码", "label"), self.password, self.notice, self.help, self.waiting,
            enter_button("解锁  Enter", self.unlock, role="main", drawing="lock"),
            enter_button("关闭程序", self.wanted_end.emit, key="Ctrl+Q", role="plain"),
        )  # fmt: skip
        self.put("已锁定", content, 28)

    def unlock(self) -> None:
        """Open if the password is that of the office."""
        from desktop.services import locking

        desk, password = self._desk, self.password.text()
        self.attempt("正在核对密码……", lambda: locking.check(desk, password), lambda _: self.opened.emit(), self._again)

    def _again(self) -> None:
        self.help.show()
        self.password.line.selectAll()
        self.password.reveal()
