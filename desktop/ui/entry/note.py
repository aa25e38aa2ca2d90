"""What stands beneath a field: what was understood, or a doubt."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.ui.entry.rare import KEY
from desktop.ui.visible import visible

PICTURE = "剪贴板里是图片，不是文字；要放进卷宗请到“附件”里粘贴。"
TABLE = "粘贴的是几行的表格，已经接成一行，请核对。"
FILES = "剪贴板里是文件，不是文字；要放进卷宗请到“附件”里粘贴。"


_BREAK = "\u200b"
"""A line may end here: Qt breaks none before an opening quotation mark, and a long row of them would widen the form."""

_MOST_NAMED = 3


class Note(QLabel):
    """A line that is there only while it says something; a doubt begins with `！`."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "soft")
        self.setWordWrap(True)
        self.hide()

    def say(self, told: str, doubt: str = "") -> None:
        """Show what was understood and, on a line of its own, the doubt; hide when there is neither."""
        role = "doubt" if doubt else "soft"
        if self.property("role") != role:
            self.setProperty("role", role)
            self.style().polish(self)
        text = visible("\n".join(part for part in (told, doubt and f"！{doubt}") if part)).replace("、“", f"、{_BREAK}“")
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(text.replace(_BREAK, ""))
        self.setVisible(bool(text))


def doubtful(text: str) -> tuple[str, ...]:
    """The characters of the text that cannot print; the fonts are asked only about unusual ones."""
    if text.isascii():
        return ()
    from desktop.services.characters import unprintable_in

    return unprintable_in(text)


def doubt_about(characters: tuple[str, ...]) -> str:
    """The sentence about characters that cannot print, "" about none."""
    if not characters:
        return ""
    shown = "、".join(f"“{c}”（U+{ord(c):04X}）" for c in characters[:_MOST_NAMED])
    more = f"等 {len(characters)} 个字" if len(characters) > _MOST_NAMED else ""
    return f"{shown}{more}打印不出来，请改用文字，或按 {KEY} 找能打印的字。"


def left_out(code_points: tuple[str, ...]) -> str:
    """The sentence about invisible characters that were not taken over from the clipboard, "" about none."""
    return f"粘贴的文字里有看不见的字符（{'、'.join(code_points[:5])}），打印不出来，已经去掉。" if code_points else ""
