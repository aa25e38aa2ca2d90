from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.agreement import Agreement, Clause, Obligation
from desktop.domain.agreement_check import findings
from desktop.domain.case import Case
from desktop.domain.checks import doubts
from desktop.domain.codes import Performance
from desktop.domain.deadline import weekdays_only
from desktop.domain.dossier import Confirmation
from desktop.domain.finding import Finding
from desktop.domain.party import Agent, LegalRepresentative, Party
from desktop.domain.visit import Visit
from tests.domain.samples import PATHS, TODAY, accepted, sample

SIGNED = date(2026, 1, 20)
ZHANG = Party(
    role="申请人", kind="自然人", name="张三", sex="男", ethnic="汉族", born_on=date(1980, 5, 1), phone="13900000001", address="某村1号"
)
LI = msgspec.structs.replace(ZHANG, role="被申请人", name="李四", address="某村2号")
COMPANY = Party(
    role="被申请人",
    kind="组织",
    name="平等和顺公司",
    phone="13900000002",
    address="某路3号",
    legal_representative=LegalRepresentative(name="王五"),
)
PAYS = Obligation(payer="李四", payee="张三", amount=300000, due_on=date(2026, 2, 28))
AGREEMENT = Agreement(
    form="书面", facts="李四打坏张三的门。", clauses=(Clause(text="李四于2026年2月28日前赔偿张三3000元。"),), obligations=(PAYS,)
)


def agreed(parties: tuple[Party, ...] = (ZHANG, LI), **fields: Any) -> Case:
    """A faultless agreement, not yet signed; `fields` replace those of the agreement."""
    return accepted(parties=parties, mediators=("段文清",), agreement=msgspec.structs.replace(AGREEMENT, **fields))


def found(case: Case, today: date = SIGNED) -> list[Finding]:
    return findings(case, today, weekdays_only)


def paths(case: Case, today: date = SIGNED) -> list[str]:
    return [finding.path for finding in found(case, today)]


def party(**fields: Any) -> Case:
    return agreed((msgspec.structs.replace(ZHANG, **fields), LI))


def owing(**fields: Any) -> Case:
    return agreed(obligations=(msgspec.structs.replace(PAYS, **fields),))


def saying(text: str) -> Case:
    return agreed(clauses=(*AGREEMENT.clauses, Clause(text=text)))


AGENT = Agent(name="何敏", authority=("代为承认、变更和放弃调解请求", "代为参加调解，签署调解文书"))
CHILD = date(2018, 1, 21)

FAULTLESS = {
    "both parties complete": agreed(),
    "birth known from the ID number": party(born_on=None, id_number="530199197906120037"),
    "organisation": agreed((ZHANG, COMPANY), obligations=(msgspec.structs.replace(PAYS, payer="平等和顺公司"),)),
    "agent with both powers": party(agent=AGENT),
    "agent by the forms' numbers": party(agent=Agent(name="何敏", authority=("④", "⑤"))),
    "agent 特别授权": party(agent=Agent(name="何敏", authority=("特别授权",))),
    "minor with guardian": party(born_on=CHILD, guardian="张父"),
    "eighteen on the day": party(born_on=date(2008, 1, 20)),
    "paid to the guardian": agreed((msgspec.structs.replace(ZHANG, born_on=CHILD, guardian="父亲张大山"), LI), obligations=(PAYS,)),
    "all applicants": owing(payee="全体申请人（名单见当事人）"),
    "role and name": owing(payer="被申请人李四"),
    "an act owed to nobody": agreed(obligations=(PAYS, Obligation(payer="李四", act="修门", due_on=SIGNED))),
    "through the committee": owing(payee="张三", method="交调委会转交张三"),
    "nothing to perform": agreed(clauses=(Clause(text="双方和好，今后互相尊重。"),), obligations=()),
}


@pytest.mark.parametrize("case", FAULTLESS.values(), ids=FAULTLESS)
def test_what_is_in_order_is_left_alone(case: Case) -> None:
    assert found(case) == []


