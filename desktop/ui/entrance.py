"""Which door stands before the office, and the office that it opens."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, QSettings, Signal
from PySide6.QtWidgets import QMainWindow

from desktop.ui.ask import Asker
from desktop.ui.one_window import hold
from desktop.ui.unlocking import opened_by_environment

if TYPE_CHECKING:
    from desktop.services.desk import Desk
    from desktop.ui.doors.card import Door
    from desktop.ui.doors.unlock import Unlock


class Entrance(QObject):
    """Shows the doors in the window. `entered` carries the desk of the office, or that of practice."""

    entered = Signal(object)

    def __init__(self, window: QMainWindow, folder: Path, settings: QSettings | None, asker: Asker) -> None:
        super().__init__(window)
        self._window, self._folder, self._settings, self._asker = window, folder, settings, asker
        self._lock: QLockFile | None = None
        self._door: Door | None = None

    def open(self) -> None:
        """Show the first run, or ask for the password, or enter with the one in the environment; or say which window has the office."""
        from desktop.services.desk import is_set_up

        if not self._hold():
            self._show_taken()
            return
        if not is_set_up(self._folder):
            self._show_first_run(None)
            return
        desk = opened_by_environment(self._folder, self._operator())
        if desk is not None:
            self.entered.emit(desk)
        else:
            self.ask_password()

    def ask_password(self) -> "Unlock":
        """Show the door of the password."""
        from desktop.ui.doors.unlock import Unlock

        door = Unlock(self._folder, self._operator())
        door.opened.connect(self._unlocked)
        door.wanted_recovery.connect(self._ask_code)
        door.wanted_practice.connect(self.practise)
        self._show(door)
        return door

    def practise(self, *, afresh: bool = False) -> None:
        """Open practice, behind the door of the password; with all samples as they were at first when `afresh`."""
        from desktop.services import practice

        door = self.ask_password()
        work: Callable[[Path], Desk] = practice.anew if afresh else practice.open_practice
        door.attempt("正在准备样例……", lambda: work(self._folder), self.entered.emit, door.password.reveal)

    def rest(self) -> None:
        """Wait for what a door has begun."""
        if self._door is not None:
            self._door.rest()

    def release(self) -> None:
        """Let another window have the office."""
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    def pass_through(self) -> None:
        """The office is open: no door stands there any more."""
        self._door = None

    def desk_of_door(self) -> "Desk | None":
        """The office that an unfinished first run holds open."""
        return getattr(self._door, "desk", None)

    # --- the doors ---

    def _hold(self) -> bool:
        if self._lock is None:
            self._lock = hold(self._folder)
        return self._lock is not None

    def _show_taken(self) -> None:
        from desktop.ui.doors.taken import Taken

        door = Taken(self._folder, self._asker)
        door.freed.connect(self._freed)
        self._show(door)

    def _freed(self, lock: QLockFile) -> None:
        self._lock = lock
        self.open()

    def _show_first_run(self, desk: "Desk | None") -> None:
        from desktop.ui.doors.first_run import FirstRun

        first = FirstRun(self._folder, self._settings, self._asker, desk)
        first.opened.connect(self.entered)
        first.wanted_practice.connect(self._practise_first)
        self._show(first)

    def _practise_first(self, desk: "Desk") -> None:
        desk.close()
        self.practise()

    def _unlocked(self, desk: "Desk") -> None:
        resumes = False
        if self._settings is not None and self._settings.contains("first_run/at"):
            from desktop.ui.doors.first_run import resumes_at

            resumes = bool(resumes_at(self._settings))
        if resumes:
            self._show_first_run(desk)
        else:
            self.entered.emit(desk)

    def _ask_code(self) -> None:
        from desktop.ui.doors.forgotten import Forgotten

        door = Forgotten(self._folder, self._operator())
        door.opened.connect(self.entered)
        door.left.connect(self.ask_password)
        self._show(door)

    def _show(self, door: "Door") -> None:
        self._door = door
        self._window.setCentralWidget(door)

    def _operator(self) -> str:
        return str(self._settings.value("operator", "")) if self._settings else ""
