"""撤销 and 重做 last as long as the office is open: a case that was left and opened again has its steps, and the words of others stand."""

from collections.abc import Sequence
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.domain.attachment import Seal
from desktop.domain.case import Case
from desktop.domain.laid_over import laid_over
from desktop.domain.party import Party
from desktop.services import cases, drafts
from desktop.services.desk import Desk
from desktop.services.drafts import Typed
from desktop.ui.case import stepping
from desktop.ui.case.page import CasePage
from desktop.ui.case.undo import Steps
from desktop.ui.window import Window
from tests.ui.hands import Operator
from tests.ui.test_course_steps import press
from tests.ui.test_drafts import registered, type_into
from tests.ui.test_undo import back


@pytest.fixture
def case(desk: Desk) -> Case:
    return registered(desk)


@pytest.fixture
def other(desk: Desk) -> Case:
    parties = (Party(role="申请人", kind="自然人", name="刘春花"), Party(role="被申请人", kind="自然人", name="张志强"))
    made = Case(type="邻里", registered_on=date(2026, 3, 1), summary="滴水之争。", parties=parties, mediators=("李正平",))
    return cases.load(desk, cases.register(desk, made).id)


@pytest.fixture
def opened(window: Window, case: Case) -> CasePage:
    window.open_case(case.id)
    return window.case_page()


def look_up(qtbot: QtBot, window: Window, operator: Operator, name: str) -> None:
    """Leave what is in front, find the case by a name, and open it, all by keyboard."""
    press(operator, Qt.Key.Key_1)
    operator.key(Qt.Key.Key_F3)
    operator.key(Qt.Key.Key_A, ctrl=True)
    operator.write(name)
    page = window.list_page()
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    operator.key(Qt.Key.Key_Return)
    assert window.stack.currentWidget() is window.case_page()


def change(desk: Desk, case_id: str, **fields: object) -> Case:
    """What somebody else saves."""
    found = cases.load(desk, case_id)
    return cases.save(desk, found, msgspec.structs.replace(found, **fields)).case


def test_a_save_is_taken_back_after_another_case_was_looked_up(
    qtbot: QtBot, window: Window, opened: CasePage, case: Case, other: Case, desk: Desk, operator: Operator
) -> None:
    type_into(opened, operator, "place", "cunkou")
    operator.key(Qt.Key.Key_S, ctrl=True)
    assert cases.load(desk, case.id).place == "cunkou"
    look_up(qtbot, window, operator, "刘春花")
    assert opened.case_id() == other.id
    assert opened.undo_row.undo_button.text() == "撤销  Ctrl+Z"
    look_up(qtbot, window, operator, "普家顺")
    assert opened.undo_row.undo_button.text() == "撤销：保存  Ctrl+Z"
    operator.key(Qt.Key.Key_Z, ctrl=True)
    assert cases.load(desk, case.id).place is None
    assert opened.collect().place == "cunkou"
    operator.key(Qt.Key.Key_Z, ctrl=True)
    assert not opened.unsaved()
    look_up(qtbot, window, operator, "刘春花")
    look_up(qtbot, window, operator, "普家顺")
    operator.key(Qt.Key.Key_Y, ctrl=True)
    operator.key(Qt.Key.Key_Y, ctrl=True)
    assert cases.load(desk, case.id).place == "cunkou"


def test_what_was_typed_and_not_saved_keeps_its_steps(
    window: Window, opened: CasePage, case: Case, other: Case, operator: Operator
) -> None:
    type_into(opened, operator, "place", "cunkou")
    type_into(opened, operator, "amount", "300")
    window.show_in_case(other.id, "")
    window.show_in_case(case.id, "")
    assert "上次没有保存的内容" in opened.strip.text()
    assert back(opened) == "撤销：修改涉及金额  Ctrl+Z"
    operator.key(Qt.Key.Key_Z, ctrl=True)
    assert (opened.collect().place, opened.collect().amount) == ("cunkou", None)
    operator.key(Qt.Key.Key_Z, ctrl=True)
    assert not opened.unsaved()


def test_words_that_were_given_up_elsewhere_can_be_had_back(
    window: Window, opened: CasePage, case: Case, other: Case, desk: Desk, operator: Operator
) -> None:
    type_into(opened, operator, "place", "cunkou")
    window.show_in_case(other.id, "")
    drafts.drop(desk, drafts.name_of(case.id))
    window.show_in_case(case.id, "")
    assert not opened.unsaved()
    assert back(opened) == "撤销：不要草稿  Ctrl+Z"
    operator.key(Qt.Key.Key_Z, ctrl=True)
    assert opened.collect().place == "cunkou"


@pytest.fixture
def begun(window: Window, operator: Operator) -> CasePage:
    """A new case with some words in it that was left."""
    window.new_case()
    page = window.case_page()
    type_into(page, operator, "place", "cunkou")
    type_into(page, operator, "amount", "300")
    press(operator, Qt.Key.Key_1)
    return page


def test_a_new_case_that_is_gone_on_with_has_its_steps(window: Window, begun: CasePage, other: Case, operator: Operator) -> None:
    window.show_in_case(other.id, "")
    window.new_case()
    assert back(begun) == "撤销  Ctrl+Z"
    begun.strip.take_button.click()
    assert back(begun) == "撤销：修改涉及金额  Ctrl+Z"
    operator.key(Qt.Key.Key_Z, ctrl=True)
    assert (begun.collect().place, begun.collect().amount) == ("cunkou", None)


