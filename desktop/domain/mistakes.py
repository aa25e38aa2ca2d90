"""Mistakes in files that people write by hand, told in Chinese: msgspec says them in English, with a path."""

import re

from desktop.domain.text import is_unprintable

_REASONS: tuple[tuple[str, str], ...] = (
    (r"Object contains unknown field `(?P<field>.*)`", "是不认识的栏目"),
    (r"Object missing required field `(?P<field>.*)`", "是必填的栏目，文件中没有"),
    (r"Invalid enum value '?(?P<value>.*?)'?", "的内容“{value}”不在可选的范围内"),
    (r"Invalid RFC3339.*|Expected `date.*", "应为存在的日期，写法如“2025-03-14”"),
    (r"Invalid moment `(?P<field>.*)`", "应为存在的时间，写法如“2025-03-15T09:00”"),
    (r"Expected `int` >= (?P<value>.*)", "应不小于{value}"),
    (r"Expected `int` <= (?P<value>.*)", "应不大于{value}"),
    (r"Expected `str` of length >= (?P<value>.*)", "不能少于{value}个字"),
    (r"Expected `str` of length <= (?P<value>.*)", "不能多于{value}个字"),
    (r"Expected `array` of length >= (?P<value>.*)", "不能少于{value}项"),
    (r"Expected `array` of length <= (?P<value>.*)", "不能多于{value}项"),
    (r"Expected `str` matching regex .*", "的写法不对"),
    (r"Expected `(?P<type>\w+).*", "的类型不对，应为{type}"),
)
_TYPES = {"str": "文字", "int": "整数", "bool": "true或false", "array": "列表", "object": "对象"}


def told(message: str) -> tuple[str, str]:
    """The place of the mistake, `letters[0].kind`, empty for the whole file, and what is wrong with it, to be read after the place."""
    reason, _, path = message.rpartition(" - at `$") if " - at `$" in message else (message, "", "")
    place = path.rstrip("`").lstrip(".")
    for pattern, sentence in _REASONS:
        if match := re.fullmatch(pattern, reason, re.DOTALL):
            found = match.groupdict()
            type_name, value = _TYPES.get(found.get("type", ""), ""), legible(found.get("value", ""))
            return _join(place, found.get("field", "")), sentence.format(type=type_name, value=value)
    return place, "的内容不对"


def _join(place: str, field: str) -> str:
    return ".".join(part for part in (place, field) if part)


def legible(text: str, limit: int = 80) -> str:
    """Text of the file as it may stand in a sentence: on one line, without control characters, not endless."""
    text = "".join(" " if c.isspace() else c for c in text if c.isspace() or not is_unprintable(c))
    return text if len(text) <= limit else text[:limit] + "…"
