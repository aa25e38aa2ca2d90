"""Counts the keys that are not text: what an operator presses beyond what is to be written anyway."""

from PySide6.QtCore import Qt

from tests.ui.hands import Operator


class Counted(Operator):
    """An operator whose keys are counted: Enter, Tab, arrows, F-keys and everything with Ctrl or Alt; a chord is one."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[str] = []

    def key(self, key: Qt.Key, times: int = 1, *, ctrl: bool = False) -> None:
        self.keys += [f"{'Ctrl+' if ctrl else ''}{key.name.removeprefix('Key_')}"] * times
        super().key(key, times, ctrl=ctrl)

    @property
    def count(self) -> int:
        """So many keys so far."""
        return len(self.keys)
