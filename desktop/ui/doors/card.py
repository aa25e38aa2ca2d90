"""What all doors share: a white card in the middle of the window, and slow work that the operator waits for."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.ui.context import Notice, button, heading
from desktop.ui.entry.form import Form
from desktop.ui.entry.inputs import Text
from desktop.ui.icons import icon
from desktop.ui.paper.sheet import Bounded, scrolling
from desktop.ui.theme import em
from desktop.ui.worker import Worker


def door(title: str, content: QWidget, ems: int) -> QWidget:
    """A white card in the middle of the window, at most so many ems wide."""
    card = Bounded(ems, 1.6)
    card.setProperty("role", "card")
    column = QVBoxLayout(card)
    card.pad()
    picture = QLabel()
    picture.setPixmap(icon("window", "accent").pixmap(round(em(card) * 2)))
    top = QHBoxLayout()
    top.addWidget(picture)
    top.addWidget(heading(title), 1)
    column.addLayout(top)
    column.addWidget(content)
    page = QWidget()
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(card, 20)
    row.addStretch(1)
    around = QVBoxLayout(page)
    around.addStretch(1)
    around.addLayout(row)
    around.addStretch(2)
    return scrolling(page)


def enter_button(text: str, slot: Callable[[], object], *, key: str = "", role: str = "", drawing: str = "") -> QPushButton:
    """A button that Enter presses too, when it has the cursor: a door is passed without a mouse."""
    made = button(text, slot, key=key, role=role, drawing=drawing)
    made.setAutoDefault(True)
    return made


def enter_ends(form: Form, name: str, slot: Callable[[], object]) -> None:
    """Let Enter in the field, the last one, do what the button below does."""
    control = form[name]
    if isinstance(control, Text):
        control.line.moves_on = False
        control.line.returnPressed.connect(lambda: slot())  # noqa: PLW0108 -- the slot may be a signal's emit


def column_of(*parts: QWidget) -> QWidget:
    """The parts, one below the other; buttons no wider than they need."""
    content = QWidget()
    column = QVBoxLayout(content)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(round(em(content) * 0.45))
    for part in parts:
        column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft if isinstance(part, QPushButton) else Qt.AlignmentFlag(0))
    return content


class Door(QWidget):
    """A page before the office: it says what it refuses, and opens with slow work off the window's thread."""

    def __init__(self) -> None:
        super().__init__()
        self.notice = Notice()
        self.worker = Worker()
        self.waiting = heading("", "soft")
        self.waiting.hide()

    def put(self, title: str, content: QWidget, ems: int) -> None:
        """Show the content on the card."""
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(door(title, content, ems))

    def attempt(self, text: str, work: Callable[[], object], done: Callable[[Any], None], refused: Callable[[], None]) -> None:
        """Do the work while nothing can be pressed and `text` is shown; then `done` with its result, or `refused` after the sentence."""
        if self.worker.busy():
            return
        self._hold(text)
        self.worker.start(work, lambda result: self._let_go(lambda: done(result)), lambda sentence: self._refuse(sentence, refused))

    def rest(self) -> None:
        """Wait for what is under way and answer nothing more."""
        self.worker.finish()

    def _hold(self, text: str) -> None:
        self.notice.hide()
        self.waiting.setText(text)
        self.waiting.show()
        self.setEnabled(False)

    def _let_go(self, then: Callable[[], None]) -> None:
        self.waiting.hide()
        self.setEnabled(True)
        then()

    def _refuse(self, sentence: str, refused: Callable[[], None]) -> None:
        self.notice.refused(sentence)
        self._let_go(refused)
