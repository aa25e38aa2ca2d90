"""函件种类 in the settings: which set of letters this office uses."""

from PySide6.QtCore import Qt

from desktop.ui.card_box import CardBox
from desktop.ui.context import Context, Notice, button, heading
from desktop.ui.entry.inputs import Choice
from desktop.ui.visible import visible


class KindsBox(CardBox):
    """The sets to choose from, and what is known of the chosen one."""

    def __init__(self, context: Context, notice: Notice) -> None:
        super().__init__("函件种类")
        self._context, self._notice = context, notice
        self.picker = Choice([])
        self.picker.box.setAccessibleName("函件种类")
        self.picker.changed.connect(self._tell)
        self.told = heading("", "soft")
        self.button = button("使用这一组", self.choose, key="Alt+Z")
        for part in (self.picker, self.told):
            self.inner.addWidget(part)
        self.inner.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.refresh()

    def refresh(self) -> None:
        """Show the sets as they are now."""
        from desktop.services import letter_kinds

        self._sets = self._notice.attempt(lambda: letter_kinds.presets(self._context.desk)) or ()
        self.picker.offer([preset.name for preset in self._sets])
        self.picker.show_value(next((preset.name for preset in self._sets if preset.enabled), None))
        if not self._sets:  # shown it is as a part of its page; without a parent it would be a window of its own
            self.hide()
        self._tell()

    def choose(self) -> None:
        """Use the set that is shown."""
        from desktop.services import letter_kinds

        code = next((preset.code for preset in self._sets if preset.name == self.picker.value()), "")
        if self._notice.attempt(lambda: letter_kinds.choose(self._context.desk, code)):
            self._notice.done("已经换用这一组函件，以前签发的不变。")
            self.refresh()

    def _tell(self) -> None:
        preset = next((one for one in self._sets if one.name == self.picker.value()), None)
        names = "、".join(kind.name for kind in preset.kind if kind.enabled) if preset else ""
        self.told.setText(visible(f"{names}。{preset.note}" if preset else ""))
        self.button.setEnabled(preset is not None and not preset.enabled)
