"""设置: the text size, the password, and what this office is."""

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from desktop.domain.refused import Refused
from desktop.ui.context import Context, Notice, button, heading
from desktop.ui.doors import LEVELS, password_fault
from desktop.ui.entry.form import Field, Form, framed
from desktop.ui.entry.inputs import Password
from desktop.ui.page import Page
from desktop.ui.paper.sheet import sheet
from desktop.ui.settings.directory_box import DirectoryBox
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


class SettingsPage(Page):
    """The page of settings."""

    def __init__(self, context: Context, theme: Theme) -> None:
        super().__init__()
        self._context, self._theme = context, theme
        self.notice = Notice()
        self.office = heading("", "fact")
        self.scale = heading("", "head")
        self.form = Form(_PASSWORD)
        self.form.show_value(NewPassword())
        self.rules = RulesBox(context, self.notice)
        self.directory = DirectoryBox(context, self.notice)
        theme.changed.connect(self._say_size)
        self._build()
        self._say_size()
        self.refresh()

    def _build(self) -> None:
        column = sheet(self)
        column.addWidget(heading("设置"))
        column.addWidget(self.notice)
        card, inner = framed("本单位", "card")
        inner.addWidget(self.office)
        column.addWidget(card)
        card, inner = framed("", "card")
        inner.addWidget(self.scale)
        row = QHBoxLayout()
        for text, key, slot in (("小一些", "Ctrl+-", self._theme.reduce), ("大一些", "Ctrl+=", self._theme.enlarge)):
            row.addWidget(button(f"{text}  {key}", slot))
        row.addWidget(button("原来大小  Ctrl+0", lambda: self._theme.set_scale(100)))
        row.addStretch(1)
        inner.addLayout(row)
        column.addWidget(card)
        card, inner = framed("更改密码", "card")
        inner.addWidget(self.form)
        inner.addWidget(button("更改密码", self.change_password, key="Ctrl+S", role="main"), 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(card)
        column.addWidget(self.rules)
        column.addWidget(self.directory)
        column.addStretch(1)

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
        self.rules.refresh()
        self.directory.refresh()

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

    def _say_size(self) -> None:
        self.scale.setText(f"文字大小：{self._theme.scale}%")
