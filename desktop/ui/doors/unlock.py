"""The password of an office that is set up."""

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui.context import heading
from desktop.ui.doors.card import Door, column_of, enter_button
from desktop.ui.doors.passwords import WRONG
from desktop.ui.entry.inputs import Password, Text
from desktop.ui.unlocking import opened


class Unlock(Door):
    """Asks for the password. `opened` carries the desk; the others ask for the door of the recovery code, and for practice."""

    opened = Signal(object)
    wanted_recovery = Signal()
    wanted_practice = Signal()

    def __init__(self, folder: Path, operator: str = "") -> None:
        super().__init__()
        self._folder = folder
        self.operator = Text("写在办理经过里")
        self.operator.line.setAccessibleName("您的姓名")
        self.operator.show_value(operator)
        self.password = Password("输入密码，按 Enter")
        self.password.line.setAccessibleName("密码")
        self.password.line.returnPressed.connect(self.unlock)
        self.password.line.moves_on = False
        self.help = heading(WRONG, "soft")
        self.help.hide()
        self.enter = enter_button("打开  Enter", self.unlock, role="main", drawing="lock")
        content = column_of(
            heading("您的姓名", "label"), self.operator, heading("密码", "label"), self.password,
            self.notice, self.help, self.waiting, self.enter, self._others(),
        )  # fmt: skip
        self.put("枫桥调解台", content, 28)
        QTimer.singleShot(0, self, self.password.reveal)

    def _others(self) -> QWidget:
        row = QWidget()
        beside = QHBoxLayout(row)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(enter_button("忘记密码？用恢复码", self.wanted_recovery.emit, key="F4", role="plain"))
        beside.addWidget(enter_button("用样例练习", self.wanted_practice.emit, key="F8", role="plain"))
        beside.addStretch(1)
        return row

    def unlock(self) -> None:
        """Open the office with the password that is typed."""
        folder, password, operator = self._folder, self.password.text(), self.operator.text()
        self.attempt("正在打开……", lambda: opened(folder, password, operator), self.opened.emit, self._again)

    def _again(self) -> None:
        self.help.show()
        self.password.line.selectAll()
        self.password.reveal()
