"""Which papers the dossier of a dispute must hold, which are missing, and whether its papers say the same (domain.md 3.0, 3.17)."""

import re
from collections.abc import Collection, Iterator
from datetime import date
from typing import Literal

import msgspec

from desktop.domain.case import Case
from desktop.domain.codes import OutcomeKind
from desktop.domain.course_records import Plan
from desktop.domain.finding import Finding
from desktop.domain.moment import parse_moment
from desktop.domain.standing import is_turned_away

ORDER = (
    "卷宗封面",
    "卷内目录",
    "申请书",
    "受理登记表",
    "委托移送函",
    "受理通知书",
    "不予受理通知书",
    "一案一策",
    "权利义务告知书",
    "当事人身份证明",
    "授权委托书",
    "邀请函",
    "调查记录",
    "专家咨询申请书",
    "证据材料",
    "延期调解同意书",
    "调解记录",
    "调解协议书",
    "口头协议登记表",
    "终止调解告知书",
    "履行凭证",
    "回访记录",
    "司法确认申请书",
    "送达地址确认书",
    "回复函",
    "上报函",
    "卷宗情况说明",
    "结案报告表",
    "封底",
)
"""The papers of a dossier in the order in which it is bound: the ministry's list, the local and procedural papers where they arose."""

Result = Literal["书面协议", "口头协议", "调解不成", "撤回", "不予受理", "稳控", "移送", "未结"]
"""What the required papers depend on: the form of the agreement, else the outcome, else 未结."""

Necessity = Literal["必须", "按需"]
"""As in the ministry's list: always, or because something in this case calls for it."""


class Requirement(msgspec.Struct, frozen=True):
    """A paper that the dossier must hold: its name, why (one Chinese sentence), the rule, and a paper that may stand in its place."""

    name: str
    why: str
    source: str
    necessity: Necessity = "必须"
    instead: str | None = None

    @property
    def words(self) -> str:
        """The name as a list of missing papers shows it: `申请书（或者受理登记表）`."""
        return f"{self.name}（或者{self.instead}）" if self.instead else self.name


_LIST = "司法部人民调解文书格式（司发通〔2010〕239号）卷宗文书顺序"
_THREE_KINDS = frozenset({"婚姻家庭", "邻里"})
"""三类事, marriage, family and neighbours: visited after the agreement (domain.md 2.6)."""


def result(case: Case) -> Result:
    """How the dispute ended, as far as the papers depend on it. A signed agreement goes before an outcome, an unsigned one after."""
    agreement = case.agreement
    if agreement and (agreement.signed_on or not case.outcome):
        return "口头协议" if agreement.form == "口头" else "书面协议"
    return case.outcome.kind if case.outcome else "未结"


def required(case: Case) -> tuple[Requirement, ...]:
    """The papers that the dossier must hold as the case stands, in the order of `ORDER`."""
    parts = (_always(case), _of_taking(case), _of_people(case), _of_mediating(case), _of_result(case), _after(case))
    papers = {paper.name: paper for part in parts for paper in part}
    return tuple(papers[name] for name in ORDER if name in papers)


def missing(case: Case, present: Collection[str]) -> list[Requirement]:
    """The required papers that are not among the names of those present (printed forms and attachments), in their order."""
    return [paper for paper in required(case) if paper.name not in present and paper.instead not in present]


def _always(case: Case) -> Iterator[Requirement]:
    yield Requirement("卷宗封面", "每件卷宗都要有封面，写明卷名、卷号。", _LIST)
    yield Requirement("卷内目录", "每件卷宗都要有目录，写明文书名称和页号。", _LIST)
    yield Requirement("封底", "每件卷宗都要有封底。", _LIST)
    if case.filing and case.filing.explanation:
        yield Requirement("卷宗情况说明", "立卷时登记了需要说明的情况。", _LIST, "按需")


def _of_taking(case: Case) -> Iterator[Requirement]:
    """How the dispute came in.

    The register says that the parties consented to be mediated, which is not so where the dispute was declined: the notice of the
    refusal stands in its place (domain.md 3.4, 3.18).
    """
    declined = result(case) == "不予受理" or (result(case) == "未结" and is_turned_away(case))
    if declined and case.source == "当事人申请":
        why = "当事人书面申请的，应有申请书；口头申请的，以不予受理通知书为准。"
        yield Requirement("申请书", why, f"人民调解法第十七条；{_LIST}", instead="不予受理通知书")
    elif declined:
        pass
    elif case.source == "当事人申请":
        why = "当事人申请的，应有申请书；口头申请的，填写受理登记表。"
        yield Requirement("申请书", why, f"人民调解法第十七条；{_LIST}", instead="受理登记表")
    else:
        why = "不是当事人书面申请的，应填写受理登记表。"
        yield Requirement("受理登记表", why, f"人民调解法第十七条；{_LIST}", instead="申请书")
    if case.plan and case.plan != Plan():
        yield Requirement("一案一策", "制定了一案一策，方案和专班应当入卷。", "高风险一人一案、领导包抓", "按需")
    if any(one.kind == "上报" for one in case.routings):
        yield Requirement("上报函", "向上级作了上报，应有上报函。", "跨区域、跨部门纠纷上报要求", "按需")
    if case.source and case.source.endswith("委托移送"):
        yield Requirement("委托移送函", f"案件来源是{case.source}，应附委托（移送）单位的函。", "委托移送衔接要求", "按需")
        if result(case) not in ("未结", "稳控"):
            yield Requirement("回复函", f"案件来源是{case.source}，办理结果应回复委托（移送）单位。", "委托移送衔接要求", "按需")


