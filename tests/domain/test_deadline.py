from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.deadline import after_working_days, confirmation_deadline, last_day, mediation_deadline, next_working_day, weekdays_only
from desktop.domain.working_days import is_working_day

YEARS = sorted({day.year for day in chinese_calendar.constants.holidays})


@pytest.mark.parametrize(
    ("effective", "last"),
    [
        ((2026, 1, 31), (2026, 3, 2)),  # domain.md 8.6, A10
        ((2025, 1, 31), (2025, 3, 3)),  # day 30 is Sunday, 2 March
        ((2024, 1, 31), (2024, 3, 1)),  # a leap year
        ((2025, 9, 1), (2025, 10, 9)),  # 1 October: National Day and Mid-Autumn to the 8th
        ((2024, 12, 30), (2025, 2, 5)),  # 29 January: Spring Festival to 4 February
        ((2024, 12, 27), (2025, 1, 26)),  # a Sunday on which offices work to make up for the festival
        ((2025, 8, 29), (2025, 9, 28)),  # likewise before National Day
        ((2025, 3, 3), (2025, 4, 2)),
    ],
)
def test_confirmation_and_mediation_by_the_announced_calendar(effective: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    assert confirmation_deadline(date(*effective), is_working_day) == date(*last)
    assert mediation_deadline(date(*effective), is_working_day) == date(*last)


def test_years_without_a_table_know_weekends() -> None:
    later = date(YEARS[-1] + 1, 10, 1)
    for day in (later + timedelta(days=n) for n in range(7)):
        assert is_working_day(day) == (day.isoweekday() <= 5)
    assert is_working_day(date(1999, 12, 31))
    assert not is_working_day(date(2100, 1, 2))


@given(st.dates(), st.integers(0, 60))
def test_a_period_ends_on_a_working_day_and_not_early(start: date, days: int) -> None:
    end = last_day(start, days, weekdays_only)
    assert weekdays_only(end)
    if start.year < 9999:
        assert 0 <= (end - start).days - days <= 2


@given(st.dates(date(2010, 1, 1), date(2040, 1, 1)))
def test_no_row_of_holidays_is_longer_than_a_fortnight(day: date) -> None:
    assert (next_working_day(day, is_working_day) - day).days <= 14


def test_working_days_are_counted_from_the_next_day() -> None:
    friday = date(2026, 3, 6)
    assert after_working_days(friday, 0, weekdays_only) == friday
    assert after_working_days(friday, 1, weekdays_only) == date(2026, 3, 9)
    assert after_working_days(friday, 30, weekdays_only) == date(2026, 4, 17)
    assert after_working_days(date(2025, 9, 30), 1, is_working_day) == date(2025, 10, 9)
