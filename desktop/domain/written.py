"""Amounts, dates and times as people write them. Every ValueError raised here says in one sentence what to do."""

import calendar
import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal

from desktop.domain import lunar
from desktop.domain.amount_words import amounts, read_numeral
from desktop.domain.money import Fen

_AMOUNT = re.compile(r"¥?([0-9]{1,16}(?:\.[0-9]*)?)(万|亿)?(?:元整?|块钱?)?")
_UNITS = {None: 1, "万": 10**4, "亿": 10**8}
_LIMIT = 10**15
_NOT_EXACT = re.compile("[余多几约来]|左右|上下|以上|以内|不到|大概|估计")
_FOREIGN = re.compile(r"[$€£]|美[元金]|港[元币]|欧元|英镑|日元|澳元|韩元|USD|HKD|EUR", re.IGNORECASE)
_BAD_COMMA = re.compile(r"[,，](?![0-9０-９]{3}(?![0-9０-９]))")
_SPOKEN = re.compile(r"[百千万亿][0-9](?:元整?|块钱?)?$")
_RANGE = re.compile(r"[0-9万千百元]\s*(?:[-~—至到]|或者?)\s*[0-9]")


def parse_amount(text: str) -> Fen:
    """Fen of a text in yuan such as `40500`, `40,500.00`, `4.05万`, `￥300元`, `４万５千`, `四万零五百元`, `三百块`, `肆万元整`.

    Raises ValueError for anything else: a negative amount, one that is not exact, foreign money, a range, parts of a fen, and 10^13
    yuan and more.
    """
    plain = re.sub(r"[,，\s]|人民币|RMB", "", unicodedata.normalize("NFKC", text))
    for is_wrong, sentence in (
        (plain.startswith(("-", "−", "负")), "金额不能是负数，请去掉负号，由谁付给谁在条款里写明。"),
        (_FOREIGN.search(plain), "请填写人民币金额，外币请先折算成元。"),
        (_NOT_EXACT.search(plain), "金额要写准数，不能写“多”“余”“左右”这样的约数，请改写。"),
        (_RANGE.search(plain), "这里只能写一个金额，请改写。"),
        (_BAD_COMMA.search(text), "金额里的逗号要三位一隔，如 12,345.60，请核对。"),
        (_SPOKEN.search(plain), "最后一位缺少单位，如“4万5”可以是45,000元，也可以是40,005元，请写完整的数字。"),
    ):
        if is_wrong:
            raise ValueError(sentence)
    match = _AMOUNT.fullmatch(plain)
    return _in_figures(match) if match else _in_words(plain)


def _in_figures(match: re.Match[str]) -> Fen:
    fen = Decimal(match[1]) * _UNITS[match[2]] * 100
    if fen != int(fen):
        raise ValueError("金额最多写到分（两位小数），请改写。")
    return _limited(int(fen))


def _in_words(plain: str) -> Fen:
    """An amount in characters, or mixed like 4万5千."""
    for spelling in (plain, f"{plain}元", f"{plain}钱"):
        found = amounts(spelling)
        if len(found) == 1 and found[0].end - found[0].start == len(spelling):
            return _limited(found[0].fen)
    if re.fullmatch("[零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟元角分整]+", plain):
        raise ValueError("这个大写或汉字金额的写法不通，请用数字填写，例如 40500。")
    raise ValueError("没有看懂这个金额，请用数字填写，例如 40500 或 4.05万。")


def _limited(fen: Fen) -> Fen:
    if fen >= _LIMIT:
        raise ValueError("金额太大，请核对位数。")
    return fen


