"""Where a letter lives: in a case, or in the meeting that issued it without a dispute (`domain/meeting_letters.py`)."""

import msgspec

from desktop.domain.case import Case
from desktop.domain.letter import Letter, lacking_for_issue
from desktop.domain.letter_course import require_letters_kept
from desktop.domain.letter_replies import with_replies
from desktop.domain.meeting_letters import is_sheaf, meeting_of, sheaf, with_sheaf
from desktop.domain.numbering import letter_number
from desktop.services import access, cases
from desktop.services.cases import Saved
from desktop.services.desk import Desk
from desktop.services.letter_kinds import kind_named
from desktop.store import fields, meetings, numbers


def load(desk: Desk, home: str) -> Case:
    """The case with this id, or the sheaf of a meeting. Raises `UnknownCase`, `UnknownMeeting`."""
    return sheaf(meetings.load(desk.database, meeting_of(home))) if is_sheaf(home) else cases.load(desk, home)


def may_write(desk: Desk, home: str) -> bool:
    """Whether this office may add to the letters; a meeting is always its own."""
    return is_sheaf(home) or access.may_write(desk, home)


def save(desk: Desk, before: Case, after: Case) -> Saved:
    """Keep what was added to the letters; those that have everything and a date of issue get their 文号.

    Raises `LetterLocked`, and of a case what `cases.save` raises.
    """
    if not is_sheaf(before.id):
        return cases.save(desk, before, after)
    require_letters_kept(before, after)
    with desk.database.atomic():
        found = fields.identified(after)
        letters = tuple(one if one.number or not _whole(one) else numbered(desk, one) for one in found.letters)
        kept = fields.identified(with_replies(before, msgspec.structs.replace(found, letters=letters)))
        meeting = meetings.load(desk.database, meeting_of(before.id))
        return Saved(sheaf(meetings.save(desk.database, with_sheaf(meeting, kept))), [])


def _whole(letter: Letter) -> bool:
    return letter.issued_on is not None and not lacking_for_issue(letter)


def numbered(desk: Desk, letter: Letter) -> Letter:
    """A letter with a date of issue with the next 文号 of the series that letters of cases take theirs from (domain.md 1.4)."""
    day = letter.issued_on or desk.today()
    kind, sequence = kind_named(desk, letter.kind), numbers.take(desk.database, f"letter:{letter.kind}", day.year)
    number = letter_number(day.year, desk.office.series, kind.word if kind else letter.kind[:1], sequence)
    return msgspec.structs.replace(letter, number=number, issuer=letter.issuer or desk.office.name)
