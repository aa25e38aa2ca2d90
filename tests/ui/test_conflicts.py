"""待核对 on the screen: seen on the case page, settled by one key, and nothing is cut off at any size."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.case import Case
from desktop.services import cases, conflicts
from desktop.services.desk import Desk
from desktop.ui.case.conflict_box import LINES, DoubtsBox
from desktop.ui.case.conflict_dialog import ConflictDialog
from desktop.ui.case.conflict_marks import Piece, marked_up, pieces, shortened
from desktop.ui.context import Context
from desktop.ui.entry.inputs import Choice, Text
from desktop.ui.entry.long_text import LongText
from desktop.ui.theme import Theme
from desktop.ui.window import Window
from desktop.ui.worker import Worker
from tests.domain.samples import accepted
from tests.ui.hands import Answers, Operator, clipped

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # dialogs, on the offscreen platform

replace = msgspec.structs.replace


def doubted(desk: Desk, *versions: dict[str, object]) -> Case:
    """A case of which two windows saved different versions."""
    seen = cases.load(desk, cases.register(desk, accepted()).id)
    for version in versions:
        cases.save(desk, seen, replace(seen, **version))
    return cases.load(desk, seen.id)


def opened(window: Window, case: Case) -> ConflictDialog:
    """The dialog, opened from the page of the case."""
    window.open_case(case.id)
    page = window.case_page()
    assert page.doubts.isVisible()
    page.doubts.go.click()
    QApplication.processEvents()
    return page.doubts.dialog


def test_the_bar_is_there_only_where_something_is_in_doubt(window: Window, desk: Desk) -> None:
    sound, doubtful = doubted(desk), doubted(desk, {"place": "东"}, {"place": "西"})
    window.open_case(sound.id)
    assert not window.case_page().doubts.isVisible()
    window.open_case(doubtful.id)
    assert "发生地点" in window.case_page().doubts.text.text()
    window.case_page().show_new()
    assert not window.case_page().doubts.isVisible()


def test_many_fields_are_counted(window: Window, desk: Desk) -> None:
    case = doubted(desk, *({"place": x, "summary": x, "amount": n, "recorder": x} for n, x in enumerate("东西")))
    window.open_case(case.id)
    text = window.case_page().doubts.text.text()
    assert "4处" in text
    assert text.endswith("等")


@pytest.mark.parametrize("number", [1, 2])
def test_a_number_key_takes_a_version(window: Window, desk: Desk, operator: Operator, number: int) -> None:
    case = doubted(desk, {"place": "东"}, {"place": "西"})
    dialog = opened(window, case)
    wanted = dialog.shown.versions[number - 1].value
    operator.key(Qt.Key(Qt.Key.Key_0.value + number))
    assert cases.load(desk, case.id).place == wanted
    assert conflicts.conflicts(desk, case.id) == []
    page = window.case_page()
    assert page.collect().place == wanted
    assert not page.doubts.isVisible()
    assert QApplication.activeModalWidget() is None


def test_enter_takes_what_is_recommended_field_after_field(window: Window, desk: Desk, operator: Operator) -> None:
    case = doubted(desk, {"place": "东", "recorder": None, "risk": "高"}, {"place": "西", "risk": "低"})
    recommended = {one.field[2]: one.versions[one.recommended].value for one in conflicts.conflicts(desk, case.id)}
    dialog = opened(window, case)
    assert "共 2 处" in dialog.progress.text()
    operator.key(Qt.Key.Key_Return)
    assert "共 1 处" in dialog.progress.text()
    operator.key(Qt.Key.Key_Return)
    after = cases.load(desk, case.id)
    assert {"place": after.place, "risk": after.risk} == recommended
    assert QApplication.activeModalWidget() is None


def test_enter_on_another_button_means_that_button(window: Window, desk: Desk, operator: Operator) -> None:
    case = doubted(desk, {"place": "东"}, {"place": "西"})
    dialog = opened(window, case)
    other = 1 - dialog.shown.recommended
    wanted = dialog.shown.versions[other].value
    dialog.cards[other].take.setFocus()
    operator.key(Qt.Key.Key_Return)
    assert cases.load(desk, case.id).place == wanted


def test_a_text_of_ones_own(window: Window, desk: Desk, operator: Operator) -> None:
    case = doubted(desk, {"amount": 100}, {"amount": 200})
    dialog = opened(window, case)
    assert isinstance(dialog.own, Text)
    dialog.own.reveal()
    operator.key(Qt.Key.Key_A, ctrl=True)
    operator.write("12x")
    operator.key(Qt.Key.Key_Return, 2)
    assert "涉及金额" in dialog.notice.text()
    dialog.own.reveal()
    operator.key(Qt.Key.Key_A, ctrl=True)
    operator.write("12")
    operator.key(Qt.Key.Key_Return, 2)
    assert cases.load(desk, case.id).amount == 1200


def test_the_control_for_ones_own_fits_the_field(window: Window, desk: Desk) -> None:
    for name, one, other, kind in (("summary", "一", "二", LongText), ("risk", "高", "低", Choice)):
        dialog = opened(window, doubted(desk, {name: one}, {name: other}))
        assert isinstance(dialog.own, kind)
        dialog.reject()


def test_everything_as_recommended_after_a_question(window: Window, desk: Desk, answers: Answers) -> None:
    case = doubted(desk, {"place": "东", "risk": "高"}, {"place": "西", "risk": "低"})
    dialog = opened(window, case)
    answers.confirms = False
    dialog.all.click()
    assert len(conflicts.conflicts(desk, case.id)) == 2
    answers.confirms = True
    dialog.all.click()
    assert conflicts.conflicts(desk, case.id) == []
    assert QApplication.activeModalWidget() is None


def test_what_came_in_meanwhile_is_shown_with_the_refusal(window: Window, desk: Desk) -> None:
    seen = cases.load(desk, cases.register(desk, accepted()).id)
    for place in ("东", "西"):
        cases.save(desk, seen, replace(seen, place=place))
    dialog = opened(window, seen)
    cases.save(desk, seen, replace(seen, place="南"))
    dialog.take(0)
    assert "刚刚又收到了" in dialog.notice.text()
    assert len(dialog.cards) == 3


def test_what_was_typed_is_saved_first(window: Window, desk: Desk, operator: Operator) -> None:
    case = doubted(desk, {"place": "东"}, {"place": "西"})
    window.open_case(case.id)
    page = window.case_page()
    page.tabs.reveal("place")
    operator.key(Qt.Key.Key_A, ctrl=True)
    operator.write("南")
    page.doubts.go.click()
    assert cases.load(desk, case.id).place == "南"
    assert not page.doubts.isVisible()


NARRATIVE = "两家因田埂归属争执多年，去年春耕时普家顺在田埂上种了豆子，蒋家认为占了自家的地。" * 130


@pytest.mark.parametrize("scale", [100, 200])
@pytest.mark.parametrize("size", [(1366, 740), (1024, 700)])
def test_nothing_is_cut_off(qtbot: QtBot, window: Window, desk: Desk, theme: Theme, scale: int, size: tuple[int, int]) -> None:
    window.resize(*size)
    theme.set_scale(scale)
    other = NARRATIVE.replace("种了豆子", "种了玉米", 1)[:-20] + "双方当场吵了起来。"
    dialog = opened(window, doubted(desk, {"summary": NARRATIVE}, {"summary": other}, {"summary": "无。"}))
    qtbot.waitUntil(lambda: clipped(dialog) == [])
    dialog.whole.setChecked(True)
    qtbot.waitUntil(lambda: clipped(dialog) == [])
    assert dialog.width() <= max(size[0], dialog.minimumSizeHint().width())


# What is marked


def test_what_differs_is_marked_and_what_agrees_is_made_short() -> None:
    one, other = pieces([NARRATIVE, NARRATIVE.replace("种了豆子", "种了玉米", 1)])
    assert [piece.text for piece in one if piece.differs] == ["豆子"]
    assert [piece.text for piece in other if piece.differs] == ["玉米"]
    assert "".join(piece.text for piece in one) == NARRATIVE
    short = shortened(one)
    assert sum(len(piece.text) for piece in short) < 200
    assert sum(len(piece.text) + piece.left_out for piece in short) == len(NARRATIVE)
    assert "<u style" in marked_up(short)


@pytest.mark.parametrize(
    ("texts", "marked"),
    [
        (["13900000001", "13900000002"], [["1"], ["2"]]),
        (["高", "低"], [[], []]),
        (["同", "同"], [[], []]),
        (["", "有"], [[], []]),
        (["甲乙。", "甲乙。丙丁。"], [[], ["丙丁。"]]),
        (["一，二，三", "一，四，三", "一，二，五"], [["二", "三"], ["四，三"], ["二，五"]]),
    ],
)
def test_marks(texts: list[str], marked: list[list[str]]) -> None:
    found = pieces(texts)
    assert ["".join(piece.text for piece in one) for one in found] == texts
    assert [[piece.text for piece in one if piece.differs] for one in found] == marked


def test_markup_of_others_is_shown_as_it_is() -> None:
    assert marked_up([Piece("<b>粗\n"), Piece("\u202e", differs=True)]).count("<b>") == 0


# The list of cases


def test_the_list_of_cases_in_doubt(qtbot: QtBot, desk: Desk, answers: Answers) -> None:
    box = DoubtsBox(Context(desk, answers, Worker()))
    qtbot.addWidget(box)
    box.refresh()
    assert box.isHidden()
    made = [doubted(desk, {"place": "东"}, {"place": "西"}) for _ in range(LINES + 2)]
    box.refresh()
    assert not box.isHidden()
    assert f"{LINES + 2}件" in box.head.text()
    assert box.cases.text().count("<a ") == LINES
    box.activateWindow()
    box.cases.setFocus()
    QTest.keyClick(box.cases, Qt.Key.Key_Tab)
    assert "另有2件" in box.more.text()
    with qtbot.waitSignal(box.opened) as caught:
        QTest.keyClick(box.cases, Qt.Key.Key_Return)
    assert caught.args == [made[-1].id]
