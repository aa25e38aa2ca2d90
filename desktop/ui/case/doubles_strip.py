"""On the case page: what the case may be a double of, and what it was merged with. Nothing is merged but by a person."""

import time
from collections.abc import Callable, Generator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout

from desktop.domain.case import Case
from desktop.domain.likeness import gist
from desktop.ui.case.doubles_line import LOOK, MERGE, NOT_SAME, OPEN, PART, Line, merging_told, small, told
from desktop.ui.context import Context, Notice, heading
from desktop.ui.theme import em
from desktop.ui.visible import visible

if TYPE_CHECKING:
    from desktop.services.doubles import Card, Double, Kin

NAMED = 3
"""So many doubles of one case are shown; of the others only how many there are."""

SHARE, UNFOLDED = 0.3, 0.36
"""Of the window's height that the strip takes at most, by itself and when it was asked for; the rest of it scrolls."""

AFTER, SLICE, HELD = 20, 0.015, 50
"""Milliseconds from the case to the first step of the search for doubles, so that the case is painted before it; seconds of the steps that
are taken in one go; milliseconds to the next try while the worker is busy."""

NARROW = 36
"""Below so many ems the strip is one sentence until it is asked for: with large text it would leave no room for the form."""


class DoublesStrip(QScrollArea):
    """A quiet strip, gone where there is nothing to say.

    `opened` carries the id of a case to be shown, `changed` the case of the page after something was merged or parted. `ready` saves
    what was typed and gives the case, or None.
    """

    opened = Signal(str)
    changed = Signal(object)

    def __init__(self, context: Context, notice: Notice, ready: Callable[[], Case | None]) -> None:
        super().__init__()
        self._context, self._notice, self._ready = context, notice, ready
        self._case: Case | None = None
        self._shown = ""
        self._not_same: list[Double] = []
        self._steps: Generator[None, None, None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look_on)
        self.lines: list[Line] = []
        content = QFrame()
        content.setProperty("role", "next")
        self._column = QVBoxLayout(content)
        self.more = heading("", "soft")
        self.short = Line("", [small(LOOK, "可能重复登记的纠纷", self._unfold, "Ctrl+K")])
        self._unfolded = False
        for part in (self.more, self.short):
            self._column.addWidget(part)
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    # --- following the page ---

    def show_case(self, case: Case) -> None:
        """Another case is shown, or the same one as saved: what was said of it before it was registered is kept now."""
        from desktop.services import doubles

        was_new = self._case is not None and not self._case.id and gist(self._case) == gist(case)
        if case.id and was_new:
            for double in self._not_same:
                doubles.dismiss(self._context.desk, double._replace(one=double.one._replace(id=case.id)))
        if case.id != self._shown:
            self._show([], "", "")
        self._shown = case.id
        self.rest()
        self._not_same = []
        self._case = None
        self._unfolded = False

    def follow(self, case: Case) -> None:
        """Look for doubles of the case as it is typed, where what is compared differs from the last time; `looking` until it is done."""
        if self._case is not None and gist(case) == gist(self._case):
            return
        self._case = case
        self._look()

    def looking(self) -> bool:
        """Whether the search is under way; what stands here is what was found before."""
        return self._steps is not None

    def rest(self) -> None:
        """Give the search up."""
        self._timer.stop()
        self._steps = None

    def _look(self) -> None:
        if self._case is not None:
            self._steps = self._search(self._case)
            self._timer.start(AFTER)

    def _look_on(self) -> None:
        """Take some steps of the search: among a million cases the whole of it would hold up the keys."""
        if self._context.worker.busy():  # one thread at a time may use the desk
            self._timer.start(HELD)
            return
        steps, stop = self._steps, time.monotonic() + SLICE
        self._steps = None  # unless it goes on: a step may be refused
        while steps is not None and time.monotonic() < stop:
            try:
                next(steps)
            except StopIteration:
                return
        self._steps = steps
        self._timer.start(0)

    def _search(self, case: Case) -> Generator[None, None, None]:
        from desktop.services import doubles

        desk = self._context.desk
        kin = doubles.kin(desk, case.id) if case.id else None
        if kin and (kin.main or kin.elsewhere):
            self._show([self._merged_away(kin)], f"已并入{kin.main.number if kin.main else '另一件纠纷'}。", "")
            return
        likely = yield from doubles.looking(desk, case)
        dismissed = {double.other.id for double in self._not_same}
        found = [double for double in likely if double.other.id not in dismissed]
        merged = [Line(f"并入本件：{told(card)}", [self._opener(card)]) for card in (kin.merged if kin else ())]
        more = f"另有{len(found) - NAMED}件也相像。" if len(found) > NAMED else ""
        self._show([*map(self._double, found[:NAMED]), *merged], _in_short(len(merged), found), more)

    def _show(self, lines: Sequence[Line], short: str, more: str) -> None:
        for line in self.lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = list(lines)
        for place, line in enumerate(self.lines):
            self._column.insertWidget(place, line)
        self.short.label.setText(visible(short))
        self.more.setText(more)
        self.setVisible(bool(lines))
        self._fit()

    # --- lines ---

    def _merged_away(self, kin: "Kin") -> Line:
        part = small(PART, "本件", self._part, "Ctrl+Shift+M")
        if kin.main is None:
            return Line("已并入另一件纠纷，那一件还没有送到本机。", [part])
        return Line(f"已并入：{told(kin.main)}", [self._opener(kin.main), part])

    def _double(self, double: "Double") -> Line:
        about = told(double.other)
        merge = small(MERGE, about, lambda: self._merge(double))
        not_same = small(NOT_SAME, about, lambda: self._dismiss(double))
        return Line(f"！可能是同一件：{about}\n{'；'.join(double.why)}", [self._opener(double.other), merge, not_same])

    def _opener(self, card: "Card") -> QPushButton:
        return small(OPEN, told(card), lambda: self.opened.emit(card.id))

    # --- what the operator decides ---

    def _merge(self, double: "Double") -> None:
        from desktop.services import cases, doubles

        desk = self._context.desk
        if not self._context.asker.confirm(self, merging_told(double), MERGE) or (case := self._ready()) is None:
            return
        if self._notice.attempt(lambda: doubles.merge(desk, case.id, double.other.id)):
            self.changed.emit(cases.load(desk, case.id))
            self._notice.done(f"已合并为同一纠纷：{told(double.other)}")

    def _dismiss(self, double: "Double") -> None:
        from desktop.services import doubles

        if double.one.id:
            doubles.dismiss(self._context.desk, double)
        else:
            self._not_same.append(double)
        self._look()

    def _part(self) -> None:
        from desktop.services import doubles

        case = self._ready()
        if case and (parted := self._notice.attempt(lambda: doubles.part(self._context.desk, case.id))):
            self.changed.emit(parted)
            self._notice.done("已取消合并，两件纠纷各自办理；协办单位没有变。")

    # --- size ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _unfold(self) -> None:
        self._unfolded = True
        self._fit()

    def _fit(self) -> None:
        folded = self.width() < em(self) * NARROW and not self._unfolded
        self.short.setVisible(folded)
        self.more.setVisible(bool(self.more.text()) and not folded)
        for line in self.lines:
            line.setVisible(not folded)
        wanted = self._column.totalHeightForWidth(max(self.viewport().width(), 1))
        most = round(self.window().height() * (UNFOLDED if self._unfolded else SHARE))
        self.setFixedHeight(min(max(wanted, 1), max(most, round(em(self) * 3))))


def _in_short(merged: int, found: "Sequence[Double]") -> str:
    """What the lines say, in one sentence."""
    told_merged = f"并入本件的有{merged}件。" if merged else ""
    if not found:
        return told_merged
    first = found[0].other.number or found[0].other.title
    return f"！可能与{first}{f'等{len(found)}件' if len(found) > 1 else ''}是同一件纠纷。{told_merged}"
