"""Which letters an office uses is read from a file."""

import pytest

from desktop.domain.codes import LetterKind, choices
from desktop.domain.letter_kinds import LetterKindsRefused, enabled_kinds, read_presets
from desktop.resources import resource

SHIPPED = resource("letters", "presets.toml").read_text(encoding="utf-8")
KIND = """[[preset.kind]]
code = "task"
name = "任务单"
style = "单"
word = "任"
direction = "下行"
form = "任务单"
"""
HEAD = '[[preset]]\ncode = "A"\nname = "甲"\nenabled = true\n'


def test_shipped_presets_are_a_to_d_and_two_local_ones() -> None:
    presets = read_presets(SHIPPED)
    assert [preset.code for preset in presets] == ["A", "B", "C", "D", "六单", "吹哨报到"]
    assert [preset.code for preset in presets if preset.enabled] == ["A"]


def test_the_kinds_in_use_are_those_of_the_program_with_their_words() -> None:
    kinds = enabled_kinds(read_presets(SHIPPED))
    assert tuple(kind.name for kind in kinds) == choices(LetterKind)
    assert [kind.word for kind in kinds] == ["任", "督", "馈", "函"]
    assert [kind.style for kind in kinds] == ["单", "单", "单", "函"]


def test_every_kind_has_a_form_that_is_shipped() -> None:
    shipped = {path.stem for path in resource("forms").glob("*.toml")}
    assert {kind.form for preset in read_presets(SHIPPED) for kind in preset.kind} <= shipped


def test_a_kind_of_two_enabled_presets_counts_once() -> None:
    both = HEAD + KIND + HEAD.replace('"A"', '"B"') + KIND
    assert [kind.name for kind in enabled_kinds(read_presets(both))] == ["任务单"]


def test_a_kind_that_is_off_is_left_out() -> None:
    assert enabled_kinds(read_presets(HEAD + KIND + "enabled = false\n")) == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "preset"),
        ("[[preset", "第1行"),
        (HEAD, "kind"),
        (HEAD + KIND + "colour = 1\n", "colour"),
        (HEAD + KIND.replace("下行", "斜行"), "斜行"),
        (HEAD + KIND.replace('"task"', '"Task 1"'), "code"),
        (HEAD + KIND + "default_days = -1\n", "default_days"),
        (HEAD + KIND + KIND, "代码“task”重复"),
        (HEAD + KIND + KIND.replace('"task"', '"other"'), "名称“任务单”重复"),
        (HEAD + KIND + KIND.replace('"task"', '"other"').replace('"任务单"\nstyle', '"他单"\nstyle'), "文号代字“任”重复"),
        (HEAD + KIND + HEAD + KIND, "预设代码“A”重复"),
        ("a = " + "[" * 20_000, "有误"),
    ],
)
def test_a_mistake_is_refused(text: str, reason: str) -> None:
    with pytest.raises(LetterKindsRefused, match="函件种类文件") as refused:
        read_presets(text)
    assert reason in str(refused.value)
