"""The letters of a meeting that belong to no case: a sheaf that the rules of letters judge as they judge the letters of a case."""

import msgspec

from desktop.domain.case import Case
from desktop.domain.meeting import Meeting

_PREFIX = "meeting:"


def is_sheaf(case_id: str) -> bool:
    """Whether the id is that of a sheaf, not of a case."""
    return case_id.startswith(_PREFIX)


def meeting_of(case_id: str) -> str:
    """The id of the meeting whose sheaf has this id."""
    return case_id.removeprefix(_PREFIX)


def sheaf(meeting: Meeting) -> Case:
    """The letters of the meeting, those that urge and answer them, and what happened to them, with nothing of a dispute around them."""
    return Case(
        id=f"{_PREFIX}{meeting.id}",
        type="其他",
        registered_on=meeting.held_on,
        summary=meeting.title,
        parties=(),
        letters=(*meeting.letters, *meeting.replies),
        moves=meeting.moves,
    )


def with_sheaf(meeting: Meeting, held: Case) -> Meeting:
    """The meeting with what was added to its sheaf; the letters that it issued itself stay as they are."""
    own = {letter.id for letter in meeting.letters}
    replies = tuple(letter for letter in held.letters if letter.id not in own)
    return msgspec.structs.replace(meeting, replies=replies, moves=held.moves)
