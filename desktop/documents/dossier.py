"""The dossier (卷宗): one PDF of our forms and the scanned papers in the prescribed order (domain.md 3.0 to 3.2).

Cover, contents and back cover bear no number; all pages between them are numbered through, scans too, in the upper right corner.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Literal, NamedTuple

from desktop.documents.mark import Mark
from desktop.documents.page_number import with_running_numbers
from desktop.documents.view import Contents, ContentsRow

if TYPE_CHECKING:
    from desktop.documents.joining import Join

_SCANNED = "扫描件"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A paper of ours: its pages, and whether they are numbered."""

    name: str
    pages: Sequence[Sequence[Mark]]
    numbered: bool = True

    @property
    def count(self) -> int:
        """How many pages it has."""
        return len(self.pages)


@dataclass(frozen=True, slots=True)
class Scanned:
    """A paper of `count` pages that is there as a file, fetched when it is needed: a foreign PDF, a picture, or a sealed paper of ours."""

    name: str
    kind: Literal["pdf", "jpeg", "png", "sealed"]
    count: int
    fetch: Callable[[], bytes]
    numbered: bool = True


Part = Drawn | Scanned


class Place(NamedTuple):
    """A paper in the dossier: its first and last page as printed (None where pages bear no number), and whether it is a scan."""

    name: str
    first: int | None
    last: int | None
    scanned: bool = False

    @property
    def pages(self) -> str:
        """`3` or `3-5`, as the contents say it; empty without numbers."""
        return "" if self.first is None else str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


def places(parts: Iterable[Part]) -> list[Place]:
    """Every paper with its pages as printed."""
    found, last = [], 0
    for part in parts:
        scanned = isinstance(part, Scanned) and part.kind != "sealed"
        if part.numbered and part.count:
            found.append(Place(part.name, last + 1, last + part.count, scanned))
            last += part.count
        else:
            found.append(Place(part.name, None, None, scanned))
    return found


def contents_of(parts: Iterable[Part]) -> Contents:
    """What 卷内目录 and 封底 say: the numbered papers with their pages, scans remarked as such, and the sum of pages."""
    numbered = [place for place in places(parts) if place.last is not None]
    rows = tuple(ContentsRow(place.name, place.pages, _SCANNED if place.scanned else "") for place in numbered)
    return Contents(rows, numbered[-1].last if numbered else 0)


def assemble(parts: Sequence[Part], *, title: str, author: str, subject: str) -> bytes:
    """The dossier as one PDF with bookmarks; the same parts give the same bytes.

    All our pages are drawn at once, so that each font is embedded once; scans are fetched one at a time and laid under pages that
    bear only the number. The file says of itself that it is PDF/A unless a foreign PDF is in it. Raises `Refused` for a scan that
    cannot be read or has other pages than was said.
    """
    from desktop.documents.joining import Bookmark, Join
    from desktop.documents.pdf import About, draw

    join = Join(draw(_pages(parts), About(title, author, subject)))
    starts = list(accumulate((part.count for part in parts), initial=0))[:-1]
    for part, start in zip(parts, starts, strict=True):
        if isinstance(part, Scanned):
            _put(join, start, part)
    join.add_outline([Bookmark(part.name, start) for part, start in zip(parts, starts, strict=True)])
    return join.content()


def _pages(parts: Sequence[Part]) -> list[list[Mark]]:
    """Our pages, and an empty one for each page of a scan, with their running numbers."""
    pages: list[Sequence[Mark]] = []
    numbers: list[str] = []
    for part, place in zip(parts, places(parts), strict=True):
        pages += part.pages if isinstance(part, Drawn) else [()] * part.count
        numbers += [""] * part.count if place.first is None else [str(place.first + page) for page in range(part.count)]
    return with_running_numbers(pages, numbers)


def _put(join: "Join", start: int, part: Scanned) -> None:
    from desktop.documents.photos import upright

    data = part.fetch()
    if part.kind == "pdf":
        join.put_pdf(start, part.count, data, part.name)
    elif part.kind == "sealed":
        join.put_own(start, part.count, data, part.name)
    else:
        join.put_photo(start, part.count, upright(data, part.name) if part.kind == "png" else data, part.name)
