"""Amounts of money: whole fen inside, yuan with two places in files, capitals on paper."""

import re
from typing import Annotated

import msgspec

Fen = Annotated[int, msgspec.Meta(ge=0, lt=10**15)]
"""An amount in fen, 1/100 yuan: not negative, below 10^13 yuan. Never a float (domain.md 6.6)."""

_YUAN = re.compile(r"(0|[1-9][0-9]{0,12})\.([0-9]{2})")
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_UNITS = ((10**8, "亿"), (10**4, "万"))
_LIMIT = 10**16 * 100


def parse_yuan(text: str) -> Fen:
    """Fen of a decimal text in yuan with exactly two places, such as `40500.00`.

    Raises ValueError for any other spelling: a sign, a missing place, a separator, an exponent.
    """
    match = _YUAN.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return int(match[1]) * 100 + int(match[2])


def format_yuan(fen: Fen) -> str:
    """The decimal text in yuan with two places: `40500.00`. The inverse of `parse_yuan`."""
    return f"{fen // 100}.{fen % 100:02d}"


def _group_in_capitals(group: int) -> str:
    """Four digits in capitals; zeros in a row are one 零, none at the end."""
    text, zero = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit == 0:
            zero = bool(text)
            continue
        text += ("零" if zero else "") + _DIGITS[digit] + _PLACES[place]
        zero = False
    return text


def _yuan_in_capitals(yuan: int) -> str:
    for unit, name in _UNITS:
        if yuan >= unit:
            high, low = divmod(yuan, unit)
            gap = "零" if 0 < low < unit // 10 else ""
            return _yuan_in_capitals(high) + name + gap + _yuan_in_capitals(low)
    return _group_in_capitals(yuan)


def capitals(fen: Fen) -> str:
    """The amount in Chinese capitals without the prefix 人民币: `壹仟肆佰零玖元伍角`, `壹亿元整`, `伍分`, `零元整`.

    整 follows 元 alone; zeros in a row are one 零 (正确填写票据和结算凭证的基本规定, domain.md 6.6).
    Raises ValueError for a negative amount or one of 10^16 yuan and more.
    """
    if not 0 <= fen < _LIMIT:
        raise ValueError(fen)
    yuan, jiao, cent = fen // 100, fen // 10 % 10, fen % 10
    text = _yuan_in_capitals(yuan) + "元" if yuan else ""
    if not jiao and not cent:
        return (text or "零元") + "整"
    if jiao:
        text += _DIGITS[jiao] + "角"
    elif yuan:
        text += "零"
    return text + (_DIGITS[cent] + "分" if cent else "")