@dataclass(frozen=True)
class Fault:
    case: Case
    path: str
    part: str
    grave: bool = field(default=False, kw_only=True)


FAULTS = {
    "no respondent": Fault(agreed((ZHANG, msgspec.structs.replace(LI, role="第三人"))), "parties", "还没有被申请人"),
    "no name": Fault(agreed((ZHANG, LI, msgspec.structs.replace(LI, name=" "))), "parties[2].name", "姓名没有填写"),
    "no phone": Fault(party(phone=None), "parties[0].phone", "联系方式没有填写"),
    "several": Fault(party(phone=None, address=None), "parties[0].phone", "联系方式、单位或住址没有填写"),
    "organisation without representative": Fault(
        agreed((ZHANG, LI, msgspec.structs.replace(COMPANY, legal_representative=None))),
        "parties[2].legal_representative",
        "法定代表人没有填写",
    ),
    "minor": Fault(party(born_on=date(2008, 1, 21)), "parties[0].guardian", "未满18周岁"),
    "small child": Fault(party(born_on=CHILD), "parties[0].guardian", "协议无效", grave=True),
    "child by ID number": Fault(party(born_on=None, id_number="53019920180121003X"), "parties[0].guardian", "协议无效", grave=True),
    "agent who may only appear": Fault(
        party(agent=Agent(name="何敏", authority=("代为参加调解，签署调解文书",))), "parties[0].agent.authority", "何敏没有登记特别授权"
    ),
    "agent who may not sign": Fault(
        party(agent=Agent(name="何敏", authority=("代为承认、变更和放弃调解请求",))), "parties[0].agent.authority", "特别授权"
    ),
    "no mediator": Fault(msgspec.structs.replace(agreed(), mediators=()), "mediators", "调解员"),
    "no facts": Fault(agreed(facts=" "), "agreement.facts", "主要事实"),
    "no clauses": Fault(agreed(clauses=(), obligations=()), "agreement.clauses", "没有条款"),
    "empty clause": Fault(saying(" "), "agreement.clauses[1]", "这一条是空的"),
    "performance not entered": Fault(
        agreed(clauses=(Clause(text="李四修复张三的门。"),), obligations=()), "agreement.obligations", "没有登记履行事项"
    ),
    "payment not entered": Fault(agreed(obligations=()), "agreement.clauses[0]", "没有登记对应的履行事项"),
    "no date": Fault(owing(due_on=None), "agreement.obligations[0].due_on", "没有写明期限"),
    "no payer": Fault(owing(payer=None), "agreement.obligations[0].payer", "由谁履行"),
    "no payee": Fault(owing(payee=None), "agreement.obligations[0].payee", "付给谁"),
    "pays himself": Fault(owing(payee="李四"), "agreement.obligations[0].payee", "都是“李四”"),
    "stranger": Fault(owing(payer="李四、赵六"), "agreement.obligations[0].payer", "“李四、赵六”不在当事人中"),
    "name like a party's": Fault(owing(payer="李四光"), "agreement.obligations[0].payer", "“李四光”"),
    "role that nobody has": Fault(owing(payee="全体第三人"), "agreement.obligations[0].payee", "全体第三人"),
    "payment to the committee": Fault(owing(payee="镇调委会"), "agreement.obligations[0].payee", "不收取任何费用", grave=True),
    "sum": Fault(owing(amount=250000), "agreement.obligations", "对不上"),
    "forbidden in a clause": Fault(saying("申请人不得起诉。"), "agreement.clauses[1]", "不得起诉", grave=True),
    "forbidden in a method": Fault(owing(method="另付调解费"), "agreement.obligations[0].method", "调解费", grave=True),
    "unclear date": Fault(saying("李四尽快修门。"), "agreement.clauses[1]", "尽快"),
    "date that does not exist": Fault(saying("李四于2026年2月29日前修门。"), "agreement.clauses[1]", "不存在"),
    "wrong word": Fault(saying("双方签定本协议。"), "agreement.clauses[1]", "“签订”"),
    "wrong word in the facts": Fault(agreed(facts="欠帐未还。"), "agreement.facts", "“账”"),
    "both deposits": Fault(saying("张三已收订金、定金。"), "agreement.clauses", "请统一"),
    "not to be taken": Fault(msgspec.structs.replace(agreed(), summary="一方被打成轻伤。"), "summary", "刑事案件"),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_each_fault_is_found_once_and_nothing_else(fault: Fault) -> None:
    (finding,) = found(fault.case)
    assert (finding.path, finding.grave) == (fault.path, fault.grave)
    assert fault.part in finding.message
    assert finding.message.endswith("。")
    assert finding.source


def signed(performance: Performance | None = None, applied_on: date | None = None, **fields: Any) -> Case:
    visits = (Visit(on=SIGNED, performance=performance),) if performance else ()
    confirmation = Confirmation(applied_on=applied_on) if applied_on else None
    return msgspec.structs.replace(agreed(signed_on=SIGNED), visits=visits, confirmation=confirmation, **fields)


@pytest.mark.parametrize(
    ("case", "today", "part"),
    [
        (signed(), SIGNED, "2026年2月19日共同申请（还有30天）"),
        (signed("部分履行"), date(2026, 2, 19), "就是今天"),
        (signed("未履行"), date(2026, 2, 20), "期限2026年2月19日已过"),
        (signed(applied_on=date(2026, 2, 20)), TODAY, "晚于期限2026年2月19日"),
    ],
)
def test_the_window_for_the_court(case: Case, today: date, part: str) -> None:
    (finding,) = found(case, today)
    assert (finding.path, finding.grave) == ("confirmation.applied_on", False)
    assert part in finding.message


@pytest.mark.parametrize(
    "case",
    [
        signed("全部履行"),
        signed(applied_on=date(2026, 2, 19)),
        signed(closed_on=date(2026, 2, 1)),
        msgspec.structs.replace(signed(), agreement=msgspec.structs.replace(AGREEMENT, signed_on=SIGNED, form="口头")),
    ],
)
def test_no_window_is_named_where_none_is_needed(case: Case) -> None:
    assert found(case, TODAY) == []


def test_the_last_day_follows_the_given_calendar() -> None:
    (finding,) = findings(signed(), SIGNED, lambda day: day.day == 5)
    assert "最迟2026年3月5日" in finding.message


def test_without_an_agreement_only_what_may_be_taken_is_looked_at() -> None:
    assert found(accepted()) == []
    assert paths(accepted(summary="已向法院起诉")) == ["summary"]


@pytest.mark.parametrize("number", PATHS)
@pytest.mark.parametrize("days", [0, 29, 365])
def test_the_samples_are_in_order(number: str, days: int) -> None:
    """All were performed, and the fourth is an oral agreement: not one false alarm."""
    case = sample(number)
    assert case.agreement is not None
    assert case.agreement.signed_on is not None
    assert found(case, case.agreement.signed_on + timedelta(days)) == []


def test_a_sample_before_its_visit_names_the_window_alone() -> None:
    case = msgspec.structs.replace(sample("05"), visits=())
    assert [(finding.path, "2024年6月12日" in finding.message) for finding in found(case, date(2024, 5, 14))] == [
        ("confirmation.applied_on", True)
    ]


@given(st.lists(st.text(max_size=30), max_size=4), st.text(max_size=10), st.integers(0, 10**14))
def test_any_text_is_looked_at(texts: list[str], name: str, fen: int) -> None:
    obligation = Obligation(payer=name, payee=name, amount=fen, act=name, method=name)
    case = agreed((msgspec.structs.replace(ZHANG, name=name), LI), clauses=tuple(Clause(text=t) for t in texts), obligations=(obligation,))
    answer = found(case)
    assert len(set(answer)) == len(answer)
    assert answer == found(case)
    assert all(finding.message.endswith("。") and finding.source for finding in answer)


def test_jumps_lead_where_the_checks_of_the_case_lead() -> None:
    case = owing(due_on=None)
    assert {doubt.path for doubt in doubts(case, SIGNED)} >= set(paths(case))
