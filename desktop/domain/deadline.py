"""Time limits: how they are counted, and which the law sets (domain.md 4.3)."""

from collections.abc import Callable
from datetime import date, timedelta

MEDIATION_DAYS = 30
"""Calendar days from acceptance in which a dispute is as a rule settled (司法部令75号 Art. 33; domain.md 4.3)."""

CONFIRMATION_DAYS = 30
"""Calendar days from the day the agreement takes effect for the joint application to the court (人民调解法 Art. 33)."""

IsWorkingDay = Callable[[date], bool]

_LAST_START = date(9999, 1, 1)
"""A mistyped year must not run out of Python's calendar."""


def weekdays_only(day: date) -> bool:
    """A calendar that knows no holidays: Monday to Friday."""
    return day.isoweekday() <= 5


def last_day(start: date, days: int, is_working_day: IsWorkingDay) -> date:
    """The last day of a period in calendar days.

    The day after `start` counts as the first; a last day that is not a working day moves to the next one (民法典 Art. 201, 203).
    """
    return next_working_day(min(start, _LAST_START) + timedelta(days=days), is_working_day)


def next_working_day(day: date, is_working_day: IsWorkingDay) -> date:
    """The day itself if it is a working day, otherwise the first after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def after_working_days(start: date, days: int, is_working_day: IsWorkingDay) -> date:
    """The day on which the `days`-th working day after `start` falls (for limits that are set in working days)."""
    day = start
    for _ in range(days):
        day = next_working_day(day + timedelta(days=1), is_working_day)
    return day


def mediation_deadline(accepted_on: date, is_working_day: IsWorkingDay) -> date:
    """The last day for settling a dispute without the parties' consent to an extension."""
    return last_day(accepted_on, MEDIATION_DAYS, is_working_day)


def confirmation_deadline(effective_on: date, is_working_day: IsWorkingDay) -> date:
    """The last day for the joint application for judicial confirmation of an agreement."""
    return last_day(effective_on, CONFIRMATION_DAYS, is_working_day)
