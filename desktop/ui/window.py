"""The main window: a door before the office is open, then the pages beside the left bar, and the lock over them."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QByteArray, QSettings, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLayout, QMainWindow, QWidget

from desktop.ui.afterwork import AfterWork
from desktop.ui.ask import Asker
from desktop.ui.context import Context
from desktop.ui.entrance import Entrance
from desktop.ui.help.key import HelpKey
from desktop.ui.icons import icon
from desktop.ui.lock.locking import Lock, idle_minutes
from desktop.ui.page import Page
from desktop.ui.rooms import FIRST, ROOMS, Making
from desktop.ui.shell import Shell
from desktop.ui.theme import Theme
from desktop.ui.visible import escaped, visible
from desktop.ui.wiring import wire
from desktop.ui.worker import Worker

if TYPE_CHECKING:
    from desktop.services.desk import Desk
    from desktop.ui.case.page import CasePage
    from desktop.ui.exchange.page import ExchangePage
    from desktop.ui.exchange.watch import Watcher
    from desktop.ui.listing.page import ListPage

PROGRAM = "枫桥调解台"
"""The application's display name: Qt puts it at the end of each title that does not already end with it."""

WATCH_DELAY = 3_000
"""Milliseconds after which the first page is shown and a watched folder is looked at."""

PRACTICE_FOLDER = "practice"


