"""The models of the tables."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, Protocol, cast

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt

from desktop.domain.party import Party
from desktop.services.letter_box import Line
from desktop.ui.entry.record_list import Column, Records
from desktop.ui.letters.table import LetterTable
from desktop.ui.listing.table import PAGE, PAGES, CaseTable
from desktop.ui.listing.table import Row as RowLike
from desktop.ui.plain_table import Rows

MILLION = 1_000_000


class ModelCheck(Protocol):
    """pytest-qt's fixture, which has no types."""

    def check(self, model: QAbstractItemModel, force_py: bool = False) -> None: ...


class Row(NamedTuple):
    id: str
    number: str = "〔2026〕浦贝人调字第1号"
    title: str = "张三与李四邻里纠纷"
    type: str = "邻里"
    registered_on: date = date(2026, 3, 1)
    status: str = "调解中"
    risk: str = "高"
    office: str = "浦贝村"
    conflicts: int = 0
    merged: int = 0


class Store:
    """Cases without end, and a count of how often they were asked for."""

    def __init__(self, total: int, behind: int = 0) -> None:
        self.total, self.fetched = total, 0
        self._behind = behind

    @property
    def more(self) -> bool:
        return self._behind > 0

    def go_on(self) -> int:
        found, self._behind = min(self._behind, 100), max(self._behind - 100, 0)
        self.total += found
        return found

    def rows(self, start: int, limit: int) -> Sequence[RowLike]:
        self.fetched += 1
        return [Row(str(number)) for number in range(start, min(start + limit, self.total))]


def table(total: int) -> tuple[CaseTable, Store]:
    store = Store(total)
    made = CaseTable()
    made.show_found(store)
    return made, store


def test_the_list_of_cases_is_a_proper_model(qtmodeltester: ModelCheck) -> None:
    model, _ = table(450)
    qtmodeltester.check(model, force_py=True)
    model.show_found(Store(0))
    qtmodeltester.check(model, force_py=True)


def test_a_list_that_grows_is_a_proper_model(qtmodeltester: ModelCheck) -> None:
    model = CaseTable()
    model.show_found(Store(30, behind=250))
    qtmodeltester.check(model, force_py=True)


def test_a_list_grows_at_its_end() -> None:
    model = CaseTable()
    model.show_found(Store(30, behind=120))
    assert model.data(model.index(29, 1))
    for total in (130, 150, 150):
        model.fetchMore(QModelIndex())
        assert model.rowCount() == total
        assert all(model.data(model.index(row, 1)) for row in range(total))


def test_a_million_cases_cost_a_few_pages() -> None:
    model, store = table(MILLION)
    for row in range(0, MILLION, MILLION // 100):
        assert model.data(model.index(row, 1)) == "张三与李四邻里纠纷"
    assert model.rowCount() == MILLION
    assert store.fetched == 100
    assert len(model._pages) == PAGES


def test_neighbouring_rows_are_fetched_once() -> None:
    model, store = table(1000)
    for row in range(PAGE):
        model.data(model.index(row, 0))
    assert store.fetched == 1


class Letter(NamedTuple):
    id: str
    state: str = "已签收"
    due_on: date | None = date(2026, 3, 9)
    kind: str = "任务单"
    number: str = ""
    recipient: str = "青石派出所"
    issuer: str = "青石镇综治中心"
    title: str = "张三与李四邻里纠纷"


def test_the_letters_of_a_shelf_are_a_proper_model(qtmodeltester: ModelCheck) -> None:
    model = LetterTable(lambda line: 3 if line.id == "1" else 0)
    letters = [Letter(str(number)) for number in range(450)]
    model.show_shelf(len(letters), lambda start, limit: cast("Sequence[Line]", letters[start : start + limit]), lambda line: line.issuer)
    qtmodeltester.check(model, force_py=True)
    assert [model.data(model.index(1, column)) for column in (1, 3, 4)] == ["✕ 逾期3天", "（没有签发）", "青石镇综治中心"]
    assert model.data(model.index(2, 1)) == "2026年3月9日"
    reds = [model.data(model.index(row, column), Qt.ItemDataRole.ForegroundRole) is not None for row in (1, 2) for column in (0, 1, 2)]
    assert reds == [True, True, False, False, False, False]


def test_words_to_read_are_a_proper_model(qtmodeltester: ModelCheck) -> None:
    model = Rows(("单位", "状态"))
    model.show_rows([("石桥村", "✓ 在用"), ("柳林村", "✕ 已停用\n去年")], ["", "soft"])
    qtmodeltester.check(model, force_py=True)
    assert model.data(model.index(1, 1)) == "✕ 已停用　去年"
    assert model.data(model.index(0, 0), Qt.ItemDataRole.ForegroundRole) is None
    assert model.data(model.index(1, 0), Qt.ItemDataRole.ForegroundRole) is not None


def test_a_risk_has_a_shape_and_a_word() -> None:
    model, _ = table(1)
    assert model.data(model.index(0, 2)) == "◆ 高"
    assert model.data(model.index(0, 2), Qt.ItemDataRole.ForegroundRole) is not None


def test_a_row_that_is_gone_is_empty() -> None:
    model, store = table(5)
    store.total = 2
    assert model.data(model.index(4, 0)) is None
    assert model.row_of("1") == 1
    assert model.row_of("4") == -1


def test_the_records_of_a_form_are_a_proper_model(qtmodeltester: ModelCheck) -> None:
    model = Records([Column("姓名", lambda party: party.name), Column("身份", lambda party: party.role)])
    model.replace_all([Party(role="申请人", kind="自然人", name="普家顺")])
    model.append(Party(role="被申请人", kind="自然人", name="李文学"))
    qtmodeltester.check(model, force_py=True)
    model.mark_doubtful(frozenset({1}))
    assert model.data(model.index(1, 0)) == "！李文学"
    model.drop(0)
    assert model.rowCount() == 1
