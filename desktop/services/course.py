"""What an operator does in the course of a dispute, one function a use case: each fills in who, when and which office.

All write through `services.cases.save`, which refuses what law or rule forbids (`IllegalStep`) and what this office has left (`NotOurs`).
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from desktop.domain import assessing
from desktop.domain.agreement import Outcome
from desktop.domain.attributed import attributed
from desktop.domain.case import Case
from desktop.domain.codes import AssessmentStage, HandlingMode, Risk, RoutingKind, SupportKind
from desktop.domain.course_records import Assessment, Commission, Conclusion, Intake, Reopening, Routing, Support
from desktop.domain.refused import Refused
from desktop.services import cases
from desktop.services.cases import Saved
from desktop.services.desk import Desk


class NotThisStage(Refused):
    """An office decides a stage that belongs to one above it."""

    def __init__(self, stage: str) -> None:
        super().__init__(f"风险等级由乡镇（街道）{stage}，本单位请登记初定或者议定。")


class NoSuchRouting(Refused):
    """The record that was to be answered is gone."""

    def __init__(self) -> None:
        super().__init__("要答复的分流记录已经删去，请重新打开这件纠纷后再登记。")


# --- 受理 ---


def accept(desk: Desk, case: Case, mode: HandlingMode | None = None, note: str | None = None) -> Saved:
    """Take the dispute (受理). What was declined before is taken again: the outcome 不予受理 goes. The 受理通知书 fills itself."""
    now = case.intake or Intake()
    decided = msgspec.structs.replace(now, decision="受理", on=None, by=None, office=None, reason=None, guided_to=(), note=note or now.note)
    outcome = None if case.outcome and case.outcome.kind == "不予受理" else case.outcome
    return _saved(desk, case, intake=_with_mode(decided, mode), outcome=outcome)


def decline(desk: Desk, case: Case, reason: str, guided_to: Sequence[str], note: str | None = None) -> Saved:
    """Decline the dispute (不予受理) for a reason, and tell of other ways. The 不予受理通知书 fills itself."""
    ways = tuple(guided_to)
    decided = _decided(case, "不予受理", reason=reason or None, guided_to=ways, note=note)
    outcome = Outcome(kind="不予受理", on=desk.today(), reason=reason or None, advised=ways)
    return _saved(desk, case, intake=decided, outcome=outcome)


def guide(desk: Desk, case: Case, guided_to: Sequence[str], note: str | None = None) -> Saved:
    """Show the parties another way (引导): it is not taken here."""
    ways = tuple(guided_to)
    decided = _decided(case, "引导", guided_to=ways, note=note)
    outcome = Outcome(kind="不予受理", on=desk.today(), reason=note or "引导当事人通过其他途径解决", advised=ways)
    return _saved(desk, case, intake=decided, outcome=outcome)


def _decided(case: Case, decision: str, **fields: Any) -> Intake:
    """The intake with its answers and another decision."""
    return msgspec.structs.replace(case.intake or Intake(), decision=decision, on=None, by=None, office=None, **fields)


def _with_mode(intake: Intake, mode: HandlingMode | None) -> Intake:
    return msgspec.structs.replace(intake, mode=mode) if mode else intake


def return_result(desk: Desk, case: Case, result: str, on: date | None = None) -> Saved:
    """Register that the result went back to who sent the dispute (回复函)."""
    back = {"result": result or None, "returned_on": on or desk.today(), "returned_by": _who(desk)}
    return _saved(desk, case, commission=msgspec.structs.replace(case.commission or Commission(), **back))


def proposed_result(case: Case) -> str:
    """What the sender is told, to be looked at and changed: the agreement, or the end without one."""
    if case.agreement and case.agreement.signed_on:
        return f"调解成功，{_chinese(case.agreement.signed_on)}达成{case.agreement.form or ''}协议（编号{case.number or '见协议书'}）"
    if case.outcome is None:
        return ""
    advised = f"，已告知当事人可以通过{'、'.join(case.outcome.advised)}等途径维护权利" if case.outcome.advised else ""
    return f"{case.outcome.kind}{'：' + case.outcome.reason.rstrip('。') if case.outcome.reason else ''}{advised}"


# --- 研判 ---


def assess(
    desk: Desk,
    case: Case,
    risk: Risk,
    factors: Sequence[str] = (),
    opinion: str | None = None,
    stage: AssessmentStage | None = None,
) -> Saved:
    """Assess the risk of the dispute; without a stage that which comes next. The level of the dispute follows.

    Raises `NotThisStage` where the stage belongs to an office above (三定, domain.md 2.7).
    """
    level = desk.office.level
    stage = stage or assessing.next_stage(case, level)
    if stage not in assessing.stages_of(level):
        raise NotThisStage(stage)
    made = Assessment(stage=stage, risk=risk, factors=tuple(factors), opinion=opinion or None)
    return _saved(desk, case, assessments=(*case.assessments, made), risk=risk, risk_factors=tuple(factors) or case.risk_factors)


def report_to_police(desk: Desk, case: Case, at: str | None = None) -> Saved:
    """Register that the police were told (人民调解法 Art. 25), now or at the moment `at`."""
    return _saved(desk, case, police_reported_at=at or desk.now()[:16])


def support(desk: Desk, case: Case, kind: SupportKind, provider: str | None = None, on: date | None = None) -> Saved:
    """Register help that was arranged: counselling, legal aid and the like."""
    made = Support(kind=kind, provider=provider or None, on=on or desk.today())
    return _saved(desk, case, supports=(*case.supports, made))


# --- 分流 ---


def route(desk: Desk, case: Case, level: int, to: Sequence[str] = (), reason: str | None = None) -> Saved:
    """Give the dispute to one of the three levels (抓三级)."""
    return _routed(desk, case, "分流", to, reason, level=level)


def escalate(desk: Desk, case: Case, level: int, reason: str, to: Sequence[str] = ()) -> Saved:
    """Take the dispute to a higher level, with the reason."""
    return _routed(desk, case, "升级", to, reason, level=level)


def transfer(desk: Desk, case: Case, to: Sequence[str], reason: str) -> Saved:
    """Pass the dispute on to another body (移送): it ends here with the outcome 移送. The 委托移送函 fills itself."""
    outcome = Outcome(kind="移送", on=desk.today(), reason=reason or None)
    return _routed(desk, case, "移送", to, reason, outcome=outcome)


def whistle(desk: Desk, case: Case, to: Sequence[str], reason: str) -> Saved:
    """Call bodies together (吹哨); who comes is registered with `answer`."""
    return _routed(desk, case, "吹哨", to, reason)


def report_up(desk: Desk, case: Case, to: Sequence[str], reason: str) -> Saved:
    """Report what crosses departments or areas to the level above (上报)."""
    return _routed(desk, case, "上报", to, reason)


def answer(desk: Desk, case: Case, routing: str, text: str, on: date | None = None) -> Saved:
    """Register what those who were called replied (报到、处置反馈); a further answer stands below the earlier one."""
    found = next((one for one in case.routings if one.id == routing), None)
    if found is None:
        raise NoSuchRouting
    told = "\n".join(part for part in (found.answer, text) if part)
    answered = msgspec.structs.replace(found, answer=told or None, answered_on=on or desk.today())
    return _saved(desk, case, routings=tuple(answered if one.id == routing else one for one in case.routings))


def _routed(
    desk: Desk,
    case: Case,
    kind: RoutingKind,
    to: Sequence[str],
    reason: str | None,
    *,
    level: int | None = None,
    outcome: Outcome | None = None,
) -> Saved:
    made = Routing(kind=kind, level=level, to=tuple(to), reason=reason or None)
    fields: dict[str, Any] = {"level": level} if level else {"outcome": outcome} if outcome else {}
    return _saved(desk, case, routings=(*case.routings, made), **fields)


# --- 结案 ---


def conclude(desk: Desk, case: Case, note: str | None = None, on: date | None = None) -> Saved:
    """Conclude the dispute (结案): everything is done, filing follows. `note` says why, where something was not performed."""
    return _saved(desk, case, conclusion=Conclusion(on=on or desk.today(), note=note or None))


def reopen(desk: Desk, case: Case, reason: str) -> Saved:
    """Take up again what was concluded or filed: the case keeps its number, the reason stays on record."""
    made = Reopening(reason=reason or None)
    return _saved(desk, case, reopenings=(*case.reopenings, made), conclusion=None, closed_on=None)


def _saved(desk: Desk, case: Case, **fields: Any) -> Saved:
    after = msgspec.structs.replace(case, **fields)
    return cases.save(desk, case, attributed(case, after, _who(desk), desk.office.name, desk.today()))


def _who(desk: Desk) -> str:
    return desk.operator


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
