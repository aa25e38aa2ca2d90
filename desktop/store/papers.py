"""Finding papers over all cases: sealed ones by their bytes or by their code, printed ones by their number."""

from collections.abc import Iterable
from typing import NamedTuple

from desktop.store.database import Database
from desktop.store.sqlcipher import translated

_FIND = "SELECT lower(hex(uuid)), seals.id FROM seals JOIN cases ON cases.key = case_key"


class Place(NamedTuple):
    """Where a seal is: the ids of its case and of itself, hex."""

    case: str
    seal: str


@translated()
def with_content(database: Database, sha256: str) -> list[Place]:
    """The seals of the paper with these bytes; more than one only if a paper was entered twice."""
    return _places(database.connection.execute(f"{_FIND} WHERE sha256 = ? ORDER BY case_key, seals.id", (bytes.fromhex(sha256),)))


@translated()
def with_code(database: Database, digits: str) -> list[Place]:
    """The seals whose record's SHA-256 begins with these hex digits, an even number of them."""
    first = bytes.fromhex(digits)
    limits = (first.ljust(32, b"\x00"), first.ljust(32, b"\xff"))
    return _places(database.connection.execute(f"{_FIND} WHERE record BETWEEN ? AND ? ORDER BY case_key, seals.id", limits))


@translated()
def with_number(database: Database, number: str) -> list[str]:
    """The ids (hex) of the cases that bear the number, or one of whose letters bears it."""
    query = (
        "SELECT lower(hex(uuid)) FROM cases WHERE number = ? "
        "UNION SELECT lower(hex(uuid)) FROM letters JOIN cases ON cases.key = case_key WHERE letters.number = ? ORDER BY 1"
    )
    return [row[0] for row in database.connection.execute(query, (number, number))]


def _places(rows: Iterable[tuple[str, str]]) -> list[Place]:
    return [Place(*row) for row in rows]
