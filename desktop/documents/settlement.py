"""What forms may say of the agreement, of what is owed under it, and of the end without one."""

from typing import Any

from desktop.documents.phrases import DATE_BLANK, chinese_date, chinese_number, money, sentence
from desktop.domain.agreement import Agreement, Obligation, Outcome

Plain = dict[str, Any]


def agreement_view(agreement: Agreement, parties: int, number: str | None = None) -> Plain:
    """The agreement; `copies` one for each party and one for the committee (人民调解法 Art. 29).

    `number` is that of the case, which the agreement bears too (domain.md 3.0).
    """
    obligations = [{**_obligation(o), "no": i} for i, o in enumerate(agreement.obligations, 1)]
    single = obligations[0] if len(obligations) == 1 else None
    return {
        "form": agreement.form,
        "facts": agreement.facts,
        "clauses": [{"no": chinese_number(i), "text": clause.text} for i, clause in enumerate(agreement.clauses, 1)],
        "duties": obligations,
        "obligations": obligations if len(obligations) > 1 else [],
        "payment": single if single and single["money"] else None,
        "deed": single if single and not single["money"] else None,
        "unsettled": not obligations,
        "copies": chinese_number(parties + 1),
        "signed_number": number if agreement.signed_on else None,
        "signed_form": agreement.form if agreement.signed_on else None,
        "signed_on": chinese_date(agreement.signed_on) or DATE_BLANK,
    }


def _obligation(obligation: Obligation) -> Plain:
    amount = None if obligation.amount is None else money(obligation.amount)
    return {
        "payer": obligation.payer,
        "payee": obligation.payee,
        "money": amount,
        "act": obligation.act,
        "what": "；".join(filter(None, (amount, obligation.act))) or None,
        "term": _term(obligation),
        "method": obligation.method,
    }


def _term(obligation: Obligation) -> str | None:
    due = chinese_date(obligation.due_on)
    if obligation.repeat is None:
        return due and f"{due}前"
    start = f"自{due}起" if due else ""
    end = f"，至{chinese_date(obligation.until)}止" if obligation.until else ""
    return f"{start}{obligation.repeat}一次{end}"


def outcome_view(outcome: Outcome | None) -> Plain:
    """The end without an agreement; everything None as long as there is none."""
    return {
        "kind": outcome and outcome.kind,
        "on": chinese_date(outcome.on) if outcome else None,
        "day": (chinese_date(outcome.on) if outcome else None) or DATE_BLANK,
        "reason": outcome and outcome.reason,
        "advised": list(outcome.advised) if outcome else [],
    }


def result_text(agreement: Agreement | None, outcome: Outcome | None) -> str | None:
    """What came of it, for the closing report: the clauses of the agreement, or the end without one; None while it is open."""
    if agreement and agreement.signed_on:
        head = f"{chinese_date(agreement.signed_on)}达成{agreement.form or ''}协议。"
        return "\n".join([head, *(f"{chinese_number(i)}、{sentence(c.text)}" for i, c in enumerate(agreement.clauses, 1))])
    if outcome is None:
        return None
    advised = f"已告知当事人可以通过{'、'.join(outcome.advised)}等途径维护权利。" if outcome.advised else ""
    return f"{chinese_date(outcome.on) or ''}{outcome.kind}。" + sentence(outcome.reason or "") + advised
