"""锁定: after how many minutes without a key or mouse the window locks itself."""

from PySide6.QtCore import QSettings, Signal

from desktop.ui.card_box import CardBox
from desktop.ui.context import heading
from desktop.ui.entry.form import Field, Form
from desktop.ui.entry.inputs import Choice
from desktop.ui.lock.locking import idle_minutes

MINUTES = {5: "5 分钟", 10: "10 分钟", 30: "30 分钟", 60: "60 分钟", 0: "不自动锁定"}


class LockBox(CardBox):
    """Chooses the minutes and keeps them in the window's settings. `changed` carries them."""

    changed = Signal(int)

    def __init__(self, settings: QSettings | None) -> None:
        super().__init__("自动锁定")
        self._settings = settings
        self.choice = Choice(tuple(MINUTES.values()), values=tuple(MINUTES))
        self.form = Form((Field("minutes", "多长时间没有操作就锁定", lambda: self.choice, 3),))
        self.choice.show_value(idle_minutes(settings))
        text = "锁定后要输入密码才能看到纠纷；没有保存的内容留作草稿。离开座位时可以按 Ctrl+L 马上锁定。"
        self.inner.addWidget(heading(text, "soft"))
        self.inner.addWidget(self.form)
        self.form.changed.connect(self._keep)

    def _keep(self) -> None:
        minutes = self.choice.value()
        if not isinstance(minutes, int):  # the empty line is no answer
            self.choice.show_value(idle_minutes(self._settings))
            return
        if self._settings:
            self._settings.setValue("idle_minutes", minutes)
        self.changed.emit(minutes)
