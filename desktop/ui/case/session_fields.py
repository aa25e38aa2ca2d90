"""调解: survey and mediation records, extension."""

from functools import partial

from desktop.domain.codes import (
    EvidenceKind,
    SessionKind,
    SessionResult,
)
from desktop.domain.dossier import Extension
from desktop.domain.session import Evidence, Session
from desktop.ui.entry.form import Field, Record
from desktop.ui.entry.inputs import Names, Text
from desktop.ui.entry.long_text import LongText
from desktop.ui.entry.pick import pick
from desktop.ui.entry.record_list import Column, RecordList
from desktop.ui.entry.typed import Count, Day, Minute

_EVIDENCE = (
    Field("name", "证据名称", Text, 3, "请填写证据名称。"),
    Field("kind", "种类", pick(EvidenceKind), 3),
    Field("provider", "提供人", Text, 3),
    Field("pages", "页数", partial(Count, 1_000_000), 3),
)


def _evidence() -> RecordList:
    columns = (
        Column("证据", lambda evidence: evidence.name, wide=True),
        Column("种类", lambda evidence: evidence.kind or ""),
        Column("提供人", lambda evidence: evidence.provider or ""),
    )
    return RecordList("证据", columns, _EVIDENCE, lambda _: Evidence(name=""), keys=("Shift+F6", "Shift+F8"))


SESSION = (
    Field("kind", "记录种类", pick(SessionKind), 2, "请选择记录种类。"),
    Field("started_at", "开始时间", Minute, 2),
    Field("ended_at", "结束时间", Minute, 2),
    Field("place", "地点", Text, 3),
    Field("participants", "参加人（受邀协助的人）", partial(Names, "用顿号隔开"), 3),
    Field("record", "记录", partial(LongText, 9, "告知权利义务、双方陈述、调查核实、调解经过"), 6),
    Field("result", "结果", pick(SessionResult), 2),
    Field("evidence", "证据材料", _evidence, 6),
)


def sessions() -> RecordList:
    """The records of survey and mediation."""
    columns = (
        Column("时间", lambda session: (session.started_at or "").replace("T", " ")),
        Column("种类", lambda session: session.kind),
        Column("地点", lambda session: session.place or "", wide=True),
        Column("结果", lambda session: session.result or ""),
    )
    return RecordList("记录", columns, SESSION, lambda _: Session(kind="调解记录"))


EXTENSION = (
    Field("until", "延长到", Day, 2),
    Field("agreed_on", "同意日期", Day, 2),
    Field("reason", "延期的原因", Text, 6),
)
MEDIATING = (
    Field("sessions", "", sessions, 6),
    Field("extension", "", partial(Record, EXTENSION, Extension(), title="延期调解（双方同意延期的填写）"), 6),
)
