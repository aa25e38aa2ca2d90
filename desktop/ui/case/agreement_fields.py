"""协议: the agreement, what is to be performed, and how a dispute ended without one."""

from functools import partial

from desktop.domain.agreement import Agreement, Outcome
from desktop.domain.codes import AgreementForm, OutcomeKind
from desktop.ui.case.clauses import Clauses
from desktop.ui.case.obligations import Obligations
from desktop.ui.entry.form import Field, Record
from desktop.ui.entry.inputs import Names, Text
from desktop.ui.entry.long_text import LongText
from desktop.ui.entry.pick import pick
from desktop.ui.entry.typed import Day

AGREEMENT = (
    Field("facts", "纠纷主要事实、争议事项", partial(LongText, 4), 6),
    Field("clauses", "协议条款", Clauses, 6),
    Field("obligations", "履行方式、时限", Obligations, 6),
    Field("form", "协议形式", pick(AgreementForm), 3),
    Field("signed_on", "签订（达成）日期", Day, 3),
)
"""What is talked about comes first, signing last: so Enter goes the way of the day."""

OUTCOME = (
    Field("kind", "结果", pick(OutcomeKind), 3, "请选择结果。"),
    Field("on", "日期", Day, 3),
    Field("reason", "原因", partial(LongText, 2), 6),
    Field("advised", "已告知的其他途径", partial(Names, "如：仲裁、诉讼，用顿号隔开"), 6),
    Field("responsible", "稳控责任人", Text, 3),
    Field("review_on", "复查日期", Day, 3),
)
_OF_STABILISING = frozenset({"responsible", "review_on"})


class AgreementRecord(Record):
    """The agreement. Once something of it is written, its form is 书面 as long as nothing else is chosen."""

    def __init__(self) -> None:
        super().__init__(AGREEMENT, Agreement())
        for name in ("facts", "clauses"):
            self.form[name].changed.connect(self._presume_written)

    def _presume_written(self) -> None:
        if self.form["form"].value() is None and (self.form["facts"].value() or self.form["clauses"].value()):
            self.form["form"].show_value("书面")


class OutcomeRecord(Record):
    """How a dispute ended without an agreement; 稳控 has somebody who answers for it and a day on which it is looked at again."""

    def __init__(self) -> None:
        super().__init__(OUTCOME, Outcome(kind="调解不成"), title="没有达成协议的，在这里登记", key="kind")
        self.form["kind"].changed.connect(self._fit)
        self._fit()

    def show_value(self, value: object) -> None:
        super().show_value(value)
        self._fit()

    def _fit(self) -> None:
        said = any(self.form[name].value() for name in _OF_STABILISING)
        hidden = self.form["kind"].value() != "稳控" and not said
        self.form.hide_fields(_OF_STABILISING if hidden else frozenset())


RESULT = (
    Field("agreement", "", AgreementRecord, 6),
    Field("outcome", "", OutcomeRecord, 6),
)
