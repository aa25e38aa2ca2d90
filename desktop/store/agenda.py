"""Which disputes a meeting is to look at, and the figures of its period: from indexed columns, so that a large database answers quickly."""

from datetime import date
from typing import NamedTuple

import msgspec

from desktop.domain.meeting import OPEN, Figures, Item, Reason, Unit, ranked, without_id_numbers
from desktop.domain.standing import Status
from desktop.store import fold, letters
from desktop.store.database import Database
from desktop.store.sqlcipher import translated

_LOOKED_AT = 2000
"""So many new cases of a period at most are compared with older ones by the numbers of their parties."""

_FACTS = 160
"""Characters of the summary that an agenda keeps at most."""

NO_UNIT = "（没有写主送单位）"

_STATES = ", ".join(f"'{one}'" for one in OPEN)
_NEXT = "ORDER BY due_on IS NULL, due_on, key DESC LIMIT ?"

_BY_RISK = f"SELECT key FROM cases WHERE status IN ({_STATES}) AND risk = ?"  # noqa: S608 -- constants
_OVERDUE = f"SELECT key FROM cases WHERE due_on > '' AND due_on < ? AND status IN ({_STATES})"  # noqa: S608 -- constants
_DUE = f"SELECT key FROM cases WHERE due_on BETWEEN ? AND ? AND status IN ({_STATES})"  # noqa: S608 -- constants
_NEW = "SELECT key FROM cases WHERE registered_on BETWEEN ? AND ?"
_REPEATED = f"""
    SELECT key FROM cases WHERE status IN ({_STATES}) AND key IN (
        SELECT one FROM doubles WHERE dismissed = 0
        UNION SELECT same.case_key FROM same JOIN cases newer ON newer.key = same.case_key WHERE same.other < newer.uuid
        UNION SELECT again FROM (
            SELECT a.case_key AS again
            FROM (SELECT key FROM cases WHERE registered_on BETWEEN ? AND ? ORDER BY registered_on DESC, key DESC LIMIT {_LOOKED_AT}) new
            CROSS JOIN parties a ON a.case_key = new.key
            CROSS JOIN parties b INDEXED BY parties_by_id_number ON b.id_number = a.id_number AND b.case_key <> a.case_key
            WHERE a.id_number IS NOT NULL GROUP BY a.case_key, b.case_key HAVING count(DISTINCT a.id_number) > 1
        )
    )
"""  # noqa: S608 -- constants
_ROW = "SELECT lower(hex(uuid)), number, title, risk, status, registered_on, due_on FROM cases WHERE key = ?"
_SUMMARY = "SELECT state FROM folds WHERE case_key = ? AND entity = 'case' AND id = ''"


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
    """The items, the weightiest first, and how many disputes had a reason and found no place."""

    items: tuple[Item, ...]
    more: int


@translated()
def agenda(database: Database, scope: Scope, limit: int) -> Agenda:
    """The disputes that the meeting is to look at, `limit` at most."""
    found: dict[Reason, list[int]] = {}
    for reason, query, values in _queries(scope):
        found.setdefault(reason, []).extend(key for (key,) in database.connection.execute(f"{query} {_NEXT}", (*values, limit)))
    keys = list(dict.fromkeys(key for own in found.values() for key in own))
    total = _total(database, scope) if len(keys) >= limit else len(keys)
    repeated, late = frozenset(found["重复"]), _with_late_letters(database, scope)
    items = tuple(_with_reasons(_item(database, key), scope, again=key in repeated, late=key in late) for key in keys[:limit])
    return Agenda(items, total - len(items))


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


def _queries(scope: Scope) -> list[tuple[Reason, str, tuple[str, ...]]]:
    """The weightiest reason first: who is on the agenda for it takes his place before the others."""
    since, day, coming = scope.days()
    by_letters, own = _late_letters(scope)
    return [
        ("高风险", _BY_RISK, ("高",)),
        ("逾期", _OVERDUE, (day,)),
        ("逾期", f"SELECT key FROM cases WHERE status <> '{Status.CLOSED}' AND key IN (SELECT case_key FROM ({by_letters}))", own),  # noqa: S608 -- constants
        ("重复", _REPEATED, (since, day)),
        ("中风险", _BY_RISK, ("中",)),
        ("本期到期", _DUE, (day, coming)),
        ("新登记", _NEW, (since, day)),
    ]


