"""Windows of enrolled offices, and folders that stand for sticks."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.services.desk import Desk
from desktop.services.exchange import Cancelled
from desktop.ui.ask import Leave
from desktop.ui.exchange.page import ExchangePage
from desktop.ui.exchange.work import Progress
from desktop.ui.theme import Theme
from desktop.ui.window import Window
from tests.ui.hands import Answers, show, take_down

SOON = 20_000


def wait_for_the_stop(progress: Progress, *_: object) -> None:
    """A slow stick, in place of the progress: it waits in the middle of the work until the operator stops it."""
    assert progress._stop.wait(20)
    raise Cancelled


class Carrier:
    """The window of an office in front of the exchange page; `sticks` are the folders that are plugged in."""

    def __init__(self, qtbot: QtBot, window: Window, answers: Answers) -> None:
        self.qtbot, self.window, self.answers = qtbot, window, answers
        self.sticks: list[Path] = []
        window.go("exchange")
        page = window.pages["exchange"]
        assert isinstance(page, ExchangePage)
        self.page = page
        page.places.sticks._roots = lambda: self.sticks
        page.places.sticks.look()

    def plug_in(self, *folders: Path) -> None:
        """Plug in these sticks and no others."""
        for folder in folders:
            folder.mkdir(exist_ok=True)
        self.sticks[:] = folders
        self.page.places.sticks.look()

    def planned(self) -> None:
        """Press 导出 and wait for the plan."""
        self.page.export_button.click()
        self.qtbot.waitUntil(lambda: self.page.exporting._plan is not None, timeout=SOON)

    def finished(self) -> None:
        """Wait until nothing is under way."""
        self.qtbot.waitUntil(lambda: not self.page.work.busy() and not self.window.worker.busy(), timeout=SOON)

    def press(self, made: QPushButton) -> None:
        """Press a button and wait for what it starts."""
        made.click()
        self.finished()

    def export(self) -> list[Path]:
        """Plan and write; the bundles that lie there after."""
        self.planned()
        self.press(self.page.exporting.write_button)
        place = self.page.places.place()
        assert place is not None
        return sorted(place.root.glob("*.fqb"))


@contextmanager
def carrier(qtbot: QtBot, theme: Theme, desk: Desk, answers: Answers) -> Iterator[Carrier]:
    """The office's window, closed in the end; the desk stays open."""
    window = Window(desk.folder, theme, None, answers)
    window.enter(desk)
    show(qtbot, window)
    yield Carrier(qtbot, window, answers)
    answers.leaving = Leave.DROP
    window.release_desk()
    take_down(window)
