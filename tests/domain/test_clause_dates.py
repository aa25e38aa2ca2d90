from datetime import date

import pytest

from desktop.domain.clause_dates import findings

SIGNED = date(2025, 3, 10)


def messages(text: str, signed_on: date | None = SIGNED) -> list[str]:
    return [finding.message for finding in findings("agreement.clauses[0]", text, signed_on, today=SIGNED)]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("被申请人尽快支付余款", "“尽快”"),
        ("近期付清", "“近期”"),
        ("年底前付清", "“年底前”"),
        ("有钱了再还", "“有钱了”"),
        ("以后支付", "“以后支付”"),
        ("卖完烤烟后付清", "“卖完烤烟后”"),
        ("于2025年2月30日前支付", "“2025年2月30日”这一天不存在"),
        ("2月30日支付", "不存在"),
        ("于2025-13-01付清", "不存在"),
        ("二〇二五年四月三十一日前付清", "不存在"),
        ("2024年5月1日前付清", "早于协议日期"),
        ("最迟2024.5.1付清", "早于协议日期"),
    ],
)
def test_doubtful_dates(text: str, part: str) -> None:
    (message,) = messages(text)
    assert part in message


@pytest.mark.parametrize(
    "text",
    [
        "尽快支付，最迟于2025年4月1日前付清",
        "三日内尽快搬离",
        "2025年底前付清",
        "2025年年底前付清",
        "2025年春节前付清",
        "今后遇事先商量",
        "日后不得再因此事争吵",
        "于2025年3月10日前支付",
        "2月29日支付",
        "自2024年9月20日起单价按每筐1.20元计算",
        "2024年12月31日前形成的债务由甲方归还",
        "2024年5月1日签订的合同继续履行",
        "每月10日前转账",
        "编号2025-13",
    ],
)
def test_dates_that_are_clear(text: str) -> None:
    assert messages(text) == []


def test_before_signing_a_limit_may_not_be_past() -> None:
    assert messages("2025年3月9日前付清", signed_on=None) == ["期限“2025年3月9日”已经过去，请核对日期。"]
    assert messages("2025年3月10日前付清", signed_on=None) == []
