"""Printing for real: what leaves the window for a printer is, page by page, what was sealed."""

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pytest
from PySide6.QtCore import QMarginsF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from desktop.domain.case import Case
from desktop.services import cases, sealing
from desktop.services.desk import Desk
from desktop.ui.paper.pages import PRINT_DPI, page_images, print_pages
from tests.domain.samples import sample
from tests.printing import cups
from tests.services.offices import new_office

DPI = 50
A4 = (595, 842)

_no_cups = cups.missing()
needs_cups = pytest.mark.skipif(bool(_no_cups), reason=_no_cups or "CUPS is here")

PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication
from desktop.ui.paper.pages import PRINT_DPI, print_pages
application = QApplication([])
printer = QPrinter(QPrinterInfo.printerInfo(sys.argv[2]), QPrinter.PrinterMode.HighResolution)
printer.setResolution(PRINT_DPI)
printer.setDocName("调解协议书")
printer.setCopyCount(3)
printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide)
print_pages(Path(sys.argv[1]).read_bytes(), printer)
"""
"""The window's own print function, in a process that has never seen another print server."""


class Raster(NamedTuple):
    """A page in grey at 50 dpi, a byte a pixel; every pixel is the mean of what lies in it."""

    width: int
    height: int
    pixels: bytes


def rasters(pdf: bytes) -> list[Raster]:
    document = pypdfium2.PdfDocument(pdf)
    sizes = {tuple(map(round, page.get_size())) for page in document}
    document.close()
    assert sizes == {A4}
    return [_raster(image) for image in page_images(pdf)]


def _raster(image: QImage) -> Raster:
    scaled = image.convertToFormat(QImage.Format.Format_Grayscale8).scaled(
        round(A4[0] / 72 * DPI), round(A4[1] / 72 * DPI), Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    data, stride = bytes(scaled.constBits()), scaled.bytesPerLine()
    lines = (data[y * stride :][: scaled.width()] for y in range(scaled.height()))
    return Raster(scaled.width(), scaled.height(), b"".join(lines))


def difference(one: Raster, other: Raster, down: int = 0) -> float:
    """The mean difference of the pixels of two pages, from 0 to 1; of the other moved `down` pixels."""
    moved = other.pixels[down * other.width :] + other.pixels[: down * other.width]
    return sum(abs(a - b) for a, b in zip(one.pixels, moved, strict=True)) / (255 * len(moved))


def assert_same_pages(printed: bytes, source: bytes) -> None:
    """Page by page the same: much more alike than when it is moved by 1 mm."""
    found, wanted = rasters(printed), rasters(source)
    assert len(found) == len(wanted)
    for one, other in zip(found, wanted, strict=True):
        assert difference(one, other) < 0.15 * min(difference(one, other, 2), difference(one, other, -2))
        assert min(other.pixels) < 64, "a page that is not blank"


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A sealed agreement of more than one page, as the store holds it."""
    with new_office(tmp_path_factory.mktemp("desk") / "村") as desk:
        entered = sealing.seal(desk, _registered(desk, sample("02")), "调解协议书").seal
        return sealing.data_of(desk, entered)


def _registered(desk: Desk, case: Case) -> Case:
    return cases.load(desk, cases.register(desk, case).id)


@pytest.mark.parametrize("margins", [0.0, 5.0])
def test_printing_to_a_file_gives_the_sealed_pages(sealed: bytes, tmp_path: Path, qtbot: QtBot, margins: float) -> None:
    """Whatever margins the printer asks for: the page is printed at its own size and place."""
    path = tmp_path / "打印 一.pdf"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageMargins(QMarginsF(margins, margins, margins, margins), QPageLayout.Unit.Millimeter)
    printer.setResolution(PRINT_DPI)
    print_pages(sealed, printer)
    assert len(rasters(sealed)) > 1
    assert_same_pages(path.read_bytes(), sealed)


@needs_cups
def test_a_print_server_gets_the_sealed_pages(sealed: bytes, tmp_path: Path) -> None:
    """Through Qt's printing and CUPS to a printer on the network; copies and both sides are asked of the printer."""
    path = tmp_path / "定稿.pdf"
    path.write_bytes(sealed)
    with cups.print_server() as server:
        command = [sys.executable, "-c", PROGRAM, str(path), cups.PRINTER]
        subprocess.run(command, env=server.environment, check=True, timeout=cups.TIMEOUT, cwd=Path(__file__).resolve().parents[2])
        printed = server.printed()
        assert_same_pages(printed, sealed)
        assert b"%%PDFTOPDFNumCopies : 3\n" in printed
        assert server.page_log().split() == ["调解协议书", "two-sided-long-edge", "A4"]


@needs_cups
def test_a_print_server_takes_the_file_itself(sealed: bytes, tmp_path: Path) -> None:
    """As other programs print it: the embedded fonts are enough for CUPS's own filters."""
    path = tmp_path / "定稿.pdf"
    path.write_bytes(sealed)
    with cups.print_server() as server:
        server.call("lp", "-d", cups.PRINTER, str(path))
        assert_same_pages(server.printed(), sealed)
