"""Lines about cases that may be one quarrel: the words, and the buttons beside or below them."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QWidget

from desktop.ui.context import button, heading
from desktop.ui.entry.dates import chinese
from desktop.ui.fitting import Fitting
from desktop.ui.theme import em
from desktop.ui.visible import visible

if TYPE_CHECKING:
    from desktop.services.doubles import Card, Double

MERGE, NOT_SAME, OPEN, PART, LOOK = "合并为同一纠纷", "不是同一件", "打开", "取消合并", "查看"

_BESIDE = 28
"""Where so many ems are left for the text the buttons stand beside it."""


def told(card: "Card") -> str:
    """A case in one line: number, title, and who registered it when."""
    return f"{card.number or '（未编卷号）'}　{card.title}（{card.office or '不明单位'}，{chinese(card.registered_on)}登记）"


def merging_told(double: "Double") -> str:
    """What merging will do, before it is done; ids sort by the time of registration."""
    one, other = double.one, double.other
    newer, older = (one, other) if not one.id or one.id > other.id else (other, one)
    return (
        f"{told(newer) if newer.id else '正在登记的这一件'}\n并入\n{told(older)}\n\n"
        "两件的卷号、文书和经过都保留，以后可以取消合并。承办的单位互为协办单位，下次交换后都能看到这两件。"
    )


class Line(Fitting):
    """A text, shown as it is, and its buttons: beside it where there is room, otherwise below."""

    def __init__(self, text: str, buttons: Sequence[QPushButton]) -> None:
        super().__init__()
        self.label = heading(visible(text), "fact")
        self._row = QWidget()
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        for made in buttons:
            row.addWidget(made)
        row.addStretch(1)
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(round(em(self) * 0.1))
        self._box.addWidget(self.label, 1)
        self._box.addWidget(self._row)

    def _fit(self) -> None:
        is_wide = self.width() - self._row.sizeHint().width() > em(self) * _BESIDE
        self._box.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)


def small(text: str, about: str, slot: Callable[[], object], key: str = "") -> QPushButton:
    """A quiet button; to those who hear the screen it says which case it is about."""
    made = button(text, slot, key=key, role="plain")
    made.setAccessibleName(visible(f"{text}：{about}"))
    return made
