"""Dates and times as people type them."""

import re
from datetime import date, timedelta

_WORDS = {"前天": -2, "昨天": -1, "今天": 0, "明天": 1, "后天": 2}
_DAY = re.compile(r"(?:(\d{4})\s*[-./年]\s*)?(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(r"(\d{1,2})(?:[:：时点](\d{1,2})?分?)|(\d{1,2})(\d{2})")
WEEKDAYS = "一二三四五六日"


def parse_day(text: str, today: date) -> date:
    """The day of a text such as `2025-3-14`, `2025年3月14日`, `20250314`, `3.14` (this year) or `昨天`.

    Raises ValueError if it is none or does not exist.
    """
    text = text.strip()
    if text in _WORDS:
        return today + timedelta(days=_WORDS[text])
    if match := _COMPACT.fullmatch(text):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY.fullmatch(text):
        return date(int(match[1] or today.year), int(match[2]), int(match[3]))
    raise ValueError(text)


def parse_minute(text: str, today: date) -> str:
    """The moment `2025-03-14T09:30` of a text such as `2025-3-14 9:30`, `3.14 9点` or `9:30` (today).

    Raises ValueError if it is none or does not exist.
    """
    text = text.strip().replace("T", " ")
    day, _, time = text.rpartition(" ")
    match = _TIME.fullmatch(time)
    if match is None:
        raise ValueError(text)
    hour, minute = int(match[1] or match[3]), int(match[2] or match[4] or 0)
    if hour > 23 or minute > 59:
        raise ValueError(text)
    return f"{parse_day(day, today) if day else today:%Y-%m-%d}T{hour:02d}:{minute:02d}"


def weekday(day: date) -> str:
    """`星期五`."""
    return f"星期{WEEKDAYS[day.weekday()]}"


def chinese(day: date | None) -> str:
    """`2025年3月14日`, or nothing."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
