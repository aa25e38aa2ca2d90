"""How each step of a dispute is marked: done, present, to come, passed over without a record, or not asked for (design.md section 7).

A tick says that something is on record. A step that was only typed past is told of, so that it can still be written down.
"""

from enum import StrEnum

from desktop.domain import visit_plan
from desktop.domain.case import Case
from desktop.domain.standing import STEPS, is_signed, is_turned_away, step


class Mark(StrEnum):
    """What the head of a case says of a step, in words."""

    DONE = "已完成"
    PRESENT = "现在"
    COMING = "以后"
    SKIPPED = "未登记"
    NEEDLESS = "不需要"


def marks(case: Case) -> dict[str, Mark]:
    """The mark of every step of `standing.STEPS`, in their order."""
    at = STEPS.index(step(case))
    behind = {name: _behind(case, name) for name in STEPS[:at]}
    return behind | {STEPS[at]: Mark.PRESENT} | dict.fromkeys(STEPS[at + 1 :], Mark.COMING)


def _behind(case: Case, name: str) -> Mark:
    if _is_recorded(case, name):
        return Mark.DONE
    return Mark.SKIPPED if _is_needed(case, name) else Mark.NEEDLESS


def _is_recorded(case: Case, name: str) -> bool:
    performed = any(visit.performance for visit in case.visits)
    recorded: dict[str, object] = {
        "受理": case.intake and case.intake.decision,
        "研判": case.assessments or case.risk,
        "分流": case.routings or case.level,
        "调解": case.sessions,
        "协议": is_signed(case) or case.outcome,
        "履行": case.fulfilments or performed,
        "回访": case.visits,
    }
    return bool(recorded[name])


def _is_needed(case: Case, name: str) -> bool:
    """Whether the course of this dispute leads through the step: one that was not taken is neither assessed nor mediated."""
    turned_away = is_turned_away(case) or (case.outcome is not None and case.outcome.kind == "不予受理")
    mediated = not turned_away and not (case.outcome and case.outcome.kind in ("移送", "撤回"))
    needed: dict[str, bool] = {
        "研判": not turned_away,
        "分流": not turned_away and not (case.intake and case.intake.mode == "即采即办"),
        "调解": mediated,
        "履行": is_signed(case),
        "回访": bool(visit_plan.planned(case)),
    }
    return needed.get(name, True)
