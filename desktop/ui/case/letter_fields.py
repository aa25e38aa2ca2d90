"""三单一函: the letters of a case."""

from functools import partial

from desktop.domain.codes import (
    LetterKind,
)
from desktop.domain.letter import Letter
from desktop.ui.entry.form import Field
from desktop.ui.entry.inputs import Text
from desktop.ui.entry.long_text import Lines, LongText
from desktop.ui.entry.pick import pick
from desktop.ui.entry.record_list import Column, RecordList
from desktop.ui.entry.typed import Day

LETTER = (
    Field("kind", "种类", pick(LetterKind), 2, "请选择种类。"),
    Field("to", "主送单位", Text, 4),
    Field("title", "标题", Text, 6),
    Field("matter", "事由", partial(LongText, 3), 6),
    Field("measures", "措施", partial(Lines, 3, "一行写一项"), 6),
    Field("due_on", "办理时限", Day, 2),
    Field("responsible", "责任人", Text, 2),
    Field("signer", "签发人", Text, 2),
    Field("issued_on", "签发日期", Day, 2),
    Field("replies_to", "答复哪份文件", Text, 4),
)


def letters() -> RecordList:
    """The letters 三单一函."""
    columns = (
        Column("种类", lambda letter: letter.kind),
        Column("文号", lambda letter: letter.number or "（签发后编号）"),
        Column("主送单位", lambda letter: letter.to or "", wide=True),
        Column("时限", lambda letter: str(letter.due_on or "")),
    )
    return RecordList("文书", columns, LETTER, lambda _: Letter(kind="任务单"))


LETTERS = (Field("letters", "", letters, 6),)
