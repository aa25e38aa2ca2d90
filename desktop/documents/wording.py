"""Templates of forms, filled with plain values. A value is always text: braces and markup in it stay what they are."""

import re
from functools import cache

from desktop.documents.plain_values import BLANK, MAX_OUTPUT, Values, WordingError, text_of, value_at

MAX_TEMPLATE = 20_000
"""Characters of one template."""

_SIMPLE = re.compile(r"\{\{\s*([^\W\d]\w*(?:\.[^\W\d]\w*)*)\s*\}\}")


def filled(template: str, values: Values, *, blank: str = BLANK) -> str:
    """The template with its values; `blank` stands where a value is unknown (None or empty).

    Texts with nothing but `{{ name.part }}` are filled here; for anything more Jinja2 is loaded. Raises WordingError.
    """
    literals, paths = _parts(template)
    if _is_more(literals):
        from desktop.documents.sandbox import rendered

        return rendered(template, values, blank)
    texts = [text_of(value_at(path, values, template), blank, template) for path in paths]
    if len(texts) > 1 and sum(map(len, texts)) > MAX_OUTPUT:
        raise WordingError(template, "生成的文字太长")
    return literals[0] + "".join(text + literal for text, literal in zip(texts, literals[1:], strict=True))


def check_template(template: str) -> None:
    """Raise WordingError if the template cannot be read or uses what no form may."""
    if len(template) > MAX_TEMPLATE:
        raise WordingError(template, "太长")
    if _is_more(_parts(template)[0]):
        from desktop.documents.sandbox import compiled

        compiled(template, BLANK)


def _is_more(literals: tuple[str, ...]) -> bool:
    return any("{" in literal and ("{%" in literal or "{{" in literal or "{#" in literal) for literal in literals)


@cache
def _parts(template: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    pieces = _SIMPLE.split(template)
    return tuple(pieces[0::2]), tuple(pieces[1::2])
