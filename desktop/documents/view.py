"""What forms may say of a case: plain values (texts, numbers, None, lists and mappings of these) made from domain values."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from desktop.domain.agreement import Agreement, Obligation
from desktop.domain.case import Case
from desktop.domain.letter import Letter
from desktop.domain.money import Fen, capitals, format_yuan
from desktop.domain.office import Office
from desktop.domain.party import Agent, Party, age_on

_DIGITS = "零一二三四五六七八九"
_MOST_BLOCKS = 6
"""More persons than this on one side stand in a table instead of one block each."""

DATE_BLANK = "　　　　年　　月　　日"
Plain = dict[str, Any]


def chinese_date(day: date | None) -> str | None:
    """`2025年3月5日`, without leading zeros (GB/T 9704-2012 7.3.5.4)."""
    return None if day is None else f"{day.year}年{day.month}月{day.day}日"


def chinese_number(number: int) -> str:
    """`五`, `十二`, `三十二`; from a hundred on in figures."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def figures(amount: Fen) -> str:
    """`￥5200.00元`, as it stands beside the capitals."""
    return f"￥{format_yuan(amount)}元"


def values(case: Case, office: Office, letter: Letter | None = None) -> Plain:
    """Everything that a form may name: `office`, `case`, `parties`, `agreement`, `letter` (None without one)."""
    agreement = case.agreement or Agreement()
    day = agreement.signed_on or case.registered_on
    parties = _parties(case.parties, day)
    return {
        "office": {"name": office.name, "committee": committee(case, office)},
        "case": _case(case),
        "sides": _sides(case.parties, parties),
        "parties": parties,
        "signers": _signers(case.parties, parties),
        "mediators": list(case.mediators) or [None],
        "recorder": case.recorder,
        "agreement": _agreement(agreement, len(case.parties)),
        "letter": None if letter is None else _letter(letter, office, case),
    }


def committee(case: Case, office: Office) -> str:
    """The people's mediation committee whose paper it is: that of the office that registered the case, wherever it is printed."""
    if case.registered_by in (None, office.name):
        return office.mediation_committee
    return f"{case.registered_by}人民调解委员会"


