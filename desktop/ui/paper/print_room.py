"""Printing what is shown: the printer and the sides as the last time, the copies as the kind of paper asks for."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from desktop.services import printing
from desktop.ui.context import Context
from desktop.ui.paper.pages import PRINT_DPI, print_pages

if TYPE_CHECKING:
    from desktop.services.desk import Desk


def print_paper(parent: QWidget, context: Context, pdf: bytes, kind: str, copies: int, title: str) -> bool:
    """Ask how to print the pages, print them, and remember printer and sides for the kind of paper. False if the operator stepped back."""
    printer = printer_for(context.desk, kind, copies)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(f"打印 {title}")
    if not context.asker.accepted(dialog):
        return False
    print_pages(pdf, printer)
    remember(context.desk, kind, printer)
    return True


def printer_for(desk: "Desk", kind: str, copies: int) -> QPrinter:
    """A printer set as this kind of paper was printed the last time; the system's own choice if that printer is gone."""
    chosen = printing.preferences(desk, kind)
    known = QPrinterInfo.printerInfo(chosen.printer) if chosen.printer else QPrinterInfo()
    mode = QPrinter.PrinterMode.HighResolution
    printer = QPrinter(mode) if known.isNull() else QPrinter(known, mode)
    printer.setResolution(PRINT_DPI)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setCopyCount(copies)
    printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide if chosen.duplex else QPrinter.DuplexMode.DuplexNone)
    return printer


def remember(desk: "Desk", kind: str, printer: QPrinter) -> None:
    """Keep how this kind of paper was printed; printing into a file says nothing about the next time."""
    if printer.outputFormat() == QPrinter.OutputFormat.NativeFormat:
        printing.remember(desk, kind, printer.printerName() or None, printer.duplex() != QPrinter.DuplexMode.DuplexNone)
