"""Texts that people write by hand: the line of a mistake, and the mistake in Chinese."""

from typing import Annotated, Literal

import msgspec
import pytest

from desktop.domain.mistakes import told
from desktop.domain.settings_text import Mistake, parsed, read


class Plan(msgspec.Struct, forbid_unknown_fields=True):
    """Something that is written in a file."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=3)]
    style: Literal["单", "函"] = "单"
    days: Annotated[int, msgspec.Meta(ge=0, le=60)] = 1
    parts: Annotated[tuple[str, ...], msgspec.Meta(max_length=2)] = ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "name是必填的栏目，文件中没有"),
        ("name = ''", "name不能少于1个字"),
        ("name = '甲乙丙丁'", "name不能多于3个字"),
        ("name = 1", "name的类型不对，应为文字"),
        ("name = '甲'\ncolour = 1", "colour是不认识的栏目"),
        ("name = '甲'\nstyle = '书'", "style的内容“书”不在可选的范围内"),
        ("name = '甲'\ndays = -1", "days应不小于0"),
        ("name = '甲'\ndays = 61", "days应不大于60"),
        ("name = '甲'\nparts = ['a', 'b', 'c']", "parts不能多于2项"),
        ("name = '甲'\nparts = [1]", "parts[0]的类型不对，应为文字"),
    ],
)
def test_a_mistake_is_told_in_chinese(text: str, reason: str) -> None:
    with pytest.raises(Mistake) as refused:
        read(text, Plan)
    assert (refused.value.reason, refused.value.line) == (reason, None)


@pytest.mark.parametrize(("text", "line"), [("a = 1\nb =\n", 2), ("a = 1\n\nc", 3), ("a = " + "[" * 20_000, None)])
def test_what_is_no_toml_is_told_with_its_line(text: str, line: int | None) -> None:
    with pytest.raises(Mistake) as refused:
        parsed(text)
    assert refused.value.line == line


def test_what_is_right_is_read() -> None:
    assert read("name = '甲'\nstyle = '函'", Plan) == Plan("甲", style="函")


def test_an_unknown_message_still_has_its_place() -> None:
    assert told("Something new - at `$.a[1].b`") == ("a[1].b", "的内容不对")
