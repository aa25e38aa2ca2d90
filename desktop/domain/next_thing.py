"""下一步: the one thing to do next with a dispute, and where it is entered (design.md section 7)."""

from collections.abc import Iterator
from datetime import date

from desktop.domain import course_rules, fulfilling, visit_plan
from desktop.domain.agreement import Agreement
from desktop.domain.assessing import must_report
from desktop.domain.case import Case
from desktop.domain.deadline import IsWorkingDay, confirmation_deadline, mediation_deadline
from desktop.domain.lacking import NextThing, lacking_before_mediation, required
from desktop.domain.standing import Status, is_turned_away, status

__all__ = ["NextThing", "next_thing", "required"]

_ELSEWHERE = NextThing("告知当事人可以通过仲裁、行政、司法等途径维护权利并登记（人民调解法第二十六条）", "outcome.advised")
_CONCLUDE = NextThing("办理结案", "conclusion.on")
_FILE = NextThing("检查卷宗材料，办理归档", "closed_on")
_NOTHING = NextThing("已归档，不需要再办理", "")


def danger(case: Case) -> NextThing | None:
    """What waits for nothing else while a dispute goes on: the police are told of a high risk (人民调解法 Art. 25)."""
    if status(case) in (Status.ACCEPTED, Status.MEDIATING) and must_report(case):
        return NextThing("高风险：立即向公安机关报告，并登记报告时间（人民调解法第二十五条）", "police_reported_at")
    return None


def next_thing(case: Case, is_working_day: IsWorkingDay, today: date) -> NextThing:
    """What to do next, by law and by what is still missing."""
    return danger(case) or _by_status(case, is_working_day, today)


def _by_status(case: Case, is_working_day: IsWorkingDay, today: date) -> NextThing:
    match status(case):
        case Status.ACCEPTED:
            found = _of_accepted(case, is_working_day)
        case Status.MEDIATING:
            found = _of_mediating(case, is_working_day)
        case Status.AGREED | Status.PERFORMING as now:
            found = _of_agreed(case, is_working_day, today, now)
        case Status.STABILISED:
            found = _of_stabilised(case)
        case Status.CONCLUDED | Status.CLOSED as now:
            found = _FILE if now == Status.CONCLUDED else _of_filed(case)
        case _:
            found = next(_before_conclusion(case), _CONCLUDE)
    return found


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _refusing(case: Case) -> NextThing | None:
    party = next((one for one in case.parties if one.refused_on), None)
    if party is None:
        return None
    return NextThing(
        f"{party.name or party.role}拒绝调解，登记不予受理、撤回或者调解不成，并告知其他途径（人民调解法第十七条）", "outcome.kind"
    )


def _of_accepted(case: Case, is_working_day: IsWorkingDay) -> NextThing:
    if refused := _refusing(case):
        return refused
    missing = next(lacking_before_mediation(case), None)
    return missing or NextThing(f"组织调解，做好调解记录，最迟{_limit(case, is_working_day)}调结", "sessions")


def _limit(case: Case, is_working_day: IsWorkingDay) -> str:
    """The last day of mediation, or that to which the parties agreed (domain.md 4.3)."""
    agreed = case.extension and case.extension.until
    return _chinese(agreed or mediation_deadline(case.registered_on, is_working_day))


def _of_mediating(case: Case, is_working_day: IsWorkingDay) -> NextThing:
    if refused := _refusing(case):
        return refused
    if case.agreement is not None:
        return _of_draft(case.agreement)
    if any(session.result == "达成协议" for session in case.sessions):
        return NextThing("制作调解协议", "agreement.clauses")
    if not case.informed_on and not any(session.kind == "调解记录" for session in case.sessions):
        return NextThing("告知当事人权利和义务，再组织调解（人民调解法第二十三条、第二十四条）", "informed_on")
    limit = _limit(case, is_working_day)
    return NextThing(f"继续调解，最迟{limit}调结；调解不成的，登记结果并告知其他途径", "sessions")


def _of_draft(agreement: Agreement) -> NextThing:
    for name, value, words in (
        ("form", agreement.form, "选择协议形式：书面或口头"),
        ("facts", agreement.facts, "写明纠纷主要事实和争议事项"),
        ("clauses", agreement.clauses, "写明协议条款"),
        ("obligations", agreement.obligations, "登记履行事项和期限"),
    ):
        if not value:
            return NextThing(words, f"agreement.{name}")
    return NextThing("打印协议书，各方签字盖章后登记协议日期", "agreement.signed_on")


def _of_agreed(case: Case, is_working_day: IsWorkingDay, today: date, now: Status) -> NextThing:
    """Performance that is due, the visit that is due, the time left for the court."""
    agreement = case.agreement or Agreement()
    if late := fulfilling.overdue(case, today):
        what = f"（应于{_chinese(late[0].due_on)}履行）" if late[0].due_on else ""
        return NextThing(f"督促{late[0].payer or '履行人'}履行{what}，到期后回访并登记履行情况（人民调解法第三十一条）", "fulfilments")
    if (days := visit_plan.outstanding(case)) and days[0] <= today:
        return NextThing(f"回访当事人（计划{_chinese(days[0])}），登记履行情况和积怨是否消除", "visits")
    due = fulfilling.next_due(case)
    nearest = f"（最近期限{_chinese(due.due_on)}）" if due and due.due_on else ""
    if now == Status.PERFORMING:
        return NextThing(f"督促履行{nearest}，到期后回访并登记履行情况", "visits")
    words = [f"督促履行{nearest}并回访"]
    if agreement.form == "书面" and agreement.signed_on and not case.confirmation:
        limit = confirmation_deadline(agreement.signed_on, is_working_day)
        if today <= limit:
            words.append(f"需要司法确认的，双方最迟{_chinese(limit)}共同申请（人民调解法第三十三条）")
    return NextThing("；".join(words), "visits")


def _of_filed(case: Case) -> NextThing:
    """Filing ends no visits (domain.md 2.6)."""
    days = visit_plan.outstanding(case)
    return NextThing(f"回访当事人（计划{_chinese(days[0])}），归档以后照样登记", "visits") if days else _NOTHING


def _of_stabilised(case: Case) -> NextThing:
    review = case.outcome and case.outcome.review_on
    if not review:
        return NextThing("落实稳控措施，条件成熟时继续调解", "sessions")
    return NextThing(f"落实稳控措施，{_chinese(review)}前复查；条件成熟时继续调解", "outcome.review_on")


def _before_conclusion(case: Case) -> Iterator[NextThing]:
    """What an ended dispute still lacks: other ways told, a visit, the answer to who sent it."""
    if is_turned_away(case) and not case.outcome:
        yield NextThing("登记不予受理的结果，告知其他途径", "outcome.kind")
    for lack in course_rules.lacks_to_conclude(case):
        yield _ELSEWHERE if lack.field == _ELSEWHERE.field else NextThing(_WORDS.get(lack.field, lack.text), lack.field)


_WORDS = {
    "visits": "回访当事人，登记满意度和积怨是否消除",
    "commission.returned_on": "把办理结果回复来文单位（回复函），并登记回复日期",
    "police_reported_at": "向公安机关报告并记录时间（人民调解法第二十五条）",
}
