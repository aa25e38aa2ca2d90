"""The parties of a dispute and those who act for them (domain.md 3.0, 3.21)."""

from datetime import date

import msgspec

from desktop.domain.codes import AgentKind, PartyKind, Role, Sex
from desktop.domain.dossier import DeliveryAddress


class Agent(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """委托代理人: who acts for a party, and what the party allowed (domain.md 3.7)."""

    name: str
    id_number: str | None = None
    phone: str | None = None
    kind: AgentKind | None = None
    authority: tuple[str, ...] = ()


class LegalRepresentative(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """法定代表人 or person in charge of an organisation."""

    name: str
    title: str | None = None


class Party(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """当事人: a person or an organisation that takes part in the dispute. None means unknown.

    `refused_on`: the day on which it clearly refused mediation, which then may not go on (人民调解法 Art. 17).

    `id` names the entry in the change history and `position` orders the entries; both are set when the party is saved. It is the
    same for sessions, clauses, obligations, letters and visits.
    """

    id: str = ""
    position: int = 0
    role: Role
    kind: PartyKind
    name: str
    main: bool | None = None
    representative: bool | None = None
    sex: Sex | None = None
    ethnic: str | None = None
    born_on: date | None = None
    id_number: str | None = None
    occupation: str | None = None
    phone: str | None = None
    address: str | None = None
    guardian: str | None = None
    credit_code: str | None = None
    legal_representative: LegalRepresentative | None = None
    agent: Agent | None = None
    delivery: DeliveryAddress | None = None
    refused_on: date | None = None


def age_on(born_on: date, day: date) -> int:
    """Full years on the day; the birthday itself counts (民法典 Art. 200 ff. as usual in official forms)."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
