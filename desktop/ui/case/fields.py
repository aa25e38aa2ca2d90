"""The fields of each form of the case page, with the words of the paper forms (domain.md section 3)."""

from functools import partial

from desktop.domain import id_number
from desktop.domain.agreement import Agreement, Obligation, Outcome
from desktop.domain.codes import (
    NATIONS,
    AgentKind,
    AgreementForm,
    DisputeType,
    EvidenceKind,
    Grievance,
    LetterKind,
    OutcomeKind,
    PartyKind,
    Performance,
    Repeat,
    Risk,
    Role,
    Satisfaction,
    SessionKind,
    SessionResult,
    Sex,
    Source,
    VisitMethod,
    choices,
)
from desktop.domain.dossier import Confirmation, ConfirmationResult, DeliveryAddress, Extension, Filing, Retention
from desktop.domain.letter import Letter
from desktop.domain.party import Agent, LegalRepresentative, Party
from desktop.domain.session import Evidence, Session
from desktop.domain.visit import Visit
from desktop.ui.case.clauses import Clauses
from desktop.ui.entry.amounts import readable
from desktop.ui.entry.form import Field, Form, Record
from desktop.ui.entry.inputs import Choice, Flag, Names, Text
from desktop.ui.entry.long_text import Lines, LongText
from desktop.ui.entry.record_list import Column, RecordList
from desktop.ui.entry.typed import Amount, Count, Day, Minute
from desktop.ui.listing.table import RISKS

MANY = 1_000_000


def pick(codes: object) -> partial[Choice]:
    """A picker over one of the code tables."""
    return partial(Choice, choices(codes))


INTAKE = (
    Field("type", "纠纷类型", pick(DisputeType), 2, "请选择纠纷类型。"),
    Field("source", "纠纷来源", pick(Source), 2),
    Field("level", "调解层级", partial(Choice, ("1", "2", "3"), ("社区首调", "联调室", "街道（乡镇）调委会"), values=(1, 2, 3)), 2),
    Field("registered_on", "登记日期", Day, 2, "请填写登记日期。"),
    Field("occurred_on", "发生日期", Day, 2),
    Field("place", "发生地点", Text, 2),
    Field("summary", "纠纷概况", partial(LongText, 4, "什么人、什么时间、为什么事、争的是什么"), 6, "请写明纠纷概况，一两句话也可以。"),
    Field("claims", "申请事项", partial(Lines, 2, "一行写一项"), 6),
    Field("amount", "涉及金额", Amount, 2),
    Field("people_count", "涉及人数", partial(Count, 10_000_000), 2),
    Field("group", "是否群体性", partial(Flag, "群体性纠纷"), 2),
    Field("risk", "风险等级", partial(Choice, choices(Risk), tuple(RISKS[risk] for risk in choices(Risk))), 2),
    Field("risk_factors", "风险因素", partial(Names, "用顿号隔开"), 2),
    Field("police_reported_at", "向公安机关报告时间", Minute, 2),
    Field("mediators", "调解员", partial(Names, "用顿号隔开"), 4),
    Field("recorder", "记录人", Text, 2),
)

_AGENT = (
    Field("name", "代理人姓名", Text, 2, "请填写代理人姓名。"),
    Field("kind", "代理人身份", pick(AgentKind), 2),
    Field("phone", "电话", Text, 2),
    Field("id_number", "身份证号码", Text, 3),
    Field("authority", "代理权限", partial(Names, "如：承认、放弃、变更请求，用顿号隔开"), 3),
)
_REPRESENTATIVE = (Field("name", "法定代表人（负责人）", Text, 3, "请填写法定代表人姓名。"), Field("title", "职务", Text, 3))


def _postcode() -> Text:
    made = Text()
    made.line.setMaxLength(12)  # more is no postcode, and a case file refuses it
    return made


