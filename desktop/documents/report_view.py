"""What the report to the level above and the plan of a dispute say: what was done, who leads, which help (domain.md 3.19, 8.0, 8.1)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import msgspec

from desktop.documents.course_views import LINE, UNDATED, accepted_on
from desktop.documents.phrases import DATE_BLANK, chinese_date, sentence
from desktop.domain import happened
from desktop.domain.case import Case
from desktop.domain.course_records import Plan, Routing
from desktop.domain.dues import ANSWER_DAYS
from desktop.domain.letter import Letter, answers
from desktop.domain.moment import parse_moment
from desktop.domain.office import Office

Plain = dict[str, Any]

_WHOLE = 400
"""Signs of a reason or a result that a paper quotes; a screen's line has room for less."""


def report_view(report: Routing | None, case: Case, office: Office) -> Plain:
    """A report to the level above (上报); everything blank without one."""
    known = report or Routing()
    return {
        "to": "、".join(known.to) or LINE,
        "reason": (known.reason or "").rstrip("。；，") or None,
        "by": known.by,
        "office": known.office or office.name,
        "day": chinese_date(known.on) or UNDATED,
        "answer_by": chinese_date(known.on + timedelta(days=ANSWER_DAYS)) if known.on else DATE_BLANK,
        "done": done_until(case, known, known.office or office.name) if report else None,
    }


def done_until(case: Case, report: Routing, office: str) -> str | None:
    """What was done by the day of the office's report, a sentence each with its day, the earliest first; None: nothing is on record."""
    until = report.on or date.max
    found = sorted(((on, words) for on, words in _done(case, report, office) if on and on <= until), key=lambda one: one[0])
    return "\n".join(f"{chinese_date(on)}{sentence(words)}" for on, words in found) or None


def _done(case: Case, report: Routing, office: str) -> Iterator[tuple[date | None, str]]:
    """Every step of the dispute that has a day, with its words."""
    if case.intake and case.intake.decision == "受理":
        yield accepted_on(case), "受理"
    yield from ((one.on, happened.assessed(_plain(one), _WHOLE)) for one in case.assessments)
    if case.police_reported_at:
        yield parse_moment(case.police_reported_at).date(), "向公安机关报告"
    yield from ((one.on, happened.routed(_plain(one), _WHOLE)) for one in case.routings if one.id != report.id or one != report)
    if case.plan:
        yield case.plan.made_on, happened.planned(_plain(case.plan))
    yield case.informed_on, "告知当事人权利和义务"
    yield from _meetings(case)
    yield from ((one.issued_on, _sent(one, office)) for one in case.letters if one.number and one.to and not answers(one))
    yield from ((one.on, happened.supported(_plain(one))) for one in case.supports)
    yield from ((one.result_on, happened.helped(_plain(one), _WHOLE)) for one in case.supports if one.result)


def _sent(letter: Letter, office: str) -> str:
    by = "" if letter.issuer in (None, office) else letter.issuer
    return f"{by}发出{happened.letter_name(_plain(letter))}，主送{letter.to}"


def _meetings(case: Case) -> Iterator[tuple[date | None, str]]:
    held = 0
    for one in case.sessions:
        held += one.kind == "调解记录"
        yield parse_moment(one.started_at).date() if one.started_at else None, happened.met(_plain(one), held)


def _plain(record: object) -> Plain:
    found: Plain = msgspec.to_builtins(record)
    return found


def plan_view(case: Case) -> Plain:
    """一案一策 with the help that was arranged; `there`: whether anything is planned."""
    plan = case.plan or Plan()
    return {
        "there": plan != Plan(),
        "leader": plan.leader,
        "members": "、".join(plan.members) or None,
        "text": plan.text,
        "day": chinese_date(plan.made_on) or UNDATED,
        "supports": [
            {
                "kind": one.kind,
                "provider": one.provider,
                "on": chinese_date(one.on),
                "result": one.result,
                "result_on": chinese_date(one.result_on),
            }
            for one in case.supports
        ],
    }
