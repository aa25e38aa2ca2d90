"""China's working days: weekends, public holidays and the make-up days that the State Council announces each autumn."""

from datetime import date

from desktop.domain.deadline import weekdays_only


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
