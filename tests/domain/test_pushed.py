"""Which letters sent a clue out once more, counted by hand (domain.md 1.5 rule 6, 5.4)."""

from datetime import date, timedelta
from typing import Any

import pytest

from desktop.domain.case import Case
from desktop.domain.letter import Letter
from desktop.domain.likeness import gist
from desktop.domain.party import Party
from desktop.domain.pushed import Push, rate, repeated
from tests.domain.samples import accepted

DAY = date(2026, 2, 3)


def quarrel(name: str, phone: str | None = None, **more: Any) -> Case:
    parties = (Party(role="申请人", kind="自然人", name=name, phone=phone),)
    return accepted(parties=parties, summary=f"{name}与邻居因{name}家的水沟发生纠纷", place=f"{name}家门口", registered_on=DAY, **more)


LI, SAME_PHONE, OTHER = quarrel("李国强", "13900000001"), quarrel("王小芳", "13900000001"), quarrel("赵大山", type="合同")


def push(number: int, case: Case, at: str, days: int = 0, **more: Any) -> Push:
    known: dict[str, Any] = {"id": str(number), "kind": "任务单", "to": "甲村", "issued_on": DAY + timedelta(days=days)}
    return Push(Letter(**(known | more)), at, gist(case))


def test_counted_by_hand() -> None:
    sent = [
        push(1, LI, "a"),
        push(2, LI, "a", 5),  # the same case, kind and unit: again
        push(3, LI, "a", 6, to="乙村"),  # another unit is to do something too
        push(4, LI, "a", 6, kind="提示函"),  # another kind
        push(5, SAME_PHONE, "b", 7, to="丙村"),  # the same telephone: the same clue from elsewhere
        push(6, OTHER, "c", 7),  # nothing in common
        push(7, LI, "a", 8, replies_to="某任1号"),  # urges
        push(8, LI, "a", 8, kind="反馈单"),  # answers
        push(9, OTHER, "c", 38),  # 31 days after: once more, but not shortly after
        push(10, OTHER, "c", 68),  # 30 days after
    ]
    assert repeated(sent) == {"2", "5", "10"}
    assert repeated(reversed(sent)) == {"2", "5", "10"}


def test_the_same_happening_is_told_by_its_text() -> None:
    retold = quarrel("李国强")
    assert repeated([push(1, LI, "a"), push(2, retold, "b", 1, to="丙村")]) == {"2"}


def test_a_letter_without_a_day_repeats_nothing() -> None:
    assert repeated([push(1, LI, "a"), push(2, LI, "a", issued_on=None)]) == frozenset()


@pytest.mark.parametrize(("part", "whole", "told"), [(1, 4, "25.0%"), (0, 3, "0.0%"), (0, 0, "—"), (1, 16, "6.3%"), (2, 3, "66.7%")])
def test_a_rate_is_rounded_half_up(part: int, whole: int, told: str) -> None:
    assert rate(part, whole) == told
