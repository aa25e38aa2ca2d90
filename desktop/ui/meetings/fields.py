"""The fields of a meeting: its head, those who came, an item of its agenda, its own letters."""

from collections.abc import Callable, Sequence
from functools import partial

from desktop.domain.codes import Risk
from desktop.domain.letter import Letter
from desktop.domain.meeting import Attendee, Followup, Item
from desktop.ui.entry.dates import chinese
from desktop.ui.entry.form import Field
from desktop.ui.entry.inputs import Choice, Flag, Text
from desktop.ui.entry.long_text import Lines, LongText
from desktop.ui.entry.pick import pick
from desktop.ui.entry.record_list import Column, RecordList
from desktop.ui.entry.typed import Day

HEAD = (
    Field("held_on", "会商日期", Day, 2, "请填写会商日期。"),
    Field("since", "研判期间自", Day, 2, "请填写研判期间的第一天。"),
    Field("until", "至", Day, 2, "请填写研判期间的最后一天。"),
    Field("place", "地点", Text, 2),
    Field("host", "主持人", Text, 2),
    Field("recorder", "记录人", Text, 2),
)
MINUTES = (
    Field(
        "minutes", "会议情况和要求（印在纪要的第一部分）", partial(LongText, 10, "会议强调什么、要求什么；议定事项自动列入，不用再写"), 6
    ),
)

ITEM = (
    Field("opinion", "研判意见", partial(LongText, 2), 6),
    Field("decided_risk", "定为风险等级", pick(Risk), 3),
    Field("limit", "办理时限", Day, 3),
    Field("unit", "责任单位", partial(Text, "几个单位用顿号隔开"), 3),
    Field("person", "责任人", Text, 3),
    Field("measures", "工作任务与措施", partial(Lines, 2, "一行写一项"), 6),
)

_ATTENDEE = (
    Field("group", "组别", Text, 1),
    Field("role", "角色", Text, 2),
    Field("name", "姓名", Text, 3),
    Field("body", "单位", Text, 3),
    Field("phone", "电话", Text, 2),
    Field("present", "", partial(Flag, "到会"), 1),
)


def attendees() -> RecordList:
    """Those who are invited, by group and role."""
    columns = (
        Column("组别", lambda one: one.group),
        Column("角色", lambda one: one.role),
        Column("姓名", lambda one: one.name),
        Column("单位", lambda one: one.body or "", wide=True),
        Column("到会", lambda one: "✓ 到会" if one.present else ""),
    )
    return RecordList("参加人", columns, _ATTENDEE, lambda _: Attendee(), rows=8)


def letters(kinds: Sequence[str], blank: Callable[[], Letter]) -> RecordList:
    """The letters that belong to no single case, such as 提示函 about a trend."""
    columns = (
        Column("种类", lambda one: one.kind),
        Column("文号", lambda one: one.number or "（签发后编号）"),
        Column("标题", lambda one: one.title or "", wide=True),
        Column("主送单位", lambda one: one.to or ""),
    )
    fields = (
        Field("kind", "种类", partial(Choice, kinds), 2, "请选择种类。"),
        Field("to", "主送单位", Text, 4),
        Field("title", "标题", partial(Text, "如：关于防范婚恋家庭纠纷升级的提示函"), 6),
        Field("matter", "情况和风险（一件以上纠纷反映的趋势、漏洞）", partial(LongText, 4), 6),
        Field("measures", "建议或要求", partial(Lines, 3, "一行写一项"), 6),
        Field("due_on", "回复期限", Day, 2),
        Field("responsible", "责任人", Text, 2),
        Field("signer", "签发人", Text, 2),
    )
    return RecordList("提示函", columns, fields, lambda _: blank())


ITEM_COLUMNS = (
    Column("纠纷", lambda item: item.title, wide=True),
    Column("风险", lambda item: item.decided_risk or item.risk or ""),
    Column("决定", lambda item: f"✓ {item.wrote}" if item.decided_on else ""),
    Column("上会原因", lambda item: "、".join(item.reasons)),
    Column("到期", lambda item: chinese(item.due_on)),
)

FOLLOWUP_COLUMNS = ("纠纷", "决定", "责任单位", "时限", "落实情况")


def followup_row(one: Followup) -> tuple[str, ...]:
    """What became of a decision, as a row."""
    mark = {True: "✓ 已落实", False: "！未落实", None: "？"}[one.done]
    return one.title, one.decision, one.unit or "", chinese(one.limit), f"{mark}　{one.state}".strip()


def told(item: Item) -> str:
    """What is known of the case, in some lines."""
    lines = [
        "　".join(text for text in (item.number, item.status, f"风险{item.risk or '未评定'}") if text),
        f"上会原因：{'、'.join(item.reasons)}" + (f"　到期：{chinese(item.due_on)}" if item.due_on else ""),
        f"上次决定：{item.previous}" if item.previous else "",
        item.facts or "",
    ]
    return "\n".join(line for line in lines if line)
