"""Running numbers: unique per office, series and year, never reused (protocol, section 6)."""

from desktop.domain.refused import Refused
from desktop.store.database import Database

BLOCK = 4999
"""The first device of an office has the numbers 1 to 4999; more are granted by the county's directory."""


class NumbersUsedUp(Refused):
    """The block of this device is used up."""

    def __init__(self) -> None:
        super().__init__("本年度的编号已经用完，请联系县级单位分配新的号段。")


def take(database: Database, series: str, year: int) -> int:
    """The next number of the series in the year. Call it in the transaction that writes the number, so that none is taken for nothing."""
    with database.atomic():
        row = database.connection.execute("SELECT last FROM numbers WHERE series = ? AND year = ?", (series, year)).fetchone()
        number: int = (row[0] if row else 0) + 1
        if number > BLOCK:
            raise NumbersUsedUp
        database.connection.execute("INSERT OR REPLACE INTO numbers (series, year, last) VALUES (?, ?, ?)", (series, year, number))
    return number
