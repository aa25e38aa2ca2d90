"""What each step of the course asks for: the fields of its dialog."""

from functools import partial

from desktop.domain.assessing import TRIGGERS
from desktop.domain.intake import REASONS, WAYS
from desktop.ui.case.routing_fields import LEVELS, pick_risk
from desktop.ui.case.ticks import Ticks
from desktop.ui.entry.form import Field
from desktop.ui.entry.inputs import Choice, Names, Text
from desktop.ui.entry.long_text import LongText
from desktop.ui.entry.typed import Day

TRANSFERS = ("跨区域", "跨部门", "专业性强", "有激化可能", "涉嫌违法", "不属于人民调解范围")
"""The reasons that the 委托移送函 prints with boxes to tick (domain.md 3.19)."""

_WAYS = Field("guided_to", "告知的途径", partial(Ticks, WAYS), 6, "请选择告知当事人的途径。")
_TO = partial(Names, "单位名称，用顿号隔开")
_REASON = partial(LongText, 2)

DECLINE = (
    Field("reason", "原因（通知书照此打勾）", partial(Choice, REASONS), 6, "请选择不予受理的原因。"),
    _WAYS,
    Field("note", "说明", Text, 6),
)
GUIDE = (_WAYS, Field("note", "说明", Text, 6))
RETURN = (
    Field("result", "回复结果", partial(LongText, 3), 6, "请写明回复的结果。"),
    Field("on", "回复日期", Day, 3, "请填写回复日期。"),
)
ASSESS = (
    Field("stage", "阶段", partial(Choice, ()), 3, "请选择研判的阶段。"),
    Field("risk", "风险等级", pick_risk, 3, "请选择风险等级。"),
    Field("factors", "风险因素（说的是事，不是人）", partial(Ticks, [one.name for one in TRIGGERS]), 6),
    Field("opinion", "研判意见", partial(LongText, 2), 6),
)
ESCALATE = (
    Field("level", "升级到", partial(Choice, ("2", "3"), LEVELS[1:], values=(2, 3)), 3, "请选择升级到哪一级。"),
    Field("to", "单位", _TO, 3),
    Field("reason", "升级的原因", _REASON, 6, "请写明升级的原因。"),
)
TRANSFER = (
    Field("to", "接收单位", _TO, 6, "请写明接收单位。"),
    Field("reason", "移送的原因", partial(Choice, TRANSFERS), 6, "请选择移送的原因。"),
)
WHISTLE = (
    Field("to", "请哪些单位报到", _TO, 6, "请写明请哪些单位报到。"),
    Field("reason", "什么事、什么时候到哪里", _REASON, 6, "请写明吹哨的原因。"),
)
REPORT_UP = (
    Field("to", "上报到哪个单位", _TO, 6, "请写明上报到哪个单位。"),
    Field("reason", "原因", partial(LongText, 2, "如：跨区域、跨部门"), 6, "请写明上报的原因。"),
)
ANSWER = (
    Field("routing", "答复的是哪一项", partial(Choice, ()), 6, "请选择答复的是哪一项。"),
    Field("answer", "答复", partial(LongText, 3, "谁什么时候报到，怎样处置"), 6, "请写明答复的内容。"),
    Field("on", "答复日期", Day, 3, "请填写答复日期。"),
)
CONCLUDE = (
    Field("on", "结案日期", Day, 3, "请填写结案日期。"),
    Field("note", "结案说明", partial(LongText, 2, "没有履行完的写明原因，如：已申请强制执行"), 6),
)
REOPEN = (Field("reason", "重新办理的原因", partial(LongText, 2), 6, "请写明重新办理的原因。"),)
