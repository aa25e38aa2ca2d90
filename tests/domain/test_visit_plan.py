"""回访计划: when, how often, and what a visit settles."""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from desktop.domain.agreement import Agreement, Obligation, Outcome
from desktop.domain.case import Case
from desktop.domain.codes import DisputeType, OutcomeKind
from desktop.domain.course_records import Assessment, Conclusion
from desktop.domain.party import Party
from desktop.domain.visit import Visit
from desktop.domain.visit_plan import blank_visit, ended_on, outstanding, planned

SIGNED = date(2025, 3, 1)


def case(kind: DisputeType = "合同", *obligations: Obligation) -> Case:
    agreement = Agreement(form="书面", signed_on=SIGNED, obligations=obligations)
    party = Party(role="申请人", kind="自然人", name="普家顺")
    return Case(type=kind, registered_on=SIGNED, summary="", parties=(party,), agreement=agreement)


def days(found: tuple[date, ...]) -> list[int]:
    return [(day - SIGNED).days for day in found]


@pytest.mark.parametrize("kind", ["婚姻家庭", "邻里"])
def test_family_and_neighbours_are_visited_three_times(kind: DisputeType) -> None:
    assert days(planned(case(kind))) == [7, 30, 90]


def test_so_is_what_was_ever_at_risk() -> None:
    assert days(planned(msgspec.structs.replace(case(), risk="中"))) == [7, 30, 90]
    assert days(planned(msgspec.structs.replace(case(), risk="低", assessments=(Assessment(risk="高"),)))) == [7, 30, 90]


def test_any_other_once_after_30_days_or_after_the_last_obligation() -> None:
    assert days(planned(case())) == [30]
    one, two = (Obligation(act="修", due_on=date(2025, 3, day)) for day in (5, 8))
    assert days(planned(case("合同", one, two))) == [10]
    assert days(planned(case("合同", one, Obligation(act="修")))) == [30]
    assert days(planned(case("合同", Obligation(amount=1, due_on=SIGNED, repeat="每月")))) == [30]


def test_nothing_is_planned_before_the_end() -> None:
    open_case = msgspec.structs.replace(case(), agreement=None)
    assert ended_on(open_case) is None
    assert planned(open_case) == outstanding(open_case) == ()


@pytest.mark.parametrize(("kind", "expected"), [("调解不成", [30]), ("稳控", [30]), ("撤回", []), ("不予受理", []), ("移送", [])])
def test_without_an_agreement(kind: OutcomeKind, expected: list[int]) -> None:
    failed = msgspec.structs.replace(case(), agreement=None, outcome=Outcome(kind=kind, on=SIGNED))
    assert days(planned(failed)) == expected


@pytest.mark.parametrize(
    ("visited", "left"),
    [
        ([], [7, 30, 90]),
        ([1], [30, 90]),
        ([5], [30, 90]),
        ([28], [90]),
        ([7, 31], [90]),
        ([88], []),
        ([-3], [7, 30, 90]),
    ],
)
def test_a_visit_counts_for_the_nearest_day_and_those_before(visited: list[int], left: list[int]) -> None:
    visits = tuple(Visit(on=date.fromordinal(SIGNED.toordinal() + number)) for number in visited)
    assert days(outstanding(msgspec.structs.replace(case("邻里"), visits=visits))) == left


def test_what_a_visit_agreed_on_is_planned_too() -> None:
    first = Visit(on=date(2025, 3, 8), next_on=date(2025, 3, 15))
    assert days(outstanding(msgspec.structs.replace(case("邻里"), visits=(first,)))) == [14, 29 + 1, 90]
    second = Visit(on=date(2025, 3, 15))
    assert days(outstanding(msgspec.structs.replace(case("邻里"), visits=(first, second)))) == [30, 90]


@pytest.mark.parametrize(
    ("filed", "visited", "left"), [(7, [], [7, 30, 90]), (8, [], [30, 90]), (8, [31], [90]), (8, [88], []), (91, [], [])]
)
def test_filing_ends_only_the_visits_of_the_days_before(filed: int, visited: list[int], left: list[int]) -> None:
    visits = tuple(Visit(on=SIGNED + timedelta(days=number)) for number in visited)
    given = msgspec.structs.replace(case("邻里"), closed_on=SIGNED + timedelta(days=filed), visits=visits)
    assert days(outstanding(given)) == left


@pytest.mark.parametrize(
    ("more", "visited", "left"),
    [
        ({}, [], [30]),
        ({"conclusion": Conclusion(on=SIGNED, note="双方已经和好")}, [], [30, 40]),
        ({"conclusion": Conclusion(on=SIGNED, note="双方已经和好")}, [29], [40]),
        ({"conclusion": Conclusion(on=SIGNED), "closed_on": SIGNED + timedelta(days=35)}, [], [40]),
        ({"conclusion": Conclusion(on=SIGNED), "closed_on": SIGNED + timedelta(days=35)}, [39], []),
    ],
)
def test_the_review_of_what_was_concluded_in_stability_is_a_visit(more: dict[str, Any], visited: list[int], left: list[int]) -> None:
    kept = Outcome(kind="稳控", on=SIGNED, responsible="赵六", review_on=SIGNED + timedelta(days=40))
    visits = tuple(Visit(on=SIGNED + timedelta(days=number)) for number in visited)
    given = msgspec.structs.replace(case(), agreement=None, outcome=kept, visits=visits, **more)
    assert days(outstanding(given)) == left


def test_a_blank_visit_has_no_results() -> None:
    assert blank_visit(case(), "李正平") == Visit(by="李正平", party="普家顺")


def test_years_that_the_calendar_does_not_have() -> None:
    late = msgspec.structs.replace(case("邻里"), agreement=Agreement(signed_on=date.max))
    assert len(planned(late)) == 3
