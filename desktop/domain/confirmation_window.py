"""司法确认的期限 in words: until when the parties may apply together (人民调解法 Art. 33; domain.md 3.14, 4.1)."""

from collections.abc import Iterator
from datetime import date

from desktop.domain.case import Case
from desktop.domain.checks import Doubt
from desktop.domain.deadline import IsWorkingDay, confirmation_deadline
from desktop.domain.dossier import Confirmation, ConfirmationResult

ENDED_OTHERWISE: frozenset[ConfirmationResult | None] = frozenset({"不予受理", "驳回", "撤回", "按撤回处理"})
"""Results with which the agreement was not confirmed: the parties may change it, or sue (domain.md 4.2)."""

_LAW = "（人民调解法第三十三条）"


def window(case: Case, today: date, is_working_day: IsWorkingDay) -> str:
    """One sentence on the thirty days of the case; empty for a case without an agreement."""
    agreement, confirmation = case.agreement, case.confirmation
    if agreement is None:
        return ""
    if confirmation and confirmation.on_the_spot:
        return "已登记当场确认，请把裁定书编号和日期补登完整。" if not confirmation.ruling else ""
    if agreement.signed_on is None:
        return f"协议生效后三十日内，双方可以共同向人民法院申请司法确认{_LAW}。"
    limit = confirmation_deadline(agreement.signed_on, is_working_day)
    if confirmation and confirmation.applied_on:
        return _applied(confirmation, confirmation.applied_on, limit)
    left = (limit - today).days
    if left < 0:
        return f"共同申请司法确认的期限已于{_day(limit)}届满；没有履行的，当事人可以向人民法院起诉。"
    told = "今天是最后一天" if left == 0 else f"还有{left}天"
    return f"需要司法确认的，双方最迟{_day(limit)}共同申请，{told}{_LAW}。"


def _applied(confirmation: Confirmation, applied_on: date, limit: date) -> str:
    if confirmation.result in ENDED_OTHERWISE:
        return f"司法确认的结果是{confirmation.result}，当事人可以变更协议、重新调解，也可以向人民法院起诉。"
    if applied_on > limit:
        return f"申请日期在期限（{_day(limit)}）之后，法院可能不受理，请核对。"
    return f"已在期限内申请（期限到{_day(limit)}）。"


def doubts(case: Case, is_working_day: IsWorkingDay) -> Iterator[Doubt]:
    """What is doubtful about the application and the decision of the court. A late application that the court turned away is not."""
    agreement, found = case.agreement, case.confirmation
    if found is None:
        return
    signed_on = agreement.signed_on if agreement else None
    if signed_on and found.applied_on and found.applied_on > (limit := confirmation_deadline(signed_on, is_working_day)):
        if found.result not in ENDED_OTHERWISE:
            yield Doubt("confirmation.applied_on", _applied(found, found.applied_on, limit))
    elif agreement and agreement.form == "口头" and found.applied_on:
        yield Doubt("confirmation.applied_on", "口头协议申请司法确认，法院要看书面的调解协议，请先制作协议书由双方签名。")
    if (found.decided_on or found.result) and not found.applied_on and not found.on_the_spot:
        yield Doubt("confirmation.applied_on", "登记了法院的裁定，没有登记申请日期，请补上；当场确认的，请勾选“当场确认”。")


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
