"""How long an agreement takes: the second and later against plain ReportLab, the first against importing ReportLab.

Prints one JSON object a line: {"bench", "case", "value", "unit", "target", "ok", "detail"}. Both sides of a ratio are measured in
turns in one run, and medians are compared.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from io import BytesIO
from itertools import groupby
from statistics import median

from desktop.documents.fonts import style
from desktop.documents.mark import Mark, Text
from desktop.documents.paper import layout, render
from desktop.domain.agreement import Agreement, Clause, Obligation
from desktop.domain.case import Case
from desktop.domain.office import Office
from desktop.domain.party import Party
from desktop.resources import resource

LATER_TARGET, FIRST_TARGET = 2.0, 2.0
LATER_ROUNDS, FIRST_ROUNDS = 15, 7

OFFICE = Office(id="0" * 32, level="镇", name="关上街道综治中心", series="关上", committee="关上街道人民调解委员会")


def sample() -> Case:
    """A case of four parties with a table of three payments; its agreement has three pages."""
    names = ("杨自立", "普秀芬", "李国䶮", "玉溪某某商务服务有限公司")
    persons = tuple(Party(role="申请人", kind="自然人", name=name, address="玉溪市红塔区某路16号") for name in names[:3])
    company = Party(role="被申请人", kind="组织", name=names[3], address="玉溪市红塔区某路16号")
    due = date(2025, 3, 31)
    payments = tuple(Obligation(payer=names[3], payee=name, amount=520000, due_on=due, method="银行转账") for name in names[:3])
    text = "被申请人减免三名申请人展位租金共计人民币14400元，从已付租金中退还；申请人继续使用展位至2025年4月30日（不再追加费用）。"
    clauses = (Clause(text=text),) * 6
    agreement = Agreement(form="书面", signed_on=date(2025, 3, 17), facts=text * 4, clauses=clauses, obligations=payments)
    return Case(
        type="合同",
        number="〔2025〕关上人调字第12号",
        registered_on=date(2025, 3, 14),
        summary=text * 3,
        parties=(*persons, company),
        mediators=("段文清", "马丽琼"),
        recorder="赵明",
        agreement=agreement,
    )


def plain(pages: list[list[Mark]]) -> bytes:
    """The same characters in the same fonts at the same places, by ReportLab's `drawString` alone."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for marks in pages:
        for mark in marks:
            if isinstance(mark, Text):
                draw_plainly(canvas, mark)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def draw_plainly(canvas: object, mark: Text) -> None:
    x = mark.x
    for font, run in groupby(mark.line.ink, key=lambda c: style(mark.style)[c].font):
        text = "".join(run)
        canvas.setFont(font, mark.size)  # type: ignore[attr-defined]
        canvas.drawString(x, 842 - mark.y, text)  # type: ignore[attr-defined]
        x += sum(style(mark.style).widths(text, mark.size))


def load_plainly(pages: list[list[Mark]]) -> None:
    """Give ReportLab the fonts of the pages, read by its own reader."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    texts = [mark for marks in pages for mark in marks if isinstance(mark, Text)]
    for font in sorted({style(text.style)[c].font for text in texts for c in text.line.ink}):
        pdfmetrics.registerFont(TTFont(font, str(resource("fonts", f"{font}.ttf"))))


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def later() -> dict[str, object]:
    """The second and later agreements of one process."""
    case = sample()
    pages = layout("调解协议书", case, OFFICE)
    load_plainly(pages)
    render("调解协议书", case, OFFICE)
    plain(pages)
    rounds = [(seconds(lambda: render("调解协议书", case, OFFICE)), seconds(lambda: plain(pages))) for _ in range(LATER_ROUNDS)]
    ours, theirs = (median(column) for column in zip(*rounds, strict=True))
    return result("later", ours / theirs, LATER_TARGET, {"agreement_ms": ours * 1000, "drawString_ms": theirs * 1000, "pages": len(pages)})


_CLOCK = "import time; start = time.perf_counter()\n{work}\nprint(time.perf_counter() - start)"
_REPORTLAB = """
import reportlab.pdfgen.canvas
from reportlab.pdfbase.ttfonts import TTFont
TTFont("body", {font!r})
"""
_FIRST = """
import sys
sys.path.insert(0, {folder!r})
import msgspec
from desktop.documents.paper import render
from desktop.domain.case import Case
from desktop.domain.office import Office
render("调解协议书", msgspec.json.decode({case!r}, type=Case), msgspec.json.decode({office!r}, type=Office))
"""


def first() -> dict[str, object]:
    """The first agreement of a fresh process, imports included; starting Python itself counts for neither side."""
    import msgspec

    ours_code = _FIRST.format(folder=str(resource().parent), case=msgspec.json.encode(sample()), office=msgspec.json.encode(OFFICE))
    theirs_code = _REPORTLAB.format(font=str(resource("fonts", "FandolFang-Regular.ttf")))
    rounds = [(fresh(ours_code), fresh(theirs_code)) for _ in range(FIRST_ROUNDS)]
    ours, theirs = (median(column) for column in zip(*rounds, strict=True))
    return result("first", ours / theirs, FIRST_TARGET, {"agreement_ms": ours * 1000, "import_and_font_ms": theirs * 1000})


def fresh(code: str) -> float:
    """Seconds that the code takes in a process of its own."""
    done = subprocess.run([sys.executable, "-c", _CLOCK.format(work=code)], capture_output=True, check=True, text=True)
    return float(done.stdout)


def result(case: str, value: float, target: float, detail: dict[str, float]) -> dict[str, object]:
    rounded = {name: round(number, 1) for name, number in detail.items()}
    bench = {"bench": "agreement", "case": case, "value": round(value, 2), "unit": "ratio", "target": target}
    return bench | {"ok": value <= target, "detail": rounded}


if __name__ == "__main__":
    for measure in (later, first):
        print(json.dumps(measure(), ensure_ascii=False), flush=True)
