"""移交 and 协办 on the page of a case: the strip at its top, the card beside it, and the steps that they offer."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QDialog, QFrame, QPushButton, QVBoxLayout, QWidget

from desktop.domain.case import Case
from desktop.ui.button_row import ButtonRow
from desktop.ui.context import Context, Notice, button, heading
from desktop.ui.entry.form import framed
from desktop.ui.entry.inputs import Input
from desktop.ui.entry.kept import KeepingDialog, draft_name, drop_with
from desktop.ui.theme import em
from desktop.ui.visible import visible

if TYPE_CHECKING:
    from desktop.services.cases import Saved
    from desktop.services.handover import Place, Standing

BACK = "写明为什么不接收，原单位会看到这段话，纠纷仍由它办理。"
ASK = "纠纷仍由承办单位办理；协办单位从下一次交换起能看到全部内容，也能登记。"
DROP = "它不再协办，下次交换时得知；它看不到以后的办理情况。"
END = "可以写下协办的情况（不写也可以）。结束以后，本单位看不到以后的办理情况。"

BELOW = frozenset({"移交", "请求协办", "取消协办"})
"""Steps of the card; the others answer what the strip says."""


class Strip(QFrame):
    """One sentence about who has the case, with the steps that answer it; gone where there is nothing to say.

    The steps stand beside the sentence where two fifths of the width hold the longest of them, otherwise below.
    """

    def __init__(self, *steps: QPushButton) -> None:
        super().__init__()
        self.setProperty("role", "next")
        self.text = heading("", "fact")
        self._steps, self._buttons = steps, ButtonRow(steps)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._both.addWidget(self.text, 3)
        self._both.addWidget(self._buttons, 2)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        longest = max((made.sizeHint().width() for made in self._steps if not made.isHidden()), default=0)
        beside = longest < self.contentsRect().width() * 2 / 5 - em(self)  # less the margins
        self._both.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def show_text(self, text: str, *, warn: bool, buttons: bool) -> None:
        """Show the sentence, or nothing; `warn` where the case can only be read."""
        self.setProperty("role", "warned" if warn else "next")
        self.style().polish(self)
        self.text.setText(visible(text))
        self._buttons.setVisible(buttons)
        self._fit()
        self._buttons.fit()
        self.setVisible(bool(text))


class Handover(QWidget):
    """The card 承办单位, and the strip that the page lays over the form. `changed` carries the case as it stands after a step.

    `ready` gives the case as it is saved, after saving what was typed; None if that cannot be.
    """

    changed = Signal(object)

    def __init__(self, context: Context, notice: Notice, ready: Callable[[], Case | None]) -> None:
        super().__init__()
        self._context, self._notice, self._ready = context, notice, ready
        self._case: Case | None = None
        self._draft = ""  # of the dialog that was accepted last; it ends with the step
        self.take = button("接收", self.accept, key="Ctrl+R", role="main", drawing="check")
        self.refuse = button("退回…", self.give_back, key="Ctrl+Shift+R")
        self.recall = button("收回移交", self.withdraw, key="Ctrl+Shift+T")
        self.end = button("结束协办…", self.finish, key="Ctrl+Shift+B")
        self.strip = Strip(self.take, self.refuse, self.recall, self.end)
        self.who = heading("", "fact")
        self.pass_on = button("移交…", self.offer, key="Ctrl+T")
        self.ask = button("协办…", self.ask_help, key="Ctrl+B")
        self.drop = button("取消协办", self.dismiss, key="Ctrl+Shift+B")
        self._steps = {
            "接收": self.take,
            "退回": self.refuse,
            "收回": self.recall,
            "结束协办": self.end,
            "移交": self.pass_on,
            "请求协办": self.ask,
            "取消协办": self.drop,
        }
        card, inner = framed("承办单位", "card")
        inner.addWidget(self.who)
        self._below = ButtonRow((self.pass_on, self.ask, self.drop))
        inner.addWidget(self._below)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.hide()

    def show_case(self, case: Case) -> bool:
        """Show who has the case and what can be done about it; returns whether this office may change the case."""
        from desktop.services import handover

        self._case, self._draft = case, ""
        standing = handover.standing(self._context.desk, case)
        for name, made in self._steps.items():
            made.setVisible(name in standing.steps)
        self.strip.show_text(standing.told, warn=not standing.may_write, buttons=bool(standing.steps - BELOW))
        self.who.setText(_told(standing))
        self._below.setVisible(bool(standing.steps & BELOW))
        self._below.fit()
        self.setVisible(bool(standing.steps or standing.helpers or not standing.may_write))
        return standing.may_write

    # --- steps ---

    def offer(self) -> None:
        """Offer the case to another office."""
        from desktop.services import handover
        from desktop.ui.case.handover_dialogs import PassDialog

        case = self._ready()
        if case is None:
            return
        dialog = PassDialog(self, handover.places(self._context.desk, case))
        self._keep(dialog, {"reason": dialog.reason})
        chosen = dialog.picker.chosen() if self._asked(dialog) else None
        if chosen:
            reason, stay = str(dialog.reason.value() or ""), dialog.stay.isChecked()
            self._step(
                lambda: handover.offer(self._context.desk, case, chosen.code, reason, stay=stay),
                f"已移交给{chosen.name}，下次交换时送到；它接收以前仍由本单位办理。",
            )

    def ask_help(self) -> None:
        """Ask another office to help."""
        from desktop.services import handover

        case = self._ready()
        chosen = self._place(handover.places(self._context.desk, case), "请求协办", ASK, "请它协办") if case else None
        if case and chosen:
            self._step(lambda: handover.assign(self._context.desk, case, chosen.code), f"已请{chosen.name}协办，下次交换时送到。")

    def dismiss(self) -> None:
        """End the help of another office."""
        from desktop.services import handover

        case = self._ready()
        helpers = handover.standing(self._context.desk, case).helpers if case else ()
        chosen = self._place(helpers, "取消协办", DROP, "取消协办") if case else None
        if case and chosen:
            self._step(lambda: handover.dismiss(self._context.desk, case, chosen.code), f"已取消{chosen.name}的协办。")

    def accept(self) -> None:
        """Take over the case that was offered."""
        from desktop.services import handover

        case = self._ready()
        if case:
            self._step(lambda: handover.accept(self._context.desk, case), "已接收，这件纠纷从现在起由本单位承办。")

    def give_back(self) -> None:
        """Give back the case that was offered, with the reason."""
        from desktop.services import handover

        case = self._ready()
        said = self._said("退回移交", BACK, "退回", "请写明退回的原因。") if case else None
        if case and said is not None:
            self._step(lambda: handover.give_back(self._context.desk, case, said), "已退回，下次交换时送到原单位。")

    def withdraw(self) -> None:
        """Take back the offer."""
        from desktop.services import handover

        case = self._ready()
        if case and self._context.asker.confirm(self, "要收回移交吗？纠纷仍由本单位办理。", "收回"):
            self._step(lambda: handover.withdraw(self._context.desk, case), "已收回移交。")

    def finish(self) -> None:
        """End the help of this office."""
        from desktop.services import handover

        case = self._ready()
        said = self._said("结束协办", END, "结束协办") if case else None
        if case and said is not None:
            self._step(lambda: handover.finish_help(self._context.desk, case, said), "已结束协办，下次交换时告知承办单位。")

    def _step(self, step: "Callable[[], Saved]", done: str) -> None:
        draft, self._draft = self._draft, ""
        saved = self._notice.attempt(lambda: drop_with(self._context.desk, draft, step))
        if saved is not None:
            self.changed.emit(saved.case)
            self._notice.done(done)

    def _place(self, places: "Sequence[Place]", title: str, told: str, yes: str) -> "Place | None":
        from desktop.ui.case.handover_dialogs import PlaceDialog

        dialog = PlaceDialog(self, places, title, told, yes)
        return dialog.picker.chosen() if self._asked(dialog) else None

    def _said(self, title: str, told: str, yes: str, required: str = "") -> str | None:
        from desktop.ui.case.handover_dialogs import SayDialog

        dialog = SayDialog(self, title, told, yes, required)
        self._keep(dialog, {"text": dialog.text})
        return dialog.said() if self._asked(dialog) else None

    def _keep(self, dialog: KeepingDialog, controls: Mapping[str, Input]) -> None:
        """What is typed in the dialog outlives it until the step is done."""
        self._draft = draft_name(dialog.windowTitle(), self._case.id if self._case else "")
        dialog.keep_words(self._context, self._draft, controls)

    def _asked(self, dialog: QDialog) -> bool:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        answer = self._context.asker.accepted(dialog)
        dialog.deleteLater()
        return answer


def _told(standing: "Standing") -> str:
    lines = [standing.owner]
    if standing.helpers:
        lines.append("协办：" + "、".join(one.name for one in standing.helpers))
    return visible("\n".join(lines))
