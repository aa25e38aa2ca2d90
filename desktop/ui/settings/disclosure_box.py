"""身份证号码查看记录: who looked at full ID numbers, printed them or handed them out."""

from PySide6.QtCore import Qt

from desktop.ui.card_box import CardBox
from desktop.ui.context import Context, button, heading
from desktop.ui.entry.dates import moment
from desktop.ui.plain_table import PlainTable

ABOUT = "身份证号码平时只显示头尾。查看、预览、打印、保存完整号码，都记在这里，不能修改，也不会传给别的单位。"


class DisclosureBox(CardBox):
    """The newest lines of the log, older ones a page at a time."""

    def __init__(self, context: Context) -> None:
        super().__init__("身份证号码查看记录")
        self._context, self._offset = context, 0
        self.count = heading("", "fact")
        self.table = PlainTable("身份证号码查看记录", ("时间", "操作员", "纠纷", "做了什么"), wide=3)
        self.older = button("更早的", self._show_older, key="Alt+E")
        for part in (heading(ABOUT, "soft"), self.count, self.table):
            self.inner.addWidget(part)
        self.inner.addWidget(self.older, 0, Qt.AlignmentFlag.AlignLeft)
        self.refresh()

    def refresh(self) -> None:
        """Show the newest lines."""
        self._offset = 0
        self._show()

    def _show_older(self) -> None:
        from desktop.services import disclosure

        self._offset += disclosure.PAGE
        self._show()

    def _show(self) -> None:
        from desktop.services import disclosure

        desk = self._context.desk
        total = disclosure.count(desk)
        lines = disclosure.lines(desk, self._offset)
        rows = [(moment(one.at), one.operator, one.title or "（还没有保存的纠纷）", one.what) for one in lines]
        self.table.show_rows(rows)
        self.table.setVisible(bool(lines))
        self.count.setText(f"共{total}条。" if total else "还没有记录。")
        self.older.setVisible(total > self._offset + len(lines))
