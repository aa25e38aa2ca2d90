"""Which disputes a meeting is to look at, and the figures of its period.

Of a million disputes some ten thousands are open. Their keys come from the index of the search, which marks status and risk; what is due
and what is new comes from indexes that hold all that is asked. Only what gets a place on the agenda is read.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

import msgspec

from desktop.domain.codes import Risk, choices
from desktop.domain.letter_course import WITH_ADDRESSEE
from desktop.domain.meeting import OPEN, Figures, Item, Reason, Unit, ranked, without_id_numbers
from desktop.domain.standing import Status
from desktop.store import findable, fold, letters, listing, meetings, search
from desktop.store.database import Database
from desktop.store.letters import Line
from desktop.store.listing import Wanted
from desktop.store.sqlcipher import translated

_LOOKED_AT = 2000
"""So many new cases of a period at most are compared with older ones by the numbers of their parties."""

_FACTS = 160
"""Characters of the summary that an agenda keeps at most."""

NO_UNIT = "（没有写主送单位）"

_ALL = f"SELECT key, coalesce(risk, '') FROM cases WHERE status IN ({', '.join('?' * len(OPEN))})"  # noqa: S608 -- marks
_DUE = "SELECT key, due_on FROM cases INDEXED BY cases_by_due WHERE due_on > ''"
_NEW = "SELECT key FROM cases INDEXED BY cases_by_date WHERE registered_on BETWEEN ? AND ?"
_REPEATED = f"""
    SELECT one FROM doubles WHERE dismissed = 0
    UNION SELECT same.case_key FROM same CROSS JOIN cases newer ON newer.key = same.case_key WHERE same.other < newer.uuid
    UNION SELECT again FROM (
        SELECT a.case_key AS again
        FROM (SELECT key FROM cases WHERE registered_on BETWEEN ? AND ? ORDER BY registered_on DESC, key DESC LIMIT {_LOOKED_AT}) new
        CROSS JOIN parties a ON a.case_key = new.key
        CROSS JOIN parties b INDEXED BY parties_by_id_number ON b.id_number = a.id_number AND b.case_key <> a.case_key
        WHERE a.id_number IS NOT NULL GROUP BY a.case_key, b.case_key HAVING count(DISTINCT a.id_number) > 1
    )
"""  # noqa: S608 -- constants
_ROW = "SELECT lower(hex(uuid)), number, title, risk, status, registered_on, due_on FROM cases WHERE key = ?"
_SUMMARY = "SELECT state FROM folds WHERE case_key = ? AND entity = 'case' AND id = ''"
_ISSUED = """
    WITH RECURSIVE issuers (name) AS (
        SELECT min(issuer) FROM letters INDEXED BY letters_sent_on
        UNION ALL SELECT (SELECT min(issuer) FROM letters INDEXED BY letters_sent_on WHERE issuer > name)
        FROM issuers WHERE name IS NOT NULL
    )
    SELECT coalesce(recipient, ''), count(*) FROM issuers CROSS JOIN letters INDEXED BY letters_sent_on ON issuer IS name
    WHERE issued_on BETWEEN ? AND ? AND number IS NOT NULL AND kind <> '反馈单'