_DELIVERY = (
    Field("recipient", "收件人", Text, 2),
    Field("phone", "收件人电话", Text, 2),
    Field("postcode", "邮政编码", _postcode, 2),
    Field("address", "送达地址", Text, 6),
    Field("electronic", "电子送达", partial(Text, "同意电子送达的，写明手机号码、邮箱等"), 6),
)
PARTY = (
    Field("role", "当事人身份", pick(Role), 2, "请选择是申请人还是被申请人。"),
    Field("kind", "个人或单位", partial(Choice, choices(PartyKind), ("个人（自然人）", "单位（组织）")), 2, "请选择是个人还是单位。"),
    Field("name", "姓名或名称", Text, 2, "请填写姓名或名称。"),
    Field("id_number", "身份证号码", partial(Text, "填好后自动填出生日期和性别"), 2),
    Field("born_on", "出生日期", Day, 2),
    Field("sex", "性别", pick(Sex), 2),
    Field("ethnic", "民族", partial(Text, "", NATIONS), 2),
    Field("occupation", "职业或职务", Text, 2),
    Field("guardian", "监护人", Text, 2),
    Field("credit_code", "统一社会信用代码", Text, 4),
    Field("phone", "联系电话", Text, 2),
    Field("address", "住址或单位地址", Text, 4),
    Field("main", "", partial(Flag, "主要当事人"), 2),
    Field("representative", "", partial(Flag, "推选的代表"), 2),
    Field(
        "legal_representative",
        "",
        partial(Record, _REPRESENTATIVE, LegalRepresentative(name=""), title="法定代表人", key="name"),
        6,
    ),
    Field("agent", "", partial(Record, _AGENT, Agent(name=""), title="委托代理人（没有就空着）", key="name"), 6),
    Field("delivery", "", partial(Record, _DELIVERY, DeliveryAddress(), title="送达地址确认（申请司法确认的填写）"), 6),
)
_OF_PERSONS = frozenset({"id_number", "born_on", "sex", "ethnic", "occupation", "guardian"})
_OF_ORGANISATIONS = frozenset({"credit_code", "legal_representative"})


def party_rules(form: Form) -> None:
    """Show what persons or organisations have; an ID number fills birth date and sex where they are empty."""
    organisation = form["kind"].value() == "组织"
    form.hide_fields(_OF_PERSONS if organisation else _OF_ORGANISATIONS)
    number = id_number.normalized(str(form["id_number"].value() or ""))
    born = id_number.birth_date(number)
    if born is not None and not organisation:
        for name, value in (("born_on", born), ("sex", id_number.sex(number))):
            if form[name].value() is None and not form[name].fault():
                form[name].show_value(value)


def _new_party(row: int) -> Party:
    return Party(role="被申请人" if row else "申请人", kind="自然人", name="")


def parties() -> RecordList:
    """The list of parties; the first is the applicant, the others respondents, as long as nothing else is said."""
    columns = (
        Column("姓名或名称", lambda party: party.name, wide=True),
        Column("身份", lambda party: party.role),
        Column("电话", lambda party: party.phone or ""),
    )
    return RecordList("当事人", columns, PARTY, _new_party, watch=party_rules)


_EVIDENCE = (
    Field("name", "证据名称", Text, 3, "请填写证据名称。"),
    Field("kind", "种类", pick(EvidenceKind), 3),
    Field("provider", "提供人", Text, 3),
    Field("pages", "页数", partial(Count, MANY), 3),
)


def _evidence() -> RecordList:
    columns = (
        Column("证据", lambda evidence: evidence.name, wide=True),
        Column("种类", lambda evidence: evidence.kind or ""),
        Column("提供人", lambda evidence: evidence.provider or ""),
    )
    return RecordList("证据", columns, _EVIDENCE, lambda _: Evidence(name=""), keys=("Shift+F6", "Shift+F8"))


SESSION = (
    Field("kind", "记录种类", pick(SessionKind), 2, "请选择记录种类。"),
    Field("started_at", "开始时间", Minute, 2),
    Field("ended_at", "结束时间", Minute, 2),
    Field("place", "地点", Text, 3),
    Field("participants", "参加人（受邀协助的人）", partial(Names, "用顿号隔开"), 3),
    Field("record", "记录", partial(LongText, 9, "告知权利义务、双方陈述、调查核实、调解经过"), 6),
    Field("result", "结果", pick(SessionResult), 2),
    Field("evidence", "证据材料", _evidence, 6),
)


def sessions() -> RecordList:
    """The records of survey and mediation."""
    columns = (
        Column("时间", lambda session: (session.started_at or "").replace("T", " ")),
        Column("种类", lambda session: session.kind),
        Column("地点", lambda session: session.place or "", wide=True),
        Column("结果", lambda session: session.result or ""),
    )
    return RecordList("记录", columns, SESSION, lambda _: Session(kind="调解记录"))


EXTENSION = (
    Field("until", "延长到", Day, 2),
    Field("agreed_on", "同意日期", Day, 2),
    Field("reason", "延期的原因", Text, 6),
)
MEDIATING = (
    Field("sessions", "", sessions, 6),
    Field("extension", "", partial(Record, EXTENSION, Extension(), title="延期调解（双方同意延期的填写）"), 6),
)

OBLIGATION = (
    Field("payer", "谁来履行", Text, 2),
    Field("payee", "向谁履行", Text, 2),
    Field("due_on", "期限", Day, 2),
    Field("amount", "金额", Amount, 3),
    Field("act", "或做什么事", Text, 3),
    Field("method", "方式", partial(Text, "如：现金、转账"), 2),
    Field("repeat", "重复", pick(Repeat), 2),
    Field("until", "重复到", Day, 2),
)


