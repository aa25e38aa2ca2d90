"""Records of survey and mediation meetings (domain.md 3.8, 3.10)."""

from typing import Annotated

import msgspec

from desktop.domain.codes import EvidenceKind, SessionKind, SessionResult
from desktop.domain.moment import Moment, check_moments


class Evidence(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """证据材料: one piece of evidence (domain.md 3.9)."""

    name: str
    provider: str | None = None
    kind: EvidenceKind | None = None
    pages: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] | None = None


class Session(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """调查记录 or 调解记录: one meeting. `participants` are invited helpers, neither parties nor mediators (domain.md 3.10).

    `elements` are those of the seven elements that the record has (`session_elements`), `respondent` who was asked in a survey (3.8).
    """

    id: str = ""
    position: int = 0
    kind: SessionKind
    started_at: Moment | None = None
    ended_at: Moment | None = None
    place: str | None = None
    participants: tuple[str, ...] = ()
    record: str | None = None
    result: SessionResult | None = None
    evidence: tuple[Evidence, ...] = ()
    elements: tuple[str, ...] = ()
    respondent: str | None = None

    def __post_init__(self) -> None:
        check_moments(started_at=self.started_at, ended_at=self.ended_at)
