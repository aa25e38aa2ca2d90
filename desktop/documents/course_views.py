"""What forms may say of the course of a dispute: when it was taken, to whom it was passed on, who had sent it (domain.md 3.18, 3.19)."""

from datetime import date
from typing import Any

from desktop.documents.phrases import chinese_date
from desktop.documents.records import performance_text
from desktop.documents.settlement import result_text
from desktop.domain.case import Case
from desktop.domain.course_records import Commission, Intake
from desktop.domain.moment import parse_moment
from desktop.domain.standing import is_signed, is_turned_away

Plain = dict[str, Any]

LINE = "＿" * 12
"""What stands for the addressee of a letter who is not known."""

UNDATED = "　　　　年　　月　　日"


def accepted_on(case: Case) -> date:
    """The day on which the dispute was taken; where no decision is on record, that of its registration."""
    taken = case.intake.on if case.intake and case.intake.decision == "受理" else None
    return taken or case.registered_on


def is_declined(case: Case) -> bool:
    """Whether the dispute was not taken: declined, or the parties were shown another way (domain.md 3.18)."""
    ended = case.outcome is not None and case.outcome.kind == "不予受理"
    return not is_signed(case) and (ended or (case.outcome is None and is_turned_away(case)))


def taking(case: Case, applicants: str | None, opponents: str | None) -> str:
    """What the register says after whose initiative it was: that the parties consented and are mediated, unless they are not (3.4)."""
    people = f"{applicants or LINE}与{opponents or LINE}之间的纠纷"
    if is_declined(case):
        return f"登记{people}。{_not_taken(case)}。"
    refusing = refusals(case)
    if refusing and not is_signed(case) and not any(one.kind == "调解记录" for one in case.sessions):
        return f"登记{people}。{refusing}"
    return f"经当事人同意，调解{people}。"


def refusals(case: Case) -> str | None:
    """Who refused mediation on which day, in one sentence; None if nobody did (人民调解法 Art. 17)."""
    said = [f"{party.name or party.role}于{chinese_date(party.refused_on)}明确表示拒绝调解" for party in case.parties if party.refused_on]
    return f"{'；'.join(said)}。" if said else None


def mediated(case: Case) -> tuple[date | None, date | None]:
    """调解日期 (domain.md 3.1): from the first record to the agreement, the end of what was mediated, or the last record.

    What was never mediated has none, whatever became of it; 稳控 is no end.
    """
    days = [parse_moment(one.started_at).date() for one in case.sessions if one.started_at]
    signed = case.agreement.signed_on if case.agreement else None
    ends = case.outcome is not None and bool(case.sessions) and case.outcome.kind != "稳控"
    ended = case.outcome.on if case.outcome and ends else None
    return (min(days, default=None), signed or ended or max(days, default=None))


def receiver(case: Case) -> str:
    """To whom the dispute was passed on, as the letter addresses them: the last transfer on record."""
    sent = [one.to for one in case.routings if one.kind == "移送" and one.to]
    return "、".join(sent[-1]) if sent else LINE


def commission_view(case: Case) -> Plain:
    """Who sent the dispute, and what goes back to them: what was registered as the answer, with the clauses of an agreement."""
    found = case.commission or Commission()
    agreed = is_signed(case)
    whole = result_text(case.agreement, case.outcome) or (_declined_text(case) if is_declined(case) else None)
    told = "\n".join(part for part in (found.result, whole) if part) if agreed else found.result or whole
    return {
        "sender": found.sender or LINE,
        "number": found.number or "＿" * 8,
        "received_on": chinese_date(found.received_on),
        "contact": found.contact,
        "handled": _handled(case),
        "told": told or None,
        "performance": "没有受理，没有需要履行的事项。" if is_declined(case) else performance_text(case.visits, case.fulfilments),
        "day": chinese_date(found.returned_on) or UNDATED,
    }


def confirmation_text(case: Case) -> str | None:
    """What the court was asked and decided, in one sentence; None where nothing was asked (domain.md 3.14)."""
    found = case.confirmation
    if found is None or not is_signed(case) or not (found.applied_on or found.result):
        return None
    at = "，当场办理" if found.on_the_spot else ""
    asked = f"{chinese_date(found.applied_on) or ''}共同向{found.court or '人民法院'}申请司法确认{at}"
    number = f"，裁定书{found.ruling}" if found.ruling else f"，案号{found.case_number}" if found.case_number else ""
    decided = f"，{chinese_date(found.decided_on) or ''}{found.result}" if found.result else ""
    return f"{asked}{decided}{number}。"


def _handled(case: Case) -> str:
    """How the answer to who sent the dispute opens: what this committee did with it, and what follows."""
    if is_declined(case):
        return f"{_registered(case)}。{_not_taken(case)}，现将有关情况函复如下："
    passed_on = case.outcome is not None and case.outcome.kind == "移送" and not case.sessions
    if passed_on and not (case.intake and case.intake.decision == "受理"):
        return f"{_registered(case)}，已移送其他单位，现将办理情况函复如下："
    return f"本委员会于{chinese_date(accepted_on(case))}受理，现将办理情况函复如下："


def _registered(case: Case) -> str:
    received = case.commission.received_on if case.commission else None
    got = f"于{chinese_date(received)}收到来文，" if received and received != case.registered_on else ""
    return f"本委员会{got}于{chinese_date(case.registered_on)}登记"


def _not_taken(case: Case) -> str:
    """That the dispute was not taken, why, and which other ways the parties were shown; without a full stop."""
    intake = case.intake or Intake()
    on = (case.outcome and case.outcome.on) or intake.on
    day = f"于{chinese_date(on)}" if on else ""
    if intake.decision == "引导":
        ways = "、".join(intake.guided_to or (case.outcome.advised if case.outcome else ()))
        return f"经审查，{day}引导当事人通过{ways or '其他'}等途径解决，没有受理"
    reason = ((case.outcome and case.outcome.reason) or intake.reason or "").rstrip("。；，")
    return f"经审查，{f'因{reason}，' if reason else ''}{day}决定不予受理"


def _declined_text(case: Case) -> str:
    """What is told of a dispute that was declined, where only the intake says so."""
    ways = case.intake.guided_to if case.intake else ()
    advised = f"已告知当事人可以通过{'、'.join(ways)}等途径维护权利。" if ways else ""
    return f"{_not_taken(case)}。{advised}"
