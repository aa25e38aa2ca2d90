"""The meetings of this office (研判会商). They stay on this computer (docs/decisions/021-meetings-stay-here.md)."""

from datetime import date
from typing import NamedTuple

import msgspec

from desktop.domain.letter import answers
from desktop.domain.letter_course import course
from desktop.domain.meeting import Meeting, MeetingKind
from desktop.domain.meeting_letters import sheaf
from desktop.domain.refused import Refused
from desktop.store.database import Database
from desktop.store.fields import new_id
from desktop.store.letters import Line
from desktop.store.sqlcipher import translated

_LINES = "meetings.letters"
"""Setting: the lines of the meetings that issued letters, by the ids of the meetings."""


class UnknownMeeting(Refused):
    """There is no meeting with this id."""

    def __init__(self) -> None:
        super().__init__("没有找到这次会商，它可能已经在另一个窗口中删去，请返回列表重新选择。")


class Heading(NamedTuple):
    """One line of the list of meetings."""

    id: str
    kind: MeetingKind
    held_on: date


@translated()
def headings(database: Database) -> list[Heading]:
    """All meetings, the newest first."""
    rows = database.connection.execute("SELECT id, kind, held_on FROM meetings ORDER BY held_on DESC, id DESC")
    return [Heading(key, kind, date.fromisoformat(day)) for key, kind, day in rows]


@translated()
def load(database: Database, meeting_id: str) -> Meeting:
    """The meeting with this id. Raises `UnknownMeeting`."""
    row = database.connection.execute("SELECT body FROM meetings WHERE id = ?", (meeting_id,)).fetchone()
    if row is None:
        raise UnknownMeeting
    return msgspec.msgpack.decode(row[0], type=Meeting)


@translated()
def lines(database: Database) -> list[Line]:
    """The numbered letters of all meetings as lines of the lists of letters; `case` is the id of the sheaf.

    There are some a year: they are kept ready as one setting beside the meetings.
    """
    return [line for found in _kept_lines(database).values() for line in found]


def _kept_lines(database: Database) -> dict[str, list[Line]]:
    kept = database.setting(_LINES, dict[str, list[Line]])
    if kept is None:  # meetings of an older program
        every = database.connection.execute("SELECT body FROM meetings")
        made = (msgspec.msgpack.decode(body, type=Meeting) for (body,) in every)
        kept = {meeting.id: found for meeting in made if (found := _lines_of(meeting))}
    return kept


def _keep_lines(database: Database, meeting_id: str, found: list[Line]) -> None:
    before = _kept_lines(database)
    after = {key: lines for key, lines in (before | {meeting_id: found}).items() if lines}
    if after != before or database.setting(_LINES, dict[str, list[Line]]) is None:
        database.set(_LINES, after)


def _lines_of(meeting: Meeting) -> list[Line]:
    held = sheaf(meeting)
    numbered = [(one, course(one, held.moves)) for one in held.letters if one.number]
    return [
        Line(
            case=held.id,
            id=one.id,
            kind=one.kind,
            number=one.number or "",
            issuer=one.issuer or "",
            recipient=one.to or "",
            state=str(now.state),
            due_on=None if answers(one) else now.deadline,
            issued_on=one.issued_on,
            title=one.title or meeting.title,
            case_number="",
        )
        for one, now in numbered
    ]


@translated()
def last(database: Database, kind: MeetingKind, until: date) -> Meeting | None:
    """The newest meeting of the kind that was held on the day or before, None if there is none."""
    query = "SELECT body FROM meetings WHERE held_on <= ? AND kind = ? ORDER BY held_on DESC, id DESC LIMIT 1"
    row = database.connection.execute(query, (until.isoformat(), kind)).fetchone()
    return msgspec.msgpack.decode(row[0], type=Meeting) if row else None


@translated()
def latest(database: Database, until: date, limit: int) -> list[Meeting]:
    """The newest meetings of any kind that were held on the day or before, the newest first."""
    query = "SELECT body FROM meetings WHERE held_on <= ? ORDER BY held_on DESC, id DESC LIMIT ?"
    return [msgspec.msgpack.decode(body, type=Meeting) for (body,) in database.connection.execute(query, (until.isoformat(), limit))]


def save(database: Database, meeting: Meeting) -> Meeting:
    """Keep the meeting; a new one gets its id."""
    kept = meeting if meeting.id else msgspec.structs.replace(meeting, id=new_id())
    with database.atomic():
        database.connection.execute(
            "INSERT OR REPLACE INTO meetings (id, kind, held_on, body) VALUES (?, ?, ?, ?)",
            (kept.id, kept.kind, kept.held_on.isoformat(), msgspec.msgpack.encode(kept)),
        )
        _keep_lines(database, kept.id, _lines_of(kept))
    return kept


def drop(database: Database, meeting_id: str) -> None:
    """Take the meeting out."""
    with database.atomic():
        database.connection.execute("DELETE FROM meetings WHERE id = ?", (meeting_id,))
        _keep_lines(database, meeting_id, [])
