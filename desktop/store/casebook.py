"""The cases of one device: its own changes go in, others' come in, and the tables follow (protocol, section 1).

There is no other way to write a case. The tables `cases`, `folds`, `parties`, `letters` and `search` are a cache of the changes.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import msgspec

from desktop.domain.case import Case
from desktop.domain.refused import Refused
from desktop.store import change as changes
from desktop.store import fields, fold, tables
from desktop.store.change import Change
from desktop.store.database import Database
from desktop.store.fold import State
from desktop.store.history import History, edits_of
from desktop.store.sqlcipher import translated

Sign = Callable[[bytes], bytes]


class UnknownCase(Refused):
    """A case that this database does not hold."""

    def __init__(self) -> None:
        super().__init__("找不到这件纠纷，可能尚未导入，请核对编号。")


class TooMuchAtOnce(Refused):
    """One save has more than a change may hold: no other office could read it."""

    def __init__(self) -> None:
        super().__init__("这次要保存的内容太多，超过4MB，没有保存，请缩短文字后再保存。")


class Author(NamedTuple):
    """Who writes: the device (16 bytes), the operator's name, how the device signs, and the time as ISO text."""

    device: bytes
    operator: str
    sign: Sign
    at: str


class Held(NamedTuple):
    """One stored change."""

    id: bytes
    body: bytes
    signature: bytes


class Receipt(NamedTuple):
    """What an import brought: ids of cases (hex) that changed, of those that are new, changes taken in, changes that wait."""

    cases: frozenset[str]
    new_cases: frozenset[str]
    changes: int
    waiting: int


def commit(database: Database, before: Case | None, after: Case, author: Author) -> Case:
    """Write the difference between two values of a case as one signed change, and update the tables, in one transaction.

    Returns the case as it stands afterwards. `before.seen` names the heads that the author had before the eyes: what came in
    meanwhile is not replaced but stands beside it. Nothing is written where nothing differs. Raises `TooMuchAtOnce`.
    """
    after = fields.identified(after)
    edits = fields.edits_between(before, after)
    if not edits:
        return load(database, after.id)
    parents = sorted(bytes.fromhex(head) for head in before.seen) if before else []
    change = changes.make(bytes.fromhex(after.id), author.device, author.operator, parents, author.at, edits)
    held = _signed(change, author.sign)
    with database.atomic():
        row = tables.find(database, change.case)
        key = row.key if row else tables.add(database, change.case)
        _insert(database, key, held)
        if (row.heads if row else []) == parents and edits_of(change) == edits:
            tables.extend(database, key, after, held.id, edits)
            return msgspec.structs.replace(after, seen=(held.id.hex(),))
        refold(database, key)  # it did not see everything, or its texts are kept in another form than they were typed in
        return load(database, after.id)


def _signed(change: Change, sign: Sign) -> Held:
    body = changes.encode(change)
    if len(body) > changes.MAX_BODY:
        raise TooMuchAtOnce
    identifier = changes.change_id(body)
    return Held(identifier, body, sign(changes.signed_bytes(identifier)))


def receive(database: Database, arrived: Iterable[Held]) -> Receipt:
    """Take in changes whose signatures were checked; late, twice or out of order they do no harm.

    A change whose parents are missing waits; one that only a newer program can read is kept unread.
    """
    with database.atomic():
        for held in arrived:
            _put_aside(database, held)
        taken, fresh = _adopt_waiting(database)
        for key in taken:
            refold(database, key)
        waiting = database.connection.execute("SELECT count(*) FROM waiting").fetchone()[0]
    return Receipt(frozenset(map(_hex, _uuids(database, taken))), frozenset(map(_hex, fresh)), sum(taken.values()), waiting)


def refold(database: Database, key: int) -> None:
    """Make the tables of one case from its changes alone."""
    tables.replace(database, key, history_of(database, key))


def rebuild(database: Database) -> int:
    """Make all tables again from the changes; returns how many cases differed (0 in a sound database)."""
    different = 0
    with database.atomic():
        for (key,) in database.connection.execute("SELECT key FROM cases ORDER BY key").fetchall():
            before = tables.everything(database, key)
            refold(database, key)
            different += before != tables.everything(database, key)
    return different


@translated()
def load(database: Database, case: str) -> Case:
    """The case as it stands. Raises `UnknownCase`."""
    row = _found(database, case)
    return fields.shown(fold.shown(tables.state(database, row.key)), id=case, seen=tuple(map(_hex, row.heads)))


