"""The notices and letters of the course say what was entered of it."""

from datetime import date
from typing import Any

import msgspec
import pytest

from desktop.documents.occasion import kinds_for
from desktop.documents.paper import pages
from desktop.documents.records import lacking
from desktop.domain.agreement import Agreement, Clause, Outcome
from desktop.domain.case import Case
from desktop.domain.course_records import Commission, Conclusion, Fulfilment, Intake, Plan, Routing, Support
from desktop.domain.dossier import Confirmation, Extension, Filing
from desktop.domain.letter import Letter
from desktop.domain.office import Office
from desktop.domain.session import Session
from desktop.domain.visit import Visit
from tests.documents.test_every_form import printed
from tests.domain.samples import accepted

OFFICE = Office(id="1" * 32, level="镇", name="青石镇综治中心", series="青石", committee="青石镇人民调解委员会")
TAKEN = Intake(decision="受理", on=date(2026, 1, 7))
SENT = Commission(sender="云溪县人民法院", number="（2026）云委调3号", result="当事人已达成书面协议", returned_on=date(2026, 2, 20))
AGREED = Agreement(form="书面", signed_on=date(2026, 1, 31), clauses=(Clause(text="李四停止滴水。"),))
PASSED = (Routing(kind="分流", to=("联调室",)), Routing(kind="移送", to=("青石镇自然资源所", "青石镇林业站"), reason="专业性强"))

UPWARDS = Routing(id="u", kind="上报", to=("云溪县综治中心",), reason="跨区域。", on=date(2026, 1, 10), by="杨娟", office="青石镇综治中心")
SENT_LETTERS = (
    Letter(kind="任务单", number="青石综治任〔2026〕1号", to="石桥村", issued_on=date(2026, 1, 8)),
    Letter(kind="任务单", number="云政法〔2026〕3号", to="青石镇", issuer="云溪县委政法委", issued_on=date(2026, 1, 9)),
    Letter(kind="反馈单", number="青石综治馈〔2026〕1号", to="云溪县委政法委", issued_on=date(2026, 1, 9)),
    Letter(kind="督办单", number="青石综治督〔2026〕1号", to="石桥村", issued_on=date(2026, 1, 11)),
    Letter(kind="任务单", to="石桥村"),
)
HELP = (Support(kind="心理疏导", provider="街道社工站", on=date(2026, 1, 10), result="情绪平稳", result_on=date(2026, 1, 12)),)

PAPERS: dict[str, tuple[str, dict[str, Any], list[str]]] = {
    "taken": ("受理通知书", {"intake": TAKEN}, ["决定于2026年1月7日受理"]),
    "registered only": ("受理通知书", {}, ["决定于2026年1月5日受理"]),
    "declined": (
        "不予受理通知书",
        {"outcome": Outcome(kind="不予受理", reason="不属于本委员会受理范围", advised=("仲裁", "公安"), on=date(2026, 1, 7))},
        ["☑不属于本委员会受理范围", "☑仲裁", "☑其他：公安", "2026年1月7日"],
    ),
    "failed": (
        "终止调解告知书",
        {"intake": TAKEN, "outcome": Outcome(kind="调解不成", reason="当事人要求终止调解或者拒绝继续调解", advised=("诉讼",))},
        ["2026年1月7日受理", "☑当事人要求终止调解或者拒绝继续调解", "☑诉讼"],
    ),
    "passed on": (
        "委托移送函",
        {"routings": PASSED, "outcome": Outcome(kind="移送", reason="专业性强", on=date(2026, 1, 9))},
        ["青石镇自然资源所、青石镇林业站：", "☑专业性强", "2026年1月9日"],
    ),
    "passed on to nobody": ("委托移送函", {"outcome": Outcome(kind="移送")}, ["＿＿＿＿＿＿＿＿＿＿＿＿："]),
    "answered": (
        "回复函",
        {"source": "法院委托移送", "commission": SENT, "agreement": AGREED, "intake": TAKEN},
        ["云溪县人民法院：", "来文号：（2026）云委调3号", "于2026年1月7日受理", "当事人已达成书面协议", "李四停止滴水", "2026年2月20日"],
    ),
    "answered after a failure": (
        "回复函",
        {
            "commission": msgspec.structs.replace(SENT, result="调解不成，已告知诉讼"),
            "outcome": Outcome(kind="调解不成", reason="差距太大"),
        },
        ["调解不成，已告知诉讼"],
    ),
    "not answered yet": ("回复函", {"outcome": Outcome(kind="撤回", reason="和好")}, ["＿＿＿＿＿＿＿＿＿＿＿＿：", "撤回。和好。"]),
    "reported up": (
        "上报函",
        {"routings": (*PASSED, UPWARDS), "intake": TAKEN, "letters": SENT_LETTERS, "risk_factors": ("扬言伤害",), "people_count": 12},
        [
            *("云溪县综治中心：", "青石镇综治中心办理的", "因跨区域，现报请", "2026年1月7日受理。", "风险因素：扬言伤害", "涉及人数：12人"),
            *(
                "2026年1月8日发出任务单青石综治任〔2026〕1号，主送石桥村。",
                "2026年1月9日云溪县委政法委发出任务单云政法〔2026〕3号，主送青石镇。",
            ),
            *("请于2026年1月17日前告知", "联系人：杨娟", "青石镇综治中心（印章）"),
        ],
    ),
    "planned": (
        "一案一策",
        {"plan": Plan(leader="王建军", members=("张敏", "李勇"), made_on=date(2026, 1, 9)), "supports": HELP, "risk": "高"},
        ["王建军", "张敏、李勇", "2026年1月9日", "心理疏导", "街道社工站", "情绪平稳", "2026年1月12日", "青石镇综治中心（印章）"],
    ),
    "extended": (
        "延期调解同意书",
        {"intake": TAKEN, "extension": Extension(until=date(2026, 3, 1), reason="等待鉴定", agreed_on=date(2026, 2, 1))},
        ["2026年1月7日受理", "延期原因：等待鉴定", "延长至2026年3月1日", "2026年2月1日"],
    ),
}


