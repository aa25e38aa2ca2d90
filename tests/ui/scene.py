"""A page in a state, and the ways that many of them share."""

from collections.abc import Callable
from typing import NamedTuple, cast

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from desktop.domain.case import Case
from desktop.services import cases
from desktop.services.desk import Desk
from desktop.ui.case.page import CasePage
from desktop.ui.exchange.page import ExchangePage
from desktop.ui.window import Window
from tests.ui.stage import Stage


class Scene(NamedTuple):
    """A page in a state: the name of its pictures, its title, and how one comes there. `drawn`: there are pictures of it in docs/ui.md."""

    name: str
    title: str
    go: Callable[[Stage], Window]
    drawn: bool = True


def unlocked(stage: Stage) -> Window:
    """The window of the township, open."""
    window = stage.main()
    if window.lock is not None and window.lock.on():
        window.lock.open()
    return window


def room(name: str) -> Callable[[Stage], Window]:
    """A page of the township."""

    def go(stage: Stage) -> Window:
        window = unlocked(stage)
        window.go(name)
        return window

    return go


def empty_room(name: str) -> Callable[[Stage], Window]:
    """A page of the office without cases."""

    def go(stage: Stage) -> Window:
        window = stage.empty()
        window.go(name)
        return window

    return go


def scroll(page: QWidget, part: QWidget) -> None:
    """Bring the part to the top of the page's scroll area, where the cursor does not draw the page back to itself."""
    area, cursor = page.findChild(QScrollArea), QApplication.focusWidget()
    assert area is not None
    if cursor is not None and not part.isAncestorOf(cursor):
        cursor.clearFocus()
    QApplication.processEvents()
    top = part.mapTo(cast("QWidget", area.widget()), QPoint(0, 0)).y()
    area.verticalScrollBar().setValue(top - 16)


def exchange(stage: Stage, window: Window) -> ExchangePage:
    """The page of the exchange, with nothing begun and no drawer open."""
    window.go("exchange")
    page = cast("ExchangePage", window.page("exchange"))
    stage.settle(window)
    page.drawers.show_drawer(None)
    for panel in (page.exporting, page.importing, page.done):
        panel.hide()
    area = page.findChild(QScrollArea)
    assert area is not None
    area.verticalScrollBar().setValue(0)
    return page


def named(desk: Desk, words: str) -> Case:
    """The first case of the office with these words in its title."""
    return next(cases.load(desk, row.id) for row in cases.rows(desk) if words in row.title)


def case_page(stage: Stage, words: str, tab: int) -> tuple[Window, CasePage]:
    """A case of the township, opened anew at a tab."""
    window = unlocked(stage)
    window.open_case(named(stage.town.desk, words).id)
    return window, at_tab(stage, window, tab)


def case_kept(stage: Stage, words: str, tab: int) -> tuple[Window, CasePage]:
    """The same for what lies over a case: it is not opened anew when it is in front."""
    window = unlocked(stage)
    case = named(stage.town.desk, words)
    front = window.stack.currentWidget()
    if not isinstance(front, CasePage) or front.case_id() != case.id or front.unsaved():
        window.open_case(case.id)
    page = window.case_page()
    page.tabs.show_tab(tab)
    return window, page


def at_tab(stage: Stage, window: Window, tab: int) -> CasePage:
    """The page of the case in front at a tab, with the living page drawn."""
    page = window.case_page()
    page.tabs.show_tab(tab)
    living = page.living
    stage.settle(window)
    stage.wait(lambda: not living.isVisible() or (living._drawn is not None and not living._waiting))
    return page
