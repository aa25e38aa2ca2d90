"""移交: a case goes from one office to another, which accepts it or gives it back (protocol, sections 2 and 7)."""

from datetime import date
from typing import Literal

import msgspec

Answer = Literal["接收", "退回"]


class Handover(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """The newest offer of a case: to which station (its id), why, and what that office answered. None: not answered yet."""

    to: str | None = None
    reason: str | None = None
    offered_on: date | None = None
    answer: Answer | None = None
    answered_on: date | None = None
    note: str | None = None
