"""What the course of a dispute leaves on record besides meetings and agreement: intake, assessment, routing, plan, help, end.

Every record says who did it (`by`), when (`on`) and which office (`office`, its name then); the change that wrote it says which computer.
"""

from datetime import date

import msgspec

from desktop.domain.codes import AssessmentStage, HandlingMode, IntakeDecision, Risk, RoutingKind, SupportKind
from desktop.domain.money import Fen


class Intake(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """受理审查: the answers to the questions of domain.md 4.4 and what was decided.

    `barred` holds the codes of the questions that were answered so that mediation is barred (`domain.intake`); `reason` of a refusal is one
    of the reasons of domain.md 3.18; `guided_to` the ways that the parties were shown.
    """

    decision: IntakeDecision | None = None
    on: date | None = None
    by: str | None = None
    office: str | None = None
    mode: HandlingMode | None = None
    barred: tuple[str, ...] = ()
    reason: str | None = None
    guided_to: tuple[str, ...] = ()
    note: str | None = None


class Commission(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """来文: who sent the dispute (court, police, petition office) and what went back to them (进得来、回得去, domain.md 3.19)."""

    sender: str | None = None
    number: str | None = None
    received_on: date | None = None
    due_on: date | None = None
    contact: str | None = None
    returned_on: date | None = None
    returned_by: str | None = None
    result: str | None = None


class Assessment(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """研判: one view of the risk of the dispute (never of a person), first, discussed or decided (domain.md 2.7)."""

    id: str = ""
    position: int = 0
    stage: AssessmentStage | None = None
    risk: Risk | None = None
    factors: tuple[str, ...] = ()
    on: date | None = None
    by: str | None = None
    office: str | None = None
    opinion: str | None = None


class Routing(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """分流: to which level or body the dispute went and why; `answered_on`, `answer`: what those called replied (domain.md 2.4)."""

    id: str = ""
    position: int = 0
    kind: RoutingKind | None = None
    level: int | None = None
    to: tuple[str, ...] = ()
    reason: str | None = None
    on: date | None = None
    by: str | None = None
    office: str | None = None
    answered_on: date | None = None
    answer: str | None = None


class Plan(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """一案一策: how this dispute is to be solved, who leads (包抓领导) and who works on it (专班)."""

    text: str | None = None
    leader: str | None = None
    members: tuple[str, ...] = ()
    made_on: date | None = None


class Support(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """帮扶: counselling, legal aid or other help that was arranged, and what came of it."""

    id: str = ""
    position: int = 0
    kind: SupportKind | None = None
    provider: str | None = None
    on: date | None = None
    result: str | None = None
    result_on: date | None = None


class Fulfilment(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """履行登记: what was performed of an obligation; `obligation` is its id, `due_on` the instalment that it settles, `amount` in fen."""

    id: str = ""
    position: int = 0
    obligation: str = ""
    due_on: date | None = None
    on: date | None = None
    amount: Fen | None = None
    proof: str | None = None


class Conclusion(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """结案: everything is done; filing (归档) follows (domain.md 3.17)."""

    on: date | None = None
    by: str | None = None
    office: str | None = None
    note: str | None = None


class Reopening(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """重新办理: a closed dispute is taken up again under its number, for the second or a later time (domain.md 3.21)."""

    id: str = ""
    position: int = 0
    on: date | None = None
    reason: str | None = None
    by: str | None = None
    office: str | None = None
