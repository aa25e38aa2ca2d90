"""What is shown of a paper before it is printed: the sealed bytes where its newest seal stands, otherwise the paper as it is today."""

import hashlib
from pathlib import Path
from typing import NamedTuple

from desktop.domain import seal_rules
from desktop.domain.attachment import Attachment, Seal
from desktop.domain.case import Case
from desktop.domain.finding import Finding
from desktop.services import attachments, cases, documents, dossier, sealing
from desktop.services.desk import Desk
from desktop.services.documents import AGREED, DOSSIER, Sheet
from desktop.services.forms import forms_of
from desktop.store import blobs
from desktop.store.files import write_whole


class Shown(NamedTuple):
    """The bytes of a paper and how it stands with its seal; of a dossier, what it lacks; of an agreement, what its check found.

    `seal` is the newest seal of the paper, if it has one. `stands`: the bytes are the sealed ones, because the paper still says what
    was sealed.
    """

    data: bytes
    seal: Seal | None = None
    stands: bool = False
    gaps: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def shown(desk: Desk, case: Case, sheet: Sheet) -> Shown:
    """The paper as it is to be shown, printed and saved. Raises what `documents.render` raises."""
    kind, nth, _ = sheet
    plain = documents.render(desk, case, kind, nth)
    if kind == DOSSIER:
        return Shown(plain, gaps=tuple(dossier.gaps(desk, case)))
    found = tuple(cases.findings(desk, case)) if kind in AGREED else ()
    newest = seal_rules.newest(case, kind, documents.subject_id(desk, case, kind, nth))
    if newest is None or not _says_the_same(desk, newest, plain):
        return Shown(plain, newest, findings=found)
    return Shown(sealing.data_of(desk, newest), newest, stands=True, findings=found)


def _says_the_same(desk: Desk, seal: Seal, plain: bytes) -> bool:
    """Whether the sealed paper is here and, but for its stamp, the paper of today."""
    here = blobs.has(desk.database, seal.values) and blobs.has(desk.database, seal.sha256)
    return here and sealing.record_of(desk, seal).plain == hashlib.sha256(plain).hexdigest()


def never_sealed(desk: Desk) -> frozenset[str]:
    """The forms that are printed with the dossier only, such as its cover: `sealing.seal` refuses them."""
    forms = forms_of(desk)
    places = ((name, forms.form(name).dossier) for name in forms.names())
    return frozenset(name for name, place in places if place is not None and not place.numbered)


def seal(desk: Desk, case: Case, sheet: Sheet) -> Case:
    """Seal the paper that is shown; the case with its new seal. Raises what `sealing.seal` raises."""
    return sealing.seal(desk, case, sheet.kind, documents.subject_id(desk, case, sheet.kind, sheet.nth)).case


def scan(desk: Desk, attachment: Attachment) -> Shown:
    """A scanned paper as a PDF: a photo on the A4 pages that it fills in the dossier. Raises `ContentMissing`."""
    data = attachments.content(desk, attachment)
    if attachment.media == "pdf":
        return Shown(data)
    from desktop.documents.dossier import Scanned, assemble

    page = Scanned(attachment.name, attachment.media, attachment.pages, lambda: data, numbered=False)
    return Shown(assemble([page], title=attachment.name, author=desk.office.name, subject=""))


def write(path: Path, shown_bytes: bytes) -> None:
    """Write what is shown into a file, which is there whole or not at all. Raises `CannotWrite`."""
    write_whole(path, shown_bytes)


def warm_up() -> None:
    """Load what the first paper needs, off the window's thread: libraries, forms and fonts. Reads no case."""
    import importlib

    for name in ("paper", "pdf", "sandbox", "joining", "qr"):
        importlib.import_module(f"desktop.documents.{name}")
    importlib.import_module("pypdfium2")
    from desktop.documents.fonts import CHAINS, style
    from desktop.documents.forms import shipped

    for name in shipped().names():
        shipped().form(name)
    for name in CHAINS:
        style(name).widths("人民调解，123", 16)
