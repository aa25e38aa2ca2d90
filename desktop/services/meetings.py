"""研判会商: preparing a meeting from the cases, and writing what it decided to them (domain.md 2.5).

A meeting stays on this computer; its decisions travel as assessments, routings and letters of the cases
(docs/decisions/021-meetings-stay-here.md).
"""

from datetime import date
from functools import partial

import msgspec

from desktop.domain.letter import Letter, lacking_for_issue
from desktop.domain.letter_rules import require_past
from desktop.domain.meeting import MOST_ITEMS, Followup, Item, Meeting, MeetingKind, coming, followed, period
from desktop.domain.refused import Refused
from desktop.services import cases, letter_homes, roles
from desktop.services.decisions import Sitting, blank, steps, written
from desktop.services.desk import Desk
from desktop.services.letters import kind_named
from desktop.services.stations import own_names
from desktop.store import agenda, meetings
from desktop.store.agenda import Scope
from desktop.store.casebook import UnknownCase
from desktop.store.fields import new_id
from desktop.store.meetings import Heading, UnknownMeeting

__all__ = ["Heading", "UnknownMeeting", "steps"]

_EARLIER = 24
"""So many meetings back it is looked up what was decided about a case."""


class AlreadyListed(Refused):
    """The case stands on the agenda already."""

    def __init__(self, item: Item) -> None:
        super().__init__(f"“{item.title}”已经在议题里，不用再加。")


class AlreadyDecided(Refused):
    """What was written to a case is not taken back by leaving out a line."""

    def __init__(self) -> None:
        super().__init__("会议的决定已经写入纠纷或者已经发文，不能删去；需要更正的请到那件纠纷或者三单一函里办理。")


class PeriodBackwards(Refused):
    """A period ends before it begins."""

    def __init__(self) -> None:
        super().__init__("研判期间的第一天不能晚于最后一天，请改正以后再保存。")


class NotIssuable(Refused):
    """A letter lacks what every letter must have."""

    def __init__(self, letter: Letter, lacking: tuple[str, ...]) -> None:
        super().__init__(f"{letter.kind}还缺{'、'.join(lacking)}，请补填以后再签发。")


# --- the list ---


def listed(desk: Desk) -> list[Heading]:
    """All meetings of this office, the newest first."""
    return meetings.headings(desk.database)


def load(desk: Desk, meeting_id: str) -> Meeting:
    """The meeting with this id. Raises `UnknownMeeting`."""
    return meetings.load(desk.database, meeting_id)


def save(desk: Desk, meeting: Meeting) -> Meeting:
    """Keep the meeting as it was typed; a new one and new letters get their ids. Writes to no case.

    Raises `PeriodBackwards`, and `AlreadyDecided` if it takes back what was written to a case or changes a letter that has a number.
    """
    if meeting.since > meeting.until:
        raise PeriodBackwards
    with desk.database.atomic():
        if meeting.id:
            stored = meetings.load(desk.database, meeting.id)
            _require_kept(stored, meeting)
            meeting = msgspec.structs.replace(meeting, replies=stored.replies, moves=stored.moves)  # 三单一函 adds to these
        letters = tuple(one if one.id else msgspec.structs.replace(one, id=new_id()) for one in meeting.letters)
        return meetings.save(desk.database, msgspec.structs.replace(meeting, letters=letters))


def _require_kept(before: Meeting, after: Meeting) -> None:
    kept = {item.case for item in after.items}
    if any(item.decided_on and item.case not in kept for item in before.items):
        raise AlreadyDecided
    if any(letter.number and letter not in after.letters for letter in before.letters):
        raise AlreadyDecided


def drop(desk: Desk, meeting: Meeting) -> None:
    """Take out a meeting that decided nothing. Raises `AlreadyDecided`."""
    if any(item.decided_on for item in meeting.items) or any(letter.number for letter in meeting.letters):
        raise AlreadyDecided
    meetings.drop(desk.database, meeting.id)


# --- preparing ---


def prepare(desk: Desk, kind: MeetingKind, day: date) -> Meeting:
    """The meeting of the kind on the day, with its agenda, figures, the last one's follow-up and whom to invite; not saved yet.

    Reads only, in the time of some queries however many cases there are; may run on a desk `beside` the window's. Raises what
    `services.roles.schemes` raises.
    """
    last = meetings.last(desk.database, kind, day)
    since, until = period(kind, day, last.until if last else None)
    scope = Scope(since, until, coming(kind, day), own_names(desk))
    found = agenda.agenda(desk.database, scope, MOST_ITEMS)
    leader = roles.leader(desk, day)
    return Meeting(
        kind=kind,
        since=since,
        until=until,
        held_on=day,
        place=last.place if last else None,
        host=leader.name if leader else last.host if last else None,
        recorder=desk.operator,
        attendees=roles.participants(desk, day),
        items=_with_previous(desk, found.items, day),
        more=found.more,
        followups=_followups(desk, last, day),
        figures=found.figures,
    )