@translated()
def state_of(database: Database, case: str) -> State:
    """The surviving writes of the case. Raises `UnknownCase`."""
    return tables.state(database, _found(database, case).key)


def history_of(database: Database, key: int) -> History:
    """The whole history of the case with this local key."""
    return History((identifier, changes.decode(body)) for identifier, body, _ in held_changes(database, key))


def held_changes(database: Database, key: int) -> Iterator[Held]:
    """The stored changes of a case, in no meaningful order."""
    rows = database.connection.execute("SELECT id, body, signature FROM changes WHERE case_key = ?", (key,))
    return (Held(*row) for row in rows)


@translated()
def history(database: Database, case: str) -> History:
    """The history of the case with this id. Raises `UnknownCase`."""
    return history_of(database, _found(database, case).key)


def _found(database: Database, case: str) -> tables.CaseRow:
    row = tables.find(database, bytes.fromhex(case))
    if row is None:
        raise UnknownCase
    return row


def _hex(identifier: bytes) -> str:
    return identifier.hex()


def _uuids(database: Database, keys: Iterable[int]) -> list[bytes]:
    return [database.connection.execute("SELECT uuid FROM cases WHERE key = ?", (key,)).fetchone()[0] for key in keys]


def _insert(database: Database, key: int, held: Held) -> None:
    """Store a change; one that is there already (a button pressed twice in a second) stays as it is."""
    database.connection.execute("INSERT OR IGNORE INTO changes (case_key, id, body, signature) VALUES (?, ?, ?, ?)", (key, *held))


def _put_aside(database: Database, held: Held) -> None:
    database.connection.execute("INSERT OR IGNORE INTO waiting (id, body, signature, reason) VALUES (?, ?, ?, '')", held)


def _adopt_waiting(database: Database) -> tuple[dict[int, int], list[bytes]]:
    """Place every waiting change whose parents are here: (case key: changes), and the ids of new cases."""
    waiting = {}
    for row in database.connection.execute("SELECT id, body, signature FROM waiting ORDER BY id").fetchall():
        held = Held(*row)
        if (change := readable(held.body)) is None:
            continue
        if _holds(database, change.case, held.id):
            database.connection.execute("DELETE FROM waiting WHERE id = ?", (held.id,))
        else:
            waiting[held.id] = (held, change)
    taken: dict[int, int] = {}
    fresh: list[bytes] = []
    keys: dict[bytes, int] = {}
    for held, change in _placeable(database, waiting):
        key = keys.get(change.case)
        if key is None:
            row = tables.find(database, change.case)
            key = keys[change.case] = row.key if row else tables.add(database, change.case)
            fresh += [] if row else [change.case]
        _insert(database, key, held)
        database.connection.execute("DELETE FROM waiting WHERE id = ?", (held.id,))
        taken[key] = taken.get(key, 0) + 1
    return taken, fresh


def _placeable(database: Database, waiting: dict[bytes, tuple[Held, Change]]) -> Iterator[tuple[Held, Change]]:
    """The waiting changes that can be placed, parents before children; a parent must be of the same case."""
    children: dict[bytes, list[bytes]] = {}
    lacking: dict[bytes, set[bytes]] = {}
    for identifier, (_, change) in waiting.items():
        lacking[identifier] = {parent for parent in change.parents if not _holds(database, change.case, parent)}
        for parent in lacking[identifier]:
            children.setdefault(parent, []).append(identifier)
    ready = [identifier for identifier, parents in lacking.items() if not parents]
    while ready:
        identifier = ready.pop()
        yield waiting[identifier]
        for child in children.get(identifier, ()):
            if waiting[child][1].case == waiting[identifier][1].case:
                lacking[child].discard(identifier)
                if not lacking[child]:
                    ready.append(child)


def _holds(database: Database, case: bytes, identifier: bytes) -> bool:
    query = "SELECT 1 FROM cases JOIN changes ON changes.case_key = cases.key WHERE cases.uuid = ? AND changes.id = ?"
    return database.connection.execute(query, (case, identifier)).fetchone() is not None


def readable(body: bytes) -> Change | None:
    """The change, or None if a newer program wrote it: an unknown version, an unknown field or a value of an unknown type."""
    if changes.version_of(body) != changes.VERSION:
        return None
    change = changes.decode(body)
    return change if all(fields.is_known(field, value) for field, value in edits_of(change).items()) else None
