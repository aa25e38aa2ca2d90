"""A page of the manual on paper."""

from PySide6.QtCore import QMarginsF, QUrl
from PySide6.QtGui import QFont, QImage, QPageLayout, QPageSize, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from desktop.resources import resource
from desktop.ui.ask import Asker
from desktop.ui.help.topics import Topic

POINTS = 12
WIDTH = 560
"""Units of a picture's width on the sheet, on which 96 are an inch; as wide as the text."""


class _Sheet(QTextDocument):
    """The text of a page with its pictures in full; they are drawn small and printed sharp."""

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """The pictures lie beside the pages."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        image = QImage(str(resource("help") / QUrl(name).path()))
        image.setDevicePixelRatio(max(image.width() / WIDTH, 1))
        return image


def print_topic(parent: QWidget, asker: Asker, topic: Topic, printer: QPrinter | None = None) -> bool:
    """Ask for the printer and print the page on A4. False if the operator stepped back."""
    printer = printer or QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(topic.title)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageMargins(QMarginsF(5, 5, 5, 5), QPageLayout.Unit.Millimeter)  # the text has 20 mm of its own within
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(f"打印 {topic.title}")
    if not asker.accepted(dialog):
        return False
    sheet = _Sheet()
    font = QFont(parent.font())
    font.setPointSizeF(POINTS)
    sheet.setDefaultFont(font)
    sheet.setMarkdown(topic.text)
    sheet.print_(printer)
    return True
