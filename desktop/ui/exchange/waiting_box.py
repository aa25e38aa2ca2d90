"""等待中: what came and cannot be shown yet, with what to do about each; a box of the exchange page."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.ui.card_box import CardBox
from desktop.ui.context import Context, Notice, button, heading
from desktop.ui.entry.dates import chinese
from desktop.ui.visible import visible

if TYPE_CHECKING:
    from desktop.services.waiting import Waiting, WaitingCase

MANY = 20
"""So many cases are listed; the rest are counted."""

QUESTION = (
    "{name}：还缺更早的改动。\n\n先请{offices}再导出一次交来，缺的部分会自动补上。"
    "只有确定再也不会来（例如对方的电脑已经损坏或者用旧备份恢复），才在这里打开并采用。\n\n现在采用吗？"
)


class WaitingBox(CardBox):
    """Lists what waits; hides itself where nothing does. `changed` carries the id of a case that was adopted."""

    changed = Signal(str)

    def __init__(self, context: Context, notice: Notice) -> None:
        super().__init__("等待中")
        self._context, self._notice = context, notice
        self.inner.addWidget(heading("这些内容已经收到，但是还缺更早的部分，暂时不能显示。缺的部分到了会自动补上。", "soft"))
        self._list = QWidget()
        self.inner.addWidget(self._list)
        self.refresh()

    def refresh(self) -> None:
        """Show what waits now."""
        from desktop.services import waiting

        found = waiting.waiting(self._context.desk)
        if not (found.cases or found.newer):
            self.hide()
        elif self.parentWidget():  # shown without a parent it would be a window of its own
            self.show()
        made = self._rows(found)
        self.inner.replaceWidget(self._list, made)
        self._list.hide()  # it lives until the event loop comes round
        self._list.deleteLater()
        self._list = made

    def _rows(self, found: "Waiting") -> QWidget:
        rows = QWidget()
        column = QVBoxLayout(rows)
        column.setContentsMargins(0, 0, 0, 0)
        for one in found.cases[:MANY]:
            column.addWidget(self._row(one))
        if len(found.cases) > MANY:
            column.addWidget(heading(f"……另有 {len(found.cases) - MANY} 件，处理上面的以后再显示。", "soft"))
        if found.newer:
            column.addWidget(heading(told_newer(found), "fact"))
        return rows

    def _row(self, one: "WaitingCase") -> QFrame:
        row = QFrame()
        row.setProperty("role", "group")
        column = QVBoxLayout(row)
        name = heading(visible(one.name), "head")
        column.addWidget(name)
        column.addWidget(heading(visible(told(one)), "fact"))
        if not one.newer:
            made = button("打开并采用…", lambda: self.adopt(one))
            made.setAccessibleName(f"打开并采用：{visible(one.name)}")
            column.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        return row

    def adopt(self, one: "WaitingCase") -> None:
        """Open what waits of the case and adopt it, after asking."""
        from desktop.services import waiting

        question = QUESTION.format(name=visible(one.name), offices="、".join(one.offices))
        if not self._context.asker.confirm(self, question, "打开并采用"):
            return
        case = self._notice.attempt(lambda: waiting.adopt(self._context.desk, one.id))
        self.refresh()
        if case is not None:
            self._notice.done(f"已采用“{case.title}”里等待的 {one.changes} 处改动，请打开这件纠纷核对。")
            self.changed.emit(case.id)


def told(one: "WaitingCase") -> str:
    """Who wrote what when, and what is missing."""
    day = chinese(date.fromisoformat(one.at[:10]))
    offices = "、".join(one.offices)
    wrote = f"{offices} {day}写的 {one.changes} 处改动：{_short(one.about)}"
    if one.newer:
        return f"{wrote}\n它前面的改动由更新的程序写成，要升级本程序后才能显示。"
    lacks = f"还缺更早的 {one.missing} 处" if one.missing else "还缺更早的改动"
    return f"{wrote}\n{lacks}，请{offices}再导出一次交来。"


def told_newer(found: "Waiting") -> str:
    """What only a newer program can read."""
    return f"另有 {found.newer} 处改动由更新的程序写成（{visible('、'.join(found.newer_from))}），要升级本程序后才能显示，不会丢失。"


def _short(text: str, limit: int = 80) -> str:
    return text if len(text) <= limit else text[:limit] + "……"
