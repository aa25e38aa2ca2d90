"""Templates: plain values in, text out, and nothing that reaches into Python or runs for ever."""

from typing import Any

import pytest

from desktop.documents.plain_values import BLANK, MAX_OUTPUT, STEPS, Steps, WordingError, holds
from desktop.documents.wording import check_template, filled

VALUES: dict[str, Any] = {"name": "甲{{ a }}", "a": {"b": 1, "items": "项"}, "nothing": None, "empty": "", "list": ["一", "二", None]}


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("纯文字", "纯文字"),
        ("{{ name }}与{{a.b}}", "甲{{ a }}与1"),
        ("{{ nothing }}", BLANK),
        ("{{ empty }}", BLANK),
        ("{{ nothing.more }}", BLANK),
        ("{{ name | length }}", "8"),
        ("{% if nothing %}有{% else %}无{% endif %}{{ nothing }}", "无" + BLANK),
        ("{% for one in list %}{{ loop.index }}{{ one }}{% if not loop.last %}、{% endif %}{% endfor %}", "1一、2二、3" + BLANK),
        ("{% for i in range(3) %}□{% endfor %}", "□□□"),
        ("{{ list | join('、') }}{{ list[0] }}{{ a['b'] }}{{ a.items }}", "一、二、一1项"),
        ("{{ nothing | default('另议') }}{{ name ~ '。' }}", "另议甲{{ a }}。"),
        ("{{ '有' if a.b > 0 and name is defined else '无' }}{# 注 #}", "有"),
        ("{{ list | first }}{{ ' 空 ' | trim }}{{ 'ab' | replace('a', 'c') }}{{ list | last }}", "一空cb" + BLANK),
    ],
)
def test_filled(template: str, text: str) -> None:
    assert filled(template, VALUES) == text


PRYING = [
    "{{ ''.__class__.__mro__ }}",
    "{{ a.__init__.__globals__ }}",
    "{{ a['__class__'] }}",
    "{{ name.upper() }}",
    "{{ name.format(a) }}",
    "{{ name | attr('upper') }}",
    "{{ list | map(attribute='__class__') | join }}",
    "{{ _steps }}",
    "{{ _steps.left + 1 }}",
    "{{ a.keys | join }}",
    "{{ lipsum() }}",
    "{{ cycler('a').next() }}",
    "{{ self._TemplateReference__context }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% extends 'x' %}",
]
ENDLESS = [
    "{% for i in range(10000000) %}x{% endfor %}",
    "{% for i in range(1000) %}{% for j in range(1000) %}{% for k in range(1000) %}{% endfor %}{% endfor %}{% endfor %}",
    "{% for i in range(1000) %}{% for j in range(40) %}{{ long }}{% endfor %}{% endfor %}",
    "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "{% for x in list recursive %}{{ loop(list) }}{% endfor %}",
    "{% set x = 'aaaaaaaaaa' %}" + "{% set x = x ~ x %}" * 60 + "{{ x }}",
    "{{ 'a' * 10000000000 }}",
    "{{ 10 ** 10 ** 10 }}",
    "{{ 'a' | center(10000000000) }}",
    "{{ '%10000000000d' | format(1) }}",
    "{{ long | replace('长', long) | replace('长', long) | replace('长', long) }}",
    "{{ long | join(long) | join(long) }}",
    "{{ '" + "(" * 100 + "' }}" + "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "{{ long }}" * 3000,
    "{{ long }}" * 1000,
]
WRONG = [
    "{{ unknown }}",
    "{{ a.unknown }}",
    "{{ unknown | upper }}",
    "{% for %}",
    "{% for c in name %}{{ c }}{% endfor %}",
    "{% for c in a %}{{ c }}{% endfor %}",
    "{{ list }}",
    "{{ a }}",
    "{{ name and a }}",
    "{{ 1 > 0 }}",
    "{{ name + 1 }}",
    "{{ list['x'] }}",
    "{{ list[7] }}",
    "甲" * 30_000 + "{% if a %}{% endif %}",
]


def checked_and_filled(template: str) -> str:
    check_template(template)
    return filled(template, VALUES | {"long": "长" * 5000, STEPS: Steps()})


@pytest.mark.parametrize("template", PRYING + ENDLESS + WRONG, ids=lambda template: template[:40])
def test_a_wrong_prying_or_endless_template_is_refused(template: str) -> None:
    with pytest.raises(WordingError):
        checked_and_filled(template)


def test_a_text_of_the_longest_length_is_made() -> None:
    assert len(filled("{% for i in range(40) %}{{ long }}{% endfor %}", {"long": "长" * (MAX_OUTPUT // 40)})) == MAX_OUTPUT


def test_steps_are_those_of_the_whole_document() -> None:
    values = VALUES | {STEPS: Steps(250)}
    template = "{% for i in range(100) %}{% endfor %}"
    assert [filled(template, values) for _ in range(2)] == ["", ""]
    with pytest.raises(WordingError, match="重复的次数太多"):
        filled(template, values)


def test_a_refused_template_is_not_quoted_at_full_length() -> None:
    with pytest.raises(WordingError) as refused:
        check_template("甲" * 30_000)
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize(("condition", "held"), [(None, True), ("a", True), ("nothing", False), ("not nothing", True), ("not a.b", False)])
def test_conditions(condition: str | None, held: bool) -> None:
    assert holds(condition, VALUES) is held
