"""The plain values that fill a form: how one is found, what it prints as, and what is wrong with a wording that asks for another."""

from collections.abc import Mapping
from typing import Any

from desktop.domain.refused import Refused

Values = Mapping[str, Any]
"""Plain values only: texts, numbers, None, and lists and mappings of these."""

BLANK = "＿＿＿＿"
"""What stands in a sentence for a value that is not known, to be filled by hand."""

STEPS = "_steps"
"""Where the values keep what is left of the document's steps; templates cannot name it."""

MAX_OUTPUT = 200_000
"""Characters of one text that a template makes of several values: forty times the longest summary that a case takes."""


class WordingError(Refused):
    """A form asks for a value that there is not, or its template cannot be read, or never ends."""

    def __init__(self, template: str, reason: str) -> None:
        self.template = template
        self.reason = reason
        shown = template if len(template) <= 80 else f"{template[:80]}…"
        super().__init__(f"文书样式中的文字“{shown}”有误（{reason}），请改正样式文件或恢复随程序附带的样式。")


class Steps:
    """How many repetitions a document may still make: no form runs for ever."""

    def __init__(self, left: int = 50_000) -> None:
        self.left = left

    def take(self, template: str) -> None:
        """Use one. Raises WordingError if none is left."""
        self.left -= 1
        if self.left < 0:
            raise WordingError(template, "重复的次数太多")


def value_at(path: str, values: Values, template: str = "") -> Any:
    """The value that a path such as `case.place` names. Raises WordingError if there is no such name."""
    value: Any = values
    for name in path.split("."):
        if value is None:
            return None
        if not isinstance(value, Mapping) or name not in value or name.startswith("_"):
            raise WordingError(template or path, f"没有“{path}”这个值")
        value = value[name]
    return value


def holds(condition: str | None, values: Values) -> bool:
    """Whether the value is there and not empty; `not x` turns it round; no condition holds."""
    if condition is None:
        return True
    path = condition.removeprefix("not ").strip()
    return bool(value_at(path, values, condition)) != condition.startswith("not ")


def text_of(value: Any, blank: str, template: str = "") -> str:
    """The value as it is printed. Raises WordingError for what is no text or number."""
    if value is None or value == "":
        return blank
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise WordingError(template, "这个值不是文字，不能直接打印")
    return str(value)
