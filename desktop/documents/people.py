"""What forms may say of the parties and of who signs."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from desktop.documents.phrases import chinese_number
from desktop.domain.dossier import DeliveryAddress
from desktop.domain.party import Agent, Party, age_on

Plain = dict[str, Any]

ROLES = ("申请人", "被申请人", "第三人")
_MOST_BLOCKS = 6
"""More persons than this on one side stand in a table instead of one block each."""


def names(parties: Sequence[Party], *roles: str) -> str | None:
    """`杨自立、普秀芬、李国安`; of more than four the first three and how many they are."""
    found = [p.name for p in parties if p.role in roles]
    return "、".join(found) or None if len(found) <= 4 else f"{'、'.join(found[:3])}等{len(found)}人"


def party_views(parties: Sequence[Party], day: date) -> list[Plain]:
    """Party blocks in order, each with its label: 申请人, or 申请人一, 申请人二 where there are more."""
    counts = {p.role: sum(q.role == p.role for q in parties) for p in parties}
    seen: dict[str, int] = {}
    views = []
    for party in parties:
        number = seen[party.role] = seen.get(party.role, 0) + 1
        label = party.role if counts[party.role] == 1 else f"{party.role}{chinese_number(number)}"
        views.append(_party(party, label, number, day))
    return views


def blank_party() -> Plain:
    """A person of whom nothing is known, for a form to be filled by hand."""
    nobody = Party(role="申请人", kind="自然人", name="")
    return {**_party(nobody, "当事人", 0, date.min), "role": None, "no": None, "paper": None}


def _party(party: Party, label: str, number: int, day: date) -> Plain:
    legal = party.legal_representative
    person = party.kind == "自然人"
    return {
        "label": label,
        "role": party.role,
        "no": number,
        "person": person,
        "organisation": not person,
        "name": party.name,
        "sex": party.sex,
        "ethnic": party.ethnic,
        "age": None if party.born_on is None else age_on(party.born_on, day),
        "occupation": party.occupation,
        "phone": party.phone,
        "address": party.address,
        "id_number": party.id_number,
        "guardian": party.guardian,
        "credit_code": party.credit_code,
        "legal": None if legal is None else f"{legal.name}　{legal.title or ''}".rstrip("　"),
        "agent": _agent(party.agent),
        "delivery": _delivery(party.delivery),
        "paper": "居民身份证" if person else "营业执照",
    }


def _agent(agent: Agent | None) -> Plain | None:
    if agent is None:
        return None
    return {
        "name": agent.name,
        "kind": agent.kind,
        "phone": agent.phone,
        "id_number": agent.id_number,
        "authority": "；".join(agent.authority) or None,
        "powers": list(agent.authority),
    }


def _delivery(delivery: DeliveryAddress | None) -> Plain | None:
    if delivery is None:
        return None
    return {name: getattr(delivery, name) for name in ("address", "recipient", "phone", "postcode", "electronic")}


def sides(parties: Sequence[Party], views: Sequence[Plain]) -> list[Plain]:
    """The roles in order, each either with its parties as `blocks`, or (many persons) with those as `people` for a table."""
    found = []
    for role in ROLES:
        own = [v for v in views if v["role"] == role]
        many = len(own) > _MOST_BLOCKS
        people = [v for v in own if many and v["person"] and not v["agent"] and not v["guardian"]]
        leaders = [p.name for p in parties if p.role == role and p.representative]
        found.append(
            {
                "role": role,
                "blocks": [v for v in own if not any(v is p for p in people)],
                "people": people,
                "count": chinese_number(len(people)),
                "representatives": "、".join(leaders) if many and leaders else None,
            }
        )
    return [side for side in found if side["blocks"] or side["people"]]


def signers(views: Sequence[Plain]) -> Plain:
    """Who signs: a line each for few (`lines`), the names side by side for many (`names`)."""
    many = len(views) > 2 * _MOST_BLOCKS
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
