"""Rows of many cases, written together: a statement costs as much as a row, and an import has many rows of a kind."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from desktop.domain.case import Case
from desktop.store import fields, fold, search, tables
from desktop.store.change import Arrived
from desktop.store.database import Database
from desktop.store.fold import Entity, State

_NEW_CASE = (
    "INSERT INTO cases (key, uuid, heads, reach, ever, conflicts, number, title, type, registered_on, status, risk, office, due_on) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_KEEP = "INSERT OR IGNORE INTO changes (case_key, id, body, signature) VALUES (?, ?, ?, ?)"
_PUT_ASIDE = "INSERT OR IGNORE INTO waiting (id, body, signature, reason) VALUES (?, ?, ?, '')"


class Filed(NamedTuple):
    """A case as an import leaves it.

    `stations` are those that the new changes give it to or ask to help, `touched` the entities that the new changes wrote, None where
    the whole case is new.
    """

    uuid: bytes
    heads: list[bytes]
    state: State
    stations: frozenset[str]
    touched: set[Entity] | None


class Batch:
    """Rows that wait to be written.

    Attributes:
        cases: ids of the cases whose tables are behind until `write`.
        size: how many changes wait.
    """

    def __init__(self, database: Database) -> None:
        self.cases: set[bytes] = set()
        self.size = 0
        self._database = database
        self._rows: defaultdict[str, list[tuple[object, ...]]] = defaultdict(list)
        self._entries: dict[int, search.Entry] = {}
        self._key: int = database.connection.execute("SELECT coalesce(max(key), 0) FROM cases").fetchone()[0]

    def new_key(self) -> int:
        """The local key of the next new case."""
        self._key += 1
        return self._key

    def put_aside(self, arrived: Iterable[Arrived]) -> None:
        """Keep changes that cannot be placed yet."""
        rows = [tuple(one.held) for one in arrived]
        self._rows[_PUT_ASIDE] += rows
        self.size += len(rows)

    def keep(self, key: int, arrived: Iterable[Arrived]) -> None:
        """Keep changes of the case with this key, without its tables."""
        rows = [(key, *one.held) for one in arrived]
        self._rows[_KEEP] += rows
        self.size += len(rows)

    def add(self, key: int, filed: Filed, arrived: Iterable[Arrived]) -> None:
        """Keep changes of the case with this key, and make its tables follow."""
        self.cases.add(filed.uuid)
        case = fields.shown(fold.shown(filed.state), id=filed.uuid.hex(), seen=())
        if filed.touched is None:
            graph = tables.Graph(filed.heads, fold.reach(filed.state), filed.stations, len(fold.conflicts(filed.state)))
            self._rows[_NEW_CASE].append((key, filed.uuid, *tables.graph_row(graph), *tables.shown_row(case)))
            kinds = {entity for entity, _, _ in filed.state} | {"case"}
            self._put(key, filed.state, case, kinds)
        else:
            tables.update_row(self._database, filed.uuid, filed.heads, filed.state, filed.stations, case)
            kinds = tables.kinds_of(filed.touched)
            for kind in kinds & tables.LISTED.keys():
                self._rows[tables.LISTED[kind].clear].append((key,))
            self._put(key, {field: writes for field, writes in filed.state.items() if field[:2] in filed.touched}, case, kinds)
        self._entries[key] = search.entry(key, case)
        self.keep(key, arrived)

    def _put(self, key: int, state: State, case: Case, kinds: Iterable[str]) -> None:
        self._rows[tables.PUT_PIECE] += [(key, *entity, fold.pack(piece)) for entity, piece in fold.by_entity(state).items()]
        for kind in kinds:
            if kind in tables.LISTED:
                self._rows[tables.LISTED[kind].put] += tables.LISTED[kind].rows(key, case)

    def write(self) -> None:
        """Write what waits."""
        for statement in _ORDER:
            if rows := self._rows.pop(statement, None):
                self._database.connection.executemany(statement, rows)
        search.keep(self._database.connection, self._entries.values())
        self._entries.clear()
        self.cases.clear()
        self.size = 0


_ORDER = (
    _NEW_CASE,
    _KEEP,
    _PUT_ASIDE,
    tables.PUT_PIECE,
    *(listed.clear for listed in tables.LISTED.values()),
    *(listed.put for listed in tables.LISTED.values()),
)
"""Rows before those that refer to them, and out before in."""
