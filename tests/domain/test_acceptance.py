import pytest

from desktop.domain.acceptance import findings
from desktop.domain.agreement import Agreement
from desktop.domain.codes import Source
from tests.domain.samples import PATHS, accepted, sample


@pytest.mark.parametrize(
    "summary",
    [
        "甲将乙打成轻伤",
        "公安已作为刑事案件立案",
        "不服行政处罚决定",
        "不服乡政府的答复",
        "甲长期家庭暴力",
        "被申请人明确拒绝调解",
        "申请人已向法院起诉",
        "本案二审期间",
        "已申请劳动仲裁",
        "派出所已立案",
        "人社局已受理",
    ],
)
def test_words_of_disputes_that_are_not_taken(summary: str) -> None:
    (finding, *_) = findings(accepted(summary=summary))
    assert (finding.path, finding.grave) == ("summary", False)
    assert finding.message.endswith("。")


@pytest.mark.parametrize(
    "summary",
    [
        "甲致乙轻微伤",
        "双方严重伤了和气",
        "防止转化为刑事案件",
        "三个月内报警三次，民警赶到现场",
        "社区宣传反家暴法律",
        "对方起初明确拒绝调解，经劝说后同意",
        "申请人准备向法院起诉",
        "统一审核后再议",
        "一方扬言拼命",
    ],
)
def test_words_that_are_alike(summary: str) -> None:
    assert list(findings(accepted(summary=summary))) == []


@pytest.mark.parametrize(
    ("summary", "source"),
    [("法院已立案", "法院委托移送"), ("派出所已受案", "公安机关委托移送"), ("人社局已受理", "其他部门委托移送")],
)
def test_what_was_handed_over_may_be_taken(summary: str, source: Source) -> None:
    assert list(findings(accepted(summary=summary)))
    assert list(findings(accepted(summary=summary, source=source))) == []


def test_claims_and_facts_are_read_too() -> None:
    case = accepted(claims=("退款", "撤销行政处罚"), agreement=Agreement(facts="甲诈骗乙。"))
    assert [finding.path for finding in findings(case)] == ["claims[1]", "agreement.facts"]


@pytest.mark.parametrize("number", PATHS)
def test_the_samples_may_be_taken(number: str) -> None:
    assert list(findings(sample(number))) == []
