"""纠纷: all cases, found while one types, with the main facts of the chosen one beside them."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.ui.calm_table import Chooser
from desktop.ui.context import Context, Notice, button, heading
from desktop.ui.empty_state import EmptyState
from desktop.ui.exchange.line import ExchangeLine
from desktop.ui.listing.facts import Facts
from desktop.ui.listing.filters import FilterBar, filters
from desktop.ui.listing.table import CaseTable
from desktop.ui.page import Page
from desktop.ui.search_line import SearchLine
from desktop.ui.theme import em

SEARCH_DELAY = 60
"""Milliseconds after the last key before the search runs."""

FACTS_DELAY, FIRST_FACTS = 60, 200
"""Milliseconds until the facts of the chosen row are shown; at first the rows are painted before a case is read."""

COUNT_DELAY, COUNTED = 300, 1000
"""Milliseconds without a key after which more of what is wanted is found, some at a time, and how many are found so: a key finds few."""

_LEFT_OUT = {0: 26, 5: 64, 4: 36}
"""The columns that are shown from so many ems of the page on."""


class _Search(SearchLine):
    """The search line: Down goes into the list, Enter opens its first row, Esc empties the line."""

    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class ListPage(Page):
    """The page of all cases. `opened` carries the id of the case to open, `wanted_new` asks for a blank one."""

    opened = Signal(str)
    wanted_new = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        from desktop.services import finding

        self._context = context
        self._finding = finding
        desk = context.desk
        self.model = CaseTable()
        self.found = finding.find(desk, finding.Wanted())
        self.filters = FilterBar(filters(desk, lambda: self.found.years))
        self.notice = Notice()
        self.search = _Search("查找纠纷", "查找  F3：姓名或拼音首字母、号码、地点、事由")
        self.count = heading("", "soft")
        self.exchange = ExchangeLine(context)
        self.table = Chooser("纠纷列表", self.model, wide=1, line=2)
        self.facts = Facts()
        self.facts.show_case(None)
        self._timer = _timer(self, SEARCH_DELAY, self._search_now)
        self._facts_timer = _timer(self, FIRST_FACTS, self._show_facts)
        self._count_timer = _timer(self, COUNT_DELAY, self._count_on)
        self.stack = QStackedWidget()
        self._build()
        self._connect()

    def _build(self) -> None:
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.addWidget(self.search, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(button("登记新纠纷", self.wanted_new.emit, key="F2", role="main", drawing="add"))
        buttons.addWidget(button("导入案件文件", self.take_files, key="Ctrl+O", drawing="import"))
        self._top.addLayout(buttons)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(round(em(self) * 0.5))
        self._splitter.addWidget(self.table)
        self._splitter.addWidget(self.facts)
        self._splitter.setStretchFactor(0, 3)
        self._splitter.setStretchFactor(1, 1)
        self._nothing = EmptyState()
        self.stack.addWidget(self._splitter)
        self.stack.addWidget(self._nothing)
        column = QVBoxLayout(self)
        column.addLayout(self._top)
        column.addWidget(self.filters)
        column.addWidget(self.notice)
        line = QHBoxLayout()
        line.addWidget(self.count, 1)
        line.addWidget(self.exchange, 3)
        column.addLayout(line)
        column.addWidget(self.stack, 1)
        self._fit()

    def _connect(self) -> None:
        self.search.textEdited.connect(lambda _: self._timer.start())
        self.search.textEdited.connect(lambda _: self._count_timer.stop())
        self.search.textChanged.connect(lambda text: None if text else self._timer.start())
        self.search.returnPressed.connect(self._open_first)
        self.search.down.connect(self._into_table)
        self.filters.changed.connect(self.refresh)
        self.model.rowsInserted.connect(lambda *_: self._say_count())
        self.table.chosen.connect(self.open_current)
        self.table.doubleClicked.connect(lambda _: self.open_current())
        self.table.selectionModel().currentRowChanged.connect(lambda _new, _old: self._facts_timer.start())

    def refresh(self, case_id: str = "") -> None:
        """Show the cases as they now are; the named one is chosen if it is among the first."""
        keep = case_id or self.current_id()
        self.found = self._finding.find(self._context.desk, self.filters.wanted(self.search.text().strip()))
        self.model.show_found(self.found)
        self._say_count()
        self._count_timer.start(COUNT_DELAY)
        self.stack.setCurrentWidget(self._splitter if self.found.total else self._nothing)
        if not self.found.total:
            self._say_nothing()
            self.facts.show_case(None)
            return
        self.model.row(0)
        self.table.selectRow(max(self.model.row_of(keep), 0))

    def current_id(self) -> str:
        """The id of the chosen case, or ""."""
        row = self.model.row(self.table.currentIndex().row()) if self.table.currentIndex().isValid() else None
        return row.id if row else ""

    def open_current(self) -> None:
        """Open the chosen case."""
        if case_id := self.current_id():
            self.opened.emit(case_id)

    def take_files(self) -> None:
        """Register the cases of chosen files."""
        paths = self._context.asker.files(self, "导入案件文件", "案件文件 (*.json)")
        if not paths:
            return
        from desktop.services import cases

        found = self.notice.attempt(lambda: cases.register_files(self._context.desk, paths))
        if found is not None:
            doubts = sum(len(one.warnings) for one in found)
            told = f"登记了 {len(found)} 件纠纷" + (f"，有 {doubts} 处请核对，打开纠纷可以看到。" if doubts else "。")
            self.notice.done(told + self._doubled([one.id for one in found]))
            self.refresh(found[-1].id)

    def _doubled(self, case_ids: list[str]) -> str:
        from desktop.services import doubles

        found = doubles.after_import(self._context.desk, case_ids)
        return f"可能有 {len(found)} 对重复登记，打开纠纷或者到“交换”里可以看到。" if found else ""

    def rest(self) -> None:
        for timer in (self._timer, self._facts_timer, self._count_timer):
            timer.stop()
        self.exchange.rest()

    def focus_search(self) -> None:
        """Put the cursor into the search line."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.exchange.refresh()
        self._facts_timer.start()

    def _fit(self) -> None:
        ems = self.width() / max(em(self), 1)
        wide = ems > 44
        self._top.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self.facts.setVisible(wide)
        self.facts.setMinimumWidth(round(em(self) * 14))
        self.table.leave_out(ems, _LEFT_OUT)

    def _search_now(self) -> None:
        if self.search.text().strip() != self.found.wanted.words:
            self.refresh()

    def _open_first(self) -> None:
        self._timer.stop()
        self._search_now()
        self.open_current()

    def _into_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_facts(self) -> None:
        self._facts_timer.setInterval(FACTS_DELAY)
        case_id = self.current_id()
        if not case_id:
            self.facts.show_case(None)
            return
        from desktop.services import cases, drafts  # the rows show before they are loaded

        self.model.mark_drafts(drafts.cases_with_drafts(self._context.desk))
        case = cases.load(self._context.desk, case_id)
        self.facts.show_case(case, cases.next_thing(self._context.desk, case).text)

    def _count_on(self) -> None:
        """Find some more, so that the number above the list says something, and go on in the next pause."""
        if self.found.more and self.found.total < COUNTED:
            self.model.fetchMore(QModelIndex())
            self._count_timer.start(0)

    def _say_count(self) -> None:
        """How many were found; more than so many are not counted, because nobody reads them."""
        total = self.found.total
        told = f"共 {total:,} 件" if self.found.wanted.anything() else f"找到 {total:,} 件{'以上' if self.found.more else ''}"
        if self.found.unfiled:
            told += f"；还有 {self.found.unfiled:,} 件正在编入检索，暂时查不到"
        self.count.setText(told)

    def _say_nothing(self) -> None:
        wanted = self.found.wanted
        if wanted.anything():
            body = "按 F2 登记第一件纠纷；\n有别的系统导出的案件文件，按 Ctrl+O 导入；\n有上级或下级送来的优盘，到“交换”里导入。"
            self._nothing.say("还没有纠纷", body)
        elif self.filters.chosen():
            self._nothing.say("没有找到", "去掉一个筛选条件，或者换一个词再找。")
        else:
            self._nothing.say("没有找到", "换一个词，或者少写几个字再找。")


def _timer(parent: QWidget, delay: int, slot: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(delay)
    timer.timeout.connect(slot)
    return timer
