"""履行、回访、归档: what follows the agreement."""

from functools import partial

from desktop.domain.codes import (
    Grievance,
    Performance,
    Satisfaction,
    VisitMethod,
)
from desktop.domain.dossier import Confirmation, ConfirmationResult, Filing, Retention
from desktop.domain.visit import Visit
from desktop.ui.entry.form import Field, Record
from desktop.ui.entry.inputs import Text
from desktop.ui.entry.long_text import LongText
from desktop.ui.entry.pick import pick
from desktop.ui.entry.record_list import Column, RecordList
from desktop.ui.entry.typed import Day

VISIT = (
    Field("on", "回访日期", Day, 2),
    Field("method", "方式", pick(VisitMethod), 2),
    Field("party", "回访对象", Text, 2),
    Field("performance", "履行情况", pick(Performance), 2),
    Field("satisfaction", "满意程度", pick(Satisfaction), 2),
    Field("grievance", "积怨", pick(Grievance), 2),
    Field("note", "回访情况", partial(LongText, 3), 6),
)


def visits() -> RecordList:
    """The visits after the agreement."""
    columns = (
        Column("日期", lambda visit: str(visit.on or "")),
        Column("方式", lambda visit: visit.method or ""),
        Column("对象", lambda visit: visit.party or "", wide=True),
        Column("履行", lambda visit: visit.performance or ""),
        Column("满意", lambda visit: visit.satisfaction or ""),
    )
    return RecordList("回访", columns, VISIT, lambda _: Visit())


CONFIRMATION = (
    Field("court", "法院", Text, 3),
    Field("applied_on", "申请日期", Day, 3),
    Field("case_number", "案号", Text, 3),
    Field("result", "结果", pick(ConfirmationResult), 3),
    Field("ruling", "裁定书编号", Text, 3),
    Field("decided_on", "裁定日期", Day, 3),
)
FILING = (
    Field("filed_by", "立卷人", Text, 3),
    Field("filed_on", "立卷日期", Day, 3),
    Field("checked_by", "检查人", Text, 3),
    Field("checked_on", "检查日期", Day, 3),
    Field("retention", "保管期限", pick(Retention), 3),
    Field("place", "存放位置", Text, 3),
    Field("explanation", "卷宗情况说明", partial(LongText, 2), 6),
    Field("remark", "备注", Text, 6),
)
PERFORMING = (Field("confirmation", "", partial(Record, CONFIRMATION, Confirmation(), title="司法确认（双方共同申请的填写）"), 6),)
CLOSING = (
    Field("visits", "", visits, 6),
    Field("filing", "", partial(Record, FILING, Filing(), title="立卷"), 6),
    Field("closed_on", "归档日期", Day, 2),
)