_UNREADABLE_DAY = "没有看懂这个日期，请写成 2026-3-17、3月17日 或 明天 这样。"
_WORDS = {
    "大前天": -3, "前天": -2, "前日": -2, "昨天": -1, "昨日": -1, "昨": -1, "今天": 0, "今日": 0, "当天": 0, "今": 0,
    "明天": 1, "明日": 1, "明": 1, "后天": 2, "后日": 2, "大后天": 3,
}  # fmt: skip
_N = "[0-9零〇一二三四五六七八九十两]"
_SEPARATOR = r"\s*[-./。、,，\s]\s*"
_DAY = re.compile(rf"(?:(\d{{4}}|\d{{2}}){_SEPARATOR})?(\d{{1,2}}){_SEPARATOR}(\d{{1,2}})[日号]?")
_CHINESE = re.compile(
    rf"(?:({_N}{{2,4}}|今|本|明|后|去|前)\s*年\s*)?(?:({_N}{{1,3}}|本|这个|下个?|上个?)\s*月份?\s*)?({_N}{{1,3}})\s*([日号]?)"
)
_COMPACT = re.compile(r"(\d{4})?(\d{2})(\d{2})")
_WEEKDAY = re.compile(r"(本|这个?|下下个?|下个?|上上个?|上个?)?(?:周|星期|礼拜)([一二三四五六日天末1-7])")
_DISTANCE = re.compile(rf"(?:过)?({_N}{{1,4}}|半)\s*(天|日|周|个?星期|个?礼拜|个月|年)\s*(之?后|以后|之?前|以前)?")
_EDGE = re.compile(r"(本|这个?|下个?|上个?)?(月|年)(底|末|初)")
_LUNAR = re.compile(
    rf"(?:农历|阴历|旧历)?\s*(?:({_N}{{4}})\s*年)?\s*(闰)?\s*([正二三四五六七八九十冬腊一]|十一|十二|\d{{1,2}})月\s*"
    rf"(初[一二三四五六七八九十]|[廿二]?十?[一二三四五六七八九]|[一二三]?十|廿|卅|\d{{1,2}})[日号]?"
)
_FEASTS = {"春节": (1, 1), "大年初一": (1, 1), "元宵节": (1, 15), "端午节": (5, 5), "中秋节": (8, 15), "重阳节": (9, 9), "腊八": (12, 8)}
_SOLAR_FEASTS = {"元旦": (1, 1), "劳动节": (5, 1), "五一": (5, 1), "国庆节": (10, 1), "国庆": (10, 1), "十一": (10, 1)}
_STEPS = {"上上": -2, "上": -1, "本": 0, "这": 0, "下": 1, "下下": 2}
_AHEAD = 10
"""Years ahead that two digits may mean: 96 is a birth in 1996, 32 the last instalment of a loan."""

_YEAR_WORDS = {"前": -2, "去": -1, "今": 0, "本": 0, "明": 1, "后": 2}


