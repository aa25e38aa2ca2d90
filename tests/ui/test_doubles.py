"""Likely doubles on the screen: told while one types, merged and parted by a click, marked in the list."""

from datetime import timedelta

import msgspec
import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.case import Case
from desktop.services import cases, doubles, drafts
from desktop.services.desk import Desk
from desktop.ui.case.doubles_line import LOOK, MERGE, NOT_SAME, OPEN, PART
from desktop.ui.case.doubles_strip import DoublesStrip
from desktop.ui.case.page import CasePage
from desktop.ui.context import Context
from desktop.ui.exchange.doubles import PAIRS, DoublesBox
from desktop.ui.theme import Theme
from desktop.ui.window import Window
from tests.domain.samples import PATHS, sample
from tests.ui.hands import Answers, clipped

FIRST = sample("03")
AGAIN = msgspec.structs.replace(
    FIRST,
    registered_on=FIRST.registered_on + timedelta(2),
    occurred_on=None,
    summary="民警到场：双方为田埂地界争吵，一方称对方移动了田埂。",
    sessions=(),
    agreement=None,
    visits=(),
)


def registered(desk: Desk, case: Case) -> Case:
    return cases.load(desk, cases.register(desk, case).id)


def wait(strip: DoublesStrip) -> None:
    """Until the search for doubles is done: it goes on in the window's pauses."""
    while strip.looking():
        QApplication.processEvents()


def texts(strip: DoublesStrip) -> str:
    wait(strip)
    return "\n".join(line.label.text() for line in strip.lines) if not strip.isHidden() else ""


def press(strip: DoublesStrip, text: str, line: int = 0) -> None:
    wait(strip)
    lines = [*strip.lines, strip.short]
    next(made for made in lines[line].findChildren(QPushButton) if made.text().partition("  ")[0] == text).click()


@pytest.fixture
def first(desk: Desk) -> Case:
    return registered(desk, FIRST)


@pytest.fixture
def page(window: Window, first: Case) -> CasePage:
    """The page of a new case that is being typed."""
    window.new_case()
    typed = window.case_page()
    typed.show_case(msgspec.structs.replace(AGAIN, parties=()))
    return typed


def type_parties(page: CasePage) -> None:
    page.tabs.show_case(AGAIN)  # as if somebody had typed them
    page._check()


def test_a_double_is_told_while_one_types(page: CasePage, first: Case) -> None:
    assert texts(page.doubles) == ""
    type_parties(page)
    assert first.number is not None
    assert first.number in texts(page.doubles)
    assert "同一当事人（身份证号码相同）：普家顺、李文学；同一地点、登记相差2天" in texts(page.doubles)
    buttons = page.doubles.lines[0].findChildren(QPushButton)
    assert [made.text() for made in buttons] == [OPEN, MERGE, NOT_SAME]
    assert first.title in buttons[1].accessibleName()


def test_what_is_not_the_same_stays_so_when_the_new_case_is_saved(page: CasePage, desk: Desk) -> None:
    type_parties(page)
    press(page.doubles, NOT_SAME)
    assert texts(page.doubles) == ""
    assert page.save()
    assert texts(page.doubles) == ""
    assert doubles.likely(desk, cases.load(desk, page.case_id())) == []


def test_an_answer_about_a_case_that_was_dropped_is_forgotten(page: CasePage, window: Window, desk: Desk, first: Case) -> None:
    type_parties(page)
    press(page.doubles, NOT_SAME)
    other = registered(desk, AGAIN)
    page.show_case(first)
    assert other.number is not None
    assert other.number in texts(page.doubles)


def test_a_new_case_is_saved_and_merged(page: CasePage, desk: Desk, first: Case, answers: Answers, window: Window) -> None:
    type_parties(page)
    answers.confirms = False
    press(page.doubles, MERGE)
    assert cases.count(desk) == 1
    assert "正在登记的这一件\n并入" in answers.asked[-1]
    answers.confirms = True
    press(page.doubles, MERGE)
    merged = cases.load(desk, page.case_id())
    assert merged.same_as == first.id
    assert texts(page.doubles).startswith(f"已并入：{first.number}")
    assert "已合并为同一纠纷" in page.notice.text()
    press(page.doubles, OPEN)
    assert page.case_id() == first.id
    assert texts(page.doubles).startswith(f"并入本件：{merged.number}")
    window.show_list("")
    model = window.list_page().model
    shown = [model.data(model.index(row, 3)) for row in range(2)]
    assert ["（并入）" in str(text) for text in shown] == [True, False]


