"""The dates that stand in the clauses of an agreement: unclear ones, ones that do not exist, ones that are past."""

import calendar
import re
from collections.abc import Iterator
from datetime import date

import msgspec

from desktop.domain.amount_words import read_numeral
from desktop.domain.finding import Finding, SentenceRule, by_rules, piece, sentences

_PERIOD = "人民调解法第二十九条（履行期限）"
_UNCLEAR = "民诉法解释第三百五十八条（内容不明确的不予确认）"
_N = "[0-9０-９零〇一二三四五六七八九十]"
_DATE = re.compile(
    rf"(?:(?P<year>{_N}{{4}})\s?年\s?)?(?P<month>{_N}{{1,3}})\s?月\s?(?P<day>{_N}{{1,3}})\s?[日号]"
    r"|(?<![0-9.\-/])(?P<y>[12][0-9]{3})(?P<mark>[-./])(?P<m>[0-9]{1,2})(?P=mark)(?P<d>[0-9]{1,2})(?![0-9.\-/])"
)
_EXACT = re.compile(
    rf"{_N}{{1,3}}\s?月\s?{_N}{{1,3}}\s?[日号]|[0-9]{{4}}[-./][0-9]{{1,2}}[-./][0-9]{{1,2}}"
    rf"|{_N}{{1,4}}(?:个工作)?(?:日|天|个月)(?:之?内|以内|前)|当[场日天]"
)
_YEAR_SAID = "[0-9零〇一二三四五六七八九今本明]"
_PERFORM = "(?:支付|给付|付清|付款|偿还|归还|返还|退还|还清|还款|赔偿|履行|完成|修[复好]|搬离|拆除|清理|办理)"

_VAGUE = (
    SentenceRule(
        re.compile(
            r"尽快|尽早|尽速|近期|近日|早日|择日|适时|改日|过段时间|过一段时间|(?:手头)?有钱(?:了|后|时|再|就)|方便(?:的时候|时)|条件(?:成熟|允许|许可)(?:时|后|再)"
            rf"|(?<!{_YEAR_SAID})(?<!{_YEAR_SAID}年)(?:年底|年末|月底|月末)(?:前|之前|以前)?"
            rf"|(?:日后|以后|将来|及时|陆续|逐步){_PERFORM}"
            r"|若干[天日月年]|(?<!年)(?:春节|中秋|过年|农忙|秋收|打工回来|收割|卖(?:了|完|出)[^，。；]{0,6})(?:之?前|以前|之?后|以后)"
        ),
        "“{found}”不是明确的期限，到期与否说不清，请写明年、月、日。",
        _UNCLEAR,
        unless=_EXACT,
        wide=True,
    ),
)
_LIMIT_AFTER = re.compile(r"\s*(?:之前|以前|前(?!的|述|期|欠|发生|形成|产生|签|已)|止|截止|内)")
_LIMIT_BEFORE = re.compile(r"(?:最迟|最晚|不迟于|不晚于|限于?|截止到?)\s*$")
_TOLD = re.compile("(?:发生|形成|产生|签订|拖欠|所欠|欠下|借款|已经?(?:支付|付|履行|归还))")


class _Found(msgspec.Struct, frozen=True):
    """A date of a text as it is written: the day, None if there is none such; whether it has a year; whether it is a time limit."""

    text: str
    day: date | None
    has_year: bool
    is_limit: bool


def findings(path: str, text: str, signed_on: date | None, today: date) -> Iterator[Finding]:
    """Doubtful dates of one clause. Time limits may not lie before the agreement, before it is signed not before today."""
    yield from by_rules(_VAGUE, path, text)
    for found in _dates(text):
        if found.day is None:
            yield Finding(path, f"“{found.text}”这一天不存在，请核对日期。", _PERIOD)
        elif found.has_year and found.is_limit and found.day < (signed_on or today):
            than = "早于协议日期" if signed_on else "已经过去"
            yield Finding(path, f"期限“{found.text}”{than}，请核对日期。", _PERIOD)


def _dates(text: str) -> Iterator[_Found]:
    for sentence in sentences(text):
        for match in _DATE.finditer(sentence):
            before = piece(sentence, match.start(), match.end()).partition(match[0])[0]
            after = piece(sentence, match.start(), match.end()).partition(match[0])[2]
            limit = bool(_LIMIT_AFTER.match(after) or _LIMIT_BEFORE.search(before)) and not _TOLD.search(before + after)
            year = match["year"] or match["y"]
            yield _Found(match[0], _day(year, match["month"] or match["m"], match["day"] or match["d"]), year is not None, limit)


def _day(year: str | None, month: str, day: str) -> date | None:
    """The day; without a year one of a leap year, so that 29 February passes."""
    numbers = [_number(year) if year else 2000, _number(month), _number(day)]
    if None in numbers:
        return None
    y, m, d = (number or 0 for number in numbers)
    exists = 1 <= y <= 9999 and 1 <= m <= 12 and 1 <= d <= calendar.monthrange(y, m)[1]
    return date(y, m, d) if exists else None


def _number(text: str) -> int | None:
    """`2025`, `２０２５`, `二〇二五`, `十二`."""
    return int(text) if text.isdecimal() else read_numeral(text)
