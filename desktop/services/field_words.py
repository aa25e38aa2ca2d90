"""What a field holds in words that a person reads, and words that a person typed as what a field holds."""

import re
from datetime import date, datetime
from typing import Any, Literal, get_args, get_origin

import msgspec

from desktop.domain.id_number import masked
from desktop.domain.labels import label
from desktop.domain.money import format_yuan
from desktop.domain.refused import Refused
from desktop.domain.text import normalized
from desktop.domain.written import parse_amount, parse_day, parse_minute
from desktop.store.change import Field, Value
from desktop.store.fields import ASSIGNED, LISTS, SINGLE, is_known

EMPTY = "（空）"
_YES_NO = ("是", "否")

_THE_PROGRAM_S = {
    "case": {"number", "registered_by", "owner", "same_as"},
    "letter": {"number", "issuer"},
    "attachment": {"media", "pages", "size", "sha256"},
    "seal": set(LISTS["seal"][2].__struct_fields__),
    "handover": set(SINGLE["handover"].__struct_fields__),
}
"""Fields that nobody types: numbers are taken, stations and contents are named by their ids."""


class OnlyChoice(Refused):
    """The field is not written by hand."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}”不能自己填写，请从已有的填法中选一种。")


class NotReadable(Refused):
    """What was typed is no value of the field."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"“{name}”填写不对：{why.removesuffix('。')}。")


def in_words(name: str, value: Value) -> str:
    """A field's value as a person reads it: `3000.00元`, `2025年3月14日 09:00`, `（空）`."""
    if value is None or value in ("", []):
        return EMPTY
    if isinstance(value, bool):
        return ("删去" if value else "保留") if name == "removed" else _YES_NO[not value]
    if name == "amount" and isinstance(value, int):
        return f"{format_yuan(value)}元"
    if isinstance(value, list):
        return "；".join(in_words("", part) for part in value)
    if isinstance(value, dict):
        return "，".join(masked(str(part)) if key == "id_number" and part else in_words("", part) for key, part in value.items())
    return when(value) if isinstance(value, str) and _DAY.match(value) else str(value)


_DAY = re.compile(r"^([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T([0-9]{2}:[0-9]{2}))?$")
"""A whole value that is an ISO date or moment."""


def when(text: str) -> str:
    """An ISO date or time as `2025年3月14日` or `2025年3月14日 09:00`; what is none, as it is."""
    match = _DAY.match(text[:16])
    if match is None:
        return text
    day = f"{match[1]}年{int(match[2])}月{int(match[3])}日"
    return f"{day} {match[4]}" if match[4] else day


def written_at(text: str) -> float:
    """An author's clock as seconds, for telling who wrote later; what is no time is earlier than everything."""
    try:
        return datetime.fromisoformat(text).timestamp()
    except (ValueError, OverflowError, OSError):
        return float("-inf")


def is_typed(field: Field) -> bool:
    """Whether a person writes the field by hand, so that it can be settled with a text of one's own."""
    entity, _, name = field
    if name in ("removed", "position") or name.startswith(ASSIGNED) or name in _THE_PROGRAM_S.get(entity, ()):
        return False
    return _plain(_type(field))


def options(field: Field) -> tuple[str, ...]:
    """What a text for the field must be one of; nothing where any text will do."""
    if not is_typed(field):
        return ()
    match _type(field):
        case msgspec.inspect.LiteralType(values=values):
            return tuple(sorted((str(value) for value in values), key=_in_their_order(field).index))
        case msgspec.inspect.BoolType():
            return _YES_NO
    return ()


def is_long(field: Field) -> bool:
    """Whether the field is written in several lines: a narrative, or a list of texts."""
    return field[2] in _NARRATIVES or isinstance(_type(field), msgspec.inspect.VarTupleType)


_NARRATIVES = {"summary", "record", "facts", "text", "matter", "note", "reason", "explanation", "act", "remark"}


def editable(field: Field, value: Value) -> str:
    """The value as the text that `parse` reads as this value, to begin a text of one's own from; a list has one text a line."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "\n".join(str(part) for part in value)
    if field[2] == "amount" and isinstance(value, int):
        return format_yuan(value)
    return in_words(field[2], value)


def parse(field: Field, text: str, today: date) -> Value:
    """The value that a typed text is for the field: an amount in yuan becomes fen, a day an ISO date, lines a list.

    Raises `OnlyChoice` where nobody types, `NotReadable` where the text does not fit the field's type.
    """
    name = label(field[0], field[2])
    if not is_typed(field):
        raise OnlyChoice(name)
    text = normalized(text).strip()
    if text in ("", EMPTY):
        return _nothing(field, name)
    try:
        value = _parsed(field, text, today)
    except ValueError as error:
        raise NotReadable(name, _why(field, error)) from None
    if not is_known(field, value):
        raise NotReadable(name, "这个内容不能填在这一项里，请改写")
    return value


def _nothing(field: Field, name: str) -> Value:
    """The empty value that the field knows. A text that must be there is not made empty."""
    if is_known(field, None):
        return None
    if is_known(field, []):
        return []
    raise NotReadable(name, "这一项不能空着，请填写内容")


def _parsed(field: Field, text: str, today: date) -> Value:
    """Raises ValueError; its text is a sentence where it begins with a Chinese character."""
    kind = _type(field)
    match kind:
        case msgspec.inspect.DateType():
            return parse_day(text, today).isoformat()
        case msgspec.inspect.LiteralType() | msgspec.inspect.BoolType():
            return _one_of(options(field), text) if isinstance(kind, msgspec.inspect.LiteralType) else _one_of(_YES_NO, text) == "是"
        case msgspec.inspect.IntType():
            return parse_amount(text) if field[2] == "amount" else _whole(text)
        case msgspec.inspect.VarTupleType():
            return [part.strip() for part in re.split(r"[\n；;]", text) if part.strip()]
    return parse_minute(text, today) if field[2].endswith("_at") else text


def _one_of(choices: tuple[str, ...], text: str) -> str:
    if text not in choices:
        raise ValueError(f"请填写其中之一：{'、'.join(choices)}")
    return text


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise ValueError("请填写整数")
    return int(text)


def _why(field: Field, error: ValueError) -> str:
    said = str(error)
    if isinstance(_type(field), msgspec.inspect.DateType):
        return "日期请写成 2025-3-14 或 2025年3月14日"
    if field[2].endswith("_at"):
        return "时间请写成 2025-3-14 9:30"
    return said


def _type(field: Field) -> Any:
    """The type of the field without None."""
    entity, _, name = field
    struct = SINGLE.get(entity) or LISTS[entity][2]
    info = msgspec.inspect.type_info(struct.__annotations__[name])
    if isinstance(info, msgspec.inspect.UnionType):
        return next(part for part in info.types if not isinstance(part, msgspec.inspect.NoneType))
    return info


def _in_their_order(field: Field) -> list[str]:
    """The codes in the order of their table, which msgspec forgets."""
    entity, _, name = field
    annotation = (SINGLE.get(entity) or LISTS[entity][2]).__annotations__[name]
    parts = (annotation, *get_args(annotation))
    return [code for part in parts if get_origin(part) is Literal for code in get_args(part)]


def _plain(kind: object) -> bool:
    """Whether one line of text, or several, can hold a value of the type."""
    if isinstance(kind, msgspec.inspect.VarTupleType):
        return isinstance(kind.item_type, msgspec.inspect.StrType)
    return not isinstance(kind, msgspec.inspect.StructType)
