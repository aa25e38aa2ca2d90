"""PDF pages on the screen and on the printer: always the very bytes that are saved."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import accumulate
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.theme import em

if TYPE_CHECKING:
    import pypdfium2
    from PySide6.QtPrintSupport import QPrinter

A4_RATIO = 297 / 210
PRINT_DPI = 300
ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
"""Enlargements of a page; 1.0 fits the width of the view."""


@contextmanager
def _opened(pdf: bytes) -> "Iterator[pypdfium2.PdfDocument]":
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page, in points."""
    with _opened(pdf) as document:
        return [document.get_page_size(number) for number in range(len(document))]


def page_images(pdf: bytes, width: int | None = None, dpi: float = PRINT_DPI, numbers: Iterable[int] | None = None) -> Iterator[QImage]:
    """The pages of the PDF as pictures, `width` pixels wide or else at `dpi`; all pages, or those of the numbers, from 0."""
    with _opened(pdf) as document:
        for number in range(len(document)) if numbers is None else numbers:
            page = document[number]
            scale = width / page.get_width() if width else dpi / 72
            bitmap = page.render(scale=scale, prefer_bgrx=True)  # as the screen has it: nothing is turned round dot for dot
            data = memoryview(bitmap.buffer)
            yield QImage(data, bitmap.width, bitmap.height, bitmap.stride, _FORMATS[bitmap.n_channels]).copy()
            bitmap.close()
            page.close()


_FORMATS = {1: QImage.Format.Format_Grayscale8, 3: QImage.Format.Format_BGR888, 4: QImage.Format.Format_RGB32}


def print_pages(pdf: bytes, printer: "QPrinter") -> None:
    """Print the pages, each as large as the paper allows, dot for dot: a picture that is scaled again loses its edge."""
    printer.setFullPage(True)
    painter = QPainter(printer)
    area = painter.viewport()
    for number, image in enumerate(page_images(pdf, min(area.width(), int(area.height() / A4_RATIO)))):
        if number:
            printer.newPage()
        painter.drawImage(QPoint(0, 0), image)
    painter.end()


