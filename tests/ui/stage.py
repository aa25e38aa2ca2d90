"""Where the pictures of the pages are taken: the windows of a busy township, an empty office, practice, a door and a first run."""

import shutil
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop.services import practice
from desktop.services.desk import Desk, open_desk, set_up
from desktop.ui.doors.first_run import FirstRun
from desktop.ui.doors.office import OfficeAsked, OperatorAsked
from desktop.ui.entry.kept import KeepingDialog
from desktop.ui.exchange import page as exchange_page
from desktop.ui.theme import Theme
from desktop.ui.window import Window
from tests.ui.gallery_office import CHEAP, PASSWORD, VILLAGE, Township, leave_open, township
from tests.ui.hands import Answers, take_down
from tests.ui.rest import PATIENCE, come_to_rest

SIZE = (1280, 800)
CODE = "ABCD-EFGH-JKLM-NPQR-STUV-WXYZ-2345-6789"
"""In the place of a real recovery code, so that a picture stays the same."""


SHADE = QColor(0, 0, 0, 50)
"""Over what lies behind a dialog."""


class Shows(Answers):
    """Lays the dialog that is asked over the window in front and says no, so that nothing is done; it stays until the stage is cleared."""

    def __init__(self, stage: "Stage") -> None:
        super().__init__()
        self._stage = stage

    def accepted(self, dialog: QDialog) -> bool:
        dialog.deleteLater = lambda: None  # type: ignore[method-assign]  # who asked would take it away at once
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._stage.lay_over(dialog)
        return False


