"""A dispute (纠纷) with everything that belongs to it (domain.md 3.21)."""

from datetime import date
from typing import Annotated

import msgspec

from desktop.domain.agreement import Agreement, Outcome
from desktop.domain.attachment import Attachment, Seal
from desktop.domain.codes import DisputeType, Risk, Source
from desktop.domain.course_records import Assessment, Commission, Conclusion, Fulfilment, Intake, Plan, Reopening, Routing, Support
from desktop.domain.dossier import Confirmation, Extension, Filing
from desktop.domain.handover import Handover
from desktop.domain.letter import Letter, LetterMove
from desktop.domain.moment import Moment, check_moments
from desktop.domain.money import Fen
from desktop.domain.party import Party
from desktop.domain.session import Session
from desktop.domain.visit import Visit


class Case(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One dispute as it stands. None and empty mean unknown; `amount` is in fen, dates are ISO.

    The first block is the program's own and no part of the case file: `id` (UUIDv7, 32 hex digits), `number` (卷号),
    `registered_by` (name of the office that registered it), `owner` and `assigned` (station ids: who has the case, and who was
    asked to help), `handover` (移交), `same_as` (the id of the case that this one was found to repeat), `help_note` (协办情况: what the
    office that ended its help last said), `closed_on` (归档), what belongs to the dossier alone (`extension` to `seals`), what the
    course of the dispute leaves on record (`informed_on`, the day on which the parties were told their rights and duties, to `moves`, what
    happened to its letters), `hazard` (六类风险隐患, in local words: `hazards`), and `seen`: the ids of the newest changes that this value
    was made from, so that a save replaces nothing that its author did not see.
    """

    id: str = ""
    number: str | None = None
    registered_by: str | None = None
    owner: str | None = None
    assigned: tuple[str, ...] = ()
    handover: Handover | None = None
    same_as: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$")] | None = None
    help_note: str | None = None
    closed_on: date | None = None
    extension: Extension | None = None
    confirmation: Confirmation | None = None
    filing: Filing | None = None
    attachments: tuple[Attachment, ...] = ()
    seals: tuple[Seal, ...] = ()
    informed_on: date | None = None
    intake: Intake | None = None
    commission: Commission | None = None
    assessments: tuple[Assessment, ...] = ()
    routings: tuple[Routing, ...] = ()
    plan: Plan | None = None
    supports: tuple[Support, ...] = ()
    fulfilments: tuple[Fulfilment, ...] = ()
    conclusion: Conclusion | None = None
    reopenings: tuple[Reopening, ...] = ()
    moves: tuple[LetterMove, ...] = ()
    hazard: Annotated[str, msgspec.Meta(max_length=40)] | None = None
    seen: tuple[str, ...] = ()

    type: DisputeType
    source: Source | None = None
    registered_on: date
    occurred_on: date | None = None
    place: str | None = None
    summary: str
    claims: tuple[str, ...] = ()
    amount: Fen | None = None
    people_count: Annotated[int, msgspec.Meta(ge=0, le=10_000_000)] | None = None
    group: bool | None = None
    risk: Risk | None = None
    risk_factors: tuple[str, ...] = ()
    police_reported_at: Moment | None = None
    level: Annotated[int, msgspec.Meta(ge=1, le=3)] | None = None
    parties: tuple[Party, ...]
    mediators: tuple[str, ...] = ()
    recorder: str | None = None
    sessions: tuple[Session, ...] = ()
    agreement: Agreement | None = None
    outcome: Outcome | None = None
    letters: tuple[Letter, ...] = ()
    visits: tuple[Visit, ...] = ()

    def __post_init__(self) -> None:
        check_moments(police_reported_at=self.police_reported_at)

    @property
    def title(self) -> str:
        """The name of the dispute, `张三与李四邻里纠纷` (domain.md 3.1): first applicant, first respondent, type."""
        applicants = [p.name for p in self.parties if p.role == "申请人"]
        respondents = [p.name for p in self.parties if p.role == "被申请人"]
        sides = [_side(names) for names in (applicants, respondents) if names] or [_side([p.name for p in self.parties])]
        kind = self.type if self.type.endswith(("纠纷", "争议")) else f"{self.type}纠纷"
        return "与".join(side for side in sides if side) + kind


def _side(names: list[str]) -> str:
    return names[0] + ("等" if len(names) > 1 else "") if names else ""
