"""照旧案新建: choose a former dispute and what of it is taken over."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QListWidget, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.case import Case
from desktop.services.former import Part
from desktop.ui.context import Context, Notice, button, heading
from desktop.ui.entry.dates import chinese
from desktop.ui.search_line import SearchLine
from desktop.ui.theme import em
from desktop.ui.visible import visible

DELAY = 150
"""Milliseconds after the last key before the search runs."""

_MOST = 60
_PARTS: tuple[tuple[Part, str], ...] = (("claims", "申请事项"), ("clauses", "协议条款"), ("mediators", "调解员和记录人"))
_ALWAYS = "类型、来源、地点、层级会一起带过来。日期、编号、经过、记录、函件一律不带；条款里的姓名、日期、金额留空。"
_LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class FormerDialog(QDialog):
    """`made` carries the new case, which is not saved yet. With `former` that dispute is chosen already."""

    made = Signal(object)

    def __init__(self, parent: QWidget, context: Context, former: Case | None = None) -> None:
        super().__init__(parent)
        from desktop.services import cases, finding

        self._cases, self._finding, self._desk = cases, finding, context.desk
        self._ids: list[str] = []
        self.former: Case | None = former
        self.setWindowTitle("照旧案新建")
        self.notice = Notice()
        self.search = SearchLine("查找旧案", "查找旧案：姓名、编号、地点、事由")
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName("旧案")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.ticks: dict[Part, QCheckBox] = {part: QCheckBox(text) for part, text in _PARTS}
        self.people: list[QCheckBox] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY)
        self._timer.timeout.connect(self._search)
        self.search.textChanged.connect(lambda _: self._timer.start())
        self.list.currentRowChanged.connect(self._on_row)
        self._build()
        self._search()

    def _build(self) -> None:
        inner = QWidget()
        self._choices = QVBoxLayout(inner)
        self._title = heading("", "head")
        self._choices.addWidget(self._title)
        self._choices.addWidget(heading(_ALWAYS, "soft"))
        for tick in self.ticks.values():
            tick.setChecked(True)
            self._choices.addWidget(tick)
        self._who = heading("同一当事人又来的，勾选他（身份证号码等一起带过来）：", "soft")
        self._choices.addWidget(self._who)
        self._choices.addStretch(1)
        sheet = QScrollArea()
        sheet.setWidgetResizable(True)
        sheet.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        sheet.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        sheet.setWidget(inner)
        self.take_button = button("照此新建", self.take, key="Ctrl+S", role="main")
        row = QHBoxLayout()
        row.addWidget(self.take_button)
        row.addWidget(button("取消", self.reject, key="Esc"))
        row.addStretch(1)
        column = QVBoxLayout(self)
        for part, stretch in ((self.notice, 0), (self.search, 0), (self.list, 3), (sheet, 4)):
            column.addWidget(part, stretch)
        column.addLayout(row)
        for part in (self.search, self.list):
            part.setVisible(self.former is None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.resize(QSize(round(em(self) * 32), round(em(self) * 28)).boundedTo(self.screen().availableGeometry().size()))
        first = self.search if self.search.isVisible() else self.ticks["claims"]
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows of the search choose in the list, Enter goes on to the ticks."""
        if watched is not self.search or not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in _LIST_KEYS:
            self.list.event(event)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._timer.isActive():
                self._timer.stop()
                self._search()
            self.ticks["claims"].setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return False

    def take(self) -> None:
        """Make the new case of what is chosen."""
        from desktop.services.former import copied

        if self.former is None:
            self.notice.refused("请先选一件旧案。")
            return
        parts = [part for part, tick in self.ticks.items() if tick.isChecked()]
        same = [place for place, tick in enumerate(self.people) if tick.isChecked()]
        operator = "" if self._desk.operator == self._desk.office.name else self._desk.operator
        new = copied(self.former, self._desk.today(), operator, parts, same)
        self.accept()
        self.made.emit(new)

    def _search(self) -> None:
        if self.search.isHidden():
            self._show()
            return
        rows = self._finding.rows(self._desk, self.search.text(), 0, _MOST)
        self._ids = [row.id for row in rows]
        self.list.clear()
        self.list.addItems([visible(f"{chinese(row.registered_on)}　{row.title}　{row.number}") for row in rows])
        self.list.setCurrentRow(0)
        if not rows:
            self._on_row(-1)

    def _on_row(self, row: int) -> None:
        known = 0 <= row < len(self._ids)
        self.former = self.notice.attempt(lambda: self._cases.load(self._desk, self._ids[row])) if known else None
        self._show()

    def _show(self) -> None:
        case = self.former
        self._title.setText(visible(case.title) if case else "没有找到这样的旧案")
        self.take_button.setEnabled(case is not None)
        for tick in self.people:
            self._choices.removeWidget(tick)
            tick.deleteLater()
        self.people = [QCheckBox(visible(f"{party.role}　{party.name}")) for party in (case.parties if case else ())]
        for tick in self.people:
            self._choices.insertWidget(self._choices.count() - 1, tick)
        self._who.setVisible(bool(self.people))