"""
"""By issuer and day: what an office got has no index by day. The last of the issuers is NULL, for letters without one."""

_NEVER = "9"


class Scope(NamedTuple):
    """What a meeting on `day` looks at: registered from `since` to `day`, due until `coming`.

    `names` are those of its office: only letters that it sent or got are its own, as in the lists of letters (`letters.lines`).
    """

    since: date
    day: date
    coming: date
    names: tuple[str, ...]

    def days(self) -> tuple[str, str, str]:
        """The days as the tables have them."""
        return self.since.isoformat(), self.day.isoformat(), self.coming.isoformat()


class Agenda(NamedTuple):
    """The items, the weightiest first, how many disputes had a reason and found no place, and the figures."""

    items: tuple[Item, ...]
    more: int
    figures: Figures


class _Found(NamedTuple):
    """Local keys of cases: open ones by risk, the first day on which something is due in a case, new, repeated, late by a letter."""

    open: dict[str, set[int]]
    due: dict[int, str]
    new: set[int]
    repeated: set[int]
    late: set[int]


@translated()
def agenda(database: Database, scope: Scope, limit: int) -> Agenda:
    """The disputes that the meeting is to look at, `limit` at most, and the counts of the period and of the day."""
    late = _late_letters(database, scope)
    found = _found(database, scope, {key for key, _ in late})
    own = [one for one in meetings.lines(database) if {one.issuer, one.recipient} & {*scope.names}]
    units = _units(database, scope, Counter([unit for _, unit in late]), own)
    every = set[int]().union(*found.open.values())
    keys, total = _places(_by_reason(found, every, scope), found.due, limit)
    items = tuple(_with_reasons(_item(database, key), scope, again=key in found.repeated, late=key in found.late) for key in keys)
    return Agenda(items, total - len(items), _figures(found, every, scope, units))


def _found(database: Database, scope: Scope, late: set[int]) -> _Found:
    since, day, _ = scope.days()
    due: dict[int, str] = dict(database.connection.execute(_DUE).fetchall())
    opened = _open(database)
    return _Found(
        open=opened,
        due=due,
        new={key for (key,) in database.connection.execute(_NEW, (since, day))},
        repeated={key for (key,) in database.connection.execute(_REPEATED, (since, day))},
        late=_not_filed(database, late, set[int]().union(*opened.values())),
    )


def _open(database: Database) -> dict[str, set[int]]:
    """The keys of the open cases by risk, empty text for none; from all cases only while the index of the search lacks some."""
    found: dict[str, set[int]] = {risk: set() for risk in ("", *choices(Risk))}
    if findable.unfiled(database):
        for key, risk in database.connection.execute(_ALL, OPEN):
            found[risk].add(key)
        return found
    for risk in found:
        found[risk] = {search.key_of(place) for place in listing.places(database, Wanted(statuses=OPEN, risk=risk), -1)}
    return found | {"": found[""].difference(*(found[risk] for risk in choices(Risk)))}  # who wants no risk is given all


def _by_reason(found: _Found, every: set[int], scope: Scope) -> list[set[int]]:
    """The weightiest reason first: who is on the agenda for it takes his place before the others."""
    _, day, coming = scope.days()
    return [
        found.open["高"],
        _open_and_due(found, every, lambda on: on < day),
        found.late,
        found.repeated & every,
        found.open["中"],
        _open_and_due(found, every, lambda on: day <= on <= coming),
        found.new,
    ]


def _open_and_due(found: _Found, every: set[int], fits: Callable[[str], bool]) -> set[int]:
    return {key for key, on in found.due.items() if fits(on) and key in every}


def _places(reasons: Iterable[set[int]], due: dict[int, str], limit: int) -> tuple[list[int], int]:
    """The first `limit` keys, of each reason those first in which something is due first, and how many there are."""
    keys: dict[int, None] = {}
    every: set[int] = set()
    for own in reasons:
        if len(keys) < limit:
            keys |= dict.fromkeys(sorted(own - every, key=lambda key: (due.get(key, _NEVER), -key))[:limit])
        every |= own
    return list(keys)[:limit], len(every)


def _with_reasons(one: Item, scope: Scope, *, again: bool, late: bool) -> Item:
    """The item with everything that brought it here, not only the weightiest."""
    is_open, due = one.status in OPEN, one.due_on
    reasons: dict[Reason, bool] = {
        "高风险": is_open and one.risk == "高",
        "逾期": late or (is_open and due is not None and due < scope.day),
        "重复": again,
        "中风险": is_open and one.risk == "中",
        "本期到期": is_open and due is not None and scope.day <= due <= scope.coming,
        "新登记": one.registered_on is not None and scope.since <= one.registered_on <= scope.day,
    }
    return msgspec.structs.replace(one, reasons=ranked({reason for reason, holds in reasons.items() if holds}))


def _late_letters(database: Database, scope: Scope) -> list[tuple[int, str]]:
    """Case (local key) and addressee of each overdue letter that this office sent or got."""
    sent, sent_values = letters.late("发出的", scope.names, scope.day)
    got, got_values = letters.late("收到的", scope.names, scope.day)
    query = f"SELECT case_key, coalesce(recipient, '') FROM (SELECT * FROM ({sent}) UNION SELECT * FROM ({got}))"  # noqa: S608 -- constants
    rows: list[tuple[int, str]] = database.connection.execute(query, (*sent_values, *got_values)).fetchall()
    return rows


def _not_filed(database: Database, keys: Iterable[int], every: set[int]) -> set[int]:
    """Those of the cases that are not filed: an open one is not, the others are looked up."""
    filed = "SELECT 1 FROM cases WHERE key = ? AND status = ?"
    return {key for key in keys if key in every or not database.connection.execute(filed, (key, Status.CLOSED)).fetchone()}


@translated()
def item(database: Database, case_id: str) -> Item | None:
    """The case as an item that somebody asked for, None if it is not held here."""
    row = database.connection.execute("SELECT key FROM cases WHERE uuid = ?", (bytes.fromhex(case_id),)).fetchone()
    return msgspec.structs.replace(_item(database, row[0]), reasons=("提请",)) if row else None


def _item(database: Database, key: int) -> Item:
    case_id, number, title, risk, status, registered_on, due_on = database.connection.execute(_ROW, (key,)).fetchone()
    return Item(
        case=case_id,
        number=number,
        title=title,
        risk=risk,
        status=status,
        registered_on=date.fromisoformat(registered_on),
        due_on=date.fromisoformat(due_on) if due_on else None,
        facts=_summary(database, key),
    )


def _summary(database: Database, key: int) -> str | None:
    """The beginning of the summary, without unpacking the rest of the case."""
    row = database.connection.execute(_SUMMARY, (key,)).fetchone()
    shown = fold.shown(fold.unpack(("case", ""), row[0])) if row else {}
    text = without_id_numbers(str(shown.get(("case", "", "summary")) or "").strip())
    return f"{text[:_FACTS]}……" if len(text) > _FACTS else text or None


def _figures(found: _Found, every: set[int], scope: Scope, units: tuple[Unit, ...]) -> Figures:
    """The counts of the period and of the day."""
    _, day, _ = scope.days()
    return Figures(
        new=len(found.new),
        ended=len(found.new - every),
        open=len(every),
        high=len(found.open["高"]),
        middle=len(found.open["中"]),
        low=len(found.open["低"]),
        unrated=len(found.open[""]),
        overdue=len(_open_and_due(found, every, lambda on: on < day)),
        letters_overdue=sum(unit.overdue for unit in units),
        units=units,
    )


def _units(database: Database, scope: Scope, late: Counter[str], own: Iterable[Line]) -> tuple[Unit, ...]:
    """Letters that this office sent or got by responsible unit, those with most overdue first; `late`: those of cases, by unit."""
    since, day, _ = scope.days()
    marks = ", ".join("?" * len(scope.names))
    issued = f"{_ISSUED} AND (issuer IN ({marks}) OR recipient IN ({marks})) GROUP BY 1"
    sent = Counter[str](dict(database.connection.execute(issued, (since, day, *scope.names, *scope.names)).fetchall()))
    for one in own:  # of no case
        sent[one.recipient] += bool(one.issued_on and scope.since <= one.issued_on <= scope.day and one.kind != "反馈单")
        late[one.recipient] += one.state in WITH_ADDRESSEE and one.due_on is not None and one.due_on < scope.day
    sent, late = +sent, +late  # without those of none
    names = sorted(sent.keys() | late.keys(), key=lambda name: (-late[name], -sent[name], name))
    return tuple(Unit(name=name or NO_UNIT, issued=sent[name], overdue=late[name]) for name in names)
