"""各单位: whom this office exchanges with, who has been silent longest first, and what each still lacks."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop.ui.context import Context
from desktop.ui.exchange.table_box import Shown, TableBox
from desktop.ui.plain_table import PlainTable
from desktop.ui.visible import visible

if TYPE_CHECKING:
    from desktop.services.contacts import Contact, Status
    from desktop.services.desk import Desk

COLUMNS = ("单位", "最近送来", "最近交给", "对方已确认", "纠纷", "没有确认送到", "等附件")
LONG = 30
"""Days without a bundle after which an office is asked about: the monthly report would be missing its cases."""


class OfficesBox(TableBox["Status"]):
    """The table of the offices."""

    def __init__(self, context: Context) -> None:
        desk = context.desk
        super().__init__(context, PlainTable("各单位", COLUMNS, wide=0, most=14), _status, lambda found: _told(found, desk.today()), "fact")


def _status(desk: "Desk") -> "Status":
    from desktop.services import contacts

    return contacts.status(desk)


def _told(found: "Status", today: date) -> Shown:
    contacts = silent_first(found.contacts)
    colours = ["warn" if is_silent(one, today) else "" for one in contacts]
    return Shown(summary(found, today), [row_of(one, today) for one in contacts], colours)


def silent_first(found: "list[Contact]") -> "list[Contact]":
    """Who never sent anything, then who has been silent longest."""
    return sorted(found, key=lambda one: (_moment(one.last_in), one.code))


def _moment(at: str | None) -> float:
    return datetime.fromisoformat(at).timestamp() if at else float("-inf")


def days_since(at: str | None, today: date) -> int | None:
    """Days from the day of the moment to today; None for never, nothing below 0 where a clock was wrong."""
    return max((today - datetime.fromisoformat(at).date()).days, 0) if at else None


def is_silent(one: "Contact", today: date) -> bool:
    """Whether nothing came from the office for a long time, or never."""
    days = days_since(one.last_in, today)
    return days is None or days > LONG


def row_of(one: "Contact", today: date) -> tuple[str, ...]:
    """One office as a line of the table; the sign before the days says what the colour repeats."""
    mark = "▲" if is_silent(one, today) else "●"
    came = f"{mark} {ago(days_since(one.last_in, today), 'never')}"
    others = (ago(days_since(at, today), "") for at in (one.last_out, one.last_confirmed))
    return (one.name, came, *others, *(f"{n:,}" if n else "" for n in (one.cases, one.not_there, one.missing)))


def ago(days: int | None, never: str) -> str:
    """`今天`, `昨天`, `12 天前`; for never `从没有过` or nothing."""
    if days is None:
        return "从没有过" if never else ""
    return ("今天", "昨天")[days] if days < 2 else f"{days} 天前"


def summary(found: "Status", today: date) -> str:
    """The list in one or two sentences."""
    if not found.contacts:
        return "还没有可以交换的单位。"
    silent = sum(is_silent(one, today) for one in found.contacts)
    text = f"共 {len(found.contacts)} 个单位，最久没有消息的在最上面。"
    if silent:
        text += f"▲ 有 {silent} 个超过 {LONG} 天没有送来。"
    lines = [text]
    if found.waiting:
        lines.append(f"有 {found.waiting} 处改动要等别的优盘送到才能显示。")
    if found.missing:
        lines.append(f"有 {found.missing} 个附件还没有送到本机。")
    return "\n".join(lines)


def line_told(found: "Status", today: date, level: str) -> str:
    """The one quiet line of the first page; "" when there is nothing to say."""
    above = next((one for one in found.contacts if higher(one.level, level)), None)
    if above is not None:
        rest = f"，还有 {found.not_up:,} 件没有确认送到" if found.not_up else "，都送到了"
        if found.handed_up_days is None:
            return f"还没有交给过{visible(above.name)}" + (f"，有 {found.not_up:,} 件等着交。" if found.not_up else "。")
        when = ago(found.handed_up_days, "")
        return f"上次交给{visible(above.name)}是{' ' if when[0].isdecimal() else ''}{when}{rest}。"
    silent = [one for one in silent_first(found.contacts) if is_silent(one, today)]
    if not silent:
        return ""
    who = visible(silent[0].name) + (f"等 {len(silent)} 个单位" if len(silent) > 1 else "")
    return f"▲ {who}超过 {LONG} 天没有送来。"


_ORDER = ("村", "镇", "县")


def higher(level: str, own: str) -> bool:
    """Whether an office of that level stands above one of our level."""
    return level in _ORDER and own in _ORDER and _ORDER.index(level) > _ORDER.index(own)
