"""What every page of an unlocked office is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from desktop.domain.refused import Refused
from desktop.ui.ask import Asker
from desktop.ui.icons import IconButton
from desktop.ui.visible import visible
from desktop.ui.worker import Worker

if TYPE_CHECKING:
    from desktop.services.desk import Desk

T = TypeVar("T")


@dataclass(frozen=True)
class Context:
    """The office, the way to ask, and the thread for slow work."""

    desk: Desk
    asker: Asker
    worker: Worker


class Notice(QFrame):
    """One sentence at the top of a page: what was done, or why it was refused. It stays until the next one or until it is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.label = QLabel()
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = button("知道了", self.hide, key="Alt+0", role="plain")
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for shortcut in close.findChildren(QShortcut):
            shortcut.activatedAmbiguously.connect(self.hide)  # of two sentences on one page a press puts one away
        row = QHBoxLayout(self)
        row.addWidget(self.label, 1)
        row.addWidget(close)
        self.hide()

    def done(self, text: str) -> None:
        """Say what was done."""
        self._say("done", f"✓ {text}")

    def refused(self, text: str) -> None:
        """Say why something was refused."""
        self._say("refused", f"✕ {text}")

    def attempt(self, work: Callable[[], T]) -> T | None:
        """The result of the work, or None after showing why it was refused."""
        try:
            return work()
        except Refused as error:
            self.refused(str(error))
            return None

    def text(self) -> str:
        """What is shown, or nothing."""
        return self.label.text() if not self.isHidden() else ""

    def _say(self, role: str, text: str) -> None:
        self.setProperty("role", role)
        self.style().polish(self)
        self.label.setText(visible(text))
        self.show()


def heading(text: str, role: str = "title") -> QLabel:
    """A heading (`title`, `head`) or quiet text (`soft`) that wraps; it shows the text as it is, never as markup."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    label.setWordWrap(True)
    return label


def press_with(made: QPushButton, key: str) -> None:
    """Let the key press the button at once; a button's own shortcut would wait a tenth of a second for show.

    Where the key is Enter, both keys of that name press it.
    """
    names = (key, key.replace("Return", "Enter")) if "Return" in key else (key,)
    shortcut = QShortcut(made)
    shortcut.setKeys([QKeySequence(name) for name in names])
    shortcut.activated.connect(made.click)


def button(text: str, slot: Callable[[], object], *, key: str = "", role: str = "", drawing: str = "") -> QPushButton:
    """A push button with its shortcut printed on it."""
    made = IconButton(f"{text}  {key}" if key else text)
    if drawing:
        made.draw(drawing, "paper" if role == "main" else "ink")
    if role:
        made.setProperty("role", role)
    if key:
        press_with(made, key)
    made.setAutoDefault(False)
    made.clicked.connect(lambda: slot())  # noqa: PLW0108 -- the click hands over a flag that no slot wants
    return made
