"""导出: what would be on the stick, before it is written; then writing it, and when it may be pulled out."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.ui.button_row import ButtonRow
from desktop.ui.context import Context, Notice, button, heading
from desktop.ui.exchange.place import PlaceBar
from desktop.ui.exchange.sticks import Place, has_no_room, place_at
from desktop.ui.exchange.work import Progress, Work, tell_refusal
from desktop.ui.sizes import size_of
from desktop.ui.visible import visible

if TYPE_CHECKING:
    from desktop.services.desk import Desk
    from desktop.services.exchange import Exported, Partner, Plan

SHOWN_TITLES = 6
NO_PLACE = "请先插上优盘，或者选择文件夹。"


class ExportPanel(QWidget):
    """Shows the plan for a partner and writes it. `written` carries what was written and where to."""

    written = Signal(object, object)
    closed = Signal()

    def __init__(self, context: Context, places: PlaceBar, work: Work, notice: Notice) -> None:
        super().__init__()
        self._context, self._places, self._work, self._notice = context, places, work, notice
        self._asked = 0
        self._plan: Plan | None = None
        self.to = heading("交给", "label")
        self.to.setWordWrap(False)
        self.partner = QComboBox()
        self.partner.setAccessibleName("交给哪个单位")
        self.partner.activated.connect(lambda _: self.plan())
        self.told, self.titles, self.room = heading("", "head"), heading("", "fact"), heading("", "fault")
        self.write_button: QPushButton = button("写到优盘", self.write, key="Ctrl+Return", role="main", drawing="export")
        self.close_button: QPushButton = button("不导出了", self.leave, key="Esc")
        places.changed.connect(self._on_place)
        self._build()
        self.hide()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.to)
        row.addWidget(self.partner, 1)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        for part in (self.told, self.titles, self.room):
            column.addWidget(part)
        self.buttons = ButtonRow((self.write_button, self.close_button))
        column.addWidget(self.buttons)

    def open(self, partners: "list[Partner]") -> None:
        """Ask for whom, and show what he would get."""
        chosen = self.partner.currentData()
        self.partner.clear()
        for one in partners:
            self.partner.addItem(visible(one.name), one.code)
        self.partner.setCurrentIndex(max(self.partner.findData(chosen), 0))
        self.show()
        self.plan()
        self.partner.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Write nothing."""
        self._asked += 1
        self._plan = None
        self.hide()
        self.closed.emit()

    def plan(self) -> None:
        """Ask what would be written for the partner at this place."""
        self._asked += 1
        asked, desk, to, place = self._asked, self._context.desk, self.partner.currentData(), self._places.place()
        limit = place.file_limit if place else None
        self._plan = None
        self.told.setText("正在看有什么要交给对方……")
        self._say_titles([], 0)
        self._allow()
        if to is not None:
            self._context.worker.start(
                lambda: planned(desk, to, limit), lambda plan: self._on_planned(asked, plan), lambda text: self._on_refused(asked, text)
            )

    def write(self) -> None:
        """Write it, if there is room."""
        plan, place, to = self._plan, self._places.place(), self.partner.currentData()
        if plan is None or place is None:
            self._notice.refused(NO_PLACE)
            return
        place = place_at(place.root, stick=place.stick)
        if text := has_no_room(place, plan.size):
            self._on_place()
            self._notice.refused(text)
            return
        self._notice.hide()
        self.hide()
        self._work.run(
            f"正在写到{place.noun}，请不要拔出……" if place.stick else f"正在写到{place.noun}……",
            lambda progress: exported(self._context.desk, to, place, progress),
            lambda found: self.written.emit(found, place),
            self._on_failed,
        )

    def _on_planned(self, asked: int, plan: "Plan") -> None:
        if asked != self._asked:
            return
        self._plan = plan
        self.told.setText(told_plan(plan))
        self._say_titles([visible(title) for title in plan.titles], plan.cases)
        self._allow()
        if self.partner.count() == 1:
            self.write_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_refused(self, asked: int, sentence: str) -> None:
        if asked == self._asked:
            self.told.setText("")
            self._notice.refused(sentence)

    def _on_failed(self, sentence: str) -> None:
        self.show()
        self._allow()
        tell_refusal(self._notice, sentence)
        self.write_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_place(self) -> None:
        if not self.isHidden() and not self._work.busy():
            self.plan()

    def _allow(self) -> None:
        place, plan = self._places.place(), self._plan
        why = NO_PLACE if place is None else has_no_room(place, plan.size) if plan else ""
        self.room.setText(f"！{visible(why)}" if why else "")
        self.room.setVisible(bool(why))
        self.write_button.setText(f"{'写到文件夹' if place and not place.stick else '写到优盘'}  Ctrl+Enter")
        self.write_button.setEnabled(plan is not None and not why)
        self.buttons.fit()

    def _say_titles(self, titles: list[str], whole: int) -> None:
        lines = [f"· {title}" for title in titles[:SHOWN_TITLES]]
        if whole > len(lines):
            lines.append(f"……等 {whole} 件")
        self.titles.setText("\n".join(lines))
        self.titles.setVisible(bool(lines))


def planned(desk: "Desk", to: str, limit: int | None) -> "Plan":
    """What would be written, read on a connection of its own: the window goes on meanwhile."""
    from desktop.services import exchange

    with desk.beside() as beside:
        return exchange.plan(beside, to, limit)


def exported(desk: "Desk", to: str, place: Place, progress: Progress) -> "Exported":
    """Write the bundles."""
    from desktop.services import exchange

    return exchange.export(desk, to, place.root, limit=place.file_limit, progress=progress)


def told_plan(plan: "Plan") -> str:
    """What would be on the stick, in plain words."""
    if not (plan.changes or plan.attachments):
        return f"{visible(plan.receiver)}什么都不缺，没有新的要写；写一份也不要紧，它会告诉对方这里收到了什么。"
    text = f"要写 {content_told(plan.cases, plan.changes, plan.attachments)}，约 {size_of(plan.size)}"
    return f"{text}，分成 {plan.bundles} 个文件。" if plan.bundles > 1 else f"{text}。"


def content_told(cases: int, changes: int, attachments: int) -> str:
    """`12 件纠纷、34 处改动、3 个附件`."""
    parts = [f"{cases:,} 件纠纷", f"{changes:,} 处改动"] + ([f"{attachments:,} 个附件"] if attachments else [])
    return "、".join(parts)


def told_export(found: "Exported", place: Place) -> str:
    """The receipt of an export in plain words."""
    files = "\n".join(f"· {visible(path.name)}" for path in found.paths[:SHOWN_TITLES])
    more = f"\n……共 {len(found.paths)} 个文件，请一起送去" if len(found.paths) > SHOWN_TITLES else ""
    return (
        f"写给{visible(found.receiver)}：{content_told(found.cases, found.changes, found.attachments)}，{size_of(found.size)}，"
        f"已读回核对，和本机一致。\n{visible(place.noun)}里的文件：\n{files}{more}\n"
        "送到以后，请对方念回执码，填到下面的“输入回执码”；对方下次送优盘来也会自动说明收到了什么。"
    )
