"""What a save may not alter of a signed agreement, and that every save and every step of the course can be taken back."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from msgspec.structs import replace

from desktop.domain.agreement import Agreement, Clause, Obligation, Outcome
from desktop.domain.case import Case
from desktop.domain.course import Status, status
from desktop.domain.course_records import Conclusion, Reopening
from desktop.domain.refused import Refused
from desktop.domain.session import Session
from desktop.domain.signed_terms import TermsBind
from desktop.domain.visit import Visit
from desktop.services import cases, course
from desktop.services.cases import Saved
from desktop.services.desk import Desk
from desktop.services.unsaving import ChangedSince, RegistrationStands, save_again, unsave
from tests.domain.samples import accepted

TERMS = Agreement(
    form="书面",
    facts="滴水。",
    clauses=(Clause(text="李四赔偿＿＿元。"),),
    obligations=(Obligation(payer="李四", payee="张三", amount=100_00, due_on=date(2026, 3, 10)),),
)


@pytest.fixture
def signed(desk: Desk) -> Case:
    """A case whose agreement was signed with a blank that was filled by hand."""
    terms = replace(TERMS, signed_on=date(2026, 3, 1))
    return cases.load(desk, cases.register(desk, accepted(informed_on=date(2026, 1, 6), agreement=terms)).id)


def _with_terms(case: Case, **fields: object) -> Case:
    assert case.agreement
    return replace(case, agreement=replace(case.agreement, **fields))


def test_the_terms_stand_until_the_day_of_signing_is_taken_out(desk: Desk, signed: Case) -> None:
    with pytest.raises(TermsBind, match=r"履行事项不能直接修改.*。$"):
        cases.save(desk, signed, _with_terms(signed, obligations=()))
    assert cases.load(desk, signed.id) == signed
    opened = cases.save(desk, signed, _with_terms(signed, signed_on=None)).case
    right = cases.save(desk, opened, _with_terms(opened, obligations=(), signed_on=date(2026, 3, 1))).case
    assert (status(right), right.agreement and right.agreement.obligations) == (Status.AGREED, ())


def test_a_form_that_is_behind_does_not_alter_what_was_signed_meanwhile(desk: Desk, signed: Case) -> None:
    draft = cases.save(desk, signed, _with_terms(signed, signed_on=None)).case
    cases.save(desk, draft, _with_terms(draft, signed_on=date(2026, 3, 2)))
    with pytest.raises(TermsBind):
        cases.save(desk, draft, _with_terms(draft, clauses=()))


def test_what_was_filled_in_is_taken_back(desk: Desk, signed: Case) -> None:
    assert signed.agreement
    (blank,), (owed,) = signed.agreement.clauses, signed.agreement.obligations
    more = _with_terms(signed, clauses=(replace(blank, text="李四赔偿100元。"),), obligations=(owed, Obligation(payer="李四", act="道歉")))
    filled = cases.save(desk, signed, replace(more, parties=(*signed.parties, replace(signed.parties[0], id="", role="第三人")))).case
    called = cases.save(desk, filled, replace(filled, summary="另一句")).case
    back = unsave(desk, signed, filled, called)
    assert (back.agreement, back.parties, back.summary) == (signed.agreement, signed.parties, "另一句")


def test_a_correction_and_the_signing_are_taken_back(desk: Desk, signed: Case) -> None:
    opened = cases.save(desk, signed, _with_terms(signed, signed_on=None, clauses=(), obligations=())).case
    assert unsave(desk, signed, opened, opened).agreement == signed.agreement
    with pytest.raises(RegistrationStands):
        unsave(desk, accepted(), signed, signed)


def test_words_that_others_wrote_in_the_same_field_stand(desk: Desk) -> None:
    case = cases.load(desk, cases.register(desk, accepted(summary="一", place="甲")).id)
    mine = cases.save(desk, case, replace(case, summary="二", place="乙")).case
    theirs = cases.save(desk, mine, replace(mine, summary="三")).case
    with pytest.raises(ChangedSince, match=r"^这一步以后，“简要情况”又改过了，所以不能撤销；.*。$"):
        unsave(desk, case, mine, theirs)
    assert cases.load(desk, case.id) == theirs
    beside = cases.save(desk, theirs, replace(theirs, summary="二", recorder="杨娟")).case
    back = unsave(desk, case, mine, beside)
    assert (back.summary, back.place, back.recorder) == ("一", "甲", "杨娟")
    again = save_again(desk, case, mine, back)
    assert (again.summary, again.place, again.recorder) == ("二", "乙", "杨娟")
    back = unsave(desk, case, mine, again)
    changed = cases.save(desk, back, replace(back, place="丙")).case
    with pytest.raises(ChangedSince, match="“发生地点”又改过了，所以不能重做"):
        save_again(desk, case, mine, changed)


def test_what_has_not_ended_is_not_taken_up_again(desk: Desk, signed: Case) -> None:
    with pytest.raises(Refused, match=r"还没有结案、归档的不用重新办理.*。$"):
        course.reopen(desk, signed, "又争吵")
    with pytest.raises(Refused, match="不用重新办理"):
        cases.save(desk, signed, replace(signed, reopenings=(Reopening(reason="又争吵"),)))


MET: dict[str, Any] = {"informed_on": date(2026, 1, 6), "sessions": (Session(kind="调解记录", started_at="2026-03-01T09:00"),)}
VISITED: dict[str, Any] = MET | {
    "outcome": Outcome(kind="调解不成", on=date(2026, 3, 1), advised=("诉讼",)),
    "visits": (Visit(on=date(2026, 3, 2)),),
}
TAKEN = {
    "accepted": ({}, course.accept),
    "declined": ({}, partial(course.decline, reason="不属于本委员会受理范围", guided_to=("诉讼",))),
    "guided": ({}, partial(course.guide, guided_to=("仲裁",))),
    "assessed": ({"risk": "低"}, partial(course.assess, risk="高")),
    "told the police": ({}, course.report_to_police),
    "routed": ({}, partial(course.route, level=1)),
    "escalated": ({"level": 1}, partial(course.escalate, level=2, reason="现场调解不了")),
    "transferred": ({}, partial(course.transfer, to=("自然资源所",), reason="专业性强")),
    "called": ({}, partial(course.whistle, to=("城管中队",), reason="占道")),
    "concluded": (VISITED, course.conclude),
    "reopened": (
        VISITED | {"conclusion": Conclusion(on=date(2026, 3, 2), by="杨娟", office="石桥村")},
        partial(course.reopen, reason="又争吵"),
    ),
}


@pytest.mark.parametrize(("fields", "step"), TAKEN.values(), ids=TAKEN)
def test_every_step_of_the_course_is_taken_back(desk: Desk, fields: dict[str, Any], step: Callable[[Desk, Case], Saved]) -> None:
    case = cases.load(desk, cases.register(desk, accepted(**fields)).id)
    after = step(desk, case).case
    assert after != case
    back = unsave(desk, case, after, after)
    assert replace(back, seen=()) == replace(case, seen=())


def test_a_whole_case_that_was_typed_at_once_is_taken_back(desk: Desk) -> None:
    case = cases.load(desk, cases.register(desk, accepted()).id)
    agreed = cases.save(desk, case, replace(case, **MET, agreement=replace(TERMS, signed_on=date(2026, 3, 1)))).case
    back = unsave(desk, case, agreed, agreed)
    assert (status(back), back.sessions, back.agreement) == (Status.ACCEPTED, (), None)


def test_a_visit_after_filing_is_taken_back_and_nothing_else_of_it(desk: Desk) -> None:
    filed = accepted(**VISITED, conclusion=Conclusion(on=date(2026, 3, 2)), closed_on=date(2026, 3, 2))
    case = cases.load(desk, cases.register(desk, filed).id)
    after = cases.save(desk, case, replace(case, visits=(*case.visits, Visit(on=date(2026, 3, 2))))).case
    assert unsave(desk, case, after, after).visits == case.visits
    with pytest.raises(Refused, match="重新打开"):
        unsave(desk, replace(after, summary="别的"), after, cases.load(desk, case.id))
