"""The window of the manual: topics on the left, the page on the right, found while one types."""

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QListWidget, QTextBrowser, QVBoxLayout, QWidget

from desktop.resources import resource
from desktop.ui.context import button, heading
from desktop.ui.help.topics import Topic, found
from desktop.ui.theme import em


class _Page(QTextBrowser):
    """A page whose pictures are as wide as the window allows."""

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """The pictures lie beside the pages; nothing is ever fetched from elsewhere."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        path = QUrl(name).path()
        from PySide6.QtGui import QImage

        image = QImage(str(resource("help") / path))
        width = max(round(self.viewport().width() - em(self) * 2), 200)
        return image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation) if image.width() > width else image


class HelpDialog(QDialog):
    """The manual, opened at a topic. It stays open beside the work; Esc closes it."""

    def __init__(self, parent: QWidget, topic: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("帮助")
        self.setModal(False)
        self._shown: tuple[Topic, ...] = ()
        self.search = QLineEdit()
        self.search.setPlaceholderText("如：农历、优盘")
        self.search.setAccessibleName("查找帮助")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda: self._list(""))
        self.topics = QListWidget()
        self.topics.setAccessibleName("帮助目录")
        self.topics.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.topics.currentRowChanged.connect(self._show)
        self.nothing = heading("没有找到，换一个词再找。", "soft")
        self.page = _Page()
        self.page.setAccessibleName("帮助内容")
        self.page.setOpenLinks(False)
        self._build()
        self._list(topic)
        self.topics.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        left = QVBoxLayout()
        for part in (self.search, self.nothing):
            left.addWidget(part)
        left.addWidget(self.topics, 1)
        left.addWidget(button("关闭", self.close, key="Esc"))
        row = QHBoxLayout(self)
        row.addLayout(left, 2)
        row.addWidget(self.page, 5)
        self.resize(round(em(self) * 48), round(em(self) * 32))
        screen = self.screen().availableGeometry()
        self.resize(min(self.width(), screen.width()), min(self.height(), screen.height()))

    def _list(self, topic: str) -> None:
        self._shown = found(self.search.text())
        self.topics.clear()
        self.topics.addItems([one.title for one in self._shown])
        self.nothing.setVisible(not self._shown)
        self.topics.setCurrentRow(next((row for row, one in enumerate(self._shown) if one.name == topic), 0))

    def _show(self, row: int) -> None:
        if 0 <= row < len(self._shown):
            self.page.setMarkdown(self._shown[row].text)

    def showing(self) -> str:
        """The name of the topic that is shown."""
        row = self.topics.currentRow()
        return self._shown[row].name if 0 <= row < len(self._shown) else ""
