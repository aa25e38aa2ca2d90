from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.agreed_amounts import findings, times
from desktop.domain.agreement import Agreement, Clause, Obligation
from desktop.domain.codes import Repeat
from desktop.domain.money import capitals, format_yuan
from tests.domain.samples import PATHS, sample

DAY = date(2026, 2, 1)


def owed(*yuan: int, repeat: Repeat | None = None, until: date | None = None) -> tuple[Obligation, ...]:
    return tuple(Obligation(payer="李四", payee="张三", amount=y * 100, due_on=DAY, repeat=repeat, until=until) for y in yuan)


def paths(clauses: str | tuple[str, ...], obligations: tuple[Obligation, ...] = ()) -> list[str]:
    texts = (clauses,) if isinstance(clauses, str) else clauses
    agreement = Agreement(clauses=tuple(Clause(text=text) for text in texts), obligations=obligations)
    return [finding.path.removeprefix("agreement.") for finding in findings(agreement)]


AGREE = [
    ("李四赔偿张三3000元。", owed(3000)),
    ("李四赔偿张三人民币叁仟元整（¥3000.00元）。", owed(3000)),
    ("李四赔偿张三共计10000元，其中医疗费6000元、误工费4000元。", owed(10000)),
    ("李四支付货款100元，赔偿损失200元，退还押金300元。", owed(100, 200, 300)),
    ("李四分三期支付共计6000元。", owed(1000, 2000, 3000)),
    ("李四赔偿张三10000元，已支付2000元，余款8000元。", owed(8000)),
    ("李四借款本金50000元，已归还20000元，剩余30000元分三期偿还，每期10000元。", owed(10000, 10000, 10000)),
    ("李四每月支付生活费1500元。", owed(1500, repeat="每月", until=date(2026, 6, 1))),
    ("李四支付五个月的生活费共计7500元。", owed(1500, repeat="每月", until=date(2026, 6, 1))),
    ("李四赔偿每人1000元。", owed(3000)),
    ("装果单价按每筐1.20元计算，李四补足差额18640元。", owed(18640)),
    ("李四支付3000元，如逾期，支付违约金500元。", owed(3000)),
    ("张三放弃要求赔偿的4500元。", ()),
    ("李四按附表分期支付。", owed(3000)),
    (("李四支付1000元。", "李四另支付2000元。"), owed(1000, 2000)),
    ("原合同价36000元。", ()),
]


@pytest.mark.parametrize(("clauses", "obligations"), AGREE)
def test_amounts_that_agree(clauses: str | tuple[str, ...], obligations: tuple[Obligation, ...]) -> None:
    assert paths(clauses, obligations) == []


DIFFER = [
    ("李四赔偿张三3000元。", owed(3500), ["obligations"]),
    ("李四分三期支付共计14400元。", owed(5200, 4600, 4500), ["obligations"]),
    ("李四赔偿共计14400元，其中5200元、4600元、4500元。", owed(5200, 4600, 4500), ["clauses[0]"]),
    ("李四支付五个月的生活费共计7000元。", owed(1500, repeat="每月", until=date(2026, 6, 1)), ["obligations"]),
    ("李四赔偿张三3000元。", (), ["clauses[0]"]),
    ("李四赔偿张三3000元，另支付误工费200元。", owed(3000), ["clauses[0]"]),
    ("李四向张三道歉。", owed(3000), ["obligations[0].amount"]),
    (("李四赔偿3000元。", "李四向张三道歉。"), owed(3000, 700), ["obligations[1].amount"]),
    ("李四每月支付1500元。", owed(1500), ["obligations[0].repeat"]),
    ("李四赔偿人民币叁仟元整（¥3500.00元）。", owed(3000), ["clauses[0]"]),
    ("李四赔偿3500元（大写：叁仟元整）。", owed(3500), ["clauses[0]"]),
    ("李四赔偿叁佰仟元整。", (), ["clauses[0]"]),
    ("李四赔偿30余万元。", (), ["clauses[0]"]),
    ("李四赔偿约3000元。", owed(3000), ["clauses[0]"]),
]


@pytest.mark.parametrize(("clauses", "obligations", "expected"), DIFFER)
def test_amounts_that_differ(clauses: str | tuple[str, ...], obligations: tuple[Obligation, ...], expected: list[str]) -> None:
    assert paths(clauses, obligations) == expected


@pytest.mark.parametrize("text", ["支付3000元，另付伍佰元整。", "甲3000元、乙伍佰元整。", "叁仟元（其中误工费500元）。"])
def test_two_amounts_are_not_two_spellings(text: str) -> None:
    assert not any("不是同一数额" in finding.message for finding in findings(Agreement(clauses=(Clause(text=text),))))


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_figures_and_capitals_must_say_the_same(figures: int, words: int) -> None:
    clause = Clause(text=f"赔偿人民币{capitals(words)}（¥{format_yuan(figures)}元）。")
    found = findings(Agreement(clauses=(clause,), obligations=(Obligation(amount=words),)))
    assert any("不是同一数额" in finding.message for finding in found) == (figures != words)


@given(st.lists(st.integers(1, 10**7), min_size=1, max_size=8))
def test_any_instalments_and_their_true_sum_agree(parts: list[int]) -> None:
    obligations = tuple(Obligation(payer="李四", payee="张三", amount=part, due_on=DAY) for part in parts)
    clause = Clause(text=f"李四分期支付张三共计{format_yuan(sum(parts))}元。")
    assert list(findings(Agreement(clauses=(clause,), obligations=obligations))) == []


@pytest.mark.parametrize(
    ("first", "repeat", "until", "expected"),
    [
        (date(2023, 9, 10), "每月", date(2024, 1, 10), 5),
        (date(2023, 9, 10), "每月", date(2024, 1, 9), 4),
        (date(2024, 1, 31), "每月", date(2024, 2, 29), 2),
        (date(2024, 1, 1), "每周", date(2024, 1, 15), 3),
        (date(2024, 1, 1), "每季", date(2024, 12, 31), 4),
        (date(2024, 1, 1), "每年", date(2026, 1, 1), 3),
        (date(2024, 1, 1), "每月", None, 1),
        (date(2024, 1, 1), None, date(2026, 1, 1), 1),
        (date(2024, 1, 1), "每月", date(2023, 1, 1), 1),
    ],
)
def test_how_often_an_obligation_falls_due(first: date, repeat: Repeat | None, until: date | None, expected: int) -> None:
    assert times(Obligation(due_on=first, repeat=repeat, until=until)) == expected


@pytest.mark.parametrize("number", PATHS)
def test_the_samples_agree(number: str) -> None:
    agreement = sample(number).agreement
    assert agreement is not None
    assert list(findings(agreement)) == []
