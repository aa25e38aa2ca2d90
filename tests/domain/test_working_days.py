"""Working days: the shipped table, and days that a county or an office puts before it."""

from datetime import date

import pytest

from desktop.domain.working_days import Days, DaysRefused, is_working_day, read_days, with_days

WEDNESDAY, SATURDAY = date(2031, 1, 1), date(2031, 1, 4)


def test_the_first_layer_that_names_a_day_decides() -> None:
    office, county = Days(working=frozenset({WEDNESDAY})), read_days("free = [2031-01-01]\nworking = [2031-01-04]")
    assert [with_days(county)(day) for day in (WEDNESDAY, SATURDAY)] == [False, True]
    assert [with_days(office, county)(day) for day in (WEDNESDAY, SATURDAY)] == [True, True]
    assert [with_days()(day) for day in (WEDNESDAY, SATURDAY)] == [is_working_day(day) for day in (WEDNESDAY, SATURDAY)] == [True, False]


def test_an_empty_file_names_no_day() -> None:
    assert read_days("") == Days()


@pytest.mark.parametrize(
    "text",
    ["x", "x = 1", "free = 2031-01-01", "free = [1]", "free = ['x']", "free = [2031-01-01]\nworking = [2031-01-01]", "x = " + "[" * 3000],
)
def test_mistakes(text: str) -> None:
    with pytest.raises(DaysRefused, match=r"。$"):
        read_days(text)
