"""文字和颜色: the text size and the look of the program."""

from PySide6.QtCore import Qt

from desktop.ui.button_row import ButtonRow
from desktop.ui.card_box import CardBox
from desktop.ui.context import button, heading
from desktop.ui.theme import Theme

LOOKS = {"light": "颜色：浅色", "contrast": "颜色：高对比度（白底黑字、粗边框）"}


class LookBox(CardBox):
    """Buttons for the sizes and the looks; the keys work on every page."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.scale, self.look = heading("", "head"), heading("", "head")
        self.inner.addWidget(self.scale)
        sizes = (
            button("小一些  Ctrl+-", theme.reduce),  # the window knows these keys
            button("大一些  Ctrl+=", theme.enlarge),
            button("原来大小  Ctrl+0", lambda: theme.set_scale(100)),
        )
        self.inner.addWidget(ButtonRow(sizes))
        self.inner.addWidget(self.look)
        self.turn = button("", theme.turn_look, drawing="contrast")
        self.inner.addWidget(self.turn, 0, Qt.AlignmentFlag.AlignLeft)
        theme.changed.connect(self._say)
        theme.look_changed.connect(self._say)
        self._say()

    def _say(self) -> None:
        self.scale.setText(f"文字大小：{self._theme.scale}%")
        self.look.setText(LOOKS[self._theme.look])
        other = "换成浅色" if self._theme.look == "contrast" else "换成高对比度"
        self.turn.setText(f"{other}  Ctrl+Shift+H")
