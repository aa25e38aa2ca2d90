"""What forms may say of a letter (三单一函, domain.md 1.4): plain values; what nobody entered is None and leaves a blank."""

from typing import Any

from desktop.documents.phrases import DATE_BLANK, chinese_date, chinese_number, sentence
from desktop.documents.plain_values import BLANK
from desktop.domain.case import Case
from desktop.domain.letter import Letter
from desktop.domain.office import Office

_URGENT = ("加急", "特急")
"""A 平件 bears no mark."""

Plain = dict[str, Any]


def letter_view(letter: Letter, office: Office, case: Case) -> Plain:
    """A letter of the case as it is printed by the office."""
    return {**_head(letter, office, case), **_task(letter), **_supervision(letter), **_answer(letter, case)}


def _head(letter: Letter, office: Office, case: Case) -> Plain:
    return {
        "number": letter.number,
        "kind": letter.kind,
        "kind_title": "　".join(letter.kind) if len(letter.kind) <= 3 else letter.kind,
        "issuer": letter.issuer or office.name,
        "to": letter.to,
        "subject": letter.title or case.title,
        "heading": letter.title or f"关于{case.title}的{letter.kind}",
        "matter": letter.matter,
        "items": [{"no": chinese_number(i), "text": sentence(m)} for i, m in enumerate(letter.measures, 1)],
        "measures_text": _numbered(letter.measures),
        "due_on": chinese_date(letter.due_on),
        "responsible": letter.responsible,
        "signer": letter.signer,
        "signed": "　".join(part for part in (letter.signer_post, letter.signer) if part) or None,
        "issued_on": chinese_date(letter.issued_on) or DATE_BLANK,
        "replies_to": letter.replies_to,
        "number_line": (f"【{letter.urgency}】　" if letter.urgency in _URGENT else "") + f"文号：{letter.number or BLANK}",
        "urgency": letter.urgency if letter.urgency in _URGENT else None,
        "copies_to": "、".join(letter.copies_to) or None,
        "contact": letter.contact,
        "phone": letter.phone,
        "contact_blank": letter.contact or "＿" * 6,
        "phone_blank": letter.phone or "＿" * 8,
        "contact_line": "　".join(part for part in (letter.contact, letter.phone) if part) or None,
        "enclosures": _numbered(letter.enclosures),
        "enclosure_count": f"{len(letter.enclosures)}份" if letter.enclosures else None,
    }


def _task(letter: Letter) -> Plain:
    return {
        "leader": letter.leader,
        "partners": "、".join(letter.partners) or None,
        "responsible_phone": letter.responsible_phone,
        "responsible_line": "　".join(part for part in (letter.responsible, letter.responsible_phone) if part) or None,
        "keeper": letter.keeper,
        "report_rule": letter.report_rule,
        "opinion": letter.opinion,
        "instruction": letter.instruction,
        "basis": letter.basis,
    }


def _supervision(letter: Letter) -> Plain:
    return {
        "reason": letter.reason,
        "first_due_on": chinese_date(letter.first_due_on),
        "overdue_days": f"{letter.overdue_days}天" if letter.overdue_days else None,
        "times": f"第{letter.supervision}次" if letter.supervision else "第　　次",
        "way": letter.way,
        "progress": letter.progress,
        "warnings": list(letter.warnings),
    }


def _answer(letter: Letter, case: Case) -> Plain:
    signed = case.agreement if case.agreement and case.agreement.signed_on else None
    return {
        "answer_kind": letter.answer_kind,
        "result": letter.result,
        "agreement_number": letter.agreement_number or (case.number if signed else None),
        "agreement_form": signed.form if signed else None,
        "satisfaction": letter.satisfaction,
        "risk": letter.risk or case.risk,
        "next_steps": letter.next_steps,
        "extend_to": chinese_date(letter.extend_to) or DATE_BLANK,
    }


def _numbered(texts: tuple[str, ...]) -> str | None:
    return "\n".join(f"{i}．{text}" for i, text in enumerate(texts, 1)) or None
