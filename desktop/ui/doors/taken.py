"""The office is open already: where, and what to do."""

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QTimer, Signal

from desktop.ui.ask import Asker
from desktop.ui.context import heading
from desktop.ui.doors.card import Door, column_of, enter_button
from desktop.ui.one_window import LOCK_FILE, hold, holder


class Taken(Door):
    """Says who has the office open. `freed` comes when it is free."""

    freed = Signal(object)

    def __init__(self, folder: Path, asker: Asker) -> None:
        super().__init__()
        self._folder, self._asker = folder, asker
        self._host = holder(folder)
        self.sentence = heading(told(self._host), "fact")
        again = enter_button("再试一次", self.again, key="F5", role="main")
        take = enter_button("那台电脑已经关了，在这里打开", self.take, key="F10", role="plain")
        take.setVisible(bool(self._host))
        self.put("枫桥调解台已经打开", column_of(self.sentence, self.notice, again, take), 32)
        QTimer.singleShot(0, self, again.setFocus)

    def again(self) -> None:
        """See whether the office is free now."""
        lock = hold(self._folder)
        if lock is None:
            self.notice.refused("还没有关闭。请先关闭那个窗口，再按“再试一次”。")
        else:
            self.freed.emit(lock)

    def take(self) -> None:
        """Take the office from a computer that went away without closing it."""
        if self._asker.confirm(self, f"电脑“{self._host}”上的窗口确实已经关闭了吗？两边同时修改会互相等待。", "已经关闭，在这里打开"):
            with suppress(OSError):
                (self._folder / LOCK_FILE).unlink()
            self.again()


def told(host: str) -> str:
    """The sentence about the window that has the office."""
    if host:
        return f"本单位正在另一台电脑“{host}”上使用。请在那台电脑上关闭枫桥调解台，再按“再试一次”。"
    here = "本单位已经在这台电脑的另一个窗口里打开。请在任务栏（屏幕下边）点“枫桥调解台”回到那个窗口"
    return f"{here}；要在这里打开的，先关闭那个窗口，再按“再试一次”。"
