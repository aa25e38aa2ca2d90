"""Amounts of money as they stand in Chinese texts: `14400元`, `￥3,000.00`, `1.5万元`, `人民币叁仟元整` (domain.md 3.11, 6.6)."""

import re
from typing import Literal

import msgspec

from desktop.domain.money import Fen

Writing = Literal["数字", "汉字"]
"""How an amount is written: in figures, or in characters (capitals or plain)."""

LIMIT: Fen = 10**15
"""Amounts from here on are no amounts (see `money.Fen`)."""


class Amount(msgspec.Struct, frozen=True):
    """An amount in a text: `text[start:end]` is it with its 人民币, ￥, 元 and 整, `fen` what it says."""

    start: int
    end: int
    fen: Fen
    writing: Writing


_CAPITALS = "壹贰叁肆伍陆柒捌玖貳參陸叄"
_FACES = str.maketrans(
    "０１２３４５６７８９．￥圆圓〇两壹贰叁肆伍陆柒捌玖貳參陸叄拾佰仟萬億兩",
    "0123456789.¥元元零二一二三四五六七八九二三六三十百千万亿二",
)
"""One character for each: places in the text stay what they are."""

_DIGITS = "零一二三四五六七八九"
_D = f"[{_DIGITS}]"
_N = f"{_DIGITS}十百千万亿"
_MARK = r"(?P<mark>(?:人民币|RMB|CNY|¥)[:：\s]{0,2}(?:¥\s?)?)?"
_NO_MONEY = "(?![村里桥区街路镇化素月旦])"  # 三元村, 一元化, 元旦
_CENTS = rf"(?:零?(?P<jiao>{_D})角)?(?:零?(?P<cent>{_D})分)?"
_YUAN_IN_WORDS = re.compile(rf"{_MARK}(?<![0-9.{_N}])(?P<yuan>[{_N}]{{1,40}})(?:元{_NO_MONEY}{_CENTS}|块钱)[整正]?")
_CENTS_IN_WORDS = re.compile(
    rf"{_MARK}(?<![0-9.元角{_N}])(?=(?P<first>.))(?:(?P<jiao>{_D})角(?:零?(?P<cent>{_D})分)?|(?P<only>{_D})分)[整正]?"
)
_NUMBER = r"(?<![0-9.])(?:[0-9]{1,3}(?:[,，][0-9]{3}){1,4}|[0-9]{1,13})(?:\.[0-9]{1,6})?"
_FIGURES = re.compile(
    rf"{_MARK}(?P<body>{_NUMBER}(?![0-9])(?:\s?[十百千万亿]{{1,2}}(?:[0-9]{{1,4}}[百千万]?){{0,3}})?)"
    r"(?:\s?(?P<unit>元(?![旦月])|块钱)(?:(?P<jiao>[0-9])角)?(?:(?P<cent>[0-9])分)?)?[整正]?"
)
_TOKEN = re.compile(r"([0-9.,，]+)\s?([十百千万亿]*)")
_PLACES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


def amounts(text: str) -> tuple[Amount, ...]:
    """Every exact amount in the text, in its order.

    Only what is marked as money counts: 元, 块钱, ￥ or 人民币. Not read: approximate ones (`30余万元`), foreign money, fractions of a
    fen, and capitals whose spelling has no one meaning (see `unreadable`).
    """
    plain = text.translate(_FACES)
    figures = [_of_figures(match) for match in _FIGURES.finditer(plain)]
    words = [_of_words(match, text) for match in _YUAN_IN_WORDS.finditer(plain)]
    cents = [_of_cents(match, text) for match in _CENTS_IN_WORDS.finditer(plain)]
    found = [amount for amount in (*figures, *words, *cents) if amount is not None]
    return tuple(sorted(found, key=lambda amount: amount.start))


def unreadable(text: str) -> tuple[str, ...]:
    """Amounts in capitals whose spelling has no meaning or more than one, such as `叁佰仟元` and `壹万伍元`."""
    matches = _YUAN_IN_WORDS.finditer(text.translate(_FACES))
    spans = [match.span("yuan") for match in matches if read_numeral(match["yuan"]) is None]
    return tuple(f"{text[start:end]}元" for start, end in spans if any(c in _CAPITALS for c in text[start:end]))


