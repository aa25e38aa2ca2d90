"""How each kind of paper is printed: on which printer, on both sides or one, and how often."""

import msgspec

from desktop.domain.case import Case
from desktop.services.desk import Desk
from desktop.services.documents import DOSSIER

_COUNTS = {
    DOSSIER: 1,
    **dict.fromkeys(("卷宗封面", "卷内目录", "卷宗情况说明", "结案报告表", "封底", "一案一策"), 1),
    **dict.fromkeys(("申请书", "受理登记表", "当事人身份证明", "授权委托书", "送达地址确认书"), 1),
    **dict.fromkeys(("调查记录", "证据材料", "调解记录", "口头协议登记表", "履行凭证", "回访记录"), 1),
    **dict.fromkeys(("受理通知书", "不予受理通知书", "终止调解告知书"), 2),
    **dict.fromkeys(("任务单", "督办单", "反馈单", "提示函", "邀请函", "委托移送函", "上报函", "回复函", "专家咨询申请书"), 2),
}
"""Copies of papers that stay in the dossier (domain.md 3.0), and of those that go to one receiver and into the file."""


class Preferences(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The printer by the name that the system gives it (None: the system's own choice), and whether both sides are printed."""

    printer: str | None = None
    duplex: bool = False


def preferences(desk: Desk, kind: str) -> Preferences:
    """As this kind of paper was printed here the last time; a new kind: on the printer used last, a dossier on both sides.

    The printer may be gone meanwhile: who prints falls back to the system's own choice.
    """
    known = desk.database.setting(_name(kind), Preferences)
    if known is None:
        last = desk.database.setting(_LAST, Preferences) or Preferences()
        known = Preferences(printer=last.printer, duplex=kind == DOSSIER)
    return known


def remember(desk: Desk, kind: str, printer: str | None, duplex: bool) -> None:
    """Keep how this kind of paper was printed; no bundle carries it."""
    chosen = Preferences(printer=printer, duplex=duplex)
    with desk.database.atomic():
        desk.database.set(_name(kind), chosen)
        desk.database.set(_LAST, chosen)


_LAST = "printing"


def _name(kind: str) -> str:
    return f"printing:{kind}"


def copies(case: Case, kind: str) -> int:
    """How many copies are printed unless somebody says otherwise: one for each party and one for the committee (domain.md 3.11).

    What only the dossier keeps is printed once; what goes to one party or office is printed for it and for the file.
    """
    return _COUNTS.get(kind, len(case.parties) + 1)
