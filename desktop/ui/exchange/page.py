"""交换: carry cases to other offices and theirs back here, on a stick or through a folder; and join the county."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QWidget

from desktop.ui.case.conflict_box import DoubtsBox
from desktop.ui.context import Context, Notice, button, heading
from desktop.ui.drawers import Drawer, Drawers
from desktop.ui.entry.form import framed
from desktop.ui.exchange.done import Done
from desktop.ui.exchange.doubles import DoublesBox
from desktop.ui.exchange.export import ExportPanel, told_export
from desktop.ui.exchange.history import CodeBox, HistoryBox
from desktop.ui.exchange.offices import OfficesBox
from desktop.ui.exchange.place import PlaceBar
from desktop.ui.exchange.sticks import Place, Sticks
from desktop.ui.exchange.take_in import ImportPanel, show_report
from desktop.ui.exchange.waiting_box import WaitingBox
from desktop.ui.exchange.watch_box import WatchBox
from desktop.ui.exchange.work import Work
from desktop.ui.page import Boxes, LongPage
from desktop.ui.paper.sheet import sheet
from desktop.ui.settings.enrolment_box import EnrolmentBox, partners_of
from desktop.ui.theme import em

if TYPE_CHECKING:
    from desktop.services.exchange import Exported, Report

ABOUT = "用优盘把本单位的纠纷交给上级或下级，再把他们的带回来。丢了、重了都不要紧，下次导出会补上。"
OTHER_WAYS = "收到的交换包在别处的，把文件拖到这里，或者按 Ctrl+O 选择文件。"
SETTLED = 50
"""Milliseconds after which what was just shown is laid out."""

CLOSING = "正在读写交换包。现在关闭会停下来，写到一半的不会留下，以后可以重新做。要停下并关闭吗？"


class ExchangePage(LongPage):
    """Two large buttons first; what they need appears below them, and a receipt in plain words at the end.

    `opened` carries the id of a case to open; `watch_changed` comes when another folder is to be watched.
    """

    opened = Signal(str)
    watch_changed = Signal()

    def __init__(self, context: Context, sticks: Sticks | None = None) -> None:
        super().__init__()
        self._context = context
        self._report: Report | None = None
        self.notice = Notice()
        self.export_button = _large("导出", "Ctrl+E", "export", self.export)
        self.import_button = _large("导入", "Ctrl+I", "import", self.take_in)
        self.no_partner = heading("○ 还没有可以交换的单位：请先在本页最下面完成登记入网。", "soft")
        self.places = PlaceBar(context, sticks or Sticks())
        self.work = Work(context)
        self.exporting = ExportPanel(context, self.places, self.work, self.notice)
        self.importing = ImportPanel(context, self.places, self.work, self.notice)
        self.code, self.history = CodeBox(context, self.notice), HistoryBox(context)
        self.offices, self.watch = OfficesBox(context), WatchBox(context)
        self.doubles, self.doubts = DoublesBox(context), DoubtsBox(context)
        self.setAcceptDrops(True)
        QShortcut(QKeySequence("Ctrl+O"), self, self.choose_files)
        self._build()
        self._connect()

    def _build(self) -> None:
        column = sheet(self)
        column.addWidget(heading("交换"))
        column.addWidget(heading(ABOUT, "soft"))
        column.addWidget(self.notice)
        card, inner = framed("", "card")
        buttons = QHBoxLayout()
        buttons.addWidget(self.export_button)
        buttons.addWidget(self.import_button)
        inner.addLayout(buttons)
        parts: tuple[QWidget, ...] = (self.no_partner, self.places, heading(OTHER_WAYS, "soft"), self.exporting, self.importing, self.work)
        for part in parts:
            inner.addWidget(part)
        column.addWidget(card)
        self.boxes = Boxes(
            column,
            {
                "done": self._make_done,
                "doubles": lambda: self.doubles,
                "doubts": lambda: self.doubts,
                "waiting": self._make_waiting,
                "drawers": self._make_drawers,
                "enrolment": self._make_enrolment,
            },
        )
        column.addStretch(1)

    # --- below the two buttons ---

    @property
    def done(self) -> Done:
        """The card that tells how it ended."""
        return cast("Done", self.boxes["done"])

    @property
    def waiting(self) -> WaitingBox:
        """What cannot be read or has no owner here."""
        return cast("WaitingBox", self.boxes["waiting"])

    @property
    def drawers(self) -> Drawers:
        """What is wanted now and then."""
        return cast("Drawers", self.boxes["drawers"])

    @property
    def enrolment(self) -> EnrolmentBox:
        """How this office joins the county."""
        return cast("EnrolmentBox", self.boxes["enrolment"])

    def _make_done(self) -> Done:
        made = Done()
        made.closed.connect(self._to_the_buttons)
        made.wants_paper.connect(self.print_receipt)
        return made

    def _make_waiting(self) -> WaitingBox:
        made = WaitingBox(self._context, self.notice)
        made.changed.connect(self.opened)
        return made

    def _make_drawers(self) -> Drawers:
        made = Drawers(
            (
                Drawer("输入回执码", "Ctrl+1", self.code),
                Drawer("往来记录", "Ctrl+2", self.history),
                Drawer("各单位", "Ctrl+3", self.offices),
                Drawer("监看文件夹", "Ctrl+4", self.watch),
            )
        )
        made.opened.connect(self._on_opened)
        return made

    def _make_enrolment(self) -> EnrolmentBox:
        made = EnrolmentBox(self._context, self.notice)
        made.changed.connect(self.refresh)
        return made

    def _connect(self) -> None:
        self.work.began.connect(lambda: self._hold(busy=True))
        self.work.ended.connect(lambda: self._hold(busy=False))
        self.exporting.written.connect(self._on_written)
        self.importing.taken.connect(self._on_taken)
        for panel in (self.exporting, self.importing):
            panel.closed.connect(self._to_the_buttons)
        self.code.confirmed.connect(self._passed)
        self.watch.changed.connect(self.watch_changed)
        for box in (self.doubles, self.doubts):
            box.opened.connect(self.opened)

    # --- what the window asks ---

    def refresh(self) -> None:
        """Show whom this office may export to, which sticks are there, and how far the enrolment is."""
        if self.work.busy():
            return
        joined = bool(partners_of(self._context.desk))
        self.no_partner.setVisible(not joined)
        self.export_button.setEnabled(joined)
        if self.boxes.made("enrolment"):
            self.enrolment.refresh()
        self._passed()

    def rest(self) -> None:
        """Look for sticks no more, and let go of what is under way."""
        self.places.sticks.stop()
        self.work.stop()

    def may_leave(self) -> bool:
        """Whether nothing is under way: cases must not change under an export or import."""
        if self.work.busy():
            self.notice.refused("正在读写交换包，请等它做完，或者按“取消”停下。")
            return False
        return True

    def may_close(self) -> bool:
        """Whether the program may be closed: what is under way is stopped if the operator wants it."""
        if self.work.busy():
            if not self._context.asker.confirm(self, CLOSING, "停下并关闭"):
                return False
            self.work.stop()
        return True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.places.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.places.sticks.stop()

    # --- the two buttons ---

    def export(self) -> None:
        """Show what would be written for the chosen partner."""
        self._clear()
        self.exporting.open(partners_of(self._context.desk))

    def take_in(self) -> None:
        """Take in what the stick holds for this office, or chosen files."""
        self._clear()
        self.importing.open()

    def choose_files(self) -> None:
        """Take in files from anywhere."""
        if not self.work.busy():
            self._clear()
            self.importing.choose_files()

    def print_receipt(self) -> None:
        """Show the receipt as it will be printed; print it or save it as a PDF."""
        from desktop.services import receipts
        from desktop.services.preview import Shown
        from desktop.ui.paper.dialog import Paper, PreviewDialog

        desk, report = self._context.desk, self._report
        if report is None:
            return
        paper = Paper("交换回执", "交换回执", lambda: Shown(receipts.render(desk, report)))
        self.dialog = PreviewDialog(self, self._context, [paper], "交换回执")
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.resize(self.window().size() * 0.9)
        self.dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event.mimeData()) and not self.work.busy():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._clear()
        self.importing.take(_dropped(event.mimeData()))

    # --- what came of it ---

    def _on_written(self, found: "Exported", place: Place) -> None:
        self.done.tell("可以拔出优盘了" if place.stick else "已经写好", told_export(found, place))
        self._reveal(self.done)
        self._passed()

    def _on_taken(self, report: "Report", left: int) -> None:
        self._report = report
        show_report(self.done, report, left)
        self._reveal(self.done)
        self._passed()

    def _passed(self) -> None:
        """Something passed: the open drawer and the boxes show it."""
        self.doubles.refresh()
        self.doubts.refresh()
        if self.boxes.made("waiting"):
            self.waiting.refresh()
        content = self.drawers.open_one() if self.boxes.made("drawers") else None
        if content is not None and content is not self.code:
            _refresh(content)

    def _on_opened(self, content: QWidget) -> None:
        _refresh(content)
        self._reveal(content)

    def _reveal(self, part: QWidget) -> None:
        """Scroll to the part when it has its size."""
        area = self.findChild(QScrollArea)
        if isinstance(area, QScrollArea):
            QTimer.singleShot(SETTLED, area, lambda: area.ensureWidgetVisible(part, 0, round(em(self) * 2)))

    def _clear(self) -> None:
        self.notice.hide()
        for panel in (self.exporting, self.importing, self.done):
            panel.hide()

    def _hold(self, *, busy: bool) -> None:
        boxes: tuple[QWidget, ...] = (self.doubles, self.doubts, self.waiting, self.drawers, self.enrolment)
        for part in (self.export_button, self.import_button, self.places, *boxes):
            part.setEnabled(not busy)
        if busy:
            self.notice.hide()
            self.done.hide()
        else:
            self.export_button.setEnabled(bool(partners_of(self._context.desk)))

    def _to_the_buttons(self) -> None:
        button_to = self.export_button if self.export_button.isEnabled() else self.import_button
        button_to.setFocus(Qt.FocusReason.OtherFocusReason)


def _refresh(content: QWidget) -> None:
    if isinstance(content, CodeBox | HistoryBox | OfficesBox | WatchBox):
        content.refresh()


def _dropped(data: QMimeData) -> list[Path]:
    """The files that somebody dropped here."""
    return [path for url in data.urls() if url.isLocalFile() and (path := Path(url.toLocalFile())).is_file()]


def _large(text: str, key: str, drawing: str, slot: Callable[[], None]) -> QPushButton:
    made = button(text, slot, key=key, role="large", drawing=drawing)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made
