"""The papers of a meeting: 会商材料 before it, 会商纪要 after it, and its letters that belong to no case."""

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.letter import Letter
from desktop.domain.meeting import Meeting
from desktop.services import cases
from desktop.services.county_settings import FORMS, settings_folder
from desktop.services.desk import Desk
from desktop.services.forms import forms_of
from desktop.services.letters import kind_named
from desktop.store.casebook import UnknownCase

if TYPE_CHECKING:
    from desktop.documents.meeting_paper import Kind

PACK: "Kind" = "会商材料"
MINUTES: "Kind" = "会商纪要"


def render(desk: Desk, meeting: Meeting, kind: "Kind") -> bytes:
    """The PDF of the paper as the meeting stands. Reads the cases whose letters it names: a desk `beside` the window's may be given.

    Raises FormError for a mistake in the office's own form, `MissingCharacterError` for a character that no font has.
    """
    from desktop.documents import meeting_paper

    letters = _letters(desk, meeting) if kind == MINUTES else []
    return meeting_paper.render(kind, meeting_paper.Paper(meeting, desk.office.name, letters), _folders(desk))


def render_letter(desk: Desk, letter: Letter) -> bytes:
    """The PDF of a letter of the meeting itself, by the form that the office's set of letters names."""
    from desktop.documents import meeting_paper

    kind = kind_named(desk, letter.kind)
    return meeting_paper.letter(letter, kind.form if kind else letter.kind, desk.office, forms_of(desk))


def _letters(desk: Desk, meeting: Meeting) -> list[Letter]:
    """The letters that the decisions led to, as they now stand in their cases."""
    found = [_letter(desk, item.case, item.letter) for item in meeting.items if item.letter]
    return [letter for letter in found if letter]


def _letter(desk: Desk, case_id: str, letter_id: str) -> Letter | None:
    try:
        case = cases.load(desk, case_id)
    except UnknownCase:
        return None
    return next((letter for letter in case.letters if letter.id == letter_id), None)


def _folders(desk: Desk) -> list[Path]:
    settings = settings_folder(desk)
    return [desk.folder / FORMS, *([settings / FORMS] if settings else [])]
