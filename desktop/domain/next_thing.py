"""下一步: the one thing to do next with a dispute, and where it is entered (design.md section 7)."""

from datetime import date

import msgspec

from desktop.domain.agreement import Agreement
from desktop.domain.case import Case
from desktop.domain.course import Status, status
from desktop.domain.deadline import IsWorkingDay, confirmation_deadline, mediation_deadline


class NextThing(msgspec.Struct, frozen=True):
    """One sentence, and the path of the field where it is done (empty: nowhere)."""

    text: str
    field: str


_ELSEWHERE = NextThing("告知当事人可以通过仲裁、行政、司法等途径维护权利并登记（人民调解法第二十六条）", "outcome.advised")
_FILE = NextThing("检查卷宗材料，办理归档", "closed_on")


def next_thing(case: Case, is_working_day: IsWorkingDay, today: date) -> NextThing:
    """What to do next, by law and by what is still missing."""
    now = status(case)
    match now:
        case Status.ACCEPTED:
            return _of_accepted(case, is_working_day)
        case Status.MEDIATING:
            return _of_mediating(case, is_working_day)
        case Status.AGREED:
            return _of_agreed(case, is_working_day, today)
        case Status.FAILED:
            return _FILE if case.outcome and case.outcome.advised else _ELSEWHERE
    return _LATER.get(now, _FILE)


_LATER = {
    Status.PERFORMING: NextThing("督促履行，到期后回访并登记履行情况", "visits"),
    Status.STABILISED: NextThing("落实稳控措施，条件成熟时继续调解", "sessions"),
    Status.CLOSED: NextThing("已归档，不需要再办理", ""),
}


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _of_accepted(case: Case, is_working_day: IsWorkingDay) -> NextThing:
    roles = {party.role for party in case.parties}
    if not {"申请人", "被申请人"} <= roles:
        return NextThing("登记双方当事人", "parties")
    if case.risk is None:
        return NextThing("评定风险等级", "risk")
    if case.risk == "高" and not case.police_reported_at:
        return NextThing("向公安机关报告并记录时间（人民调解法第二十五条）", "police_reported_at")
    if not case.mediators:
        return NextThing("指定或由当事人选定调解员（人民调解法第十九条）", "mediators")
    return NextThing(f"组织调解，做好调解记录，最迟{_limit(case, is_working_day)}调结", "sessions")


def _limit(case: Case, is_working_day: IsWorkingDay) -> str:
    """The last day of mediation, or that to which the parties agreed (domain.md 4.3)."""
    agreed = case.extension and case.extension.until
    return _chinese(agreed or mediation_deadline(case.registered_on, is_working_day))


def _of_mediating(case: Case, is_working_day: IsWorkingDay) -> NextThing:
    agreement = case.agreement
    if agreement is None:
        if any(session.result == "达成协议" for session in case.sessions):
            return NextThing("制作调解协议", "agreement.clauses")
        limit = _limit(case, is_working_day)
        return NextThing(f"继续调解，最迟{limit}调结；调解不成的，登记结果并告知其他途径", "sessions")
    for name, value, words in (
        ("form", agreement.form, "选择协议形式：书面或口头"),
        ("facts", agreement.facts, "写明纠纷主要事实和争议事项"),
        ("clauses", agreement.clauses, "写明协议条款"),
        ("obligations", agreement.obligations, "登记履行事项和期限"),
    ):
        if not value:
            return NextThing(words, f"agreement.{name}")
    return NextThing("打印协议书，各方签字盖章后登记协议日期", "agreement.signed_on")


def _of_agreed(case: Case, is_working_day: IsWorkingDay, today: date) -> NextThing:
    agreement = case.agreement or Agreement()
    due = [obligation.due_on for obligation in agreement.obligations if obligation.due_on]
    words = [f"督促履行（最近期限{_chinese(min(due))}）并回访" if due else "督促履行并回访"]
    if agreement.form == "书面" and agreement.signed_on and not case.confirmation:
        limit = confirmation_deadline(agreement.signed_on, is_working_day)
        if today <= limit:
            words.append(f"需要司法确认的，双方最迟{_chinese(limit)}共同申请（人民调解法第三十三条）")
    return NextThing("；".join(words), "visits")
