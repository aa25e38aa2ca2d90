"""The kinds of letters that the office uses: data that a county changes without code (domain.md 1.2, 1.3)."""

import re

from desktop.domain.letter_kinds import LetterType, Preset, enabled_kinds, read_presets
from desktop.domain.refused import Refused
from desktop.resources import resource
from desktop.services.county_settings import KINDS, settings_folder
from desktop.services.desk import Desk

OWN_KINDS = KINDS
"""The office's own file of kinds, in the data folder; it takes the place of the county's, and that of the shipped one."""


class UnreadableKinds(Refused):
    """The office's own file of kinds cannot be read."""

    def __init__(self) -> None:
        super().__init__(f"函件种类文件“{OWN_KINDS}”打不开或不是UTF-8文本，请改正，或把它移走以使用随程序附带的种类。")


class UnknownPreset(Refused):
    """The file has no such set of kinds."""

    def __init__(self, code: str) -> None:
        super().__init__(f"函件种类文件里没有“{code}”这一组，请重新选择。")


def kinds(desk: Desk) -> tuple[LetterType, ...]:
    """The kinds in use, as a picker shows them. Raises `LetterKindsRefused` with the line of a mistake in the office's file."""
    return enabled_kinds(presets(desk))


def presets(desk: Desk) -> tuple[Preset, ...]:
    """All sets of kinds to choose from, those in use with `enabled`. Raises as `kinds`."""
    return read_presets(_text(desk))


def choose(desk: Desk, code: str) -> tuple[Preset, ...]:
    """Use this set of kinds and no other, from now on; letters that were issued stay what they are.

    The office gets a file of its own, in which everything else stays as it was, comments too. Raises `UnknownPreset`, `CannotWrite`, and
    what `kinds` raises, with nothing changed.
    """
    from desktop.store.files import write_whole

    text = _text(desk)
    if code not in [preset.code for preset in read_presets(text)]:
        raise UnknownPreset(code)
    chosen = _switched(text, code)
    found = read_presets(chosen)
    if [preset.code for preset in found if preset.enabled] != [code]:
        raise UnreadableKinds  # written in a way that only a hand can change
    write_whole(desk.folder / OWN_KINDS, chosen.encode())
    return found


def _switched(text: str, code: str) -> str:
    """The text with the set of this code switched on and the others off: the lines `enabled` of sets, not those of kinds."""
    head, *blocks = re.split(r"(?m)^(?=[ \t]*\[\[preset\]\])", text)
    return head + "".join(_block(block, code) for block in blocks)


def _block(block: str, code: str) -> str:
    own, mark, kinds_of = block.partition("[[preset.kind]]")
    named = re.search(r"""(?m)^[ \t]*code[ \t]*=[ \t]*["']([^"'\n]*)["']""", own)
    line = f"enabled = {'true' if named and named[1] == code else 'false'}"
    bare = re.sub(r"(?m)^[ \t]*enabled[ \t]*=.*\n?", "", own)
    return bare.replace("[[preset]]", f"[[preset]]\n{line}", 1) + mark + kinds_of


def _text(desk: Desk) -> str:
    own, settings = desk.folder / OWN_KINDS, settings_folder(desk)
    county = settings / KINDS if settings else own
    path = next((path for path in (own, county) if path.exists()), resource("letters", "presets.toml"))
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeError):
        raise UnreadableKinds from None


def kind_named(desk: Desk, name: str) -> LetterType | None:
    """The kind of that name, None if the office does not use it (it may come from another office)."""
    return next((kind for kind in kinds(desk) if kind.name == name), None)
