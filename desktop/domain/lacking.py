"""What a step of a dispute still lacks by law or rule, each with the place where it is entered (design.md section 7)."""

from collections.abc import Callable, Iterator

import msgspec

from desktop.domain import course_rules, fulfilling, visit_plan
from desktop.domain.agreement import Agreement
from desktop.domain.assessing import current_risk, must_report
from desktop.domain.case import Case
from desktop.domain.standing import is_concluded, is_signed, is_turned_away, step
from desktop.domain.step_marks import Mark, marks


class NextThing(msgspec.Struct, frozen=True):
    """One sentence, and the path of the field where it is done (empty: nowhere)."""

    text: str
    field: str


def required(case: Case, name: str) -> tuple[NextThing, ...]:
    """What is still missing at the step of `standing.STEPS`, in the order in which it is done; empty where nothing is."""
    return tuple(_STEPS[name](case))


def still_lacking(case: Case) -> tuple[NextThing, ...]:
    """What the present step lacks, then what those behind it lack, each of these named; only the end is left of what has ended.

    A step that was typed past is not done: what it should have on record is told until it is there.
    """
    return (*required(case, step(case)), *(one for name in _left_behind(case) for one in _named(name, required(case, name))))


def _left_behind(case: Case) -> Iterator[str]:
    """The steps behind whose lacks can still be made good."""
    ended = is_concluded(case)
    for name, mark in marks(case).items() if not case.closed_on else ():
        if (mark == Mark.SKIPPED and not (ended and name in _ENDED_WITH)) or (mark == Mark.DONE and not ended):
            yield name


def _named(name: str, found: tuple[NextThing, ...]) -> Iterator[NextThing]:
    return (NextThing(f"{name}：{one.text}", one.field) for one in found)


_ENDED_WITH = frozenset({"履行", "回访"})
"""Steps on which the conclusion has decided."""


def lacking_before_mediation(case: Case) -> Iterator[NextThing]:
    """Everything that is missing before the first mediation, in the order of the course."""
    for lack in (_of_intake, _of_assessment, _of_routing, _of_notice):
        yield from lack(case)


def _of_intake(case: Case) -> Iterator[NextThing]:
    if not {"申请人", "被申请人"} <= {party.role for party in case.parties}:
        yield NextThing("登记双方当事人", "parties")
    if (case.source or "").endswith("委托移送") and not (case.commission and case.commission.sender):
        yield NextThing("登记来文单位和文号，结果要回复（进得来、回得去）", "commission.sender")
    if not (case.intake and case.intake.decision):
        yield NextThing("审查是否受理，作出决定（人民调解法第十七条、司法部令第75号第二十二条）", "intake.barred")


def _of_assessment(case: Case) -> Iterator[NextThing]:
    risk = current_risk(case)
    if risk is None:
        yield NextThing("评定风险等级", "risk")
    if must_report(case):
        yield NextThing("向公安机关报告并记录时间（人民调解法第二十五条）", "police_reported_at")
    if risk == "高" and not (case.plan and case.plan.leader):
        yield NextThing("制定一案一策，确定包抓领导和专班（高风险一人一案）", "plan.leader")


def _of_routing(case: Case) -> Iterator[NextThing]:
    at_once = case.intake is not None and case.intake.mode == "即采即办"
    if case.level is None and not at_once:
        yield NextThing("分流到调解层级：社区首调、联调室或者街道（乡镇）调委会", "level")
    for row, one in enumerate(case.routings):
        if one.kind in ("吹哨", "上报", "移送") and not one.answered_on:
            yield NextThing(f"登记{'、'.join(one.to) or '有关单位'}对{one.kind}的答复", f"routings[{row}].answered_on")


def _of_notice(case: Case) -> Iterator[NextThing]:
    if not case.mediators:
        yield NextThing("指定或由当事人选定调解员（人民调解法第十九条）", "mediators")
    if not case.informed_on:
        yield NextThing("告知当事人权利和义务，登记告知日期（人民调解法第二十三条、第二十四条）", "informed_on")


def _of_mediation(case: Case) -> Iterator[NextThing]:
    if is_turned_away(case) or case.outcome:
        return
    yield from _of_notice(case)
    if not any(session.kind == "调解记录" for session in case.sessions):
        yield NextThing("做好调解记录（人民调解法第二十七条）", "sessions")


def _of_result(case: Case) -> Iterator[NextThing]:
    outcome = case.outcome
    if outcome is None and not is_turned_away(case):
        yield from _of_agreement(case.agreement or Agreement())
        return
    if outcome is None:
        yield NextThing("登记不予受理的结果", "outcome.kind")
        return
    for name, value, words in (("on", outcome.on, "登记结果的日期"), ("reason", outcome.reason, "写明原因")):
        if not value:
            yield NextThing(words, f"outcome.{name}")
    if outcome.kind in ("调解不成", "不予受理") and not outcome.advised:
        yield NextThing("告知当事人其他途径并登记（人民调解法第二十六条）", "outcome.advised")


def _of_agreement(agreement: Agreement) -> Iterator[NextThing]:
    for name, words in (
        ("form", "选择协议形式"),
        ("facts", "写明主要事实和争议事项（人民调解法第二十九条）"),
        ("clauses", "写明协议条款（人民调解法第二十九条）"),
        ("obligations", "登记履行事项和期限（人民调解法第二十九条）"),
        ("signed_on", "签字盖章后登记协议日期（人民调解法第二十九条）"),
    ):
        if not getattr(agreement, name):
            yield NextThing(words, f"agreement.{name}")


def _of_performance(case: Case) -> Iterator[NextThing]:
    if is_signed(case) and not any(one.performance == "全部履行" for one in case.visits[-1:]):
        for due in fulfilling.open_dues(case)[:3]:
            day = f"（{due.due_on.year}年{due.due_on.month}月{due.due_on.day}日）" if due.due_on else ""
            yield NextThing(f"{due.payer or '履行人'}履行{day}后登记", "fulfilments")


def _of_visits(case: Case) -> Iterator[NextThing]:
    for day in visit_plan.outstanding(case):
        yield NextThing(f"{day.year}年{day.month}月{day.day}日前后回访", "visits")


def _of_end(case: Case) -> Iterator[NextThing]:
    if case.closed_on:
        return
    if not is_concluded(case):
        if is_signed(case) or case.outcome:
            for lack in course_rules.lacks_to_conclude(case):
                yield NextThing(lack.text, lack.field)
        yield NextThing("办理结案", "conclusion.on")
    yield NextThing("检查卷宗材料，登记归档日期（人民调解法第二十七条）", "closed_on")


_STEPS: dict[str, Callable[[Case], Iterator[NextThing]]] = {
    "受理": _of_intake,
    "研判": _of_assessment,
    "分流": _of_routing,
    "调解": _of_mediation,
    "协议": _of_result,
    "履行": _of_performance,
    "回访": _of_visits,
    "归档": _of_end,
}
