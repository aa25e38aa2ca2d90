"""The cases in 待核对, for the pages that look at all cases."""

from PySide6.QtCore import Qt, Signal

from desktop.ui.card_box import CardBox
from desktop.ui.context import Context, heading
from desktop.ui.theme import COLOURS
from desktop.ui.visible import escaped

LINES = 5
"""So many cases are listed; of the others only how many there are."""


class DoubtsBox(CardBox):
    """A card with a line for each case; gone where no case is in doubt. `opened` carries the id of the case to be shown."""

    opened = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.head, self.cases, self.more = heading("", "head"), heading("", "fact"), heading("", "soft")
        self.cases.setTextFormat(Qt.TextFormat.RichText)
        by_keyboard = Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        self.cases.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse | by_keyboard)
        self.cases.linkActivated.connect(self.opened)
        self.inner.addWidget(self.head)
        self.inner.addWidget(heading("几个单位在同一处填了不同的内容，请打开纠纷选定一种，下次交换后各单位都会一致。", "soft"))
        self.inner.addWidget(self.cases)
        self.inner.addWidget(self.more)
        self.hide()

    def refresh(self) -> None:
        """Show the cases that are in doubt now."""
        from desktop.services import conflicts

        found = conflicts.cases_in_doubt(self._context.desk)
        lines = [_link(one.id, f"{one.number}　{one.title}（{one.conflicts}处）") for one in found[:LINES]]
        self.cases.setText("".join(f"<p>{line}</p>" for line in lines))
        self.head.setText(f"！待核对：{len(found)}件纠纷")
        self.more.setText(f"另有{len(found) - LINES}件，核对完上面的再显示。")
        self.more.setVisible(len(found) > LINES)
        self.setVisible(bool(found))


def _link(case_id: str, text: str) -> str:
    return f"<a style='color:{COLOURS['accent']}' href='{case_id}'>{escaped(text)}</a>"
