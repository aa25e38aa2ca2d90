"""The seven elements of a mediation record as ticks, and the button that says that the parties were told their rights."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QCheckBox

from desktop.domain.session_elements import CODES, ELEMENTS
from desktop.ui.case.library_door import case_around
from desktop.ui.context import button, heading
from desktop.ui.entry.clock import today_around
from desktop.ui.entry.tick_grid import TickGrid, show_ticked
from desktop.ui.entry.typed import Day

_TWO_COLUMNS = 27
"""From so many ems on the ticks stand in two columns."""


class ElementTicks(TickGrid):
    """Which elements the record has. Those that are written below their headings are ticked by themselves and are no part of the value."""

    def __init__(self) -> None:
        super().__init__({element.code: QCheckBox(element.name) for element in ELEMENTS}, _TWO_COLUMNS)
        self._others: tuple[str, ...] = ()
        self._ticked: set[str] = set()
        self._written: frozenset[str] = frozenset()
        self.told = heading("", "soft")
        self.prompt = heading("", "soft")
        self.column.insertWidget(0, self.told)
        self.column.addWidget(self.prompt)
        for element, box in zip(ELEMENTS, self.boxes.values(), strict=True):
            box.setToolTip(element.prompt)
            box.setAccessibleDescription(element.prompt)
            box.toggled.connect(lambda on, code=element.code: self._on_tick(code, on=on))
        self.prompt.hide()
        self._renew()

    def show_value(self, value: object) -> None:
        codes = value if isinstance(value, tuple) else ()
        self._others = tuple(code for code in codes if code not in CODES)
        self._ticked = set(codes) & set(CODES)
        self._renew()

    def value(self) -> object:
        return tuple(code for code in CODES if code in self._ticked) + self._others

    def show_written(self, codes: Iterable[str]) -> None:
        """Tick what the record has below its headings."""
        self._written = frozenset(codes)
        self._renew()

    def missing(self) -> list[str]:
        """The names of the elements that are not there."""
        return [element.name for element in ELEMENTS if element.code not in self._ticked | self._written]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The prompt is that of the tick with the cursor."""
        if event.type() == QEvent.Type.FocusIn:
            self.prompt.setText(next(element.prompt for element in ELEMENTS if self.boxes[element.code] is watched))
            self.prompt.show()
        return super().eventFilter(watched, event)

    def _on_tick(self, code: str, *, on: bool) -> None:
        (self._ticked.add if on else self._ticked.discard)(code)
        self._renew()
        self.changed.emit()

    def _renew(self) -> None:
        for element in ELEMENTS:
            box = self.boxes[element.code]
            by_itself = element.code in self._written and element.code not in self._ticked
            show_ticked(box, on=by_itself or element.code in self._ticked)
            box.setText(f"{element.name}（已写）" if by_itself else element.name)
            box.setEnabled(not by_itself)
        lacking = len(self.missing())
        self.told.setText(f"七个要素缺一不可，已有{len(ELEMENTS) - lacking}个{f'，还差{lacking}个' if lacking else '，齐全'}。")


class Informed(Day):
    """The day on which the parties were told their rights and duties: a button says that it was today.

    Where a mediation was entered that took place before, it says the day of the first one: they are told no later (人民调解法第二十三条).
    """

    def __init__(self) -> None:
        super().__init__()
        self.button = button("已告知权利义务", self._say_told, key="Ctrl+G", drawing="check")
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_value(self, value: object) -> None:
        super().show_value(value)
        self._fit()

    def _say_told(self) -> None:
        if not self.line.isReadOnly():
            case = case_around(self)
            mediated = [one.started_at[:10] for one in case.sessions if one.kind == "调解记录" and one.started_at] if case else []
            today = today_around(self)
            self.show_value(min([today, *map(date.fromisoformat, mediated)]))
            self.changed.emit()

    def _fit(self) -> None:
        self.button.setEnabled(self.value() is None)
