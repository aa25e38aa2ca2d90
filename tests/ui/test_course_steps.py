"""The course of a case by keyboard: the steps, their dialogs, what is refused, and what is still missing."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog

from desktop.domain.agreement import Agreement, Clause, Obligation
from desktop.domain.case import Case
from desktop.domain.course import STEPS, Status, status
from desktop.domain.course_records import Commission
from desktop.domain.lacking import required
from desktop.domain.session import Session
from desktop.domain.visit import Visit
from desktop.services import cases
from desktop.services.desk import Desk
from desktop.ui.case.course_steps import CourseSteps
from desktop.ui.case.fields import STEP_FIELDS, TABS
from desktop.ui.case.page import CasePage
from desktop.ui.case.step_dialog import StepDialog
from desktop.ui.case.ticks import Questions, Ticks
from desktop.ui.entry.form import Record
from desktop.ui.theme import Theme, em
from desktop.ui.window import Window
from tests.domain.samples import accepted
from tests.ui.hands import Answers, Operator, clipped

ENTER, ESCAPE, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space
Typing = Callable[[StepDialog], None]


class Hands(Answers):
    """Fills each dialog as the test says, presses its button, and remembers what it asked."""

    def __init__(self) -> None:
        super().__init__()
        self.typing: list[Typing] = []
        self.titles: list[str] = []
        self.faults: list[str] = []

    def accepted(self, dialog: QDialog) -> bool:
        assert isinstance(dialog, StepDialog)
        self.titles.append(dialog.windowTitle())
        dialog.show()
        self.typing.pop(0)(dialog)
        dialog.yes.click()
        self.faults.append(dialog.fault.text() if not dialog.fault.isHidden() else "")
        parent = dialog.parentWidget()
        assert parent is not None
        parent.window().activateWindow()  # as a modal dialog gives the cursor back
        QApplication.processEvents()
        return bool(dialog.result())


def put(**values: Any) -> Typing:
    """Put the values into the fields of the dialog."""

    def typing(dialog: StepDialog) -> None:
        for name, value in values.items():
            dialog.form[name].show_value(value)

    return typing


@pytest.fixture
def answers() -> Hands:
    return Hands()


@pytest.fixture
def page(window: Window, desk: Desk) -> CasePage:
    """A case that the court sent, opened, with the steps of its course."""
    sent = accepted(source="法院委托移送", commission=Commission(sender="某法院"))
    window.open_case(cases.register(desk, sent).id)
    made = window.case_page()
    steps(made).show_case(stored(made, desk))
    return made


def steps(page: CasePage) -> CourseSteps:
    """The steps as the page wires them."""
    found = page.findChild(CourseSteps)
    if found is not None:
        return found
    made = CourseSteps(page._context, page.notice, page._ready)
    page.tabs.lay_above(made.rows)
    made.changed.connect(page._take_over)
    made.changed.connect(made.show_case)
    page.header.wanted.connect(page.tabs.show_step)
    return made


def stored(page: CasePage, desk: Desk) -> Case:
    return cases.load(desk, page.case_id())


def offered(page: CasePage) -> set[str]:
    return {name for name, made in steps(page).buttons.items() if not made.isHidden()}


def settle() -> list[str]:
    """Let what was shown be laid out."""
    for _ in range(3):
        QApplication.processEvents()
    return []


def press(operator: Operator, key: Qt.Key) -> None:
    """Press a key together with Alt."""
    from PySide6.QtTest import QTest

    QTest.keyClick(operator.at(), key, Qt.KeyboardModifier.AltModifier)


def test_what_is_offered_follows_the_course(page: CasePage) -> None:
    assert offered(page) == {"受理", "不予受理", "引导", "回复", "研判", "升级", "移送", "吹哨", "上报"}
    steps(page).accept()
    assert "受理" not in offered(page)
    assert {"不予受理", "引导"} <= offered(page)


def test_a_case_is_accepted_by_key_and_the_paper_is_named(page: CasePage, desk: Desk, operator: Operator) -> None:
    page.tabs.show_tab(0)
    press(operator, Qt.Key.Key_A)
    found = stored(page, desk).intake
    assert found is not None
    assert (found.decision, found.by, found.office) == ("受理", "李正平", "浦贝乡浦贝村综治中心")
    assert "受理通知书" in page.notice.text()
    assert "决定受理" in page.timeline.text.text()


def test_what_is_barred_is_refused_with_the_law_and_declined_with_its_reason(page: CasePage, desk: Desk, answers: Hands) -> None:
    page.tabs.show_tab(0)
    review = page.tabs.form(0)["intake"]
    assert isinstance(review, Record)
    questions = review.form["barred"]
    assert isinstance(questions, Questions)
    assert questions.rows["court"].isHidden()  # the court itself sent it
    assert "可以受理" in questions.told.text()
    questions.rows["authority"].box.click()
    assert questions.rows["authority"].box.text() == "是"
    assert "不得受理" in questions.told.text()
    steps(page).accept()
    assert "第75号第二十二条" in page.notice.text()
    answers.typing = [put()]
    steps(page).decline()
    case = stored(page, desk)
    assert status(case) == Status.DECLINED
    assert case.outcome is not None
    assert case.outcome.reason is not None
    assert "专门机关" in case.outcome.reason
    assert case.outcome.advised == ("行政复议", "诉讼")


def test_a_dialog_stays_until_it_has_what_it_needs(page: CasePage, desk: Desk, answers: Hands) -> None:
    answers.typing = [put(), put(to=("自然资源所",), reason="专业性强")]
    before = stored(page, desk)
    steps(page).transfer()
    assert stored(page, desk) == before
    assert answers.faults == ["✕ 请写明接收单位。"]
    steps(page).transfer()
    assert status(stored(page, desk)) == Status.REFERRED
    assert "委托移送函" in page.notice.text()


def test_the_risk_is_proposed_and_decided_by_people(page: CasePage, desk: Desk, answers: Hands, operator: Operator) -> None:
    page.tabs.show_tab(2)
    ticks = page.tabs.form(2)["risk_factors"]
    assert isinstance(ticks, Ticks)
    ticks.boxes["持械"].click()
    answers.typing = [put(opinion="请镇里来"), put(stage="议定", risk="中")]
    press(operator, Qt.Key.Key_A)
    case = stored(page, desk)
    assert [(one.stage, one.risk, one.factors) for one in case.assessments] == [("初定", "高", ("持械",))]
    assert "报告公安" in page.notice.text()
    assert "报警" in offered(page)
    press(operator, Qt.Key.Key_P)
    assert stored(page, desk).police_reported_at
    steps(page).assess()
    assert stored(page, desk).risk == "中"


def test_levels_calls_and_answers(page: CasePage, desk: Desk, answers: Hands) -> None:
    answers.typing = [
        put(reason="现场调解不了"),
        put(to=("城管中队", "派出所"), reason="占道经营"),
        put(answer="城管中队到场"),
        put(to=("县综治中心",), reason="跨区域"),
    ]
    for name in ("escalate", "whistle", "answer", "report_up"):
        getattr(steps(page), name)()
    case = stored(page, desk)
    assert [one.kind for one in case.routings] == ["升级", "吹哨", "上报"]
    assert (case.level, case.routings[1].answer) == (2, None)
    assert case.routings[0].answer == "城管中队到场"  # the first that waits


def _agreed(page: CasePage, desk: Desk) -> Case:
    case = stored(page, desk)
    agreement = Agreement(
        form="书面", signed_on=desk.today(), facts="滴水。", clauses=(Clause(text="停止滴水。"),), obligations=(Obligation(act="停止"),)
    )
    after = msgspec.structs.replace(
        case,
        informed_on=desk.today(),
        sessions=(Session(kind="调解记录", result="达成协议"),),
        agreement=agreement,
        visits=(Visit(on=desk.today(), performance="全部履行"),),
    )
    saved = cases.save(desk, case, after).case
    page.show_case(saved)
    steps(page).show_case(saved)
    return saved


def test_the_end_is_reached_in_order_and_begins_again_with_a_reason(page: CasePage, desk: Desk, answers: Hands) -> None:
    _agreed(page, desk)
    assert {"结案", "回复"} <= offered(page)
    answers.typing = [put(), put(), put(), put(reason="又发生争吵")]
    steps(page).conclude()
    assert "回得去" in page.notice.text()
    steps(page).return_result()
    steps(page).conclude()
    case = stored(page, desk)
    assert status(case) == Status.CONCLUDED
    assert case.commission is not None
    assert "达成书面协议" in (case.commission.result or "")
    assert "重办" in offered(page)
    steps(page).reopen()
    assert len(stored(page, desk).reopenings) == 1
    assert page.header.round.text() == "第2次办理"


def test_each_step_leads_to_its_tab_by_key_and_says_its_day(page: CasePage, desk: Desk, operator: Operator) -> None:
    _agreed(page, desk)
    buttons = page.header.steps.buttons
    assert [str(made.state) for made in buttons.values()] == ["未登记"] * 3 + ["已完成"] * 3 + ["现在", "以后"]
    assert buttons["受理"].accessibleName() == "受理：未登记"
    day = desk.today()
    assert buttons["协议"].accessibleName() == f"协议：已完成，{day.year}年{day.month}月{day.day}日"
    assert page.header.steps.accessibleName() == "进度：回访"
    titles = [next(title for title, fields in TABS if STEP_FIELDS[name] in {field.name for field in fields}) for name in STEPS]
    for name, title in zip(STEPS, titles, strict=True):
        buttons[name].setFocus(Qt.FocusReason.TabFocusReason)
        operator.key(ENTER)
        assert TABS[page.tabs.currentIndex()][0] == title
    buttons["受理"].setFocus(Qt.FocusReason.TabFocusReason)
    operator.key(Qt.Key.Key_Right)
    assert buttons["研判"].hasFocus()


def test_what_is_missing_is_a_list_of_links(page: CasePage, desk: Desk) -> None:
    page.side.show_next("组织调解", "sessions")
    page.side.show_missing(required(stored(page, desk), "调解"), page.tabs.knows)
    text = page.side.missing.text()
    assert "href='informed_on'" in text
    assert "第二十三条" in text
    page.side.missing.linkActivated.emit("informed_on")
    assert page.tabs.currentIndex() == 3
    page.side.show_missing((), page.tabs.knows)
    assert page.side.missing.isHidden()


def test_what_was_typed_past_is_still_asked_for(page: CasePage, desk: Desk) -> None:
    _agreed(page, desk)
    text = page.side.missing.text()
    assert "受理：审查是否受理" in text
    assert "href='intake.barred'" in text
    steps(page).accept()
    assert "受理：" not in page.side.missing.text()
    assert str(page.header.steps.buttons["受理"].state) == "已完成"


def test_every_missing_thing_has_a_field(page: CasePage, desk: Desk) -> None:
    for case in (stored(page, desk), accepted(risk="高", parties=()), _agreed(page, desk)):
        for name in STEPS:
            assert all(page.tabs.knows(one.field) for one in required(case, name))


def test_the_block_of_the_sender_comes_with_its_source(page: CasePage) -> None:
    form = page.tabs.form(0)
    assert not form.cells["commission"].isHidden()
    form["commission"].show_value(None)
    form["source"].show_value("当事人申请")
    form["source"].changed.emit()
    assert form.cells["commission"].isHidden()


def test_ticks_keep_the_order_that_nobody_touched(page: CasePage) -> None:
    ticks = Ticks(("甲", "乙", "丙"))
    ticks.show_value(("丙", "别的", "甲"))
    assert ticks.value() == ("丙", "别的", "甲")
    ticks.boxes["乙"].setChecked(True)
    assert ticks.value() == ("甲", "乙", "丙", "别的")


def test_enter_goes_through_the_questions_and_control_enter_past_them(page: CasePage, operator: Operator) -> None:
    page.tabs.reveal("intake.barred")
    first = operator.at()
    assert isinstance(first, QCheckBox)
    operator.key(SPACE)
    assert first.isChecked()
    operator.key(ENTER)
    second = operator.at()
    assert isinstance(second, QCheckBox)
    assert second is not first
    operator.key(ENTER, ctrl=True)
    assert not isinstance(operator.at(), QCheckBox)


@pytest.mark.parametrize("scale", [100, 200])
def test_nothing_is_clipped(window: Window, theme: Theme, page: CasePage, answers: Hands, scale: int) -> None:
    theme.set_scale(scale)
    window.resize(1280, 800)
    found: list[str] = []
    for number in (0, 1, 2, 7):
        page.tabs.show_tab(number)
        settle()
        found += clipped(window)
        sheet = page.tabs._sheets[number]
        paper = sheet.widget()
        assert paper is not None
        assert paper.minimumSizeHint().width() <= sheet.viewport().width()
    answers.typing = [lambda dialog: found.extend(settle() or clipped(dialog))] * 2
    steps(page).decline()
    steps(page).assess()
    assert found == []


def test_a_dialog_is_as_high_as_what_it_asks(page: CasePage, answers: Hands) -> None:
    spare: list[int] = []

    def look(dialog: StepDialog) -> None:
        settle()
        last = list(dialog.form.cells.values())[-1]
        spare.append(dialog.yes.mapTo(dialog, QPoint(0, 0)).y() - last.mapTo(dialog, last.rect().bottomLeft()).y())

    answers.typing = [look, look]
    steps(page).decline()
    steps(page).assess()
    assert all(0 < gap < em(page) for gap in spare)
    assert len(spare) == 2


def test_a_decision_is_not_typed_and_the_cursor_goes_on(page: CasePage, operator: Operator) -> None:
    page.tabs.reveal("intake.decision")
    review = page.tabs.form(0)["intake"]
    assert isinstance(review, Record)
    assert operator.at() is review.form["on"].focusProxy()
    assert not page.unsaved()
