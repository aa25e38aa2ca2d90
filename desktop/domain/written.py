"""Amounts, dates and times as people write them."""

import re
from datetime import date, timedelta
from decimal import Decimal

from desktop.domain.money import Fen

_AMOUNT = re.compile(r"[¥￥]?([0-9]{1,16}(?:\.[0-9]*)?)(万|亿)?元?")
_UNITS = {None: 1, "万": 10**4, "亿": 10**8}
_LIMIT = 10**15
_WORDS = {"前天": -2, "昨天": -1, "今天": 0, "明天": 1, "后天": 2}
_DAY = re.compile(r"(?:(\d{4})\s*[-./年]\s*)?(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(r"(\d{1,2})(?:[:：时点](\d{1,2})?分?)|(\d{1,2})(\d{2})")


def parse_amount(text: str) -> Fen:
    """Fen of a text in yuan such as `40500`, `40,500.00`, `4.05万`, `￥300元`.

    Raises ValueError, whose text is one sentence for the operator, for anything else, for parts of a fen and for 10^13 yuan and more.
    """
    plain = re.sub(r"[,，\s]", "", text)
    if plain.startswith(("-", "－", "负")):
        raise ValueError("金额不能是负数，请改写。")
    match = _AMOUNT.fullmatch(plain)
    if match is None:
        raise ValueError("金额请用数字填写，例如 40500 或 4.05万。")
    fen = Decimal(match[1]) * _UNITS[match[2]] * 100
    if fen != int(fen):
        raise ValueError("金额最多写到分（两位小数）。")
    if fen >= _LIMIT:
        raise ValueError("金额太大，请核对位数。")
    return int(fen)


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
