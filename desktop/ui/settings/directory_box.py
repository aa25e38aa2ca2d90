"""单位和电脑: whom the county has approved, with which computers, and taking a computer out of service."""

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from desktop.domain.refused import Refused
from desktop.ui.card_box import CardBox
from desktop.ui.context import Context, Notice, button, heading
from desktop.ui.entry.dates import moment
from desktop.ui.entry.form import Field, Form
from desktop.ui.entry.inputs import Text
from desktop.ui.plain_table import PlainTable
from desktop.ui.settings.root_key import PASSWORD, with_root_key
from desktop.ui.visible import visible

if TYPE_CHECKING:
    from desktop.services.directory import Computer

COLUMNS = ("单位", "代码", "电脑（电脑码）", "编号段", "最近收到", "状态")


class Entry(msgspec.Struct, frozen=True):
    """What the county may change of an office, and the password that signs it."""

    name: str | None = None
    parent: str | None = None
    password: str | None = None


_ENTRY = (
    Field("name", "单位名称", Text, 3, "单位名称不能为空。"),
    Field("parent", "上级单位代码", Text, 3, "请填写上级单位代码。"),
    PASSWORD,
)


class DirectoryBox(CardBox):
    """The county's list of offices and computers: to rename and move an office, and to take a computer out of service.

    `changed` comes when it was done.
    """

    changed = Signal()

    def __init__(self, context: Context, notice: Notice) -> None:
        super().__init__("单位和电脑")
        self._context, self._notice = context, notice
        self.count = heading("", "fact")
        self._computers: list[Computer] = []
        self.table = PlainTable("单位和电脑", COLUMNS, wide=0, most=12)
        self.table.selectionModel().selectionChanged.connect(self._show_choice)
        self.chosen = heading("", "soft")
        self.form = Form(_ENTRY)
        self.change_button = button("更改名称或上级", self.change, key="Alt+G")
        self.revoke_button = button("停用这台电脑…", self.revoke, key="Shift+F8")
        self.inner.addWidget(self.count)
        self.inner.addWidget(self.table)
        self.inner.addWidget(self.chosen)
        self.inner.addWidget(self.form)
        row = QHBoxLayout()
        row.addWidget(self.change_button)
        row.addWidget(self.revoke_button)
        row.addStretch(1)
        self.inner.addLayout(row)
        self.refresh()

    def refresh(self) -> None:
        """Show the computers as the directory in force has them."""
        from desktop.services import directory

        desk = self._context.desk
        try:
            computers = directory.devices(desk) if desk.office.level == "县" else []
        except Refused:
            computers = []
        self.card.setVisible(bool(computers))
        offices, active = len({one.code for one in computers}), sum(not one.revoked for one in computers)
        self.count.setText(f"已批准 {offices} 个单位，在用电脑 {active} 台。电脑丢失、损坏、换人不交时，在这里停用。")
        self._computers = computers
        self.table.show_rows([_row(one) for one in computers], ["soft" if one.revoked else "" for one in computers])
        self._show_choice()

    def computer(self) -> "Computer | None":
        """The computer whose line is chosen."""
        chosen = self.table.selectionModel().selectedRows()
        return self._computers[chosen[0].row()] if chosen else None

    def revoke(self) -> None:
        """Take the chosen computer out of service, after asking."""
        from desktop.services import directory

        one = self.computer()
        if one is None or not self._is_filled():
            return
        given = self.form.apply(_entry(one))
        question = (
            f"停用“{one.office}”的电脑 {one.fingerprint}？\n\n"
            "停用后，它写出的交换包各单位都不再接收，也不再发给它；它以前登记的纠纷照旧有效。停用后不能恢复，要用只能重新登记。\n"
            "停用随下一次交换包送到各单位。"
        )
        if not self._context.asker.confirm(self, question, "停用"):
            return
        desk, password = self._context.desk, given.password or ""
        found = with_root_key(self._context, self, self._notice, lambda root: directory.revoke(desk, one.fingerprint, password, root))
        if found:
            self._done(f"“{found.office}”的电脑 {found.fingerprint} 已停用，请尽快给各单位导出交换包。")

    def change(self) -> None:
        """Give the office of the chosen computer the name and the office above that stand in the form."""
        from desktop.services import directory

        one = self.computer()
        if one is None or not self._is_filled():
            return
        given = self.form.apply(_entry(one))
        name, parent = (new if new != old else None for new, old in ((given.name, one.office), (given.parent, one.parent)))
        if name is None and parent is None:
            self._notice.refused("名称和上级都没有改动，不需要更改。")
            return
        desk, password = self._context.desk, given.password or ""

        def work(root: Path | None) -> bool:
            directory.change(desk, one.code, password, name=name, parent=parent, root=root)
            return True

        if with_root_key(self._context, self, self._notice, work):
            self._done(f"{one.code}已更改，随下一次交换包送到各单位。")

    def _done(self, text: str) -> None:
        self.refresh()
        self._notice.done(text)
        self.changed.emit()

    def _is_filled(self) -> bool:
        faults = self.form.faults()
        if faults:
            self._notice.refused(faults[0].sentence)
            self.form.reveal(faults[0].path)
        return not faults

    def _show_choice(self, *_: object) -> None:
        one = self.computer()
        other = one is not None and not one.this_one
        self.revoke_button.setEnabled(one is not None and other and not one.revoked)
        self.change_button.setEnabled(other)
        self.form.setVisible(other)
        self.form.show_value(_entry(one))
        if one is None:
            self.chosen.setText("在上面选一台电脑。")
        elif one.this_one:
            self.chosen.setText("这是本机，不能在本机上停用。")
        elif one.revoked:
            self.chosen.setText("这台电脑已经停用。")
        else:
            self.chosen.setText(visible(f"选中：{one.office}，电脑码 {one.fingerprint}。请先打电话核对清楚。"))


def _entry(one: "Computer | None") -> Entry:
    return Entry(one.office, one.parent) if one else Entry()


def _row(one: "Computer") -> tuple[str, ...]:
    from desktop.store.numbers import SIZE

    state = "✕ 已停用" if one.revoked else "● 本机" if one.this_one else "✓ 在用"
    numbers = f"{one.block * SIZE + 1}–{one.block * SIZE + SIZE - 1}"
    heard = moment(one.last_heard) if one.last_heard else "" if one.this_one else "还没有"
    return one.office, one.code, one.fingerprint, numbers, heard, state
