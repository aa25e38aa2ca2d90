"""The ordinary tables: a cache of the fold, one row a case, a party, a letter, a seal (protocol, section 1)."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from desktop.domain import dues, letter_course
from desktop.domain.case import Case
from desktop.domain.course import status
from desktop.domain.letter import answers
from desktop.store import fields, fold, search
from desktop.store.change import Edits
from desktop.store.database import Database
from desktop.store.fold import Entity, State
from desktop.store.history import History, edits_of

_GRAPH = "UPDATE cases SET heads = ?, reach = ?, ever = ?, conflicts = ? WHERE key = ?"
_SHOWN = "UPDATE cases SET number = ?, title = ?, type = ?, registered_on = ?, status = ?, risk = ?, office = ?, due_on = ? WHERE key = ?"
_WHOLE = f"{_GRAPH.removesuffix(' WHERE key = ?')}, {_SHOWN.removeprefix('UPDATE cases SET ')}"  # noqa: S608 -- constants
_FIND = (
    "SELECT key, heads, reach, ever, conflicts, number, title, type, registered_on, status, risk, office, due_on FROM cases WHERE uuid = ?"
)
PUT_PIECE = (
    "INSERT INTO folds (case_key, entity, id, state) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (case_key, entity, id) DO UPDATE SET state = excluded.state"
)

Row = tuple[object, ...]


class Listed(NamedTuple):
    """A table with rows of a case that follow one kind of entity: how a case's are taken out, how one is put in, and which there are."""

    clear: str
    put: str
    rows: Callable[[int, Case], list[Row]]


def _parties(key: int, case: Case) -> list[Row]:
    return [(key, p.id, p.role, p.kind, p.name, p.id_number, p.phone) for p in case.parties]


def _letters(key: int, case: Case) -> list[Row]:
    found = [(x, letter_course.course(x, case.moves)) for x in case.letters]
    return [
        (key, x.id, x.kind, x.number, x.to, None if answers(x) else _iso(now.deadline), _iso(x.issued_on), x.issuer, str(now.state))
        for x, now in found
    ]


def _seals(key: int, case: Case) -> list[Row]:
    return [(key, x.id, bytes.fromhex(x.sha256), bytes.fromhex(x.values)) for x in case.seals]


def _same(key: int, case: Case) -> list[Row]:
    return [(key, bytes.fromhex(case.same_as))] if case.same_as else []


LISTED: dict[str, Listed] = {
    "party": Listed(
        "DELETE FROM parties WHERE case_key = ?",
        "INSERT INTO parties (case_key, id, role, kind, name, id_number, phone) VALUES (?, ?, ?, ?, ?, ?, ?)",
        _parties,
    ),
    "letter": Listed(
        "DELETE FROM letters WHERE case_key = ?",
        "INSERT INTO letters (case_key, id, kind, number, recipient, due_on, issued_on, issuer, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        _letters,
    ),
    "seal": Listed("DELETE FROM seals WHERE case_key = ?", "INSERT INTO seals (case_key, id, sha256, record) VALUES (?, ?, ?, ?)", _seals),
    "case": Listed("DELETE FROM same WHERE case_key = ?", "INSERT INTO same (case_key, other) VALUES (?, ?)", _same),
}
"""By the entity that they follow; of the case itself only `same_as` has a table of its own."""


def kinds_of(touched: Iterable[Entity]) -> set[str]:
    """The kinds of entities whose rows follow these: a letter's row says where the letter stands, which its moves decide."""
    kinds = {entity for entity, _ in touched}
    return kinds | {"letter"} if "move" in kinds else kinds


class CaseRow(NamedTuple):
    """What the table `cases` says of a case: its local key, its graph (see `Graph`), and what the list shows of it."""

    key: int
    heads: list[bytes]
    reach: list[str]
    ever: list[str]
    conflicts: int
    shown: Row


def find(database: Database, uuid: bytes) -> CaseRow | None:
    """The case with this 16-byte id."""
    row = database.connection.execute(_FIND, (uuid,)).fetchone()
    if row is None:
        return None
    key, heads, reach, ever, conflicts, *shown = row
    return CaseRow(key, unpack_heads(heads), reach.split(), ever.split(), conflicts, tuple(shown))


def unpack_heads(packed: bytes) -> list[bytes]:
    """The ids in the column `cases.heads`."""
    return [packed[i : i + 32] for i in range(0, len(packed), 32)]


def add(database: Database, uuid: bytes) -> CaseRow:
    """A row for a new case, to be filled by `extend` or `replace`."""
    columns = "uuid, heads, reach, ever, conflicts, title, type, registered_on, status"
    cursor = database.connection.execute(f"INSERT INTO cases ({columns}) VALUES (?, '', '', '', 0, '', '', '', '')", (uuid,))  # noqa: S608
    return CaseRow(int(cursor.lastrowid), [], [], [], 0, ())


def state(database: Database, key: int) -> State:
    """The state of the case with this key."""
    rows = database.connection.execute("SELECT entity, id, state FROM folds WHERE case_key = ?", (key,))
    return {field: writes for entity, identifier, data in rows for field, writes in fold.unpack((entity, identifier), data).items()}


def replace(database: Database, key: int, history: History) -> None:
    """Make the tables of a case say what its history says."""
    new = fold.from_history(history)
    ever = frozenset(station for change in history.changes.values() for station in fold.named(edits_of(change)))
    (uuid,) = database.connection.execute("SELECT uuid FROM cases WHERE key = ?", (key,)).fetchone()
    case = fields.shown(fold.shown(new), id=uuid.hex(), seen=())
    database.connection.execute("DELETE FROM folds WHERE case_key = ?", (key,))
    pieces = [(key, *entity, fold.pack(piece)) for entity, piece in fold.by_entity(new).items()]
    database.connection.executemany(PUT_PIECE, pieces)
    _put_row(database, key, Graph(history.heads(), fold.reach(new), ever, len(fold.conflicts(new))), shown_row(case))
    _put_listed(database, key, case, LISTED)
    search.keep(database.connection, [search.entry(key, case)])


