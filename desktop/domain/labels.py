"""What the screen calls the entities and fields of a case (design.md section 3)."""

ENTITIES = {
    "case": "纠纷",
    "party": "当事人",
    "session": "调解（调查）记录",
    "agreement": "调解协议",
    "clause": "协议条款",
    "obligation": "履行事项",
    "outcome": "处理结果",
    "letter": "三单一函",
    "visit": "回访",
    "extension": "延期",
    "confirmation": "司法确认",
    "filing": "立卷",
    "attachment": "附件",
    "seal": "盖章定稿",
    "handover": "移交",
}

FIELDS: dict[str, dict[str, str]] = {
    "case": {
        "number": "编号",
        "registered_by": "登记单位",
        "owner": "承办单位",
        "same_as": "合并为同一纠纷",
        "help_note": "协办情况",
        "closed_on": "归档日期",
        "type": "纠纷类型",
        "source": "案件来源",
        "registered_on": "登记日期",
        "occurred_on": "发生日期",
        "place": "发生地点",
        "summary": "简要情况",
        "claims": "申请事项",
        "amount": "涉及金额",
        "people_count": "涉及人数",
        "group": "群体性",
        "risk": "风险等级",
        "risk_factors": "风险因素",
        "police_reported_at": "报告公安时间",
        "level": "调解层级",
        "mediators": "调解员",
        "recorder": "记录人",
    },
    "party": {
        "role": "身份",
        "kind": "类别",
        "name": "姓名（名称）",
        "main": "主要当事人",
        "representative": "代表人",
        "sex": "性别",
        "ethnic": "民族",
        "born_on": "出生日期",
        "id_number": "身份证号码",
        "occupation": "职业或职务",
        "phone": "联系方式",
        "address": "单位或住址",
        "guardian": "监护人",
        "credit_code": "统一社会信用代码",
        "legal_representative": "法定代表人",
        "agent": "委托代理人",
        "delivery": "送达地址",
    },
    "session": {
        "kind": "种类",
        "started_at": "开始时间",
        "ended_at": "结束时间",
        "place": "地点",
        "participants": "参加人",
        "record": "记录",
        "result": "结果",
        "evidence": "证据材料",
    },
    "agreement": {"form": "协议形式", "signed_on": "协议日期", "facts": "主要事实和争议事项"},
    "clause": {"text": "内容"},
    "obligation": {
        "payer": "履行人",
        "payee": "接受人",
        "amount": "金额",
        "act": "行为",
        "due_on": "期限",
        "method": "方式",
        "repeat": "重复",
        "until": "至",
    },
    "outcome": {"kind": "结果", "on": "日期", "reason": "原因", "advised": "告知的途径"},
    "letter": {
        "number": "文号",
        "issuer": "发文单位",
        "kind": "种类",
        "to": "主送单位",
        "title": "标题",
        "matter": "事项",
        "measures": "措施",
        "due_on": "办理时限",
        "responsible": "责任人",
        "signer": "签发人",
        "issued_on": "签发日期",
        "replies_to": "回复",
    },
    "visit": {
        "on": "日期",
        "method": "方式",
        "party": "当事人",
        "performance": "履行情况",
        "satisfaction": "满意度",
        "grievance": "积怨",
        "note": "情况",
    },
    "extension": {"until": "延期至", "reason": "原因", "agreed_on": "同意日期"},
    "confirmation": {
        "court": "法院",
        "applied_on": "申请日期",
        "case_number": "案号",
        "result": "结果",
        "ruling": "裁定书文号",
        "decided_on": "裁定日期",
    },
    "filing": {
        "filed_by": "立卷人",
        "filed_on": "立卷日期",
        "checked_by": "检查人",
        "checked_on": "检查日期",
        "retention": "保管期限",
        "place": "存放位置",
        "remark": "备注",
        "explanation": "情况说明",
    },
    "handover": {
        "to": "接收单位",
        "reason": "原因",
        "offered_on": "移交日期",
        "answer": "答复",
        "answered_on": "答复日期",
        "note": "说明",
    },
    "attachment": {
        "name": "名称",
        "category": "类别",
        "media": "格式",
        "pages": "页数",
        "size": "大小",
        "sha256": "内容",
        "added_on": "加入日期",
    },
    "seal": {
        "kind": "文书",
        "subject": "所属",
        "number": "编号",
        "version": "版次",
        "sha256": "内容",
        "values": "所据内容",
        "replaces": "代替",
        "sealed_on": "定稿日期",
    },
}


def label(entity: str, field: str) -> str:
    """The words for a field: `当事人的姓名（名称）`; the case's own fields stand alone."""
    if entity == "case" and field.startswith("assigned:"):
        return "协办单位"
    name = "是否保留" if field == "removed" else "顺序" if field == "position" else FIELDS[entity].get(field, field)
    return name if entity == "case" else f"{ENTITIES[entity]}的{name}"


_LISTS = {
    "parties": "party",
    "sessions": "session",
    "clauses": "clause",
    "obligations": "obligation",
    "letters": "letter",
    "visits": "visit",
    "attachments": "attachment",
    "seals": "seal",
}


def words(path: str) -> str:
    """The words for a place in a case such as `parties[0].name` or `agreement.clauses[1].text`."""
    entity, field = "case", ""
    for name in (part.partition("[")[0] for part in path.split(".")):
        if name in _LISTS:
            entity, field = _LISTS[name], ""
        elif name in ENTITIES and not field:
            entity = name
        elif not field:
            field = name
    return label(entity, field) if field else ENTITIES[entity]
