"""What forms may say of the course of a dispute: when it was taken, to whom it was passed on, who had sent it (domain.md 3.18, 3.19)."""

from datetime import date
from typing import Any

from desktop.documents.phrases import chinese_date
from desktop.documents.settlement import result_text
from desktop.domain.case import Case
from desktop.domain.course_records import Commission

Plain = dict[str, Any]

LINE = "＿" * 12
"""What stands for the addressee of a letter who is not known."""

UNDATED = "　　　　年　　月　　日"


def accepted_on(case: Case) -> date:
    """The day on which the dispute was taken; where no decision is on record, that of its registration."""
    taken = case.intake.on if case.intake and case.intake.decision == "受理" else None
    return taken or case.registered_on


def receiver(case: Case) -> str:
    """To whom the dispute was passed on, as the letter addresses them: the last transfer on record."""
    sent = [one.to for one in case.routings if one.kind == "移送" and one.to]
    return "、".join(sent[-1]) if sent else LINE


def commission_view(case: Case) -> Plain:
    """Who sent the dispute, and what goes back to them: what was registered as the answer, with the clauses of an agreement."""
    found = case.commission or Commission()
    agreed = case.agreement is not None and case.agreement.signed_on is not None
    whole = result_text(case.agreement, case.outcome)
    told = "\n".join(part for part in (found.result, whole) if part) if agreed else found.result or whole
    return {
        "sender": found.sender or LINE,
        "number": found.number or "＿" * 8,
        "received_on": chinese_date(found.received_on),
        "contact": found.contact,
        "told": told or None,
        "day": chinese_date(found.returned_on) or UNDATED,
    }
