"""往来记录: every bundle that went out or came in, and what became of it; and the receipt code of what arrived elsewhere."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.context import Context, Notice, button, heading
from desktop.ui.entry.dates import moment
from desktop.ui.entry.inputs import Text
from desktop.ui.exchange.table_box import Shown, TableBox
from desktop.ui.plain_table import PlainTable
from desktop.ui.sizes import size_of
from desktop.ui.visible import visible

if TYPE_CHECKING:
    from desktop.services.contacts import Passed
    from desktop.services.desk import Desk

COLUMNS = ("时间", "方向", "单位", "纠纷", "改动", "附件", "大小", "回执")
DIRECTIONS = {"in": "← 收到", "out": "→ 交出"}


class HistoryBox(TableBox["list[Passed]"]):
    """The table of bundles, newest first."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, PlainTable("往来记录", COLUMNS, wide=2, most=10), _passed, _told, "soft")


def _passed(desk: "Desk") -> "list[Passed]":
    from desktop.services import contacts

    return contacts.history(desk)


def _told(found: "list[Passed]") -> Shown:
    told = "交出的和收到的每一个交换包，最近的在最上面。Ctrl+C 复制一行。" if found else "还没有交出或者收到过交换包。"
    return Shown(told, [row_of(one) for one in found])


class CodeBox(QWidget):
    """输入回执码: what the receiver reads out is typed in here. `confirmed` comes when it was right."""

    confirmed = Signal()

    def __init__(self, context: Context, notice: Notice) -> None:
        super().__init__()
        self._context, self._notice = context, notice
        self.code = Text("例如 7K3P-M9XD-2QRT，横线可以不输")
        self.code.line.setAccessibleName("对方念的回执码")
        self.code.line.moves_on = False
        self.code.line.returnPressed.connect(self.confirm)
        label = heading("对方导入以后，屏幕上和回执上有 12 位回执码。请对方念，填在这里：", "label")
        label.setBuddy(self.code)
        row = QHBoxLayout()
        row.addWidget(self.code, 1)
        row.addWidget(button("确认  Enter", self.confirm, role="main"), 0, Qt.AlignmentFlag.AlignTop)
        self.answer = heading("", "fault")
        self.answer.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label)
        column.addLayout(row)
        column.addWidget(self.answer)

    def refresh(self) -> None:
        """Put the cursor where the code is typed."""
        self.code.reveal()

    def confirm(self) -> None:
        """Check the code and keep what it proves."""
        from desktop.services import contacts

        text = self.code.text()
        found = self._notice.attempt(lambda: contacts.confirm(self._context.desk, text))
        self.answer.setVisible(found is None)
        if found is None:
            self.answer.setText(self._notice.text())
            self._notice.hide()
            self.code.reveal()
            return
        self.code.show_value(None)
        self._notice.done(f"{visible(found.receiver)}收到了{moment(found.at)}交出的 {found.cases:,} 件纠纷，已经记下。")
        self.confirmed.emit()


def row_of(one: "Passed") -> tuple[str, ...]:
    """One bundle as a line of the table."""
    size = size_of(one.size) if one.size else ""
    counts = (f"{number:,}" for number in (one.cases, one.changes, one.attachments))
    return (moment(one.at), DIRECTIONS[one.direction], one.office, *counts, size, _state(one))


def _state(one: "Passed") -> str:
    if one.direction == "in":
        return "以前导入过" if one.again else one.receipt or ""
    return f"✓ {moment(one.confirmed)} 已确认" if one.confirmed else "○ 没有输入回执码"
