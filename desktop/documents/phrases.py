"""How dates, numbers and amounts are put on paper."""

from datetime import date

from desktop.domain.moment import Moment, parse_moment
from desktop.domain.money import Fen, capitals, format_yuan

DATE_BLANK = "　　　　年　　月　　日"
_DIGITS = "零一二三四五六七八九"
_TIME_BLANK = "　　时　　分"


def chinese_date(day: date | None) -> str | None:
    """`2025年3月5日`, without leading zeros (GB/T 9704-2012 7.3.5.4)."""
    return None if day is None else f"{day.year}年{day.month}月{day.day}日"


def chinese_number(number: int) -> str:
    """`五`, `十二`, `三十二`; from a hundred on in figures."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def point(start: Moment | None) -> str:
    """`2025年3月17日14时30分`; blanks if it is not known."""
    if start is None:
        return f"{DATE_BLANK}{_TIME_BLANK}"
    moment = parse_moment(start)
    return f"{chinese_date(moment.date())}{moment.hour}时{moment.minute}分"


def period(start: Moment | None, end: Moment | None) -> str:
    """`2025年3月17日14时30分至17时10分`; what is not known is left blank, the day of the end if it is that of the start."""
    last = parse_moment(end) if end else None
    day = chinese_date(last.date()) or "" if last and last.date() != day_of(start) else ""
    till = f"{day}{last.hour}时{last.minute}分" if last else _TIME_BLANK
    return f"{point(start)}至{till}"


def day_of(moment: Moment | None) -> date | None:
    """The day of a moment."""
    return None if moment is None else parse_moment(moment).date()


def figures(amount: Fen) -> str:
    """`￥5200.00元`, as it stands beside the capitals."""
    return f"￥{format_yuan(amount)}元"


def money(amount: Fen) -> str:
    """`人民币伍仟贰佰元整（￥5200.00元）` (domain.md 3.11)."""
    return f"人民币{capitals(amount)}（{figures(amount)}）"


def sentence(text: str) -> str:
    """The text with a full stop if it ends without a mark."""
    return text if not text or text.endswith(("。", "！", "？", "；", "：", "…")) else f"{text}。"


def dispute_type(kind: str) -> str:
    """`邻里纠纷`; a type that says so itself stays as it is."""
    return kind if kind.endswith(("纠纷", "争议")) else f"{kind}纠纷"
