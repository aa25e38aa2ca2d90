"""An operator with nothing but a keyboard: what the days in this folder are told in.

Every key goes to whatever has the cursor. A button is pressed by the key that is printed on it, a field is reached by Enter, a text is
typed or committed by the input method. Nothing here puts the cursor anywhere or presses a button: where a key does not lead there, the
day fails.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QMainWindow,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.services.characters import first_letters
from desktop.ui.paper.dialog import PreviewDialog
from tests.services.papers import pages_of
from tests.ui.hands import Answers
from tests.ui.keystrokes import Counted

OFFSCREEN = pytest.mark.qt_log_ignore("This plugin does not support|Keyboard event not accepted")
"""For the tests here: what Qt says about windows where there is no screen, and of a key that is let go when its button is grey by then."""

SOON = 20_000
"""Milliseconds for the first paper of a process, or for a password."""

FARTHEST = 90
"""So many presses of Enter lead from the first field of a tab to its last."""


class Hand(Answers):
    """Fills each dialog that is asked by the keyboard, as the day has told before; files and yes or no are answered as in other tests.

    The system's own dialogs (files, printers) are not ours to drive.
    """

    def __init__(self) -> None:
        super().__init__()
        self.coming: list[Callable[[], object]] = []
        self.failed: Exception | None = None

    def accepted(self, dialog: QDialog) -> bool:
        """Show the dialog, do in it what the day wants, and see how it was left."""
        fill = self.coming.pop(0)
        dialog.open()
        QApplication.processEvents()
        try:
            fill()
            assert not dialog.isVisible(), f"the dialog {dialog.windowTitle()} still stands: {said(dialog)}"
        except Exception as error:  # noqa: BLE001 -- Qt would swallow it here; `Keyboard.use` raises it
            self.failed = error
            dialog.reject()
        return dialog.result() == QDialog.DialogCode.Accepted


class Keyboard(Counted):
    """Presses keys and types texts, and reads what stands on the screen."""

    def __init__(self, qtbot: QtBot, hand: Hand) -> None:
        super().__init__()
        self.qtbot, self.hand = qtbot, hand

    # --- keys ---

    def at(self) -> QWidget:
        """Where the cursor is; a window whose dialog has gone is in front again, which elsewhere the system sees to."""
        QApplication.processEvents()
        if QApplication.activeWindow() is not front():
            front().activateWindow()
            self.until(lambda: QApplication.focusWidget() is not None)
        return super().at()

    def press(self, *chords: str) -> None:
        """Press keys by their printed names: `F6`, `Ctrl+S`, `Alt+J`, `Enter`."""
        for chord in chords:
            self.keys.append(chord)
            QTest.keySequence(self.at(), QKeySequence(chord.replace("Enter", "Return")))  # Qt's Enter is that of the number pad
            QApplication.processEvents()

    def on(self) -> None:
        """Go on to the next field, as the line beside the form says: by Enter, from a button by Tab."""
        self.press(_way(self.at()))

    def use(self, name: str, fill: Callable[[], object] | None = None) -> None:
        """Press the key that is printed on the button of the name; `fill` is done in the dialog that it asks with."""
        if fill:
            self.hand.coming.append(fill)
        self.press(printed_key(name))
        if self.hand.failed:
            raise self.hand.failed
        assert not self.hand.coming, f"“{name}” asked nothing: {said(front())}"

    def can(self, name: str) -> bool:
        """Whether a button of the name can be pressed now."""
        QApplication.processEvents()
        return any(_name_on(made) == name for made in buttons())

    # --- fields ---

    def to(self, label: str) -> None:
        """Go on until the cursor is in the field of the label."""
        for _ in range(FARTHEST):
            if named(self.at()) == label:
                return
            self.on()
        raise AssertionError(f"Enter does not lead to “{label}”, but to “{named(self.at())}”; {said(front())}")

    def put(self, label: str, text: str) -> None:
        """Go on to the field of the label and fill it: texts are typed (several as lines, or parted by 、), choices made by letters."""
        self.to(label)
        at = self.at()
        if isinstance(at, QComboBox):
            self.choose(text)
        elif isinstance(at, QAbstractButton):
            self.press("Space")
        elif isinstance(at, QPlainTextEdit):
            self.write_lines(text)
        else:
            if _has_text(at):
                self.press("Ctrl+A")
            self.write(text.replace("\n", "、"))

    def fill_in(self, **texts: str) -> None:
        """Fill fields by their labels, in the order in which they stand."""
        for label, text in texts.items():
            if text:
                self.put(label, text)

    def choose(self, text: str) -> None:
        """Choose the entry of the text by the first letters of its pinyin; where that does not lead there, by arrows."""
        box = self.at()
        assert isinstance(box, QComboBox)
        for letter in min(first_letters(text)):
            if box.currentText() != text:
                self.press(letter)
        if box.currentText() != text:
            self.press("Home")
        for _ in range(box.count()):
            if box.currentText() == text:
                return
            self.press("Down")
        raise AssertionError(f"no “{text}” to choose in “{box.accessibleName()}” among {[box.itemText(n) for n in range(box.count())]}")

    def tick(self, name: str) -> None:
        """Go on to the box of the name and tick it."""
        self.to(name)
        self.press("Space")

    def write_lines(self, text: str) -> None:
        """Type a text of several lines: Enter between them."""
        for number, line in enumerate(text.split("\n")):
            if number:
                self.press("Return")
            self.write(line)

    def write_each(self, lines: Iterable[str]) -> None:
        """Type one text a line."""
        self.write_lines("\n".join(lines))

    # --- waiting and reading ---

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until it holds."""
        try:
            self.qtbot.waitUntil(holds, timeout=SOON)
        except self.qtbot.TimeoutError:
            raise AssertionError(f"in vain; in front stands: {' / '.join(shown_texts(front()))}") from None

    def sees(self, text: str) -> bool:
        """Whether the text stands somewhere on what is in front."""
        QApplication.processEvents()
        return any(text in shown for shown in shown_texts(front()))

    # --- paper ---

    def preview(self) -> PreviewDialog:
        """The preview that is in front, when its first paper is there."""
        QApplication.processEvents()
        dialog = front()
        assert isinstance(dialog, PreviewDialog), said(dialog)
        self.until(lambda: dialog.pdf().startswith(b"%PDF"))
        return dialog

    def papers(self) -> list[str]:
        """The names in the list beside the preview."""
        papers = self.preview().list
        return [papers.item(row).text() for row in range(papers.count())]

    def turn_to(self, name: str) -> None:
        """Choose the paper of the name in the list beside the preview: Tab to the list, arrows in it."""
        papers, names = self.preview().list, self.papers()
        assert name in names, f"no paper “{name}” among {names}"
        steps = names.index(name) - papers.currentRow()
        while steps and not isinstance(self.at(), QListWidget):
            self.press("Tab")
        self.press(*["Down" if steps > 0 else "Up"] * abs(steps))
        self.preview()

    def save_pdf(self, path: Path) -> str:
        """Save the paper in front as a PDF; its text without blanks, as it is read back from the file."""
        dialog = self.preview()
        self.hand.paths = [path]
        self.press("Ctrl+S")
        self.until(lambda: "已保存到" in dialog.notice.text())
        assert path.read_bytes() == dialog.pdf()
        return text_of(path.read_bytes())