@pytest.mark.parametrize(("kind", "fields", "words"), PAPERS.values(), ids=PAPERS)
def test_the_paper_says_what_was_entered(kind: str, fields: dict[str, Any], words: list[str]) -> None:
    case: Case = accepted(number="〔2026〕青石人调字第1号", **fields)
    text = printed(pages(kind, case, OFFICE))
    assert [word for word in words if "".join(word.split()) not in text] == []


def test_a_report_says_nothing_of_what_came_after_it() -> None:
    _, fields, _ = PAPERS["reported up"]
    text = printed(pages("上报函", accepted(**fields), OFFICE, subject=UPWARDS))
    assert "督办单" not in text
    assert "反馈单" not in text


def test_reports_and_plans_are_papers_only_where_there_are_some() -> None:
    def kinds(**fields: Any) -> dict[str, int]:
        return {form.name: count for form, count in kinds_for(accepted(**fields)) if form.name in ("上报函", "一案一策")}

    assert kinds() == kinds(plan=Plan(), routings=PASSED) == {}
    assert kinds(plan=Plan(text="每日走访"), routings=(UPWARDS, *PASSED, UPWARDS)) == {"上报函": 2, "一案一策": 1}


def test_an_answer_after_a_failure_is_not_told_twice() -> None:
    _, fields, _ = PAPERS["answered after a failure"]
    assert "差距太大" not in printed(pages("回复函", accepted(**fields), OFFICE))


BY_COURT: dict[str, Any] = {"source": "法院委托移送", "commission": Commission(sender="云溪县人民法院", received_on=date(2026, 1, 4))}
REASON = "不属于本委员会受理范围"
DECLINED: dict[str, Any] = {
    "intake": Intake(decision="不予受理", on=date(2026, 1, 7), reason=REASON, guided_to=("诉讼",)),
    "outcome": Outcome(kind="不予受理", on=date(2026, 1, 7), reason=REASON, advised=("诉讼",)),
}
GUIDED: dict[str, Any] = {
    "intake": Intake(decision="引导", on=date(2026, 1, 7), guided_to=("仲裁", "诉讼")),
    "outcome": Outcome(kind="不予受理", on=date(2026, 1, 7), reason="引导当事人通过其他途径解决", advised=("仲裁", "诉讼")),
}
MEETING = Session(kind="调解记录", started_at="2026-01-09T09:00", result="择期再调")
STABLE = Outcome(kind="稳控", on=date(2026, 1, 12), responsible="王网格", review_on=date(2026, 3, 1))
VISIT = Visit(
    on=date(2026, 2, 9), by="赵明", place="李四家中", risk="中", measures="每周走访一次。", next_on=date(2026, 3, 9), performance="未到期"
)
REFUSING = tuple(msgspec.structs.replace(one, refused_on=date(2026, 1, 8) if one.name == "李四" else None) for one in accepted().parties)
CONFIRMED = Confirmation(
    court="云溪县人民法院",
    applied_on=date(2026, 2, 3),
    on_the_spot=True,
    result="确认有效",
    decided_on=date(2026, 2, 3),
    ruling="（2026）云调确2号",
)

