"""What a control deep in the page of a case asks of the page around it (`desktop.ui.entry.around`)."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.case import Case
from desktop.ui.case.dropping import Dropping
from desktop.ui.case.fields import TABS
from desktop.ui.case.view import CaseView

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AskedPage(CaseView):
    """The page of a case as its controls know it."""

    def _made(self, blank: Case) -> Iterator[Literal[False]]:
        yield from super()._made(blank)
        self.dropping = Dropping(self, lambda: self.isEnabled() and self.scans.may_add(), self.take_files)

    def take_files(self, files: Sequence[Path]) -> None:
        """Files were dropped somewhere on the page: show the scans, which take them."""
        there = self.scans.isVisible()
        self._history = False
        self._fit()
        self.tabs.show_tab(len(TABS))
        self.scans.take_files(files, asks=not there)

    def collect(self) -> Case:
        """The case with everything that was typed and can be used."""
        return self.tabs.collect()

    def disclose(self, number: str) -> bool:
        """Write down that a full ID number is looked at; False, and why, if that cannot be."""
        from desktop.services import disclosure

        return bool(self.notice.attempt(lambda: disclosure.shown(self._context.desk, self.collect(), number)))

    def takes_rows(self, told: str, count: int) -> bool:
        """Whether the operator wants the rows that were pasted."""
        return self._context.asker.confirm(self, f"剪贴板里的表格有{count}行，要加进来吗？\n\n{told}", f"加入{count}行")

    def on_sheet(self, place: QWidget) -> bool:
        """Whether the place is among the fields of the tab in front."""
        number = self.tabs.currentIndex()
        return number < len(TABS) and self.tabs.form(number).isAncestorOf(place)

    def turn(self) -> None:
        """Go from the last field of a tab to the first of the next one, from the last form to 保存."""
        following = self.tabs.currentIndex() + 1
        if following < len(TABS):
            self.tabs.show_tab(following)
        else:
            self.save_button.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter, where it does not leave a long text, goes to the next tab; Enter on 保存 saves."""
        enter = event.key() in _ENTER
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.tabs.show_tab((self.tabs.currentIndex() + 1) % self.tabs.count())
        elif enter and self.save_button.hasFocus():
            self.save_button.click()
        else:
            super().keyPressEvent(event)
