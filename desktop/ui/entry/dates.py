"""Dates as they are read."""

from datetime import date

from desktop.domain.lunar import lunar_name

WEEKDAYS = "一二三四五六日"
_LONG_AGO = 1900
_FAR_YEARS = 20
_HOLIDAYS = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
}


def weekday(day: date) -> str:
    """`星期五`."""
    return f"星期{WEEKDAYS[day.weekday()]}"


def chinese(day: date | None) -> str:
    """`2025年3月14日`, or nothing: how every day stands on the screen."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def moment(at: str | None) -> str:
    """`2025年3月14日 09:30` of an ISO moment, or nothing."""
    return f"{chinese(date.fromisoformat(at[:10]))} {at[11:16]}".rstrip() if at else ""


def described(day: date) -> str:
    """What was understood: `2026年2月17日 星期二 农历正月初一 春节放假`."""
    return f"{chinese(day)} {around(day)}"


def around(day: date) -> str:
    """What a date does not say itself: `星期二 农历正月初一 春节放假`."""
    lunar = lunar_name(day)
    return " ".join(part for part in (weekday(day), f"农历{lunar}" if lunar else "", holiday(day)) if part)


def holiday(day: date) -> str:
    """`春节放假`, `上班（春节调休）`, or nothing on a usual day and in years whose holidays are not announced yet."""
    import chinese_calendar

    try:
        free, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return ""
    known = _HOLIDAYS.get(name or "")
    if not known:
        return ""
    return f"{known}放假" if free else f"上班（{known}调休）"


def doubt_about_day(day: date, today: date) -> str:
    """Why the day is doubtful though it exists, as one sentence; "" if it is not."""
    if day.year < _LONG_AGO:
        return f"这一天在{_LONG_AGO}年以前，请核对年份。"
    if day.year > today.year + _FAR_YEARS:
        return f"这一天在{_FAR_YEARS}年以后，请核对年份。"
    return ""
