"""The ordinary tables: a cache of the fold, one row a case, a party, a letter, a seal (protocol, section 1)."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from desktop.domain.case import Case
from desktop.domain.course import status
from desktop.store import fields, fold, search
from desktop.store.change import Edits
from desktop.store.database import Database
from desktop.store.fold import Entity, State
from desktop.store.history import History, edits_of

_GRAPH = "UPDATE cases SET heads = ?, reach = ?, ever = ?, conflicts = ? WHERE key = ?"
_SHOWN = "UPDATE cases SET number = ?, title = ?, type = ?, registered_on = ?, status = ?, risk = ?, office = ? WHERE key = ?"
_READ = "SELECT reach, ever, conflicts, number, title, type, registered_on, status, risk, office FROM cases WHERE key = ?"
_PUT_PIECE = (
    "INSERT INTO folds (case_key, entity, id, state) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (case_key, entity, id) DO UPDATE SET state = excluded.state"
)
_PUT_PARTY = "INSERT INTO parties (case_key, id, role, kind, name, id_number, phone) VALUES (?, ?, ?, ?, ?, ?, ?)"
_PUT_LETTER = "INSERT INTO letters (case_key, id, kind, number, recipient, due_on, issued_on) VALUES (?, ?, ?, ?, ?, ?, ?)"
_PUT_SAME = "INSERT OR REPLACE INTO same (case_key, other) VALUES (?, ?)"
_PUT_SEAL = "INSERT INTO seals (case_key, id, sha256, record) VALUES (?, ?, ?, ?)"


class CaseRow(NamedTuple):
    """What the table `cases` says of the graph of a case: its local key and its heads (32-byte ids, sorted)."""

    key: int
    heads: list[bytes]


def find(database: Database, uuid: bytes) -> CaseRow | None:
    """The case with this 16-byte id."""
    row = database.connection.execute("SELECT key, heads FROM cases WHERE uuid = ?", (uuid,)).fetchone()
    return CaseRow(row[0], unpack_heads(row[1])) if row else None


def unpack_heads(packed: bytes) -> list[bytes]:
    """The ids in the column `cases.heads`."""
    return [packed[i : i + 32] for i in range(0, len(packed), 32)]


def add(database: Database, uuid: bytes) -> int:
    """A row for a new case, to be filled by `extend` or `replace`. Returns its key."""
    columns = "uuid, heads, reach, ever, conflicts, title, type, registered_on, status"
    cursor = database.connection.execute(f"INSERT INTO cases ({columns}) VALUES (?, '', '', '', 0, '', '', '', '')", (uuid,))  # noqa: S608
    return int(cursor.lastrowid)


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
    _put_pieces(database, key, fold.by_entity(new))
    _put_row(database, key, _Graph(history.heads(), fold.reach(new), ever, len(fold.conflicts(new))), case)
    _put_parties(database, key, case)
    _put_letters(database, key, case)
    _put_seals(database, key, case)
    _put_same(database, key, case)
    search.index(database.connection, key, case, search.PARTS)


def extend(database: Database, key: int, case: Case, change: bytes, edits: Edits) -> None:
    """Make the tables follow a change whose author had seen all others; `case` is what it leads to. Touches what the change touches."""
    touched = {field[:2] for field in edits}
    before = {entity: _piece(database, key, entity) for entity in touched}
    after = {entity: fold.extended(piece, change, {f: v for f, v in edits.items() if f[:2] == entity}) for entity, piece in before.items()}
    _put_pieces(database, key, after)
    settled = sum(len(fold.conflicts(before[entity])) - len(fold.conflicts(after[entity])) for entity in touched)
    reach, ever, conflicts, *present = database.connection.execute(_READ, (key,)).fetchone()
    stations = fold.reach(after["case", ""]) if ("case", "") in after else reach.split()
    _put_row(database, key, _Graph([change], stations, {*ever.split(), *fold.named(edits)}, conflicts - settled), case, tuple(present))
    kinds = {entity for entity, _ in touched}
    if "party" in kinds:
        _put_parties(database, key, case)
    if "letter" in kinds:
        _put_letters(database, key, case)
    if "seal" in kinds:
        _put_seals(database, key, case)
    if ("case", "", "same_as") in edits:
        _put_same(database, key, case)
    search.index(database.connection, key, case, kinds)


def everything(database: Database, key: int) -> tuple[object, ...]:
    """All that the tables say of a case, for comparison."""
    connection = database.connection
    row = connection.execute("SELECT * FROM cases WHERE key = ?", (key,)).fetchone()
    parties = connection.execute("SELECT * FROM parties WHERE case_key = ? ORDER BY id", (key,)).fetchall()
    letters = connection.execute("SELECT * FROM letters WHERE case_key = ? ORDER BY id", (key,)).fetchall()
    seals = connection.execute("SELECT * FROM seals WHERE case_key = ? ORDER BY id", (key,)).fetchall()
    same = connection.execute("SELECT other FROM same WHERE case_key = ?", (key,)).fetchall()
    return row, state(database, key), parties, letters, seals, same


def _piece(database: Database, key: int, entity: Entity) -> State:
    query = "SELECT state FROM folds WHERE case_key = ? AND entity = ? AND id = ?"
    row = database.connection.execute(query, (key, *entity)).fetchone()
    return fold.unpack(entity, row[0]) if row else {}


def _put_pieces(database: Database, key: int, pieces: dict[Entity, State]) -> None:
    database.connection.executemany(_PUT_PIECE, [(key, *entity, fold.pack(piece)) for entity, piece in pieces.items()])


class _Graph(NamedTuple):
    heads: list[bytes]
    reach: Iterable[str]
    ever: Iterable[str]
    conflicts: int


def _put_row(database: Database, key: int, graph: _Graph, case: Case, present: tuple[object, ...] = ()) -> None:
    """Write the row of a case; what it shows only if it differs from what is there, because that writes pages of indexes."""
    connection = database.connection
    stations = (" ".join(sorted(names)) for names in (graph.reach, graph.ever))
    connection.execute(_GRAPH, (b"".join(graph.heads), *stations, graph.conflicts, key))
    shown = (case.number, case.title, case.type, case.registered_on.isoformat(), str(status(case)), case.risk, case.registered_by)
    if present != shown:
        connection.execute(_SHOWN, (*shown, key))


def _put_parties(database: Database, key: int, case: Case) -> None:
    database.connection.execute("DELETE FROM parties WHERE case_key = ?", (key,))
    database.connection.executemany(_PUT_PARTY, [(key, p.id, p.role, p.kind, p.name, p.id_number, p.phone) for p in case.parties])


def _put_letters(database: Database, key: int, case: Case) -> None:
    database.connection.execute("DELETE FROM letters WHERE case_key = ?", (key,))
    rows = [(key, x.id, x.kind, x.number, x.to, _iso(x.due_on), _iso(x.issued_on)) for x in case.letters]
    database.connection.executemany(_PUT_LETTER, rows)


def _put_seals(database: Database, key: int, case: Case) -> None:
    database.connection.execute("DELETE FROM seals WHERE case_key = ?", (key,))
    rows = [(key, x.id, bytes.fromhex(x.sha256), bytes.fromhex(x.values)) for x in case.seals]
    database.connection.executemany(_PUT_SEAL, rows)


def _put_same(database: Database, key: int, case: Case) -> None:
    if case.same_as:
        database.connection.execute(_PUT_SAME, (key, bytes.fromhex(case.same_as)))
    else:
        database.connection.execute("DELETE FROM same WHERE case_key = ?", (key,))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