def _with_late_letters(database: Database, scope: Scope) -> frozenset[int]:
    """The keys of the cases that a letter of this office makes late."""
    query, values = _late_letters(scope)
    return frozenset(key for key, _, _ in database.connection.execute(query, values))


def _late_letters(scope: Scope) -> tuple[str, tuple[str, ...]]:
    """The overdue letters that this office sent or got, each once, and the values of the query."""
    sent, sent_values = letters.late("发出的", scope.names, scope.day)
    got, got_values = letters.late("收到的", scope.names, scope.day)
    return f"SELECT * FROM ({sent}) UNION SELECT * FROM ({got})", (*sent_values, *got_values)  # noqa: S608 -- constants


def _total(database: Database, scope: Scope) -> int:
    """How many disputes have any of the reasons."""
    queries = _queries(scope)
    union = " UNION ".join(f"SELECT * FROM ({query})" for _, query, _ in queries)  # noqa: S608 -- constants
    values = [value for _, _, own in queries for value in own]
    return int(database.connection.execute(f"SELECT count(*) FROM ({union})", values).fetchone()[0])  # noqa: S608 -- constants


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


@translated()
def figures(database: Database, scope: Scope) -> Figures:
    """The counts of the period and of the day."""
    connection = database.connection
    since, day, _ = scope.days()
    counted = f"SELECT count(*), coalesce(sum(status NOT IN ({_STATES})), 0) FROM cases WHERE registered_on BETWEEN ? AND ?"  # noqa: S608 -- constants
    new, ended = connection.execute(counted, (since, day)).fetchone()
    by_risk = f"SELECT coalesce(risk, ''), count(*) FROM cases WHERE status IN ({_STATES}) GROUP BY risk"  # noqa: S608 -- constants
    risks = dict(connection.execute(by_risk).fetchall())
    overdue = connection.execute(f"SELECT count(*) FROM ({_OVERDUE})", (day,)).fetchone()[0]  # noqa: S608 -- constants
    units = _units(database, scope)
    return Figures(
        new=new,
        ended=ended,
        open=sum(risks.values()),
        high=risks.get("高", 0),
        middle=risks.get("中", 0),
        low=risks.get("低", 0),
        unrated=risks.get("", 0),
        overdue=overdue,
        letters_overdue=sum(unit.overdue for unit in units),
        units=units,
    )


def _units(database: Database, scope: Scope) -> tuple[Unit, ...]:
    """Letters that this office sent or got by responsible unit, those with most overdue first; overdue as on the shelf 逾期."""
    since, day, _ = scope.days()
    marks = ", ".join("?" * len(scope.names))
    issued = (
        f"SELECT coalesce(recipient, ''), count(*) FROM letters WHERE issued_on BETWEEN ? AND ? AND number IS NOT NULL "  # noqa: S608 -- marks
        f"AND kind <> '反馈单' AND (issuer IN ({marks}) OR recipient IN ({marks})) GROUP BY recipient"
    )
    by_letters, own = _late_letters(scope)
    overdue = f"SELECT coalesce(recipient, ''), count(*) FROM ({by_letters}) GROUP BY recipient"  # noqa: S608 -- constants
    sent = dict(database.connection.execute(issued, (since, day, *scope.names, *scope.names)).fetchall())
    late = dict(database.connection.execute(overdue, own).fetchall())
    names = sorted(sent.keys() | late.keys(), key=lambda name: (-late.get(name, 0), -sent.get(name, 0), name))
    return tuple(Unit(name=name or NO_UNIT, issued=sent.get(name, 0), overdue=late.get(name, 0)) for name in names)
