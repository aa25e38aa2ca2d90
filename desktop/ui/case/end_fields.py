"""结案、重新办理: the end of the course, and its beginning again."""

from functools import partial

from desktop.domain.course_records import Conclusion
from desktop.ui.case.shown import Shown
from desktop.ui.entry.form import Field, Record
from desktop.ui.entry.inputs import Text
from desktop.ui.entry.long_text import LongText
from desktop.ui.entry.typed import Day

CONCLUSION = (
    Field("on", "结案日期", Day, 2),
    Field("by", "经办人", Text, 2),
    Field("office", "单位", Text, 2),
    Field("note", "结案说明", partial(LongText, 2, "没有履行完的写明原因，如：已申请强制执行"), 6),
)


class Reopenings(Shown):
    """How often, when and why the dispute was taken up again."""

    def show_value(self, value: object) -> None:
        super().show_value(value)
        rounds = value if isinstance(value, tuple) else ()
        told = [f"第{row}次办理：{one.on or ''}　{one.reason or ''}　{one.by or ''}" for row, one in enumerate(rounds, start=2)]
        self.label.setText("\n".join(told) or "没有重新办理过")


ENDING = (
    Field("conclusion", "", partial(Record, CONCLUSION, Conclusion(), title="结案"), 6),
    Field("reopenings", "重新办理", partial(Reopenings, "没有重新办理过"), 6),
)