def _of_people(case: Case) -> Iterator[Requirement]:
    if result(case) in ("不予受理", "移送") and not case.sessions:
        return
    yield Requirement("权利义务告知书", "调解前应告知当事人的权利和义务。", f"人民调解法第二十三条、第二十四条；{_LIST}")
    yield Requirement("当事人身份证明", "卷宗应有各方当事人的身份证明。", _LIST)
    if agents := [party.agent.name for party in case.parties if party.agent]:
        yield Requirement("授权委托书", f"{'、'.join(agents)}代理当事人，应有授权委托书。", f"民法典第一百六十五条；{_LIST}", "按需")


def _of_mediating(case: Case) -> Iterator[Requirement]:
    kinds = {session.kind for session in case.sessions}
    if "调查记录" in kinds:
        yield Requirement("调查记录", "登记了调查，应有调查记录。", _LIST, "按需")
    if any(session.evidence for session in case.sessions):
        yield Requirement("证据材料", "登记了证据，应附证据材料。", _LIST, "按需")
    if case.extension:
        yield Requirement("延期调解同意书", "延长了调解期限，应有双方同意的书面材料。", "司法部令第75号第三十三条", "按需")
    if "调解记录" in kinds or result(case) in ("书面协议", "口头协议", "调解不成"):
        yield Requirement("调解记录", "进行了调解，应有调解记录。", f"人民调解法第二十七条；{_LIST}")


_PAPER_OF: dict[Result | OutcomeKind, Requirement] = {
    "书面协议": Requirement("调解协议书", "达成了书面协议。", f"人民调解法第二十八条、第二十九条；{_LIST}"),
    "口头协议": Requirement("口头协议登记表", "达成了口头协议，调解员应当记录协议内容。", f"人民调解法第二十八条；{_LIST}"),
    "调解不成": Requirement("终止调解告知书", "调解不成，应终止调解并告知其他途径。", "人民调解法第二十六条"),
    "撤回": Requirement("终止调解告知书", "当事人撤回，应终止调解并告知其他途径。", "人民调解法第二十三条、第二十六条"),
    "不予受理": Requirement("不予受理通知书", "决定不予受理，应书面通知并说明理由。", "司法部令第75号第二十二条"),
    "移送": Requirement("委托移送函", "移送了其他单位，应有移送函。", "委托移送衔接要求"),
    "稳控": Requirement("卷宗情况说明", "没有达成协议也没有终止调解，应说明稳控措施和责任人。", "卷宗情况说明填写要求"),
}


def _of_result(case: Case) -> Iterator[Requirement]:
    if paper := _PAPER_OF.get(result(case)):
        yield paper


def _after(case: Case) -> Iterator[Requirement]:
    """What follows an agreement: performance, visits, the court."""
    agreement = case.agreement
    if agreement is None or result(case) not in ("书面协议", "口头协议"):
        return
    paid = any(visit.performance in ("全部履行", "部分履行") for visit in case.visits)
    if paid and any(obligation.amount for obligation in agreement.obligations):
        yield Requirement("履行凭证", "已经付款，应附收条或者汇款单等凭证。", _LIST, "按需")
    if agreement.signed_on and (case.visits or case.type in _THREE_KINDS or case.risk in ("中", "高")):
        why = "已经回访，应有回访记录。" if case.visits else "婚恋、家庭、邻里纠纷和中、高风险纠纷达成协议后应当回访。"
        yield Requirement("回访记录", why, f"人民调解法第三十一条、跟踪回访制度；{_LIST}", "按需")
    if case.confirmation:
        for name in ("司法确认申请书", "送达地址确认书"):
            yield Requirement(name, "申请了司法确认。", "人民调解法第三十三条", "按需")


def settled_on(case: Case) -> date | None:
    """结案时间: the day on which the dispute was concluded (domain.md 3.17); None as long as it was not.

    A dossier that was filed without a conclusion on record (it came from elsewhere) has the day on which everything was performed or
    the end without an agreement was entered.
    """
    if case.conclusion and case.conclusion.on:
        return case.conclusion.on
    return _ended_on(case) if case.closed_on else None


