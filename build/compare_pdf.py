"""The agreement of sample 01 by our own code and by what others use for Chinese papers, side by side in one run.

    .venv/bin/python build/compare_pdf.py [--rounds N] [NAME …]

Every library gets a virtual environment of its own under out/compare (nothing of it enters the lock); LibreOffice is taken only if it
is installed. All draw the same characters as paragraphs in one font; ours also draws the form itself, with table, rules and four fonts.
A round puts another number behind each paragraph, so that nobody answers from memory, and processes take turns. Cold is the first paper
of a fresh process, imports included, starting Python not; warm is the median of the later ones. Prints the Markdown table of
docs/speed.md; one that cannot be had here is named below it.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
from itertools import groupby
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "out" / "compare"
FONT = ROOT / "resources" / "fonts" / "FandolFang-Regular.ttf"
PROCESSES, ROUNDS = 5, 5

TIMING = """
import time
start = time.perf_counter()
import json, sys
job = json.loads(open(sys.argv[1], encoding="utf-8").read())
def texts(number):
    return [f"{text}{number}" for text in job["texts"]]
"""
"""Before each one's code, which defines `draw(number) -> bytes`."""

ROUND = """
seconds = []
for number in range(1 + job["rounds"]):
    pdf = draw(number)
    seconds.append(time.perf_counter() - start)
    start = time.perf_counter()
open(job["pdf"], "wb").write(pdf)
print(json.dumps(seconds))
"""

OURS = """
sys.path.insert(0, job["root"])
import msgspec
from pathlib import Path
from desktop.documents.paper import render
from desktop.domain.case_file import read_case
from desktop.domain.office import Office
case, office = read_case(Path(job["case"]).read_bytes()), msgspec.json.decode(job["office"], type=Office)
def draw(number):
    return render("调解协议书", msgspec.structs.replace(case, number=f"第{number}次"), office)
"""

OURS_PLAIN = """
sys.path.insert(0, job["root"])
from desktop.documents.fonts import style
from desktop.documents.linebreak import break_lines
from desktop.documents.mark import MM, Text
from desktop.documents.pdf import About, draw as drawn
def draw(number):
    body = style("仿宋")
    lines = [line for text in texts(number) for line in break_lines(text, body.widths(text, 16), 156 * MM, size=16)]
    marks = [Text(28 * MM, 37 * MM + 28 * (i % 22) + 16, line, "仿宋", 16) for i, line in enumerate(lines)]
    return drawn([marks[i : i + 22] for i in range(0, len(marks), 22)], About("人民调解协议书", "", ""))
"""

FPDF2 = """
from fpdf import FPDF
from fpdf.enums import WrapMode
def draw(number):
    pdf = FPDF(format="A4")
    pdf.set_margins(28, 37, 26)
    pdf.set_auto_page_break(True, 35)
    pdf.add_font("body", fname=job["font"])
    pdf.add_page()
    pdf.set_font("body", size=16)
    for text in texts(number):
        pdf.multi_cell(0, 10, text, new_x="LMARGIN", new_y="NEXT", wrapmode=WrapMode.CHAR)
    return bytes(pdf.output())
"""

WEASYPRINT = """
import html
from pathlib import Path
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
fonts = FontConfiguration()
css = CSS(string='''@font-face {font-family: body; src: url("%s")} @page {size: A4; margin: 37mm 26mm 35mm 28mm}
p {font: 16pt/28pt body; margin: 0; text-align: justify}''' % Path(job["font"]).as_uri(), font_config=fonts)
def draw(number):
    body = "".join(f"<p>{html.escape(text)}</p>" for text in texts(number))
    return HTML(string=f'<html lang="zh-CN">{body}</html>').write_pdf(stylesheets=[css], font_config=fonts)
"""

TYPST = """
import os
import typst
source = '''#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm))
#set text(font: "FandolFang Fengqiao", size: 16pt, lang: "zh")
#set par(justify: true)
#for text in json(bytes(sys.inputs.texts)) [#text #parbreak()]'''.encode()
compiler = typst.Compiler(font_paths=[os.path.dirname(job["font"])], ignore_system_fonts=True)
def draw(number):
    return compiler.compile(input=source, format="pdf", sys_inputs={"texts": json.dumps(texts(number))})
"""

LIBREOFFICE = """
import os
import subprocess
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt
folder = os.path.dirname(job["pdf"])
path = os.path.join(folder, "agreement.docx")
command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf", "--outdir", folder, path]
def draw(number):
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "FandolFang Fengqiao", Pt(16)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "FandolFang Fengqiao")
    for text in texts(number):
        document.add_paragraph(text)
    document.save(path)
    subprocess.run(command, check=True, capture_output=True)
    return open(os.path.join(folder, "agreement.pdf"), "rb").read()
"""


class Rival(NamedTuple):
    """One way to make the paper: its package (empty for ours), the code that draws, and the program that it starts (empty for none)."""

    name: str
    package: str
    code: str
    program: str = ""


RIVALS = (
    Rival("Fengqiao Desk, paragraphs", "", OURS_PLAIN),
    Rival("Fengqiao Desk, the form", "", OURS),
    Rival("fpdf2", "fpdf2", FPDF2),
    Rival("WeasyPrint", "weasyprint", WEASYPRINT),
    Rival("typst", "typst", TYPST),
    Rival("docx → LibreOffice", "python-docx", LIBREOFFICE, "soffice"),
)


class Ready(NamedTuple):
    """One that was installed: its version, how it is started, and the file that it writes."""

    name: str
    version: str
    command: tuple[str, ...]
    pdf: Path


class NotToBeHadError(Exception):
    """This one cannot be installed or started here; the text says why."""


