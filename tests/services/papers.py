"""Cases and papers for tests of sealing."""

import msgspec
import pypdfium2

from desktop.domain.case import Case
from desktop.services import cases
from desktop.services.desk import Desk

AGREEMENT, REGISTER = "调解协议书", "受理登记表"


def registered(desk: Desk, case: Case) -> Case:
    """The case as it stands when the office has registered it."""
    return cases.load(desk, cases.register(desk, case).id)


def changed(desk: Desk, case: Case, **fields: object) -> Case:
    """The case as a save of these fields leaves it."""
    return cases.save(desk, case, msgspec.structs.replace(case, **fields)).case


def pages_of(data: bytes) -> list[str]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(data)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return texts