def named(at: QWidget) -> str:
    """The name of the control, as a screen reader says it."""
    return at.accessibleName() or (at.text() if isinstance(at, QAbstractButton) else "")


def front() -> QWidget:
    """The window that is in front: the dialog that was opened last, or the main window."""
    windows = (made for made in QApplication.topLevelWidgets() if isinstance(made, QMainWindow) and made.isVisible())
    return QApplication.activeModalWidget() or next(windows)


def buttons() -> list[QPushButton]:
    """The buttons that can be pressed now."""
    return [made for made in front().findChildren(QPushButton) if made.isVisible() and made.isEnabled()]


def printed_key(name: str) -> str:
    """The key that is printed on the button of the name."""
    found = [made.text() for made in buttons() if _name_on(made) == name and "  " in made.text()]
    assert found, f"no button “{name}” with a key among {[made.text() for made in buttons()]}; {said(front())}"
    return found[0].split("  ")[1]


def _name_on(made: QPushButton) -> str:
    return made.text().split("  ")[0].rstrip("…")


def shown_texts(window: QWidget) -> list[str]:
    """What can be read in the window now."""
    labels = [made.text() for made in window.findChildren(QLabel) if made.isVisible()]
    return labels + [made.text() for made in window.findChildren(QPushButton) if made.isVisible()]


def said(window: QWidget) -> str:
    """What the window says in sentences, for the message of a day that failed."""
    return " / ".join(text for text in shown_texts(window) if text.startswith(("✕", "✓", "！")))


def text_of(pdf: bytes) -> str:
    """The text of all pages without blanks and breaks."""
    return "".join("".join(pages_of(pdf)).split())


def _way(at: QWidget) -> str:
    """The key that leads from the control to the next."""
    if isinstance(at, QPlainTextEdit):
        return "Ctrl+Return"
    return "Return" if isinstance(at, QLineEdit | QComboBox | QCheckBox | QTableView) else "Tab"


def _has_text(at: QWidget) -> bool:
    return bool(at.property("text"))
