"""The citizen's ID number of GB 11643-1999 (domain.md 6.3)."""

import re
from datetime import date
from typing import Literal

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_SHAPE = re.compile(r"[0-9]{17}[0-9X]")
_OLD_SHAPE = re.compile(r"[0-9]{15}")
"""Of cards before 1999: two digits of a year of the nineteen hundreds, and no check digit."""

_OTHER_PAPER = re.compile(r"(?=.*[0-9])(?:[A-Z][A-Z0-9()]*|[0-9]+[A-WYZ][A-Z0-9()]*)")
"""Passports, permits and the like: letters with digits."""


def normalized(text: str) -> str:
    """The number as it is compared: without spaces, a final x as X."""
    return text.replace(" ", "").upper()


def masked(number: str) -> str:
    """The number as it is shown to those who need not know it: `530111********1234`; of a shorter one less is left."""
    number = number.strip()
    first, last = (6, 4) if len(number) >= 15 else (2, 2) if len(number) >= 8 else (0, 0)
    return number[:first] + "*" * (len(number) - first - last) + number[len(number) - last :]


def check_digit(first17: str) -> str:
    """The eighteenth character that belongs to seventeen digits."""
    return _CHECKS[sum(int(d) * w for d, w in zip(first17, _WEIGHTS, strict=True)) % 11]


def birth_date(number: str) -> date | None:
    """The date of birth in a number of 18 or, of old cards, 15 characters; None for another shape or a date that does not exist."""
    digits = number[6:14] if _SHAPE.fullmatch(number) else f"19{number[6:12]}" if _OLD_SHAPE.fullmatch(number) else ""
    if not digits:
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def sex(number: str) -> Literal["男", "女"] | None:
    """男 if the seventeenth digit, the last of an old number, is odd; None if the number has another shape."""
    digit = number[16] if _SHAPE.fullmatch(number) else number[14] if _OLD_SHAPE.fullmatch(number) else ""
    if not digit:
        return None
    return "男" if int(digit) % 2 else "女"


def fault(number: str, today: date) -> str | None:
    """What is doubtful about the number, as one Chinese sentence, or None.

    A doubt is a warning, never a wall: people do carry wrong numbers in old papers, and other papers than the ID card have other
    shapes. Regions are not checked, since those of the time of birth may be abolished.
    """
    number = normalized(number)
    if len(number) not in (15, 18) and _OTHER_PAPER.fullmatch(number):
        return "证件号码不是身份证号码，其他证件请核对。"
    if not _SHAPE.fullmatch(number):
        return "证件号码不是18位身份证号码，请核对证件类型和号码。"
    born = birth_date(number)
    if born is None or born > today:
        return "身份证号码中的出生日期不存在或在今天之后，请对照证件核对。"
    if check_digit(number[:17]) != number[17]:
        return "身份证号码的最后一位校验码不对，请对照证件核对。"
    return None
