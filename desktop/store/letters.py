"""What letters this office sent and got, by state, in pages: the table `letters` follows the fold (store/tables.py).

Each question has an index of its own, so that a page of a million letters is found as quickly as one of ten.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

from desktop.domain.letter_course import UNSENT, WITH_ADDRESSEE, LetterState
from desktop.store.database import Database
from desktop.store.sqlcipher import translated

Box = Literal["发出的", "收到的"]
Shelf = Literal["逾期", "未办结"] | LetterState
"""Letters that are late with their addressee, letters that are under way, or those in one state."""

MOST = 20_000
"""So many letters of a shelf are counted and can be leafed through: a county that sent a million does not wait for the rest."""

_ENDED = frozenset({LetterState.CLOSED, LetterState.VOID})

_WHOSE = {"发出的": "issuer", "收到的": "recipient"}
_LIMIT = "ifnull(due_on, '9')"
_UNDER_WAY = "state IN ('已签发', '已送达', '已签收', '办理中', '已反馈', '已退回')"
"""Word for word that of the partial indexes."""

_LATE = "state IN ({})".format(", ".join(f"'{state}'" for state in LetterState if state in WITH_ADDRESSEE))
_DONE = "(state = '已签收' AND due_on IS NULL)"
"""Signed for, and nothing is to be answered: the course has ended."""

_COLUMNS = (
    "lower(hex(cases.uuid)), letters.id, letters.kind, coalesce(letters.number, ''), coalesce(letters.issuer, ''), "
    "coalesce(letters.recipient, ''), letters.state, letters.due_on, letters.issued_on, cases.title, coalesce(cases.number, '')"
)


class Line(NamedTuple):
    """One letter in a list: case and letter by their ids, where it stands, until when (with extensions), and what it is about."""

    case: str
    id: str
    kind: str
    number: str
    issuer: str
    recipient: str
    state: str
    due_on: date | None
    issued_on: date | None
    title: str
    case_number: str


class Place(NamedTuple):
    """A letter by the ids of its case and itself, and its day of issue."""

    case: str
    id: str
    issued_on: date


@translated()
def lines(database: Database, box: Box, names: Sequence[str], shelf: Shelf, today: date, offset: int = 0, limit: int = 200) -> list[Line]:
    """A page of the letters that the office (its names, as a rule one) sent or got: the earliest limit first, those without one last.

    What has ended is listed the other way round, the newest limit first.
    """
    where, values = _condition(box, names, shelf, today)
    statement = f"""
        SELECT {_COLUMNS} FROM (
            SELECT case_key, id FROM letters {_index(box, shelf)} WHERE {where} ORDER BY {_order(shelf)} LIMIT ? OFFSET ?
        ) AS found
        CROSS JOIN letters ON letters.case_key = found.case_key AND letters.id = found.id
        CROSS JOIN cases ON cases.key = letters.case_key
    """  # noqa: S608 -- constants
    rows = database.connection.execute(statement, (*values, limit, offset)).fetchall()
    return [_line(row) for row in rows]


@translated()
def counts(database: Database, box: Box, names: Sequence[str], today: date) -> dict[Shelf, int]:
    """How many letters lie on each shelf, up to `MOST` each; shelves without any are left out."""
    states = [state for state in LetterState if box == "发出的" or state not in UNSENT]  # what others still write is none of ours
    shelves: tuple[Shelf, ...] = ("逾期", "未办结", *states)
    found = {shelf: _count(database, box, names, shelf, today) for shelf in shelves}
    return {shelf: n for shelf, n in found.items() if n}


def _count(database: Database, box: Box, names: Sequence[str], shelf: Shelf, today: date) -> int:
    where, values = _condition(box, names, shelf, today)
    query = f"SELECT count(*) FROM (SELECT 1 FROM letters {_index(box, shelf)} WHERE {where} LIMIT {MOST})"  # noqa: S608 -- constants
    return int(database.connection.execute(query, values).fetchone()[0])


@translated()
def issued_between(database: Database, issuers: Sequence[str], first: date, last: date) -> list[Place]:
    """The letters that the office issued from the first to the last day."""
    statement = f"""
        SELECT lower(hex(uuid)), id, issued_on FROM letters INDEXED BY letters_sent_on CROSS JOIN cases ON key = case_key
        WHERE issuer {_among(issuers)} AND issued_on BETWEEN ? AND ? ORDER BY issued_on, case_key, id
    """  # noqa: S608 -- marks alone
    rows = database.connection.execute(statement, (*issuers, first.isoformat(), last.isoformat()))
    return [Place(case, identifier, date.fromisoformat(day)) for case, identifier, day in rows]


@translated()
def issued_about(database: Database, cases: Iterable[int], since: date) -> list[Line]:
    """The numbered letters of these cases (local keys) that were issued from the day on, the newest first."""
    statement = f"""
        SELECT {_COLUMNS} FROM letters CROSS JOIN cases ON cases.key = letters.case_key
        WHERE letters.case_key = ? AND letters.number IS NOT NULL AND letters.issued_on >= ?
    """  # noqa: S608 -- constants
    rows = [row for key in dict.fromkeys(cases) for row in database.connection.execute(statement, (key, since.isoformat()))]
    found = [_line(row) for row in rows]
    return sorted(found, key=lambda line: (line.issued_on or date.min, line.number), reverse=True)


@translated()
def sharing(database: Database, id_numbers: Sequence[str], phones: Sequence[str], limit: int = 40) -> list[int]:
    """The local keys of cases with a party of one of these numbers of persons or of phones."""
    queries = (("id_number", "parties_by_id_number", id_numbers), ("phone", "parties_by_phone", phones))
    found: dict[int, None] = {}
    for column, index, texts in queries:
        query = f"SELECT case_key FROM parties INDEXED BY {index} WHERE {column} = ? ORDER BY case_key DESC LIMIT ?"  # noqa: S608 -- constants
        for text in dict.fromkeys(texts):
            found |= dict.fromkeys(key for (key,) in database.connection.execute(query, (text, limit)))
    return list(found)


def late(box: Box, names: Sequence[str], today: date) -> tuple[str, tuple[str, ...]]:
    """A query for `case_key`, `id` and `recipient` of the letters on the shelf 逾期, `MOST` at most, and its values; for other queries."""
    where, values = _condition(box, names, "逾期", today)
    order = _order("逾期")
    return f"SELECT case_key, id, recipient FROM letters {_index(box, '逾期')} WHERE {where} ORDER BY {order} LIMIT {MOST}", values  # noqa: S608 -- constants


def _order(shelf: Shelf) -> str:
    down = " DESC" if shelf in _ENDED else ""
    return f"{_LIMIT}{down}, case_key{down}, id{down}"


def _condition(box: Box, names: Sequence[str], shelf: Shelf, today: date) -> tuple[str, tuple[str, ...]]:
    whose = f"{_WHOSE[box]} {_among(names)}"
    if shelf == "逾期":
        return f"{whose} AND {_UNDER_WAY} AND {_LATE} AND {_LIMIT} < ?", (*names, today.isoformat())
    if shelf == "未办结":
        return f"{whose} AND {_UNDER_WAY} AND NOT {_DONE}", tuple(names)
    return f"{whose} AND state = ?", (*names, str(shelf))


def _among(names: Sequence[str]) -> str:
    """One of the names; an office that was never renamed has its letters in the order of the index."""
    return "= ?" if len(names) == 1 else f"IN ({', '.join('?' * len(names))})"


def _index(box: Box, shelf: Shelf) -> str:
    return f"INDEXED BY {_name(box)}{'_open' if shelf in ('逾期', '未办结') else ''}"


def _name(box: Box) -> str:
    return "letters_sent" if box == "发出的" else "letters_got"


def _line(row: tuple[Any, ...]) -> Line:
    return Line._make((*row[:7], _day(row[7]), _day(row[8]), *row[9:]))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
