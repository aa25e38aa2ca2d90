"""What forms may say of a case: plain values (texts, numbers, None, lists and mappings of these) made from domain values."""

from dataclasses import dataclass
from typing import Any

import msgspec

from desktop.documents.course_views import (
    accepted_on,
    commission_view,
    confirmation_text,
    is_declined,
    mediated,
    receiver,
    refusals,
    taking,
)
from desktop.documents.letter_view import letter_view
from desktop.documents.people import ROLES, blank_party, names, party_views, sides, signers
from desktop.documents.phrases import DATE_BLANK, chinese_date, dispute_type, money
from desktop.documents.plain_values import STEPS, Steps
from desktop.documents.records import evidence, performance_text, session_view, visit_view
from desktop.documents.report_view import plan_view, report_view
from desktop.documents.settlement import agreement_view, outcome_view, result_text
from desktop.domain.agreement import Agreement
from desktop.domain.case import Case
from desktop.domain.completeness import settled_on
from desktop.domain.course_records import Conclusion, Routing
from desktop.domain.deadline import mediation_deadline
from desktop.domain.dossier import Confirmation, Extension, Filing
from desktop.domain.letter import Letter
from desktop.domain.office import Office
from desktop.domain.party import Party
from desktop.domain.session import Session
from desktop.domain.visit import Visit
from desktop.domain.working_days import is_working_day

Plain = dict[str, Any]

Subject = Letter | Session | Party | Visit | Routing
"""What one copy of a repeated form is about; an agent's form is about the party that the agent acts for."""


@dataclass(frozen=True, slots=True)
class ContentsRow:
    """A line of the dossier's contents: the paper's name, its page or pages as printed, a remark."""

    name: str
    page: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """What only the assembled dossier knows: its contents, and how many numbered pages it has."""

    rows: tuple[ContentsRow, ...] = ()
    pages: int | None = None


def values(case: Case, office: Office, subject: Subject | None = None, contents: Contents | None = None, *, joint: bool = False) -> Plain:
    """Everything that a form may name. `session`, `visit`, `party`, `letter` and `report` are those of the subject; without one, blanks.

    `joint`: every party is called 申请人, as in a joint application to a court.
    """
    found = facts(case, joint=joint)
    contents = contents or Contents()
    return {
        **found,
        "office": {"name": office.name, "committee": committee(case, office)},
        "session": session_view(subject if isinstance(subject, Session) else None, case.sessions),
        "visit": visit_view(subject if isinstance(subject, Visit) else None, case.visits),
        "party": _of_party(subject, case, found),
        "letter": letter_view(subject, office, case) if isinstance(subject, Letter) else None,
        "report": report_view(subject if isinstance(subject, Routing) else None, case, office),
        "contents": {"rows": [_contents_row(i, row) for i, row in enumerate(contents.rows, 1)], "pages": contents.pages},
        "today_blank": DATE_BLANK,
        STEPS: Steps(),
    }


def facts(case: Case, *, joint: bool = False) -> Plain:
    """What follows from the case alone."""
    agreement = case.agreement or Agreement()
    everybody = tuple(msgspec.structs.replace(p, role="申请人") for p in case.parties) if joint else case.parties
    parties = party_views(everybody, agreement.signed_on or case.registered_on)
    return {
        "case": _case(case),
        "sides": sides(everybody, parties),
        "parties": parties,
        "signers": signers(parties),
        "applicant_signers": signers([view for view in parties if view["role"] == "申请人"]),
        "mediators": list(case.mediators) or [None],
        "mediator_names": "、".join(case.mediators) or None,
        "conclusion": _conclusion(case),
        "recorder": case.recorder,
        "agreement": agreement_view(agreement, len(case.parties), case.number),
        "outcome": {**outcome_view(case.outcome), "refusals": refusals(case)},
        "evidence": evidence(case.sessions),
        "commission": commission_view(case),
        "extension": _extension(case.extension, case),
        "confirmation": _confirmation(case.confirmation),
        "court": (case.confirmation and case.confirmation.court) or "＿＿＿＿＿＿人民法院",
        "applied_on": (chinese_date(case.confirmation.applied_on) if case.confirmation else None) or DATE_BLANK,
        "filing": _filing(case.filing),
        "plan": plan_view(case),
    }


def committee(case: Case, office: Office) -> str:
    """The people's mediation committee whose paper it is: that of the office that registered the case, wherever it is printed."""
    if case.registered_by in (None, office.name):
        return office.mediation_committee
    return f"{case.registered_by}人民调解委员会"


