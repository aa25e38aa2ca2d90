"""Pages of a PDF on the screen and on the printer."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QMarginsF, Qt
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.refused import Refused
from desktop.services.desk import Desk
from desktop.services.preview import Shown
from desktop.ui.context import Context
from desktop.ui.paper.dialog import Paper, PreviewDialog
from desktop.ui.paper.pages import Pages, page_images, print_pages
from desktop.ui.worker import Worker
from tests.ui.hands import Answers

PAGES = 3


@pytest.fixture
def pdf() -> bytes:
    """A PDF of three A4 pages, each with a black square in its upper left quarter."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter(writer)
    for number in range(PAGES):
        if number:
            writer.newPage()
        painter.fillRect(0, 0, writer.width() // 4, writer.width() // 4, Qt.GlobalColor.black)
    painter.end()
    return bytes(data.data())


def test_pages_become_pictures_of_the_wanted_width(pdf: bytes) -> None:
    images = list(page_images(pdf, width=400))
    assert len(images) == PAGES
    for image in images:
        assert abs(image.width() - 400) <= 1
        assert image.height() > image.width()
        assert image.pixelColor(20, 20).lightness() == 0
        assert image.pixelColor(390, 20).lightness() == 255


def test_printing_keeps_every_page_at_its_place(pdf: bytes, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setResolution(150)
    print_pages(pdf, printer)
    printed = list(page_images((tmp_path / "printed.pdf").read_bytes(), width=400))
    assert len(printed) == PAGES
    assert printed[2].pixelColor(20, 20).lightness() < 40
    assert printed[2].pixelColor(390, 20).lightness() > 240


def test_one_goes_from_page_to_page(qtbot: QtBot, pdf: bytes) -> None:
    view = Pages()
    qtbot.addWidget(view)
    view.resize(400, 500)
    view.show()
    view.show_pdf(pdf)
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() > 0)
    assert (view.count(), view.page()) == (PAGES, 0)
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert view.page() == 1
    view.go(99)
    assert view.page() == PAGES - 1
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    assert view.page() == PAGES - 2
    narrow = view._labels[0].width()
    view.set_zoom(2.0)
    assert view._labels[0].width() > 1.9 * narrow


def test_only_the_pages_that_are_seen_and_their_neighbours_are_drawn(qtbot: QtBot, pdf: bytes) -> None:
    view = Pages()
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    view.show_pdf(pdf)

    def drawn() -> list[bool]:
        return [not label.pixmap().isNull() for label in view._labels]

    assert drawn() == [True, False, False]
    qtbot.waitUntil(lambda: drawn() == [True, True, False])
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() > 0)
    view.go(2)
    assert drawn()[2]
    qtbot.waitUntil(lambda: drawn() == [False, True, True])
    sizes = [label.size() for label in view._labels]
    assert len(set(sizes)) == 1
    assert view._labels[2].pixmap().toImage() == list(page_images(pdf, sizes[0].width()))[2]


def test_a_page_is_seen_whole_or_as_wide_as_the_view(qtbot: QtBot, pdf: bytes) -> None:
    view = Pages(whole=True)
    qtbot.addWidget(view)
    view.resize(900, 500)
    view.show()
    view.show_pdf(pdf)
    assert view._labels[0].height() <= view.viewport().height() < 1.1 * view._labels[0].height()
    whole = view.zoom
    view.set_zoom(1.0)
    assert view._labels[0].height() > view.viewport().height()
    view.show_whole()
    assert view.zoom == whole < 1
    view.hold()
    view.resize(900, 700)
    assert view.zoom > whole
    assert view._labels[0].height() < 500


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_paper_that_cannot_be_made_says_why(qtbot: QtBot, pdf: bytes, desk: Desk, answers: Answers, tmp_path: Path) -> None:
    def refuse() -> Shown:
        raise Refused("姓名里的“𪚥”没有字体。")

    worker = Worker()
    papers = [Paper("好", "调解记录", lambda: Shown(pdf)), Paper("坏", "调解记录", refuse)]
    dialog = PreviewDialog(None, Context(desk, answers, worker), papers, "纠纷")
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.pdf() == pdf)
    assert dialog.print_button.isEnabled()
    assert not dialog.seal_button.isVisible()
    assert "第 1 页，共 3 页" in dialog.place.text()
    dialog.list.setCurrentRow(1)
    qtbot.waitUntil(lambda: "没有字体" in dialog.notice.text())
    assert not dialog.print_button.isEnabled()
    dialog.list.setCurrentRow(0)
    qtbot.waitUntil(lambda: dialog.pdf() == pdf)
    answers.paths = [tmp_path / "x.pdf"]
    dialog.save()
    qtbot.waitUntil(lambda: "已保存" in dialog.notice.text())
    assert (tmp_path / "x.pdf").read_bytes() == pdf
    worker.finish()


@pytest.fixture
def context(desk: Desk) -> Iterator[Context]:
    made = Context(desk, Answers(), Worker())
    yield made
    made.worker.finish()


def opened(qtbot: QtBot, context: Context, papers: list[Paper]) -> PreviewDialog:
    """The preview as the pages open it: gone when it is closed."""
    dialog = PreviewDialog(None, context, papers, "纠纷")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def test_a_preview_that_is_closed_while_its_paper_is_made_says_nothing_more(qtbot: QtBot, context: Context, pdf: bytes) -> None:
    going_on = threading.Event()

    def render() -> Shown:
        assert going_on.wait(20)
        return Shown(pdf)

    dialog = opened(qtbot, context, [Paper("受理登记表", "受理登记表", render)])
    dialog.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    with qtbot.waitSignal(context.worker.idle):
        going_on.set()


def test_a_paper_that_is_being_saved_is_saved_before_the_preview_closes(
    qtbot: QtBot, context: Context, pdf: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(qtbot, context, [Paper("受理登记表", "受理登记表", lambda: Shown(pdf))])
    qtbot.waitUntil(lambda: dialog.pages.count() == PAGES)
    monkeypatch.setattr(context.asker, "paths", [tmp_path / "表.pdf"])
    with qtbot.waitSignal(dialog.handed, check_params_cb=lambda how, _: how == "保存"):
        QTest.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.isVisible()
    assert (tmp_path / "表.pdf").read_bytes() == pdf
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_who_goes_through_the_list_of_papers_stays_in_it(qtbot: QtBot, context: Context, pdf: bytes) -> None:
    papers = [Paper(name, name, lambda: Shown(pdf)) for name in ("受理登记表", "调解记录", "调解协议书")]
    dialog = opened(qtbot, context, papers)
    qtbot.waitUntil(lambda: dialog.pages.count() == PAGES)
    assert dialog.pages.hasFocus()
    dialog.list.setFocus()
    for row in (1, 2):
        QTest.keyClick(dialog.list, Qt.Key.Key_Down)
        qtbot.waitUntil(lambda: dialog.pdf() == pdf)
        assert (dialog.list.currentRow(), dialog.list.hasFocus()) == (row, True)
    dialog.close()