def _obligations() -> RecordList:
    columns = (
        Column("谁", lambda duty: duty.payer or ""),
        Column("向谁", lambda duty: duty.payee or ""),
        Column("金额（元）或事项", lambda duty: readable(duty.amount) if duty.amount is not None else duty.act or "", wide=True),
        Column("期限", lambda duty: str(duty.due_on or "")),
    )
    return RecordList("履行事项", columns, OBLIGATION, lambda _: Obligation(), rows=5)


AGREEMENT = (
    Field("form", "协议形式", pick(AgreementForm), 3),
    Field("signed_on", "签订（达成）日期", Day, 3),
    Field("facts", "纠纷主要事实、争议事项", partial(LongText, 4), 6),
    Field("clauses", "协议条款", Clauses, 6),
    Field("obligations", "履行方式、时限", _obligations, 6),
)
OUTCOME = (
    Field("kind", "结果", pick(OutcomeKind), 3, "请选择结果。"),
    Field("on", "日期", Day, 3),
    Field("reason", "原因", partial(LongText, 2), 6),
    Field("advised", "已告知的其他途径", partial(Names, "如：仲裁、诉讼，用顿号隔开"), 6),
)
RESULT = (
    Field("agreement", "", partial(Record, AGREEMENT, Agreement()), 6),
    Field("outcome", "", partial(Record, OUTCOME, Outcome(kind="调解不成"), title="没有达成协议的，在这里登记", key="kind"), 6),
)

LETTER = (
    Field("kind", "种类", pick(LetterKind), 2, "请选择种类。"),
    Field("to", "主送单位", Text, 4),
    Field("title", "标题", Text, 6),
    Field("matter", "事由", partial(LongText, 3), 6),
    Field("measures", "措施", partial(Lines, 3, "一行写一项"), 6),
    Field("due_on", "办理时限", Day, 2),
    Field("responsible", "责任人", Text, 2),
    Field("signer", "签发人", Text, 2),
    Field("issued_on", "签发日期", Day, 2),
    Field("replies_to", "答复哪份文件", Text, 4),
)


def letters() -> RecordList:
    """The letters 三单一函."""
    columns = (
        Column("种类", lambda letter: letter.kind),
        Column("文号", lambda letter: letter.number or "（签发后编号）"),
        Column("主送单位", lambda letter: letter.to or "", wide=True),
        Column("时限", lambda letter: str(letter.due_on or "")),
    )
    return RecordList("文书", columns, LETTER, lambda _: Letter(kind="任务单"))


VISIT = (
    Field("on", "回访日期", Day, 2),
    Field("method", "方式", pick(VisitMethod), 2),
    Field("party", "回访对象", Text, 2),
    Field("performance", "履行情况", pick(Performance), 2),
    Field("satisfaction", "满意程度", pick(Satisfaction), 2),
    Field("grievance", "积怨", pick(Grievance), 2),
    Field("note", "回访情况", partial(LongText, 3), 6),
)


def visits() -> RecordList:
    """The visits after the agreement."""
    columns = (
        Column("日期", lambda visit: str(visit.on or "")),
        Column("方式", lambda visit: visit.method or ""),
        Column("对象", lambda visit: visit.party or "", wide=True),
        Column("履行", lambda visit: visit.performance or ""),
        Column("满意", lambda visit: visit.satisfaction or ""),
    )
    return RecordList("回访", columns, VISIT, lambda _: Visit())


CONFIRMATION = (
    Field("court", "法院", Text, 3),
    Field("applied_on", "申请日期", Day, 3),
    Field("case_number", "案号", Text, 3),
    Field("result", "结果", pick(ConfirmationResult), 3),
    Field("ruling", "裁定书编号", Text, 3),
    Field("decided_on", "裁定日期", Day, 3),
)
FILING = (
    Field("filed_by", "立卷人", Text, 3),
    Field("filed_on", "立卷日期", Day, 3),
    Field("checked_by", "检查人", Text, 3),
    Field("checked_on", "检查日期", Day, 3),
    Field("retention", "保管期限", pick(Retention), 3),
    Field("place", "存放位置", Text, 3),
    Field("explanation", "卷宗情况说明", partial(LongText, 2), 6),
    Field("remark", "备注", Text, 6),
)
CLOSING = (
    Field("visits", "", visits, 6),
    Field("confirmation", "", partial(Record, CONFIRMATION, Confirmation(), title="司法确认（双方共同申请的填写）"), 6),
    Field("filing", "", partial(Record, FILING, Filing(), title="立卷"), 6),
    Field("closed_on", "归档日期", Day, 2),
)

TABS: tuple[tuple[str, tuple[Field, ...]], ...] = (
    ("受理", INTAKE),
    ("当事人", (Field("parties", "", parties, 6),)),
    ("调解记录", MEDIATING),
    ("协议", RESULT),
    ("三单一函", (Field("letters", "", letters, 6),)),
    ("回访归档", CLOSING),
)
"""The tabs of the case page: their titles and the fields of a case in each."""
