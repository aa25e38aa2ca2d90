"""Drawing: pages of marks to the bytes of a PDF, through ReportLab's canvas."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from desktop.documents.embed import Fonts
from desktop.documents.fonts import style
from desktop.documents.mark import Mark, Rule, Text

A4 = (595.2756, 841.8898)
"""Width and height in pt."""

_COLOURS = {"black": "0 0 0", "red": "0.85 0 0"}


@dataclass(frozen=True, slots=True)
class About:
    """What the file says of itself."""

    title: str
    author: str
    subject: str


class _NoFont:
    """The font that ReportLab sets before anything is drawn; it would otherwise be Helvetica, not embedded.

    It is its own face: ReportLab asks only for both names and whether the font is written last.
    """

    fontName = name = "none"
    _dynamicFont = 1
    _multiByte = 1

    @property
    def face(self) -> "_NoFont":
        return self


def draw(pages: Sequence[Sequence[Mark]], about: About) -> bytes:
    """The PDF file: A4 pages, every font embedded, the same bytes for the same pages."""
    if _NoFont.fontName not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(_NoFont())
    rl_config.useA85 = 0  # pages as bytes: a fifth smaller than as ASCII
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, pageCompression=1, invariant=1, lang="zh-CN", pdfVersion=(1, 7), initialFontName=_NoFont.fontName)
    canvas.setTitle(about.title)
    canvas.setAuthor(about.author)
    canvas.setSubject(about.subject)
    canvas.setCreator("枫桥调解台")
    fonts = Fonts(canvas._doc)  # noqa: SLF001 -- ReportLab has no public name for it
    for marks in pages:
        canvas._code.extend(_operators(marks, fonts))  # noqa: SLF001 -- whole lines at once; its own text object takes one string at a time
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


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
    for (label, spacing), run in groupby(_coded(text, fonts), key=lambda coded: coded[:2]):
        codes = "".join(code for _, _, code in run)
        operators.append(f"/{label} {text.size:g} Tf {spacing:.4f} Tc <{codes}> Tj")
    return operators


def _coded(text: Text, fonts: Fonts) -> list[tuple[str, float, str]]:
    """Font label, spacing after it in pt, and code of each character of the line."""
    line, table = text.line, style(text.style)
    spacing = [text.tracking] * len(line.text)
    for gap in line.gaps:
        spacing[gap] += line.spread
    coded = []
    for i, character in enumerate(line.ink):
        label, code = fonts.code(table, character, narrow=i in line.squeezed)
        coded.append((label, spacing[i], code))
    return coded
