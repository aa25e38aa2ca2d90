"""What each step of a dispute must have when it is entered: one rule a function, told in a sentence with the law (domain.md 4.1).

Each rule looks at what a save enters anew; what stands in old cases, or came with a case file, is left alone.
"""

from collections.abc import Callable, Iterator
from typing import TypeVar

import msgspec

from desktop.domain import assessing, fulfilling, intake, visit_plan
from desktop.domain.case import Case
from desktop.domain.course_records import Assessment, Reopening, Routing
from desktop.domain.standing import is_concluded, is_signed

R = TypeVar("R", Assessment, Routing, Reopening)


class Lack(msgspec.Struct, frozen=True):
    """What is missing: the sentence (without its full stop), the path of the field, and whether the status would change by the save."""

    text: str
    field: str = ""
    moves: bool = False


Rule = Callable[[Case, Case], Lack | None]


# --- 受理 ---


def _of_intake(before: Case, after: Case) -> Lack | None:
    found = after.intake
    if found is None or found == before.intake:
        return None
    barring = _barring(after)
    if found.decision == "受理" and barring:
        return Lack(f"{barring[0].reason}的不得受理，请作出不予受理的决定并告知其他途径（{barring[0].law}）", "intake.decision")
    if found.decision == "不予受理" and not found.reason:
        return Lack("不予受理的请写明原因，通知书上要写（司法部令第75号第二十二条）", "intake.reason")
    if found.decision == "引导" and not found.guided_to:
        return Lack("引导当事人通过其他途径解决的，请写明引导的途径（人民调解法第三条第三项）", "intake.guided_to")
    return None


def _barring(case: Case) -> list[intake.Question]:
    """The questions whose answers keep the committee from taking the dispute."""
    asked = intake.questions_for(case.source)
    codes = case.intake.barred if case.intake else ()
    return [one for code in codes if (one := intake.question(code)) and one.bars and one in asked]


def _of_barred(before: Case, after: Case) -> Lack | None:
    """What may not be taken is not mediated either, decided or not."""
    barring = _barring(after)
    if not barring or not _goes_on(before, after):
        return None
    return Lack(f"{barring[0].reason}的不得调解，请作出不予受理的决定，或者改正受理审查的回答（{barring[0].law}）", "intake.decision")


# --- 研判 ---


def _of_assessments(before: Case, after: Case) -> Lack | None:
    """A stage follows the one before it, unless its opinion says why it was entered at once: a meeting decided, a township took it up."""
    for row, one in _entered(before.assessments, after.assessments):
        if one.stage is None or one.risk is None:
            return Lack("研判请写明阶段和风险等级（初定、议定、审定）", f"assessments[{row}]")
        missing = assessing.lacking_before((earlier.stage for earlier in after.assessments[:row]), one.stage)
        if missing and not (one.opinion or "").strip():
            return Lack(
                f"风险等级要先{missing}再{one.stage}，请先登记{missing}（小组初定、村社区议定、乡镇审定）；直接{one.stage}的请在意见中写明",
                f"assessments[{row}].stage",
            )
    return None


def _of_risk(before: Case, after: Case) -> Lack | None:
    """A risk that was assessed goes down by another assessment, which says who thinks so and why (降级销号, domain.md 2.7)."""
    if not before.assessments or _degree(after) >= _degree(before):
        return None
    known = {one.id for one in before.assessments}
    if any(one.id not in known and one.risk == after.risk for one in after.assessments):
        return None
    return Lack("已经研判的风险要降级的，请再登记一次研判，写明新的等级和意见（降级销号）", "assessments")


def _degree(case: Case) -> int:
    return ("", "低", "中", "高").index(case.risk or "")


# --- 分流 ---


def _of_routings(before: Case, after: Case) -> Lack | None:
    for row, one in _entered(before.routings, after.routings):
        if lack := _of_routing(one, before.level or 1):
            return Lack(lack, f"routings[{row}]")
    return None


def _of_routing(one: Routing, level: int) -> str:
    if one.kind is None:
        return "分流记录请选择去向"
    if one.kind != "分流" and not one.reason:
        return f"{one.kind}请写明原因，接手的单位要看（抓三级定三责）"
    if one.kind in ("移送", "吹哨", "上报") and not one.to:
        return _TO_WHOM[one.kind]
    if one.kind == "升级" and (one.level or 0) <= level:
        return "调解层级只能向上升级（社区首调、联调室、街道（乡镇）调委会），请选择更高的一级（抓三级定三责）"
    return ""


_TO_WHOM = {
    "移送": "移送请写明接收单位（人民调解法第二十六条），委托移送函要用",
    "吹哨": "吹哨请写明请哪些单位报到（吹哨报到工作机制）",
    "上报": "跨部门、跨区域的请写明上报到哪个单位（分级负责）",
}


