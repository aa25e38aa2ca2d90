"""三单一函: task orders, supervision orders, feedback slips and advisory letters (domain.md section 1)."""

from datetime import date

import msgspec

from desktop.domain.codes import LetterMoveKind
from desktop.domain.letter_kinds import Name


class Letter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One letter. `number` is its 文号, taken when it is issued and never reused; `issuer` the name of the issuing office.

    `kind` is one of those that the office uses (`letter_kinds`), or that another office used. `id`, `position`, `number` and
    `issuer` are the program's own and no part of the case file.
    """

    id: str = ""
    position: int = 0
    number: str | None = None
    issuer: str | None = None
    kind: Name
    to: str | None = None
    title: str | None = None
    matter: str | None = None
    measures: tuple[str, ...] = ()
    due_on: date | None = None
    responsible: str | None = None
    signer: str | None = None
    issued_on: date | None = None
    replies_to: str | None = None


class LetterMove(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What happened to a letter: an entry of its own, so that what two offices do to one letter stands side by side (domain.md 1.5).

    `letter` is the letter's id, `until` the new limit of an extension or of a redo, `by` who did it, `office` the name of that office.
    """

    id: str = ""
    position: int = 0
    letter: str = ""
    kind: LetterMoveKind | None = None
    on: date | None = None
    by: str | None = None
    office: str | None = None
    note: str | None = None
    until: date | None = None


def lacking_for_issue(letter: Letter) -> tuple[str, ...]:
    """What a letter lacks to be issued, in the words of the screen.

    Nothing is issued without addressee, measures, time limit and responsible person (定措施、定时限、定责任) nor without signer
    and date (domain.md 1.5 rule 1); a feedback slip sets no new limit.
    """
    answers = letter.kind == "反馈单"
    required = (
        ("主送单位", letter.to),
        ("措施", letter.measures),
        ("办理时限", letter.due_on or answers),
        ("责任人", letter.responsible),
        ("签发人", letter.signer),
        ("签发日期", letter.issued_on),
    )
    return tuple(name for name, value in required if not value)
