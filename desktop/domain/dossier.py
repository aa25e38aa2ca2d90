"""What belongs to the dossier (卷宗) besides the dispute: filing, extension, judicial confirmation (domain.md 3.1, 3.14 to 3.20)."""

from datetime import date
from typing import Annotated, Literal

import msgspec

Retention = Literal["短期", "长期", "永久"]
"""保管期限 (domain.md 3.20); the years follow local rules."""

ConfirmationResult = Literal["确认有效", "不予受理", "驳回", "撤回", "按撤回处理"]


class Filing(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """立卷: who put the dossier together and when, how long it is kept, what is to be said of it (domain.md 3.1, 3.15, 3.16)."""

    filed_by: str | None = None
    filed_on: date | None = None
    checked_by: str | None = None
    checked_on: date | None = None
    retention: Retention | None = None
    place: str | None = None
    remark: str | None = None
    explanation: str | None = None


class Extension(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """延期调解: until when the parties agreed to go on, and why (domain.md 3.18, 4.3)."""

    until: date | None = None
    reason: str | None = None
    agreed_on: date | None = None


class Confirmation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """司法确认: the joint application and what the court decided (domain.md 3.14, 4.2)."""

    court: str | None = None
    applied_on: date | None = None
    case_number: str | None = None
    result: ConfirmationResult | None = None
    ruling: str | None = None
    decided_on: date | None = None
    on_the_spot: bool | None = None


class DeliveryAddress(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """送达地址确认: where a court may send papers to a party (domain.md 3.14)."""

    address: str | None = None
    recipient: str | None = None
    phone: str | None = None
    postcode: Annotated[str, msgspec.Meta(max_length=12)] | None = None
    electronic: str | None = None
