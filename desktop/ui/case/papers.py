"""The papers of a case, ready to be previewed."""

from functools import partial
from typing import TYPE_CHECKING

from desktop.domain.case import Case
from desktop.ui.paper.dialog import Paper

if TYPE_CHECKING:
    from desktop.services.desk import Desk

SCAN = "附件"
"""The kind of paper under which the printing of scans is remembered."""


def papers_of(desk: "Desk", case: Case) -> list[Paper]:
    """Every paper that the case has an occasion for, and the whole dossier."""
    from desktop.services import documents, preview, printing

    whole = documents.Sheet(documents.DOSSIER, None, "整本卷宗")
    unsealed = preview.never_sealed(desk)
    made = [
        Paper(
            sheet.name,
            sheet.kind,
            partial(preview.shown, desk, case, sheet),
            printing.copies(case, sheet.kind),
            None if sheet.kind in unsealed else partial(preview.seal, desk, case, sheet),
        )
        for sheet in documents.sheets(desk, case)
    ]
    return [*made, Paper(whole.name, whole.kind, partial(preview.shown, desk, case, whole), printing.copies(case, whole.kind))]


def scans_of(desk: "Desk", case: Case) -> list[Paper]:
    """The scanned papers of the case, photos on A4 pages."""
    from desktop.services import preview

    return [Paper(scan.name, SCAN, partial(preview.scan, desk, scan)) for scan in case.attachments]
