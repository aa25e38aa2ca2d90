"""The likely doubles that imports brought, as pairs, wherever they are to be seen: below the receipt on the exchange page."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from desktop.ui.card_box import CardBox
from desktop.ui.case.doubles_line import MERGE, NOT_SAME, OPEN, Line, merging_told, small, told
from desktop.ui.context import Context, Notice, heading

if TYPE_CHECKING:
    from desktop.services.doubles import Card, Double

PAIRS = 5
"""So many pairs are listed; of the others only how many there are."""

ABOUT = "两个单位可能登记了同一件纠纷。是同一件的合并，两件的经过都保留；不是的点“不是同一件”，以后不再提示。"


class DoublesBox(CardBox):
    """A card with the likeliest pairs; gone where there are none. `opened` carries the id of the case to be shown."""

    opened = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.head, self.more, self.notice = heading("", "head"), heading("", "soft"), Notice()
        self.pairs: list[QWidget] = []
        for part in (self.head, heading(ABOUT, "soft"), self.notice, self.more):
            self.inner.addWidget(part)
        self.hide()

    def refresh(self) -> None:
        """Show the pairs that are open now."""
        from desktop.services import doubles

        found = doubles.open_doubles(self._context.desk)
        for pair in self.pairs:
            self.inner.removeWidget(pair)
            pair.hide()
            pair.deleteLater()
        self.pairs = [self._pair(double) for double in found[:PAIRS]]
        for place, pair in enumerate(self.pairs):
            self.inner.insertWidget(3 + place, pair)
        self.head.setText(f"可能重复登记的纠纷：{len(found)}对")
        self.more.setText(f"另有{len(found) - PAIRS}对，处理完上面的再显示。")
        self.more.setVisible(len(found) > PAIRS)
        self.setVisible(bool(found) or bool(self.notice.text()))

    def _pair(self, double: "Double") -> QWidget:
        frame = QFrame()
        frame.setProperty("role", "group")
        column = QVBoxLayout(frame)
        for card in (double.one, double.other):
            column.addWidget(Line(told(card), [self._opener(card)]))
        about = f"{told(double.one)}，{told(double.other)}"
        merge = small(MERGE, about, lambda: self._merge(double))
        not_same = small(NOT_SAME, about, lambda: self._dismiss(double))
        column.addWidget(Line("；".join(double.why), [merge, not_same]))
        return frame

    def _opener(self, card: "Card") -> QPushButton:
        return small(OPEN, told(card), lambda: self.opened.emit(card.id))

    def _merge(self, double: "Double") -> None:
        from desktop.services import doubles

        desk = self._context.desk
        if not self._context.asker.confirm(self, merging_told(double), MERGE):
            return
        if self.notice.attempt(lambda: doubles.merge(desk, double.one.id, double.other.id)):
            self.notice.done(f"已合并为同一纠纷：{double.one.number}、{double.other.number}")
        self.refresh()

    def _dismiss(self, double: "Double") -> None:
        from desktop.services import doubles

        doubles.dismiss(self._context.desk, double)
        self.notice.hide()
        self.refresh()
