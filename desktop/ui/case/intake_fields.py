"""受理: what is asked when a dispute comes in, who sent it, and whether it is taken."""

from functools import partial

from desktop.domain.codes import (
    DisputeType,
    HandlingMode,
    Source,
)
from desktop.domain.course_records import Commission, Intake
from desktop.ui.case.shown import Shown
from desktop.ui.case.ticks import Questions
from desktop.ui.entry.form import Field, Form, Record
from desktop.ui.entry.inputs import Flag, Names, Text
from desktop.ui.entry.long_text import Lines, LongText
from desktop.ui.entry.pick import pick
from desktop.ui.entry.typed import Amount, Count, Day

COMMISSIONING = ("政府部门指定", "上级交办")
"""Sources besides those that end with 委托移送 from which a paper comes and to which the result goes back."""

COMMISSION = (
    Field("sender", "来文单位", partial(Text, "如：某某县人民法院"), 2),
    Field("number", "来文文号", Text, 2),
    Field("received_on", "收到日期", partial(Day, past=True), 2),
    Field("due_on", "要求回复日期", Day, 2),
    Field("contact", "联系人", Text, 2),
    Field("returned_on", "回复日期", Day, 2),
    Field("result", "回复结果", partial(LongText, 2, "办理的结果，回复函照此打印"), 6),
)
REVIEW = (
    Field("barred", "有下列情形的打勾", Questions, 6),
    Field("mode", "处置方式", pick(HandlingMode), 2),
    Field("note", "说明", Text, 4),
    Field("decision", "决定", partial(Shown, "还没有决定"), 2),
    Field("on", "决定日期", Day, 2),
    Field("by", "审查人", Text, 2),
)
INTAKE = (
    Field("type", "纠纷类型", pick(DisputeType), 2, "请选择纠纷类型。"),
    Field("source", "纠纷来源", pick(Source), 2),
    Field("registered_on", "登记日期", Day, 2, "请填写登记日期。"),
    Field("occurred_on", "发生日期", partial(Day, past=True), 2),
    Field("place", "发生地点", Text, 2),
    Field("summary", "纠纷概况", partial(LongText, 4, "什么人、什么时间、为什么事、争的是什么"), 6, "请写明纠纷概况，一两句话也可以。"),
    Field("claims", "申请事项", partial(Lines, 2, "一行写一项"), 6),
    Field("amount", "涉及金额", Amount, 2),
    Field("people_count", "涉及人数", partial(Count, 10_000_000), 2),
    Field("group", "是否群体性", partial(Flag, "群体性纠纷"), 2),
    Field("mediators", "调解员", partial(Names, "用顿号隔开"), 4),
    Field("recorder", "记录人", Text, 2),
    Field("commission", "", partial(Record, COMMISSION, Commission(), title="来文（办完要回复）"), 6),
    Field("intake", "", partial(Record, REVIEW, Intake(), title="受理审查"), 6),
)


def is_commissioned(source: object) -> bool:
    """Whether disputes from the source come with a paper and go back with their result."""
    return isinstance(source, str) and (source.endswith("委托移送") or source in COMMISSIONING)


def intake_rules(form: Form) -> None:
    """The questions follow the source; the block of the sender is there where one sent the dispute."""
    source = form["source"].value()
    review = form["intake"]
    if isinstance(review, Record) and isinstance(questions := review.form["barred"], Questions):
        questions.show_source(source if isinstance(source, str) else None)
    wanted = is_commissioned(source) or form["commission"].value() is not None
    form.hide_fields(frozenset() if wanted else frozenset({"commission"}))
