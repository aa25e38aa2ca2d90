"""分期: an amount in parts, shown with their days and sums before they are taken over."""

from collections.abc import Sequence
from datetime import date
from functools import partial

import msgspec
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.agreement import Obligation
from desktop.domain.codes import Repeat
from desktop.domain.instalments import MOST, CannotSplit, Instalment, split
from desktop.domain.money import Fen, capitals
from desktop.ui.context import Context, button, heading
from desktop.ui.entry.amounts import readable
from desktop.ui.entry.dates import chinese
from desktop.ui.entry.form import Field, Form
from desktop.ui.entry.inputs import Text
from desktop.ui.entry.kept import KeepingDialog
from desktop.ui.entry.pick import pick
from desktop.ui.entry.typed import Amount, Count, Day
from desktop.ui.paper.sheet import scrolling
from desktop.ui.theme import em


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What is divided: the whole in fen, into how many parts, from which day on, how often, from whom to whom and how."""

    amount: Fen | None = None
    parts: int | None = None
    first: date | None = None
    step: Repeat | None = "每月"
    payer: str | None = None
    payee: str | None = None
    method: str | None = None


_FIELDS = (
    Field("amount", "总金额", Amount, 2, "请填写总金额。"),
    Field("parts", "分几期", partial(Count, MOST), 2, "请填写分几期。"),
    Field("first", "第一期的期限", Day, 2, "请填写第一期的期限。"),
    Field("step", "每期间隔", pick(Repeat), 2, "请选择每期的间隔。"),
    Field("payer", "谁来履行", Text, 2),
    Field("payee", "向谁履行", Text, 2),
    Field("method", "方式", partial(Text, "如：现金、转账"), 6),
)


class InstalmentDialog(KeepingDialog):
    """Asks for the plan and shows its parts; `obligations` are they once it was accepted."""

    def __init__(self, parent: QWidget, start: Obligation, names: Sequence[str] = ()) -> None:
        super().__init__(parent)
        self.setWindowTitle("分期履行")
        self._plan = Plan(amount=start.amount, first=start.due_on, payer=start.payer, payee=start.payee, method=start.method)
        self.form = Form(_FIELDS)
        self.form.show_value(self._plan)
        for name in ("payer", "payee"):
            control = self.form[name]
            if isinstance(control, Text):
                control.suggest(names)
        self.told = heading("", "")
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.fault = heading("", "fault")
        self.form.changed.connect(self._renew)
        inner = QWidget()
        column = QVBoxLayout(inner)
        for part in (self.form, self.told):
            column.addWidget(part)
        column.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(button("采用这些分期", self._take, key="Ctrl+S", role="main"))
        row.addWidget(button("取消", self.reject, key="Esc"))
        row.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addWidget(scrolling(inner), 1)
        outer.addWidget(self.fault)
        outer.addLayout(row)
        self._renew()
        self.form["parts" if start.amount else "amount"].reveal()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.resize(QSize(round(em(self) * 30), round(em(self) * 28)).boundedTo(self.screen().availableGeometry().size()))

    def keep(self, context: Context, name: str) -> None:
        """Keep what is typed as the draft of that name."""
        self.keep_words(context, name, {key: cell.control for key, cell in self.form.cells.items()})

    def parts(self) -> tuple[Instalment, ...]:
        """The parts of the plan as typed. Raises `CannotSplit`; empty while something is missing."""
        plan = self.form.apply(self._plan)
        if plan.amount is None or plan.parts is None or plan.first is None or plan.step is None:
            return ()
        return split(plan.amount, plan.parts, plan.first, plan.step)

    def obligations(self) -> tuple[Obligation, ...]:
        """One obligation for each part."""
        plan = self.form.apply(self._plan)
        return tuple(
            Obligation(payer=plan.payer, payee=plan.payee, method=plan.method, amount=part.amount, due_on=part.due_on)
            for part in self.parts()
        )

    def _renew(self) -> None:
        try:
            parts = self.parts()
        except CannotSplit as error:
            self.told.setText("")
            self._say(str(error))
            return
        self._say("")
        self.told.setText(_words(parts) if parts else "填好总金额、期数和第一期的期限，这里列出每一期。")

    def _say(self, sentence: str) -> None:
        self.fault.setText(f"✕ {sentence}" if sentence else "")
        self.fault.setVisible(bool(sentence))

    def _take(self) -> None:
        faults = self.form.faults(strict=True)
        if faults:
            self.form.reveal(faults[0].path)
            return
        self._renew()
        if self.fault.isHidden():
            self.accept()


def _words(parts: Sequence[Instalment]) -> str:
    lines = [f"第{number}期　{chinese(part.due_on)}　{readable(part.amount)}元" for number, part in enumerate(parts, start=1)]
    total = sum(part.amount for part in parts)
    return "\n".join([*lines, f"合计　{readable(total)}元　人民币{capitals(total)}"])
