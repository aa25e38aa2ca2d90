"""Letters before anybody has typed in them: what is known already stands there, the operator puts in the rest (domain.md 1.3, 1.4)."""

from datetime import date, timedelta
from typing import Literal

import msgspec

from desktop.domain.case import Case
from desktop.domain.codes import Satisfaction
from desktop.domain.letter import AnswerResult, Letter, LetterMove
from desktop.domain.letter_course import course, days_overdue
from desktop.domain.letter_kinds import LetterType

Degree = Literal["简单", "一般", "复杂"]

_RESULTS: dict[str, AnswerResult] = {
    "稳控": "稳控",
    "调解不成": "未化解",
    "撤回": "未化解",
    "不予受理": "引导诉讼仲裁",
    "移送": "不属本单位",
}


def limit(kind: LetterType, case: Case, on: date, degree: Degree = "一般") -> date | None:
    """Until when a letter of the kind that is issued on the day is to be answered: by the degree of the matter, high risk first."""
    days = {"简单": kind.simple_days, "复杂": kind.complex_days}.get(degree)
    if case.risk == "高" and kind.high_risk_days is not None:
        days = kind.high_risk_days
    days = kind.default_days if days is None else days
    return None if days is None else on + timedelta(days=days)


def blank(kind: LetterType, case: Case, on: date, issuer: str, degree: Degree = "一般") -> Letter:
    """A letter of the kind about the case."""
    return Letter(kind=kind.name, issuer=issuer, due_on=limit(kind, case, on, degree), report_rule="一次性" if kind.needs_reply else None)


def supervision(letter: Letter, case: Case, kind: LetterType, on: date, issuer: str) -> Letter:
    """The supervision order of a letter: its number, title, measures and people, the days that it is late, the how manyeth time it is.

    `case.moves` say how often it was urged before; nothing is invented about what the addressee did (domain.md 1.5 rule 2).
    """
    now, late = course(letter, case.moves), days_overdue(letter, case.moves, on)
    times = now.supervised + 1
    said = f"{letter.number or letter.kind}的办理时限为{_day(now.deadline)}，已逾期{late}天，仍未反馈。" if late else ""
    return msgspec.structs.replace(
        blank(kind, case, on, issuer),
        to=letter.to,
        title=letter.title,
        matter="\n".join(part for part in (said, letter.matter) if part) or None,
        measures=letter.measures,
        responsible=letter.responsible,
        responsible_phone=letter.responsible_phone,
        leader=letter.leader,
        signer=letter.signer,
        signer_post=letter.signer_post,
        contact=letter.contact,
        phone=letter.phone,
        copies_to=letter.copies_to,
        replies_to=letter.number,
        reason="逾期未反馈" if late else None,
        first_due_on=now.deadline,
        overdue_days=late or None,
        supervision=times,
        way="书面",
        urgency="加急",
    )


def answer(letter: Letter, case: Case, kind: str, issuer: str) -> Letter:
    """The feedback slip to a letter, with what the case says of the result; nothing that did not happen (domain.md 1.4)."""
    signed = bool(case.agreement and case.agreement.signed_on)
    return Letter(
        kind=kind,
        issuer=issuer,
        to=letter.issuer,
        title=letter.title,
        replies_to=letter.number,
        answer_kind="办结",
        result=_result(case),
        matter=_told(case),
        measures=tuple(_session(case)),
        responsible=letter.responsible,
        agreement_number=case.number if signed else None,
        satisfaction=_satisfaction(case),
        risk=case.risk,
    )


def moved(letter: Letter, move: LetterMove, case: Case) -> Case:
    """The case with one more move of the letter."""
    return msgspec.structs.replace(case, moves=(*case.moves, msgspec.structs.replace(move, letter=letter.id)))


def _result(case: Case) -> AnswerResult | None:
    if case.agreement and case.agreement.signed_on:
        return "化解成功"
    return _RESULTS.get(case.outcome.kind) if case.outcome else None


def _told(case: Case) -> str | None:
    if case.agreement and case.agreement.signed_on:
        return f"{_day(case.agreement.signed_on)}双方达成{case.agreement.form or ''}协议。"
    return case.outcome.reason if case.outcome else None


def _session(case: Case) -> list[str]:
    days = [(date.fromisoformat(s.started_at[:10]), s) for s in case.sessions if s.started_at]
    return [f"{_day(on)}{'组织调解' if s.kind == '调解记录' else '走访调查'}" for on, s in days]


def _satisfaction(case: Case) -> Satisfaction | None:
    found = [visit.satisfaction for visit in case.visits if visit.satisfaction]
    return found[-1] if found else None


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
