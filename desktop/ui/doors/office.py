"""The first two pages of the first run: the office, and who works in it."""

import msgspec

from desktop.domain.codes import OfficeLevel
from desktop.ui.doors.passwords import FIELDS
from desktop.ui.entry.form import Field, Form
from desktop.ui.entry.inputs import Choice, Text

LEVELS = {"村": "村（社区）", "镇": "乡镇（街道）", "县": "县（市、区）"}


class OfficeAsked(msgspec.Struct, frozen=True):
    """What the first page asks for."""

    level: OfficeLevel | None = None
    name: str | None = None
    committee: str | None = None
    code: str | None = None


class OperatorAsked(msgspec.Struct, frozen=True):
    """What the second page asks for."""

    operator: str | None = None
    password: str | None = None
    again: str | None = None


OFFICE = (
    Field("level", "哪一级", lambda: Choice(tuple(LEVELS), tuple(LEVELS.values())), 6, "请选择本单位是村、镇还是县一级。"),
    Field("name", "单位名称", lambda: Text("如：浦贝乡综治中心"), 6, "请填写单位名称。"),
    Field("code", "行政区划代码", lambda: Text("六位数字，如 530425"), 6),
    Field("committee", "人民调解委员会名称", lambda: Text("印在协议书上，不填则用“单位名称＋人民调解委员会”"), 6),
)
OPERATOR = (Field("operator", "您的姓名", lambda: Text("写在办理经过里"), 6, "请填写您的姓名。"), *FIELDS)


def by_level(form: Form) -> None:
    """Only a county brings its code; the others are given theirs by the county."""
    form.hide_fields(frozenset() if form["level"].value() == "县" else frozenset({"code"}))
