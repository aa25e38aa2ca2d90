"""The window of the benchmark of the desk: the list on the screen, a case opened, and what somebody does in a scripted use."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.ui.application import create
from desktop.ui.window import Window
from tests.benchmarks.desk_files import PASSWORD

if TYPE_CHECKING:
    from desktop.ui.meetings.page import MeetingsPage
    from desktop.ui.today.page import TodayPage


def settle(app: QApplication, until: Callable[[], bool] = lambda: True, seconds: float = 10) -> None:
    """Let events be handled until nothing is left to do and the condition holds."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        app.processEvents()
        if until():
            app.processEvents()
            return
    raise TimeoutError


def shown_list(folder: Path) -> tuple[QApplication, Window]:
    """The window with the list painted."""
    os.environ["FENGQIAO_PASSWORD"] = PASSWORD
    app, window = create(folder)
    window.show()
    window.go("disputes")
    table = window.list_page().table
    settle(app, lambda: table.isVisible() and table.indexAt(table.rect().center()).isValid())
    return app, window


def opened(window: Window, case_id: str) -> None:
    """From Enter in the list to the painted case."""
    window.open_case(case_id)
    window.case_page().repaint()


class Script:
    """What somebody does with the list, key by key."""

    def __init__(self, app: QApplication, window: Window) -> None:
        self._app, self._window = app, window
        self._page = window.list_page()

    def steps(self) -> dict[str, Callable[[], None]]:
        """Each step ends when nothing is left to do."""
        page = self._page
        return {
            "the end of the list": lambda: self._into_table(Qt.Key.Key_End),
            "the start of the list": lambda: self._into_table(Qt.Key.Key_Home),
            "a page further": lambda: self._into_table(Qt.Key.Key_PageDown),
            "a name is typed": lambda: self._search_for("张伟"),
            "a number is typed": lambda: self._search_for("138123"),
            "letters are typed": lambda: self._search_for("lxm"),
            "the end of what was found": lambda: self._into_table(Qt.Key.Key_End),
            "a case is opened": lambda: self._then(page.open_current),
            "back to the list": lambda: self._then(lambda: self._window.show_list("")),
            "the search is emptied": lambda: self._then(page.search.clear),
            "what I mediate": lambda: self._then(page.filters.buttons["我经办的"].click),
            "what is in doubt": lambda: self._then(page.filters.buttons["待核对"].click),
            "no filters": lambda: self._then(page.filters.clear),
            "what is due": lambda: self._go("today"),
            "the letters": lambda: self._go("letters"),
            "the meetings": lambda: self._go("meetings"),
            "a meeting is prepared": self._prepare,
            "the list again": lambda: self._go("disputes"),
        }

    def _go(self, name: str) -> None:
        self._then(lambda: self._window.go(name))

    def _prepare(self) -> None:
        page = cast("MeetingsPage", self._window.page("meetings"))
        self._then(lambda: page.prepare("周研判"))
        self._then(page.close_meeting)

    def _search_for(self, text: str) -> None:
        self._then(self._page.search.clear)
        self._page.search.setFocus()
        for key in text:
            if key.isascii():
                QTest.keyClicks(self._page.search, key)
            else:
                self._page.search.insert(key)
                self._page._timer.start()
            settle(self._app, self._is_done)

    def _into_table(self, key: Qt.Key) -> None:
        self._page.table.setFocus()
        self._then(lambda: QTest.keyClick(self._page.table, key))

    def _then(self, work: Callable[[], object]) -> None:
        work()
        settle(self._app, self._is_done, 60)

    def _is_done(self) -> bool:
        today = cast("TodayPage", self._window.page("today"))
        timers = (self._page._timer, self._page._facts_timer, today._timer)
        return not any(timer.isActive() for timer in timers) and not self._window.worker.busy()
