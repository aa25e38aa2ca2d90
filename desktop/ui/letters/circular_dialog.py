"""通报 on the screen: a month's letters by the unit that had to act, and the sheet to print (domain.md 1.5 rule 5)."""

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.domain.circular import Circular, UnitRow, month_of
from desktop.ui.button_row import ButtonRow
from desktop.ui.context import Context, Notice, button, heading, press_with
from desktop.ui.paper.dialog import Paper, PreviewDialog
from desktop.ui.paper.sheet import scrolling
from desktop.ui.plain_table import PlainTable
from desktop.ui.theme import em
from desktop.ui.worker import while_there

if TYPE_CHECKING:
    from desktop.services.desk import Desk
    from desktop.services.preview import Shown

COLUMNS = ("责任单位", "收到", "已签收", "按期反馈", "逾期", "退回", "销号", "最长逾期")


class CircularDialog(QDialog):
    """The circular of a month, which can be turned back month by month. It is counted off the window's thread."""

    def __init__(self, parent: QWidget, context: Context, month: date) -> None:
        super().__init__(parent)
        self.setWindowTitle("三单一函通报")
        self._context = context
        self._month = month_of(month)[0]
        self.told: Circular | None = None
        self.notice = Notice()
        self.title, self.summed = heading("", "title"), heading("", "soft")
        self.table = PlainTable("各单位办理情况", COLUMNS, wide=0, most=12)
        self.print_button = button("预览打印", self.preview, key="F9", role="main", drawing="print")
        self.earlier = button("上个月  Alt+←", lambda: self.turn(-1))
        self.later = button("下个月  Alt+→", lambda: self.turn(1))
        press_with(self.earlier, "Alt+Left")
        press_with(self.later, "Alt+Right")
        self._buttons = ButtonRow((self.print_button, self.earlier, self.later, button("关闭", self.close, key="Esc")))
        column = QVBoxLayout(self)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, 0, 0)
        for part in (self.title, self.summed, self.table):
            inner.addWidget(part)
        inner.addStretch(1)
        column.addWidget(self._buttons)
        column.addWidget(self.notice)
        column.addWidget(scrolling(content), 1)
        self._count()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        room = self.screen().availableGeometry().size()
        self.resize(
            QSize(round(em(self) * 46), round(em(self) * 26)).boundedTo(QSize(round(room.width() * 0.96), round(room.height() * 0.9)))
        )

    def turn(self, by: int) -> None:
        """Show the month before or after; none that has not begun."""
        first, last = month_of(self._month)
        month = month_of(last + timedelta(days=1))[0] if by > 0 else month_of(first - timedelta(days=1))[0]
        if month <= self._context.desk.today():
            self._month = month
            self._count()

    def preview(self) -> None:
        """Show the sheet as it will be printed."""
        if self.told is None:
            return
        paper = Paper(self._name(), "三单一函通报", partial(_shown, self.told))
        self.sheet = PreviewDialog(self, self._context, [paper], self._name())
        self.sheet.resize(self.size())
        self.sheet.open()

    def _name(self) -> str:
        return f"{self._month.year}年{self._month.month}月三单一函通报"

    def _count(self) -> None:
        self.told = None
        self.title.setText(self._name())
        self.summed.setText("正在统计……")
        self.table.show_rows([])
        self.print_button.setEnabled(False)
        self.later.setEnabled(month_of(self._month)[1] < self._context.desk.today())
        done, refused = while_there(self, self._show), while_there(self, self.notice.refused)
        self._context.worker.start(partial(_counted, self._context.desk, self._month), done, refused)

    def _show(self, told: Circular) -> None:
        if told.first != self._month:
            return
        self.told = told
        self.print_button.setEnabled(True)
        kinds = "、".join(f"{kind}{number}份" for kind, number in told.kinds)
        again = f"重复推送率{told.repeat_rate}（重复推送{told.repeated}条÷推送总数{told.pushed}条）。" if told.pushed else ""
        self.summed.setText(f"共发出{told.total.received}份" + (f"：{kinds}。{again}" if kinds else "，没有要通报的函件。"))
        rows = [*told.rows, told.total] if told.rows else []
        self.table.show_rows([_texts(row) for row in rows], ["danger" if row.late_days else "" for row in rows])


def _texts(row: UnitRow) -> tuple[str, ...]:
    return (row.unit, *map(str, row[1:7]), f"{row.late_days}天" if row.late_days else "")


def _counted(desk: "Desk", month: date) -> Circular:
    from desktop.services import letter_box

    beside = desk.beside()
    try:
        return letter_box.monthly(beside, month)
    finally:
        beside.close()


def _shown(told: Circular) -> "Shown":
    from desktop.services import letter_box
    from desktop.services.preview import Shown

    return Shown(letter_box.render(told))
