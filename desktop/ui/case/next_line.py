"""下一步 in one line: what is left of the panel beside the form where large text needs the width for the form itself."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy

from desktop.ui.context import button
from desktop.ui.theme import em
from desktop.ui.visible import escaped, visible

MORE, LESS = "更多  F7", "收起  F7"


class NextLine(QFrame):
    """`wanted` carries the path of the field of the next thing; `turned` asks for what is told beside the form, or for the form again."""

    wanted = Signal(str)
    turned = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "next")
        self._told, self._path = "", ""
        self.label = QLabel()
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.go = button("去办理", lambda: self.wanted.emit(self._path), key="F4", role="main")
        self.more = button("更多", self.turned.emit, key="F7")
        self._open = False
        row = self._row = QHBoxLayout(self)
        row.addWidget(self.label, 1)
        row.addWidget(self.go)
        row.addWidget(self.more)
        self._pad()
        self.hide()

    def _pad(self) -> None:
        side = round(em(self) * 0.5)
        self._row.setContentsMargins(side, 2, side, 2)

    def show_next(self, text: str, path: str) -> None:
        """Show the one thing to do next and where it is done."""
        self._told, self._path = visible(f"下一步：{text}"), path
        self.label.setAccessibleName(self._told)
        self._fit()

    def show_open(self, *, open_: bool) -> None:
        """Everything is shown in the place of the form, and says itself what is next; or the form is."""
        self._open = open_
        self.more.setText(LESS if open_ else MORE)
        self._fit()

    def _fit(self) -> None:
        self.go.setVisible(bool(self._path) and not self._open)
        text = "" if self._open else self.label.fontMetrics().elidedText(self._told, Qt.TextElideMode.ElideRight, self.label.width())
        if text != self.label.text():
            self.label.setText(text)
        self.label.setToolTip("" if text in ("", self._told) else f"<span>{escaped(self._told)}</span>")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """The room beside the buttons has changed with them."""
        if event.type() == QEvent.Type.FontChange:
            self._pad()
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.FontChange):
            self._fit()
        return super().event(event)
