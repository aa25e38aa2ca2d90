"""忘记密码: the recovery code of the sheet, and a new password."""

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QTimer, Signal

from desktop.ui.context import heading
from desktop.ui.doors.card import Door, column_of, enter_button, enter_ends
from desktop.ui.doors.passwords import FIELDS, password_fault, strength
from desktop.ui.entry.form import Field, Form
from desktop.ui.entry.inputs import Text
from desktop.ui.unlocking import opened

if TYPE_CHECKING:
    from desktop.services.desk import Desk


class Recovered(msgspec.Struct, frozen=True):
    """The code, and the new password twice."""

    code: str | None = None
    password: str | None = None
    again: str | None = None


_CODE = Field("code", "恢复单上的恢复码", lambda: Text("大写小写、有没有空格都可以"), 6, "请照着恢复单输入恢复码。")


class Forgotten(Door):
    """Asks for the code and a new password. `opened` carries the desk, `left` asks to go back to the password."""

    opened = Signal(object)
    left = Signal()

    def __init__(self, folder: Path, operator: str = "") -> None:
        super().__init__()
        self._folder, self._operator = folder, operator
        self.form = Form((_CODE, *FIELDS), self._follow)
        self.strength = heading("", "soft")
        self.form.show_value(Recovered())
        enter_ends(self.form, "again", self.renew)
        content = column_of(
            heading("恢复单锁在保险柜或公章柜里；没有恢复单的，只有设定密码的人能打开。", "soft"),
            self.form, self.strength, self.notice, self.waiting,
            enter_button("设定新密码并打开  Enter", self.renew, role="main", drawing="recovery"),
            enter_button("返回", self.left.emit, key="Esc", drawing="back"),
        )  # fmt: skip
        self.put("用恢复码设定新密码", content, 34)
        QTimer.singleShot(0, self, self.form["code"].reveal)

    def renew(self) -> None:
        """Put the office under the new password and open it."""
        faults = self.form.faults()
        given = self.form.apply(Recovered())
        sentence = faults[0].sentence if faults else password_fault(given.password, given.again)
        if sentence:
            self.notice.refused(sentence)
            self.form.reveal(faults[0].path if faults else "password")
            return
        self.attempt("正在核对恢复码……", lambda: self._renewed(given), self.opened.emit, self.form["code"].reveal)

    def _renewed(self, given: Recovered) -> "Desk":
        from desktop.services import recovery

        recovery.renew_password(self._folder, given.code or "", given.password or "")
        return opened(self._folder, given.password or "", self._operator)

    def _follow(self, form: Form) -> None:
        typed = form["password"].value()
        self.strength.setText(strength(typed if isinstance(typed, str) else ""))
