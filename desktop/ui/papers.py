"""The papers of a case, ready to be previewed."""

from functools import partial
from typing import TYPE_CHECKING

from desktop.domain.case import Case
from desktop.domain.codes import LetterKind, choices
from desktop.ui.preview_dialog import Paper

if TYPE_CHECKING:
    from desktop.services.desk import Desk


def papers_of(desk: "Desk", case: Case) -> list[Paper]:
    """Each kind of paper once, letters once each: 任务单, or 任务单（第2份） when there are several."""
    from desktop.services import documents

    found = []
    for kind in dict.fromkeys(documents.kinds(case)):
        count = sum(letter.kind == kind for letter in case.letters) if kind in choices(LetterKind) else 1
        for number in range(1, count + 1):
            name = kind if number == 1 else f"{kind}（第{number}份）"
            index = number if kind in choices(LetterKind) else None
            found.append(Paper(name, partial(documents.render, desk, case, kind, index), partial(_write, desk, case, kind, index)))
    return found


def _write(desk: "Desk", case: Case, kind: str, index: int | None, path: object) -> None:
    from pathlib import Path

    from desktop.services import documents

    documents.write(desk, case, kind, Path(str(path)), index)