def job(texts: list[str], folder: Path, rounds: int) -> Path:
    """What every one of them is told, as a file of JSON."""
    told = {"root": str(ROOT), "case": str(sample()), "office": office(), "font": str(FONT)}
    path = folder / "job.json"
    path.write_text(json.dumps(told | {"texts": texts, "pdf": str(folder / "out.pdf"), "rounds": rounds}), encoding="utf-8")
    return path


def sample() -> Path:
    """The file of sample 01."""
    return next((ROOT / "resources" / "samples").glob("01-*.json"))


def office() -> str:
    """The office that prints it, as JSON."""
    told = {"id": "0" * 32, "level": "镇", "name": "关上街道综治中心", "series": "关上", "committee": "关上街道人民调解委员会"}
    return json.dumps(told)


def paragraphs() -> list[str]:
    """The words of our agreement, a paragraph or a row each; a line that was justified goes on in the next."""
    import msgspec

    from desktop.documents.mark import Text
    from desktop.documents.paper import layout
    from desktop.domain.case_file import read_case
    from desktop.domain.office import Office

    drawn = layout("调解协议书", read_case(sample().read_bytes()), msgspec.json.decode(office(), type=Office))
    marks = [(page, round(mark.y), mark.line) for page, marks in enumerate(drawn) for mark in marks if isinstance(mark, Text)]
    found: list[str] = []
    open_line = False
    for _, row in groupby(marks, key=lambda mark: mark[:2]):
        lines = [line for *_, line in row]
        text = " ".join(line.ink for line in lines)
        found[-1:] = [found[-1] + text] if open_line else [*found[-1:], text]
        open_line = bool(lines[-1].gaps)
    return [text for text in found if text]


def python_of(rival: Rival) -> Path:
    """The interpreter that has what the rival needs; makes its virtual environment. Raises `NotToBeHadError`."""
    if rival.program and not shutil.which(rival.program):
        raise NotToBeHadError(f"{rival.program} is not installed")
    if not rival.package:
        return Path(sys.executable)
    folder = PLACE / rival.package
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    done = subprocess.run([python, "-m", "pip", "install", "--quiet", rival.package], capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotToBeHadError(done.stderr.strip().splitlines()[-1])
    return python


def version_of(rival: Rival, python: Path) -> str:
    """The version of the package, and of the program that it starts."""
    if not rival.package:
        return "this tree"
    code = f"import importlib.metadata as m; print(m.version({rival.package!r}))"
    version = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    if rival.program:
        said = subprocess.run([rival.program, "--version"], capture_output=True, text=True, check=False).stdout.split()
        return said[1] if len(said) > 1 else version
    return version


def ready(rival: Rival, texts: list[str], rounds: int) -> Ready:
    """Install it, write down what it has to do, and let it draw once. Raises `NotToBeHadError`."""
    python = python_of(rival)
    folder = PLACE / f"work-{RIVALS.index(rival)}"
    folder.mkdir(parents=True, exist_ok=True)
    script = folder / "draw.py"
    script.write_text(TIMING + rival.code + ROUND, encoding="utf-8")
    one = Ready(rival.name, version_of(rival, python), (str(python), str(script), str(job(texts, folder, rounds))), folder / "out.pdf")
    timed(one)
    return one


def timed(one: Ready) -> list[float]:
    """The seconds of each paper of a fresh process. Raises `NotToBeHadError`."""
    done = subprocess.run(one.command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotToBeHadError(done.stderr.strip().splitlines()[-1])
    seconds: list[float] = json.loads(done.stdout.strip().splitlines()[-1])
    return seconds


def all_ready(names: list[str], texts: list[str], rounds: int) -> tuple[list[Ready], list[str]]:
    """Those of the names (all without names) that can be had, ours first, and a sentence about each other one."""
    found, absent = [], []
    for rival in RIVALS:
        if rival.package and names and rival.name not in names:
            continue
        try:
            found.append(ready(rival, texts, rounds))
        except NotToBeHadError as error:
            absent.append(f"Not measured: {rival.name} ({error}).")
    return found, absent


def table(all_ready: list[Ready]) -> str:
    """Let them draw in turns, so that the machine is to each as it is to the others, and set out the medians."""
    runs: dict[str, list[list[float]]] = {one.name: [] for one in all_ready}
    for _ in range(PROCESSES):
        for one in all_ready:
            runs[one.name].append(timed(one))
    warm = {name: median(seconds for run in done for seconds in run[1:]) for name, done in runs.items()}
    cold = {name: median(run[0] for run in done) for name, done in runs.items()}
    lines = [
        "| made by | version | first paper of a process | later | later, ours = 1 | pages | file |",
        "|---|---|---:|---:|---:|---:|---:|",
    ]
    for one in all_ready:
        times = f"{cold[one.name] * 1000:.0f} ms | {warm[one.name] * 1000:.0f} ms | {warm[one.name] / warm[RIVALS[0].name]:.1f}"
        lines.append(f"| {one.name} | {one.version} | {times} | {pages(one.pdf)} | {one.pdf.stat().st_size / 1024:.0f} KB |")
    return "\n".join(lines)


def pages(path: Path) -> int:
    """How many pages a PDF has."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    count = len(document)
    document.close()
    return count


def main() -> None:
    """Measure those that are named, all without names, and print the table."""
    parser = argparse.ArgumentParser(description="Side by side: the same agreement by ours and by others.")
    parser.add_argument("names", nargs="*", help=", ".join(repr(rival.name) for rival in RIVALS if rival.package))
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="papers of a process after its first")
    chosen = parser.parse_args()
    texts = paragraphs()
    found, absent = all_ready(chosen.names, texts, chosen.rounds)
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(f"{sum(map(len, texts))} characters; {machine}\n\n{table(found)}")
    print("\n" + "\n".join(absent) if absent else "")


if __name__ == "__main__":
    main()