class Pages(QScrollArea):
    """The pages of a PDF, one below the other, as wide as the view at zoom 1, or whole: each as large as fits into the view.

    PgUp and PgDn go from page to page. Only the pages that are seen are drawn, and their neighbours: a dossier may have hundreds.
    """

    moved = Signal()

    def __init__(self, *, whole: bool = False) -> None:
        super().__init__()
        self._pdf = b""
        self._sizes: list[tuple[float, float]] = []
        self._zoom, self._whole = 1.0, whole
        self._drawn: tuple[int, bytes] = (0, b"")
        self._labels: list[QLabel] = []
        self._tops: list[int] = []
        self._pictured: set[int] = set()
        self._neighbours = QTimer(self)
        self._neighbours.setSingleShot(True)
        self._neighbours.setInterval(0)
        self._neighbours.timeout.connect(self._picture_neighbour)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._sheet = QWidget()
        self._column = QVBoxLayout(self._sheet)
        self._column.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setWidget(self._sheet)
        self.setAccessibleName("预览")
        self.verticalScrollBar().valueChanged.connect(self.moved)
        self.verticalScrollBar().valueChanged.connect(self._picture_seen)

    def show_pdf(self, pdf: bytes) -> None:
        """Show these pages; the place in the document stays if it can."""
        self._pdf = pdf
        self._sizes = page_sizes(pdf)
        self._draw()

    def hold(self) -> None:
        """Leave the pages as they are, whatever becomes of the view, until others come."""
        self._pdf = b""

    def set_zoom(self, zoom: float) -> None:
        """Show the pages `zoom` times as wide as the view."""
        self._zoom, self._whole = zoom, False
        self._draw()

    def show_whole(self) -> None:
        """Show each page as large as fits into the view."""
        self._whole = True
        self._draw()

    @property
    def zoom(self) -> float:
        """The enlargement over the width of the view."""
        return self._width() / max(self._room(), 1)

    def count(self) -> int:
        """How many pages are shown."""
        return len(self._labels)

    def page(self) -> int:
        """The number of the page at the top of the view, from 0."""
        seen = self.verticalScrollBar().value() + self.viewport().height() // 3
        return max((number for number, top in enumerate(self._tops) if top <= seen), default=0)

    def go(self, page: int) -> None:
        """Bring the page to the top of the view."""
        if self._labels:
            self.verticalScrollBar().setValue(self._tops[min(max(page, 0), len(self._tops) - 1)] - self._column.spacing())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_PageDown:
            self.go(self.page() + 1)
        elif event.key() == Qt.Key.Key_PageUp:
            self.go(self.page() - 1)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw()
        self._picture_seen()

    def _room(self) -> float:
        """The width of a page that is as wide as the view."""
        return self.viewport().width() - em(self) * 1.2

    def _width(self) -> float:
        """The width of the pages, in pixels."""
        if not self._whole:
            return self._room() * self._zoom
        margins = self._column.contentsMargins()
        width, height = self._sizes[0] if self._sizes else (1, A4_RATIO)
        return min(self._room(), (self.viewport().height() - margins.top() - margins.bottom()) * width / height)

    def _draw(self) -> None:
        width = max(round(self._width()), 60)
        if not self._pdf or (width, self._pdf) == self._drawn or not self.isVisible():
            return
        self._drawn = (width, self._pdf)
        ratio = self.devicePixelRatioF()
        dots = round(width * ratio)
        self._match(len(self._sizes))
        for label, (wide, high) in zip(self._labels, self._sizes, strict=True):
            label.clear()
            across, down = math.ceil(wide * (dots / wide)), math.ceil(high * (dots / wide))  # as a picture of the page has them
            label.setFixedSize(QSize(round(across / ratio), round(down / ratio)))
        self._pictured = set()
        heights = [label.height() + self._column.spacing() for label in self._labels]
        first = self._column.contentsMargins().top()
        self._tops = list(accumulate(heights[:-1], initial=first))
        self._column.activate()
        self._picture_seen()

    def _seen(self) -> range:
        """The numbers of the pages of which something is seen."""
        top = self.verticalScrollBar().value()
        first = max(bisect_right(self._tops, top) - 1, 0)
        if self._tops[first] + self._labels[first].height() <= top:
            first += 1
        return range(first, bisect_left(self._tops, top + self.viewport().height()))

    def _picture_seen(self) -> None:
        """Draw what is seen now, forget what is far from it, and draw the pages before and behind in the next pause."""
        if not self._tops or not self.isVisible():
            return
        seen = self._seen()
        near = set(range(seen.start - 1, seen.stop + 1))
        for number in self._pictured - near:
            self._labels[number].clear()
        self._pictured &= near
        self._picture([number for number in seen if number not in self._pictured])
        self._neighbours.start()

    def _picture_neighbour(self) -> None:
        seen = self._seen()
        missing = [n for n in (seen.stop, seen.start - 1) if 0 <= n < len(self._labels) and n not in self._pictured]
        self._picture(missing[:1])
        if missing[1:]:
            self._neighbours.start()

    def _picture(self, numbers: list[int]) -> None:
        width, pdf = self._drawn
        if not numbers:
            return
        ratio = self.devicePixelRatioF()
        for number, image in zip(numbers, page_images(pdf, round(width * ratio), numbers=numbers), strict=True):
            image.setDevicePixelRatio(ratio)
            self._labels[number].setPixmap(QPixmap.fromImage(image))
        self._pictured.update(numbers)

    def _match(self, count: int) -> None:
        while len(self._labels) > count:
            label = self._labels.pop()
            self._column.removeWidget(label)
            label.deleteLater()
        while len(self._labels) < count:
            label = QLabel()
            label.setProperty("role", "page")
            self._labels.append(label)
            self._column.addWidget(label)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw()
        self._picture_seen()
