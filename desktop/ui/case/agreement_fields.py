"""协议: the agreement, what is to be performed, and how a dispute ended without one."""

from functools import partial

from desktop.domain.agreement import Agreement, Obligation, Outcome
from desktop.domain.codes import (
    AgreementForm,
    OutcomeKind,
    Repeat,
)
from desktop.ui.case.clauses import Clauses
from desktop.ui.entry.amounts import readable
from desktop.ui.entry.form import Field, Record
from desktop.ui.entry.inputs import Names, Text
from desktop.ui.entry.long_text import LongText
from desktop.ui.entry.pick import pick
from desktop.ui.entry.record_list import Column, RecordList
from desktop.ui.entry.typed import Amount, Day

OBLIGATION = (
    Field("payer", "谁来履行", Text, 2),
    Field("payee", "向谁履行", Text, 2),
    Field("due_on", "期限", Day, 2),
    Field("amount", "金额", Amount, 3),
    Field("act", "或做什么事", Text, 3),
    Field("method", "方式", partial(Text, "如：现金、转账"), 2),
    Field("repeat", "重复", pick(Repeat), 2),
    Field("until", "重复到", Day, 2),
)


def _obligations() -> RecordList:
    columns = (
        Column("谁", lambda duty: duty.payer or ""),
        Column("向谁", lambda duty: duty.payee or ""),
        Column("金额（元）或事项", lambda duty: readable(duty.amount) if duty.amount is not None else duty.act or "", wide=True),
        Column("期限", lambda duty: str(duty.due_on or "")),
    )
    return RecordList("履行事项", columns, OBLIGATION, lambda _: Obligation(), rows=5)


AGREEMENT = (
    Field("form", "协议形式", pick(AgreementForm), 3),
    Field("signed_on", "签订（达成）日期", Day, 3),
    Field("facts", "纠纷主要事实、争议事项", partial(LongText, 4), 6),
    Field("clauses", "协议条款", Clauses, 6),
    Field("obligations", "履行方式、时限", _obligations, 6),
)
OUTCOME = (
    Field("kind", "结果", pick(OutcomeKind), 3, "请选择结果。"),
    Field("on", "日期", Day, 3),
    Field("reason", "原因", partial(LongText, 2), 6),
    Field("advised", "已告知的其他途径", partial(Names, "如：仲裁、诉讼，用顿号隔开"), 6),
)
RESULT = (
    Field("agreement", "", partial(Record, AGREEMENT, Agreement()), 6),
    Field("outcome", "", partial(Record, OUTCOME, Outcome(kind="调解不成"), title="没有达成协议的，在这里登记", key="kind"), 6),
)
