"""A case file, typed by somebody who has it on paper: tab by tab, field by field, in the order of the screen.

Every field that the case files of the samples have is typed. Left out is what no operator types: ids and numbers that the program gives,
birth date and sex, which it takes from the ID number. The day on which the rights were told, without which nothing may be mediated, is no
part of a case file; here it is the day of registration.
"""

from typing import Any

from desktop.ui.case.routing_fields import LEVELS
from desktop.ui.listing.table import RISKS
from tests.e2e.keyboard import Keyboard

Document = dict[str, Any]

INTAKE = {
    "type": "纠纷类型",
    "source": "纠纷来源",
    "registered_on": "登记日期",
    "occurred_on": "发生日期",
    "place": "发生地点",
    "summary": "纠纷概况",
    "claims": "申请事项",
    "amount": "涉及金额",
    "people_count": "涉及人数",
    "group": "是否群体性",
    "mediators": "调解员",
    "recorder": "记录人",
}
PARTY = {
    "role": "当事人身份",
    "kind": "个人或单位",
    "name": "姓名或名称",
    "id_number": "身份证号码",
    "ethnic": "民族",
    "occupation": "职业或职务",
    "credit_code": "统一社会信用代码",
    "phone": "联系电话",
    "address": "住址或单位地址",
    "main": "主要当事人",
    "representative": "推选的代表",
}
REPRESENTATIVE = {"name": "代表人姓名", "title": "职务"}
AGENT = {"name": "代理人姓名", "kind": "代理人身份", "phone": "电话", "id_number": "身份证号码", "authority": "代理权限"}
ROUTING = {"risk": "风险等级", "level": "调解层级", "police_reported_at": "向公安机关报告时间"}
SESSION = {
    "started_at": "开始时间",
    "ended_at": "结束时间",
    "place": "地点",
    "participants": "参加人（受邀协助的人）",
    "record": "记录",
    "result": "结果",
}
EVIDENCE = {"name": "证据名称", "provider": "提供人", "kind": "种类", "pages": "页数"}
AGREEMENT = {"facts": "纠纷主要事实、争议事项", "clauses": "协议条款"}
OBLIGATION = {
    "amount": "金额",
    "act": "或做什么事",
    "due_on": "期限",
    "payer": "谁来履行",
    "payee": "向谁履行",
    "method": "方式",
    "repeat": "重复",
    "until": "重复到",
}
SIGNING = {"form": "协议形式", "signed_on": "签订（达成）日期"}
LETTER = {
    "kind": "种类",
    "to": "主送单位",
    "title": "标题",
    "matter": "事由",
    "measures": "措施",
    "due_on": "办理时限",
    "responsible": "责任人",
    "signer": "签发人",
    "issued_on": "签发日期",
    "replies_to": "答复哪份文件",
}
VISIT = {
    "on": "回访日期",
    "method": "方式",
    "party": "回访对象",
    "performance": "履行情况",
    "satisfaction": "满意程度",
    "grievance": "积怨",
    "note": "回访情况",
}
_SHOWN = {"组织": "单位（组织）", "自然人": "个人（自然人）"} | RISKS


def enter_case(keys: Keyboard, case: Document) -> None:
    """Type the whole case into a new one, and save it."""
    keys.press("F2")
    fill(keys, INTAKE, case)
    enter_parties(keys, case)
    enter_risk(keys, case)
    enter_mediation(keys, case)
    enter_agreement(keys, case)
    enter_letters(keys, case)
    enter_visits(keys, case)
    keys.use("保存")


def fill(keys: Keyboard, labels: dict[str, str], value: Document) -> None:
    """Fill those of the fields that the value has."""
    for name, label in labels.items():
        if name in value:
            keys.put(label, typed(value[name]))


def typed(value: object) -> str:
    """The value as somebody types it."""
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return _SHOWN.get(str(value), str(value))


def enter_parties(keys: Keyboard, case: Document) -> None:
    """The parties, each begun with F6."""
    keys.press("Ctrl+2")
    for party in case["parties"]:
        keys.use("添加当事人")
        keys.press("Shift+Tab", "Shift+Tab")  # back to what was presumed
        fill(keys, PARTY, party)
        for name, labels in (("legal_representative", REPRESENTATIVE), ("agent", AGENT)):
            if name in party:
                fill(keys, labels, party[name])


def enter_risk(keys: Keyboard, case: Document) -> None:
    """How risky the dispute is, and why."""
    keys.press("Ctrl+3")
    level = {"level": LEVELS[case["level"] - 1]} if "level" in case else {}
    fill(keys, ROUTING, case | level)
    if "risk_factors" in case:
        keys.put("其他", "、".join(case["risk_factors"]))


def enter_mediation(keys: Keyboard, case: Document) -> None:
    """The day on which the rights were told, and the records."""
    keys.press("Ctrl+4")
    keys.put("告知权利义务的日期", case["registered_on"])
    for session in case["sessions"]:
        keys.use("添加调查" if session["kind"] == "调查记录" else "添加调解")
        fill(keys, SESSION, session)
        for evidence in session.get("evidence", ()):
            keys.use("添加证据")
            fill(keys, EVIDENCE, evidence)


def enter_agreement(keys: Keyboard, case: Document) -> None:
    """What was agreed, what is owed, and the signing."""
    if "agreement" in case:
        draft_agreement(keys, case["agreement"])
        fill(keys, SIGNING, case["agreement"])


def draft_agreement(keys: Keyboard, agreement: Document) -> None:
    """What was agreed and what is owed, not signed yet."""
    keys.press("Ctrl+5")
    fill(keys, AGREEMENT, agreement)
    for duty in agreement["obligations"]:
        keys.use("添加履行事项")
        fill(keys, OBLIGATION, duty)


def enter_letters(keys: Keyboard, case: Document) -> None:
    """The letters, as they were written on paper: each is begun as a draft, and its fields are typed below."""

    def begin() -> None:
        keys.to("反馈要求")
        keys.press("Home")  # the paper does not say how often it was to be answered
        keys.use("存为草稿")

    for number, letter in enumerate(case.get("letters", ())):
        if not number:
            keys.press("Ctrl+7")
        keys.use("起草任务单", begin)
        fill(keys, LETTER, letter)


def enter_visits(keys: Keyboard, case: Document) -> None:
    """The visits."""
    for number, visit in enumerate(case.get("visits", ())):
        if not number:
            keys.press("Ctrl+8")
        keys.use("添加回访")
        fill(keys, VISIT, visit)
