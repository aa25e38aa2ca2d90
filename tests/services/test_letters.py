"""The kinds of letters are the office's data: what it uses is registered, numbered and printed without code."""

from pathlib import Path

import msgspec
import pytest

from desktop.domain.case_file import write_case
from desktop.domain.letter_kinds import LetterKindsRefused
from desktop.resources import resource
from desktop.services import cases, documents, letters
from desktop.services.cases import NamedFileRefused
from desktop.services.desk import Desk
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
