"""Forms as data: what is shipped is right, and a mistake is refused with its place."""

from pathlib import Path

import pytest

from desktop.documents.compose import pages
from desktop.documents.form import FormError, read_form, shipped_form
from desktop.documents.mark import Text
from desktop.documents.paper import KINDS
from desktop.documents.view import values
from desktop.documents.wording import BLANK, WordingError, filled, holds
from desktop.domain.case import Case
from desktop.domain.office import Office
from desktop.resources import resource

HEAD = 'name = "试"\nabout = "case"\ntitle = "试"\n[looks]\n"正文" = { size = 14 }\n'
BLOCK = '[[block]]\nkind = "text"\ntext = "甲"\n'


def written(folder: Path, text: str) -> Path:
    path = folder / "试.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_there_is_a_form_for_every_kind() -> None:
    assert {path.stem for path in resource("forms").glob("*.toml")} == set(KINDS)
    assert all(shipped_form(kind).name == kind for kind in KINDS)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("name = ", 1),
        (HEAD + "[[block\n", 6),
        (HEAD + BLOCK + '[[block]]\nkind = "texte"\ntext = "甲"\n', 9),
        (HEAD + BLOCK + '[[block]]\nkind = "text"\n', 9),
        (HEAD + BLOCK + '[[block]]\nkind = "text"\ntext = "甲"\nallign = "left"\n', 9),
        (HEAD + BLOCK + BLOCK + '[[block]]\nkind = "text"\ntext = 3\n', 12),
        (HEAD + BLOCK + '[[block]]\nkind = "text"\ntext = "甲"\nlook = "大"\n', 9),
    ],
)
def test_a_mistake_is_refused_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(FormError, match=f"“试.toml”第{line}行有误"):
        read_form(written(tmp_path, text))


def test_a_mistake_outside_blocks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormError, match=r"“试\.toml”有误"):
        read_form(written(tmp_path, HEAD.replace("case", "cases") + BLOCK))


def test_a_value_that_there_is_not_is_refused(tmp_path: Path, case: Case, office: Office) -> None:
    form = read_form(written(tmp_path, HEAD + BLOCK.replace("甲", "{{ case.colour }}")))
    with pytest.raises(WordingError, match=r"case\.colour"):
        pages(form, values(case, office))


def test_an_own_form_may_use_jinja(tmp_path: Path, case: Case, office: Office) -> None:
    text = "{% for party in parties %}{{ party.name }}{% if not loop.last %}；{% endif %}{% endfor %}"
    form = read_form(written(tmp_path, HEAD + BLOCK.replace("甲", text)))
    lines = [mark.line.ink for mark in pages(form, values(case, office))[0] if isinstance(mark, Text)]
    assert lines[0] == "杨自立；普秀芬；玉溪某某商务服务有限公司"


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
    ],
)
def test_filled(template: str, text: str) -> None:
    assert filled(template, {"name": "甲{{ a }}", "a": {"b": 1}, "nothing": None, "empty": ""}) == text


@pytest.mark.parametrize(
    "template",
    [
        "{{ unknown }}",
        "{{ a.unknown }}",
        "{{ unknown | upper }}",
        "{% for %}",
        "{{ ''.__class__.__mro__ }}",
        "{{ a.__init__.__globals__ }}",
        "{% for i in range(10000000) %}x{% endfor %}",
        "{{ 1 / 0 }}",
    ],
)
def test_a_wrong_or_prying_template_is_refused(template: str) -> None:
    with pytest.raises(WordingError):
        filled(template, {"a": {"b": 1}})


@pytest.mark.parametrize(("condition", "held"), [(None, True), ("a", True), ("none", False), ("not none", True), ("not a.b", False)])
def test_conditions(condition: str | None, held: bool) -> None:
    assert holds(condition, {"a": {"b": 1}, "none": None}) is held
