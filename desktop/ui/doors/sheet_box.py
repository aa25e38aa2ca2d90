"""恢复单: make a code, show it, print it or save it; on the first run and in the settings."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.context import Context, button, heading
from desktop.ui.entry.form import Field, Form
from desktop.ui.entry.inputs import Password
from desktop.ui.settings.root_key import RootPassword

_PASSWORD = Field("password", "现在的密码", Password, 6, "请输入现在的密码：只有知道密码的人才能打印恢复单。")


NONE = "还没有恢复单：忘记密码就再也打不开本机的纠纷。请生成恢复码，打印一张，放进保险的地方。"


class SheetBox(QWidget):
    """The sheet of an office. `made` comes when a new code is in force."""

    made = Signal()

    def __init__(self, context: Context, refused: Callable[[str], None]) -> None:
        super().__init__()
        self._context, self._refused = context, refused
        self.code = ""
        self.state = heading("", "fact")
        self.shown = heading("", "title")
        self.shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.form = Form((_PASSWORD,))
        self.form.show_value(RootPassword())
        self.make_button = button("生成新的恢复码", self.make, key="F7", drawing="recovery")
        self.print_button = button("预览打印", self.preview, key="F9", role="main", drawing="print")
        row = QHBoxLayout()
        for part in (self.make_button, self.print_button):
            part.setAutoDefault(True)
            row.addWidget(part)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.state, self.shown, self.form):
            column.addWidget(widget)
        column.addLayout(row)
        self.refresh()

    def refresh(self) -> None:
        """Say whether there is a sheet, and offer what can be done."""
        from desktop.services import recovery

        is_made = recovery.is_made(self._context.desk.folder)
        if not self.code:
            self.state.setText("本单位有一张恢复单在用。丢了、被人看过的，重新生成一张，原来的随即作废。" if is_made else NONE)
        else:
            self.state.setText("请打印出来，或者照着抄在纸上，锁进保险柜或公章柜；离开这一页后不再显示。")
        self.shown.setText(self.code.replace("-", "　"))
        self.shown.setVisible(bool(self.code))
        self.print_button.setVisible(bool(self.code))
        self.form.setVisible(not self.code)
        self.make_button.setVisible(not self.code)

    def make(self) -> None:
        """Make a new code under the password that is typed; the former one opens nothing more."""
        from desktop.services import recovery

        if faults := self.form.faults():
            self._refused(faults[0].sentence)
            self.form.reveal("password")
            return
        folder, password = self._context.desk.folder, self.form.apply(RootPassword()).password or ""
        self.make_button.setEnabled(False)
        self._context.worker.start(lambda: recovery.make(folder, password), self.show_code, self._on_refused)

    def show_code(self, code: str) -> None:
        """Show the code that is in force now."""
        self.code = code
        self.make_button.setEnabled(True)
        self.form.show_value(RootPassword())
        self.refresh()
        self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.made.emit()

    def hide_code(self) -> None:
        """Show the code no more."""
        self.code = ""
        self.refresh()

    def preview(self) -> None:
        """Show the sheet as it will be printed; it is printed or saved there."""
        from desktop.services import recovery
        from desktop.services.preview import Shown
        from desktop.ui.paper.dialog import Paper, PreviewDialog

        desk, code = self._context.desk, self.code
        paper = Paper("恢复单", "恢复单", lambda: Shown(recovery.sheet(desk, code)))
        self.dialog = PreviewDialog(self, self._context, [paper], "恢复单")
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.resize(self.window().size() * 0.9)
        self.dialog.open()

    def _on_refused(self, sentence: str) -> None:
        self.make_button.setEnabled(True)
        self._refused(sentence)
        self.form.reveal("password")
