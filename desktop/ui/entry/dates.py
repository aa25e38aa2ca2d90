"""Dates as they are read."""

from datetime import date

WEEKDAYS = "一二三四五六日"


def weekday(day: date) -> str:
    """`星期五`."""
    return f"星期{WEEKDAYS[day.weekday()]}"


def chinese(day: date | None) -> str:
    """`2025年3月14日`, or nothing."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