def _case(case: Case) -> Plain:
    since, until = mediated(case)
    applicants, opponents = names(case.parties, "申请人"), names(case.parties, "被申请人", "第三人")
    return {
        "number": case.number,
        "title": case.title,
        "type": dispute_type(case.type),
        "source": case.source,
        "origin": _origin(case.source),
        "applied": case.source in (None, "当事人申请"),
        "entrusted": (case.source or "").endswith("委托移送"),
        "registered_on": chinese_date(case.registered_on),
        "accepted_on": chinese_date(accepted_on(case)),
        "informed_on": chinese_date(case.informed_on),
        "informed_day": chinese_date(case.informed_on) or DATE_BLANK,
        "declined": is_declined(case),
        "taking": taking(case, applicants, opponents),
        "receiver": receiver(case),
        "occurred_on": chinese_date(case.occurred_on),
        "closed_on": chinese_date(case.closed_on),
        "since": chinese_date(since),
        "until": chinese_date(until),
        "ended_on": chinese_date(settled_on(case)),
        "place": case.place,
        "summary": case.summary,
        "claims": list(case.claims),
        "claims_text": "\n".join(f"{i}．{claim}" for i, claim in enumerate(case.claims, 1)) or None,
        "amount": None if case.amount is None else money(case.amount),
        "people_count": case.people_count,
        "risk": case.risk,
        "risk_factors": "、".join(case.risk_factors) or None,
        "applicants": applicants,
        "opponents": opponents,
        "people": names(case.parties, *ROLES),
        "sources": _sources(case.source),
        "result": "\n".join(filter(None, (result_text(case.agreement, case.outcome), confirmation_text(case)))) or None,
        "performance": performance_text(case.visits, case.fulfilments),
    }


def _conclusion(case: Case) -> Plain:
    """结案 (domain.md 3.17): 承办人 is the mediator of the cover; where none is registered, who concluded the dispute."""
    found = case.conclusion or Conclusion()
    return {
        "by": "、".join(case.mediators) or found.by,
        "note": found.note,
        "day": chinese_date(found.on) or DATE_BLANK,
    }


def _origin(source: str | None) -> str:
    """How the register puts it (domain.md 3.4): on application, on the committee's own initiative, or handed over by others."""
    if source in (None, "当事人申请"):
        return "依当事人申请"
    return "主动调解" if source == "主动调解" else f"接受{source}" if source.endswith("移送") else f"根据{source}"


def _sources(source: str | None) -> str:
    """The register's choice of two, and of a third where others handed the dispute over (domain.md 3.4); the right one is ticked."""
    asked, offered = source == "当事人申请", source == "主动调解"
    own = f"{_box(ticked=asked)}当事人申请　{_box(ticked=offered)}人民调解委员会主动调解"
    return own if source is None or asked or offered else f"{own}\n{_box(ticked=True)}{source}"


def _box(*, ticked: bool) -> str:
    return "☑" if ticked else "□"


def _of_party(subject: Subject | None, case: Case, found: Plain) -> Plain:
    """The party that the paper is about, with its label among all parties."""
    if not isinstance(subject, Party):
        return {**blank_party(), "others": None}
    number = next((i for i, party in enumerate(case.parties) if party is subject or party == subject), None)
    view: Plain = party_views([subject], case.registered_on)[0] if number is None else found["parties"][number]
    others = ("被申请人", "第三人") if subject.role == "申请人" else ("申请人",)
    return {**view, "others": names(case.parties, *others)}


def _contents_row(number: int, row: ContentsRow) -> Plain:
    return {"no": number, "name": row.name, "page": row.page, "remark": row.remark}


def _extension(extension: Extension | None, case: Case) -> Plain | None:
    if extension is None:
        return None
    return {
        "limit": chinese_date(mediation_deadline(case.registered_on, is_working_day)),
        "until": chinese_date(extension.until),
        "reason": extension.reason,
        "agreed_on": chinese_date(extension.agreed_on) or DATE_BLANK,
    }


def _confirmation(confirmation: Confirmation | None) -> Plain | None:
    if confirmation is None:
        return None
    return {"case_number": confirmation.case_number, "on_the_spot": bool(confirmation.on_the_spot)}


def _filing(filing: Filing | None) -> Plain:
    filing = filing or Filing()
    return {
        "filed_by": filing.filed_by,
        "filed_on": chinese_date(filing.filed_on),
        "checked_by": filing.checked_by,
        "checked_on": chinese_date(filing.checked_on),
        "retention": filing.retention,
        "place": filing.place,
        "remark": filing.remark,
        "explanation": filing.explanation,
    }
