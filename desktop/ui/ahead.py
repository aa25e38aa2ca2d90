"""What the first case and the first paper need, made ready while nobody waits: modules in the worker, the case page in pauses."""

from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.domain.refused import Refused
from desktop.ui.worker import while_there

if TYPE_CHECKING:
    from desktop.ui.case.page import CasePage
    from desktop.ui.context import Context
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
_OF_OTHER_PAGES = (
    "ui.listing.page",
    "services.letter_box",
    "ui.letters.page",
    "services.meetings",
    "ui.meetings.page",
    "ui.meetings.sheet",
    "services.waiting",
    "services.places",
    "ui.exchange.page",
    "ui.paper.verify_page",
    "services.directory",
    "services.root_key",
    "ui.settings.page",
    "services.locking",
    "ui.lock.curtain",
    "ui.lock.door",
    "ui.help.page",
)
"""What a case, the look at a watched folder, and the other pages load at first; without this each would stand still for a while."""


def load() -> None:
    """Load what is needed, in the worker: it reads no case and makes no widget."""
    from desktop.services import preview

    for name in (*_OF_A_CASE, *_OF_OTHER_PAGES):
        import_module(f"desktop.{name}")
    import_module("chinese_calendar")
    preview.warm_up()


class Ahead(QObject):
    """Makes the page of a case and its tabs, one part at a time, so that no part keeps the window waiting for long."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self._page: CasePage | None = None
        self._context: Context | None = None
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
        if "case" in window.pages:
            self._let_go()
            window.case_page().tabs.make_next()
        else:
            self._make_some(window.context)
        if not self.done():
            self._timer.start(PAUSE)

    def _make_some(self, context: "Context") -> None:
        """Begin the page, go on with it, or hand it over when it is whole."""
        from desktop.services import letters
        from desktop.ui.case.page import CasePage

        if context is not self._context:  # another office was opened since
            self._let_go()
        if self._page is None:
            self._page, self._context = CasePage(context, bit_by_bit=True), context
        elif not self._page.make_some():
            self._window.take_case_page(self._page)
            self._page = None
            with suppress(Refused):  # a mistake in the office's file is told where the kinds are used
                letters.kinds(context.desk)

    def _let_go(self) -> None:
        """Leave a page that is half made: somebody was faster."""
        if self._page is not None:
            self._page.deleteLater()
            self._page = None
