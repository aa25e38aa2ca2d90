"""What the first case and the first paper need, made ready while nobody waits: modules in the worker, the case page in pauses."""

from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.ui.worker import while_there

if TYPE_CHECKING:
    from desktop.ui.window import Window

PAUSE, REST = 120, 1000
"""Milliseconds between two parts, and to the next look while something else is under way."""

_OF_A_CASE = (
    "services.afterwork",
    "services.characters",
    "services.conflicts",
    "services.doubles",
    "services.handover",
    "services.letters",
    "services.past",
    "services.working_days",
    "services.watching",
    "domain.agreement_check",
    "ui.case.page",
    "ui.exchange.watch",
)
"""What a case, and the look at a watched folder, load at first; without this the window would stand still for a third of a second."""


def load() -> None:
    """Load what is needed, in the worker: it reads no case and makes no widget."""
    from desktop.services import preview

    for name in _OF_A_CASE:
        import_module(f"desktop.{name}")
    import_module("chinese_calendar")
    preview.warm_up()


class Ahead(QObject):
    """Makes the page of a case and its tabs, one part at a time, so that no part keeps the window waiting for long."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)

    def begin(self) -> None:
        """Load, then go on in the pauses; a fault of what is loaded is told where it is used."""
        self._window.worker.start(load, while_there(self, lambda _: self._timer.start(PAUSE)), lambda _: None)

    def done(self) -> bool:
        """Whether nothing is left to be made."""
        page = self._window.pages.get("case")
        return page is not None and not self._window.case_page().tabs.unmade()

    def _go_on(self) -> None:
        window = self._window
        if window.context is None or window.locked() or window.worker.busy():
            self._timer.start(REST)
            return
        if "case" not in window.pages:
            window.case_page()
        else:
            window.case_page().tabs.make_next()
        if not self.done():
            self._timer.start(PAUSE)