TRUTHS: dict[str, tuple[str, dict[str, Any], list[str], list[str]]] = {
    "the answer of what was declined": (
        "回复函",
        BY_COURT | DECLINED,
        ["于2026年1月4日收到来文，于2026年1月5日登记", f"因{REASON}，于2026年1月7日决定不予受理", "没有需要履行的事项", "诉讼"],
        ["日受理，"],
    ),
    "the answer of what was guided elsewhere": (
        "回复函",
        BY_COURT | GUIDED,
        ["于2026年1月5日登记", "于2026年1月7日引导当事人通过仲裁、诉讼等途径解决，没有受理"],
        ["日受理，"],
    ),
    "the answer where only the intake declined": ("回复函", BY_COURT | DECLINED | {"outcome": None}, [REASON, "诉讼等途径"], ["日受理，"]),
    "the answer of what was passed on at once": (
        "回复函",
        BY_COURT | {"routings": PASSED, "outcome": Outcome(kind="移送", reason="专业性强", on=date(2026, 1, 9))},
        ["登记，已移送其他单位", "专业性强"],
        ["日受理，"],
    ),
    "the register of what was declined": (
        "受理登记表",
        DECLINED,
        ["登记张三与李四之间的纠纷。经审查，因不属于本委员会受理范围，于2026年1月7日决定不予受理。"],
        ["经当事人同意", "，调解张三"],
    ),
    "the register of what was refused": (
        "受理登记表",
        {"parties": REFUSING},
        ["李四于2026年1月8日明确表示拒绝调解。"],
        ["经当事人同意"],
    ),
    "the register of what is mediated": ("受理登记表", {}, ["经当事人同意，调解张三与李四之间的纠纷。"], []),
    "the cover of what was declined": ("卷宗封面", DECLINED, [], ["2026年1月7日"]),
    "the cover of what is only stable": (
        "卷宗封面",
        {"sessions": (MEETING,), "outcome": STABLE, "filing": Filing(filed_by="赵明")},
        ["自2026年1月9日至2026年1月9日", "立卷人：赵明"],
        ["2026年1月12日"],
    ),
    "the report of what was concluded": (
        "结案报告表",
        {
            "mediators": ("段文清",),
            "agreement": AGREED,
            "visits": (Visit(on=date(2026, 2, 9), performance="全部履行"),),
            "fulfilments": (Fulfilment(on=date(2026, 2, 5), amount=520000, proof="收条"),),
            "conclusion": Conclusion(on=date(2026, 2, 20), by="赵明", note="已经全部履行"),
            "confirmation": CONFIRMED,
        },
        [
            "承办人段文清",
            "结案时间2026年2月20日",
            "已经全部履行",
            "2026年2月5日履行￥5200.00元（凭证：收条）。",
            "2026年2月3日共同向云溪县人民法院申请司法确认，当场办理，2026年2月3日确认有效，裁定书（2026）云调确2号。",
        ],
        [],
    ),
    "the report of what nobody mediated": (
        "结案报告表",
        DECLINED | {"conclusion": Conclusion(on=date(2026, 2, 20), by="赵明")},
        ["承办人赵明"],
        [],
    ),
    "the report of what is only stable": ("结案报告表", {"outcome": STABLE}, ["结案时间案件来源"], []),
    "the report of what is not concluded": ("结案报告表", {"outcome": Outcome(kind="撤回", on=date(2026, 1, 9))}, ["结案时间案件来源"], []),
    "a visit": (
        "回访记录",
        {"agreement": AGREED, "visits": (VISIT,)},
        ["回访地点：李四家中", "目前风险：□低☑中□高", "每周走访一次。", "下次回访时间：2026年3月9日", "回访人赵明（签名）"],
        [],
    ),
    "who was asked": ("调查记录", {"sessions": (Session(kind="调查记录", respondent="王五"),)}, ["被调查人姓名王五"], []),
    "the notice of rights": ("权利义务告知书", {"informed_on": date(2026, 1, 6)}, ["告知日期2026年1月6日"], []),
    "the end by a refusal": (
        "终止调解告知书",
        {"parties": REFUSING, "outcome": Outcome(kind="调解不成", reason="当事人要求终止调解或者拒绝继续调解")},
        ["李四于2026年1月8日明确表示拒绝调解。", "☑当事人要求终止调解或者拒绝继续调解"],
        [],
    ),
}


@pytest.mark.parametrize(("kind", "fields", "words", "untrue"), TRUTHS.values(), ids=TRUTHS)
def test_the_paper_claims_nothing_that_did_not_happen(kind: str, fields: dict[str, Any], words: list[str], untrue: list[str]) -> None:
    text = printed(pages(kind, accepted(number="〔2026〕青石人调字第1号", **fields), OFFICE))
    assert [word for word in words if "".join(word.split()) not in text] == []
    assert [word for word in untrue if word in text] == []


@pytest.mark.parametrize("fields", [DECLINED, GUIDED, DECLINED | {"outcome": None}], ids=["declined", "guided", "by the intake alone"])
def test_what_was_declined_has_no_register(fields: dict[str, Any]) -> None:
    assert "受理登记表" not in {form.name for form, _ in kinds_for(accepted(**fields))}
    assert "受理登记表" in {form.name for form, _ in kinds_for(accepted())}


TICKED = msgspec.structs.replace(MEETING, result="达成协议", elements=("risks",))
RECORDS: dict[str, tuple[Session, list[str]]] = {
    "ticked": (TICKED, ["双方陈述的争议事实", "调查情况的核实和质证"]),
    "a heading with nothing below": (
        msgspec.structs.replace(TICKED, record="【三、双方陈述】\n张三说滴水。\n【四、核实和质证】\n"),
        ["调查情况的核实和质证"],
    ),
}


@pytest.mark.parametrize(("session", "names"), RECORDS.values(), ids=RECORDS)
def test_a_record_leaves_room_for_what_it_lacks(session: Session, names: list[str]) -> None:
    assert lacking(session) == names
    text = printed(pages("调解记录", accepted(sessions=(session,)), OFFICE))
    assert [name for name in names if name not in text] == []
    assert ("对调解结果的风险告知：" in text) is False
