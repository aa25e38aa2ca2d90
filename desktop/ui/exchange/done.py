"""The end of an export or import, said calmly: a large tick, what happened in plain words, the receipt code to read out."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.ui.button_row import ButtonRow
from desktop.ui.context import button, heading
from desktop.ui.fitting import Padded
from desktop.ui.icons import icon
from desktop.ui.plain_table import PlainTable
from desktop.ui.theme import em
from desktop.ui.visible import visible

TICK = 2.6
"""Ems of the tick's height."""

CODE = 1.9
"""How many times as large as other text the receipt code is: it is read out over the telephone."""

Lines = Sequence[tuple[str, ...]]


class Done(Padded):
    """The card at the end. `wants_paper` asks for the receipt on paper."""

    wants_paper = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._drawing = ("check", "ok")
        self.picture = QLabel()
        self.head, self.text = heading(""), heading("", "fact")
        self.code_label, self.code, self.code_hint = heading("回执码", "label"), heading("", "title"), heading("", "soft")
        for part in (self.text, self.code):
            part.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.refused_head = heading("", "head")
        self.refused = PlainTable("没有导入的文件", ("文件", "为什么没有导入"), wide=1)
        self.senders = PlainTable("送来的单位", ("单位", "回执码", "纠纷", "其中新的", "改动", "附件"), wide=0)
        self.paper_button: QPushButton = button("打印回执", self.wants_paper.emit, key="Ctrl+P", drawing="print")
        self.close_button: QPushButton = button("知道了", self.leave, key="Esc", role="main")
        self._build()
        self._fit()
        self.hide()

    def _build(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self.head, 1)
        column = QVBoxLayout(self)
        self.pad()
        column.addLayout(top)
        for part in (self.text, self.code_label, self.code, self.code_hint, self.refused_head, self.refused, self.senders):
            column.addWidget(part)
        self.buttons = ButtonRow((self.paper_button, self.close_button))
        column.addWidget(self.buttons)

    def tell(self, head: str, text: str, *, good: bool = True) -> None:
        """Say how it ended; what a code and tables say is added after."""
        self._drawing = ("check", "ok") if good else ("exchange", "warn")
        self.setProperty("role", "done" if good else "warned")
        self.style().polish(self)
        self.head.setText(visible(head))
        self.text.setText(visible(text))
        self.text.setVisible(bool(text))
        self.show_code("", "")
        self.show_refused([])
        self.show_senders([])
        self.paper_button.hide()
        self._fit()
        self.show()
        self.buttons.fit()
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_code(self, code: str, hint: str) -> None:
        """Show the receipt code large, and what it is for."""
        self.code.setText(code)
        self.code.setAccessibleName(f"回执码 {' '.join(code)}" if code else "")
        self.code_hint.setText(hint)
        for part in (self.code_label, self.code, self.code_hint):
            part.setVisible(bool(code))

    def show_refused(self, rows: Lines) -> None:
        """Show the files that were refused, each with its sentence."""
        self.refused_head.setText(f"✕ 没有导入的文件：{len(rows)} 个")
        self.refused.show_rows(rows)
        for part in (self.refused_head, self.refused):
            part.setVisible(bool(rows))

    def show_senders(self, rows: Lines) -> None:
        """Show what each office sent."""
        self.senders.show_rows(rows)
        self.senders.setVisible(bool(rows))

    def offer_paper(self) -> None:
        """Let the receipt be printed."""
        self.paper_button.show()
        self.buttons.fit()

    def leave(self) -> None:
        """Put the card away."""
        self.hide()
        self.closed.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self.picture.setPixmap(icon(*self._drawing).pixmap(round(em(self) * TICK)))
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * CODE)
        _larger(self.code, font)


def _larger(label: QWidget, font: QFont) -> None:
    """The theme's style sheet sets sizes; a size of its own must stand in the widget's own sheet."""
    label.setStyleSheet(f"font-size: {font.pointSizeF():.1f}pt; font-weight: 500; letter-spacing: 2px;")
