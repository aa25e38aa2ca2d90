"""待核对 is settled by a change of its own, whose author saw everything (protocol, section 1; section 7, promise 12).

A save writes only what differs from what is shown; whoever agrees with the shown value changes nothing, and the doubt would stay.
"""

from collections.abc import Mapping
from typing import NamedTuple

from desktop.domain.case import Case
from desktop.domain.refused import Refused
from desktop.store import casebook, fields, fold, tables
from desktop.store import change as changes
from desktop.store.casebook import Author, UnknownCase
from desktop.store.change import Field, Value
from desktop.store.database import Database
from desktop.store.fold import State
from desktop.store.sqlcipher import translated


class NothingInDoubt(Refused):
    """The field has one value by now."""

    def __init__(self) -> None:
        super().__init__("这一项已经核对过了，请重新打开这件纠纷查看。")


class DoesNotFit(Refused):
    """The field cannot hold the value."""

    def __init__(self) -> None:
        super().__init__("这个内容不能填在这一项里，请从已有的填法中选一种，或者改写。")


class InDoubt(NamedTuple):
    """A case in 待核对: its id (hex), number, title, and in how many fields."""

    id: str
    number: str
    title: str
    conflicts: int


def settle(database: Database, case_id: str, field: Field, value: Value, author: Author) -> Case:
    """Let the field have this value and no other, also where it is the one that is shown. Raises as `settle_all`."""
    return settle_all(database, case_id, {field: value}, author)


def settle_all(database: Database, case_id: str, values: Mapping[Field, Value], author: Author) -> Case:
    """Settle fields of a case in one change, whose parents are all heads and which writes these fields and nothing else.

    Returns the case as it stands afterwards; each of the fields has one surviving write then. Somebody who settles at the same time
    elsewhere makes a new doubt, which is settled in the same way.

    Raises `UnknownCase`, `NothingInDoubt` if one of the fields has one value only, `DoesNotFit`, `TooMuchAtOnce`; nothing is written then.
    """
    with database.atomic():
        row = tables.find(database, bytes.fromhex(case_id))
        if row is None:
            raise UnknownCase
        _require_doubt(tables.state(database, row.key), values)
        change = changes.make(bytes.fromhex(case_id), author.device, author.operator, row.heads, author.at, dict(values))
        casebook.receive(database, [casebook.signed(change, author.sign)])
        return casebook.load(database, case_id)


def _require_doubt(state: State, values: Mapping[Field, Value]) -> None:
    doubts = fold.conflicts(state)
    if not values or any(field not in doubts for field in values):
        raise NothingInDoubt
    if not all(fields.is_known(field, value) for field, value in values.items()):
        raise DoesNotFit


@translated()
def in_doubt(database: Database) -> list[InDoubt]:
    """The cases in 待核对, newest first."""
    query = (
        "SELECT lower(hex(uuid)), coalesce(number, ''), title, conflicts FROM cases WHERE conflicts > 0 "
        "ORDER BY registered_on DESC, key DESC"
    )
    return [InDoubt(*row) for row in database.connection.execute(query)]
