"""Visits after an agreement (domain.md 2.6, 3.13)."""

from datetime import date

import msgspec

from desktop.domain.codes import Grievance, Performance, Risk, Satisfaction, VisitMethod


class Visit(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """回访: what was found. Nothing in it is pre-filled: a visit that has not happened has no result."""

    id: str = ""
    position: int = 0
    on: date | None = None
    method: VisitMethod | None = None
    party: str | None = None
    performance: Performance | None = None
    satisfaction: Satisfaction | None = None
    grievance: Grievance | None = None
    note: str | None = None
    by: str | None = None
    place: str | None = None
    risk: Risk | None = None
    measures: str | None = None
    next_on: date | None = None
