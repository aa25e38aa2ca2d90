from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.moment import parse_moment
from desktop.domain.money import capitals
from desktop.domain.written import parse_amount, parse_day, parse_minute

TODAY = date(2026, 3, 1)
"""A Sunday; lunar 正月十三 of 2026."""


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-3-14", "2025-03-14"),
        ("2025.03.14", "2025-03-14"),
        ("2025/3/14", "2025-03-14"),
        ("2025 3 14", "2025-03-14"),
        ("２０２５．３．１４", "2025-03-14"),
        ("25.3.14", "2025-03-14"),
        ("20250314", "2025-03-14"),
        ("2025年3月14日", "2025-03-14"),
        ("25年3月14号", "2025-03-14"),
        ("二〇二五年三月十四日", "2025-03-14"),
        ("二零二五年十一月二十九号", "2025-11-29"),
        ("3.14", "2026-03-14"),
        ("3-14", "2026-03-14"),
        ("3/14", "2026-03-14"),
        ("3。14", "2026-03-14"),
        ("0314", "2026-03-14"),
        (" 3月14日 ", "2026-03-14"),
        ("3月14", "2026-03-14"),
        ("三月十四", "2026-03-14"),
        ("八月十五", "2026-08-15"),
        ("15号", "2026-03-15"),
        ("下月5号", "2026-04-05"),
        ("上月28日", "2026-02-28"),
        ("明年3月1日", "2027-03-01"),
        ("去年12月5日", "2025-12-05"),
        ("大前天", "2026-02-26"),
        ("前天", "2026-02-27"),
        ("昨天", "2026-02-28"),
        ("今天", "2026-03-01"),
        ("明天", "2026-03-02"),
        ("后天", "2026-03-03"),
        ("大后天", "2026-03-04"),
        ("周三", "2026-02-25"),
        ("本周日", "2026-03-01"),
        ("星期天", "2026-03-01"),
        ("下周三", "2026-03-04"),
        ("上周五", "2026-02-20"),
        ("下下周一", "2026-03-09"),
        ("礼拜六", "2026-02-28"),
        ("三天后", "2026-03-04"),
        ("10天以后", "2026-03-11"),
        ("3天前", "2026-02-26"),
        ("两周后", "2026-03-15"),
        ("一个月后", "2026-04-01"),
        ("半年后", "2026-09-01"),
        ("过七天", "2026-03-08"),
        ("月底", "2026-03-31"),
        ("下月底", "2026-04-30"),
        ("上月底", "2026-02-28"),
        ("年底", "2026-12-31"),
        ("国庆节", "2026-10-01"),
        ("五一", "2026-05-01"),
    ],
)
def test_days_are_read_as_people_type_them(text: str, day: str) -> None:
    assert parse_day(text, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("1.5", "2026-12-03", "2027-01-05"),
        ("12.28", "2026-01-03", "2025-12-28"),
        ("12.28", "2026-12-03", "2026-12-28"),
        ("1.5", "2026-11-30", "2026-01-05"),
        ("12.28", "2026-02-03", "2026-12-28"),
    ],
)
def test_a_missing_year_is_this_one_but_for_its_turn(text: str, today: str, day: str) -> None:
    assert parse_day(text, date.fromisoformat(today)) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("正月初五", "2026-02-21"),
        ("正月三十", "2026-03-18"),
        ("腊月廿九", "2026-02-16"),
        ("腊月二十九", "2026-02-16"),
        ("农历腊月初八", "2026-01-26"),
        ("农历2024年腊月廿九", "2025-01-28"),
        ("二〇二五年腊月廿九", "2026-02-16"),
        ("农历八月十五", "2025-10-06"),
        ("阴历8月15日", "2025-10-06"),
        ("八月初十", "2025-10-01"),
        ("冬月初一", "2025-12-20"),
        ("闰六月初一", "2025-07-25"),
        ("农历2025年闰六月初一", "2025-07-25"),
        ("除夕", "2026-02-16"),
        ("春节", "2026-02-17"),
        ("中秋节", "2025-10-06"),
    ],
)
def test_lunar_days_are_the_nearest_ones(text: str, day: str) -> None:
    assert parse_day(text, TODAY) == date.fromisoformat(day)


