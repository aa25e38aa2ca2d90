"""The strip at the top of the case page that offers a draft, or says that one stands in the form."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QWidget

from desktop.domain.labels import words
from desktop.services import drafts
from desktop.services.drafts import Draft, Resumed
from desktop.ui.context import Context, button, heading
from desktop.ui.theme import em
from desktop.ui.visible import visible


def when(at: str) -> str:
    """`11月22日 10:31` of an ISO text."""
    return f"{int(at[5:7])}月{int(at[8:10])}日 {at[11:16]}"


def offered(draft: Draft) -> str:
    """What a draft is called: `上次没有保存的内容（普家顺与李文学，11月22日 10:31）`."""
    return f"上次没有保存的内容（{draft.title}，{when(draft.at)}）"


def resumed_told(resumed: Resumed) -> str:
    """What is said when a draft stands in the form again."""
    told = f"上次没有保存的内容（{when(resumed.draft.at)}）已接着放在下面，还没有保存。"
    if resumed.doubtful:
        names = "、".join(dict.fromkeys(words(path) for path in resumed.doubtful))
        return f"{told}这件纠纷后来有改动，{names}两边都改过，现在显示的是您写的，保存前请核对。"
    return f"{told}这件纠纷后来的改动已经在里面。" if resumed.changed_meanwhile else told


class DraftStrip(QFrame):
    """One sentence about a draft and what can be done with it; gone where there is none.

    `wanted` carries the name of a draft that is to be shown; `given_up` says that the one that is shown is not wanted.
    """

    wanted = Signal(str)
    given_up = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._offered: Draft | None = None
        self._own = ""
        self.setProperty("role", "next")
        self.label = heading("", "fact")
        self.take_button = button("接着写", self._take, key="Ctrl+Shift+J", role="main")
        self.drop_button = button("不要了", self._drop, key="Ctrl+Shift+D")
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.take_button)
        row.addWidget(self.drop_button)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.addWidget(self.label, 1)
        self._box.addWidget(buttons, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.hide()

    def offer_others(self, own: str) -> None:
        """Offer the newest new case that was begun and not saved, other than the one named."""
        self._own = own
        found = [draft for draft in drafts.new_ones(self._context.desk) if draft.name != own]
        self._offered = found[0] if found else None
        if self._offered:
            more = f"（还有{len(found) - 1}件）" if len(found) > 1 else ""
            self._say(f"{offered(self._offered)}{more}：", takes=True)
        else:
            self.hide()

    def tell(self, resumed: Resumed) -> None:
        """Say that the draft stands in the form."""
        self._offered = None
        self._say(resumed_told(resumed), takes=False)

    def rest(self) -> None:
        """The operator goes on typing: what was said about the draft in the form is known; Ctrl+Z still goes back to what is saved."""
        if self._offered is None and not self.isHidden():
            self.hide()

    def text(self) -> str:
        """What is shown, or nothing."""
        return self.label.text() if not self.isHidden() else ""

    def _say(self, text: str, *, takes: bool) -> None:
        self.label.setText(visible(text))
        self.take_button.setVisible(takes)
        self.show()

    def _take(self) -> None:
        if self._offered:
            self.wanted.emit(self._offered.name)

    def _drop(self) -> None:
        """Drop the draft that is offered, after asking; of the one that is shown the page takes care."""
        draft = self._offered
        if draft is None:
            self.hide()
            self.given_up.emit()
        elif self._context.asker.confirm(self, f"{offered(draft)}，不要了吗？删去以后找不回来。", "不要了"):
            drafts.drop(self._context.desk, draft.name)
            self.offer_others(self._own)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() > em(self) * 40
        self._box.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)