def parse_day(text: str, today: date, *, past: bool = False) -> date:
    """The day that a text says.

    Read are `3.17`, `3-17`, `3/17`, `0317`, `3月17日`, `20260317`, `二〇二六年三月十七日`, `17号`, `明天`, `下周三`, `三天后`,
    `月底`, `农历腊月廿九`, `正月初五`, `闰六月初一`, `除夕`, `中秋节`; digits may have full width. 八月十五 is solar unless 农历 is said.

    **The year, when none is written**, is this year; only at its turn not: in December a day of January is next year's, in January a
    day of December is last year's. A lunar day is the one nearest to today. Two digits of a year are of this century, or of the last where
    they would lie more than ten years ahead. 周三 and 本周三 are of this week, which begins on Monday; a day of the month alone is of
    this month.

    **With `past`**, for what has happened already, whatever is left open (the year, its century, the month, the week) is chosen so that the
    day is the last one that is not after today; what is said in full stands.

    Raises ValueError if it is none or does not exist.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    for read in (_word, _solar, _lunar, _weekday, _edge, _distance):
        if (day := read(plain, today, past)) is not None:
            return day
    raise ValueError(_UNREADABLE_DAY)


def _word(text: str, today: date, past: bool) -> date | None:
    if text in _WORDS:
        return _shifted(today, _WORDS[text])
    name = text if text in _FEASTS or text in _SOLAR_FEASTS else f"{text}节"
    if name in _SOLAR_FEASTS:
        return _existing(None, *_SOLAR_FEASTS[name], today, past=past)
    if name in _FEASTS:
        return lunar.nearest(*_FEASTS[name], today, past=past)
    if text in ("除夕", "大年三十", "年三十"):
        eves = [lunar.new_years_eve(today.year + n) for n in (-2, -1, 0)]
        return min((day for day in eves if day <= today or not past), key=lambda day: abs(day - today))
    return None


def _solar(text: str, today: date, past: bool) -> date | None:
    match = _COMPACT.fullmatch(text)
    if match and (match[1] or int(match[2]) <= 12):
        return _existing(int(match[1]) if match[1] else None, int(match[2]), int(match[3]), today, past=past)
    if match := _DAY.fullmatch(text):
        return _existing(_full_year(match[1], today, past=past), int(match[2]), int(match[3]), today, past=past)
    match = _CHINESE.fullmatch(text)
    if match is None or not (match[4] or (match[2] and not re.match("[农阴旧]", text))):
        return None
    number = _number(match[3])
    if match[2] is None:
        month = _plus_months(today.replace(day=1), -1 if past and number > today.day else 0)
        return None if match[1] else _existing(month.year, month.month, number, today)
    if match[2][0] in _STEPS or match[2] == "这个":
        first = _plus_months(today.replace(day=1), _STEPS[match[2][0]])
        return _existing(first.year, first.month, number, today)
    return _existing(_full_year(match[1], today, past=past), _number(match[2]), number, today, past=past)


def _number(text: str) -> int:
    found = int(text) if text.isdigit() and text.isascii() else read_numeral(text)
    if found is None:
        raise ValueError(_UNREADABLE_DAY)
    return found


def _full_year(text: str | None, today: date, *, past: bool) -> int | None:
    if text is None:
        return None
    if text in _YEAR_WORDS:
        return today.year + _YEAR_WORDS[text]
    year = _number(text)
    if len(text) == 4 or year is None:
        return year
    near = today.year // 100 * 100 + year
    return near if near <= today.year + (0 if past else _AHEAD) else near - 100


def _existing(year: int | None, month: int, day: int, today: date, *, past: bool = False) -> date:
    """The day, if it exists; a missing year is chosen after the rule of `parse_day`."""
    if not 1 <= month <= 12:
        raise ValueError(f"一年只有12个月，没有{month}月，请核对日期。")
    given = year is not None
    if year is None:
        turn = -((month, day) > (today.month, today.day)) if past else {(12, 1): 1, (1, 12): -1}.get((today.month, month), 0)
        year = today.year + turn
    if not 1 <= year <= 9999:
        raise ValueError(f"没有公元{year}年，请核对日期。")
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        leap = month == 2 and day == 29
        told = f"{year}年不是闰年，" if leap else ""
        raise ValueError(f"{told}{f'{year}年' if given and not leap else ''}{month}月没有{day}日，请核对日期。")
    return date(year, month, day)


def _lunar(text: str, today: date, past: bool) -> date | None:
    match = _LUNAR.fullmatch(text)
    if match is None:
        return None
    marked = text[0] in "农阴旧" or match[2] or match[3] in "正冬腊" or match[4][0] in "初廿卅"
    if not marked:
        return None
    month = lunar.MONTHS.index(match[3]) + 1 if match[3] in lunar.MONTHS else _number(match[3])
    number = _number(match[4].removeprefix("初").replace("卅", "三十").replace("廿十", "廿").replace("廿", "二十"))
    if not (1 <= month <= 12 and 1 <= number <= 30):
        raise ValueError("农历一年12个月，一个月最多30天，请核对日期。")
    if match[1]:
        return lunar.solar_day(_number(match[1]), month, number, leap=bool(match[2]))
    return lunar.nearest(month, number, today, leap=bool(match[2]), past=past)


def _weekday(text: str, today: date, past: bool) -> date | None:
    match = _WEEKDAY.fullmatch(text)
    if match is None:
        return None
    step = _STEPS[(match[1] or "本").removesuffix("个")]
    place = {"日": 6, "天": 6, "末": 5}.get(match[2])
    if place is None:
        place = _number(match[2]) - 1
    if past and not match[1] and place > today.weekday():
        step = -1
    return _shifted(today, 7 * step + place - today.weekday())


def _edge(text: str, today: date, _past: bool) -> date | None:
    match = _EDGE.fullmatch(text)
    if match is None:
        return None
    step, first = _STEPS[(match[1] or "本").removesuffix("个")], today.replace(day=1)
    if match[2] == "年":
        return date(today.year + step, 1, 1) if match[3] == "初" else date(today.year + step, 12, 31)
    start = _plus_months(first, step)
    return start if match[3] == "初" else _shifted(_plus_months(first, step + 1), -1)


def _distance(text: str, today: date, _past: bool) -> date | None:
    match = _DISTANCE.fullmatch(text)
    if match is None or not (match[3] or text.startswith("过")):
        return None
    number = 0 if match[1] == "半" else _number(match[1].replace("两", "二"))
    sign = -1 if match[3] and match[3].endswith("前") else 1
    unit = match[2].removeprefix("个")
    if match[1] == "半":
        return _plus_months(today, sign * 6) if unit == "年" else _shifted(today, sign * 15) if unit == "月" else None
    if unit in ("月", "年"):
        return _plus_months(today, sign * number * (12 if unit == "年" else 1))
    return _shifted(today, sign * number * (1 if unit in ("天", "日") else 7))


def _shifted(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise ValueError(_UNREADABLE_DAY) from None


def _plus_months(day: date, months: int) -> date:
    """The same day so many months later; the last one of the month if it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise ValueError(_UNREADABLE_DAY)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


