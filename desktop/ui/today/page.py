"""今日: what is due, the most urgent first; beside it what was left unsaved, what came from others, and the month in figures."""

import time
from collections.abc import Generator, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.lunar import lunar_name
from desktop.ui.context import Context, Notice, button, heading
from desktop.ui.entry.dates import chinese, weekday
from desktop.ui.exchange.line import ExchangeLine
from desktop.ui.page import Page
from desktop.ui.paper.sheet import scrolling
from desktop.ui.theme import em
from desktop.ui.today.cards import Card, Entry, figures_told
from desktop.ui.today.things import Things

if TYPE_CHECKING:
    from desktop.services.today import Thing

SLICE = 0.02
"""Seconds of the steps that are taken in one go."""

SIDE = 17
"""Ems of the cards' column; a narrower window has them below."""


class TodayPage(Page):
    """The page one starts with.

    `wanted_case` carries a case and the path of a field, `wanted_draft` the name of a draft, `wanted` the name of another page.
    """

    wanted_case = Signal(str, str)
    wanted_draft = Signal(str)
    wanted = Signal(str)
    wanted_new = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        from desktop.services import today

        self._context, self._today = context, today
        self.notice = Notice()
        self.day = heading("")
        self.told = heading("", "soft")
        self.things = Things()
        self.things.chosen.connect(self.wanted_case)
        self.unsaved, self.came, self.month, self.advice = Card("没有保存的内容"), Card("等待接收"), Card("本月"), Card("提醒")
        self.exchange = ExchangeLine(context)
        self.exchange.told.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.exchange.wanted.connect(lambda: self.wanted.emit("exchange"))
        self._look: today.Look | None = None
        self._filling: Generator[None, None, None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look_on)
        self._build()

    def _build(self) -> None:
        self._top = top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        words = QVBoxLayout()
        words.addWidget(self.day)
        words.addWidget(self.told)
        top.addLayout(words, 1)
        buttons = QHBoxLayout()
        self.new_button = button("登记新纠纷  F2", self.wanted_new.emit, role="main", drawing="add")
        self.find_button = button("查找  F3", lambda: self.wanted.emit("disputes"), drawing="search")
        for made in (self.new_button, self.find_button):
            buttons.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(buttons)
        cards = QWidget()
        beside = QVBoxLayout(cards)
        beside.setContentsMargins(0, 0, 0, 0)
        for card in (self.unsaved, self.came, self.month, self.advice):
            beside.addWidget(card.frame)
        beside.addStretch(1)
        self._cards = cards
        content = QWidget()
        self._row = QHBoxLayout(content)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(round(em(self) * 0.8))
        self._row.addWidget(self.things, 1)
        self._row.addWidget(cards)
        column = QVBoxLayout(self)
        column.addLayout(top)
        column.addWidget(self.notice)
        column.addWidget(self.exchange)
        column.addWidget(scrolling(content), 1)
        self._fit()

    def refresh(self) -> None:
        """Look at what is due now."""
        today = self._context.desk.today()
        self.day.setText(_named(today))
        self._look = self._today.Look(self._context.desk)
        self._filling = self._fill_cards()
        self._show_unsaved()
        self._show_advice()
        self._look_on()

    def rest(self) -> None:
        self._timer.stop()
        self._look = self._filling = None
        self.exchange.rest()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.exchange.refresh()
        QTimer.singleShot(0, self, self._focus)  # after the window, which puts the cursor on the first button

    def _look_on(self) -> None:
        """Show what was found so far; where there are many cases, look on after the keys that were pressed meanwhile."""
        if self._context.worker.busy():  # one thread at a time may use the desk
            self._timer.start(200)
            return
        look = self._look
        if look is None:
            self._fill_on()
            return
        more = self.notice.attempt(look.go_on)
        if more:
            self._timer.start(0)
            self.told.setText("正在查看到期事项……")
            return
        self.told.setText(_summed(look.things, self._context.desk.today()))
        self.things.show_things(look.things, self._context.desk.today(), more=look.more)
        self._look = None
        self._focus()
        self._fill_on()

    def _focus(self) -> None:
        """The cursor waits on the most urgent thing, unless it is on another already."""
        at = QApplication.focusWidget()
        if not self.isVisible() or self._look is not None or any(line.go_button is at for line in self.things.lines):
            return
        if self.things.lines:
            self.things.focus_line(0)
        else:
            self.new_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill_on(self) -> None:
        """The cards, after what is due: they too are counted a slice at a time."""
        steps, self._filling = self._filling, None  # unless it goes on: a step may be refused
        if steps is not None and self.notice.attempt(lambda: _some(steps)):
            self._filling = steps
            self._timer.start(0)

    def _fill_cards(self) -> Generator[None, None, None]:
        desk = self._context.desk
        figures = yield from self._today.counting(desk)
        found = figures_told(figures)
        self.month.show_lines([] if found else ["本月还没有登记纠纷。"], figures=found)
        offered = yield from self._today.offering(desk)
        self.came.show_lines(
            ["其他单位移交来的纠纷，请打开后答复。"] if offered else [],
            [Entry(name, partial(self.wanted_case.emit, case, "")) for case, name in offered],
        )

    def _show_advice(self) -> None:
        from desktop.services import practice, recovery

        reminder = "" if practice.is_practice(self._context.desk) else recovery.reminder(self._context.desk)
        ways = [Entry("去设置  Alt+7", partial(self.wanted.emit, "settings"))]
        self.advice.show_lines([reminder] if reminder else [], ways if reminder else [])

    def _show_unsaved(self) -> None:
        from desktop.services import drafts

        found = drafts.drafts(self._context.desk)
        self.unsaved.show_lines(
            [],
            [Entry(f"{draft.title}　{_clock(draft.at)}", partial(self.wanted_draft.emit, draft.name)) for draft in found],
        )

    def _fit(self) -> None:
        wide = self.width() > em(self) * 46
        self._top.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self._cards.setMaximumWidth(round(em(self) * SIDE) if wide else 16_777_215)
        self._cards.setMinimumWidth(round(em(self) * SIDE) if wide else 0)


def _some(steps: Generator[None, None, None]) -> bool:
    """Take some steps; whether more are left."""
    stop = time.monotonic() + SLICE
    while time.monotonic() < stop:
        try:
            next(steps)
        except StopIteration:
            return False
    return True


def _named(day: date) -> str:
    lunar = lunar_name(day)
    return f"{chinese(day)}　{weekday(day)}" + (f"　农历{lunar}" if lunar else "")


def _summed(things: Sequence["Thing"], today: date) -> str:
    overdue = sum(thing.on < today for thing in things)
    if not things:
        return "近七天没有到期的事项。"
    return f"逾期 {overdue} 项，七天以内 {len(things) - overdue} 项。" if overdue else f"七天以内有 {len(things)} 项，没有逾期。"


def _clock(at: str) -> str:
    return f"{int(at[5:7])}月{int(at[8:10])}日 {at[11:16]}"
