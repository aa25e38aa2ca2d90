"""The first run: office, operator and password, recovery sheet, county, practice. It can be gone back in, broken off and resumed."""

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.ask import Asker
from desktop.ui.context import Context, heading, press_with
from desktop.ui.doors.card import Door, column_of, enter_button
from desktop.ui.doors.office import OfficeAsked, OperatorAsked
from desktop.ui.doors.steps import BeginStep, CountyStep, OfficeStep, OperatorStep, SheetStep, Step

if TYPE_CHECKING:
    from desktop.services.desk import Desk

OFFICE, OPERATOR, SHEET, COUNTY, BEGIN = range(5)
_AT, _TYPED, _NAME = "first_run/at", "first_run/office", "operator"


def resumes_at(settings: QSettings | None) -> int:
    """The page at which a first run was broken off after the office was made; 0 if there is none."""
    at = str(settings.value(_AT, "0")) if settings else "0"
    return int(at) if at in {"2", "3", "4"} else 0


class FirstRun(Door):
    """The pages in their order. `opened` carries the new desk, `wanted_practice` too: the office is made, practice comes first."""

    opened = Signal(object)
    wanted_practice = Signal(object)

    def __init__(self, folder: Path, settings: QSettings | None = None, asker: Asker | None = None, desk: "Desk | None" = None) -> None:
        """Begin, or go on where it was broken off with the desk that was made then."""
        super().__init__()
        self._folder, self._settings, self._asker = folder, settings, asker or Asker()
        self.desk = desk
        self._made_from: tuple[OfficeAsked, OperatorAsked] | None = None
        self.office = OfficeStep(_stored(settings))
        self.operator = OperatorStep(str(settings.value(_NAME, "")) if settings else "")
        self.steps: list[Step] = [self.office, self.operator]
        self.sheets = QWidget()  # not a stack of pages, which would always be as high as the highest
        self._pages = QVBoxLayout(self.sheets)
        self._pages.setContentsMargins(0, 0, 0, 0)
        self.at = OFFICE
        self.place = heading("", "soft")
        self.back = enter_button("上一步", self.go_back, key="Esc", drawing="back")
        self.next = enter_button("", self.go_on, role="main")
        press_with(self.next, "Ctrl+Return")
        self._build()
        for step in self.steps:
            self._add(step)
        if desk is not None:
            self._follow_up(desk, "")
        QTimer.singleShot(0, self, lambda: self._show(resumes_at(settings) if desk else OFFICE))

    def _build(self) -> None:
        below = QWidget()
        row = QHBoxLayout(below)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.back)
        row.addWidget(self.next)
        row.addStretch(1)
        self.put("枫桥调解台", column_of(self.place, self.sheets, self.notice, self.waiting, below), 42)

    def _add(self, step: Step) -> None:
        self._pages.addWidget(step)
        step.hide()
        step.finished.connect(self.go_on)

    # --- moving ---

    def go_on(self) -> None:
        """To the next page, unless something is missing here; the office is made on leaving the second."""
        if sentence := self.steps[self.at].fault():
            self.notice.refused(sentence)
            return
        if self.at == OFFICE:
            self._keep_typed()
        if self.at == OPERATOR and self._made_from != self._given():
            self._keep_typed()
            self.attempt("正在建立单位……", self._make, self._on_made, self.operator.start)
        elif self.at == BEGIN:
            self._end()
            self.opened.emit(self.desk)
        else:
            self._show(self.at + 1)

    def go_back(self) -> None:
        """To the page before; what was typed stays."""
        if self.at > self._first():
            self._show(self.at - 1)

    def _first(self) -> int:
        """A run that was resumed does not know the password any more, so the office stays as it was made."""
        return SHEET if self.desk is not None and self._made_from is None else OFFICE

    def _show(self, at: int) -> None:
        self.at = at
        step = self.steps[at]
        self.notice.hide()
        self.place.setText(f"第 {at + 1} 步，共 {BEGIN + 1} 步：{step.title}")
        for one in self.steps:
            one.setVisible(one is step)
        self.back.setVisible(at > self._first())
        self.next.setVisible(at != BEGIN)
        self.next.setText(f"{step.onward}  Ctrl+Enter")
        if self.desk is not None and self._settings:
            self._settings.setValue(_AT, max(at, SHEET))
        step.start()
        if at == COUNTY:
            self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- making the office ---

    def _given(self) -> tuple[OfficeAsked, OperatorAsked]:
        return self.office.given(), self.operator.given()

    def _make(self) -> "tuple[Desk, str]":
        from desktop.services import beginning, desk, recovery

        if self.desk is not None:
            beginning.undo(self.desk)
            self.desk = None
        office, operator = self._given()
        code = office.code if office.level == "县" else None
        password = operator.password or ""
        made = desk.set_up(
            self._folder,
            password,
            level=office.level or "村",
            name=office.name or "",
            committee=office.committee,
            code=code,
            operator=operator.operator or "",
        )
        return made, recovery.make(self._folder, password)

    def _on_made(self, made: "tuple[Desk, str]") -> None:
        self._made_from = self._given()
        self._follow_up(*made)
        self._show(SHEET)

    def _follow_up(self, desk: "Desk", code: str) -> None:
        """Make the pages that need an office, for this one."""
        for step in self.steps[SHEET:]:
            self._pages.removeWidget(step)
            step.deleteLater()
        self.desk = desk
        context = Context(desk, self._asker, self.worker)
        self.sheet, self.county, self.begin = SheetStep(context, self.notice), CountyStep(context, self.notice), BeginStep()
        if code:
            self.sheet.box.show_code(code)
        self.sheet.later.connect(self._put_off)
        self.begin.wanted_practice.connect(self._practise)
        self.steps[SHEET:] = [self.sheet, self.county, self.begin]
        for step in self.steps[SHEET:]:
            self._add(step)

    def _put_off(self) -> None:
        """Go on without a sheet: a code that nobody has written down opens nothing."""
        from desktop.services import recovery

        if self.sheet.box.code:
            recovery.forget(self._folder)
            self.sheet.box.hide_code()
        self._show(COUNTY)

    def _practise(self) -> None:
        self._end()
        self.wanted_practice.emit(self.desk)

    def _end(self) -> None:
        if self._settings:
            self._settings.remove("first_run")

    # --- what was typed outlives the window ---

    def _keep_typed(self) -> None:
        if self._settings:
            office, operator = self._given()
            self._settings.setValue(_TYPED, msgspec.json.encode(office).decode())
            self._settings.setValue(_NAME, operator.operator or "")


def _stored(settings: QSettings | None) -> OfficeAsked:
    text = str(settings.value(_TYPED, "")) if settings else ""
    try:
        return msgspec.json.decode(text, type=OfficeAsked) if text else OfficeAsked()
    except msgspec.DecodeError:
        return OfficeAsked()
