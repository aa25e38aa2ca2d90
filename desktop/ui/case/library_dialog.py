"""The library on the screen: found while one types, put in with Enter; and what is asked before a text is kept in it."""

from typing import TypedDict

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.library import Kind, Snippet, title_of
from desktop.ui.context import Context, Notice, button, heading
from desktop.ui.entry.inputs import Text
from desktop.ui.search_line import SearchLine
from desktop.ui.theme import em
from desktop.ui.visible import visible

_TITLES: dict[Kind, str] = {"clause": "条款库", "phrase": "短语"}
_HINTS: dict[Kind, str] = {
    "clause": "查找：名称或者条款里的字，如“分期”“道歉”",
    "phrase": "查找：简码（如 gz）、名称或者文字",
}
_LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class LibraryDialog(QDialog):
    """Finds a text of the library; `chosen` carries it when it is to be put in."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, context: Context, kind: Kind, case_type: str) -> None:
        super().__init__(parent)
        from desktop.services import library

        self._library, self._desk, self._kind, self._case_type = library, context.desk, kind, case_type
        self._found: list[Snippet] = []
        self.setWindowTitle(_TITLES[kind])
        self.notice = Notice()
        self.search = SearchLine("查找", _HINTS[kind])
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(_TITLES[kind])
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.text = heading("", "")
        self.text.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._build()
        self.search.textChanged.connect(self._search)
        self.list.currentRowChanged.connect(self._show)
        self.list.itemDoubleClicked.connect(self.take)
        self._search()

    def _build(self) -> None:
        self.take_button = button("插入  Enter", self.take, role="main")
        self.drop_button = button("从库里删去", self.drop, key="F8", drawing="remove")
        row = QHBoxLayout()
        for made in (self.take_button, self.drop_button, button("取消", self.reject, key="Esc")):
            row.addWidget(made)
        row.addStretch(1)
        column = QVBoxLayout(self)
        for part in (self.notice, self.search, self.list, self.text):
            column.addWidget(part, 1 if part is self.list else 0)
        column.addWidget(heading("＿＿ 是要填的空：插入以后按 Tab 跳到下一个空。", "soft"))
        column.addLayout(row)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.resize(QSize(round(em(self) * 34), round(em(self) * 26)).boundedTo(self.screen().availableGeometry().size()))
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The cursor stays in the search: its arrows choose, its Enter puts in."""
        if watched is not self.search or not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
            return True
        if event.key() in _LIST_KEYS:
            self.list.event(event)
            return True
        return False

    def current(self) -> Snippet | None:
        """The chosen text."""
        row = self.list.currentRow()
        return self._found[row] if 0 <= row < len(self._found) else None

    def take(self) -> None:
        """Put the chosen text in."""
        snippet = self.current()
        if snippet is not None:
            text = self._library.use(self._desk, snippet)
            self.accept()
            self.chosen.emit(text)

    def drop(self) -> None:
        """Take an own text out of the library."""
        snippet = self.current()
        if snippet is not None and self.notice.attempt(lambda: self._library.drop(self._desk, snippet) or True):
            self.notice.done(f"已从库里删去“{snippet.title}”，写好的协议和记录不受影响。")
            self._search()

    def _search(self) -> None:
        self._found = self._library.find(self._desk, self._kind, self.search.text(), self._case_type)
        self.list.clear()
        for snippet in self._found:
            QListWidgetItem(visible(_line(snippet)), self.list)
        self.list.setCurrentRow(0)
        if not self._found:
            self._show(-1)

    def _show(self, row: int) -> None:
        snippet = self._found[row] if 0 <= row < len(self._found) else None
        self.text.setText(visible(snippet.text) if snippet else "没有找到，请换一个词，或者自己写好以后按 Ctrl+F10 存入库中。")
        self.take_button.setEnabled(snippet is not None)
        self.drop_button.setVisible(snippet is not None and snippet.own)


def _line(snippet: Snippet) -> str:
    marks = [snippet.short, "、".join(snippet.types), "本单位" if snippet.own else ""]
    told = "　".join(mark for mark in marks if mark)
    return f"{snippet.title}　（{told}）" if told else snippet.title


class Said(TypedDict):
    """What the operator said of a text to be kept."""

    title: str
    short: str
    case_type: str


class KeepDialog(QDialog):
    """Under which name a text is kept, and for which disputes."""

    def __init__(self, parent: QWidget, kind: Kind, text: str, case_type: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("存入条款库" if kind == "clause" else "存为短语")
        self._case_type = case_type
        self.title = Text()
        self.title.show_value(title_of(text))
        self.title.line.setAccessibleName("名称")
        self.short = Text("如 gz，可以不填")
        self.short.line.setAccessibleName("简码")
        self.only = QCheckBox(f"只用于{case_type}纠纷")
        self.only.setVisible(bool(case_type))
        self.only.setChecked(bool(case_type) and kind == "clause")
        told = heading(visible(text), "")
        column = QVBoxLayout(self)
        for part in (told, heading("名称", "label"), self.title, heading("简码", "label"), self.short, self.only):
            column.addWidget(part)
        row = QHBoxLayout()
        row.addWidget(button("存入", self.accept, key="Ctrl+S", role="main"))
        row.addWidget(button("取消", self.reject, key="Esc"))
        row.addStretch(1)
        column.addLayout(row)
        self.setMinimumWidth(round(em(self) * 22))
        self.title.reveal()

    def said(self) -> Said:
        """The name, the abbreviation and the type of dispute, each empty for none."""
        kind = self._case_type if self.only.isChecked() else ""
        return Said(title=str(self.title.value() or ""), short=str(self.short.value() or ""), case_type=kind)
