"""受理: what is asked when a dispute comes in."""

from functools import partial

from desktop.domain.codes import (
    DisputeType,
    Source,
)
from desktop.ui.entry.form import Field
from desktop.ui.entry.inputs import Flag, Names, Text
from desktop.ui.entry.long_text import Lines, LongText
from desktop.ui.entry.pick import pick
from desktop.ui.entry.typed import Amount, Count, Day

INTAKE = (
    Field("type", "纠纷类型", pick(DisputeType), 2, "请选择纠纷类型。"),
    Field("source", "纠纷来源", pick(Source), 2),
    Field("registered_on", "登记日期", Day, 2, "请填写登记日期。"),
    Field("occurred_on", "发生日期", Day, 2),
    Field("place", "发生地点", Text, 2),
    Field("summary", "纠纷概况", partial(LongText, 4, "什么人、什么时间、为什么事、争的是什么"), 6, "请写明纠纷概况，一两句话也可以。"),
    Field("claims", "申请事项", partial(Lines, 2, "一行写一项"), 6),
    Field("amount", "涉及金额", Amount, 2),
    Field("people_count", "涉及人数", partial(Count, 10_000_000), 2),
    Field("group", "是否群体性", partial(Flag, "群体性纠纷"), 2),
    Field("mediators", "调解员", partial(Names, "用顿号隔开"), 4),
    Field("recorder", "记录人", Text, 2),
)