def extend(database: Database, row: CaseRow, case: Case, change: bytes, edits: Edits) -> None:
    """Make the tables follow a change whose author had seen all others; `case` is what it leads to. Touches what the change touches."""
    touched = {field[:2] for field in edits}
    settled, stations = 0, row.reach
    for entity in touched:
        place, before = _piece(database, row.key, entity)
        after = fold.extended(before, change, {field: value for field, value in edits.items() if field[:2] == entity})
        _put_piece(database, row.key, entity, place, after)
        settled += len(fold.conflicts(before)) - len(fold.conflicts(after))
        if entity == ("case", ""):
            stations = list(fold.reach(after))
    graph = Graph([change], stations, {*row.ever, *fold.named(edits)}, row.conflicts - settled)
    _put_row(database, row.key, graph, shown_row(case, row.shown if _days_stand(edits) else ()), row.shown)
    kinds = kinds_of(touched)
    listed = kinds & LISTED.keys() if ("case", "", "same_as") in edits else kinds & LISTED.keys() - {"case"}
    _put_listed(database, row.key, case, listed)
    search.note(database.connection, row.key)


def look_again(database: Database, limit: int) -> bool:
    """Bring rows of an older program's database up to what they say now, some at a time; returns whether more are left."""
    found = database.connection.execute("SELECT key, uuid FROM cases WHERE due_on = '' LIMIT ?", (limit,)).fetchall()
    for key, uuid in found:
        case = fields.shown(fold.shown(state(database, key)), id=uuid.hex(), seen=())
        database.connection.execute(_SHOWN, (*shown_row(case), key))
        _put_listed(database, key, case, ["letter"])
    return len(found) == limit


def everything(database: Database, key: int) -> tuple[object, ...]:
    """All that the tables say of a case, for comparison."""
    connection = database.connection
    row = connection.execute("SELECT * FROM cases WHERE key = ?", (key,)).fetchone()
    parties = connection.execute("SELECT * FROM parties WHERE case_key = ? ORDER BY id", (key,)).fetchall()
    letters = connection.execute("SELECT * FROM letters WHERE case_key = ? ORDER BY id", (key,)).fetchall()
    seals = connection.execute("SELECT * FROM seals WHERE case_key = ? ORDER BY id", (key,)).fetchall()
    same = connection.execute("SELECT other FROM same WHERE case_key = ?", (key,)).fetchall()
    return row, state(database, key), parties, letters, seals, same


def _piece(database: Database, key: int, entity: Entity) -> tuple[int | None, State]:
    """Where the state of an entity is kept, and what it is."""
    query = "SELECT rowid, state FROM folds WHERE case_key = ? AND entity = ? AND id = ?"
    row = database.connection.execute(query, (key, *entity)).fetchone()
    return (row[0], fold.unpack(entity, row[1])) if row else (None, {})


def _put_piece(database: Database, key: int, entity: Entity, place: int | None, piece: State) -> None:
    if place is None:
        database.connection.execute(PUT_PIECE, (key, *entity, fold.pack(piece)))
    else:
        database.connection.execute("UPDATE folds SET state = ? WHERE rowid = ?", (fold.pack(piece), place))


class Graph(NamedTuple):
    """Where the history of a case stands: heads, the stations that it reaches and has ever reached, fields in 待核对."""

    heads: list[bytes]
    reach: Iterable[str]
    ever: Iterable[str]
    conflicts: int


def graph_row(graph: Graph) -> Row:
    """The columns `heads`, `reach`, `ever` and `conflicts`."""
    return b"".join(graph.heads), " ".join(sorted(graph.reach)), " ".join(sorted(graph.ever)), graph.conflicts


def shown_row(case: Case, former: Row = ()) -> Row:
    """The columns from `number` to `due_on`; the last one is taken over from the former row, if one is given."""
    heading = (case.number, case.title, case.type, case.registered_on.isoformat(), str(status(case)), case.risk, case.registered_by)
    return (*heading, former[-1] if former else _iso(dues.earliest(case)))


def _days_stand(edits: Edits) -> bool:
    """Whether these writes leave the days of what is due where they are: looking for them would take a tenth of a save."""
    return not any(dues.move(name if entity in fields.SINGLE else fields.LISTS[entity][1]) for entity, _, name in edits)


def update_row(database: Database, uuid: bytes, heads: list[bytes], state: State, stations: Iterable[str], case: Case) -> None:
    """Write the row of a case that is here; `stations` are those that its new changes name."""
    row = find(database, uuid)
    if row is None:
        raise KeyError(uuid)
    graph = Graph(heads, fold.reach(state), {*row.ever, *stations}, len(fold.conflicts(state)))
    _put_row(database, row.key, graph, shown_row(case), row.shown)


def _put_row(database: Database, key: int, graph: Graph, shown: Row, present: Row = ()) -> None:
    """Write the row of a case; what it shows only if it differs from what is there, because that writes pages of indexes."""
    if present == shown:
        database.connection.execute(_GRAPH, (*graph_row(graph), key))
    else:
        database.connection.execute(_WHOLE, (*graph_row(graph), *shown, key))


def _put_listed(database: Database, key: int, case: Case, kinds: Iterable[str]) -> None:
    for kind in kinds:
        listed = LISTED[kind]
        database.connection.execute(listed.clear, (key,))
        database.connection.executemany(listed.put, listed.rows(key, case))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
