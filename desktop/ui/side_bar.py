"""The left bar: the pages with their keys, and one quiet line below."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout

from desktop.ui.context import heading, press_with
from desktop.ui.icons import IconButton
from desktop.ui.rooms import ROOMS, Room
from desktop.ui.theme import COLOURS, em

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionButton


class NavButton(IconButton):
    """The name of a page and, quieter and in a column of its own, its key. Wide enough for the bold name of the page in front."""

    def __init__(self, title: str, key: str) -> None:
        super().__init__(f"{title}  {key}")
        self._title, self._key = title, key

    def sizeHint(self) -> QSize:
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.Medium)
        wide = QFontMetrics(bold).horizontalAdvance(self._title) + QFontMetrics(self._small()).horizontalAdvance(self._key)
        return QSize(wide + self.iconSize().width() + round(em(self) * 1.8), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.85)
        font.setWeight(QFont.Weight.Normal)
        return font

    def initStyleOption(self, option: "QStyleOptionButton") -> None:
        """What Qt paints of the button: the title alone; a painter of our own would load all of QStyle's enumerations at the start."""
        super().initStyleOption(option)
        option.text = self._title

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setFont(self._small())
        painter.setPen(QColor(COLOURS["accent" if self.isChecked() else "soft" if self.isEnabled() else "faint"]))
        place = self.rect().adjusted(0, 0, -round(em(self) * 0.4), 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._key)


class SideBar(QFrame):
    """One button a page; Alt and its number press it. `wanted` carries the name of the page, or `lock`, `help`."""

    wanted = Signal(str)

    def __init__(self, *, practice: bool) -> None:
        super().__init__()
        self.setProperty("role", "side")
        self.buttons: dict[str, QPushButton] = {}
        column = QVBoxLayout(self)
        column.setSpacing(3)
        name = heading("枫桥调解台", "head")
        name.setWordWrap(False)
        column.addWidget(name)
        for number, room in enumerate(ROOMS, start=1):
            made = self._page_button(room, number)
            if practice and room.real:
                made.setEnabled(False)
                made.setToolTip("练习中不能和别的单位交换。")
            column.addWidget(made)
        column.addStretch(1)
        self.quiet = heading("", "soft")
        self.quiet.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)  # the pages' names say how wide the bar is
        column.addWidget(self.quiet)
        if not practice:
            column.addWidget(self._small("锁定", "Ctrl+L", "lock"))
        column.addWidget(self._small("帮助", "F1", "help"))

    def mark(self, name: str) -> None:
        """Show which page is in front."""
        for page, made in self.buttons.items():
            made.setChecked(page == name)

    def _page_button(self, room: Room, number: int) -> QPushButton:
        key = f"Alt+{number}"
        made = NavButton(room.title, key)
        made.draw(room.drawing)
        made.setProperty("role", "nav")
        made.setCheckable(True)
        made.setAccessibleName(room.title)
        press_with(made, key)
        made.clicked.connect(lambda: self.wanted.emit(room.name))
        self.buttons[room.name] = made
        return made

    def _small(self, text: str, key: str, name: str) -> QPushButton:
        """A button whose key the window knows, since it works everywhere."""
        made = IconButton(f"{text}  {key}")
        made.draw(name, "soft")
        made.setProperty("role", "plain")
        made.clicked.connect(lambda: self.wanted.emit(name))
        return made
