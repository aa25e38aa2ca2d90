"""What an operator does in the course of a dispute: each step says who, when and which office, and the law holds."""

from collections.abc import Callable
from datetime import date

import msgspec
import pytest

from desktop.domain.agreement import Agreement, Clause, Obligation, Outcome
from desktop.domain.case import Case
from desktop.domain.course import IllegalStep, Status, status
from desktop.domain.course_records import Commission, Plan
from desktop.domain.session import Session
from desktop.domain.visit import Visit
from desktop.services import cases, course, documents, past
from desktop.services.desk import Desk
from tests.domain.samples import accepted
from tests.store.dump import dump

TODAY = date(2026, 3, 2)
HERE = ("杨娟", "石桥村", TODAY)
SIGNED = Agreement(
    form="书面", signed_on=TODAY, facts="滴水。", clauses=(Clause(text="停止滴水。"),), obligations=(Obligation(act="停止滴水"),)
)
MEETING = Session(kind="调解记录", result="达成协议")


@pytest.fixture
def case(desk: Desk) -> Case:
    return cases.load(desk, cases.register(desk, accepted(source="法院委托移送", commission=Commission(sender="某法院"))).id)


def _changed(desk: Desk, case: Case, **fields: object) -> Case:
    return cases.save(desk, case, msgspec.structs.replace(case, **fields)).case


def _marks(record: object) -> tuple[object, ...]:
    return tuple(getattr(record, name) for name in ("by", "office", "on"))


def test_what_was_declined_can_be_taken_after_all(desk: Desk, case: Case) -> None:
    declined = course.decline(desk, case, "不属于本委员会受理范围", ("诉讼",)).case
    assert status(declined) == Status.DECLINED
    assert declined.intake is not None
    assert declined.outcome is not None
    assert _marks(declined.intake) == HERE
    assert (declined.outcome.reason, declined.outcome.advised, declined.outcome.on) == ("不属于本委员会受理范围", ("诉讼",), TODAY)
    assert "不予受理通知书" in [sheet.kind for sheet in documents.sheets(desk, declined)]
    taken = course.accept(desk, declined, "采办分离").case
    assert (status(taken), taken.outcome) == (Status.ACCEPTED, None)
    assert taken.intake is not None
    assert (taken.intake.decision, taken.intake.mode, taken.intake.reason) == ("受理", "采办分离", None)
    assert _marks(taken.intake) == HERE


def test_who_is_guided_elsewhere_is_not_mediated(desk: Desk, case: Case) -> None:
    guided = course.guide(desk, case, ("仲裁",), "工资争议").case
    assert (status(guided), guided.intake and guided.intake.guided_to) == (Status.DECLINED, ("仲裁",))
    with pytest.raises(IllegalStep, match="第十七条"):
        _changed(desk, guided, informed_on=TODAY, sessions=(MEETING,))


def test_a_village_assesses_in_two_stages_and_leaves_the_third(desk: Desk, case: Case) -> None:
    case = course.assess(desk, case, "高", ("持械",), "请镇里来").case
    case = course.assess(desk, case, "中").case
    assert [(one.stage, one.risk) for one in case.assessments] == [("初定", "高"), ("议定", "中")]
    assert (case.risk, case.risk_factors) == ("中", ("持械",))
    assert _marks(case.assessments[1]) == HERE
    before = dump(desk.database)
    with pytest.raises(course.NotThisStage, match=r"审定.*。$"):
        course.assess(desk, case, "低", stage="审定")
    assert dump(desk.database) == before


def test_the_levels_go_up(desk: Desk, case: Case) -> None:
    case = course.route(desk, case, 1).case
    case = course.escalate(desk, case, 2, "现场调解不了", ("联调室",)).case
    assert case.level == 2
    assert _marks(case.routings[1]) == HERE
    with pytest.raises(IllegalStep, match="只能向上"):
        course.escalate(desk, case, 1, "退回")
    case = course.escalate(desk, case, 3, "跨界").case
    assert [(one.kind, one.level) for one in case.routings] == [("分流", 1), ("升级", 2), ("升级", 3)]


