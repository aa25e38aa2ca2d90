"""What is wrong in a form file, in Chinese: msgspec says it in English."""

import re
from collections.abc import Callable

_TYPES = {
    "str": "文字",
    "int": "整数",
    "float": "数字",
    "bool": "true或者false",
    "array": "列表",
    "object": "表",
    "date": "日期",
    "time": "时间",
    "datetime": "日期时间",
}
"""How a file's types are called; `null` is none that a TOML file can hold."""

_NO_LESS, _NO_MORE = "不能小于", "不能大于"
_BOUNDS = {">=": _NO_LESS, "<=": _NO_MORE, ">": "应大于", "<": "应小于"}
_LENGTHS = {">=": _NO_LESS, "<=": _NO_MORE, "==": "应等于"}

_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`", re.DOTALL)

_SAYINGS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_UNKNOWN, lambda m: f"不认识“{m[1]}”这一项"),
    (re.compile(r"Object missing required field `(.*)`"), lambda m: f"缺少“{m[1]}”这一项"),
    (re.compile(r"Expected `([^`]*)`, got `([^`]*)`"), lambda m: f"应为{_types(m[1])}，现为{_types(m[2])}"),
    (re.compile(r"Invalid (?:enum )?value '?(.*?)'?", re.DOTALL), lambda m: f"没有“{m[1]}”这个选项"),
    (re.compile(r"Expected `[^`]*` of length (>=|<=|==) (\d+)"), lambda m: f"长度{_LENGTHS[m[1]]}{m[2]}"),
    (re.compile(r"Expected `[^`]*` (>=|<=|>|<) (-?[\d.]+?)(?:\.0)?"), lambda m: f"数值{_BOUNDS[m[1]]}{m[2]}"),
)


def in_chinese(message: str) -> str:
    """What msgspec says of a value, in Chinese; a message of a kind that no form can cause, in general words."""
    found = ((pattern.fullmatch(message), say) for pattern, say in _SAYINGS)
    return next((say(match) for match, say in found if match), "内容不符合要求")


def unknown_key(message: str) -> str | None:
    """The key that there is not, if the message says so."""
    match = _UNKNOWN.fullmatch(message)
    return match and match[1]


def _types(names: str) -> str:
    """`float | null` as it is called on the screen."""
    known = [_TYPES.get(name, name) for name in names.split(" | ") if name != "null"]
    return "或者".join(known) or "空"
