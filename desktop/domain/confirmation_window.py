"""司法确认的期限 in words: until when the parties may apply together (人民调解法 Art. 33; domain.md 3.14, 4.1)."""

from datetime import date

from desktop.domain.case import Case
from desktop.domain.deadline import IsWorkingDay, confirmation_deadline

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
        late = confirmation.applied_on > limit
        return f"申请日期在期限（{_day(limit)}）之后，法院可能不受理，请核对。" if late else f"已在期限内申请（期限到{_day(limit)}）。"
    left = (limit - today).days
    if left < 0:
        return f"共同申请司法确认的期限已于{_day(limit)}届满；没有履行的，当事人可以向人民法院起诉。"
    told = "今天是最后一天" if left == 0 else f"还有{left}天"
    return f"需要司法确认的，双方最迟{_day(limit)}共同申请，{told}{_LAW}。"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
