"""Everything that can be written of a case has a name on the screen."""

import re
from collections.abc import Iterator

import msgspec
import pytest

from desktop.domain.case import Case
from desktop.domain.labels import ENTITIES, FIELDS, label, words
from desktop.store.fields import LISTS, SINGLE

OWN = {"id", "seen", "position"}
"""Not shown: names and order that the program gives."""

STRUCTS = {**SINGLE, **{entity: struct for entity, (_, _, struct) in LISTS.items()}}
HELD = {name for _, name, _ in LISTS.values()} | set(SINGLE) | {"assigned"}
"""Fields that hold other entities, which have names of their own."""


def _fields() -> Iterator[tuple[str, str]]:
    for entity, struct in STRUCTS.items():
        for field in msgspec.structs.fields(struct):
            if field.name not in OWN | HELD:
                yield entity, field.name


@pytest.mark.parametrize(("entity", "field"), [*_fields(), *((entity, "removed") for entity in STRUCTS), ("case", "assigned:0123")])
def test_every_field_has_a_chinese_name(entity: str, field: str) -> None:
    words = label(entity, field)
    assert re.fullmatch("[\u4e00-\u9fff（）、]+", words)
    assert ENTITIES[entity] in words or entity == "case"


def test_no_name_is_for_a_field_that_is_gone() -> None:
    assert FIELDS.keys() <= ENTITIES.keys() == STRUCTS.keys()
    for entity, names in FIELDS.items():
        assert names.keys() <= set(STRUCTS[entity].__struct_fields__)


def test_no_two_fields_of_an_entity_have_one_name() -> None:
    for names in FIELDS.values():
        assert len(set(names.values())) == len(names)


def test_every_entity_of_a_case_is_written_in_the_history() -> None:
    held = {field.name for field in msgspec.structs.fields(Case)}
    assert {name for holder, name, _ in LISTS.values() if holder == "case"} | (SINGLE.keys() - {"case"}) <= held


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("summary", "简要情况"),
        ("parties[0].name", "当事人的姓名（名称）"),
        ("parties[2].agent.authority[1]", "当事人的委托代理人"),
        ("agreement.clauses[1].text", "协议条款的内容"),
        ("agreement.facts", "调解协议的主要事实和争议事项"),
        ("sessions[0].evidence[0].name", "调解（调查）记录的证据材料"),
        ("claims[3]", "申请事项"),
        ("parties", "当事人"),
    ],
)
def test_a_place_in_a_case_has_words(path: str, expected: str) -> None:
    assert words(path) == expected