def test_merging_is_taken_back(page: CasePage, desk: Desk, first: Case) -> None:
    second = registered(desk, AGAIN)
    doubles.merge(desk, first.id, second.id)
    page.open(second.id)
    press(page.doubles, PART)
    assert cases.load(desk, second.id).same_as is None
    assert first.number is not None
    assert f"可能是同一件：{first.number}" in texts(page.doubles)


def test_a_case_that_was_merged_into_one_that_is_not_here_says_so(page: CasePage, desk: Desk, first: Case) -> None:
    cases.save(desk, first, msgspec.structs.replace(first, same_as="0" * 32))
    page.open(first.id)
    assert "还没有送到本机" in texts(page.doubles)
    press(page.doubles, PART)
    assert texts(page.doubles) == ""


def test_unsaved_text_is_kept_before_another_case_is_opened(page: CasePage, first: Case, desk: Desk, answers: Answers) -> None:
    type_parties(page)
    press(page.doubles, OPEN)
    assert page.case_id() == first.id
    assert answers.asked == []
    (draft,) = drafts.new_ones(desk)
    page.open_draft(draft.name)
    assert page.case_id() == ""
    assert [party.name for party in page.collect().parties] == [party.name for party in first.parties]


def test_many_doubles_are_counted(page: CasePage, desk: Desk) -> None:
    for _ in range(4):
        registered(desk, AGAIN)
    type_parties(page)
    wait(page.doubles)
    assert len(page.doubles.lines) == 3
    assert page.doubles.more.text() == "另有2件也相像。"


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_no_text_is_clipped(qtbot: QtBot, page: CasePage, window: Window, theme: Theme, desk: Desk, scale: int) -> None:
    registered(desk, AGAIN)
    window.resize(1280, 800)
    theme.set_scale(scale)
    type_parties(page)
    wait(page.doubles)
    qtbot.waitUntil(lambda: clipped(window) == [])
    assert page.doubles.height() < window.height() / 3
    if scale > 100:
        assert page.doubles.short.isVisible()
        press(page.doubles, LOOK, line=-1)
        qtbot.waitUntil(lambda: page.doubles.lines[0].isVisible() and clipped(window) == [])


@pytest.fixture
def box(window: Window) -> DoublesBox:
    assert isinstance(window.context, Context)
    made = DoublesBox(window.context)
    made.setParent(window)
    return made


def press_in(box: DoublesBox, text: str) -> None:
    next(made for made in box.pairs[0].findChildren(QPushButton) if made.text() == text).click()


def test_the_box_shows_pairs_until_they_are_answered(qtbot: QtBot, box: DoublesBox, desk: Desk, first: Case) -> None:
    box.refresh()
    assert box.isHidden()
    others = [registered(desk, AGAIN) for _ in range(3)]
    doubles.after_import(desk, [case.id for case in others])
    box.refresh()
    assert not box.isHidden()
    assert box.head.text() == "可能重复登记的纠纷：6对"
    assert len(box.pairs) == PAIRS
    with qtbot.waitSignal(box.opened):
        press_in(box, OPEN)
    press_in(box, MERGE)
    assert "已合并为同一纠纷" in box.notice.text()
    before = len(doubles.open_doubles(desk))
    press_in(box, NOT_SAME)
    assert len(doubles.open_doubles(desk)) == before - 1
    while box.pairs:
        press_in(box, NOT_SAME)
    assert box.isHidden()


def test_case_files_that_repeat_a_case_are_told_of(window: Window, desk: Desk, answers: Answers, first: Case) -> None:
    answers.paths = [PATHS["03"], PATHS["05"]]
    window.list_page().take_files()
    assert "登记了 2 件纠纷" in window.list_page().notice.text()
    assert "可能有 1 对重复登记" in window.list_page().notice.text()