def test_those_who_were_called_answer_one_after_the_other(desk: Desk, case: Case) -> None:
    case = course.whistle(desk, case, ("城管中队", "派出所"), "占道经营").case
    called = case.routings[0].id
    case = course.answer(desk, case, called, "城管中队到场", date(2026, 3, 1)).case
    case = course.answer(desk, case, called, "派出所到场，已清理").case
    assert (case.routings[0].answer, case.routings[0].answered_on) == ("城管中队到场\n派出所到场，已清理", TODAY)
    with pytest.raises(course.NoSuchRouting, match=r"。$"):
        course.answer(desk, case, "0" * 32, "x")
    case = course.report_up(desk, case, ("云溪县综治中心",), "跨区域").case
    assert case.routings[1].to == ("云溪县综治中心",)


def test_a_transfer_ends_the_dispute_here(desk: Desk, case: Case) -> None:
    gone = course.transfer(desk, case, ("自然资源所",), "专业性强").case
    assert status(gone) == Status.REFERRED
    assert "委托移送函" in [sheet.kind for sheet in documents.sheets(desk, gone)]


def test_plan_help_and_police(desk: Desk, case: Case) -> None:
    plan = Plan(text="先劝后调", leader="杨镇长", members=("李正平", "王芳"))
    case = cases.save(desk, case, msgspec.structs.replace(case, plan=plan)).case
    assert case.plan is not None
    assert (case.plan.leader, case.plan.made_on) == ("杨镇长", TODAY)
    case = course.support(desk, case, "心理疏导", "县医院").case
    assert (case.supports[0].kind, case.supports[0].on) == ("心理疏导", TODAY)
    assert course.report_to_police(desk, case).case.police_reported_at == "2026-03-02T09:30"


def test_from_agreement_to_filing_and_back(desk: Desk, case: Case) -> None:
    agreed = _changed(desk, case, informed_on=TODAY, sessions=(MEETING,), agreement=SIGNED)
    with pytest.raises(IllegalStep, match="履行"):
        course.conclude(desk, agreed)
    performed = _changed(desk, agreed, visits=(Visit(on=TODAY, performance="全部履行"),))
    with pytest.raises(IllegalStep, match="回得去"):
        course.conclude(desk, performed)
    assert "书面协议" in course.proposed_result(performed)
    answered = course.return_result(desk, performed, course.proposed_result(performed)).case
    assert answered.commission is not None
    assert (answered.commission.returned_on, answered.commission.returned_by) == (TODAY, "杨娟")
    done = course.conclude(desk, answered).case
    assert (status(done), _marks(done.conclusion)) == (Status.CONCLUDED, HERE)
    filed = _changed(desk, done, closed_on=TODAY)
    with pytest.raises(IllegalStep, match="原因"):
        course.reopen(desk, filed, "")
    again = course.reopen(desk, filed, "再次争吵").case
    assert (again.number, again.conclusion, again.closed_on) == (case.number, None, None)
    assert _marks(again.reopenings[0]) == HERE
    assert status(again) == Status.PERFORMED


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (None, ""),
        (Outcome(kind="调解不成", reason="差距大。", advised=("诉讼",)), "调解不成：差距大，已告知当事人可以通过诉讼等途径维护权利"),
    ],
)
def test_the_proposed_result(outcome: Outcome | None, words: str) -> None:
    assert course.proposed_result(accepted(outcome=outcome)) == words


STEPS: list[tuple[Callable[[Desk, Case], object], str]] = [
    (course.accept, "决定受理"),
    (lambda desk, case: course.assess(desk, case, "低"), "初定低风险"),
    (lambda desk, case: course.whistle(desk, case, ("城管",), "占道"), "吹哨请城管报到：占道"),
]


@pytest.mark.parametrize(("step", "words"), STEPS)
def test_the_timeline_names_the_step(desk: Desk, case: Case, step: Callable[[Desk, Case], object], words: str) -> None:
    step(desk, case)
    event = past.timeline(desk, case.id)[-1]
    assert words in event.text
    assert (event.office, event.operator) == ("石桥村", "杨娟")
