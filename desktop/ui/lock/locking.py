"""Locking the window and opening it again where one was (docs/decisions/020-lock.md)."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from shiboken6 import isValid

from desktop.domain.refused import Refused
from desktop.ui.entry.open_words import open_words
from desktop.ui.lock.watch import IdleWatch

if TYPE_CHECKING:
    from desktop.services.desk import Desk
    from desktop.ui.lock.door import LockDoor
    from desktop.ui.page import Page

KEPT = "没有保存的内容已留作草稿。"

IDLE_MINUTES = 10
"""Minutes without a key or mouse after which the window locks itself, unless the settings say otherwise."""


def idle_minutes(settings: QSettings | None) -> int:
    """The minutes that the settings say; 0 for never."""
    kept = str(settings.value("idle_minutes", IDLE_MINUTES)) if settings else str(IDLE_MINUTES)
    return int(kept) if kept.isdigit() else IDLE_MINUTES


class Keeps(Protocol):
    """A page, or a dialog with words of its own."""

    def keep_draft(self) -> None:
        """Keep what was typed and not saved. Raises `Refused`."""
        ...


def drafts_kept(pages: Iterable[Keeps]) -> str:
    """Let each page keep its draft; what came of it, as a sentence. A page that cannot keep it holds the text until the window opens."""
    refused = ""
    for page in pages:
        try:
            page.keep_draft()
        except Refused as error:
            refused = str(error)
    return f"草稿没能存到磁盘上（{refused}），内容还在，请解锁以后马上保存。" if refused else KEPT


class Lock(QObject):
    """Covers the office in `shell` with a door: by itself when nobody is there, or at once.

    The office stays open behind the door, so that work under way goes on. `closed` comes when the door stands, `opened` when it is away
    again, `wanted_end` to close the program.
    """

    closed = Signal()
    opened = Signal()
    wanted_end = Signal()

    def __init__(self, shell: QStackedWidget, desk: "Desk", pages: "Mapping[str, Page]", minutes: int) -> None:
        super().__init__(shell)
        self._shell, self._desk, self._pages = shell, desk, pages
        self._focus: QWidget | None = None
        self.door: LockDoor | None = None
        self.watch = IdleWatch(self, minutes)
        self.watch.idle.connect(lambda: self.close(f"{self.watch.minutes}分钟没有操作，已锁定；"))
        self.watch.wanted.connect(self.close)

    def on(self) -> bool:
        """Whether the office is covered."""
        return self.door is not None

    def close(self, why: str = "已按您的要求锁定；") -> None:
        """Keep the drafts, then cover everything; `why` stands on the door."""
        if self.on():
            return
        from desktop.ui.lock.curtain import Curtain
        from desktop.ui.lock.door import LockDoor

        self._focus = QApplication.focusWidget()
        self.door = door = LockDoor(self._desk, why + drafts_kept([*open_words(self._desk), *self._pages.values()]))
        door.opened.connect(self.open)
        door.wanted_end.connect(self.wanted_end)
        self._shell.addWidget(door)
        self._shell.setCurrentWidget(door)
        self._curtain = Curtain(self)
        self._curtain.draw(self._shell.window())
        self.closed.emit()
        door.password.reveal()

    def open(self) -> None:
        """Take the door away and put the cursor back where it was."""
        door, self.door = self.door, None
        if door is None:
            return
        self._shell.setCurrentIndex(0)
        self._shell.removeWidget(door)
        door.deleteLater()
        self.watch.touch()
        if self._focus is not None and isValid(self._focus):
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self._curtain.open()
        self.opened.emit()

    def stop(self) -> None:
        """Let go of everything: the office is about to be closed."""
        words = open_words(self._desk)
        drafts_kept(words)
        for one in words:
            one.close()
        self.watch.stop()
        if self.door is not None:
            self.door.rest()
            self._curtain.stop()