class Window(QMainWindow):
    """The window of one office folder. Pages are made when they are first wanted: the first one must show quickly."""

    def __init__(self, folder: Path, theme: Theme, settings: QSettings | None = None, asker: Asker | None = None) -> None:
        super().__init__()
        self.setWindowTitle(PROGRAM)
        self.setWindowIcon(icon("window", "accent"))
        self._folder, self._theme, self._settings = folder, theme, settings
        self._asker = asker or Asker()
        self.worker = Worker()
        self.context: Context | None = None
        self.pages: dict[str, Page] = {}
        self.entrance = Entrance(self, folder, settings, self._asker)
        self.entrance.entered.connect(self.enter)
        self._first, self._at, self._from = FIRST, "", ""
        self.watcher: Watcher | None = None
        self.afterwork: AfterWork | None = None
        self.lock: Lock | None = None
        self.told_quietly = ""
        if layout := self.layout():  # pages scroll, so that large text never forces a larger window
            layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.resize(1280, min(800, max(self.screen().availableGeometry().height(), 600)))
        geometry = settings.value("geometry") if settings else None
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        theme.look_changed.connect(self._refresh_front)
        self.helping = HelpKey(self, self._asker)
        self._keys()

    def _keys(self) -> None:
        for keys, slot in (
            (("Ctrl++", "Ctrl+="), self._theme.enlarge),
            (("Ctrl+-",), self._theme.reduce),
            (("Ctrl+0",), lambda: self._theme.set_scale(100)),
            (("Ctrl+Shift+H",), self._theme.turn_look),
            (("Ctrl+L",), self.lock_now),
            (("F12",), self.ask_rare),
        ):
            for key in keys:
                QShortcut(QKeySequence(key), self, slot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 and F3 from anywhere, where no page has a use of its own for them."""
        slots = {Qt.Key.Key_F2: self.begin_case, Qt.Key.Key_F3: self.search}
        slot = slots.get(Qt.Key(event.key())) if event.modifiers() == Qt.KeyboardModifier.NoModifier else None
        if slot is None:
            super().keyPressEvent(event)
        else:
            slot()

    def ask_rare(self) -> None:
        """Open the dialog of rare characters for the field with the cursor (fields of our own know the key by themselves)."""
        from desktop.ui.entry.rare import ask_rare

        ask_rare(QApplication.focusWidget())

    # --- the door and the office ---

    def open_door(self, first: str = FIRST) -> None:
        """Show the door of the office; behind it, the page `first`."""
        self._first = first
        self.entrance.open()

    def enter(self, desk: "Desk", first: str = "") -> None:
        """Show the unlocked office, its page `first` in front."""
        self._forget_office()
        self.entrance.pass_through()
        practice = desk.folder == self._folder / PRACTICE_FOLDER
        self._theme.set_practice(practice=practice)
        if self._settings and not practice and desk.operator != desk.office.name:
            self._settings.setValue("operator", desk.operator)
        self.context = Context(desk, self._asker, self.worker)
        self.afterwork = AfterWork(self.context, self)
        self.afterwork.done.connect(self._refresh_doubles)
        self._say_title()
        self._build(practice=practice)
        if practice:
            self.shell.say_practice(self.leave_practice, self.renew_practice)
        else:
            self.shell.say_clock(desk)
            self._make_lock(desk)
            QTimer.singleShot(WATCH_DELAY, self, self._settle)
        self.go(first or self._first)

    def _build(self, *, practice: bool) -> None:
        self.shell = Shell(practice=practice)
        self.stack, self.bar, self.quiet = self.shell.stack, self.shell.bar, self.shell.bar.quiet
        self.bar.wanted.connect(self._on_bar)
        self.setCentralWidget(self.shell)

    def _settle(self) -> None:
        """What has time until the first page is read: the day is remembered, and a watched folder looked at."""
        if self.context is not None:
            if not self.worker.busy():
                from desktop.services import last_use

                last_use.remember(self.context.desk)
            self.watch_folder()

    def _say_title(self) -> None:
        office = f"{visible(self.context.desk.office.name)} — " if self.context else ""
        self.setWindowTitle(f"{office}{PROGRAM}")

    def _on_bar(self, name: str) -> None:
        {"lock": self.lock_now, "help": self.help}.get(name, lambda: self.go(name))()

    # --- practice ---

    def practise(self) -> None:
        """Close the office and open practice."""
        if self.may_leave():
            self._close_office()
            self.entrance.practise()

    def renew_practice(self) -> None:
        """Bring the samples back as they were at first, after asking."""
        if self._asker.confirm(self, "练习中改过的内容都会丢掉，五件样例恢复原样。要重新开始吗？", "重新开始"):
            self._close_office()
            self.entrance.practise(afresh=True)

    def leave_practice(self) -> None:
        """Close practice and stand before the door of the real office."""
        self._close_office()
        self.entrance.open()

    def _close_office(self) -> None:
        desk = self._office().desk
        self.release_desk()
        self._forget_office()
        desk.close()
        self._theme.set_practice(practice=False)
        self.setWindowTitle(PROGRAM)

    # --- the lock ---

    def _make_lock(self, desk: "Desk") -> None:
        self.lock = Lock(self.shell, desk, self.pages, idle_minutes(self._settings))
        self.lock.closed.connect(lambda: self.setWindowTitle(f"已锁定 — {PROGRAM}"))
        self.lock.opened.connect(self._say_title)
        self.lock.wanted_end.connect(self.close)

    def lock_now(self) -> None:
        """Lock because the operator says so; practice has no password."""
        if self.lock:
            self.lock.close()

    def set_idle_minutes(self, minutes: int) -> None:
        """Lock by itself after so many minutes; 0 means never."""
        if self.lock:
            self.lock.watch.set_minutes(minutes)

    def locked(self) -> bool:
        """Whether the door of the lock covers the pages."""
        return self.lock is not None and self.lock.on()

    # --- a watched folder ---

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
        self.told_quietly = text
        if "exchange" in self.pages:
            cast("ExchangePage", self.pages["exchange"]).watch.say(text)

    def _may_be_held(self) -> bool:
        case_in_front = self.stack.currentWidget() is self.pages.get("case")
        return not self.locked() and not case_in_front and QApplication.activeModalWidget() is None and self.may_leave()

    def _refresh_front(self) -> None:
        page = self.stack.currentWidget() if self.context else None
        if isinstance(page, Page):
            page.refresh()

    def _refresh_doubles(self) -> None:
        page = self.pages.get("exchange")
        if page is self.stack.currentWidget():
            cast("ExchangePage", page).doubles.refresh()

    # --- pages ---

    def list_page(self) -> "ListPage":
        """The page of all cases."""
        return cast("ListPage", self.page("disputes"))

    def case_page(self) -> "CasePage":
        """The page of one case."""
        if "case" not in self.pages:
            from desktop.ui.case.page import CasePage

            self.take_case_page(CasePage(self._office()))
        return cast("CasePage", self.pages["case"])

    def take_case_page(self, made: "CasePage") -> None:
        """Let this be the page of one case."""
        made.left.connect(lambda: self._go_back(made.case_id()))
        self._add("case", made)

    def page(self, name: str) -> Page:
        """The page of the name, made when there is none yet."""
        if name not in self.pages:
            room = next(room for room in ROOMS if room.name == name)
            page = room.make(Making(self._office(), self._theme, self._settings))
            wire(self, name, page)
            self._add(name, page)
        return self.pages[name]

    def _add(self, name: str, page: Page) -> None:
        self.pages[name] = page
        self.stack.addWidget(page)

    def go(self, name: str) -> None:
        """Show the page of the left bar, unless unsaved text keeps the operator where he is."""
        if self.may_leave():
            if name == "disputes":
                self.show_list("")
            else:
                page = self.page(name)
                page.refresh()
                self._show(page, name)
        self.bar.mark(self._at)

    def show_list(self, case_id: str) -> None:
        """Show the list as it now is, the case of the id chosen."""
        page = self.list_page()
        page.refresh(case_id)
        self._show(page, "disputes")
        page.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_case(self, case_id: str) -> None:
        """Show the case of the id."""
        self._from = self._at
        page = self.case_page()
        self._show(page, "disputes")
        page.open(case_id)

    def show_in_case(self, case_id: str, path: str) -> None:
        """Show the case, the cursor in the field of the path."""
        if self.may_leave():
            self.open_case(case_id)
            if path:
                self.case_page().reveal(path)

    def open_draft(self, name: str) -> None:
        """Go on with a draft, of a case or of a new one."""
        if self.may_leave():
            self._from = self._at
            page = self.case_page()
            self._show(page, "disputes")
            page.open_draft(name)

    def new_case(self) -> None:
        """Begin a new case."""
        self._from = self._at
        page = self.case_page()
        self._show(page, "disputes")
        page.show_new()

    def begin_case(self) -> None:
        """Begin a new case from anywhere, unless unsaved text keeps the operator where he is."""
        if self.context and not self.locked() and self.may_leave():
            self.new_case()

    def _go_back(self, case_id: str) -> None:
        """From the case to the page on which it was asked for."""
        if self._from in ("", "disputes"):
            self.show_list(case_id)
        else:
            page = self.page(self._from)
            page.refresh()
            self._show(page, self._from)

    def may_leave(self) -> bool:
        """Whether the page in front may be left."""
        page = self.stack.currentWidget() if self.context else None
        held = self.watcher is not None and self.watcher.busy()
        return not held and (page.may_leave() if isinstance(page, Page) else True)

    def warm_up(self) -> None:
        """Make ready what the first case and the first paper need, so that they wait for nothing."""
        from desktop.ui.ahead import Ahead

        self.ahead = Ahead(self)
        self.ahead.begin()

    def search(self) -> None:
        """Put the cursor into the search of the list."""
        if self.context and not self.locked():
            self.go("disputes")
            self.list_page().focus_search()

    def help(self) -> None:
        """Open the help at what is in front."""
        if not self.locked():
            self.help_dialog = self.helping.open()

    def _show(self, page: Page, name: str) -> None:
        self.shell.show_page(page)
        self._at = name
        self.bar.mark(name)

    def _office(self) -> Context:
        return cast("Context", self.context)

    # --- the end ---

    def release_desk(self) -> None:
        """Let go of the office without locking it: somebody else goes on with it."""
        for page in self.pages.values():
            page.rest()
        for part in (self.watcher, self.afterwork, self.lock):
            if part:
                part.stop()
        self.worker.finish()
        self.context = None

    def _forget_office(self) -> None:
        """The pages of the office before are gone with it."""
        self.pages, self._at, self._from = {}, "", ""
        self.watcher = self.afterwork = self.lock = None

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close only when nothing typed is lost; wait for slow work, then lock the office."""
        page = self.stack.currentWidget() if self.context and not self.locked() else None
        if isinstance(page, Page) and not page.may_close():
            event.ignore()
            return
        desk = self.context.desk if self.context else self.entrance.desk_of_door()
        self.entrance.rest()
        self.release_desk()
        if self._settings:
            self._settings.setValue("geometry", self.saveGeometry())
        if desk:
            desk.close()
        self.entrance.release()
        event.accept()
