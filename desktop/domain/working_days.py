"""China's working days: weekends, public holidays and the make-up days that the State Council announces each autumn."""

from datetime import date

import msgspec

from desktop.domain.deadline import IsWorkingDay, weekdays_only
from desktop.domain.refused import Refused
from desktop.domain.settings_text import Mistake, read


class DaysRefused(Refused):
    """The file of days has a mistake."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        place = f"第{line}行" if line else ""
        super().__init__(f"节假日文件{place}有误（{reason}），请改正该文件，或把它移走以使用随程序附带的节假日。")


class Days(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Days that the shipped table does not know, or has otherwise: `free` ones and `working` ones."""

    free: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()


def read_days(text: str) -> Days:
    """The days in a TOML text such as `free = [2027-01-01]` and `working = [2027-01-03]`. Raises `DaysRefused`."""
    try:
        days = read(text, Days)
    except Mistake as error:
        raise DaysRefused(error.reason, error.line) from error
    if both := sorted(days.free & days.working):
        raise DaysRefused(f"{both[0]}既是节假日又是工作日")
    return days


def is_working_day(day: date) -> bool:
    """Whether offices work on the day.

    Follows the announced holidays and make-up days where the shipped table (the library chinese_calendar) has the year;
    for later years only weekends are known to be free.
    """
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return weekdays_only(day)


def with_days(*layers: Days) -> IsWorkingDay:
    """The shipped table with these days in front of it; the first that names a day decides."""

    def is_working(day: date) -> bool:
        for days in layers:
            if day in days.free or day in days.working:
                return day in days.working
        return is_working_day(day)

    return is_working
