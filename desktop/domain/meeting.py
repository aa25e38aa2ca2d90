"""研判会商: the meeting that looks at the disputes of a period, what it decides, and what became of that (domain.md 2.5)."""

import calendar
import re
from datetime import date, timedelta
from typing import Literal

import msgspec

from desktop.domain import letter_course
from desktop.domain.case import Case
from desktop.domain.codes import Risk, choices
from desktop.domain.course import Status, status
from desktop.domain.letter import Letter, LetterMove

MeetingKind = Literal["日研判", "周研判", "月会商", "季分析"]
"""By their usual names (domain.md 2.5)."""

Reason = Literal["高风险", "逾期", "重复", "中风险", "本期到期", "新登记", "提请"]
"""Why a dispute is on the agenda, the weightiest first; 提请: somebody asked for it."""

MEDIATE, ESCALATE, CALL, STABILISE, CLOSE = "继续调解", "升级", "吹哨", "稳控", "结案"
"""What a meeting may decide besides sending a letter; a letter is named by its kind."""

MOST_ITEMS = 200
"""So many disputes stand on an agenda; of the others it says how many they are."""

_MONTHS: dict[str, int] = {"月会商": 1, "季分析": 3}
_DAYS: dict[str, int] = {"日研判": 1, "周研判": 7}
_ID_NUMBER = re.compile(r"(?<!\d)\d{6}(?:[ \-]?\d){8,11}[ \-]?[\dXxＸｘ](?!\d)")
_SETTLED = frozenset({letter_course.LetterState.CLOSED, letter_course.LetterState.VOID})
_UNDER_WAY = frozenset({Status.ACCEPTED, Status.MEDIATING})
_ENDED = frozenset({"不予受理", "已移送", "已撤回", "已履行", "已结案", "已归档"})

OPEN = tuple(str(one) for one in Status if str(one) not in _ENDED)
"""The statuses of disputes that a meeting still looks at: whatever may still flare up, failed and stabilised ones too."""


