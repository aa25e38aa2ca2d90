"""移交 as it is recorded: a case goes from one office to another, which accepts it or gives it back (protocol, sections 2 and 7)."""

from datetime import date
from typing import Literal

import msgspec

Answer = Literal["接收", "退回", "收回"]


class Handover(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """The newest offer of a case: to which station (its id), why, and how it ended. `answer` None: it is open.

    The office that it was offered to accepts (接收) or gives back (退回, `note` says why), the office that offered takes it back (收回).
    """

    to: str | None = None
    reason: str | None = None
    offered_on: date | None = None
    answer: Answer | None = None
    answered_on: date | None = None
    note: str | None = None