def _of_level(before: Case, after: Case) -> Lack | None:
    """The level goes up with a reason; down only what was typed by mistake."""
    old, new = before.level, after.level
    if old == new or old is None:
        return None
    escalated = [one.level or 0 for one in after.routings if one.kind == "升级"]
    if new is None or new < old:
        if any(level > (new or 0) for level in escalated):
            return Lack("调解层级升级以后不能退回，请保留现在的层级（抓三级定三责）", "level")
        return None
    if new not in escalated:
        return Lack("调解层级要提高的，请用“升级”写明原因（抓三级定三责）", "level")
    return None


# --- 调解 ---


def _of_notice(before: Case, after: Case) -> Lack | None:
    """The parties hear their rights before the first mediation, and before an agreement that was reached without a record of one."""
    begins = _mediations(after) and not _mediations(before)
    agrees = is_signed(after) and not is_signed(before) and not _mediations(after)
    if (begins or agrees) and not after.informed_on:
        return Lack("调解以前要先告知当事人权利和义务，请填写告知日期（人民调解法第二十三条、第二十四条）", "informed_on")
    days = [one.started_at[:10] for one in after.sessions if one.kind == "调解记录" and one.started_at]
    is_new = begins or after.informed_on != before.informed_on
    if is_new and after.informed_on and days and after.informed_on.isoformat() > min(days):
        return Lack("告知权利义务不能晚于第一次调解，请核对告知日期和调解时间（人民调解法第二十三条、第二十四条）", "informed_on")
    return None


def _of_refusal(before: Case, after: Case) -> Lack | None:
    """A side that refuses stops the mediation: no new record, no new agreement. Of several the willing ones may go on among themselves."""
    refusing = next(((row, party) for row, party in enumerate(after.parties) if party.refused_on), None)
    if refusing is None or not _goes_on(before, after) or {"申请人", "被申请人"} <= {p.role for p in after.parties if not p.refused_on}:
        return None
    row, party = refusing
    name = party.name or party.role
    return Lack(
        f"{name}已经拒绝调解，不得再调解，请登记不予受理、撤回或者调解不成；又同意调解的，先删去拒绝调解日期（人民调解法第十七条）",
        f"parties[{row}].refused_on",
    )


def _goes_on(before: Case, after: Case) -> bool:
    """Whether the save mediates: another record, or the agreement."""
    return _mediations(after) > _mediations(before) or (is_signed(after) and not is_signed(before))


def _mediations(case: Case) -> int:
    return sum(one.kind == "调解记录" for one in case.sessions)


# --- 结果 ---


def _of_outcome(before: Case, after: Case) -> Lack | None:
    found = after.outcome
    if found is None or found == before.outcome:
        return None
    if found.kind == "稳控" and not (found.responsible and found.review_on):
        field = "outcome.review_on" if found.responsible else "outcome.responsible"
        return Lack("稳控要有稳控责任人和复查日期，请补上再保存（人民调解法第二十五条）", field, moves=True)
    if found.kind == "移送" and not (found.reason and _receiver(after)):
        return Lack("移送要写明原因和接收单位，请用“移送”办理（人民调解法第二十六条）", "outcome.reason", moves=True)
    return None


def _receiver(case: Case) -> bool:
    return any(one.kind == "移送" and one.to for one in case.routings)


def _of_confirmation(before: Case, after: Case) -> Lack | None:
    """What no court could have done. An application after the thirty days is only doubtful: some make one, and the court decides on it."""
    found = after.confirmation
    if found is None or found == before.confirmation:
        return None
    signed = after.agreement and after.agreement.signed_on
    if found.applied_on and not signed:
        return Lack("申请司法确认要先有生效的调解协议，请先登记协议日期（人民调解法第三十三条）", "agreement.signed_on")
    if found.applied_on and signed and found.applied_on < signed:
        return Lack("司法确认自协议生效以后共同申请，申请日期不能早于协议日期，请核对（人民调解法第三十三条）", "confirmation.applied_on")
    began = found.applied_on or signed
    if found.decided_on and began and found.decided_on < began:
        return Lack("法院裁定的日期不能早于申请和协议的日期，请核对（人民调解法第三十三条）", "confirmation.decided_on")
    return None


# --- 回复、重新办理 ---


def _of_return(before: Case, after: Case) -> Lack | None:
    found = after.commission
    if found and found.returned_on and not found.result and found != before.commission:
        return Lack("回复来文单位请写明结果，回复函要用（进得来、回得去）", "commission.result")
    return None


def _of_reopening(before: Case, after: Case) -> Lack | None:
    for row, one in _entered(before.reopenings, after.reopenings):
        if not one.reason:
            return Lack("重新办理请写明原因", f"reopenings[{row}].reason")
        if not (is_concluded(before) or before.closed_on):
            return Lack("还没有结案、归档的不用重新办理，请直接办理下一步", f"reopenings[{row}]")
    return None