def read_numeral(text: str) -> int | None:
    """The number that a Chinese numeral says, in capitals or not: `壹万零伍拾` is 10050, `二〇〇` is 200.

    None for what is no numeral or has no one meaning: units in the wrong order, or a last digit without a unit and without 零
    before it (`三千五`).
    """
    text = text.translate(_FACES)
    if len(text) > 1 and text[0] != "零" and not set(text) - set(_DIGITS):
        return int("".join(str(_digit(character)) for character in text))
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        if unit in text:
            high, _, low = text.rpartition(unit)
            return _split_numeral(high, low, size)
    return _read_section(text)


def _split_numeral(high: str, low: str, size: int) -> int | None:
    """Both sides of 万 or 亿."""
    above = read_numeral(high)
    below = read_numeral(low) if low else 0
    if not above or below is None or below >= size or (len(low) == 1 and low != "零"):
        return None
    return above * size + below


_SECTION = re.compile(
    "零?(?:(?P<thousands>[一二三四五六七八九])千)?(?P<a>零?)(?:(?P<hundreds>[一二三四五六七八九])百)?(?P<b>零?)"
    "(?:(?P<tens>[一二三四五六七八九]?)十)?(?P<c>零?)(?P<ones>[一二三四五六七八九]?)"
)


def _read_section(text: str) -> int | None:
    """A numeral below 万."""
    match = _SECTION.fullmatch(text)
    if match is None or not text or (text[-1] == "零" and text != "零"):
        return None
    higher = match["thousands"] or match["hundreds"]
    if match["ones"] and higher and match["tens"] is None and not (match["a"] or match["b"] or match["c"]):
        return None
    total = 0
    for name, size in (("thousands", 1000), ("hundreds", 100), ("tens", 10), ("ones", 1)):
        part = match[name]
        total += size * (_digit(part) if part else int(name == "tens" and part == ""))
    return total


def _digit(character: str) -> int:
    return _DIGITS.index(character)


def _cents(match: re.Match[str]) -> int:
    """Jiao and fen of a match in characters, in fen."""
    return sum(_digit(match[name]) * size for name, size in (("jiao", 10), ("cent", 1)) if match[name])


def _of_words(match: re.Match[str], text: str) -> Amount | None:
    yuan = read_numeral(match["yuan"])
    if yuan is None or _is_name(match, text):
        return None
    return _amount(match, yuan * 100 + _cents(match), "汉字")


def _is_name(match: re.Match[str], text: str) -> bool:
    """陆元 and 伍元 may be people: they are money only when something else says so."""
    alone = text[slice(*match.span("yuan"))] in {"陆", "伍"}
    return alone and not match["mark"] and match[0][-1] == "元" and text[match.start() - 1 : match.start()] not in tuple("（(：:")


def _of_cents(match: re.Match[str], text: str) -> Amount | None:
    """Less than a yuan, which only capitals make money: 三分 is a measure of land too."""
    if text[match.start("first")] not in _CAPITALS:
        return None
    return _amount(match, _digit(match["only"]) if match["only"] else _cents(match), "汉字")


def _of_figures(match: re.Match[str]) -> Amount | None:
    after = match.string[match.end("body") : match.end("body") + 2]
    if not match["unit"] and (not match["mark"] or after[:1] in tuple("余多几来%") or after[1:] == "元"):
        return None
    fen = _read_figures(match["body"])
    if fen is None:
        return None
    return _amount(match, fen + sum(int(match[name] or 0) * size for name, size in (("jiao", 10), ("cent", 1))), "数字")


def _read_figures(body: str) -> Fen | None:
    """Fen of `3,000.00`, `1.5万`, `3万5千`; None for parts of a fen and for units in the wrong order."""
    total, last = 0, 10**9
    for number, units in _TOKEN.findall(body):
        size = 1
        for unit in units:
            size *= _PLACES[unit]
        whole, _, places = number.replace(",", "").replace("，", "").partition(".")
        fen, rest = divmod(int(whole + places) * size * 100, 10 ** len(places))
        if rest or size >= last:
            return None
        total, last = total + fen, size
    return total


def _amount(match: re.Match[str], fen: int, writing: Writing) -> Amount | None:
    return Amount(match.start(), match.end(), fen, writing) if fen < LIMIT else None