def _case(case: Case) -> Plain:
    return {
        "number": case.number,
        "title": case.title,
        "type": case.type if case.type.endswith(("纠纷", "争议")) else f"{case.type}纠纷",
        "source": case.source,
        "origin": _origin(case.source),
        "registered_on": chinese_date(case.registered_on),
        "occurred_on": chinese_date(case.occurred_on),
        "place": case.place,
        "summary": case.summary,
        "claims": list(case.claims),
        "amount": None if case.amount is None else money(case.amount),
        "people_count": case.people_count,
        "risk": case.risk,
        "risk_factors": "、".join(case.risk_factors) or None,
        "applicants": _names(case.parties, "申请人"),
        "opponents": _names(case.parties, "被申请人", "第三人"),
        "people": _names(case.parties, "申请人", "被申请人", "第三人"),
        "sources": _sources(case.source),
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


def _sentence(text: str) -> str:
    """The text with a full stop if it ends without a mark."""
    return text if text.endswith(("。", "！", "？", "；", "：", "…")) else f"{text}。"


def money(amount: Fen) -> str:
    """`人民币伍仟贰佰元整（￥5200.00元）` (domain.md 3.11)."""
    return f"人民币{capitals(amount)}（{figures(amount)}）"


def _names(parties: Sequence[Party], *roles: str) -> str | None:
    """`杨自立、普秀芬、李国安`; of more than four the first three and how many they are."""
    names = [p.name for p in parties if p.role in roles]
    return "、".join(names) or None if len(names) <= 4 else f"{'、'.join(names[:3])}等{len(names)}人"


def _parties(parties: Sequence[Party], day: date) -> list[Plain]:
    """Party blocks in order, each with its label: 申请人, or 申请人一, 申请人二 where there are more."""
    counts = {p.role: sum(q.role == p.role for q in parties) for p in parties}
    seen: dict[str, int] = {}
    views = []
    for party in parties:
        number = seen[party.role] = seen.get(party.role, 0) + 1
        label = party.role if counts[party.role] == 1 else f"{party.role}{chinese_number(number)}"
        views.append(_party(party, label, number, day))
    return views


def _party(party: Party, label: str, number: int, day: date) -> Plain:
    legal = party.legal_representative
    return {
        "label": label,
        "role": party.role,
        "no": number,
        "person": party.kind == "自然人",
        "organisation": party.kind == "组织",
        "name": party.name,
        "sex": party.sex,
        "ethnic": party.ethnic,
        "age": None if party.born_on is None else age_on(party.born_on, day),
        "occupation": party.occupation,
        "phone": party.phone,
        "address": party.address,
        "guardian": party.guardian,
        "credit_code": party.credit_code,
        "legal": None if legal is None else f"{legal.name}　{legal.title or ''}".rstrip("　"),
        "agent": _agent(party.agent),
    }


def _agent(agent: Agent | None) -> Plain | None:
    if agent is None:
        return None
    return {"name": agent.name, "kind": agent.kind, "phone": agent.phone, "authority": "；".join(agent.authority) or None}


def _sides(parties: Sequence[Party], views: Sequence[Plain]) -> list[Plain]:
    """The roles in order, each either with its parties as `blocks`, or (many persons) with those as `people` for a table."""
    sides = []
    for role in ("申请人", "被申请人", "第三人"):
        own = [v for v in views if v["role"] == role]
        many = len(own) > _MOST_BLOCKS
        people = [v for v in own if many and v["person"] and not v["agent"] and not v["guardian"]]
        leaders = [p.name for p in parties if p.role == role and p.representative]
        sides.append(
            {
                "role": role,
                "blocks": [v for v in own if not any(v is p for p in people)],
                "people": people,
                "count": chinese_number(len(people)),
                "representatives": "、".join(leaders) if many and leaders else None,
            }
        )
    return [side for side in sides if side["blocks"] or side["people"]]


def _signers(parties: Sequence[Party], views: Sequence[Plain]) -> Plain:
    """Who signs: a line each for few (`lines`), the names side by side for many (`names`)."""
    many = len(parties) > 2 * _MOST_BLOCKS
    persons = [v for v in views if many and v["person"]]
    lines = [line for v in views if not (many and v["person"]) for line in _signature_lines(v)]
    agents = [line for v in persons for line in _signature_lines(v)[1:]]
    few = [f"{v['label']}{v['name']}（签名{'' if v['person'] else '盖章'}）" for v in views if not (many and v["person"])]
    return {"lines": lines + agents, "few": few, "names": [v["name"] for v in persons]}


def _signature_lines(party: Plain) -> list[str]:
    """The labels of a party's lines: itself, then guardian or agent. An organisation seals and its head or agent signs."""
    if party["organisation"]:
        who = f"委托代理人{party['agent']['name']}" if party["agent"] else "法定代表人或者委托代理人"
        return [f"{party['label']}{party['name']}（盖章）", f"{who}（签名）"]
    lines = [f"{party['label']}{party['name']}（签名盖章或按指印）"]
    if party["guardian"]:
        lines.append(f"{party['label']}的监护人{party['guardian']}（签名）")
    if party["agent"]:
        lines.append(f"{party['label']}的委托代理人{party['agent']['name']}（签名）")
    return lines


def _agreement(agreement: Agreement, parties: int) -> Plain:
    obligations = [_obligation(o) for o in agreement.obligations]
    return {
        "facts": agreement.facts,
        "clauses": [{"no": chinese_number(i), "text": clause.text} for i, clause in enumerate(agreement.clauses, 1)],
        "obligations": obligations if len(obligations) > 1 else [],
        "payment": obligations[0] if len(obligations) == 1 and obligations[0]["money"] else None,
        "deed": obligations[0] if len(obligations) == 1 and not obligations[0]["money"] else None,
        "unsettled": not obligations,
        "copies": chinese_number(parties + 1),
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


def _letter(letter: Letter, office: Office, case: Case) -> Plain:
    return {
        "number": letter.number,
        "kind": letter.kind,
        "issuer": letter.issuer or office.name,
        "to": letter.to,
        "subject": letter.title or case.title,
        "heading": letter.title or f"关于{case.title}的{letter.kind}",
        "matter": letter.matter,
        "items": [{"no": chinese_number(i), "text": _sentence(m)} for i, m in enumerate(letter.measures, 1)],
        "measures_text": "\n".join(f"{i}．{m}" for i, m in enumerate(letter.measures, 1)) or None,
        "due_on": chinese_date(letter.due_on),
        "responsible": letter.responsible,
        "signer": letter.signer,
        "issued_on": chinese_date(letter.issued_on) or DATE_BLANK,
        "replies_to": letter.replies_to,
    }
