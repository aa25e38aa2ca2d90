"""The main window: the doors before the office is unlocked, then the pages beside the left bar."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QByteArray, QSettings, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLayout,
    QMainWindow,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.afterwork import AfterWork
from desktop.ui.ask import Asker
from desktop.ui.context import Context, heading, press_with
from desktop.ui.icons import IconButton, icon
from desktop.ui.listing.page import ListPage
from desktop.ui.page import Page
from desktop.ui.theme import Theme
from desktop.ui.unlocking import opened_by_environment
from desktop.ui.visible import escaped, visible
from desktop.ui.worker import Worker

if TYPE_CHECKING:
    from desktop.services.desk import Desk
    from desktop.ui.case.page import CasePage
    from desktop.ui.exchange.page import ExchangePage
    from desktop.ui.exchange.watch import Watcher

PROGRAM = "枫桥调解台"
"""The application's display name: Qt puts it at the end of each title that does not already end with it."""

WATCH_DELAY = 3_000
"""Milliseconds after which the list is shown and a watched folder is looked at."""

PAGES = (("disputes", "纠纷"), ("exchange", "交换"), ("verify", "核验"), ("settings", "设置"))


class Window(QMainWindow):
    """The window of one office folder. Pages are made when they are first wanted: the list must show quickly."""

    def __init__(self, folder: Path, theme: Theme, settings: QSettings | None = None, asker: Asker | None = None) -> None:
        super().__init__()
        self.setWindowTitle(PROGRAM)
        self.setWindowIcon(icon("window", "accent"))
        self._folder, self._theme, self._settings = folder, theme, settings
        self._asker = asker or Asker()
        self.worker = Worker()
        self.context: Context | None = None
        self.pages: dict[str, Page] = {}
        self._nav: dict[str, QPushButton] = {}
        self._at = ""
        self.watcher: Watcher | None = None
        self.afterwork: AfterWork | None = None
        self._watched = ""
        if layout := self.layout():  # pages scroll, so that large text never forces a larger window
            layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.resize(1280, min(800, max(self.screen().availableGeometry().height(), 600)))
        geometry = settings.value("geometry") if settings else None
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        self._keys()

    def _keys(self) -> None:
        for keys, slot in (
            (("Ctrl++", "Ctrl+="), self._theme.enlarge),
            (("Ctrl+-",), self._theme.reduce),
            (("Ctrl+0",), lambda: self._theme.set_scale(100)),
            (("F3",), self._find),
        ):
            for key in keys:
                QShortcut(QKeySequence(key), self, slot)

    # --- doors ---

    def open_door(self) -> None:
        """Show the first run, or ask for the password, or enter with the one in the environment."""
        from desktop.services.desk import is_set_up

        desk = opened_by_environment(self._folder, self._operator()) if is_set_up(self._folder) else None
        if desk is not None:
            self.enter(desk)
            return
        from desktop.ui.doors import FirstRun, Unlock

        if not is_set_up(self._folder):
            first = FirstRun(self._folder)
            first.opened.connect(self.enter)
            self.setCentralWidget(first)
            return
        unlock = Unlock(self._folder, self._operator())
        unlock.opened.connect(self.enter)
        self.setCentralWidget(unlock)

    def _operator(self) -> str:
        return str(self._settings.value("operator", "")) if self._settings else ""

    def enter(self, desk: "Desk") -> None:
        """Show the unlocked office, its list of cases first."""
        if self._settings and desk.operator != desk.office.name:
            self._settings.setValue("operator", desk.operator)
        self.context = Context(desk, self._asker, self.worker)
        self.afterwork = AfterWork(self.context, self)
        self.afterwork.done.connect(self._refresh_doubles)
        self.setWindowTitle(f"{visible(desk.office.name)} — {PROGRAM}")
        self.stack = QStackedWidget()
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._bar())
        row.addWidget(self.stack, 1)
        self.setCentralWidget(body)
        self.go("disputes")
        QTimer.singleShot(WATCH_DELAY, self, self.watch_folder)

    def watch_folder(self) -> None:
        """Watch the folder that the settings name now, while nobody types and no case is open."""
        from desktop.services import watching
        from desktop.ui.exchange.watch import Watcher

        if self.context is None:
            return
        if self.worker.busy():
            QTimer.singleShot(WATCH_DELAY, self, self.watch_folder)
            return
        if self.watcher is None:
            if not watching.watch_of(self.context.desk).on:
                return
            self.watcher = Watcher(self.context, cast("QWidget", self.centralWidget()), self._may_be_held)
            self.watcher.told.connect(self._say_quietly)
            self.watcher.came.connect(self._refresh_front)
            handle = self.windowHandle()
            if handle is not None:  # it gets what hands do, and little else
                handle.installEventFilter(self.watcher)
        self.watcher.refresh()

    def _say_quietly(self, short: str, text: str) -> None:
        self.quiet.setText(short)
        self.quiet.setToolTip(f"<span>{escaped(text)}</span>")
        self._watched = text
        if "exchange" in self.pages:
            cast("ExchangePage", self.pages["exchange"]).watch.say(text)

    def _may_be_held(self) -> bool:
        return self.stack.currentWidget() is not self.pages.get("case") and QApplication.activeModalWidget() is None and self.may_leave()

    def _refresh_front(self) -> None:
        page = self.stack.currentWidget()
        if isinstance(page, Page):
            page.refresh()

    def _refresh_doubles(self) -> None:
        page = self.pages.get("exchange")
        if page is self.stack.currentWidget():
            cast("ExchangePage", page).doubles.refresh()

    def _bar(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("role", "side")
        column = QVBoxLayout(bar)
        name = heading("枫桥调解台", "head")
        name.setWordWrap(False)
        column.addWidget(name)
        for number, (page, title) in enumerate(PAGES, start=1):
            made = IconButton(f"{title}  Alt+{number}")
            made.setIcon(icon(page))
            made.setProperty("role", "nav")
            made.setCheckable(True)
            press_with(made, f"Alt+{number}")
            made.clicked.connect(lambda _=False, page=page: self.go(page))
            self._nav[page] = made
            column.addWidget(made)
        column.addStretch(1)
        self.quiet = heading("", "soft")
        self.quiet.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)  # the pages' names say how wide the bar is
        column.addWidget(self.quiet)
        return bar

    # --- pages ---

    def list_page(self) -> ListPage:
        """The page of all cases."""
        if "disputes" not in self.pages:
            page = ListPage(self._office())
            page.opened.connect(self.open_case)
            page.wanted_new.connect(self.new_case)
            page.exchange.wanted.connect(lambda: self.go("exchange"))
            self._add("disputes", page)
        return cast("ListPage", self.pages["disputes"])

    def case_page(self) -> "CasePage":
        """The page of one case."""
        from desktop.ui.case.page import CasePage

        if "case" not in self.pages:
            made = CasePage(self._office())
            made.left.connect(lambda: self.show_list(made.case_id()))
            self._add("case", made)
        return cast("CasePage", self.pages["case"])

    def _page(self, name: str) -> Page:
        if name == "disputes":
            return self.list_page()
        if name not in self.pages and name == "exchange":
            from desktop.ui.exchange.page import ExchangePage

            exchange = ExchangePage(self._office())
            exchange.watch.say(self._watched)
            exchange.opened.connect(self.open_case)
            exchange.watch_changed.connect(self.watch_folder)
            self._add(name, exchange)
        elif name not in self.pages and name == "verify":
            from desktop.ui.paper.verify_page import VerifyPage

            verify = VerifyPage(self._office())
            verify.opened.connect(self.open_case)
            self._add(name, verify)
        elif name not in self.pages:
            from desktop.ui.settings.page import SettingsPage

            self._add(name, SettingsPage(self._office(), self._theme))
        page = self.pages[name]
        page.refresh()
        return page

    def _add(self, name: str, page: Page) -> None:
        self.pages[name] = page
        self.stack.addWidget(page)

    def go(self, name: str) -> None:
        """Show the page of the left bar, unless unsaved text keeps the operator where he is."""
        if self.may_leave():
            if name == "disputes":
                self.show_list("")
            else:
                self._show(self._page(name), name)
        self._tick()

    def show_list(self, case_id: str) -> None:
        """Show the list as it now is, the case of the id chosen."""
        page = self.list_page()
        page.refresh(case_id)
        self._show(page, "disputes")
        page.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_case(self, case_id: str) -> None:
        """Show the case of the id."""
        page = self.case_page()
        self._show(page, "disputes")
        page.open(case_id)

    def new_case(self) -> None:
        """Begin a new case."""
        page = self.case_page()
        self._show(page, "disputes")
        page.show_new()

    def may_leave(self) -> bool:
        """Whether the page in front may be left."""
        page = self.stack.currentWidget() if self.context else None
        held = self.watcher is not None and self.watcher.busy()
        return not held and (page.may_leave() if isinstance(page, Page) else True)

    def warm_up(self) -> None:
        """Load in the worker what the first paper needs, so that it waits for nothing; a fault there is told by the paper itself."""

        def load() -> None:
            from desktop.services import preview

            preview.warm_up()

        self.worker.start(load, lambda _: None, lambda _: None)

    def _show(self, page: Page, name: str) -> None:
        self.stack.setCurrentWidget(page)
        self._at = name
        self._tick()

    def _tick(self) -> None:
        for name, made in self._nav.items():
            made.setChecked(name == self._at)

    def _find(self) -> None:
        if self.context:
            self.go("disputes")
            self.list_page().focus_search()

    def _office(self) -> Context:
        return cast("Context", self.context)

    # --- the end ---

    def release_desk(self) -> None:
        """Let go of the office without locking it: somebody else goes on with it."""
        for page in self.pages.values():
            page.rest()
        if self.watcher:
            self.watcher.stop()
        if self.afterwork:
            self.afterwork.stop()
        self.worker.finish()
        self.context = None

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close only when nothing typed is lost; wait for slow work, then lock the office."""
        page = self.stack.currentWidget() if self.context else None
        if isinstance(page, Page) and not page.may_close():
            event.ignore()
            return
        desk = self.context.desk if self.context else None
        self.release_desk()
        if self._settings:
            self._settings.setValue("geometry", self.saveGeometry())
        if desk:
            desk.close()
        event.accept()
