"""What happened, in the words of an office."""

from collections.abc import Callable
from typing import Any

import pytest

from desktop.domain import happened

LETTER = {"kind": "任务单", "number": "青石综治任〔2025〕1号", "to": "石桥村", "issuer": "青石镇综治中心"}
LONG = "双方家族人数众多，\n应当由社区和派出所共同盯住，每日报告一次，防止升级。"


@pytest.mark.parametrize(
    ("words", "values", "said"),
    [
        (happened.decided, {"decision": "受理", "mode": "即采即办"}, "决定受理（即采即办）"),
        (happened.decided, {"decision": "不予受理", "reason": "人民法院已经受理。"}, "决定不予受理：人民法院已经受理"),
        (happened.decided, {"decision": "引导", "guided_to": ["仲裁", "诉讼"]}, "引导当事人通过仲裁、诉讼解决"),
        (happened.decided, {"decision": "引导"}, "引导当事人通过其他途径解决"),
        (happened.assessed, {"stage": "审定", "risk": "高", "opinion": LONG}, "审定高风险：双方家族人数众多， 应当由社区和派出所共同盯住…"),
        (happened.assessed, {"risk": "低"}, "研判为低风险"),
        (happened.assessed, {"stage": "初定"}, "初定风险"),
        (happened.routed, {"kind": "分流", "level": 1, "to": ["日新社区"]}, "分流到社区首调（日新社区）"),
        (happened.routed, {"kind": "升级", "level": 2, "reason": "现场调解不了"}, "升级到联调室：现场调解不了"),
        (happened.routed, {"kind": "分流", "to": ["日新社区"]}, "分流到日新社区"),
        (happened.routed, {"level": 9}, "分流"),
        (happened.routed, {"kind": "上报", "to": ["云溪县综治中心"], "reason": "跨区域"}, "上报云溪县综治中心：跨区域"),
        (happened.routed, {"kind": "移送", "to": ["林业站", "自然资源所"]}, "移送林业站、自然资源所"),
        (happened.routed, {"kind": "吹哨"}, "吹哨请有关单位报到"),
        (happened.answered, {"kind": "吹哨", "to": ["城管中队"], "answer": "已经派人"}, "城管中队答复吹哨：已经派人"),
        (happened.planned, {"leader": "王建军", "members": ["张敏", "李勇"]}, "制定一案一策，包抓领导王建军，专班2人"),
        (happened.planned, {}, "制定一案一策"),
        (happened.supported, {"kind": "心理疏导", "provider": "区妇联"}, "安排心理疏导（区妇联）"),
        (happened.helped, {"kind": "法律援助", "result": "已经立案"}, "法律援助的结果：已经立案"),
        (happened.agreed, {"form": "口头"}, "达成口头协议"),
        (happened.ended, {"kind": "撤回", "reason": "和好"}, "当事人撤回：和好"),
        (happened.ended, {"kind": "移送"}, "移送其他单位"),
        (happened.ended, {"kind": "调解不成", "reason": "差距大"}, "调解不成：差距大"),
        (
            happened.ended,
            {"kind": "稳控", "reason": "情绪激动", "responsible": "赵六", "review_on": "2026-04-10"},
            "列入稳控：情绪激动，责任人赵六，2026年4月10日复查",
        ),
        (happened.visited, {"party": "杨自立"}, "回访杨自立"),
        (
            happened.visited,
            {"party": "杨自立", "method": "电话", "performance": "全部履行", "grievance": "缓和"},
            "电话回访杨自立，全部履行，积怨缓和",
        ),
        (happened.visited, {"method": "其他"}, "回访当事人"),
        (happened.confirmed, {"court": "云溪县人民法院", "applied_on": "2026-04-10"}, "向云溪县人民法院申请司法确认"),
        (happened.confirmed, {"court": "云溪县人民法院", "result": "确认有效"}, "司法确认：确认有效"),
        (happened.commissioned, {"sender": "云溪县人民法院", "number": "（2026）云委调3号"}, "登记来文：云溪县人民法院 （2026）云委调3号"),
        (happened.commissioned, {}, "登记来文"),
        (happened.returned, {"result": "调解成功"}, "向来文单位回复结果：调解成功"),
        (happened.concluded, {"note": "  \n "}, "结案"),
        (happened.reopened, {"reason": "再次争吵"}, "重新办理：再次争吵"),
        (happened.extended, {"until": "2026-03-01"}, "调解期限延到2026年3月1日"),
        (happened.drafted, LETTER, "起草任务单，主送石桥村"),
        (happened.came, LETTER, "收到任务单青石综治任〔2025〕1号（青石镇综治中心）"),
    ],
)
def test_a_record_is_told(words: Callable[[dict[str, Any]], str], values: dict[str, Any], said: str) -> None:
    assert words(values) == said


@pytest.mark.parametrize(
    ("session", "nth", "said"),
    [
        ({"kind": "调解记录", "result": "未达成协议"}, 1, "第1次调解，没有达成协议"),
        ({"kind": "调解记录"}, 3, "第3次调解"),
        ({"kind": "调查记录", "respondent": "何敏"}, 1, "向何敏调查"),
        ({"kind": "调查记录"}, 1, "进行调查"),
    ],
)
def test_a_meeting_is_counted(session: dict[str, Any], nth: int, said: str) -> None:
    assert happened.met(session, nth) == said


@pytest.mark.parametrize(
    ("fulfilment", "obligation", "said"),
    [
        ({"amount": 520_000}, {"payer": "李四"}, "李四履行5200.00元"),
        ({}, {"payer": "李四", "act": "拆除雨棚"}, "李四履行拆除雨棚"),
        ({}, {}, "履行"),
    ],
)
def test_what_was_performed_is_told(fulfilment: dict[str, Any], obligation: dict[str, Any], said: str) -> None:
    assert happened.performed(fulfilment, obligation) == said


@pytest.mark.parametrize(
    ("move", "said"),
    [
        ({"kind": "签发"}, "签发任务单青石综治任〔2025〕1号，主送石桥村"),
        ({"kind": "督办"}, "督办任务单青石综治任〔2025〕1号"),
        ({"kind": "反馈", "note": "化解成功"}, "反馈任务单青石综治任〔2025〕1号：化解成功"),
        ({"kind": "申请延期", "note": "等鉴定", "until": "2026-03-01"}, "申请任务单青石综治任〔2025〕1号延期到2026年3月1日：等鉴定"),
        ({"kind": "准予延期", "until": "不对"}, "准予任务单青石综治任〔2025〕1号延期"),
        ({"kind": "作废", "note": "发错"}, "作废任务单青石综治任〔2025〕1号：发错"),
    ],
)
def test_a_step_of_a_letter_names_the_letter(move: dict[str, Any], said: str) -> None:
    assert happened.moved(move, LETTER) == said


def test_a_letter_that_is_not_known_is_a_letter() -> None:
    assert happened.moved({"kind": "送达"}, {}) == "函件已送达"