class Stage:
    """The windows, made when they are first wanted; `over` is the dialog that lies over the one in front."""

    def __init__(self, place: Path, theme: Theme) -> None:
        self.place, self.theme = place, theme
        self.over: QWidget | None = None
        self.answers = Shows(self)
        self._settled, exchange_page.SETTLED = exchange_page.SETTLED, 0  # its timer belongs to nothing that `come_to_rest` could ask
        self._windows: dict[str, Window] = {}
        self._desks: list[Desk] = []
        self._town: Township | None = None

    @property
    def town(self) -> Township:
        """The township behind the main window."""
        if self._town is None:
            self._town = township(self.place)
            self._desks.append(self._town.desk)
        return self._town

    # --- the windows ---

    def main(self) -> Window:
        """The window of the township."""
        return self._front("main", lambda: self._office(self.town.desk))

    def empty(self) -> Window:
        """The window of an office without cases."""
        return self._front("empty", lambda: self._office(self._new_office()))

    def neighbour(self, code: str) -> Window:
        """The window of another office of the county, as it was on the Monday; the village's with all that an exchange can leave open."""
        return self._front(code, lambda: self._office(self._neighbour(code)))

    def practising(self) -> Window:
        """The window of practice."""
        window = self._front("practice", self._practice)
        self.theme.set_practice(practice=True)
        return window

    def door(self) -> Window:
        """The window before a password, whatever was asked there before."""
        window = self._front("door", lambda: self._closed(self.town.desk.folder.parent / VILLAGE))
        window.entrance.ask_password()
        return window

    def first_run(self, page: int) -> Window:
        """The window of a first run at a page."""
        window = self._front("first", lambda: self._closed(self.place / "new"))
        door = window.centralWidget()
        assert isinstance(door, FirstRun)
        if door.desk is None:
            self._found(door)
        door._show(page)
        return window

    def _front(self, name: str, make: Callable[[], Window]) -> Window:
        self.theme.set_practice(practice=False)
        for other, window in self._windows.items():
            if other != name:
                window.hide()
        if name not in self._windows:
            self._windows[name] = make()
        window = self._windows[name]
        window.resize(*SIZE)
        window.show()
        window.activateWindow()
        QApplication.processEvents()
        return window

    def _office(self, desk: Desk) -> Window:
        window = Window(desk.folder, self.theme, None, self.answers)
        window.enter(desk)
        return window

    def _closed(self, folder: Path) -> Window:
        window = Window(folder, self.theme, None, self.answers)
        window.open_door()
        self.wait(lambda: window.centralWidget() is not None)
        return window

    def _new_office(self) -> Desk:
        folder = self.place / "empty"
        made = set_up(folder, PASSWORD, level="村", name="柳林村", operator="何平", clock=self.town.watch, cost=CHEAP)
        self._desks.append(made)
        return made

    def _neighbour(self, code: str) -> Desk:
        folder = self.place / f"neighbour-{code}"
        shutil.copytree(self.town.desk.folder.parent / code, folder)
        desk = open_desk(folder, PASSWORD, "李云", clock=self.town.watch)
        self._desks.append(desk)
        if code == VILLAGE:
            leave_open(desk, self.town.desk)
        return desk

    def _practice(self) -> Window:
        folder = self.place / "practising"
        folder.mkdir()
        desk = practice.open_practice(folder, self.town.watch)
        self._desks.append(desk)
        window = Window(folder, self.theme, None, self.answers)
        window.enter(desk)
        return window

    def _found(self, door: FirstRun) -> None:
        """The office of the first run, as typed on its first pages; its recovery sheet shows a code that is none."""
        door.office.form.show_value(OfficeAsked(level="村", name="青石镇石桥村综治中心"))
        door.operator.form.show_value(OperatorAsked(operator="杨娟", password=PASSWORD, again=PASSWORD))
        desk = set_up(self.place / "new", PASSWORD, level="村", name="石桥村综治中心", operator="杨娟", cost=CHEAP)
        self._desks.append(desk)
        door._follow_up(desk, CODE)
        door._made_from = door._given()

    # --- waiting and looking ---

    def wait(self, until: Callable[[], object]) -> None:
        """Let the program work until that is so."""
        end = monotonic() + PATIENCE
        while not until():
            assert monotonic() < end, "a scene waits for what does not come"
            QTest.qWait(5)

    def settle(self, window: Window) -> None:
        """Let the program work until all is drawn that will be drawn without a key."""
        come_to_rest(window, self.over)

    def lay_over(self, dialog: QWidget, *, whole: bool = False) -> None:
        """Show a dialog over the window in front; `whole`: as large as the window."""
        self.over = dialog
        if whole:
            dialog.resize(*SIZE)
        if not dialog.isVisible():
            dialog.show()
        dialog.activateWindow()
        QApplication.processEvents()

    def clear(self) -> None:
        """Take the dialog away, and what was typed in it."""
        over, self.over = self.over, None
        if isinstance(over, KeepingDialog) and over.kept is not None:
            over.kept.give_up()
        if isinstance(over, QDialog):
            over.reject()
        elif over is not None:
            over.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def picture(self, window: Window) -> QPixmap:
        """The window, and the dialog in its middle."""
        found = window.grab()
        if self.over is not None:
            above = self.over.grab()
            place = self.over.geometry().topLeft() - window.geometry().topLeft()
            if self.over.windowFlags() & Qt.WindowType.Popup != Qt.WindowType.Popup:
                place = QPoint((found.width() - above.width()) // 2, (found.height() - above.height()) // 2)
            painter = QPainter(found)
            if above.size() != found.size():
                painter.fillRect(found.rect(), SHADE)
                painter.setPen(Qt.GlobalColor.gray)
                painter.drawRect(place.x() - 1, place.y() - 1, above.width() + 1, above.height() + 1)
            painter.drawPixmap(place, above)
            painter.end()
        return found

    def end(self) -> None:
        """Close everything."""
        self.clear()
        self.theme.set_practice(practice=False)
        for window in self._windows.values():
            window.release_desk()
            window.entrance.rest()
            window.context = None
            take_down(window)
        for desk in self._desks:
            desk.close()
        exchange_page.SETTLED = self._settled
