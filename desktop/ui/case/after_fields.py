"""履行、回访、归档: what follows the agreement."""

from datetime import date
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent

from desktop.domain import visit_plan
from desktop.domain.case import Case
from desktop.domain.codes import Grievance, Performance, Risk, Satisfaction, VisitMethod
from desktop.domain.confirmation_window import window
from desktop.domain.deadline import IsWorkingDay, weekdays_only
from desktop.domain.dossier import Confirmation, ConfirmationResult, Filing, Retention
from desktop.domain.visit import Visit
from desktop.ui.button_row import ButtonRow
from desktop.ui.case.added_list import AddedList
from desktop.ui.case.fulfilment_list import Fulfilments
from desktop.ui.case.library_door import case_around, door_of
from desktop.ui.case.list_buttons import in_one_row
from desktop.ui.context import button, heading
from desktop.ui.entry.clock import today_around
from desktop.ui.entry.dates import chinese
from desktop.ui.entry.form import Field, Record
from desktop.ui.entry.inputs import Flag, Text
from desktop.ui.entry.long_text import LongText
from desktop.ui.entry.pick import pick
from desktop.ui.entry.record_list import Column, RecordList
from desktop.ui.entry.typed import Day

VISIT = (
    Field("on", "回访日期", Day, 2),
    Field("method", "方式", pick(VisitMethod), 2),
    Field("party", "回访对象", Text, 2),
    Field("by", "回访人", Text, 2),
    Field("place", "地点", Text, 2),
    Field("performance", "履行情况", pick(Performance), 2),
    Field("satisfaction", "满意程度", pick(Satisfaction), 2),
    Field("grievance", "积怨", pick(Grievance), 2),
    Field("risk", "现在的风险", pick(Risk), 2),
    Field("note", "回访情况", partial(LongText, 3), 6),
    Field("measures", "采取的措施", partial(LongText, 2), 6),
    Field("next_on", "下次回访", Day, 2),
)
_PLANNED = ("Ctrl+F6", "Shift+F6", "Ctrl+Shift+F6", "Alt+H")
"""The keys of the planned visits that are still to be made; of more than so many the first are offered."""


class Visits(AddedList):
    """The visits after the mediation; a planned one that has not been made yet is a button that begins its record, without results."""

    def __init__(self) -> None:
        columns = (
            Column("日期", lambda visit: chinese(visit.on)),
            Column("方式", lambda visit: visit.method or ""),
            Column("对象", lambda visit: visit.party or "", wide=True),
            Column("履行", lambda visit: visit.performance or ""),
            Column("满意", lambda visit: visit.satisfaction or ""),
        )
        super().__init__("回访", columns, VISIT, lambda _: Visit())
        self.plan = heading("", "soft")
        self.planned = [button("", self.begin, key=key) for key in _PLANNED]
        self._row = ButtonRow(self.planned)
        in_one_row(self)
        self.column.insertWidget(0, self.plan)
        self.column.insertWidget(1, self._row)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self.renew)
        self.changed.connect(self._timer.start)
        self._show_plan(None)

    def show_value(self, value: object) -> None:
        super().show_value(value)
        self._timer.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.stop()
        self.renew()

    def begin(self) -> None:
        """Begin the record of a planned visit: who visits and whom."""
        case = case_around(self)
        if case is None or not self._may_leave():
            return
        old = self.value_rows()
        self.show_value((*old, visit_plan.blank_visit(case, case.mediators[0] if case.mediators else "")))
        self.reveal(f"[{len(old)}].on")
        self.changed.emit()

    def renew(self) -> None:
        """Show the plan by the case as typed."""
        if self.isVisible():
            self._show_plan(case_around(self))

    def _show_plan(self, case: Case | None) -> None:
        left = visit_plan.outstanding(case) if case else ()
        self.plan.setText(plan_words(case, today_around(self)) if case else "")
        self.plan.setVisible(bool(self.plan.text()))
        for number, made in enumerate(self.planned):
            made.setVisible(number < len(left))
            if number < len(left):
                made.setText(f"回访 {left[number].month}月{left[number].day}日  {_PLANNED[number]}")
        self._row.setVisible(bool(left))
        self._row.fit()


def plan_words(case: Case, today: date) -> str:
    """The plan of the case in one line, what is done marked with ✓, what filing gave up told as not done."""
    start, days = visit_plan.ended_on(case), visit_plan.planned(case)
    if start is None or not days:
        return ""
    left, given_up = visit_plan.outstanding(case), visit_plan.not_made(case)
    said = {day: _how(day, today) if day in left else "（没有做）" for day in given_up}
    told = "　".join(f"{day.month}月{day.day}日{said.get(day, ' ✓')}" for day in days)
    return f"回访计划（从{chinese(start)}起算）：{told}"


def _how(day: date, today: date) -> str:
    late = (today - day).days
    return f"（已过{late}天）" if late > 0 else "（今天）" if late == 0 else f"（还有{-late}天）"


def visits() -> RecordList:
    """The visits after the agreement."""
    return Visits()


CONFIRMATION = (
    Field("court", "法院", Text, 3),
    Field("applied_on", "申请日期", Day, 3),
    Field("on_the_spot", "", partial(Flag, "当场确认"), 3),
    Field("case_number", "案号", Text, 3),
    Field("result", "结果", pick(ConfirmationResult), 3),
    Field("ruling", "裁定书编号", Text, 3),
    Field("decided_on", "裁定日期", Day, 3),
)


class ConfirmationRecord(Record):
    """Judicial confirmation, with its thirty days in words."""

    def __init__(self) -> None:
        super().__init__(CONFIRMATION, Confirmation(), title="司法确认（共同申请的）")
        self.window_words = heading("", "soft")
        self.column.insertWidget(0, self.window_words)
        self.window_words.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self.renew)
        self.changed.connect(self._timer.start)

    def show_value(self, value: object) -> None:
        super().show_value(value)
        self._timer.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.stop()
        self.renew()

    def renew(self) -> None:
        """Say until when the parties may apply, by the calendar of the office."""
        case = case_around(self) if self.isVisible() else None
        if case is None:
            return
        is_working_day: IsWorkingDay = weekdays_only
        if door := door_of(self):
            from desktop.services.working_days import working_days

            is_working_day = working_days(door.context.desk)
        self.window_words.setText(window(case, today_around(self), is_working_day))
        self.window_words.setVisible(bool(self.window_words.text()))


FILING = (
    Field("filed_by", "立卷人", Text, 3),
    Field("filed_on", "立卷日期", Day, 3),
    Field("checked_by", "检查人", Text, 3),
    Field("checked_on", "检查日期", Day, 3),
    Field("retention", "保管期限", pick(Retention), 3),
    Field("place", "存放位置", Text, 3),
    Field("explanation", "卷宗情况说明", partial(LongText, 2), 6),
    Field("remark", "备注", Text, 6),
)
PERFORMING = (
    Field("fulfilments", "", Fulfilments, 6),
    Field("confirmation", "", ConfirmationRecord, 6),
)
CLOSING = (
    Field("visits", "", visits, 6),
    Field("filing", "", partial(Record, FILING, Filing(), title="立卷"), 6),
    Field("closed_on", "归档日期", Day, 2),
)
