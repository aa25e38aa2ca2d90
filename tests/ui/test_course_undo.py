"""The steps of the course can be taken back by their names where law allows it, and done again; a filed case is read, and reopened."""

# ruff: noqa: F811 -- the fixtures of another module are arguments here

from datetime import date

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desktop.domain.agreement import Agreement, Clause, Obligation
from desktop.domain.attachment import Seal
from desktop.domain.case import Case
from desktop.domain.course import Status, status
from desktop.domain.course_records import Conclusion
from desktop.domain.session import Session
from desktop.domain.visit import Visit
from desktop.services import cases
from desktop.services.desk import Desk
from desktop.ui.case.after_fields import Visits
from desktop.ui.case.page import CasePage
from desktop.ui.theme import Theme
from desktop.ui.window import Window
from tests.domain.samples import accepted
from tests.ui.hands import Operator, clipped
from tests.ui.keys import ambiguous
from tests.ui.test_course_steps import Hands, answers, offered, page, press, put, settle, steps, stored  # noqa: F401 -- fixtures
from tests.ui.test_undo import back

DAY = date(2026, 3, 2)


def step_back(page: CasePage, operator: Operator) -> str:
    """Press the key, and what is told."""
    operator.key(Qt.Key.Key_Z, ctrl=True)
    return page.notice.text()


def test_a_step_is_taken_back_by_its_name_and_done_again(page: CasePage, desk: Desk, operator: Operator) -> None:
    page.tabs.show_tab(0)
    before = stored(page, desk)
    press(operator, Qt.Key.Key_A)
    assert back(page) == "撤销：受理  Ctrl+Z"
    assert "已撤销“受理”" in step_back(page, operator)
    assert stored(page, desk).intake == before.intake
    assert not page.unsaved()
    assert "受理" in offered(page)
    operator.key(Qt.Key.Key_Y, ctrl=True)
    assert "已重做“受理”" in page.notice.text()
    found = stored(page, desk).intake
    assert found is not None
    assert (found.decision, found.by) == ("受理", "李正平")
    assert back(page) == "撤销：受理  Ctrl+Z"


def same(case: Case, before: Case) -> bool:
    """Whether the case stands as before, whatever changes led there."""
    return msgspec.structs.replace(case, seen=before.seen) == before


@pytest.mark.parametrize(
    ("step", "typing", "name"),
    [
        ("decline", put(reason="不属于民间纠纷", guided_to=("诉讼",)), "不予受理"),
        ("assess", put(opinion="暂时平稳", risk="低"), "研判定级"),
        ("escalate", put(reason="现场调解不了"), "升级"),
        ("transfer", put(to=("自然资源所",), reason="专业性强"), "移送"),
        ("whistle", put(to=("城管中队",), reason="占道经营"), "吹哨"),
        ("return_result", put(result="已经化解"), "回复来文单位"),
    ],
)
def test_every_step_has_its_name(page: CasePage, desk: Desk, answers: Hands, step: str, typing: object, name: str) -> None:
    page.tabs.reveal("place")
    before = stored(page, desk)
    answers.typing = [typing]  # type: ignore[list-item]  # one of the list
    getattr(steps(page), step)()
    assert stored(page, desk) != before
    assert back(page).startswith(f"撤销：{name}")
    page.stepping.undo()
    assert same(stored(page, desk), before)
    assert not page.unsaved()
    page.stepping.redo()
    assert not same(stored(page, desk), before)
    page.stepping.undo()
    assert same(stored(page, desk), before)


def test_what_was_typed_before_a_step_is_a_step_of_its_own(page: CasePage, desk: Desk, operator: Operator) -> None:
    page.tabs.reveal("place")
    operator.write("cunkou")
    steps(page).accept()
    assert stored(page, desk).place == "cunkou"
    names = []
    while step := page.stepping.steps.next_undo():
        names.append(step.name)
        page.stepping.undo()
    assert names == ["受理", "保存", "修改发生地点"]
    assert stored(page, desk).place is None
    assert stored(page, desk).intake is None
    assert not page.unsaved()


def _ended(desk: Desk, **fields: object) -> Case:
    """A dispute that was settled, and concluded."""
    owed = (Obligation(act="停止滴水", due_on=DAY),)
    agreement = Agreement(form="书面", signed_on=DAY, facts="滴水。", clauses=(Clause(text="停止滴水。"),), obligations=owed)
    case = accepted(
        informed_on=DAY,
        registered_on=DAY,
        sessions=(Session(kind="调解记录", result="达成协议"),),
        agreement=agreement,
        visits=(Visit(on=DAY, party="甲", performance="全部履行"),),
    )
    return cases.load(desk, cases.register(desk, msgspec.structs.replace(case, **fields)).id)


