"""The window of the manual: topics on the left, the page on the right, found while one types, printed with Ctrl+P."""

from PySide6.QtCore import QEvent, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QImage, QResizeEvent, QTextBlock, QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QTextBrowser, QVBoxLayout, QWidget

from desktop.resources import resource
from desktop.ui.ask import Asker
from desktop.ui.button_row import ButtonRow
from desktop.ui.context import button, heading
from desktop.ui.help.topics import Topic, found
from desktop.ui.help.where import Place
from desktop.ui.search_line import SearchLine
from desktop.ui.theme import em

DRAWN_EM = 22
"""Pixels of a line in the pictures, which were taken at 100 %."""

_NARROW = 30
"""Ems of width below which the contents and the page have no room beside each other."""

_SHARE = 0.85
"""Of the main window that the manual takes at first; of its width it takes less where a dialog is to be seen beside it."""


class _Page(QTextBrowser):
    """A page whose pictures grow with the text, as wide as the window allows; `widened` comes when they should be loaded anew."""

    widened = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.widened.emit()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """The pictures lie beside the pages; nothing is ever fetched from elsewhere."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        image = QImage(str(resource("help") / QUrl(name).path()))
        if image.isNull():
            return None
        room = max(round(self.viewport().width() - em(self) * 2), 200)
        width = min(round(image.width() * max(em(self) / DRAWN_EM, 1)), room)
        return image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)


class HelpDialog(QDialog):
    """The manual. It stays open beside the work; Esc closes it."""

    def __init__(self, parent: QWidget, asker: Asker) -> None:
        super().__init__(parent)
        self.setWindowTitle("帮助")
        self.setModal(False)
        self._asker = asker
        self._shown: tuple[Topic, ...] = ()
        self._section = ""
        self._choosing = False
        self.side = QWidget()
        self.search = SearchLine("查找帮助", "如：农历、优盘")
        self.search.textChanged.connect(lambda: self._list(""))
        self.topics = QListWidget()
        self.topics.setAccessibleName("帮助目录")
        self.topics.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.topics.currentRowChanged.connect(self._show)
        self.topics.itemActivated.connect(self._read)
        self.topics.itemClicked.connect(self._read)
        self.nothing = heading("没有找到，换一个词再找。", "soft")
        self.page = _Page()
        self.page.setAccessibleName("帮助内容")
        self.page.setOpenLinks(False)
        self.page.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # one that comes and goes would widen it without end
        self.page.widened.connect(lambda: QTimer.singleShot(0, self, self._show_again))
        self.page.anchorClicked.connect(lambda url: self.show_place(Place(url.path(), url.fragment())))
        self._build()
        self._list("")
        self.topics.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self.contents = button("目录", self.turn_contents, key="F7")
        printed = button("打印这一页", self.print_page, key="Ctrl+P", drawing="print")
        self.foot = ButtonRow((self.contents, printed, button("关闭", self.close, key="Esc")))
        left = QVBoxLayout(self.side)
        left.setContentsMargins(0, 0, 0, 0)
        for part in (self.search, self.nothing):
            left.addWidget(part)
        left.addWidget(self.topics, 1)
        row = QHBoxLayout()
        row.addWidget(self.side, 2)
        row.addWidget(self.page, 5)
        column = QVBoxLayout(self)
        column.addLayout(row, 1)
        column.addWidget(self.foot)

    def turn_contents(self) -> None:
        """Show the contents in the place of the page, or the page again, where there is no room for both."""
        self._choosing = not self._choosing
        self._fit()
        (self.topics if self._choosing else self.page).setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self) -> None:
        if self._choosing:
            self.turn_contents()

    def _fit(self) -> None:
        narrow = self.width() < em(self) * _NARROW
        self.contents.setVisible(narrow)
        self.side.setVisible(self._choosing or not narrow)
        self.page.setVisible(not self._choosing or not narrow)
        self.foot.fit()
        if narrow and not self._choosing:
            self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def lay_beside(self, window: QWidget) -> None:
        """Take a size and a place: over the main window, or on its right where a dialog is to be seen too."""
        screen = window.screen().availableGeometry()
        alone = self.parentWidget() is window
        width, height = window.width() * (_SHARE if alone else 0.6), window.height() * _SHARE
        self.resize(round(min(width, screen.width())), round(min(height, screen.height())))
        if not alone:
            place = self.geometry()
            place.moveTopRight(window.geometry().topRight())
            self.move(place.topLeft())

    def show_place(self, place: Place) -> None:
        """Show the page of the place from its heading on."""
        if not any(topic.name == place.topic for topic in self._shown):
            self.search.clear()
        self._read()
        self._list(place.topic)
        self._section = place.section
        self._show_section()

    def showing(self) -> str:
        """The name of the topic that is shown."""
        topic = self._topic()
        return topic.name if topic else ""

    def section(self) -> str:
        """The heading to which the page was turned, or ""."""
        block = self.page.textCursor().block()
        return block.text() if block.blockFormat().headingLevel() > 1 else ""

    def print_page(self) -> None:
        """Print the page that is shown, to hang it beside the desk."""
        from desktop.ui.help.printing import print_topic

        if topic := self._topic():
            print_topic(self, self._asker, topic)

    def _topic(self) -> Topic | None:
        row = self.topics.currentRow()
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def _list(self, topic: str) -> None:
        self._shown = found(self.search.text())
        self.topics.clear()
        self.topics.addItems([one.title for one in self._shown])
        self.nothing.setVisible(not self._shown)
        self.topics.setCurrentRow(next((row for row, one in enumerate(self._shown) if one.name == topic), 0))

    def _show(self, row: int) -> None:
        self._section = ""
        if 0 <= row < len(self._shown):
            self.page.document().setDocumentMargin(em(self) * 0.5)
            self.page.setMarkdown(self._shown[row].text)
            for word in self.search.text().split()[:1]:
                self.page.find(word)

    def _show_again(self) -> None:
        """Load the pictures for the width that the page has now; the reader stays where he was."""
        section, bar = self._section, self.page.verticalScrollBar()
        read = bar.value()
        self._show(self.topics.currentRow())
        self._section = section
        self._show_section()
        if not section:
            bar.setValue(read)

    def _show_section(self) -> None:
        """Bring the heading to the top."""
        block = self.page.document().firstBlock()
        while self._section and block.isValid():
            if block.blockFormat().headingLevel() > 1 and block.text() == self._section:
                self._show_from(block)
                return
            block = block.next()

    def _show_from(self, block: QTextBlock) -> None:
        self.page.setTextCursor(QTextCursor(block))
        layout = self.page.document().documentLayout()
        layout.documentSize()  # all of the page is laid out before it is scrolled
        self.page.verticalScrollBar().setValue(round(layout.blockBoundingRect(block).top()))