def _ended_on(case: Case) -> date | None:
    """The day of the visit that found all performed, or of the outcome without an agreement."""
    if result(case) in ("书面协议", "口头协议"):
        return next((visit.on for visit in reversed(case.visits) if visit.performance == "全部履行"), None)
    return case.outcome.on if case.outcome else None


_CROSS = "结案报告表填写要求（与卷宗各表一致）"
_YEAR = re.compile("〔([0-9]{4})〕")


def cross_checks(case: Case) -> list[Finding]:
    """Where papers of one dossier would contradict each other or stay empty.

    The report names the number of the cover, the filing date, the mediators and the day of acceptance; since all papers print the
    same values they differ only where the case itself is incomplete or contradicts itself. What belongs to filing is looked at when
    the dossier is put together.
    """
    return [*_of_number(case), *_of_handling(case), *_of_results(case), *_of_closing(case), *_of_filing(case)]


def _of_number(case: Case) -> Iterator[Finding]:
    """卷号 is given at acceptance: cover, report, agreement."""
    year = _YEAR.search(case.number or "")
    if case.number is None and (case.filing or case.closed_on):
        yield Finding("number", "还没有卷号，封面、结案报告表和协议书上会空着，请先保存登记取得编号。", _CROSS)
    elif year and int(year[1]) != case.registered_on.year:
        yield Finding("registered_on", f"卷号{case.number}的年份与受理时间不是同一年，请核对受理时间。", _CROSS)


def _of_handling(case: Case) -> Iterator[Finding]:
    """承办人 is the mediator of the cover, who signs the records too."""
    if not case.mediators and case.sessions:
        yield Finding("mediators", "已经调解但没有登记调解员，封面的调解员和结案报告表的承办人会空着，请登记。", _CROSS)
    days = [parse_moment(session.started_at).date() for session in case.sessions if session.started_at]
    if days and min(days) < case.registered_on:
        yield Finding("registered_on", "受理时间晚于第一次调查、调解，与受理登记表和结案报告表不符，请核对。", _CROSS)


def _of_results(case: Case) -> Iterator[Finding]:
    """The last record of mediation against the agreement or the outcome."""
    records = [(index, session) for index, session in enumerate(case.sessions) if session.kind == "调解记录" and session.result]
    if not records:
        return
    index, last = records[-1]
    path, agreed, signed_on = f"sessions[{index}].result", last.result == "达成协议", case.agreement.signed_on if case.agreement else None
    if signed_on and not agreed:
        yield Finding(path, f"最后一次调解记录的结果是“{last.result}”，与签订的协议不符，请核对。", "调解记录填写要求")
    if agreed and result(case) in ("调解不成", "不予受理"):
        yield Finding(path, f"最后一次调解记录的结果是“达成协议”，与登记的“{result(case)}”不符，请核对。", "调解记录填写要求")
    if agreed and signed_on and last.started_at and signed_on < parse_moment(last.started_at).date():
        yield Finding("agreement.signed_on", "协议日期早于达成协议的那次调解，与封面的调解日期不符，请核对。", "卷宗封面填写要求")


def _of_closing(case: Case) -> Iterator[Finding]:
    """结案时间 of the report against acceptance and filing."""
    settled = settled_on(case)
    if case.closed_on and settled is None:
        yield Finding("visits", "已经归档但没有结案时间，请登记结案，或者登记全部履行的回访、处理结果的日期。", _CROSS)
    if case.closed_on and settled and case.closed_on < settled:
        yield Finding("closed_on", "归档日期早于结案时间，请核对。", _CROSS)
    if case.outcome and case.outcome.on and case.outcome.on < case.registered_on:
        yield Finding("outcome.on", "处理结果的日期早于受理时间，请核对。", _CROSS)


def _of_filing(case: Case) -> Iterator[Finding]:
    """填表时间 of the report is 立卷日期 of the cover: nothing in the dossier may be later."""
    filing = case.filing
    if filing is None:
        return
    if filing.filed_on is None:
        yield Finding("filing.filed_on", "立卷日期没有填写，封面和结案报告表的填表时间会空着，请补充。", _CROSS)
        return
    signed = case.agreement.signed_on if case.agreement else None
    outcome = case.outcome.on if case.outcome else None
    days = [day for day in (case.registered_on, signed, outcome, _ended_on(case)) if day]
    if filing.filed_on < max(days):
        yield Finding("filing.filed_on", "立卷日期早于协议、处理结果或者履行完毕的日期，请核对。", _CROSS)
    if filing.checked_on and filing.checked_on < filing.filed_on:
        yield Finding("filing.checked_on", "检查日期早于立卷日期，请核对。", "卷宗情况说明填写要求")
    if case.closed_on and filing.filed_on > case.closed_on:
        yield Finding("filing.filed_on", "立卷日期晚于归档日期，请核对。", _CROSS)
