"""Running numbers: unique per office, series and year, never reused (protocol, section 6; docs/decisions/011-numbers-after-a-restore.md).

Block `k` is the numbers 5000·k + 1 to 5000·k + 4999. The county's directory gives each computer of an office a block below `DEVICES`,
and with it, as its spares, every block `DEVICES`, 2·`DEVICES`, … above.
"""

import secrets
from collections.abc import Callable, Iterable

from desktop.domain.refused import Refused
from desktop.store.database import Database
from desktop.store.sqlcipher import translated

DEVICES = 40
"""How many computers one office may have in all its life: each needs a block of its own for ever."""

SIZE = 5000
SPARES = 99
"""So many spare blocks each computer has: numbers stay below 20,000,000."""

_BLOCKS = "numbers.blocks"

Draw = Callable[[list[int]], int]
"""Picks one of the blocks that are free."""


class NumbersUsedUp(Refused):
    """This computer has no block left."""

    def __init__(self) -> None:
        super().__init__("本机的编号已经用完，请联系县级单位把本机作为新电脑重新登记。")


@translated()
def blocks(database: Database) -> list[int]:
    """The blocks that numbers of this computer were taken from, as far as it knows; the last one is in use. Block 0 before enrolment."""
    return database.setting(_BLOCKS, list[int]) or [0]


def grant(database: Database, block: int) -> None:
    """Number in the block that the directory gives this computer; one that is, or was, in use already changes nothing."""
    if block not in blocks(database):
        database.set(_BLOCKS, [block])


def block_of(number: int) -> int:
    """The block that a number belongs to."""
    return number // SIZE


def take(database: Database, series: str, year: int) -> int:
    """The next number of the series in the year. Call it in the transaction that writes the number, so that none is taken for nothing.

    A block that is used up is followed by a spare one. Raises `NumbersUsedUp` after the last of them.
    """
    with database.atomic():
        row = database.connection.execute("SELECT last FROM numbers WHERE series = ? AND year = ?", (series, year)).fetchone()
        used = blocks(database)
        number = _next(row[0] if row else 0, used[-1])
        if number % SIZE == 0:
            number = _first(jump(database, draw=min if len(used) == 1 else secrets.choice))
        database.connection.execute("INSERT OR REPLACE INTO numbers (series, year, last) VALUES (?, ?, ?)", (series, year, number))
    return number


def jump(database: Database, seen: Iterable[int] = (), draw: Draw = secrets.choice) -> int:
    """Take all further numbers from a spare block of which nothing is known to be used; returns it. `seen`: blocks found in use elsewhere.

    It is drawn by lot: this database may be one of two copies that both jump, or the past that it lost may have jumped too.
    Raises `NumbersUsedUp`.
    """
    with database.atomic():
        used = blocks(database)
        base = used[0] % DEVICES
        used = [*used, *sorted(block for block in set(seen) if block % DEVICES == base and block not in used)]
        free = [block for block in range(base + DEVICES, base + DEVICES * (SPARES + 1), DEVICES) if block not in used]
        if not free:
            raise NumbersUsedUp
        database.set(_BLOCKS, [*used, block := draw(free)])
    return block


@translated()
def is_begun(database: Database) -> bool:
    """Whether a number of the block in use was taken."""
    first = _first(blocks(database)[-1])
    query = "SELECT 1 FROM numbers WHERE last BETWEEN ? AND ?"
    return database.connection.execute(query, (first, first + SIZE - 1)).fetchone() is not None


@translated()
def taken(database: Database) -> dict[str, int]:
    """The last number of each series and year."""
    rows = database.connection.execute("SELECT series, year, last FROM numbers ORDER BY series, year")
    return {f"{series} {year}": last for series, year, last in rows}


def _first(block: int) -> int:
    return block * SIZE + 1


def _next(last: int, block: int) -> int:
    """The number after `last` in the block; a multiple of `SIZE`, which no block has, where it is used up."""
    return last + 1 if block_of(last) == block and last % SIZE else _first(block)
