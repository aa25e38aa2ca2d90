"""Amounts of money as people type them."""

import re
from decimal import Decimal

from desktop.domain.money import Fen

_AMOUNT = re.compile(r"[¥￥]?([0-9]{1,16}(?:\.[0-9]*)?)(万|亿)?元?")
_UNITS = {None: 1, "万": 10**4, "亿": 10**8}
_LIMIT = 10**15


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


def readable(fen: Fen) -> str:
    """`40,500.00`."""
    return f"{fen // 100:,}.{fen % 100:02d}"