WINTER = date(2026, 11, 22)
"""A Sunday; lunar 十月十四 of 2026."""


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("正月初一", "2026-02-17"),
        ("腊月廿九", "2026-02-16"),
        ("腊月初八", "2026-01-26"),
        ("十月十四", "2026-10-14"),
        ("农历十月十四", "2026-11-22"),
        ("农历十月十五", "2025-12-04"),
        ("八月十五", "2026-08-15"),
        ("春节", "2026-02-17"),
        ("除夕", "2026-02-16"),
        ("元旦", "2026-01-01"),
        ("12.28", "2025-12-28"),
        ("11.22", "2026-11-22"),
        ("1123", "2025-11-23"),
        ("3月17日", "2026-03-17"),
        ("28号", "2026-10-28"),
        ("22号", "2026-11-22"),
        ("周日", "2026-11-22"),
        ("62.7.19", "1962-07-19"),
        ("96.3.17", "1996-03-17"),
        ("27.3.17", "1927-03-17"),
        ("26.3.17", "2026-03-17"),
        ("二七年三月十七日", "1927-03-17"),
        ("2027-1-1", "2027-01-01"),  # said in full: a doubt stands beside the field
        ("明年1月1日", "2027-01-01"),
        ("今年12月1日", "2026-12-01"),
        ("明天", "2026-11-23"),
        ("下周三", "2026-11-25"),
        ("农历2026年腊月廿九", "2027-02-05"),
    ],
)
def test_what_has_happened_does_not_lie_ahead(text: str, day: str) -> None:
    assert parse_day(text, WINTER, past=True) == date.fromisoformat(day)


def test_a_weekday_that_is_past_is_the_last_one() -> None:
    monday = date(2026, 11, 16)
    days = [parse_day(f"周{one}", monday, past=True).isoformat() for one in "一二日"]
    assert days == ["2026-11-16", "2026-11-10", "2026-11-15"]
    assert parse_day("本周日", monday, past=True) == date(2026, 11, 22)


def test_the_thirtieth_of_a_short_month_is_none_in_the_past_either() -> None:
    with pytest.raises(ValueError, match=r"^农历2025年腊月只有廿九.*。$"):
        parse_day("腊月三十", WINTER, past=True)
    assert parse_minute("正月初一 9:30", WINTER, past=True) == "2026-02-17T09:30"


