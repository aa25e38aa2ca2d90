"""The filters above the list: a button for each, which becomes a chip with its value and is taken off by pressing it again."""

from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec
from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from desktop.domain.codes import DisputeType, Risk, choices
from desktop.domain.standing import Status
from desktop.services.desk import Desk
from desktop.services.finding import ENDED, OPEN, Wanted
from desktop.ui.button_row import ButtonRow
from desktop.ui.context import button, press_with
from desktop.ui.visible import visible

Values = dict[str, Any]
"""Fields of `Wanted`."""


class Offer(NamedTuple):
    """A value that a filter offers: what stands in its menu, what on the chip, and the fields of `Wanted`."""

    text: str
    short: str
    values: Values


class Filter(NamedTuple):
    """A filter: its name, its key, what it offers, and whether that stands in a menu; one offer alone is taken by pressing the button."""

    name: str
    key: str
    offers: Callable[[], list[Offer]]
    has_menu: bool = True


def filters(desk: Desk, years: Callable[[], list[int]]) -> list[Filter]:
    """The filters of the list at this office, for the operator who works there."""
    own = desk.office.name
    places = [Offer("本单位登记的", "本单位", {"office": own}), Offer("别的单位登记的", "别的单位", {"not_office": own})]
    return [
        Filter("进度", "Alt+J", lambda: _courses(desk)),
        Filter("风险", "Alt+F", lambda: [Offer(f"{one}风险", one, {"risk": one}) for one in reversed(choices(Risk))]),
        Filter("类型", "Alt+L", lambda: [Offer(one, one, {"type": one}) for one in choices(DisputeType)]),
        Filter("年份", "Alt+N", lambda: [Offer(f"{one}年", f"{one}年", {"year": one}) for one in years()]),
        Filter("单位", "Alt+D", lambda: places),
        Filter("我经办的", "Alt+W", lambda: [Offer("我经办的", "", {"person": desk.operator})], has_menu=False),
        Filter("待核对", "Alt+H", lambda: [Offer("待核对", "", {"doubtful": True})], has_menu=False),
    ]


def _courses(desk: Desk) -> list[Offer]:
    first = [
        Offer("未结", "未结", {"statuses": tuple(map(str, OPEN))}),
        Offer("逾期：有事情过了期限", "逾期", {"due_before": desk.today()}),
        Offer("已结", "已结", {"statuses": tuple(map(str, ENDED))}),
    ]
    return first + [Offer(str(one), str(one), {"statuses": (str(one),)}) for one in Status]


class FilterBar(QWidget):
    """The buttons of the filters. `changed` comes when another choice was made."""

    changed = Signal()

    def __init__(self, offered: list[Filter]) -> None:
        super().__init__()
        self._filters = offered
        self._chosen: dict[str, Offer] = {}
        self.buttons = {one.name: self._chip(one) for one in offered}
        self.clear_all = button("清除筛选", self.clear, key="Ctrl+Shift+X", role="plain")
        self.clear_all.hide()
        self.row = ButtonRow([*self.buttons.values(), self.clear_all])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.row)
        self.row.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # the bold text of a chip has its width only when the style was laid over it
            self.row.fit()
        return super().eventFilter(watched, event)

    def _chip(self, one: Filter) -> QPushButton:
        made = QPushButton()
        made.setAutoDefault(False)
        made.setProperty("role", "filter")
        made.clicked.connect(lambda: self._press(one))
        press_with(made, one.key)
        _label(made, one, None)
        return made

    def wanted(self, words: str) -> Wanted:
        """These words, with what is chosen here."""
        values: Values = {}
        for offer in self._chosen.values():
            values |= offer.values
        return msgspec.structs.replace(Wanted(words=words), **values)

    def choose(self, name: str, offer: Offer | None) -> None:
        """Filter by the offer, or no more by this filter."""
        if offer is None:
            self._chosen.pop(name, None)
        else:
            self._chosen[name] = offer
        self._show()
        self.changed.emit()

    def clear(self) -> None:
        """Filter by nothing."""
        if self._chosen:
            self._chosen.clear()
            self._show()
            self.changed.emit()

    def chosen(self) -> list[str]:
        """The names of the filters that are on."""
        return list(self._chosen)

    def menu(self, name: str) -> QMenu:
        """The menu of a filter, not yet shown."""
        menu = QMenu(self.buttons[name])
        for offer in next(one for one in self._filters if one.name == name).offers():
            action = QAction(visible(offer.text), menu)
            action.triggered.connect(lambda _=False, offer=offer: self.choose(name, offer))
            menu.addAction(action)
        return menu

    def _press(self, one: Filter) -> None:
        if one.name in self._chosen:
            self.choose(one.name, None)
        elif not one.has_menu:
            self.choose(one.name, one.offers()[0])
        else:
            menu = self.menu(one.name)
            menu.aboutToHide.connect(menu.deleteLater)
            made = self.buttons[one.name]
            menu.popup(made.mapToGlobal(made.rect().bottomLeft()))

    def _show(self) -> None:
        for one in self._filters:
            _label(self.buttons[one.name], one, self._chosen.get(one.name))
        self.clear_all.setVisible(len(self._chosen) > 1)
        self.row.fit()


def _label(made: QPushButton, one: Filter, chosen: Offer | None) -> None:
    told = f"{one.name}：{chosen.short}" if chosen and chosen.short else one.name
    shown = f"{told} ✕" if chosen else f"{one.name} ▾" if one.has_menu else one.name
    made.setText(f"{shown}  {one.key}")
    made.setAccessibleName(f"筛选：{told}，按下取消" if chosen else f"按{one.name}筛选")
    made.setProperty("on", bool(chosen))
    made.style().polish(made)
