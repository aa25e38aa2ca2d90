"""What each step still lacks, and where it is entered."""

from datetime import date
from typing import Any

import pytest

from desktop.domain.agreement import Agreement, Obligation, Outcome
from desktop.domain.case import Case
from desktop.domain.course import STEPS, step_days
from desktop.domain.course_records import Assessment, Conclusion, Intake, Plan, Routing
from desktop.domain.labels import words
from desktop.domain.lacking import required
from desktop.domain.session import Session
from desktop.domain.standing import step
from desktop.domain.visit import Visit
from tests.domain.samples import PATHS, accepted, sample

TAKEN: dict[str, Any] = {"intake": Intake(decision="受理", on=date(2026, 1, 6))}
SIGNED = Agreement(form="书面", signed_on=date(2026, 1, 31), obligations=(Obligation(id="7" * 32, payer="李四", act="停止滴水"),))


@pytest.mark.parametrize(
    ("case", "step", "fields"),
    [
        (accepted(), "受理", ["intake.barred"]),
        (accepted(parties=(), source="法院委托移送"), "受理", ["parties", "commission.sender", "intake.barred"]),
        (accepted(**TAKEN), "受理", []),
        (accepted(), "研判", ["risk"]),
        (accepted(risk="高"), "研判", ["police_reported_at", "plan.leader"]),
        (accepted(risk="高", police_reported_at="2026-01-05T09:00", plan=Plan(leader="杨镇长")), "研判", []),
        (accepted(), "分流", ["level"]),
        (accepted(level=1, routings=(Routing(kind="分流"), Routing(kind="上报", to=("某县",)))), "分流", ["routings[1].answered_on"]),
        (accepted(), "调解", ["mediators", "informed_on", "sessions"]),
        (accepted(outcome=Outcome(kind="撤回")), "调解", []),
        (accepted(), "协议", ["agreement.form", "agreement.facts", "agreement.clauses", "agreement.obligations", "agreement.signed_on"]),
        (accepted(outcome=Outcome(kind="调解不成")), "协议", ["outcome.on", "outcome.reason", "outcome.advised"]),
        (accepted(intake=Intake(decision="引导")), "协议", ["outcome.kind"]),
        (accepted(agreement=SIGNED), "履行", ["fulfilments"]),
        (accepted(), "履行", []),
        (accepted(agreement=SIGNED), "回访", ["visits", "visits", "visits"]),
        (accepted(), "归档", ["conclusion.on", "closed_on"]),
        (accepted(outcome=Outcome(kind="撤回")), "归档", ["conclusion.on", "closed_on"]),
        (accepted(conclusion=Conclusion(on=date(2026, 2, 1))), "归档", ["closed_on"]),
        (accepted(closed_on=date(2026, 2, 1)), "归档", []),
    ],
)
def test_what_is_missing(case: Case, step: str, fields: list[str]) -> None:
    found = required(case, step)
    assert [one.field for one in found] == fields
    assert all(one.text for one in found)


@pytest.mark.parametrize("number", PATHS)
@pytest.mark.parametrize("name", STEPS)
def test_every_place_has_a_name(number: str, name: str) -> None:
    assert all(words(one.field) for one in required(sample(number), name))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [({}, "受理"), (TAKEN, "研判"), (TAKEN | {"risk": "低"}, "分流"), (TAKEN | {"risk": "低", "level": 1}, "调解")],
)
def test_the_step_of_what_was_accepted(fields: dict[str, Any], expected: str) -> None:
    assert step(accepted(**fields)) == expected


def test_each_step_that_lies_behind_has_its_day() -> None:
    case = accepted(
        **TAKEN,
        assessments=(Assessment(on=date(2026, 1, 7)), Assessment(on=date(2026, 1, 9))),
        routings=(Routing(on=date(2026, 1, 10)),),
        sessions=(Session(kind="调解记录", started_at="2026-01-12T09:00"), Session(kind="调解记录")),
        agreement=SIGNED,
        visits=(Visit(on=date(2026, 2, 9), performance="全部履行"),),
        conclusion=Conclusion(on=date(2026, 2, 10)),
    )
    days = [(1, 6), (1, 9), (1, 10), (1, 12), (1, 31), (2, 9), (2, 9), (2, 10)]
    assert step_days(case) == {name: date(2026, *day) for name, day in zip(STEPS, days, strict=True)}
    assert step_days(accepted()) == {"受理": date(2026, 1, 5)}
