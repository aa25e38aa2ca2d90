"""The papers of a case, ready to be previewed."""

from functools import partial
from typing import TYPE_CHECKING

from desktop.domain.case import Case
from desktop.ui.preview_dialog import Paper

if TYPE_CHECKING:
    from desktop.services.desk import Desk


def papers_of(desk: "Desk", case: Case) -> list[Paper]:
    """Every paper that the case has an occasion for, and the whole dossier."""
    from desktop.services import documents

    sheets = [*documents.sheets(desk, case), documents.Sheet(documents.DOSSIER, None, "整本卷宗")]
    return [
        Paper(name, partial(documents.render, desk, case, kind, index), partial(_write, desk, case, kind, index))
        for kind, index, name in sheets
    ]


def _write(desk: "Desk", case: Case, kind: str, index: int | None, path: object) -> None:
    from pathlib import Path

    from desktop.services import documents

    documents.write(desk, case, kind, Path(str(path)), index)
