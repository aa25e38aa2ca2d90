"""Page numbers."""

from collections.abc import Sequence

from desktop.documents.form import Sheet
from desktop.documents.look import Look
from desktop.documents.mark import MM, PAGE_HEIGHT, PAGE_WIDTH, Mark
from desktop.documents.paragraph import Align, broken, placed

_OF_FORMS = Look(font="宋", size=10.5, leading=14)
_OF_LETTERS = Look(font="宋", size=14, leading=18)
_OF_DOSSIERS = Look(font="宋", size=12, leading=16)
_CORNER_X, _CORNER_Y = 18.0, 11.0


def page_number(sheet: Sheet, page: int, count: int) -> list[Mark]:
    """The number of a page (from 0) of `count`, as the sheet says: 第 x 页 共 y 页, 一字线 or none."""
    if sheet.numbers == "共":
        return [_placed(sheet, f"第{page + 1}页　共{count}页", _OF_FORMS, 5 * MM, "center")]
    if sheet.numbers == "一字线" and page > 0:
        return [_placed(sheet, f"— {page + 1} —", _OF_LETTERS, 7 * MM - 4, "left" if page % 2 else "right")]
    return []


def _placed(sheet: Sheet, text: str, look: Look, below: float, align: Align) -> Mark:
    """The number `below` pt under the text; outside it stands one character in from the text's edge (GB/T 9704-2012 7.5)."""
    margin = look.size if align != "center" else 0.0
    width = (PAGE_WIDTH - sheet.left - sheet.right) * MM - 2 * margin
    line = broken(text, look, width)[0]
    return placed(line, look, sheet.left * MM + margin, (PAGE_HEIGHT - sheet.bottom) * MM + below, width, align)


def with_running_numbers(pages: Sequence[Sequence[Mark]], texts: Sequence[str], *, duplex: bool = False) -> list[list[Mark]]:
    """The pages of a dossier, each with its running number in the upper right corner, that of a back (`duplex`) in the left.

    Numbers of a dossier stand there (domain.md 3.2), so that each paper keeps its own 第 x 页 共 y 页 at the foot. An empty text
    leaves a page without. Raises ValueError unless there is one text a page.
    """
    return [[*marks, *_corner(text, left=duplex and i % 2 == 1)] for i, (marks, text) in enumerate(zip(pages, texts, strict=True))]


def _corner(text: str, *, left: bool) -> list[Mark]:
    if not text:
        return []
    width = (PAGE_WIDTH - 2 * _CORNER_X) * MM
    line = broken(text, _OF_DOSSIERS, width)[0]
    return [placed(line, _OF_DOSSIERS, _CORNER_X * MM, _CORNER_Y * MM, width, "left" if left else "right")]
