"""Paper: what can be printed of a case, and printing it to a file."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from desktop.domain.case import Case
from desktop.domain.refused import Refused
from desktop.services.desk import Desk
from desktop.services.forms import forms_of
from desktop.services.letter_kinds import kind_named
from desktop.store.files import write_whole

if TYPE_CHECKING:
    from desktop.documents.form import Form
    from desktop.documents.view import Subject

DOSSIER = "卷宗"
"""What is printed under this name is the whole dossier."""

AGREEMENT = "调解协议书"
AGREED = frozenset({AGREEMENT, "口头协议登记表", "司法确认申请书"})
"""The papers that rest on the agreement."""


class NothingToPrint(Refused):
    """The case has nothing that this form could say."""


class Sheet(NamedTuple):
    """A paper that can be printed: the form, which of several (counted from 1, None where there is one), and its name for the screen."""

    kind: str
    nth: int | None
    name: str


def sheets(desk: Desk, case: Case) -> list[Sheet]:
    """What can be printed of the case as it stands, in the order of the dossier, letters last."""
    from desktop.documents.occasion import kinds_for

    counts = {form.name: count for form, count in kinds_for(case, forms_of(desk))}
    for letter in case.letters:
        counts.setdefault(letter.kind, sum(other.kind == letter.kind for other in case.letters))
    return [sheet for name, count in counts.items() for sheet in _sheets(name, count)]


def _sheets(name: str, count: int) -> list[Sheet]:
    if count == 1:
        return [Sheet(name, None, name)]
    return [Sheet(name, number, f"{name}（第{number}份）") for number in range(1, count + 1)]


def render(desk: Desk, case: Case, kind: str, index: int | None = None) -> bytes:
    """The PDF of a paper of the case, or of the whole dossier (卷宗). The same case gives the same bytes.

    `index` counts from 1 the letters, records, visits or parties that the form is about. Raises `NothingToPrint`, `NoFormError`, and
    `MissingCharacterError` for a character that no font has.
    """
    from desktop.documents import paper
    from desktop.services import dossier

    if kind == DOSSIER:
        return dossier.render(desk, case)
    forms = forms_of(desk)
    form = paper.form_for(_form_name(desk, case, kind), case, forms)
    if kind == AGREEMENT and case.agreement is None:
        raise NothingToPrint("这件纠纷还没有调解协议，请先填写协议再打印。")
    return paper.render(form.name, case, desk.office, subject=_subject(form, case, kind, index), forms=forms)


def _form_name(desk: Desk, case: Case, kind: str) -> str:
    """The form that prints the kind: its own, or for a kind of letter the one that the office's set of letters names."""
    known = kind_named(desk, kind) if any(letter.kind == kind for letter in case.letters) else None
    return known.form if known else kind


def write(desk: Desk, case: Case, kind: str, path: Path, index: int | None = None) -> None:
    """Print a paper of the case into a file, which is there whole or not at all."""
    write_whole(path, render(desk, case, kind, index))


def reminders(desk: Desk, case: Case, kind: str) -> list[str]:
    """What to look at before the paper is signed: for the agreement its check (协议体检), for the dossier what it lacks too."""
    from desktop.services import cases, dossier

    found = cases.findings(desk, case) if kind in AGREED | {DOSSIER} else []
    grave = [f"法律不允许：{finding.message}（{finding.source}）" for finding in found if finding.grave]
    others = [f"{finding.message}（{finding.source}）" for finding in found if not finding.grave]
    return grave + others + (dossier.gaps(desk, case) if kind == DOSSIER else [])


def _subject(form: "Form", case: Case, kind: str, index: int | None) -> "Subject | None":
    from desktop.documents.paper import subjects

    is_letter = form.about == "letter"
    found = tuple(letter for letter in case.letters if letter.kind == kind) if is_letter else subjects(form, case)
    if not found and is_letter:
        raise NothingToPrint(f"这件纠纷没有{kind}，请先登记{kind}再打印。")
    if index is None and len(found) > 1:
        raise NothingToPrint(f"这件纠纷有{len(found)}份{kind}，请指明打印第几份（--index）。")
    if index is not None and not 1 <= index <= max(len(found), 1):
        raise NothingToPrint(f"这件纠纷只有{max(len(found), 1)}份{kind}，没有第{index}份。")
    return found[(index or 1) - 1] if found else None


def subject_id(desk: Desk, case: Case, kind: str, index: int | None) -> str:
    """The id of the letter, record, visit or party that the paper is about; empty for a paper about the case itself."""
    from desktop.documents import paper

    subject = _subject(paper.form_for(_form_name(desk, case, kind), case, forms_of(desk)), case, kind, index)
    return subject.id if subject else ""
