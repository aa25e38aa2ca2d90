"""The frame of an open office: the left bar, the bands over the pages, and the pages."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.ui.side_bar import SideBar

if TYPE_CHECKING:
    from desktop.services.desk import Desk
    from desktop.ui.bands import Band


class Shell(QStackedWidget):
    """Its first page is the office; the door of the lock is laid over it as another."""

    def __init__(self, *, practice: bool) -> None:
        super().__init__()
        self.bar = SideBar(practice=practice)
        self.stack = QStackedWidget()
        self.band: Band | None = None
        self._right = QVBoxLayout()
        self._right.setSpacing(0)
        self._right.addWidget(self.stack, 1)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.bar)
        row.addLayout(self._right, 1)
        self.addWidget(body)

    def show_page(self, page: QWidget) -> None:
        """Bring the page to the front; the cursor goes to its first control, unless it is in the page already."""
        self.stack.setCurrentWidget(page)
        at: QWidget | None = self.focusWidget()
        if at is not None and page.isAncestorOf(at):
            return
        control = page.nextInFocusChain()
        while control is not None and control is not page:
            if page.isAncestorOf(control) and _takes_cursor(control, page):
                control.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            control = control.nextInFocusChain()

    def say_practice(self, leave: Callable[[], object], anew: Callable[[], object]) -> None:
        """Mark every page as practice."""
        from desktop.ui.bands import PracticeBand

        self._put(PracticeBand(leave, anew))

    def say_clock(self, desk: "Desk") -> None:
        """Tell of a clock that stands before the last use; it keeps nobody from working."""
        from desktop.services import last_use

        if sentence := last_use.clock_fault(desk):
            from desktop.ui.bands import ClockBand

            self._put(ClockBand(sentence, lambda: last_use.trust(desk)))

    def _put(self, band: "Band") -> None:
        self.band = band
        self._right.insertWidget(0, band)


def _takes_cursor(control: QWidget, page: QWidget) -> bool:
    by_tab = control.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
    return by_tab and control.isEnabled() and control.isVisibleTo(page)
