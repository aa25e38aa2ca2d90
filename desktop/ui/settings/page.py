"""设置: the look, the lock, the password, the recovery sheet, practice, and what this office is."""

from typing import cast

import msgspec
from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.refused import Refused
from desktop.ui.context import Context, Notice, button, heading
from desktop.ui.doors.office import LEVELS
from desktop.ui.doors.passwords import password_fault
from desktop.ui.doors.sheet_box import SheetBox
from desktop.ui.entry.form import Field, Form, framed
from desktop.ui.entry.inputs import Password
from desktop.ui.letters.kinds_box import KindsBox
from desktop.ui.page import Boxes, LongPage
from desktop.ui.paper.sheet import sheet
from desktop.ui.settings.directory_box import DirectoryBox
from desktop.ui.settings.disclosure_box import DisclosureBox
from desktop.ui.settings.lock_box import LockBox
from desktop.ui.settings.look_box import LookBox
from desktop.ui.settings.roles_box import RolesBox
from desktop.ui.settings.rules_box import RulesBox
from desktop.ui.theme import Theme


class NewPassword(msgspec.Struct, frozen=True):
    """A change of password."""

    old: str | None = None
    new: str | None = None
    again: str | None = None


_PASSWORD = (
    Field("old", "现在的密码", Password, 6, "请输入现在的密码。"),
    Field("new", "新密码", Password, 3, "请输入新密码。"),
    Field("again", "再输一遍新密码", Password, 3, "请再输一遍新密码。"),
)


class SettingsPage(LongPage):
    """The page of settings. `idle_changed` carries the minutes until the window locks itself; `wanted_practice` asks for practice."""

    idle_changed = Signal(int)
    wanted_practice = Signal()

    def __init__(self, context: Context, theme: Theme, settings: QSettings | None = None) -> None:
        super().__init__()
        self._context = context
        self.notice = Notice()
        self.office = heading("", "fact")
        self.look, self.lock = LookBox(theme), LockBox(settings)
        self.lock.changed.connect(self.idle_changed)
        column = sheet(self)
        column.addWidget(heading("设置"))
        column.addWidget(self.notice)
        card, inner = framed("本单位", "card")
        inner.addWidget(self.office)
        for part in (card, self.look, self.lock):
            column.addWidget(part)
        self.boxes = Boxes(
            column,
            {
                "password": self._password_card,
                "sheet": self._sheet_card,
                "practice": self._practice_card,
                "roles": lambda: RolesBox(context, self.notice),
                "kinds": lambda: KindsBox(context, self.notice),
                "rules": lambda: RulesBox(context, self.notice),
                "directory": lambda: DirectoryBox(context, self.notice),
                "disclosures": lambda: DisclosureBox(context),
            },
        )
        column.addStretch(1)
        self.refresh()

    def _password_card(self) -> QWidget:
        card, inner = framed("更改密码", "card")
        self._form = Form(_PASSWORD, parent=card)
        self._form.show_value(NewPassword())
        inner.addWidget(self._form)
        inner.addWidget(button("更改密码", self.change_password, key="Ctrl+S", role="main"), 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _sheet_card(self) -> QWidget:
        card, inner = framed("恢复单", "card")
        self._sheet = SheetBox(self._context, self.notice.refused)
        self._sheet.made.connect(lambda: self.notice.done("新的恢复码已经生效，原来的恢复单作废。请马上打印或抄好。"))
        inner.addWidget(self._sheet)
        return card

    def _practice_card(self) -> QWidget:
        card, inner = framed("练习", "card")
        inner.addWidget(heading("用五件样例练习登记、调解和打印；练习的内容单独存放，不上报、不计入统计。", "soft"))
        inner.addWidget(button("开始练习", self.wanted_practice.emit, key="F8", drawing="practice"), 0, Qt.AlignmentFlag.AlignLeft)
        return card

    @property
    def form(self) -> Form:
        """The form of another password."""
        self.boxes.make("password")
        return self._form

    @property
    def sheet(self) -> SheetBox:
        """The recovery sheet."""
        self.boxes.make("sheet")
        return self._sheet

    @property
    def rules(self) -> RulesBox:
        """The rules of the office."""
        return cast("RulesBox", self.boxes["rules"])

    def refresh(self) -> None:
        """Show the office as it now is."""
        office = self._context.desk.office
        lines = [
            f"名称：{office.name}（{LEVELS[office.level]}一级）",
            f"协议书上的名称：{office.mediation_committee}",
            f"代码：{office.code or '还没有登记入网'}",
            f"操作员：{self._context.desk.operator}",
            *self._this_computer(),
        ]
        self.office.setText("\n".join(lines))
        if self.boxes.made("sheet"):
            self._sheet.hide_code()
        for name in ("rules", "directory", "roles", "disclosures"):
            if self.boxes.made(name):
                self.boxes[name].refresh()

    def _this_computer(self) -> list[str]:
        """What names this computer at the county, where it has joined."""
        from desktop.services import directory

        try:
            here = [one for one in directory.devices(self._context.desk) if one.this_one]
        except Refused:
            return []
        return [f"本机电脑码：{one.fingerprint}{'（已停用，请联系县级单位）' if one.revoked else ''}" for one in here]

    def change_password(self) -> None:
        """Change the password of this office."""
        faults = self.form.faults()
        given = self.form.apply(NewPassword())
        sentence = faults[0].sentence if faults else password_fault(given.new, given.again)
        if sentence:
            self.notice.refused(sentence)
            self.form.reveal(faults[0].path if faults else "new")
            return
        desk = self._context.desk

        def change() -> bool:
            desk.change_password(given.old or "", given.new or "")
            return True

        if self.notice.attempt(change):
            self.form.show_value(NewPassword())
            self.notice.done("密码已更改，下次打开请用新密码。")
