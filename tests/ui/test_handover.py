"""A case passes between offices on the screen: offered, accepted, given back; what left can only be read; what waits is adopted."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.case import Case
from desktop.services import cases, exchange, handover, waiting
from desktop.services.desk import Desk
from desktop.store import casebook, change
from desktop.ui.ask import Leave
from desktop.ui.case.handover_dialogs import PassDialog, PlaceDialog, SayDialog
from desktop.ui.case.page import CasePage
from desktop.ui.context import Context
from desktop.ui.entry.record_list import RecordList
from desktop.ui.exchange.waiting_box import WaitingBox
from desktop.ui.theme import Theme
from desktop.ui.window import Window
from tests.domain.samples import PATHS
from tests.services.offices import COUNTY, STONE, TOWN, TREE, WILLOW, copied, found_tree, reopened
from tests.ui.hands import Answers, Operator, clipped, show, take_down

Offices = dict[str, Desk]

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # dialogs, on the offscreen platform


class Fills(Answers):
    """Fills in the dialog that is asked, as the test has prepared it."""

    def __init__(self) -> None:
        super().__init__()
        self.fill: Callable[[QDialog], object] = lambda _: None

    def accepted(self, dialog: QDialog) -> bool:
        self.fill(dialog)
        cast("PassDialog", dialog)._accept()
        return dialog.result() == QDialog.DialogCode.Accepted


@pytest.fixture
def answers() -> Fills:
    return Fills()


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("tree")
    found_tree(place)
    return place


@pytest.fixture
def offices(tree: Path, tmp_path: Path) -> Iterator[Offices]:
    folders = copied(tree, tmp_path)
    with ExitStack() as stack:
        yield {code: stack.enter_context(reopened(folders[code])) for code in TREE}


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return tmp_path / "stick"


def carry(offices: Offices, way: tuple[str, ...], stick: Path) -> None:
    for sender, receiver in pairwise(way):
        for path in exchange.export(offices[sender], receiver, stick).paths:
            exchange.take_in(offices[receiver], path)


def exchange_all(offices: Offices, stick: Path) -> None:
    for way in ((STONE, TOWN, COUNTY, TOWN, STONE), (WILLOW, TOWN, WILLOW, TOWN, STONE)):
        carry(offices, way, stick)


@pytest.fixture
def case(offices: Offices, stick: Path) -> Case:
    (made,) = cases.register_files(offices[STONE], [PATHS["03"]])
    exchange_all(offices, stick)
    return cases.load(offices[STONE], made.id)


@pytest.fixture
def window_of(qtbot: QtBot, theme: Theme, offices: Offices, answers: Fills) -> Iterator[Callable[[str], Window]]:
    """The window of an office."""
    made: list[Window] = []

    def opened(code: str) -> Window:
        window = Window(offices[code].folder, theme, None, answers)
        window.enter(offices[code])
        show(qtbot, window)
        made.append(window)
        return window

    yield opened
    answers.leaving = Leave.DROP
    for window in made:
        window.release_desk()
        take_down(window)


def page_of(window: Window, case: Case) -> CasePage:
    window.open_case(case.id)
    return window.case_page()


def choose(name: str, reason: str, *, stay: bool = False) -> Callable[[QDialog], None]:
    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, PassDialog | PlaceDialog)
        dialog.picker.filter.setText(name)
        dialog.picker._fill(name)
        if isinstance(dialog, PassDialog):
            dialog.reason.area.setPlainText(reason)
            dialog.stay.setChecked(stay)

    return fill


def say(text: str) -> Callable[[QDialog], None]:
    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, SayDialog)
        dialog.text.area.setPlainText(text)

    return fill


def test_a_case_is_offered_by_key_and_accepted_by_key(
    window_of: Callable[[str], Window], offices: Offices, case: Case, answers: Fills, operator: Operator, stick: Path
) -> None:
    page = page_of(window_of(STONE), case)
    answers.fill = choose("柳林", "跨村纠纷。")
    operator.key(Qt.Key.Key_T, ctrl=True)
    assert "已移交给柳林村" in page.notice.text()
    assert page.handover.strip.isVisible()
    assert page.handover.recall.isVisible()
    assert not page.handover.pass_on.isVisible()
    assert "移交给柳林村（原因：跨村纠纷）" in page.timeline.text.text()
    exchange_all(offices, stick)
    window = window_of(WILLOW)
    assert cases.rows(offices[WILLOW])[0].status == "待接收"
    other = page_of(window, case)
    assert other.handover.strip.text.text() == "石桥村移交来的纠纷，原因：跨村纠纷。请接收，或者退回。"
    assert "请接收或退回" in other.side.next_text.text()
    operator.key(Qt.Key.Key_R, ctrl=True)
    assert "已接收" in other.notice.text()
    assert not other.handover.strip.isVisible()
    assert other.handover.who.text() == "柳林村"


def test_what_is_missing_is_said_in_the_dialog(window_of: Callable[[str], Window], case: Case, answers: Fills) -> None:
    page = page_of(window_of(STONE), case)
    for name, reason, words in (("没有的村", "跨村", "选择接收的单位"), ("柳林", "  ", "写明移交的原因")):
        told: list[str] = []

        def fill(dialog: QDialog, name: str = name, reason: str = reason, told: list[str] = told) -> None:
            choose(name, reason)(dialog)
            cast("PassDialog", dialog)._accept()
            told.append(cast("PassDialog", dialog).fault.text())

        answers.fill = fill
        page.handover.offer()
        assert words in told[0]
    assert page._before.handover is None


def test_what_left_can_be_read_and_not_be_written(
    window_of: Callable[[str], Window], offices: Offices, case: Case, stick: Path, qtbot: QtBot
) -> None:
    handover.offer(offices[STONE], case, WILLOW, "跨村纠纷。")
    exchange_all(offices, stick)
    handover.accept(offices[WILLOW], cases.load(offices[WILLOW], case.id))
    exchange_all(offices, stick)
    window = window_of(STONE)
    page = page_of(window, case)
    assert page.handover.strip.text.text() == "本纠纷已于2026年3月2日移交给柳林村，本单位只能查看。"
    assert not page.save_button.isEnabled()
    assert page.side.next_text.text() == "本单位只能查看，不需要再办理"
    page.tabs.show_tab(1)
    parties = page.tabs.form(1)
    qtbot.waitUntil(parties.isVisible)
    assert all(line.isReadOnly() for line in parties.findChildren(QLineEdit))
    assert all(text.isReadOnly() for text in parties.findChildren(QPlainTextEdit))
    assert not any(box.isEnabled() for box in parties.findChildren(QComboBox))
    assert not any(made.isVisible() for made in parties.findChildren(QPushButton))
    records = cast("RecordList", parties["parties"])
    records.table.selectRow(1)
    assert cast("QLineEdit", records.form["name"].focusProxy()).text() == "李文学"
    assert not page.unsaved()
    fresh = cases.register_files(offices[STONE], [PATHS["01"]])[0]
    page = page_of(window, cases.load(offices[STONE], fresh.id))
    assert page.save_button.isEnabled()
    assert not any(line.isReadOnly() for line in parties.findChildren(QPlainTextEdit))
    assert all(box.isEnabled() for box in parties.findChildren(QComboBox))
    page.tabs.show_tab(1)
    qtbot.waitUntil(records.add_button.isVisible)
    assert page.save()


def test_an_offer_is_given_back_with_a_reason(
    window_of: Callable[[str], Window], offices: Offices, case: Case, answers: Fills, stick: Path
) -> None:
    handover.offer(offices[STONE], case, WILLOW, "跨村纠纷。")
    exchange_all(offices, stick)
    page = page_of(window_of(WILLOW), case)
    answers.fill = say("")
    page.handover.refuse.click()
    assert page.handover.strip.isVisible()
    assert page._before.handover
    assert page._before.handover.answer is None
    answers.fill = say("当事人已搬走。")
    page.handover.refuse.click()
    assert "已退回" in page.notice.text()
    assert page.handover.strip.text.text() == "本单位已于2026年3月2日退回本纠纷，只能查看。"
    assert not page.save_button.isEnabled()


def test_an_offer_is_taken_back_after_asking(window_of: Callable[[str], Window], offices: Offices, case: Case, answers: Fills) -> None:
    handover.offer(offices[STONE], case, WILLOW, "跨村纠纷。")
    page = page_of(window_of(STONE), case)
    answers.confirms = False
    page.handover.recall.click()
    assert page.handover.strip.isVisible()
    answers.confirms = True
    page.handover.recall.click()
    assert not page.handover.strip.isVisible()
    assert page.handover.pass_on.isVisible()


def test_keys_of_a_case_in_doubt_mean_one_thing_each(
    window_of: Callable[[str], Window], offices: Offices, case: Case, operator: Operator
) -> None:
    for place in "东西":
        cases.save(offices[STONE], case, replace(case, place=place))
    page = page_of(window_of(STONE), case)
    keys = [made.shortcut().toString() for made in page.findChildren(QPushButton) if made.isVisible() and not made.shortcut().isEmpty()]
    assert sorted(keys) == sorted(set(keys))
    operator.key(Qt.Key.Key_F5)
    assert page.doubts.dialog.isVisible()
    page.doubts.dialog.close()


def test_help_is_asked_for_and_ended(
    window_of: Callable[[str], Window], offices: Offices, case: Case, answers: Fills, operator: Operator, stick: Path
) -> None:
    page = page_of(window_of(STONE), case)
    answers.fill = choose("柳林", "")
    operator.key(Qt.Key.Key_B, ctrl=True)
    assert page.handover.who.text() == "石桥村\n协办：柳林村"
    exchange_all(offices, stick)
    other = page_of(window_of(WILLOW), case)
    assert other.handover.strip.text.text() == "石桥村承办的纠纷，请本单位协办。"
    answers.fill = say("已劝和。")
    other.handover.end.click()
    assert cases.load(offices[WILLOW], case.id).help_note == "已劝和。"
    assert not other.save_button.isEnabled()


def test_the_owner_ends_the_help_of_others(window_of: Callable[[str], Window], offices: Offices, case: Case, answers: Fills) -> None:
    handover.assign(offices[STONE], case, WILLOW)
    page = page_of(window_of(STONE), case)
    answers.fill = choose("柳林", "")
    page.handover.drop.click()
    assert page.handover.who.text() == "石桥村"
    assert not page.handover.drop.isVisible()
    assert "已取消柳林村的协办" in page.notice.text()


def test_a_village_alone_sees_nothing_of_this(window: Window, desk: Desk) -> None:
    (made,) = cases.register_files(desk, [PATHS["03"]])
    page = page_of(window, cases.load(desk, made.id))
    assert not page.handover.isVisible()
    assert not page.handover.strip.isVisible()
    assert page.save_button.isEnabled()


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_nothing_is_clipped(
    window_of: Callable[[str], Window], offices: Offices, case: Case, stick: Path, theme: Theme, scale: int, qtbot: QtBot
) -> None:
    handover.assign(offices[STONE], case, TOWN)
    handover.offer(offices[STONE], case, WILLOW, "一方当事人住柳林村，跨村纠纷，本村多次劝解无效。")
    exchange_all(offices, stick)
    theme.set_scale(scale)
    for code in (STONE, TOWN, WILLOW):
        window = window_of(code)
        window.resize(1280, 800)
        page_of(window, case)
        qtbot.waitUntil(_fits(window))
    for dialog in (
        PassDialog(window, handover.places(offices[COUNTY], case)),
        SayDialog(window, "退回移交", "写明原因。", "退回", "请写明。"),
    ):
        dialog.show()
        dialog._accept()
        qtbot.waitUntil(_fits(dialog))
        dialog.close()


def _fits(widget: QWidget) -> Callable[[], bool]:
    return lambda: clipped(widget) == []


# --- what waits ------------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def box(window_of: Callable[[str], Window], offices: Offices, case: Case) -> WaitingBox:
    """The box of the town, at which a change waits whose parent nobody brought."""
    author = offices[STONE].author()
    late = change.make(bytes.fromhex(case.id), author.device, "甲", [b"1" * 32], author.at, {("case", "", "place"): "田埂东"})
    casebook.receive(offices[TOWN].database, [casebook.signed(late, author.sign)])
    window = window_of(TOWN)
    box = WaitingBox(cast("Context", window.context), window.list_page().notice)
    window.stack.addWidget(box)
    window.stack.setCurrentWidget(box)
    box.refresh()
    return box


def texts(box: WaitingBox) -> str:
    return "\n".join(label.text() for label in box._list.findChildren(QLabel))


def test_what_waits_is_named_with_the_office_to_ask(box: WaitingBox, case: Case) -> None:
    assert not box.isHidden()
    assert f"{case.number} {case.title}" in texts(box)
    assert "石桥村 2026年3月2日写的 1 处改动：修改发生地点\n还缺更早的 1 处，请石桥村再导出一次交来。" in texts(box)


def test_it_is_adopted_after_asking_and_the_box_goes(box: WaitingBox, offices: Offices, case: Case, answers: Fills) -> None:
    (one,) = waiting.waiting(offices[TOWN]).cases
    answers.confirms = False
    box.adopt(one)
    assert cases.load(offices[TOWN], case.id).place == case.place
    answers.confirms = True
    changed: list[str] = []
    box.changed.connect(changed.append)
    box.adopt(one)
    assert cases.load(offices[TOWN], case.id).place == "田埂东"
    assert changed == [case.id]
    assert box.isHidden()
    assert "确定再也不会来" in answers.asked[-1]
