"""A tick is only for what is on record; what was passed over is told until it is there."""

from datetime import date
from typing import Any

import pytest

from desktop.domain.agreement import Agreement, Outcome
from desktop.domain.case import Case
from desktop.domain.course_records import Assessment, Conclusion, Intake, Routing
from desktop.domain.lacking import required, still_lacking
from desktop.domain.session import Session
from desktop.domain.standing import STEPS, step
from desktop.domain.step_marks import Mark, marks
from desktop.domain.visit import Visit
from tests.domain.samples import PATHS, accepted, sample

SIGNS = {Mark.DONE: "✓", Mark.PRESENT: "●", Mark.COMING: "○", Mark.SKIPPED: "!", Mark.NEEDLESS: "-"}
TAKEN: dict[str, Any] = {"intake": Intake(decision="受理", on=date(2026, 1, 6))}
KNOWN = TAKEN | {"assessments": (Assessment(risk="低"),), "risk": "低", "routings": (Routing(kind="分流", level=1),), "level": 1}
MET: dict[str, Any] = {"sessions": (Session(kind="调解记录"),)}
AGREED: dict[str, Any] = MET | {"agreement": Agreement(form="书面", signed_on=date(2026, 1, 31))}
SEEN: dict[str, Any] = {"visits": (Visit(on=date(2026, 2, 1), performance="全部履行"),)}
ENDED: dict[str, Any] = {"conclusion": Conclusion(on=date(2026, 3, 1), note="双方另行起诉")}


def _ended(kind: Any, **fields: Any) -> dict[str, Any]:
    return {"outcome": Outcome(kind=kind, on=date(2026, 1, 20))} | fields


@pytest.mark.parametrize(
    ("fields", "signs"),
    [
        ({}, "●○○○○○○○"),
        (TAKEN, "✓●○○○○○○"),
        (MET, "!!!●○○○○"),
        (AGREED, "!!!✓●○○○"),
        (KNOWN | AGREED, "✓✓✓✓●○○○"),
        ({"agreement": AGREED["agreement"]}, "!!!!●○○○"),
        (TAKEN | {"risk": "低", "level": 2} | AGREED, "✓✓✓✓●○○○"),
        ({"intake": Intake(decision="受理", mode="即采即办")} | AGREED, "✓!-✓●○○○"),
        (AGREED | SEEN, "!!!✓✓✓●○"),
        (AGREED | ENDED, "!!!✓✓!!●"),
        (KNOWN | AGREED | SEEN | ENDED, "✓✓✓✓✓✓✓●"),
        (_ended("不予受理", intake=Intake(decision="不予受理")), "●○○○○○○○"),
        (_ended("不予受理", **ENDED), "!---✓--●"),
        (_ended("移送", **TAKEN), "✓!●○○○○○"),
        (_ended("移送", **KNOWN, **ENDED), "✓✓✓-✓--●"),
        (_ended("撤回", **TAKEN, type="合同", **ENDED), "✓!!-✓--●"),
        (_ended("撤回", **TAKEN, **ENDED), "✓!!-✓-!●"),  # 邻里: followed up closely
        (_ended("调解不成", **KNOWN, **MET, type="合同"), "✓✓✓●○○○○"),
        (_ended("调解不成", **KNOWN, **ENDED), "✓✓✓!✓-!●"),
    ],
)
def test_each_step_has_the_mark_of_what_is_on_record(fields: dict[str, Any], signs: str) -> None:
    found = marks(accepted(**fields))
    assert tuple(found) == STEPS
    assert "".join(SIGNS[mark] for mark in found.values()) == signs


@pytest.mark.parametrize(
    ("fields", "lacks"),
    [
        ({}, []),
        (TAKEN, []),
        (MET, ["受理", "研判", "分流"]),
        (KNOWN | MET, []),
        (KNOWN | MET | {"risk": "高"}, ["研判", "研判"]),  # not told the police, no plan
        (AGREED, ["受理", "研判", "分流", "调解", "调解"]),  # no mediator, rights not told
        (AGREED | SEEN | ENDED, ["受理", "研判", "分流"]),
        (KNOWN | AGREED | ENDED, []),  # the conclusion has decided on performance and visits
        (AGREED | ENDED | {"closed_on": date(2026, 3, 2)}, []),
    ],
)
def test_what_was_passed_over_is_named_after_what_is_next(fields: dict[str, Any], lacks: list[str]) -> None:
    case = accepted(**fields)
    own = required(case, step(case))
    found = still_lacking(case)
    assert found[: len(own)] == own
    assert [one.text.partition("：")[0] for one in found[len(own) :]] == lacks


@pytest.mark.parametrize("number", PATHS)
def test_every_lack_of_a_sample_is_told_once(number: str) -> None:
    found = still_lacking(sample(number))
    assert len(set(found)) == len(found)
    assert all(one.field for one in found)


def test_the_present_step_is_one() -> None:
    cases: list[Case] = [accepted(), accepted(**AGREED), *(sample(number) for number in PATHS)]
    assert all([name for name, mark in marks(case).items() if mark == Mark.PRESENT] == [step(case)] for case in cases)
