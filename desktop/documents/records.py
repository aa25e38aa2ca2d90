"""What forms may say of meetings, evidence and visits. What has not happened is None and leaves a blank."""

import re
from collections.abc import Sequence
from typing import Any

from desktop.documents.phrases import DATE_BLANK, chinese_date, chinese_number, day_of, figures, period, point, sentence
from desktop.domain import session_elements
from desktop.domain.course_records import Fulfilment
from desktop.domain.session import Session
from desktop.domain.visit import Visit

Plain = dict[str, Any]

_ELEMENTS = (
    ("statements", "双方陈述的争议事实", ("陈述", "称", "认为", "主张", "各执", "想法", "诉求")),
    ("verification", "调查情况的核实和质证", ("核实", "核对", "质证", "查验", "查阅", "丈量", "无异议", "认可")),
    ("risks", "对调解结果的风险告知", ("风险", "不履行", "后果", "司法确认", "强制执行")),
)
"""Of the seven elements of a record (domain.md 3.10) those that only its text can hold, with their codes (`session_elements`) and words by
which they are recognised in records without headings.

Notice of rights, of principles and of the mediator's standing, the result, and the signatures have their own places in the form.
"""


_HEADING = re.compile(r"【[^】\n]*】")


def session_view(session: Session | None, sessions: Sequence[Session]) -> Plain:
    """A meeting; everything blank without one. `lacking`: elements of a record of mediation that its text does not show."""
    known = session or Session(kind="调解记录")
    number = _number_among([s for s in sessions if s.kind == known.kind], session)
    return {
        "no": number,
        "time": period(known.started_at, known.ended_at),
        "start": point(known.started_at),
        "day": chinese_date(day_of(known.ended_at or known.started_at)) or DATE_BLANK,
        "place": known.place,
        "participants": "、".join(known.participants) or None,
        "participant_list": list(known.participants),
        "respondent": known.respondent,
        "record": known.record,
        "result": known.result,
        "lacking": lacking(known) if known.kind == "调解记录" else [],
    }


def lacking(session: Session) -> list[str]:
    """The elements that a record neither shows nor has ticked (domain.md 3.10); a meeting without a result owes no notice of risks.

    A heading with nothing below it shows nothing.
    """
    text, told = _HEADING.sub("", session.record or ""), session_elements.present(session)
    open_end = session.result == "择期再调"
    return [
        name
        for code, name, words in _ELEMENTS
        if code not in told and not any(word in text for word in words) and not (open_end and code == "risks")
    ]


def _number_among(entries: Sequence[object], entry: object) -> str | None:
    """`二` for the second of the entries; None if it is none of them."""
    return next((chinese_number(i) for i, one in enumerate(entries, 1) if one is entry or one == entry), None)


def evidence(sessions: Sequence[Session]) -> list[Plain]:
    """Every piece of evidence of all meetings."""
    found = [piece for session in sessions for piece in session.evidence]
    return [{"no": i, "name": e.name, "kind": e.kind, "provider": e.provider, "pages": e.pages} for i, e in enumerate(found, 1)]


def visit_view(visit: Visit | None, visits: Sequence[Visit]) -> Plain:
    """A visit; everything blank without one."""
    known = visit or Visit()
    return {
        "no": _number_among(visits, visit),
        "on": chinese_date(known.on),
        "day": chinese_date(known.on) or DATE_BLANK,
        "method": known.method,
        "party": known.party,
        "performance": known.performance,
        "satisfaction": known.satisfaction,
        "grievance": known.grievance,
        "note": known.note,
        "by": known.by,
        "place": known.place,
        "risk": known.risk,
        "measures": known.measures,
        "next_on": chinese_date(known.next_on),
    }


def visits_text(visits: Sequence[Visit]) -> str | None:
    """One line a visit: `2025年4月7日电话回访杨自立：全部履行，满意。退款已到账。`; None without a visit that was made."""
    lines = []
    for visit in visits:
        if visit.on:
            found = "，".join(filter(None, (visit.performance, visit.satisfaction, visit.grievance and f"积怨{visit.grievance}")))
            said = sentence(found) + sentence(visit.note or "")
            lines.append(f"{chinese_date(visit.on)}{visit.method or ''}回访{visit.party or ''}：{said}")
    return "\n".join(lines) or None


def performance_text(visits: Sequence[Visit], fulfilments: Sequence[Fulfilment]) -> str | None:
    """What was performed, a line each, then the visits; None where nothing is on record."""
    lines = [_fulfilment(one) for one in sorted((one for one in fulfilments if one.on), key=lambda one: (one.on, one.position))]
    return "\n".join(filter(None, (*lines, visits_text(visits)))) or None


def _fulfilment(one: Fulfilment) -> str:
    """`2026年2月1日履行￥5200.00元（凭证：收条）`, a sentence."""
    what = "" if one.amount is None else figures(one.amount)
    return f"{chinese_date(one.on)}履行{what}{f'（凭证：{one.proof}）' if one.proof else ''}。"
