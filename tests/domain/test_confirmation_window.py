"""司法确认 in words."""

from datetime import date

import msgspec
import pytest

from desktop.domain.agreement import Agreement
from desktop.domain.confirmation_window import window
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
        (Confirmation(on_the_spot=True), "补登完整"),
    ],
)
def test_what_was_applied_for(confirmation: Confirmation, says: str) -> None:
    assert says in window(msgspec.structs.replace(SIGNED, confirmation=confirmation), date(2025, 4, 4), weekdays_only)


def test_before_signing_and_without_an_agreement() -> None:
    assert "生效后三十日内" in window(accepted(agreement=Agreement()), date(2025, 4, 4), weekdays_only)
    assert window(accepted(), date(2025, 4, 4), weekdays_only) == ""
