from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.moment import parse_moment
from desktop.domain.written import parse_day, parse_minute
from desktop.ui.entry.dates import weekday

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-3-14", date(2025, 3, 14)),
        ("2025.03.14", date(2025, 3, 14)),
        ("2025/3/14", date(2025, 3, 14)),
        ("20250314", date(2025, 3, 14)),
        ("2025年3月14日", date(2025, 3, 14)),
        ("3.14", date(2026, 3, 14)),
        (" 3月14日 ", date(2026, 3, 14)),
        ("昨天", date(2026, 2, 28)),
        ("明天", date(2026, 3, 2)),
    ],
)
def test_days_are_read_as_people_type_them(text: str, day: date) -> None:
    assert parse_day(text, TODAY) == day


@pytest.mark.parametrize("text", ["2026-02-30", "2.30", "13.1", "0.1", "abc", "2026", "3-14-15-16", "20261301", "二月"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- the message is the text itself
        parse_day(text, TODAY)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_reads_back_from_its_usual_spelling(day: date) -> None:
    assert parse_day(str(day), TODAY) == day


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-3-14 9:30", "2025-03-14T09:30"),
        ("2025-03-14T09:30", "2025-03-14T09:30"),
        ("3.14 9点", "2026-03-14T09:00"),
        ("3.14 14时05分", "2026-03-14T14:05"),
        ("3.14 1405", "2026-03-14T14:05"),
        ("9：30", "2026-03-01T09:30"),
    ],
)
def test_moments_are_read_as_people_type_them(text: str, moment: str) -> None:
    assert parse_minute(text, TODAY) == moment
    parse_moment(moment)


@pytest.mark.parametrize("text", ["2026-2-30 9:00", "3.14 24:00", "3.14 9:60", "3.14", "", "x"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- the message is the text itself
        parse_minute(text, TODAY)


def test_weekdays_have_their_names() -> None:
    assert weekday(date(2026, 3, 1)) == "星期日"
