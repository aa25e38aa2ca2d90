"""下发设置: the county gives all its offices the same kinds of letters, forms, days, roles and names; an office sees which are in force."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from desktop.ui.card_box import CardBox
from desktop.ui.context import Context, Notice, button, heading
from desktop.ui.entry.dates import chinese
from desktop.ui.settings.root_key import RootPassword, password_form, with_root_key
from desktop.ui.visible import visible

ABOUT = (
    "选一个文件夹：其中 letters.toml 是函件种类，days.toml 是节假日，roles.toml 是角色方案，hazards.toml 是六类风险隐患的名称，"
    "forms 文件夹里是文书样式。下发后随交换包送到全县各单位，取代程序自带的；单位自己文件夹里另有的，以单位的为准。"
    "文件夹里没有的，视为撤回。"
)
_SHOWN = 12
"""So many changes are named; further ones are counted."""


class RulesBox(CardBox):
    """Which settings from the county are in force; at the county also publishing others."""

    def __init__(self, context: Context, notice: Notice) -> None:
        super().__init__("县里下发的设置")
        self._context, self._notice = context, notice
        self._folder: Path | None = None
        self.state = heading("", "fact")
        self.about = heading(ABOUT, "soft")
        self.choose_button = button("下发设置…", self.choose, key="Alt+X")
        self.changes = heading("", "fact")
        self.form = password_form()
        self.publish_button = button("核对无误，下发", self.publish, key="Alt+H", role="main")
        for part in (self.state, self.about):
            self.inner.addWidget(part)
        row = QHBoxLayout()
        row.addWidget(self.choose_button)
        row.addStretch(1)
        self.inner.addLayout(row)
        self.inner.addWidget(self.changes)
        self.inner.addWidget(self.form)
        self.inner.addWidget(self.publish_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._propose(None)
        self.refresh()

    def refresh(self) -> None:
        """Show what is in force at this office."""
        from desktop.services import hazards, rules, working_days

        desk = self._context.desk
        county = desk.office.level == "县"
        self.about.setVisible(county)
        self.choose_button.setVisible(county)
        found = rules.in_force(desk)
        lines = ["没有县里下发的设置，使用程序自带的函件种类、文书样式、节假日、角色方案和风险隐患名称。"]
        if found:
            day = datetime.fromisoformat(found.issued_at).date()
            lines = [f"第{found.number}号，{chinese(day)}下发：{'、'.join(found.files) or '全部撤回'}。"]
            lines += [f"！没有采用：{sentence}" for sentence in found.left_out]
        faults = (working_days.days_fault(desk), hazards.fault(desk))
        self.state.setText(visible("\n".join([*lines, *(f"！本单位的{fault}" for fault in faults if fault)])))

    def choose(self) -> None:
        """Ask for the folder and show what publishing it would change."""
        from desktop.services import rules

        folder = self._context.asker.folder(self, "选择放设置文件的文件夹")
        found = self._notice.attempt(lambda: rules.differences(self._context.desk, folder)) if folder else None
        if found is None:
            return
        if not found:
            self._propose(None)
            self._notice.done("这些设置与正在使用的完全相同，不需要下发。")
            return
        lines = [f"{one.kind}　{one.file}" for one in found[:_SHOWN]]
        more = [f"……共 {len(found)} 个文件"] if len(found) > _SHOWN else []
        self._propose(folder, "\n".join(["下发后的变化：", *lines, *more]))

    def publish(self) -> None:
        """Publish the chosen folder."""
        from desktop.services import rules

        folder, faults = self._folder, self.form.faults()
        if folder is None:
            return
        if faults:
            self._notice.refused(faults[0].sentence)
            self.form.reveal(faults[0].path)
            return
        password = self.form.apply(RootPassword()).password or ""
        desk = self._context.desk
        found = with_root_key(self._context, self, self._notice, lambda root: rules.publish(desk, folder, password, root))
        if found:
            self._propose(None)
            self.refresh()
            self._notice.done(f"设置第{found.number}号已下发，随下一次交换包送到各单位。")

    def _propose(self, folder: Path | None, text: str = "") -> None:
        self._folder = folder
        self.changes.setText(visible(text))
        self.form.show_value(RootPassword())
        for part in (self.changes, self.form, self.publish_button):
            part.setVisible(folder is not None)
        if folder is not None:
            self.form.reveal("password")
