"""The window of the benchmark of the desk: the list on the screen, a case opened, and what somebody does in a scripted use."""

import os
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.ui.application import create
from desktop.ui.case.fields import TABS
from desktop.ui.rooms import ROOMS
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
            "help": self._look_at_help,
            "another look": self._turn_look,
            "a larger text": lambda: self._then(self._window._theme.enlarge),
            "a smaller text": lambda: self._then(self._window._theme.reduce),
            "the window is locked": lambda: self._then(self._window.lock_now),
            "the window is unlocked": self._unlock,
        }

    def large_case(self, case_id: str) -> dict[str, Callable[[], None]]:
        """What somebody does with the case of the id: each tab, the text size and the look in the midst of it, its papers, a save."""
        window, theme = self._window, self._window._theme
        page = window.case_page()
        tabs = {f"large case: tab {title}": partial(self._then, partial(page.tabs.show_tab, at)) for at, (title, _) in enumerate(TABS)}
        return {
            "large case: opened": lambda: self._then(lambda: window.open_case(case_id)),
            **tabs,
            "large case: a larger text": lambda: self._then(theme.enlarge),
            "large case: a smaller text": lambda: self._then(theme.reduce),
            "large case: another look": self._turn_look,
            "large case: a word is typed and saved": self._type_and_save,
            "large case: its papers": lambda: self._then(page.preview),
            "large case: the dossier, page by page": self._leaf_through,
            "large case: back": lambda: self._then(page.leave),
        }

    def first_openings(self) -> dict[str, Callable[[], None]]:
        """Each page of the left bar for the first time."""
        return {f"first opening: {room.title}": partial(self._go, room.name) for room in ROOMS}

    def _turn_look(self) -> None:
        """To the other look and back."""
        for _ in range(2):
            self._then(self._window._theme.turn_look)

    def _look_at_help(self) -> None:
        self._then(self._window.help)
        self._then(self._window.help_dialog.close)

    def _unlock(self) -> None:
        lock = self._window.lock
        assert lock
        assert lock.door
        lock.door.password.line.setText(PASSWORD)
        lock.door.unlock()
        settle(self._app, lambda: not self._window.locked() and self._is_done(), 60)

    def _type_and_save(self) -> None:
        page = self._window.case_page()
        self._then(lambda: page.tabs.show_tab(0))
        place = page.tabs.form(0)["place"].focusProxy()
        assert place
        QTest.keyClicks(place, "1")
        self._then(page.save)

    def _leaf_through(self) -> None:
        dialog = self._window.case_page().dialog
        dialog.list.setCurrentRow(dialog.list.count() - 1)
        settle(self._app, lambda: bool(dialog.pdf()), 60)
        for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._then(partial(QTest.keyClick, dialog.pages, key))
        self._then(lambda: dialog.pages.set_zoom(2.0))
        self._then(dialog.close)

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
        today = cast("TodayPage | None", self._window.pages.get("today"))
        timers = [self._page._timer, self._page._facts_timer, *([today._timer] if today else [])]
        return not any(timer.isActive() for timer in timers) and not self._window.worker.busy()
