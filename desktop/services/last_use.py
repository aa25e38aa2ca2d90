"""When this office was last used by the computer's clock: a clock that was set back is noticed, since dates and numbers come from it."""

from datetime import datetime, timedelta

from desktop.services.desk import Desk

_SETTING = "last-use"
_LENIENT = timedelta(hours=2)
"""A clock that is corrected by less, or read in another zone, is no fault."""


def remember(desk: Desk) -> None:
    """Keep that the office is used now, unless it was used later by the clock of that time."""
    if not clock_fault(desk):
        desk.database.set(_SETTING, desk.now())


def trust(desk: Desk) -> None:
    """The operator says that the clock is right: the later time was the wrong one."""
    desk.database.set(_SETTING, desk.now())


def clock_fault(desk: Desk) -> str:
    """One sentence when the clock stands before the last use, else ""."""
    kept = desk.database.setting(_SETTING, str)
    if not kept:
        return ""
    last, now = datetime.fromisoformat(kept), datetime.fromisoformat(desk.now())
    if last - now <= _LENIENT:
        return ""
    early = f"这台电脑的时间是{_spoken(now)}，比上次使用时（{_spoken(last)}）早{_ago(last - now)}"
    return f"{early}，请先校对电脑的时间；已经填好的日期不受影响。"


def _spoken(at: datetime) -> str:
    return f"{at.year}年{at.month}月{at.day}日{at.hour}:{at.minute:02d}"


def _ago(gap: timedelta) -> str:
    return f"{gap.days}天" if gap.days else f"{gap.seconds // 3600}小时"
