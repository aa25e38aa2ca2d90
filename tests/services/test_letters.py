"""The kinds of letters are the office's data: what it uses is registered, numbered and printed without code."""

from pathlib import Path

import msgspec
import pytest

from desktop.domain.case_file import write_case
from desktop.domain.letter_kinds import LetterKindsRefused
from desktop.resources import resource
from desktop.services import cases, documents, letter_kinds, letters
from desktop.services.cases import NamedFileRefused
from desktop.services.desk import Desk
from desktop.services.letter_kinds import UnknownPreset
from desktop.services.letters import OWN_KINDS, UnreadableKinds
from tests.domain.samples import sample


def use(desk: Desk, code: str) -> None:
    """Switch on one preset instead of the default one."""
    text = resource("letters", "presets.toml").read_text("utf-8").replace("enabled = true", "enabled = false", 1)
    start = text.index(f'code = "{code}"')
    (desk.folder / OWN_KINDS).write_text(text[:start] + text[start:].replace("enabled = false", "enabled = true", 1), "utf-8")


def file_with(tmp_path: Path, kind: str) -> Path:
    case = sample("05")
    path = tmp_path / "案件.json"
    path.write_bytes(write_case(msgspec.structs.replace(case, letters=(msgspec.structs.replace(case.letters[0], kind=kind),))))
    return path


def test_another_preset_is_registered_numbered_and_printed(desk: Desk, tmp_path: Path) -> None:
    use(desk, "B")
    assert [kind.name for kind in letters.kinds(desk)] == ["任务单", "交办单", "督办单", "提示函"]
    (registered,) = cases.register_files(desk, [file_with(tmp_path, "交办单")])
    case = cases.load(desk, registered.id)
    kind = letters.kind_named(desk, "交办单")
    assert kind is not None
    assert case.letters[0].number == f"{desk.office.series}综治{kind.word}〔2024〕1号"
    assert documents.sheets(desk, case)[-1].kind == "交办单"
    assert documents.render(desk, case, "交办单").startswith(b"%PDF-")


def test_a_kind_that_is_not_in_use_is_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(NamedFileRefused, match=r"交办单.*任务单、督办单、反馈单、提示函"):
        cases.register_files(desk, [file_with(tmp_path, "交办单")])


@pytest.mark.parametrize(("content", "error"), [(b"x = ", LetterKindsRefused), (b"\xff", UnreadableKinds)])
def test_a_mistake_in_the_file_is_told(desk: Desk, content: bytes, error: type[Exception]) -> None:
    (desk.folder / OWN_KINDS).write_bytes(content)
    with pytest.raises(error, match=r"。$"):
        letters.kinds(desk)


def test_a_set_of_letters_is_chosen_and_everything_else_stays(desk: Desk) -> None:
    shipped = letter_kinds.presets(desk)
    for code in [preset.code for preset in reversed(shipped)]:
        letter_kinds.choose(desk, code)
        found = letter_kinds.presets(desk)
        assert [preset.code for preset in found if preset.enabled] == [code]
        assert [preset.kind for preset in found] == [preset.kind for preset in shipped]
    text = (desk.folder / OWN_KINDS).read_text("utf-8")
    assert text.startswith("# 函件种类")
    assert [kind.name for kind in letters.kinds(desk)] == ["任务单", "督办单", "反馈单", "提示函"]


def test_a_set_that_is_not_there_is_refused(desk: Desk) -> None:
    with pytest.raises(UnknownPreset, match=r"请重新选择。$"):
        letter_kinds.choose(desk, "无")
    assert not (desk.folder / OWN_KINDS).exists()


def test_a_set_without_a_switch_and_kinds_with_one(desk: Desk) -> None:
    kind = 'code = "x"\nname = "甲单"\nstyle = "单"\nword = "甲"\ndirection = "下行"\nform = "任务单"\nenabled = true\n'
    one = f'[[preset]]\ncode = "一"\nname = "一组"\n\n[[preset.kind]]\n{kind}'
    (desk.folder / OWN_KINDS).write_text(one + one.replace("一", "二"), "utf-8")
    assert letters.kinds(desk) == ()
    letter_kinds.choose(desk, "二")
    assert [kind.name for kind in letters.kinds(desk)] == ["甲单"]
