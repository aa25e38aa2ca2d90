"""The titles of the tabs, as long as there is room for: first whole, then short, then close together. A tab behind an arrow is lost."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QTabWidget

from desktop.ui.theme import em

SHORT = {"研判分流": "研判", "三单一函": "三单", "回访归档": "回访"}
"""What is left of a title where there is no room for all of it; the tip tells the rest."""

_WAYS = ((False, False, " ！"), (True, False, " ！"), (True, True, "！"), (True, True, "!"))
"""Whether the titles are short, whether they stand close together, and what marks a doubt."""

_PADDING = {False: 7, True: 2}
"""On each side of a title, and of one that stands close to the next, in 1/22 of a line: as the theme has it."""


class TabTitles(QObject):
    """Writes the titles of the tabs, each with its number, which is its key with Ctrl, and marks those that have doubts."""

    def __init__(self, tabs: QTabWidget, titles: Sequence[str]) -> None:
        super().__init__(tabs)
        self._tabs, self._titles = tabs, titles
        self._marked: frozenset[int] = frozenset()
        self._tight = False
        tabs.installEventFilter(self)
        self._fit()

    def mark(self, numbers: Collection[int]) -> None:
        """Mark these tabs, and no others."""
        if self._marked != frozenset(numbers):
            self._marked = frozenset(numbers)
            self._fit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.FontChange, QEvent.Type.LayoutRequest):
            self._fit()
        return False

    def _fit(self) -> None:
        """Take the first way in which all tabs are seen."""
        for short, tight, doubt in _WAYS:
            texts = [self._text(number, doubt, short=short) for number in range(len(self._titles))]
            if self._width(texts, tight=tight) <= self._tabs.width():
                break
        self._write(texts, tight=tight)

    def _text(self, number: int, doubt: str, *, short: bool) -> str:
        title = self._titles[number]
        return f"{number + 1} {SHORT.get(title, title) if short else title}{doubt if number in self._marked else ''}"

    def _width(self, texts: Sequence[str], *, tight: bool) -> int:
        bar = self._tabs.tabBar()
        around = 2 * round(_PADDING[tight] * em(bar) / 22) + 1
        return sum(bar.fontMetrics().horizontalAdvance(text) + around for text in texts)

    def _write(self, texts: Sequence[str], *, tight: bool) -> None:
        bar = self._tabs.tabBar()
        if tight != self._tight:
            self._tight = tight
            bar.setProperty("tight", tight)
            bar.style().polish(bar)
            QApplication.sendEvent(bar, QEvent(QEvent.Type.FontChange))  # the sizes of the tabs are looked at anew
        for number, (title, text) in enumerate(zip(self._titles, texts, strict=True)):
            if bar.tabText(number) != text:
                bar.setTabText(number, text)
                bar.setTabToolTip(number, "" if title in text else title)
                bar.setAccessibleTabName(number, f"{number + 1} {title}{'，有要核对的' if number in self._marked else ''}")
