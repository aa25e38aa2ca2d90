"""司法确认 in words."""

from datetime import date

import msgspec
import pytest

from desktop.domain.agreement import Agreement
from desktop.domain.case import Case
from desktop.domain.confirmation_window import doubts, window
from desktop.domain.deadline import weekdays_only
from desktop.domain.dossier import Confirmation
from tests.domain.samples import accepted

SIGNED = accepted(agreement=Agreement(form="书面", signed_on=date(2025, 3, 3)))  # 30 days later: Wednesday, 2 April


@pytest.mark.parametrize(
    ("today", "says"),
    [
        (date(2025, 3, 10), "最迟2025年4月2日共同申请，还有23天"),
        (date(2025, 4, 2), "今天是最后一天"),
        (date(2025, 4, 3), "已于2025年4月2日届满"),
    ],
)
def test_the_thirty_days(today: date, says: str) -> None:
    assert says in window(SIGNED, today, weekdays_only)


@pytest.mark.parametrize(
    ("confirmation", "says"),
    [
        (Confirmation(applied_on=date(2025, 4, 2)), "已在期限内申请"),
        (Confirmation(applied_on=date(2025, 4, 3)), "请核对"),
        (Confirmation(applied_on=date(2025, 4, 3), result="确认有效"), "请核对"),
        (Confirmation(applied_on=date(2025, 4, 3), result="不予受理"), "结果是不予受理"),
        (Confirmation(applied_on=date(2025, 4, 2), result="驳回"), "可以变更协议"),
        (Confirmation(on_the_spot=True), "补登完整"),
    ],
)
def test_what_was_applied_for(confirmation: Confirmation, says: str) -> None:
    assert says in window(msgspec.structs.replace(SIGNED, confirmation=confirmation), date(2025, 4, 4), weekdays_only)


def test_before_signing_and_without_an_agreement() -> None:
    assert "生效后三十日内" in window(accepted(agreement=Agreement()), date(2025, 4, 4), weekdays_only)
    assert window(accepted(), date(2025, 4, 4), weekdays_only) == ""


ORAL = accepted(agreement=Agreement(form="口头", signed_on=date(2025, 3, 3)))
LAST, LATE = date(2025, 4, 2), date(2025, 4, 3)


@pytest.mark.parametrize(
    ("case", "confirmation", "says"),
    [
        (SIGNED, Confirmation(applied_on=LAST), ""),
        (SIGNED, Confirmation(applied_on=LATE), "申请日期在期限（2025年4月2日）之后"),
        (SIGNED, Confirmation(applied_on=LATE, result="确认有效"), "申请日期在期限"),
        (SIGNED, Confirmation(applied_on=LATE, result="不予受理", decided_on=LATE), ""),
        (SIGNED, Confirmation(result="驳回"), "没有登记申请日期"),
        (SIGNED, Confirmation(decided_on=LAST), "没有登记申请日期"),
        (SIGNED, Confirmation(decided_on=LAST, on_the_spot=True), ""),
        (SIGNED, Confirmation(court="云溪县人民法院"), ""),
        (ORAL, Confirmation(applied_on=LAST), "口头协议申请司法确认"),
        (ORAL, Confirmation(applied_on=LATE), "申请日期在期限"),
        (accepted(), Confirmation(result="驳回"), "没有登记申请日期"),
        (SIGNED, None, ""),
    ],
)
def test_what_is_doubtful_about_it(case: Case, confirmation: Confirmation | None, says: str) -> None:
    found = list(doubts(msgspec.structs.replace(case, confirmation=confirmation), weekdays_only))
    assert [one.path for one in found] == (["confirmation.applied_on"] if says else [])
    assert all(says in one.message and one.message.endswith("。") and one.message.count("。") == 1 for one in found)
