"""The set of letters that an office uses: data, not code, since counties name and number them differently (domain.md 1.2, 1.3).

Pure: takes the text of a TOML file (`resources/letters/presets.toml`, or an office's own) and gives typed values.
"""

from functools import lru_cache
from typing import Annotated, Literal

import msgspec

from desktop.domain.refused import Refused
from desktop.domain.settings_text import Mistake, read

Direction = Literal["下行", "平行", "上行"]
"""To a subordinate, to an equal, to a superior."""

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=12)]


class LetterKindsRefused(Refused):
    """The file of letter kinds has a mistake."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        place = f"第{line}行" if line else ""
        super().__init__(f"函件种类文件{place}有误（{reason}），请改正该文件或恢复随程序附带的文件。")


class LetterType(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of letter.

    `code` names it in data and never changes, `name` is what it is called, `style` whether it is a slip (单) or a letter (函), `word`
    stands in its 文号, `form` names the form that prints it. `needs_receipt` (签收), `needs_reply` (反馈); `default_days` calendar days
    until it is to be answered (None: no limit of its own), `simple_days` and `complex_days` those of a simple and of a complex matter and
    `high_risk_days` those of a dispute of high risk, where the office tells them apart (1, 7, 20 and 1, domain.md 1.3);
    `urge_after` days overdue after which it is to be urged (催办). `sort` orders a picker.
    """

    code: Annotated[str, msgspec.Meta(pattern="^[a-z][a-z-]{0,30}$")]
    name: Name
    style: Literal["单", "函"]
    word: Annotated[str, msgspec.Meta(min_length=1, max_length=4)]
    direction: Direction
    needs_receipt: bool = True
    needs_reply: bool = True
    default_days: Annotated[int, msgspec.Meta(ge=0, le=366)] | None = None
    simple_days: Annotated[int, msgspec.Meta(ge=0, le=366)] | None = None
    complex_days: Annotated[int, msgspec.Meta(ge=0, le=366)] | None = None
    high_risk_days: Annotated[int, msgspec.Meta(ge=0, le=366)] | None = None
    urge_after: Annotated[int, msgspec.Meta(ge=0, le=366)] | None = None
    form: Name
    enabled: bool = True
    sort: Annotated[int, msgspec.Meta(ge=0, le=999)] = 0


class Preset(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A family of letters as counties use it; `enabled` for the one in use. `note` says what is known of it."""

    code: Annotated[str, msgspec.Meta(min_length=1, max_length=20)]
    name: str
    enabled: bool = False
    note: str = ""
    kind: Annotated[tuple[LetterType, ...], msgspec.Meta(min_length=1, max_length=40)]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    preset: Annotated[tuple[Preset, ...], msgspec.Meta(min_length=1)]


@lru_cache(maxsize=8)
def read_presets(text: str) -> tuple[Preset, ...]:
    """The presets of a file, in its order.

    Raises LetterKindsRefused if the text is no TOML (with the line), states anything that it may not, if a code stands twice, or if
    two enabled kinds of a preset share a name or the word of their numbers.
    """
    try:
        presets = read(text, _File).preset
    except Mistake as error:
        raise LetterKindsRefused(error.reason, error.line) from error
    _once("预设代码", [preset.code for preset in presets])
    for preset in presets:
        used = [kind for kind in preset.kind if kind.enabled]
        _once(f"预设{preset.code}的代码", [kind.code for kind in preset.kind])
        _once(f"预设{preset.code}的名称", [kind.name for kind in used])
        _once(f"预设{preset.code}的文号代字", [kind.word for kind in used])
    return presets


def enabled_kinds(presets: tuple[Preset, ...]) -> tuple[LetterType, ...]:
    """The kinds in use, as a picker shows them; a name that two enabled presets have counts once, from the first."""
    found: dict[str, LetterType] = {}
    for preset in presets:
        for kind in preset.kind if preset.enabled else ():
            if kind.enabled:
                found.setdefault(kind.name, kind)
    return tuple(sorted(found.values(), key=lambda kind: kind.sort))


def _once(what: str, names: list[str]) -> None:
    for i, name in enumerate(names):
        if name in names[:i]:
            raise LetterKindsRefused(f"{what}“{name}”重复")
