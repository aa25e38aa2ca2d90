"""待核对: the versions of a field side by side, one recommended; one click or a text of one's own settles it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QPushButton, QVBoxLayout, QWidget

from desktop.ui.button_row import ButtonRow
from desktop.ui.case.conflict_card import Card
from desktop.ui.case.conflict_marks import masked_pieces, pieces, shortened
from desktop.ui.context import Context, Notice, button, heading
from desktop.ui.entry.form import framed
from desktop.ui.entry.id_number import IdNumber
from desktop.ui.entry.inputs import Choice, Input, Text
from desktop.ui.entry.long_text import LongText
from desktop.ui.paper.sheet import scrolling
from desktop.ui.theme import em
from desktop.ui.visible import visible

if TYPE_CHECKING:
    from desktop.services.conflicts import Conflict

CARD = 14
"""A card is at least so many ems wide."""

MOST_COLUMNS = 3


class ConflictDialog(QDialog):
    """Goes through the fields of one case that are in doubt. `settled` carries the case after each settlement."""

    settled = Signal(object)

    def __init__(self, parent: QWidget, context: Context, case_id: str, title: str) -> None:
        super().__init__(parent)
        from desktop.services import conflicts

        self._context, self._case_id, self._conflicts = context, case_id, conflicts
        self._found: list[Conflict] = []
        self._place = self._columns = 0
        self.cards: list[Card] = []
        self.own: Input = Text()
        self.setWindowTitle(visible(f"待核对：{title}"))
        self._build()
        self.reload()

    def _build(self) -> None:
        self.progress, self.label, self.notice = heading("", "soft"), heading(""), Notice()
        self.whole = QCheckBox("显示全文")
        self.whole.toggled.connect(self._show_whole)
        self._grid = QGridLayout()
        self._own_card, self._own_column = framed("都不对，另写一种", "card")
        self._use_own = button("用我写的", self._take_own, key="Ctrl+S")
        self._own_column.addWidget(self._use_own, 0, Qt.AlignmentFlag.AlignLeft)
        self.back = button("上一处", lambda: self._turn(-1), key="PgUp")
        self.following = button("下一处", lambda: self._turn(1), key="PgDown")
        self.following.setText("下一处  PgDn")  # as the key is called on the keyboard
        self.all = button("全部按建议处理", self.take_all, key="Alt+A")
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.addWidget(self.whole)
        inner.addLayout(self._grid)
        inner.addWidget(self._own_card)
        inner.addStretch(1)
        column = QVBoxLayout(self)
        for part in (self.progress, self.label, self.notice):
            column.addWidget(part)
        column.addWidget(scrolling(content), 1)
        column.addWidget(ButtonRow([self.back, self.following, self.all, button("以后再说", self.reject, key="Esc")]))

    # --- showing ---

    def reload(self) -> None:
        """Show what is in doubt now; close where nothing is left."""
        found = self.notice.attempt(lambda: self._conflicts.conflicts(self._context.desk, self._case_id))
        self._found = found or []
        if not self._found:
            self.accept()
            return
        self._place = min(self._place, len(self._found) - 1)
        self._show()

    @property
    def shown(self) -> "Conflict":
        """The field that is shown."""
        return self._found[self._place]

    def _show(self) -> None:
        one, several = self.shown, len(self._found) > 1
        self.progress.setText(f"第 {self._place + 1} 处，共 {len(self._found)} 处。同一项内容有不同的填法，请选对的一种，数字键也可以选。")
        self.label.setText(visible(f"{one.label}：有 {len(one.versions)} 种填法"))
        for part in (self.back, self.following, self.all):
            part.setVisible(several)
        self._make_cards(one)
        self._make_own(one)
        self.cards[one.recommended].take.setFocus()

    def _make_cards(self, one: "Conflict") -> None:
        for card in self.cards:
            self._grid.removeWidget(card)
            card.deleteLater()
        found = pieces([version.text for version in one.versions])
        if _is_number(one):
            found = [masked_pieces(text) for text in found]
        self.cards = [
            Card(
                place + 1,
                found[place],
                version.written,
                one.reason if place == one.recommended else "",
                lambda place=place: self.take(place),  # type: ignore[misc]  # mypy cannot type a default in a lambda
            )
            for place, version in enumerate(one.versions)
        ]
        self.whole.setVisible(any(piece.left_out for text in found for piece in shortened(text)))
        self.whole.setChecked(False)
        self._columns = 0
        self._lay_out()

    def _make_own(self, one: "Conflict") -> None:
        """The control that fits the field, with the recommended value to go on from."""
        self._own_column.removeWidget(self.own)
        self.own.deleteLater()
        line = IdNumber() if _is_number(one) else Text()
        self.own = Choice(one.options) if one.options else LongText(3) if one.long else line
        (self.own.focusProxy() or self.own).setAccessibleName("另写一种")
        self.own.show_value(one.versions[one.recommended].editable)
        self._own_column.insertWidget(1, self.own)
        self._own_card.setVisible(one.typed)

    def _show_whole(self, whole: bool) -> None:
        for card in self.cards:
            card.show_whole(whole=whole)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.cards:
            self._lay_out()

    def _lay_out(self) -> None:
        """As many cards beside each other as have room."""
        columns = max(1, min(len(self.cards), MOST_COLUMNS, int(self.width() / (em(self) * CARD))))
        if columns == self._columns:
            return
        for column in range(MOST_COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        for place, card in enumerate(self.cards):
            self._grid.addWidget(card, place // columns, place % columns)

    # --- settling ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 to 9 take a version, Enter the button under the cursor or else the recommended version."""
        number = event.key() - Qt.Key.Key_0.value
        if 1 <= number <= len(self.cards) and number <= 9:
            self.take(number - 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            at = self.focusWidget()
            at.click() if isinstance(at, QPushButton) else self.take(self.shown.recommended)
        else:
            super().keyPressEvent(event)

    def take(self, place: int) -> None:
        """Settle the shown field by the version at the place."""
        self._settle(place)

    def _take_own(self) -> None:
        self._settle(str(self.own.value() or ""))

    def take_all(self) -> None:
        """Settle all fields as recommended, after asking."""
        if self._context.asker.confirm(self, f"{len(self._found)} 处都按建议处理吗？各处的建议和理由可以先逐一翻看。", "全部按建议处理"):
            desk, found = self._context.desk, self._found
            self._done(self.notice.attempt(lambda: self._conflicts.settle_as_recommended(desk, self._case_id, found)))

    def _settle(self, answer: int | str) -> None:
        desk, shown = self._context.desk, self.shown
        self._done(self.notice.attempt(lambda: self._conflicts.settle(desk, self._case_id, shown, answer)))

    def _done(self, case: object) -> None:
        """Go on to the next; where it was refused because more came in, show that under the refusal."""
        if case is None:
            fresh = self.notice.attempt(lambda: self._conflicts.conflicts(self._context.desk, self._case_id))
            if fresh and fresh != self._found:
                self.reload()
            return
        self.notice.hide()
        self.settled.emit(case)
        self.reload()

    def _turn(self, step: int) -> None:
        self.notice.hide()
        self._place = (self._place + step) % len(self._found)
        self._show()


def _is_number(one: "Conflict") -> bool:
    return one.field[2] == "id_number"
