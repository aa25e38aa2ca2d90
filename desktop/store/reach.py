"""Which stations a case reaches, read from the list without unpacking the case (protocol, section 2)."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from desktop.store.database import Database
from desktop.store.sqlcipher import translated

_MANY = 500


class Offer(NamedTuple):
    """An offer that waits for its answer: the id of the case (hex), the station that it is offered to."""

    case: str
    to: str


@translated()
def reach(database: Database, case: str) -> frozenset[str] | None:
    """The owner and the stations asked to help, by all surviving writes; None if the case is not here."""
    row = database.connection.execute("SELECT reach FROM cases WHERE uuid = ?", (bytes.fromhex(case),)).fetchone()
    return frozenset(row[0].split()) if row else None


@translated()
def open_offers(database: Database, cases: Iterable[str]) -> list[Offer]:
    """Those of the cases (ids in hex) that were offered to a station which has not answered."""
    ids = iter(cases)
    found: list[Offer] = []
    while some := list(islice(ids, _MANY)):
        found += _open(database, some)
    return found


def _open(database: Database, cases: list[str]) -> Iterator[Offer]:
    marks = ",".join("?" * len(cases))
    join = "cases JOIN folds ON case_key = key AND entity = 'handover' AND id = ''"
    query = f"SELECT lower(hex(uuid)), state FROM {join} WHERE uuid IN ({marks})"  # noqa: S608 -- constants and marks
    for case, state in database.connection.execute(query, [bytes.fromhex(case) for case in cases]):
        if to := _asked(state):
            yield Offer(case, to)


def _asked(state: bytes) -> str:
    """The station that an offer waits for; "" where it waits for none."""
    from desktop.store import fold  # most cases have no offer

    shown = {name: value for (_, _, name), value in fold.shown(fold.unpack(("handover", ""), state)).items()}
    is_open = not shown.get("answer") and not shown.get("removed")
    return str(shown.get("to") or "") if is_open else ""
