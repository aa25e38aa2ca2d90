"""Running numbers: unique per office, series and year, never reused (protocol, section 6; docs/decisions/011-numbers-after-a-restore.md).

Block `k` is the numbers 5000·k + 1 to 5000·k + 4999. The county's directory gives each computer of an office a block below `DEVICES`,
and with it, as its spares, every block `DEVICES`, 2·`DEVICES`, … above.
"""

import secrets
from collections.abc import Callable, Iterable

import msgspec

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


class Blocks(msgspec.Struct, frozen=True):
    """The blocks of this computer: those of which a number is or may be in use, its own first, and the one in use.

    `in_use` is None from a jump until the next number: only that draws the fresh block, so that a copy made in between draws another.
    """

    used: tuple[int, ...] = (0,)
    in_use: int | None = 0


class NumbersUsedUp(Refused):
    """This computer has no block left."""

    def __init__(self) -> None:
        super().__init__("本机的编号已经用完，请联系县级单位把本机作为新电脑重新登记。")


def blocks(database: Database) -> Blocks:
    """What this computer knows of its blocks; block 0 before enrolment."""
    return database.setting(_BLOCKS, Blocks) or Blocks()


def grant(database: Database, block: int) -> None:
    """Number in the block that the directory gives this computer; one that it has already changes nothing."""
    if block not in blocks(database).used:
        database.set(_BLOCKS, Blocks((block,), block))


def block_of(number: int) -> int:
    """The block that a number belongs to."""
    return number // SIZE


def take(database: Database, series: str, year: int, draw: Draw = secrets.choice) -> int:
    """The next number of the series in the year. Call it in the transaction that writes the number, so that none is taken for nothing.

    A block that is used up is followed by a spare one. Raises `NumbersUsedUp` after the last of them.
    """
    with database.atomic():
        row = database.connection.execute("SELECT last FROM numbers WHERE series = ? AND year = ?", (series, year)).fetchone()
        mine = blocks(database)
        number = _next(row[0] if row else 0, mine.in_use)
        if number is None:
            number = _first(_fresh(database, mine, draw))
        database.connection.execute("INSERT OR REPLACE INTO numbers (series, year, last) VALUES (?, ?, ?)", (series, year, number))
    return number


def jump(database: Database, seen: Iterable[int] = ()) -> None:
    """Take all further numbers from a spare block of which nothing is known to be used. `seen`: blocks found in use elsewhere."""
    with database.atomic():
        used = blocks(database).used
        more = sorted({block for block in seen if block % DEVICES == used[0] % DEVICES} - set(used))
        database.set(_BLOCKS, Blocks((*used, *more), None))


@translated()
def taken(database: Database) -> dict[str, int]:
    """The last number of each series and year."""
    rows = database.connection.execute("SELECT series, year, last FROM numbers ORDER BY series, year")
    return {f"{series} {year}": last for series, year, last in rows}


def _fresh(database: Database, mine: Blocks, draw: Draw) -> int:
    """Put a spare block in use: the lowest where only the own one was used up, otherwise by lot.

    This database may be one of two copies that both jump, or the past that it lost may have jumped too.
    """
    base = mine.used[0] % DEVICES
    free = [block for block in range(base + DEVICES, base + DEVICES * (SPARES + 1), DEVICES) if block not in mine.used]
    if not free:
        raise NumbersUsedUp
    block = free[0] if len(mine.used) == 1 and mine.in_use is not None else draw(free)
    database.set(_BLOCKS, Blocks((*mine.used, block), block))
    return block


def _first(block: int) -> int:
    return block * SIZE + 1


def _next(last: int, block: int | None) -> int | None:
    """The number after `last` in the block; None where there is no block in use or it is used up."""
    if block is None:
        return None
    number = last + 1 if block_of(last) == block and last % SIZE else _first(block)
    return number if number % SIZE else None
