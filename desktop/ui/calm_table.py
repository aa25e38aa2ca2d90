"""A table as all of the program are: no grid, one row chosen at a time, columns that share the width so that nothing lies outside of it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from desktop.ui.theme import em

AnyIndex = QModelIndex | QPersistentModelIndex

MEASURED_ROWS = 30
"""So many rows tell how wide a column must be; all of them would take too long."""

WIDE = 9
"""Ems that the wide column asks for at the most; beyond that it takes what is left."""

DATE, PART, WORD = 6.1, 4.5, 2.5
"""Ems up to which no column is cut short: a date stays whole; only a word does where what is chosen is told in full beside the table.

Of a longer text so much stays that one knows what it is.
"""


class _Coloured(QStyledItemDelegate):
    """Draws the cells as they are; a colour that repeats what a cell says stays when its row is chosen."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().initStyleOption(option, index)
        colour = index.data(Qt.ItemDataRole.ForegroundRole)
        if isinstance(colour, QColor):
            palette = option.palette
            palette.setColor(QPalette.ColorRole.HighlightedText, colour)
            option.palette = palette


class CalmTable(QTableView):
    """The rows of the model; column `wide` takes the room that the others leave.

    Where there is not enough, the widest columns end in dots; those of `narrow` ems stay whole. With `most` the table is as high as its
    rows, but never higher than so many. A line of it is `line` ems high.
    """

    def __init__(self, name: str, model: QAbstractItemModel, *, wide: int, most: int = 0, line: float = 1.8, narrow: float = WORD) -> None:
        super().__init__()
        self._wide, self._most, self._line, self._narrow = wide, most, line, narrow
        self._wanted: list[int] = []
        self._least: list[int] = []
        self.setModel(model)
        self.setItemDelegate(_Coloured(self))
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setResizeContentsPrecision(MEASURED_ROWS)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._follow(model)
        self.measure()

    def _follow(self, model: QAbstractItemModel) -> None:
        model.modelReset.connect(self.measure)
        model.dataChanged.connect(self.measure)
        if self._most:  # a long list that grows at its end keeps its columns
            model.rowsInserted.connect(self.measure)
            model.rowsRemoved.connect(self.measure)

    def measure(self) -> None:
        """Measure the columns, because other words stand in them or in another size, and share the width; unseen, it waits until shown."""
        self.verticalHeader().setDefaultSectionSize(round(em(self) * self._line))
        if self.isVisible():
            header, narrow = self.horizontalHeader(), round(em(self) * self._narrow)
            part = min(narrow, round(em(self) * PART))
            columns = range(header.count())
            titles = [header.sectionSizeFromContents(column).width() for column in columns]
            texts = [self.sizeHintForColumn(column) for column in columns]
            texts[self._wide] = min(texts[self._wide], round(em(self) * WIDE))
            self._wanted = [max(pair) for pair in zip(titles, texts, strict=True)]
            self._least = [max(title, text if text <= narrow else part) for title, text in zip(titles, texts, strict=True)]
        self._share()

    def leave_out(self, ems: float, least: Mapping[int, float]) -> None:
        """Hide those of these columns for which so many ems are too few."""
        for column, wanted in least.items():
            self.setColumnHidden(column, ems < wanted)
        self._share()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.measure()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.measure()  # only now it has its style

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        if not self._wanted and not self._most:
            return  # nobody saw it yet
        shown = [column for column in range(len(self._wanted)) if not self.isColumnHidden(column)]
        room = self.viewport().width()
        widths = shared([self._wanted[column] for column in shown], [self._least[column] for column in shown], room)
        spare = max(room - sum(widths), 0)
        for column, width in zip(shown, widths, strict=True):
            self.setColumnWidth(column, width + (spare if column == self._wide else 0))
        if self._most:
            self._fit_height(scrolls=sum(widths) > room)

    def _fit_height(self, *, scrolls: bool) -> None:
        rows = min(max(self.model().rowCount(), 1), self._most)
        bar = self.horizontalScrollBar().sizeHint().height() if scrolls else 0
        others = self.horizontalHeader().sizeHint().height() + bar + 2 * self.frameWidth()
        self.setFixedHeight(self.verticalHeader().defaultSectionSize() * rows + others)


class Chooser(CalmTable):
    """A table whose rows lead somewhere: `chosen` comes with Enter."""

    chosen = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit()
        else:
            super().keyPressEvent(event)


def shared(wanted: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """The widths that are wanted where there is room for them; otherwise the widest give way, all alike, and none below its least.

    Where there is not even room for that, all are as wanted: who must scroll shall read whole words.
    """
    if sum(least) > room:
        return list(wanted)

    def capped(cap: int) -> list[int]:
        return [max(min(width, cap), low) for width, low in zip(wanted, least, strict=True)]

    low, high = 0, max(wanted, default=0)
    while low < high:
        cap = (low + high + 1) // 2
        low, high = (cap, high) if sum(capped(cap)) <= room else (low, cap - 1)
    return capped(low)
