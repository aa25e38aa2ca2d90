"""The cases of one device: its own changes go in, others' come in, and the tables follow (protocol, section 1).

There is no other way to write a case. The tables `cases`, `folds`, `parties`, `letters` and `search` are a cache of the changes.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeAlias

import msgspec

from desktop.domain.case import Case
from desktop.domain.refused import Refused
from desktop.store import arrival, fields, findable, fold, tables
from desktop.store import change as changes
from desktop.store.change import Arrived, Change
from desktop.store.database import Database
from desktop.store.fold import State
from desktop.store.history import History, edits_of
from desktop.store.sqlcipher import translated

Held: TypeAlias = changes.Held
read, readable = arrival.read, arrival.readable
Sign = Callable[[bytes], bytes]


class UnknownCase(Refused):
    """A case that this database does not hold."""

    def __init__(self) -> None:
        super().__init__("找不到这件纠纷，可能尚未导入，请核对编号。")


class TooMuchAtOnce(Refused):
    """One save has more than a change may hold: no other office could read it."""

    def __init__(self) -> None:
        super().__init__("这次要保存的内容太多，超过4MB，没有保存，请缩短文字后再保存。")


class BeyondItsField(Refused):
    """A value that its field cannot hold: too long, too large, or not of the table."""

    def __init__(self) -> None:
        super().__init__("刚填写的内容里有一栏太长或者超出了范围，没有保存，请检查后改短再保存。")


class Author(NamedTuple):
    """Who writes: the device (16 bytes), the operator's name, how the device signs, and the time as ISO text."""

    device: bytes
    operator: str
    sign: Sign
    at: str


class Receipt(NamedTuple):
    """What an import brought: ids of cases (hex) that changed, of those that are new, changes taken in, changes that wait."""

    cases: frozenset[str]
    new_cases: frozenset[str]
    changes: int
    waiting: int


def commit(database: Database, before: Case | None, after: Case, author: Author) -> Case:
    """Write the difference between two values of a case as one signed change, and update the tables, in one transaction.

    Returns the case as it stands afterwards. `before.seen` names the heads that the author had before the eyes: what came in
    meanwhile is not replaced but stands beside it. Nothing is written where nothing differs. Raises `TooMuchAtOnce`, and `BeyondItsField`
    for a value that no case may hold.
    """
    after = fields.identified(after)
    edits = fields.edits_between(before, after)
    if not edits:
        return load(database, after.id)
    if not fields.are_known([(*field, value) for field, value in edits.items()]):
        raise BeyondItsField  # what was written could never be read again
    parents = sorted(bytes.fromhex(head) for head in before.seen) if before else []
    change = changes.make(bytes.fromhex(after.id), author.device, author.operator, parents, author.at, edits)
    held = signed(change, author.sign)
    with database.atomic():
        row = tables.find(database, change.case) or tables.add(database, change.case)
        _insert(database, row.key, held)
        if row.heads == parents and edits_of(change) == edits:
            tables.extend(database, row, after, held.id, edits)
            findable.file_many_news(database)
            return msgspec.structs.replace(after, seen=(held.id.hex(),))
        refold(database, row.key)  # it did not see everything, or its texts are kept in another form than they were typed in
        return load(database, after.id)


def signed(change: Change, sign: Sign) -> Held:
    """The change with its id and signature. Raises `TooMuchAtOnce`."""
    body = changes.encode(change)
    if len(body) > changes.MAX_BODY:
        raise TooMuchAtOnce
    identifier = changes.change_id(body)
    return Held(identifier, body, sign(changes.signed_bytes(identifier)))


def receive(database: Database, arrived: Iterable[Held | Arrived]) -> Receipt:
    """Take in changes whose signatures were checked; late, twice or out of order they do no harm.

    They are taken as they come, and never more than those of one case are in memory. A change whose parents are missing waits; one that
    only a newer program can read is kept unread. Within a transaction it is a part of it.
    """
    with database.joined():
        intake = arrival.Intake(database, refold)
        intake.take(one if isinstance(one, Arrived) else arrival.read(one) for one in arrived)
        waiting = database.connection.execute("SELECT count(*) FROM waiting WHERE reason <> 'adopted'").fetchone()[0]
    return Receipt(frozenset(map(_hex, intake.cases)), frozenset(map(_hex, intake.fresh)), intake.changes, waiting)


def refold(database: Database, key: int) -> None:
    """Make the tables of one case from its changes alone."""
    tables.replace(database, key, history_of(database, key))


def rebuild(database: Database) -> int:
    """Make all tables again from the changes; returns how many cases differed (0 in a sound database)."""
    different = 0
    with database.atomic():
        while tables.look_again(database, 1_000):  # rows of an older program are not wrong, nobody has looked at them yet
            pass
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
def heads(database: Database, case: str) -> tuple[str, ...]:
    """The ids (hex) of the newest changes of the case, as `Case.seen` has them. Raises `UnknownCase`."""
    return tuple(map(_hex, _found(database, case).heads))


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


def _insert(database: Database, key: int, held: Held) -> None:
    """Store a change; one that is there already (a button pressed twice in a second) stays as it is."""
    database.connection.execute("INSERT OR IGNORE INTO changes (case_key, id, body, signature) VALUES (?, ?, ?, ?)", (key, *held))
