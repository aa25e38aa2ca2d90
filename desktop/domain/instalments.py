"""分期: an amount in parts, and the days on which what repeats falls due (domain.md 3.11)."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from desktop.domain.codes import Repeat
from desktop.domain.money import Fen
from desktop.domain.refused import Refused

MOST = 600
"""So many parts or repetitions at most: fifty years of months."""

_MONTHS: dict[Repeat, int] = {"每月": 1, "每季": 3, "每年": 12}


class CannotSplit(Refused):
    """The amount cannot be divided so."""


class Instalment(msgspec.Struct, frozen=True):
    """One part: the day on which it is due and its amount in fen."""

    due_on: date
    amount: Fen


def nth_day(first: date, step: Repeat, nth: int) -> date | None:
    """The day `nth` periods after the first (0 is the first itself); None beyond the calendar.

    The day of the month is that of the first; in a shorter month its last day (民法典 Art. 202), so the 31st stays the 31st after February.
    """
    try:
        if step == "每周":
            return first + timedelta(weeks=nth)
        year, month = divmod(first.year * 12 + first.month - 1 + nth * _MONTHS[step], 12)
        return date(year, month + 1, min(first.day, calendar.monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError):
        return None


def days(first: date, step: Repeat, until: date) -> Iterator[date]:
    """The days from the first to `until`, both included, `MOST` at most."""
    for nth in range(MOST):
        day = nth_day(first, step, nth)
        if day is None or day > until:
            return
        yield day


def split(amount: Fen, parts: int, first: date, step: Repeat) -> tuple[Instalment, ...]:
    """The amount (fen) in `parts` equal parts, one a period from the first day on; the last takes what cannot be divided.

    The sum is always the whole. Raises `CannotSplit` for less than two parts, more than `MOST`, parts of less than one fen, or days
    beyond the calendar.
    """
    if not 2 <= parts <= MOST:
        raise CannotSplit(f"分期的期数请填写2到{MOST}之间的整数。")
    if amount < parts:
        raise CannotSplit("金额太少，分不成这么多期，请减少期数或者核对金额。")
    each = amount // parts
    amounts = [each] * (parts - 1) + [amount - each * (parts - 1)]
    found = [nth_day(first, step, nth) for nth in range(parts)]
    if None in found:
        raise CannotSplit("分期的日期太远，请核对第一期的日期和期数。")
    return tuple(Instalment(day, part) for day, part in zip(found, amounts, strict=True) if day)
