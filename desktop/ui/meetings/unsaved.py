"""What was typed in a meeting and not saved, kept as a draft of this computer."""

import msgspec

from desktop.domain.meeting import Meeting
from desktop.services.desk import Desk


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """A draft: the meeting as far as what was typed can be used, and by their places the texts that cannot be used yet."""

    meeting: Meeting
    texts: dict[str, str] = {}


def keep(desk: Desk, typed: Kept) -> None:
    """Keep the draft in the place of an earlier one. Raises `DiskFull`, `DatabaseBusy`."""
    from desktop.services import drafts

    drafts.keep(desk, _name(typed.meeting), msgspec.msgpack.encode(typed))


def kept(desk: Desk, meeting: Meeting) -> Kept | None:
    """The draft of the meeting, if there is one that this version of the program can read."""
    from desktop.services import drafts

    body = drafts.kept(desk, _name(meeting))
    if not body:
        return None
    try:
        return msgspec.msgpack.decode(body, type=Kept)
    except msgspec.ValidationError:  # another version of the program kept it
        return None


def drop(desk: Desk, meeting: Meeting) -> None:
    """Forget the draft of the meeting."""
    from desktop.services import drafts

    drafts.drop(desk, _name(meeting))


def _name(meeting: Meeting) -> str:
    return f"meeting:{meeting.id}"
