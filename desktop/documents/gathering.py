"""Which papers a case's dossier is made of, in which order: our forms, sealed papers in their stead, and scans (domain.md 3.0)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from desktop.documents import paper
from desktop.documents.characters import printable
from desktop.documents.dossier import Drawn, Part, Scanned, contents_of
from desktop.documents.form import Form
from desktop.documents.forms import Forms, shipped
from desktop.documents.occasion import kinds_for, subjects
from desktop.documents.phrases import chinese_number
from desktop.documents.view import Contents, Subject
from desktop.domain.attachment import Attachment, Category
from desktop.domain.case import Case
from desktop.domain.office import Office
from desktop.domain.party import Party

PLACES: Mapping[Category, int] = {
    "申请书": 11,
    "当事人身份证明": 30,
    "授权委托书": 40,
    "调查记录": 50,
    "证据材料": 60,
    "调解记录": 70,
    "调解协议书": 81,
    "履行凭证": 90,
    "回访记录": 100,
    "司法确认材料": 111,
    "其他": 118,
}
"""Where scanned papers lie, in the terms of `form.Dossier.order`: behind our form of the same kind; others before the closing papers."""

Sealed = Mapping[tuple[str, str], str]
"""The SHA-256 of sealed papers by form and id of the subject (empty for the case itself)."""


class Copy(NamedTuple):
    """One paper that a form makes; of a repeated form, which session, visit, party or letter it is about."""

    form: Form
    subject: Subject | None
    name: str

    @property
    def key(self) -> tuple[str, str]:
        """Form and id of the subject."""
        return self.form.name, self.subject.id if self.subject else ""


@dataclass(frozen=True, slots=True)
class Source:
    """What papers are made from: the case, whose paper it is, the office's forms, sealed papers, and contents by their SHA-256."""

    case: Case
    office: Office
    content: Callable[[str], bytes]
    sealed: Sealed
    forms: Forms | None = None


def copies(case: Case, forms: Forms | None = None) -> list[Copy]:
    """Every paper that the case has an occasion for, letters too, in the order of the dossier. Raises FormError."""
    return [copy for form, _ in kinds_for(case, forms) for copy in _copies(form, case)]


def _copies(form: Form, case: Case) -> list[Copy]:
    about = subjects(form, case)
    if not about:
        return [Copy(form, None, form.name)]
    if len(about) == 1 and not isinstance(about[0], Party):
        return [Copy(form, about[0], form.name)]
    return [Copy(form, one, f"{form.name}（{_which(form, one, number)}）") for number, one in enumerate(about, 1)]


def _which(form: Form, subject: Subject, number: int) -> str:
    """What tells one copy of a form from the others."""
    if isinstance(subject, Party):
        return one_line(subject.name)
    return f"第{chinese_number(number)}{'份' if form.about in ('letter', 'routing') else '次'}"


def gather(source: Source) -> list[Part]:
    """The papers of the dossier in their order: forms laid out, scans to be fetched, the contents with true page numbers.

    Raises what `paper.pages` and `source.content` raise, and `PdfBroken` for a sealed paper that cannot be read.
    """
    inner, outer = _of_dossier(source.case, source.forms)
    placed: list[tuple[int, Part]] = [(_order(copy), part_of(copy, source)) for copy in inner]
    placed += [(PLACES[one.category], _scan(one, source)) for one in source.case.attachments]
    placed.sort(key=_by_place)
    contents = contents_of([part for _, part in placed])
    placed += [(_order(copy), part_of(copy, source, contents)) for copy in outer]
    return [part for _, part in sorted(placed, key=_by_place)]


def _of_dossier(case: Case, forms: Forms | None) -> tuple[list[Copy], list[Copy]]:
    """The papers of the dossier with page numbers, and those without: cover, contents, back cover."""
    found = [copy for copy in copies(case, forms) if copy.form.dossier]
    return [copy for copy in found if _is_numbered(copy)], [copy for copy in found if not _is_numbered(copy)]


def _by_place(placed: tuple[int, Part]) -> tuple[int, bool]:
    """A scan lies behind our paper of the same place."""
    return placed[0], isinstance(placed[1], Scanned) and placed[1].kind != "sealed"


def _order(copy: Copy) -> int:
    return copy.form.dossier.order if copy.form.dossier else 0


def _is_numbered(copy: Copy) -> bool:
    return copy.form.dossier is None or copy.form.dossier.numbered


def part_of(copy: Copy, source: Source, contents: Contents | None = None) -> Part:
    """The paper as it was sealed, otherwise laid out now; `contents` for 卷内目录 and 封底."""
    sha256 = source.sealed.get(copy.key)
    if sha256 is not None:
        return _sealed(copy, source.content(sha256), source)
    forms = source.forms or shipped()
    pages = paper.pages(copy.form.name, source.case, source.office, subject=copy.subject, contents=contents, forms=forms)
    return Drawn(copy.name, pages, _is_numbered(copy))


def _sealed(copy: Copy, data: bytes, source: Source) -> Scanned:
    from desktop.documents.foreign import open_pdf

    count = len(open_pdf(data, copy.name).pages)
    return Scanned(copy.name, "sealed", count, lambda: source.content(source.sealed[copy.key]), _is_numbered(copy))


def _scan(attachment: Attachment, source: Source) -> Scanned:
    return Scanned(one_line(attachment.name), attachment.media, attachment.pages, lambda: source.content(attachment.sha256))


def one_line(text: str) -> str:
    """The text as it stands in contents, bookmarks and titles: on one line, without invisible characters."""
    return " ".join(printable(text).split())