_PART = "凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|夜间|早|晚"
_TIME = re.compile(
    rf"(?P<day>.*?)\s*(?P<part>{_PART})?\s*(?P<hour>{_N}{{1,3}})\s*"
    rf"(?::\s*(?P<minute>\d{{1,2}})(?::\d{{2}})?|[点时](?:(?P<word>整|钟|半|[一三]刻)|(?P<spoken>{_N}{{1,3}})分?)?)"
)
_COMPACT_TIME = re.compile(r"(?:(?P<day>.*)\s)?(?P<hour>\d{1,2})(?P<minute>\d{2})")
_QUARTERS = {"整": 0, "钟": 0, "一刻": 15, "半": 30, "三刻": 45}


def parse_minute(text: str, today: date, *, past: bool = False) -> str:
    """The moment, as `2025-03-14T09:30`, that a text says.

    Read are `2025-3-14 9:30`, `3.14 9点`, `3.14 1405`, `明天下午3点半`, `今晚8点一刻`, `下周三上午九点`, and `9:30` of
    today. The day is read by `parse_day`, with `past` as there. Raises ValueError if it is none or does not exist.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = re.sub(r"(?<=\d)T(?=\d)", " ", plain)
    match = _TIME.fullmatch(plain) or _COMPACT_TIME.fullmatch(plain)
    if match is None:
        raise ValueError("请把几月几日几点几分都写上，例如 3月17日 9:30 或 明天下午3点半。")
    said = match.groupdict()
    hour = _number(said["hour"].replace("两", "二"))
    word, spoken = said.get("word"), said.get("spoken") or said["minute"] or "0"
    minute = _QUARTERS[word] if word else _number(spoken)
    day = parse_day(said["day"], today, past=past) if said["day"] else today
    return f"{day:%Y-%m-%d}T{_hour_of_day(hour, minute, said.get('part') or ''):02d}:{minute:02d}"


def _hour_of_day(hour: int, minute: int, part: str) -> int:
    """The hour from 0 to 23 of an hour that may be said of a part of the day."""
    late = part.startswith(("下午", "傍晚", "晚", "夜"))
    if hour == 24 or (hour == 12 and part.startswith(("晚", "夜"))):
        raise ValueError("夜里12点请写成第二天的 0:00。")
    if hour > 23:
        raise ValueError(f"一天只有0到23点，没有{hour}点，请核对时间。")
    if minute > 59:
        raise ValueError(f"一小时只有0到59分，没有{minute}分，请核对时间。")
    return hour + 12 if (late and hour < 12) or (part == "中午" and hour < 4) else hour
