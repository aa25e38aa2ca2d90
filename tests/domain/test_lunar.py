from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.lunar import lunar_name, lunar_of, solar_day


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-03-17", "正月廿九"),
        ("2026-02-16", "腊月廿九"),
        ("2025-07-25", "闰六月初一"),
        ("2026-03-08", "正月二十"),
        ("2026-03-18", "正月三十"),
        ("2025-12-20", "冬月初一"),
        ("1899-12-31", ""),
        ("2101-06-01", ""),
    ],
)
def test_a_day_has_its_lunar_name(day: str, name: str) -> None:
    assert lunar_name(date.fromisoformat(day)) == name


@given(st.dates(min_value=date(1900, 1, 31), max_value=date(2100, 12, 31)))
def test_a_lunar_day_is_the_solar_one_that_it_came_from(day: date) -> None:
    found = lunar_of(day)
    assert found is not None
    year, month, number, leap = found
    assert solar_day(year, month, number, leap=leap) == day
