"""Drawing: pages of marks to the bytes of a PDF, through ReportLab's document objects."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from reportlab.pdfbase import pdfdoc

from desktop.documents.archive import PDF_VERSION, About, declare, stream
from desktop.documents.embed import Fonts
from desktop.documents.fonts import style
from desktop.documents.mark import Mark, Rule, Text

__all__ = ["A4", "About", "draw"]

A4 = (595.2756, 841.8898)
"""Width and height in pt."""

_LOOK = itemgetter(0, 1)
_COLOURS = {"black": "0 0 0", "red": "0.85 0 0"}


def draw(pages: Sequence[Sequence[Mark]], about: About) -> bytes:
    """The PDF file: A4 pages, every font embedded, fit for an archive (`archive`), the same bytes for the same pages."""
    doc = pdfdoc.PDFDocument(invariant=1, pdfVersion=PDF_VERSION, lang="zh-CN")
    fonts = Fonts(doc)
    contents = ["\n".join(_operators(marks, fonts)).encode("ascii") for marks in pages]
    for content in contents:
        doc.addPage(_page(content))
    declare(doc, about, b"\f".join([*contents, fonts.spelled().encode("utf-8")]))
    written = doc.GetPDFData(None)
    return written if isinstance(written, bytes) else written.encode("latin-1")


def _page(content: bytes) -> pdfdoc.PDFPage:
    page = pdfdoc.PDFPage()
    page.pagewidth, page.pageheight = A4
    page.Contents = stream(content)
    page.Resources = pdfdoc.PDFResourceDictionary()
    page.Resources.basicFonts()
    return page


def _operators(marks: Iterable[Mark], fonts: Fonts) -> list[str]:
    """The page's content stream: first all rules, then all texts, each in the order given."""
    marks = list(marks)
    operators = [_rule(mark) for mark in marks if isinstance(mark, Rule)]
    operators += ["BT"]
    for mark in marks:
        if isinstance(mark, Text) and mark.line.ink:
            operators += _text(mark, fonts)
    return [*operators, "ET"]


def _rule(rule: Rule) -> str:
    dash = "[3 2] 0 d" if rule.dashed else "[] 0 d"
    ends = f"{rule.x1:.2f} {A4[1] - rule.y1:.2f} m {rule.x2:.2f} {A4[1] - rule.y2:.2f} l S"
    return f"{_COLOURS[rule.colour]} RG {rule.width:.2f} w {dash} {ends}"


def _text(text: Text, fonts: Fonts) -> list[str]:
    """One line: its place, then runs of characters that share a font and a spacing."""
    operators = [f"{_COLOURS[text.colour]} rg 1 0 0 1 {text.x:.3f} {A4[1] - text.y:.3f} Tm"]
    for (label, spacing), run in groupby(_coded(text, fonts), key=_LOOK):
        codes = "".join([code for _, _, code in run])
        operators.append(f"/{label} {text.size:g} Tf {spacing:.4f} Tc <{codes}> Tj")
    return operators


def _coded(text: Text, fonts: Fonts) -> Iterator[tuple[str, float, str]]:
    """Font label, spacing after it in pt, and code of each character of the line."""
    line, table = text.line, style(text.style)
    usual, narrow = fonts.codes(table), fonts.codes(table, narrow=True)
    spacing = [text.tracking] * len(line.text)
    for gap in line.gaps:
        spacing[gap] += line.spread
    for i, character in enumerate(line.ink):
        label, code = narrow[character] if i in line.squeezed else usual[character]
        yield label, spacing[i], code
