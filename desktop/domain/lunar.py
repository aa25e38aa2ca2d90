"""The Chinese lunar calendar (农历) beside the solar one, from 1900-01-31 to 2100-12-31 (library borax, imported when first asked)."""

from datetime import date, timedelta

MONTHS = ("正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊")
DAYS = tuple(f"{tens}{one}" for tens in ("初", "十", "廿") for one in "一二三四五六七八九十")
"""`初一` to `廿十`; the tenth, twentieth and thirtieth have names of their own (see `day_name`)."""

_YEARS = range(1900, 2101)
_FAR = 19
"""After so many years a leap month comes back, as a rule (章法)."""


def day_name(number: int) -> str:
    """`初十`, `二十`, `廿九`, `三十` of a day's number."""
    return {20: "二十", 30: "三十"}.get(number, DAYS[number - 1])


def lunar_name(day: date) -> str:
    """`正月廿九`, `闰六月初一` of a solar day; "" outside of the years that the table knows."""
    found = lunar_of(day)
    if found is None:
        return ""
    _, month, number, leap = found
    return f"{'闰' if leap else ''}{MONTHS[month - 1]}月{day_name(number)}"


def lunar_of(day: date) -> tuple[int, int, int, bool] | None:
    """Lunar year, month, day and whether the month is a leap one; None outside of the years that the table knows."""
    from borax.calendars.lunardate import LunarDate

    try:
        lunar = LunarDate.from_solar(day)
    except ValueError:
        return None
    return lunar.year, lunar.month, lunar.day, bool(lunar.leap)


def solar_day(year: int, month: int, number: int, *, leap: bool = False) -> date:
    """The solar day of a lunar one. Raises ValueError, whose text is one sentence for the operator, if there is none."""
    from borax.calendars.lunardate import InvalidLunarDateError, LunarDate

    if year not in _YEARS:
        raise ValueError("农历只能换算1900年到2100年，请改写成公历日期。")
    try:
        found: date = LunarDate(year, month, number, int(leap)).to_solar_date()
    except InvalidLunarDateError:
        raise ValueError(_why_not(year, month, number, leap=leap)) from None
    return found


def _why_not(year: int, month: int, number: int, *, leap: bool) -> str:
    name = f"{'闰' if leap else ''}{MONTHS[month - 1]}月"
    if number != 30:
        return f"农历{year}年没有{name}，请核对日期。"
    try:
        last = solar_day(year, month, 29, leap=leap)
    except ValueError:
        return f"农历{year}年没有{name}，请核对日期。"
    return f"农历{year}年{name}只有廿九，没有三十，廿九是{last.year}年{last.month}月{last.day}日，请核对日期。"


def nearest(month: int, number: int, today: date, *, leap: bool = False, past: bool = False) -> date:
    """The solar day of a lunar day without a year: the one nearest to `today`; with `past` the last one that is not after it.

    Raises ValueError with a sentence, as `solar_day` does, if the lunar year nearest to today does not have the day.
    """
    here = lunar_of(today)
    year = here[0] if here else today.year
    last = today if past else date.max
    found = [day for y in range(year - _FAR, year + _FAR + 1) if (day := _day_or_none(y, month, number, leap)) and day <= last]
    if not found:
        return solar_day(year, month, number, leap=leap)
    best = min(found, key=lambda day: abs(day - today))
    if leap or number < 30:
        return best
    before = [_day_or_none(y, month, 29, leap) for y in (year - 1, year, year + 1)]
    meant = min((day for day in before if day and day < last), key=lambda day: abs(day - today))
    if best != meant + timedelta(days=1):
        asked = lunar_of(meant)
        return solar_day(asked[0] if asked else year, month, number, leap=leap)
    return best


def new_years_eve(year: int) -> date:
    """The last day of the lunar year: 除夕."""
    return solar_day(year + 1, 1, 1) - timedelta(days=1)


def _day_or_none(year: int, month: int, number: int, leap: bool) -> date | None:
    try:
        return solar_day(year, month, number, leap=leap)
    except ValueError:
        return None
