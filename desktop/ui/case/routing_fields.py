"""研判、分流: risk and its records, the report to the police, level, routing, plan and help."""

from functools import partial

from desktop.domain.assessing import TRIGGERS
from desktop.domain.codes import (
    LEVEL_NAMES,
    AssessmentStage,
    Risk,
    RoutingKind,
    SupportKind,
    choices,
)
from desktop.domain.course_records import Assessment, Plan, Routing, Support
from desktop.domain.hazards import read_hazards
from desktop.resources import resource
from desktop.ui.case.list_buttons import in_one_row
from desktop.ui.case.ticks import Ticks
from desktop.ui.entry.dates import chinese
from desktop.ui.entry.form import Field, Form, Record
from desktop.ui.entry.inputs import Choice, Names, Text
from desktop.ui.entry.long_text import LongText
from desktop.ui.entry.pick import pick
from desktop.ui.entry.record_list import Column, RecordList
from desktop.ui.entry.typed import Day, Minute
from desktop.ui.listing.table import RISKS

LEVELS = LEVEL_NAMES
"""The three levels (抓三级, domain.md 2.4), the first first."""

pick_level = partial(Choice, ("1", "2", "3"), LEVELS, values=(1, 2, 3))
pick_risk = partial(Choice, choices(Risk), tuple(RISKS[risk] for risk in choices(Risk)))

ASSESSMENT = (
    Field("stage", "阶段", pick(AssessmentStage), 2, "请选择研判的阶段。"),
    Field("risk", "风险等级", pick_risk, 2, "请选择风险等级。"),
    Field("on", "日期", Day, 2),
    Field("by", "研判人", Text, 3),
    Field("office", "单位", Text, 3),
    Field("factors", "风险因素", partial(Names, "用顿号隔开"), 6),
    Field("opinion", "研判意见", partial(LongText, 2), 6),
)
ROUTE = (
    Field("kind", "去向", pick(RoutingKind), 2, "请选择去向。"),
    Field("level", "层级", pick_level, 2),
    Field("on", "日期", Day, 2),
    Field("to", "单位", partial(Names, "用顿号隔开"), 3),
    Field("by", "经办人", Text, 3),
    Field("reason", "原因", partial(LongText, 2), 6),
    Field("answered_on", "答复日期", Day, 3),
    Field("office", "经办单位", Text, 3),
    Field("answer", "答复", partial(LongText, 2, "谁什么时候报到，怎样处置"), 6),
)
PLAN = (
    Field("leader", "包抓领导", Text, 2),
    Field("members", "专班成员", partial(Names, "用顿号隔开"), 4),
    Field("text", "方案", partial(LongText, 3, "怎样化解，谁做什么，什么时候做"), 6),
    Field("made_on", "制定日期", Day, 2),
)
SUPPORT = (
    Field("kind", "种类", pick(SupportKind), 2, "请选择帮扶的种类。"),
    Field("provider", "提供单位", Text, 2),
    Field("on", "日期", Day, 2),
    Field("result", "结果", Text, 4),
    Field("result_on", "结果日期", Day, 2),
)


def _level_told(routing: Routing) -> str:
    return LEVELS[routing.level - 1] if routing.level in (1, 2, 3) else ""


def routing_rules(form: Form) -> None:
    """A level belongs to 分流 and 升级; the others have receivers that answer."""
    has_level = form["kind"].value() in (None, "分流", "升级")
    form.hide_fields(frozenset() if has_level else frozenset({"level"}))


def assessments() -> RecordList:
    """The views of the risk, first, discussed, decided."""
    columns = (
        Column("阶段", lambda one: one.stage or ""),
        Column("风险", lambda one: RISKS[one.risk] if one.risk else ""),
        Column("日期", lambda one: chinese(one.on)),
        Column("研判人", lambda one: "　".join(part for part in (one.by, one.office) if part), wide=True),
    )
    return in_one_row(RecordList("研判", columns, ASSESSMENT, lambda _: Assessment()))


def routings() -> RecordList:
    """Where the dispute went, and what those said who were called."""
    columns = (
        Column("去向", lambda one: one.kind or ""),
        Column("到哪里", lambda one: "、".join(one.to) or _level_told(one), wide=True),
        Column("日期", lambda one: chinese(one.on)),
        Column("答复", lambda one: chinese(one.answered_on)),
    )
    return in_one_row(RecordList("分流", columns, ROUTE, lambda _: Routing(), watch=routing_rules, keys=("Alt+N", "Alt+X")))


def supports() -> RecordList:
    """The help that was arranged, and what came of it."""
    columns = (
        Column("种类", lambda one: one.kind or ""),
        Column("提供单位", lambda one: one.provider or "", wide=True),
        Column("日期", lambda one: chinese(one.on)),
        Column("结果", lambda one: one.result or ""),
    )
    return in_one_row(RecordList("帮扶", columns, SUPPORT, lambda _: Support(), keys=("Alt+H", "Alt+K")))


def _hazard() -> Text:
    """A line that offers the local names, first the shipped ones (`suggestions.offer_hazards`); another word is kept as well."""
    names = read_hazards(resource("codes", "hazards.toml").read_text(encoding="utf-8"))
    made = Text(f"如：{names[0]}", names)
    made.line.setMaxLength(40)  # what the field of the case holds
    return made


ROUTING = (
    Field("risk", "风险等级", pick_risk, 2),
    Field("level", "调解层级", pick_level, 2),
    Field("police_reported_at", "向公安机关报告时间", Minute, 2),
    Field("risk_factors", "风险因素（说的是事，不是人）", partial(Ticks, [one.name for one in TRIGGERS]), 6),
    Field("hazard", "六类风险隐患（本地口径）", _hazard, 6),
    Field("assessments", "", assessments, 6),
    Field("plan", "", partial(Record, PLAN, Plan(), title="一案一策"), 6),
    Field("routings", "", routings, 6),
    Field("supports", "", supports, 6),
)