def reopened(before: Case, after: Case) -> bool:
    """Whether the save takes the dispute up again, with a reason."""
    return any(one.reason for _, one in _entered(before.reopenings, after.reopenings))


# --- 结案 ---


def lacking_to_conclude(case: Case) -> Lack | None:
    """The first thing without which the dispute cannot be concluded (domain.md 2.6, 3.17, 3.19); None if nothing is missing.

    The result of a commissioned dispute must have gone back first, and this is refused and not only warned of: the sender counts its own
    time limit, the result is known by now, and once the dossier is filed nobody looks at it again.
    """
    return next(lacks_to_conclude(case), None)


def lacks_to_conclude(case: Case) -> Iterator[Lack]:
    """Everything without which the dispute cannot be concluded."""
    excused = case.conclusion and case.conclusion.note
    if assessing.must_report(case) and not excused:
        yield Lack("高风险纠纷请先登记向公安机关报告的时间；没有报告的，在结案说明中写明原因（人民调解法第二十五条）", "police_reported_at")
    if is_signed(case):
        yield from _not_performed(case)
    elif case.outcome:
        yield from _not_told(case)
    if (visit_plan.close_follow_up(case) or assessing.ever_risky(case)) and _is_visited(case) and not case.visits and not excused:
        yield Lack(
            "婚恋家庭、邻里纠纷和中高风险纠纷结案前至少回访一次，请先登记回访；无法回访的，在结案说明中写明（三类事跟踪回访制度）", "visits"
        )
    if must_return(case):
        yield Lack("委托、移送来的纠纷请先把结果回复来文单位（进得来、回得去），再结案", "commission.returned_on")


def _is_visited(case: Case) -> bool:
    return is_signed(case) or (case.outcome is not None and case.outcome.kind not in ("不予受理", "移送", "撤回"))


def _not_performed(case: Case) -> Iterator[Lack]:
    """Everything that does not repeat is performed, or the note says why not: a suit, an enforcement, a waiver."""
    excused = case.conclusion and case.conclusion.note
    if excused or _found_performed(case):
        return
    endless = {row for row, one in enumerate(case.agreement.obligations) if one.repeat} if case.agreement else set()
    day = (case.conclusion and case.conclusion.on) or case.registered_on
    waiting = [due for due in fulfilling.open_dues(case, day) if due.row not in endless or due.overdue(day)]
    if waiting or not (case.agreement and case.agreement.obligations):
        field = f"agreement.obligations[{waiting[0].row}]" if waiting else "visits"
        yield Lack(
            "协议还没有登记履行完毕，请先登记履行情况；起诉、申请强制执行或者放弃的，在结案说明中写明（人民调解法第三十一条）", field
        )


def _found_performed(case: Case) -> bool:
    found = [one.performance for one in case.visits if one.performance]
    return bool(found) and found[-1] == "全部履行"


def _not_told(case: Case) -> Iterator[Lack]:
    outcome = case.outcome
    if outcome and outcome.kind in ("调解不成", "不予受理") and not outcome.advised:
        yield Lack("没有达成协议的，请先告知当事人仲裁、行政、司法等途径并登记（人民调解法第二十六条）", "outcome.advised")
    if outcome and outcome.kind == "稳控" and not (case.conclusion and case.conclusion.note):
        yield Lack("稳控不是化解，请继续调解，或者在结案说明中写明为什么可以结案（稳控与化解分别统计）", "conclusion.note")


def must_return(case: Case) -> bool:
    """Whether the dispute was commissioned and its result has not gone back to the sender (进得来、回得去)."""
    sent = case.commission is not None and bool(case.commission.sender)
    entrusted = (case.source or "").endswith("委托移送")
    return (sent or entrusted) and not (case.commission and case.commission.returned_on)


def _of_conclusion(before: Case, after: Case) -> Lack | None:
    signed = after.agreement and after.agreement.signed_on
    day = after.conclusion and after.conclusion.on
    if day and is_concluded(after) and not is_concluded(before) and day < (signed or after.registered_on):
        return Lack("结案日期不能早于协议或者登记的日期，请核对", "conclusion.on")
    return None


def _entered(before: tuple[R, ...], after: tuple[R, ...]) -> Iterator[tuple[int, R]]:
    """Those that the save enters, with their rows; a record that is only changed has its id from before."""
    known = {one.id for one in before} - {""}
    return ((row, one) for row, one in enumerate(after) if one.id not in known)


RULES: tuple[Rule, ...] = (
    _of_intake,
    _of_barred,
    _of_assessments,
    _of_risk,
    _of_routings,
    _of_level,
    _of_refusal,
    _of_notice,
    _of_outcome,
    _of_confirmation,
    _of_return,
    _of_reopening,
    _of_conclusion,
)
"""In the order of the course; the first that is broken is told."""

RULES_OF_UNDOING = tuple(rule for rule in RULES if rule is not _of_risk)
"""Those that hold where a save is taken back: the assessment that raised the risk goes with what it raised."""
