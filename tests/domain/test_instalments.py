"""分期: sums, days, month ends."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.codes import Repeat, choices
from desktop.domain.instalments import MOST, CannotSplit, days, nth_day, split

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
STEPS = st.sampled_from(choices(Repeat))


@given(st.integers(600, 10**15 - 1), st.integers(2, MOST), DAYS, STEPS)
def test_the_parts_sum_up_to_the_whole_and_are_equal_but_the_last(amount: int, parts: int, first: date, step: Repeat) -> None:
    found = split(amount, parts, first, step)
    assert sum(part.amount for part in found) == amount
    assert len({part.amount for part in found[:-1]}) == 1
    assert 0 <= found[-1].amount - found[0].amount < parts
    assert [part.due_on for part in found] == sorted({part.due_on for part in found})


@given(DAYS, st.sampled_from(["每月", "每季", "每年"]), st.integers(0, 100))
def test_the_day_of_the_month_stays_or_is_the_last(first: date, step: Repeat, nth: int) -> None:
    day = nth_day(first, step, nth)
    assert day is not None
    assert day.day == first.day or (day.day < first.day and (date.fromordinal(day.toordinal() + 1)).day == 1)


def test_twenty_four_months_from_the_31st() -> None:
    found = split(100_000, 24, date(2025, 1, 31), "每月")
    assert [str(part.due_on) for part in found[:4]] == ["2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30"]
    assert [part.amount for part in found] == [4166] * 23 + [4182]
    assert found[-1].due_on == date(2026, 12, 31)


def test_a_leap_day_every_year() -> None:
    assert [str(day) for day in days(date(2024, 2, 29), "每年", date(2028, 12, 31))] == [
        "2024-02-29",
        "2025-02-28",
        "2026-02-28",
        "2027-02-28",
        "2028-02-29",
    ]


@pytest.mark.parametrize(
    ("amount", "parts", "first", "says"),
    [
        (100, 1, date(2025, 1, 1), "2到600"),
        (100, 601, date(2025, 1, 1), "2到600"),
        (2, 3, date(2025, 1, 1), "金额太少"),
        (100, 3, date(9999, 12, 1), "日期太远"),
    ],
)
def test_what_cannot_be_split_says_why(amount: int, parts: int, first: date, says: str) -> None:
    with pytest.raises(CannotSplit, match=says):
        split(amount, parts, first, "每月")


def test_beyond_the_calendar_there_is_no_day() -> None:
    assert nth_day(date(9999, 12, 31), "每周", 1) is None
    assert len(list(days(date(9999, 11, 30), "每月", date.max))) == 2
