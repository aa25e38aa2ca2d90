"""An operator who types and answers, for tests of the window."""

from pathlib import Path

from PySide6.QtCore import QEvent, QSettings, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.store.keyfile import Cost
from desktop.ui.ask import Asker, Leave
from desktop.ui.window import Window
from tests.ui.measured import clipped

__all__ = ["CHEAP", "PASSWORD", "SAMPLES", "Answers", "Operator", "clipped", "settings", "show", "take_down"]

PASSWORD = "枫桥-2026-经验"
CHEAP = Cost(memory=8, passes=1, lanes=1)
SAMPLES = sorted((Path(__file__).resolve().parents[2] / "resources" / "samples").glob("*.json"))


class Answers(Asker):
    """Gives the answers that a test has prepared, and remembers the questions."""

    # ruff: noqa: ARG002 -- an answer depends on the test, not on the question

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.leaving = Leave.STAY
        self.confirms = True
        self.paths: list[Path] = []

    def leave(self, parent: QWidget, text: str) -> Leave:
        self.asked.append(text)
        return self.leaving

    def confirm(self, parent: QWidget, text: str, yes: str) -> bool:
        self.asked.append(text)
        return self.confirms

    def files(self, parent: QWidget, title: str, kinds: str) -> list[Path]:
        self.asked.append(title)
        return self.paths

    def file(self, parent: QWidget, title: str, kinds: str) -> Path | None:
        self.asked.append(title)
        return self.paths[0] if self.paths else None

    def save_as(self, parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
        self.asked.append(title)
        return self.paths[0] if self.paths else None

    def folder(self, parent: QWidget, title: str) -> Path | None:
        self.asked.append(title)
        return self.paths[0] if self.paths else None

    def accepted(self, dialog: QDialog) -> bool:
        return True


class Operator:
    """Types into whatever has the cursor, as a keyboard and a Chinese input method do."""

    def at(self) -> QWidget:
        """Where the cursor is."""
        QApplication.processEvents()  # what was just shown is laid out before anybody can type into it
        widget = QApplication.focusWidget()
        assert widget is not None, "the cursor is nowhere"
        return widget

    def key(self, key: Qt.Key, times: int = 1, *, ctrl: bool = False) -> None:
        """Press a key."""
        modifier = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        for _ in range(times):
            QTest.keyClick(self.at(), key, modifier)
            QApplication.processEvents()

    def write(self, text: str) -> None:
        """Type the text: ASCII by keys, the rest as an input method commits it."""
        if text.isascii():
            QTest.keyClicks(self.at(), text)
            QApplication.processEvents()
            return
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self.at(), event)
        QApplication.processEvents()

    def fill(self, *values: str | int | None) -> None:
        """Fill fields one after the other, each left with Enter: a text is typed, a number is so many times Down, None is left alone."""
        for value in values:
            if isinstance(value, int):
                self.key(Qt.Key.Key_Down, value)
            elif value:
                self.write(value)
            self.key(Qt.Key.Key_Return)


def show(qtbot: QtBot, window: Window) -> None:
    """Show the window with the cursor in it."""
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: window.isActiveWindow() and QApplication.focusWidget() is not None)


def take_down(window: Window) -> None:
    """Close the window and wait until it is gone: each widget that lives on makes the next test slower."""
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def settings(folder: Path) -> QSettings:
    """The window's own settings of an office folder."""
    return QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
