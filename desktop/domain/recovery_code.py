"""Recovery codes: random characters for people to write down, read out and type, each group with a check of its own.

No sign stands in a code that a hand or an eye takes for another one: neither 0 and O nor 1, I and L, neither S (5) nor U (V). The 29
signs that are left are a prime number, so that the weighted sum of a group notices every wrong sign and every two that changed places.
"""

import unicodedata
from collections.abc import Callable

from desktop.domain.refused import Refused

ALPHABET = "23456789ABCDEFGHJKMNPQRTVWXYZ"
GROUPS, GROUP = 5, 5
"""Five groups of four random signs and a check: 97 bits."""

_MISREAD = str.maketrans({"S": "5", "U": "V"})
_WEIGHTS = (2, 3, 5, 7)


class NotACode(Refused):
    """What was typed is too short, too long, or holds a sign that no code has."""

    def __init__(self, length: int) -> None:
        super().__init__(f"恢复码是{GROUPS}组、每组{GROUP}个字母或数字，现在认得出{length}个，请对照恢复单补全。")


class GroupMistyped(Refused):
    """A group does not bear its check."""

    def __init__(self, number: int) -> None:
        super().__init__(f"恢复码的第{number}组有字抄错了，请对照恢复单改正这一组。")


def new_code(choose: Callable[[str], str]) -> str:
    """A new code, grouped by `-`; `choose` takes one of the signs at random, as `secrets.choice` does."""
    groups = ["".join(choose(ALPHABET) for _ in range(GROUP - 1)) for _ in range(GROUPS)]
    return "-".join(group + _check(number, group) for number, group in enumerate(groups, 1))


def read_code(typed: str) -> str:
    """The code as it was printed, whatever blanks, marks, wide or small letters were typed. Raises `NotACode`, `GroupMistyped`."""
    plain = unicodedata.normalize("NFKC", typed).upper().translate(_MISREAD)
    signs = [sign for sign in plain if sign in ALPHABET]
    strange = [sign for sign in plain if sign.isalnum() and sign not in ALPHABET]
    if strange or len(signs) != GROUPS * GROUP:
        raise NotACode(len(signs))
    groups = ["".join(signs[at : at + GROUP]) for at in range(0, len(signs), GROUP)]
    for number, group in enumerate(groups, 1):
        if group[-1] != _check(number, group[:-1]):
            raise GroupMistyped(number)
    return "-".join(groups)


def _check(number: int, group: str) -> str:
    """The sign that makes the weighted sum of the group its number, so that groups that changed places are noticed too."""
    total = number + sum(weight * ALPHABET.index(sign) for weight, sign in zip(_WEIGHTS, group, strict=True))
    return ALPHABET[total % len(ALPHABET)]