_OPEN = ["3.17", "12.31", "正月初一", "腊月三十", "闰六月初一", "31号", "周六"]


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)), st.sampled_from(_OPEN))
def test_an_open_year_never_lies_ahead(today: date, text: str) -> None:
    try:
        assert parse_day(text, today, past=True) <= today
    except ValueError as sentence:
        assert str(sentence).endswith("。")  # noqa: PT017 -- not every month has 31 days


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2月30日", "2月没有30日，请核对日期。"),
        ("2.30", "2月没有30日，请核对日期。"),
        ("2.29", "2026年不是闰年，2月没有29日，请核对日期。"),
        ("2026-4-31", "2026年4月没有31日，请核对日期。"),
        ("13.1", "一年只有12个月，没有13月，请核对日期。"),
        ("0.1", "一年只有12个月，没有0月，请核对日期。"),
        ("20261301", "一年只有12个月，没有13月，请核对日期。"),
        ("农历2025年腊月三十", "农历2025年腊月只有廿九，没有三十，廿九是2026年2月16日，请核对日期。"),
        ("腊月三十", "农历2025年腊月只有廿九，没有三十，廿九是2026年2月16日，请核对日期。"),
        ("农历2026年闰五月初一", "农历2026年没有闰五月，请核对日期。"),
        ("农历1800年正月初一", "农历只能换算1900年到2100年，请改写成公历日期。"),
        ("二月", "没有看懂这个日期，请写成 2026-3-17、3月17日 或 明天 这样。"),
    ],
)
def test_a_day_that_is_none_says_why(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{sentence}$"):
        parse_day(text, TODAY)


@pytest.mark.parametrize("text", ["abc", "2026", "3-14-15-16", "", "９９９９９天后", "0000-01-01", "三", "正月"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"。$"):
        parse_day(text, TODAY)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_reads_back_from_its_usual_spelling(day: date) -> None:
    assert parse_day(str(day), TODAY) == parse_day(f"{day.year}年{day.month}月{day.day}日", TODAY) == day


@given(st.text(alphabet="0123456789年月日周下上农历正腊初三十廿闰天后前底.-/ :点半两个", max_size=12))
def test_whatever_is_typed_is_read_or_refused_with_a_sentence(text: str) -> None:
    for read in (parse_day, parse_minute):
        try:
            read(text, TODAY)
        except ValueError as error:
            assert str(error).endswith("。")  # noqa: PT017 -- most texts are refused, some are not


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-3-14 9:30", "2025-03-14T09:30"),
        ("2025-03-14T09:30", "2025-03-14T09:30"),
        ("3.14 9点", "2026-03-14T09:00"),
        ("3.14 14时05分", "2026-03-14T14:05"),
        ("3.14 1405", "2026-03-14T14:05"),
        ("20260314 0930", "2026-03-14T09:30"),
        ("9：30", "2026-03-01T09:30"),
        ("９：３０", "2026-03-01T09:30"),
        ("明天下午3点半", "2026-03-02T15:30"),
        ("明早7点", "2026-03-02T07:00"),
        ("今晚8点一刻", "2026-03-01T20:15"),
        ("下周三上午九点", "2026-03-04T09:00"),
        ("3月17日下午两点四十五分", "2026-03-17T14:45"),
        ("17号下午三点", "2026-03-17T15:00"),
        ("中午12点", "2026-03-01T12:00"),
        ("中午1点", "2026-03-01T13:00"),
        ("正月十五晚上7点", "2026-03-03T19:00"),
    ],
)
def test_moments_are_read_as_people_type_them(text: str, moment: str) -> None:
    assert parse_minute(text, TODAY) == moment
    parse_moment(moment)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("2026-2-30 9:00", "2026年2月没有30日"),
        ("3.14 24:00", "0:00"),
        ("晚上12点", "0:00"),
        ("3.14 25:00", "没有25点"),
        ("3.14 9:60", "没有60分"),
        ("3.14", "几点几分"),
        ("", "几点几分"),
        ("x", "几点几分"),
    ],
)
def test_what_is_no_moment_says_why(text: str, word: str) -> None:
    with pytest.raises(ValueError, match=word):
        parse_minute(text, TODAY)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("40500", 4_050_000),
        ("40,500.00", 4_050_000),
        ("1，234.5", 123_450),
        ("４０５００", 4_050_000),
        ("4.05万", 4_050_000),
        ("1.5万元", 1_500_000),
        ("4万5千", 4_500_000),
        ("￥300元", 30_000),
        ("人民币300元整", 30_000),
        ("300块", 30_000),
        ("三百块", 30_000),
        ("0.5", 50),
        ("五十元五角", 5_050),
        ("12元5角", 1_250),
        ("1.2亿", 12_000_000_000),
        ("四万零五百元", 4_050_000),
        ("四万零五百", 4_050_000),
        ("一百", 10_000),
        ("两千三百元", 230_000),
        ("肆万零伍佰元整", 4_050_000),
    ],
)
def test_amounts_are_read_as_people_type_them(text: str, fen: int) -> None:
    assert parse_amount(text) == fen


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("-5", "负数"),
        ("－５", "负数"),
        ("负五百", "负数"),
        ("1.234", "到分"),
        ("3万多", "约数"),
        ("30余万", "约数"),
        ("300左右", "约数"),
        ("300-500", "一个金额"),
        ("$300", "人民币"),
        ("100美元", "人民币"),
        ("三千五", "写法不通"),
        ("4万5", "缺少单位"),
        ("3,5", "三位一隔"),
        ("12,345,6", "三位一隔"),
        ("1千2元", "缺少单位"),
        ("叁佰仟元", "写法不通"),
        ("1e9", "没有看懂"),
        ("", "没有看懂"),
        ("1.2.3", "没有看懂"),
        ("9" * 16, "太大"),
    ],
)
def test_other_amounts_are_refused_with_a_reason(text: str, word: str) -> None:
    with pytest.raises(ValueError, match=f"{word}.*。$"):
        parse_amount(text)


@given(st.integers(min_value=0, max_value=10**15 - 1))
def test_an_amount_reads_back_from_figures_and_capitals(fen: int) -> None:
    assert parse_amount(f"{fen // 100:,}.{fen % 100:02d}") == fen
    if fen >= 100:
        assert parse_amount(capitals(fen)) == fen
