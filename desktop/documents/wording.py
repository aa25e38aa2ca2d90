"""Templates of forms, filled with plain values. A value is always text: braces and markup in it stay what they are."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from desktop.domain.refused import Refused

Values = Mapping[str, Any]
"""Plain values only: texts, numbers, None, and lists and mappings of these."""

BLANK = "＿＿＿＿"
"""What stands in a sentence for a value that is not known, to be filled by hand."""

_SIMPLE = re.compile(r"\{\{\s*([a-z_]+(?:\.[a-z_]+)*)\s*\}\}")


class WordingError(Refused):
    """A form asks for a value that there is not, or its template cannot be read."""

    def __init__(self, template: str, reason: str) -> None:
        super().__init__(f"文书样式中的文字“{template}”有误（{reason}），请改正样式文件或恢复随程序附带的样式。")


def filled(template: str, values: Values, *, blank: str = BLANK) -> str:
    """The template with its values; `blank` stands where a value is unknown (None or empty).

    Texts with nothing but `{{ name.part }}` are filled here; for anything more Jinja2 is loaded. Raises WordingError.
    """
    literals, paths = _parts(template)
    if any("{" in literal and ("{%" in literal or "{{" in literal or "{#" in literal) for literal in literals):
        return _by_jinja(template, values, blank)
    texts = [_text(value_at(path, values, template), blank) for path in paths]
    return literals[0] + "".join(text + literal for text, literal in zip(texts, literals[1:], strict=True))


def value_at(path: str, values: Values, template: str = "") -> Any:
    """The value that a path such as `case.place` names. Raises WordingError if there is no such name."""
    value: Any = values
    for name in path.split("."):
        if value is None:
            return None
        if not isinstance(value, Mapping) or name not in value:
            raise WordingError(template or path, f"没有“{path}”这个值")
        value = value[name]
    return value


def holds(condition: str | None, values: Values) -> bool:
    """Whether the value is there and not empty; `not x` turns it round; no condition holds."""
    if condition is None:
        return True
    path = condition.removeprefix("not ").strip()
    return bool(value_at(path, values, condition)) != condition.startswith("not ")


@cache
def _parts(template: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    pieces = _SIMPLE.split(template)
    return tuple(pieces[0::2]), tuple(pieces[1::2])


def _text(value: Any, blank: str) -> str:
    return blank if value is None or value == "" else str(value)


def _by_jinja(template: str, values: Values, blank: str) -> str:
    from jinja2 import TemplateError

    try:
        return str(_compiled(template, blank).render(values))
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise WordingError(template, str(error)) from error


@cache
def _compiled(template: str, blank: str) -> Any:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, finalize=lambda value: _text(value, blank), autoescape=False)
    return environment.from_string(template)