def test_an_end_and_a_new_beginning_are_taken_back_in_the_same_session(window: Window, desk: Desk, answers: Hands) -> None:
    window.open_case(_ended(desk).id)
    page = window.case_page()
    answers.typing = [put(), put(), put(reason="又发生争吵")]
    steps(page).conclude()
    assert back(page) == "撤销：结案  Ctrl+Z"
    page.stepping.undo()
    assert status(stored(page, desk)) == Status.PERFORMED
    assert stored(page, desk).conclusion is None
    steps(page).conclude()
    steps(page).reopen()
    assert back(page) == "撤销：重新办理  Ctrl+Z"
    page.stepping.undo()
    assert status(stored(page, desk)) == Status.CONCLUDED
    assert not stored(page, desk).reopenings


def test_what_was_sealed_since_keeps_a_step(page: CasePage, desk: Desk) -> None:
    steps(page).accept()
    case = stored(page, desk)
    sealed = msgspec.structs.replace(case, seals=(Seal(kind="受理通知书", sha256="0" * 64, values="1" * 64),))
    page.papers.sealed.emit(cases.save(desk, case, sealed).case)
    assert back(page) == "撤销：受理  Ctrl+Z"
    page.stepping.undo()
    assert page.notice.text() == "✕ 这次保存以后，《受理通知书》已经盖章定稿，所以不能撤销；要更正的，请修改后重新定稿。"
    assert stored(page, desk).intake == case.intake


@pytest.fixture
def filed(window: Window, desk: Desk) -> CasePage:
    window.open_case(_ended(desk, conclusion=Conclusion(on=DAY), closed_on=DAY).id)
    return window.case_page()


def line_at(operator: Operator) -> QLineEdit:
    found = operator.at()
    assert isinstance(found, QLineEdit)
    return found


def test_a_filed_case_is_read_until_it_is_reopened(filed: CasePage, desk: Desk, answers: Hands, operator: Operator) -> None:
    assert "已归档，还可以登记" in steps(filed).strip.text.text()
    filed.tabs.reveal("place")
    assert line_at(operator).isReadOnly()
    operator.write("cunkou")
    assert not filed.unsaved()
    answers.typing = [put(reason="又发生争吵")]
    press(operator, Qt.Key.Key_C)
    assert stored(filed, desk).closed_on is None
    assert steps(filed).strip.isHidden()
    filed.tabs.reveal("place")
    operator.write("cunkou")
    assert filed.save()
    assert stored(filed, desk).place == "cunkou"


def test_what_was_typed_before_somebody_filed_the_case_waits_for_its_reopening(
    window: Window, desk: Desk, answers: Hands, operator: Operator
) -> None:
    before = _ended(desk, conclusion=Conclusion(on=DAY))
    window.open_case(before.id)
    page = window.case_page()
    page.tabs.reveal("place")
    operator.write("cunkou")
    assert page.may_leave()
    cases.save(desk, before, msgspec.structs.replace(before, closed_on=DAY))
    window.open_case(before.id)
    assert page.collect().place == "cunkou"
    assert not page.save()
    answers.typing = [put(reason="又发生争吵")]
    steps(page).again.click()
    assert stored(page, desk).closed_on is None
    assert (page.collect().place, stored(page, desk).place) == ("cunkou", None)
    assert page.collect().closed_on is None
    assert page.save()
    assert stored(page, desk).place == "cunkou"


def test_visits_and_performance_go_on_after_filing(filed: CasePage, desk: Desk, operator: Operator) -> None:
    filed.tabs.reveal("visits[0].party")
    assert line_at(operator).isReadOnly()
    visits = filed.tabs.form(7)["visits"]
    assert isinstance(visits, Visits)
    assert not visits.drop_button.isEnabled()
    operator.key(Qt.Key.Key_F6)
    operator.fill("2026-6-1")
    assert visits.drop_button.isEnabled()
    filed.tabs.reveal("filing.place")
    operator.write("A-3")
    assert filed.save()
    case = stored(filed, desk)
    assert [one.on for one in case.visits] == [DAY, date(2026, 6, 1)]
    assert case.filing is not None
    filed.tabs.reveal("visits[1].party")
    assert line_at(operator).isReadOnly()


@pytest.mark.parametrize("scale", [100, 200])
def test_the_filed_case_is_whole_on_the_screen(filed: CasePage, window: Window, theme: Theme, scale: int) -> None:
    theme.set_scale(scale)
    window.resize(1280, 800)
    for number in range(8):
        filed.tabs.show_tab(number)
        settle()
        assert clipped(window) == []
        assert ambiguous(window) == []
