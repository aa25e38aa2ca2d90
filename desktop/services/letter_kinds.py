"""The kinds of letters that the office uses: data that a county changes without code (domain.md 1.2, 1.3)."""

from desktop.domain.letter_kinds import LetterType, enabled_kinds, read_presets
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


def kinds(desk: Desk) -> tuple[LetterType, ...]:
    """The kinds in use, as a picker shows them. Raises `LetterKindsRefused` with the line of a mistake in the office's file."""
    own, settings = desk.folder / OWN_KINDS, settings_folder(desk)
    county = settings / KINDS if settings else own
    path = next((path for path in (own, county) if path.exists()), resource("letters", "presets.toml"))
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeError):
        raise UnreadableKinds from None
    return enabled_kinds(read_presets(text))


def kind_named(desk: Desk, name: str) -> LetterType | None:
    """The kind of that name, None if the office does not use it (it may come from another office)."""
    return next((kind for kind in kinds(desk) if kind.name == name), None)