def _with_previous(desk: Desk, items: tuple[Item, ...], day: date) -> tuple[Item, ...]:
    """The items with what the newest meeting that spoke of them decided."""
    told: dict[str, str] = {}
    for meeting in meetings.latest(desk.database, day, _EARLIER):
        for item in meeting.items:
            if item.decision and item.decided_on:
                told.setdefault(item.case, f"{meeting.held_on.isoformat()}{meeting.kind}：{item.decision}")
    return tuple(msgspec.structs.replace(item, previous=told.get(item.case)) for item in items)


def _followups(desk: Desk, last: Meeting | None, day: date) -> tuple[Followup, ...]:
    """What became of the decisions of the last meeting, and of those before it that were still open then."""
    if last is None:
        return ()
    decided = {item.case: item for item in last.items if item.decided_on}
    waiting = {one.case: one.again() for one in last.followups if one.done is False}
    return tuple(_followup(desk, item, day) for item in (waiting | decided).values())


def _followup(desk: Desk, item: Item, day: date) -> Followup:
    try:
        return followed(item, cases.load(desk, item.case), day)
    except UnknownCase:
        return followed(item, None, day)


def add(desk: Desk, meeting: Meeting, number: str) -> Meeting:
    """The meeting with the case of that number (or id) on its agenda too; not saved. Raises `UnknownNumber`, `AlreadyListed`."""
    case = cases.find(desk, number)
    if any(item.case == case.id for item in meeting.items):
        raise AlreadyListed(meeting.item(case.id))
    asked = agenda.item(desk.database, case.id)
    more = _with_previous(desk, (asked,), meeting.held_on) if asked else ()
    return msgspec.structs.replace(meeting, items=(*meeting.items, *more))


def without(meeting: Meeting, case_id: str) -> Meeting:
    """The meeting without the item about the case; not saved. Raises `AlreadyDecided`."""
    if meeting.item(case_id).decided_on:
        raise AlreadyDecided
    return msgspec.structs.replace(meeting, items=tuple(item for item in meeting.items if item.case != case_id))


# --- deciding ---


def decide(desk: Desk, meeting: Meeting, case_id: str) -> Meeting:
    """Write what the meeting decided about the case to it, and keep the meeting; both or neither.

    The item holds the decision with all it needs. A decision that was changed replaces what it wrote before, as long as its letter is
    not issued. Raises `Undecided` (and what is missing), `LetterIsOut`, `UnknownCase`, `NotOurs`, `IllegalStep`.
    """
    with desk.database.atomic():
        kept = save(desk, meeting)
        sitting = Sitting(kept, desk.office, tuple(steps(desk)), partial(blank, desk))
        before = cases.load(desk, case_id)
        after, item = written(before, kept.item(case_id), sitting)
        cases.save(desk, before, after)
        return meetings.save(desk.database, kept.with_item(item))


# --- letters of no single case ---


def draft_letter(desk: Desk, meeting: Meeting, kind: str) -> Letter:
    """A letter that belongs to no case, such as 提示函 about a trend, with what is known of it."""
    signer, known = roles.leader(desk, meeting.held_on), kind_named(desk, kind)
    days = known.default_days if known else None
    due_on = date.fromordinal(min(meeting.held_on.toordinal() + days, date.max.toordinal())) if days else None
    return Letter(kind=kind, signer=signer.name if signer else None, due_on=due_on)


def issue(desk: Desk, meeting: Meeting, index: int) -> Meeting:
    """Give the letter at that place its 文号 and keep the meeting; both or neither. A letter that has a number keeps it.

    Raises `NotIssuable`, and `IllegalMove` for a day of issue to come.
    """
    with desk.database.atomic():
        kept = save(desk, meeting)
        letters = tuple(_numbered(desk, one) if at == index and not one.number else one for at, one in enumerate(kept.letters))
        return meetings.save(desk.database, msgspec.structs.replace(kept, letters=letters))


def lacking(desk: Desk, letter: Letter) -> str:
    """The sentence that tells what the letter lacks to be issued today; empty if nothing."""
    dated = _dated(desk, letter)
    missing = _lacks(dated)
    return str(NotIssuable(letter, missing)) if missing else ""


def _dated(desk: Desk, letter: Letter) -> Letter:
    return msgspec.structs.replace(letter, issued_on=letter.issued_on or desk.today())


def _lacks(dated: Letter) -> tuple[str, ...]:
    return (*(() if dated.title else ("标题",)), *lacking_for_issue(dated))


def _numbered(desk: Desk, letter: Letter) -> Letter:
    """The letter with the next 文号 of the series that letters of cases take theirs from (domain.md 1.4)."""
    dated = _dated(desk, letter)
    missing = _lacks(dated)
    if missing or dated.issued_on is None:
        raise NotIssuable(letter, missing)
    require_past(desk.today(), dated.issued_on)
    return letter_homes.numbered(desk, dated)