class Attendee(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One who is invited: the group of the scheme (`2`, `3(1)`, `N`), the role, name and body; `present` once the person came."""

    group: str = ""
    role: str = ""
    name: str = ""
    body: str | None = None
    phone: str | None = None
    present: bool | None = None


class Item(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One dispute on the agenda: how it stood then, and what the meeting decided.

    `case` to `previous` are taken from the case and never follow it; `previous` is what the last meeting decided. `decision` is one of the
    words above or the kind of a letter, `unit` who is responsible, `person` who does it there, `limit` until when. `decided_on` is the day
    on which the decision `wrote` was written to the case; `assessment`, `routing` and `letter` are the ids of what was written there.
    """

    case: str
    number: str | None = None
    title: str = ""
    risk: Risk | None = None
    status: str = ""
    registered_on: date | None = None
    due_on: date | None = None
    facts: str | None = None
    reasons: tuple[Reason, ...] = ()
    previous: str | None = None
    opinion: str | None = None
    decided_risk: Risk | None = None
    decision: str | None = None
    unit: str | None = None
    person: str | None = None
    limit: date | None = None
    measures: tuple[str, ...] = ()
    decided_on: date | None = None
    wrote: str = ""
    assessment: str = ""
    routing: str = ""
    letter: str = ""


class Followup(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What became of a decision of an earlier meeting. `done`: None where nobody can tell, as the case is not here any more."""

    case: str
    number: str | None = None
    title: str = ""
    decision: str = ""
    unit: str | None = None
    limit: date | None = None
    routing: str = ""
    letter: str = ""
    done: bool | None = None
    state: str = ""

    def again(self) -> Item:
        """The decision once more, to be followed further."""
        return Item(
            case=self.case,
            number=self.number,
            title=self.title,
            decision=self.decision,
            unit=self.unit,
            limit=self.limit,
            routing=self.routing,
            letter=self.letter,
        )


class Unit(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Letters to one responsible unit: issued in the period, and overdue on the day of the meeting."""

    name: str
    issued: int = 0
    overdue: int = 0


class Figures(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Simple counts for the pack.

    Registered in the period (`new`), of those already ended (`ended`), all that are open (`open`) with their risk, of those overdue
    (`overdue`), letters overdue, and letters by responsible unit.
    """

    new: int = 0
    ended: int = 0
    open: int = 0
    high: int = 0
    middle: int = 0
    low: int = 0
    unrated: int = 0
    overdue: int = 0
    letters_overdue: int = 0
    units: tuple[Unit, ...] = ()


class Meeting(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A meeting with its agenda. It belongs to the office alone (docs/decisions/021-meetings-stay-here.md).

    `since` to `until` is the period that it looks at, both included; `more` disputes had reason to be on the agenda and found no place.
    `letters` are those that belong to no single case, such as a 提示函 about a trend; `replies` urge or answer them, and `moves` say what
    happened to both (`domain/meeting_letters.py`).
    """

    id: str = ""
    kind: MeetingKind
    since: date
    until: date
    held_on: date
    place: str | None = None
    host: str | None = None
    recorder: str | None = None
    attendees: tuple[Attendee, ...] = ()
    items: tuple[Item, ...] = ()
    more: int = 0
    followups: tuple[Followup, ...] = ()
    figures: Figures = Figures()
    minutes: str | None = None
    letters: tuple[Letter, ...] = ()
    replies: tuple[Letter, ...] = ()
    moves: tuple[LetterMove, ...] = ()

    @property
    def title(self) -> str:
        """`2026年3月2日周研判`."""
        return f"{self.held_on.year}年{self.held_on.month}月{self.held_on.day}日{self.kind}"

    def item(self, case_id: str) -> Item:
        """The item about the case. Raises KeyError if there is none."""
        for item in self.items:
            if item.case == case_id:
                return item
        raise KeyError(case_id)

    def with_item(self, item: Item) -> "Meeting":
        """The meeting with this item in the place of that about the same case."""
        return msgspec.structs.replace(self, items=tuple(item if one.case == item.case else one for one in self.items))


def period(kind: MeetingKind, day: date, last_until: date | None) -> tuple[date, date]:
    """The days that a meeting on the day looks at: from the end of the last one of its kind on, without one a usual length."""
    if last_until is None:
        return min(_back(kind, day) + timedelta(days=1), day), day
    return min(last_until + timedelta(days=1), day), day


def coming(kind: MeetingKind, day: date) -> date:
    """The last day of the period to come: what falls due until then is on the agenda."""
    if kind in _DAYS:
        return day + timedelta(days=_DAYS[kind])
    return _months_on(day, _MONTHS[kind])


def _back(kind: MeetingKind, day: date) -> date:
    return day - timedelta(days=_DAYS[kind]) if kind in _DAYS else _months_on(day, -_MONTHS[kind])


def _months_on(day: date, months: int) -> date:
    """The same day so many months on, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def ranked(reasons: set[Reason]) -> tuple[Reason, ...]:
    """The reasons, the weightiest first."""
    return tuple(one for one in choices(Reason) if one in reasons)


def without_id_numbers(text: str) -> str:
    """The text with ID numbers of persons struck out: a pack goes through many hands."""
    return _ID_NUMBER.sub("［身份证号码略］", text)


def followed(item: Item, case: Case | None, day: date) -> Followup:
    """What became of the decision until the day; `case` is the case as it now stands, None if it is not here any more."""
    done, state = (None, "本机已没有这件纠纷") if case is None else _outcome(item, case)
    if done is False and item.limit and item.limit < day:
        state = f"{state}，逾期{(day - item.limit).days}天"
    return Followup(
        case=item.case,
        number=item.number,
        title=item.title,
        decision=item.wrote or item.decision or "",
        unit=item.unit,
        limit=item.limit,
        routing=item.routing,
        letter=item.letter,
        done=done,
        state=state,
    )


def _outcome(item: Item, case: Case) -> tuple[bool, str]:
    now = status(case)
    if item.letter:
        return _of_letter(item.letter, case)
    if item.routing:
        answered = next((one.answer or "已答复" for one in case.routings if one.id == item.routing and one.answered_on), None)
        return bool(answered) or str(now) not in OPEN, answered or f"没有答复，{now}"
    if CLOSE in (item.wrote, item.decision):
        return case.conclusion is not None or case.closed_on is not None, str(now)
    return now not in _UNDER_WAY, str(now)


def _of_letter(letter_id: str, case: Case) -> tuple[bool, str]:
    """Whether the letter was dealt with (domain.md 1.5), and where it stands."""
    letter = next((one for one in case.letters if one.id == letter_id), None)
    if letter is None:
        return False, "文书已删去"
    at = letter_course.state(letter, case.moves)
    return at in _SETTLED, f"{letter.number or letter.kind}{at}"
