"""Where bundles go to and come from: the stick that is plugged in, one of several, or a folder that somebody chose."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from desktop.ui.context import Context, button, heading
from desktop.ui.exchange.sticks import Place, Sticks, in_list, place_at, room_told
from desktop.ui.visible import visible

NONE = "○ 没有看到优盘。请插上优盘；要用共享文件夹、网盘文件夹的，请选择文件夹。"


class PlaceBar(QWidget):
    """One line: the place and its room; with several to choose from, a list. `changed` comes when another place stands there."""

    changed = Signal()

    def __init__(self, context: Context, sticks: Sticks) -> None:
        super().__init__()
        self._context = context
        self.sticks = sticks
        self._folder: Path | None = None
        self._chosen: Path | None = None
        self.told = heading(NONE, "fact")
        self.several = QComboBox()
        self.several.setAccessibleName("选择优盘或者文件夹")
        self.several.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.several.activated.connect(self._choose)
        self.folder_button = button("选择文件夹", self.choose_folder, key="Ctrl+D")
        sticks.changed.connect(self._show)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.told, 1)
        row.addWidget(self.several, 1)
        row.addWidget(self.folder_button, 0, Qt.AlignmentFlag.AlignTop)

    def start(self) -> None:
        """Look for sticks from now on; the folder of the last time is there again."""
        from desktop.services import places

        self._folder = places.remembered(self._context.desk)
        self.sticks.start()
        self._show()

    def places(self) -> list[Place]:
        """Everything to choose from: the sticks, then the remembered folder if it is there."""
        found = list(self.sticks.places)
        if self._folder is not None and self._folder.is_dir():
            found.append(place_at(self._folder))
        return found

    def place(self) -> Place | None:
        """The chosen place; a stick before a folder where nobody chose."""
        return self._pick(self.places())

    def _pick(self, found: list[Place]) -> Place | None:
        return next((one for one in found if one.root == self._chosen), found[0] if found else None)

    def choose_folder(self) -> None:
        """Take any folder, now and the next time."""
        from desktop.services import places

        folder = self._context.asker.folder(self, "选择文件夹（共享文件夹、网盘文件夹都可以）")
        if folder is not None:
            self._folder = self._chosen = folder
            places.remember(self._context.desk, folder)
            self._show()
            self.changed.emit()

    def _choose(self, row: int) -> None:
        found = self.places()
        if 0 <= row < len(found):
            self._chosen = found[row].root
            self._show()
            self.changed.emit()

    def _show(self) -> None:
        before = self.told.text()
        found = self.places()
        place = self._pick(found)
        self.told.setText(f"● {visible(room_told(place))}" if place else NONE)
        self.told.setVisible(len(found) < 2)
        self.several.setVisible(len(found) > 1)
        self.several.blockSignals(True)
        self.several.clear()
        self.several.addItems([visible(in_list(one)) for one in found])
        if place:
            self.several.setCurrentIndex(found.index(place))
        self.several.blockSignals(False)
        if self.told.text() != before:
            self.changed.emit()