def test_what_others_wrote_elsewhere_stands_when_a_step_is_taken_back(
    window: Window, opened: CasePage, case: Case, other: Case, desk: Desk, operator: Operator
) -> None:
    type_into(opened, operator, "place", "cunkou")
    opened.save()
    type_into(opened, operator, "amount", "300")
    window.show_in_case(other.id, "")
    change(desk, case.id, summary="别人写的。")
    window.show_in_case(case.id, "")
    for _ in range(3):
        operator.key(Qt.Key.Key_Z, ctrl=True)
    stored = cases.load(desk, case.id)
    assert (stored.place, stored.amount, stored.summary) == (None, None, "别人写的。")
    assert opened.collect().summary == "别人写的。"
    assert not opened.unsaved()


def test_what_others_wrote_in_the_same_field_is_never_overwritten(
    window: Window, opened: CasePage, case: Case, other: Case, desk: Desk, operator: Operator
) -> None:
    type_into(opened, operator, "summary", "改过的概况。")
    opened.save()
    window.show_in_case(other.id, "")
    change(desk, case.id, summary="别人写的。")
    window.show_in_case(case.id, "")
    assert back(opened) == "撤销：保存  Ctrl+Z"
    for _ in range(3):
        operator.key(Qt.Key.Key_Z, ctrl=True)
    assert opened.notice.text() == "✕ 这一步以后，“简要情况”又改过了，所以不能撤销；要改的，请直接修改。"
    assert opened.collect().summary == cases.load(desk, case.id).summary == "别人写的。"


def test_what_was_added_beside_the_form_leaves_the_steps(opened: CasePage, case: Case, desk: Desk, operator: Operator) -> None:
    type_into(opened, operator, "place", "cunkou")
    opened.save()
    opened.doubts.settled.emit(change(desk, case.id, amount=30000))
    assert back(opened) == "撤销：保存  Ctrl+Z"
    operator.key(Qt.Key.Key_Z, ctrl=True)
    stored = cases.load(desk, case.id)
    assert (stored.place, stored.amount) == (None, 30000)
    assert (opened.collect().place, opened.collect().amount) == ("cunkou", 30000)


def test_a_paper_that_was_sealed_meanwhile_keeps_the_step(
    window: Window, opened: CasePage, case: Case, other: Case, desk: Desk, operator: Operator
) -> None:
    type_into(opened, operator, "place", "cunkou")
    opened.save()
    window.show_in_case(other.id, "")
    change(desk, case.id, seals=(Seal(kind="受理通知书", sha256="0" * 64, values="1" * 64),))
    window.show_in_case(case.id, "")
    operator.key(Qt.Key.Key_Z, ctrl=True)
    assert "《受理通知书》已经盖章定稿，所以不能撤销" in opened.notice.text()
    assert cases.load(desk, case.id).place == "cunkou"


def test_only_so_many_cases_are_remembered(
    window: Window, opened: CasePage, case: Case, other: Case, operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stepping, "MOST_CASES", 1)
    for one, place in ((case, "cunkou"), (other, "hekou")):
        window.open_case(one.id)
        type_into(opened, operator, "place", place)
        opened.save()
    window.new_case()
    window.show_in_case(case.id, "")
    assert back(opened) == "撤销  Ctrl+Z"
    window.show_in_case(other.id, "")
    assert back(opened) == "撤销：保存  Ctrl+Z"


def test_an_office_that_is_entered_again_knows_no_steps(
    window: Window, opened: CasePage, case: Case, desk: Desk, operator: Operator
) -> None:
    type_into(opened, operator, "place", "cunkou")
    opened.save()
    window.release_desk()
    window.enter(desk)
    window.show_in_case(case.id, "")
    assert back(window.case_page()) == "撤销  Ctrl+Z"


FIELDS = ("place", "summary", "recorder")
WORDS = st.sampled_from(["甲", "乙", "丙"])
BLANK = Case(type="邻里", registered_on=date(2026, 3, 1), summary="", parties=())


def _done(edits: Sequence[tuple[str, str] | None]) -> tuple[Steps, Case]:
    """The steps of somebody who edits fields and saves (None), and the case as it is stored then."""
    stored = typed = BLANK
    steps = Steps(Typed(stored))
    for edit in edits:
        if edit is None and typed != stored:
            steps.saved(stored, typed)
            stored = typed
        elif edit:
            typed = msgspec.structs.replace(typed, **dict([edit]))
            steps.note(Typed(typed))
            steps.leave()
    return steps, stored


@given(st.lists(st.none() | st.tuples(st.sampled_from(FIELDS), WORDS), max_size=8), st.dictionaries(st.sampled_from(FIELDS), WORDS))
def test_no_step_ever_takes_back_the_words_of_others(edits: list[tuple[str, str] | None], theirs: dict[str, str]) -> None:
    steps, stored = _done(edits)
    today = msgspec.structs.replace(stored, **theirs)
    changed = [name for name in FIELDS if getattr(today, name) != getattr(stored, name)]
    if not steps.carry_over(stored, today):
        return
    while step := steps.next_undo():
        if step.saved:
            laid = laid_over(step.saved[1], step.saved[0], today)
            if laid.doubtful:
                break  # it is refused
            assert all(getattr(laid.case, name) == getattr(today, name) for name in changed)
            today = laid.case
        steps.undo()
        assert all(getattr(step.before.case, name) == getattr(today, name) for name in changed)
