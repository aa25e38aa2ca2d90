"""The mediation agreement and what is to be performed under it (人民调解法 Art. 28-31, domain.md 3.11, 3.12)."""

from datetime import date

import msgspec

from desktop.domain.codes import AgreementForm, OutcomeKind, Repeat
from desktop.domain.money import Fen


class Clause(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """条款: one numbered clause of an agreement."""

    id: str = ""
    position: int = 0
    text: str


class Obligation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """履行事项: who owes whom an amount (fen) or an act, until when, and how. A repeated one runs from `due_on` to `until`."""

    id: str = ""
    position: int = 0
    payer: str | None = None
    payee: str | None = None
    amount: Fen | None = None
    act: str | None = None
    due_on: date | None = None
    method: str | None = None
    repeat: Repeat | None = None
    until: date | None = None


class Agreement(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """调解协议: written (书面) or oral (口头).

    A written one takes effect when all have signed and the committee has sealed it (人民调解法 Art. 29), an oral one on the day it is
    reached (Art. 30); `signed_on` is that day.
    """

    form: AgreementForm | None = None
    signed_on: date | None = None
    facts: str | None = None
    clauses: tuple[Clause, ...] = ()
    obligations: tuple[Obligation, ...] = ()


class Outcome(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """How a dispute ended or was handed on without an agreement, and which other ways the parties were told of (Art. 26).

    稳控 has a responsible person and a day on which it is looked at again (domain.md 8.1).
    """

    kind: OutcomeKind
    on: date | None = None
    reason: str | None = None
    advised: tuple[str, ...] = ()
    responsible: str | None = None
    review_on: date | None = None
