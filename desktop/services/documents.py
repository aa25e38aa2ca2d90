"""Paper: what can be printed of a case, and printing it to a file."""

from pathlib import Path
from typing import cast

from desktop.domain.case import Case
from desktop.domain.codes import LetterKind, choices
from desktop.domain.letter import Letter
from desktop.domain.refused import Refused
from desktop.services.desk import Desk
from desktop.store.files import write_whole

FORMS = ("受理登记表", "调解协议书")
"""The forms of every case, in the order of the dossier (domain.md 3.0)."""

KINDS = (*FORMS, *choices(LetterKind))


class NothingToPrint(Refused):
    """The case has nothing that this form could say."""


def kinds(case: Case) -> list[str]:
    """What can be printed of the case: the acceptance register, the agreement if there is one, each kind of letter that it has."""
    forms = ["受理登记表", *(["调解协议书"] if case.agreement else [])]
    return forms + [kind for kind in choices(LetterKind) if any(letter.kind == kind for letter in case.letters)]


def render(desk: Desk, case: Case, kind: str, index: int | None = None) -> bytes:
    """The PDF of a form of the case; `index` counts letters of one kind from 1. The same case gives the same bytes.

    Raises `NothingToPrint`, and `MissingCharacterError` for a character that no font has.
    """
    from desktop.documents import paper

    if kind == "调解协议书" and case.agreement is None:
        raise NothingToPrint("这件纠纷还没有调解协议，请先填写协议再打印。")
    letter = _letter(case, kind, index) if kind in choices(LetterKind) else None
    return paper.render(kind, case, desk.office, letter=letter)


def write(desk: Desk, case: Case, kind: str, path: Path, index: int | None = None) -> None:
    """Print a form of the case into a file, which is there whole or not at all."""
    write_whole(path, render(desk, case, kind, index))


def _letter(case: Case, kind: str, index: int | None) -> Letter:
    letters = [letter for letter in case.letters if letter.kind == cast("LetterKind", kind)]
    if not letters:
        raise NothingToPrint(f"这件纠纷没有{kind}，请先登记{kind}再打印。")
    if index is None and len(letters) > 1:
        raise NothingToPrint(f"这件纠纷有{len(letters)}份{kind}，请用 --index 指明第几份。")
    place = 1 if index is None else index
    if not 1 <= place <= len(letters):
        raise NothingToPrint(f"这件纠纷只有{len(letters)}份{kind}，没有第{place}份，请改正份号再打印。")
    return letters[place - 1]
