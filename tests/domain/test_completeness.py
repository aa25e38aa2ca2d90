from datetime import date
from typing import Any

import msgspec
import pytest

from desktop.domain.agreement import Agreement, Obligation, Outcome
from desktop.domain.case import Case
from desktop.domain.codes import OutcomeKind, choices
from desktop.domain.completeness import ORDER, cross_checks, missing, required, result, settled_on
from desktop.domain.course_records import Conclusion, Intake, Plan, Routing
from desktop.domain.dossier import Confirmation, Extension, Filing
from desktop.domain.party import Agent
from desktop.domain.session import Evidence, Session
from desktop.domain.visit import Visit
from tests.domain.samples import PATHS, accepted, sample

FRAME = {"卷宗封面", "卷内目录", "封底"}
PEOPLE = {"权利义务告知书", "当事人身份证明"}
SIGNED = date(2026, 1, 20)
MEDIATED = Session(kind="调解记录", started_at="2026-01-20T09:00", result="达成协议")
PAID = Obligation(payer="李四", payee="张三", amount=100, due_on=SIGNED)
WRITTEN = Agreement(form="书面", signed_on=SIGNED, obligations=(PAID,))
ORAL = msgspec.structs.replace(WRITTEN, form="口头")
PERFORMED = Visit(on=date(2026, 2, 1), performance="全部履行")


def case(**fields: Any) -> Case:
    return accepted(**{"type": "合同", "source": "当事人申请", "number": "〔2026〕关上人调字第1号", "mediators": ("段文清",)} | fields)


def ended(kind: OutcomeKind, **fields: Any) -> Case:
    return case(outcome=Outcome(kind=kind, on=date(2026, 1, 22)), **fields)


def names(dispute: Case) -> set[str]:
    return {paper.name for paper in required(dispute)}


RESULTS = {
    "open": (case(), {"申请书"} | PEOPLE),
    "written": (case(agreement=WRITTEN, sessions=(MEDIATED,)), {"申请书", "调解记录", "调解协议书"} | PEOPLE),
    "written, not yet signed": (case(agreement=Agreement(form="书面")), {"申请书", "调解记录", "调解协议书"} | PEOPLE),
    "oral": (case(agreement=ORAL, sessions=(MEDIATED,)), {"申请书", "调解记录", "口头协议登记表"} | PEOPLE),
    "failed": (ended("调解不成"), {"申请书", "调解记录", "终止调解告知书"} | PEOPLE),
    "failed with a draft left": (ended("调解不成", agreement=Agreement()), {"申请书", "调解记录", "终止调解告知书"} | PEOPLE),
    "withdrawn before a meeting": (ended("撤回"), {"申请书", "终止调解告知书"} | PEOPLE),
    "withdrawn": (ended("撤回", sessions=(MEDIATED,)), {"申请书", "调解记录", "终止调解告知书"} | PEOPLE),
    "declined": (ended("不予受理"), {"申请书", "不予受理通知书"}),
    "declined on its own initiative": (ended("不予受理", source="主动调解"), {"不予受理通知书"}),
    "shown another way and not ended": (case(source="主动调解", intake=Intake(decision="引导", guided_to=("诉讼",))), set(PEOPLE)),
    "referred": (ended("移送"), {"申请书", "委托移送函"}),
    "referred after a meeting": (ended("移送", sessions=(MEDIATED,)), {"申请书", "调解记录", "委托移送函"} | PEOPLE),
    "stabilised": (ended("稳控", sessions=(MEDIATED,)), {"申请书", "调解记录", "卷宗情况说明"} | PEOPLE),
}


@pytest.mark.parametrize(("dispute", "papers"), RESULTS.values(), ids=RESULTS)
def test_papers_by_result(dispute: Case, papers: set[str]) -> None:
    assert names(dispute) == FRAME | papers


def with_agent() -> Case:
    plain = case()
    return msgspec.structs.replace(plain, parties=(msgspec.structs.replace(plain.parties[0], agent=Agent(name="何敏")), plain.parties[1]))


CALLED_FOR = {
    "agent": (with_agent(), {"授权委托书"}),
    "survey": (case(sessions=(Session(kind="调查记录"),)), {"调查记录"}),
    "evidence": (case(sessions=(Session(kind="调查记录", evidence=(Evidence(name="收条"),)),)), {"调查记录", "证据材料"}),
    "extension": (case(extension=Extension(until=date(2026, 3, 1))), {"延期调解同意书"}),
    "explanation": (case(filing=Filing(explanation="缺一页")), {"卷宗情况说明"}),
    "planned": (case(plan=Plan(leader="王建军")), {"一案一策"}),
    "a plan without a word": (case(plan=Plan()), set[str]()),
    "reported up": (case(routings=(Routing(kind="分流"), Routing(kind="上报"))), {"上报函"}),
    "handed over by the police": (case(source="公安机关委托移送"), {"受理登记表", "委托移送函"}),
    "own initiative": (case(source="主动调解"), {"受理登记表"}),
    "paid": (case(agreement=WRITTEN, visits=(PERFORMED,)), {"调解记录", "调解协议书", "履行凭证", "回访记录"}),
    "not yet paid": (case(agreement=WRITTEN, visits=(Visit(performance="未到期"),)), {"调解记录", "调解协议书", "回访记录"}),
    "an act performed": (
        case(agreement=msgspec.structs.replace(WRITTEN, obligations=(Obligation(act="修门"),)), visits=(PERFORMED,)),
        {"调解记录", "调解协议书", "回访记录"},
    ),
    "neighbours are visited": (case(type="邻里", agreement=WRITTEN), {"调解记录", "调解协议书", "回访记录"}),
    "risks are visited": (case(risk="高", agreement=ORAL), {"调解记录", "口头协议登记表", "回访记录"}),
    "before the court": (
        case(agreement=WRITTEN, confirmation=Confirmation(court="某法院")),
        {"调解记录", "调解协议书", "司法确认申请书", "送达地址确认书"},
    ),
    "answer to those who handed over": (
        case(source="法院委托移送", agreement=WRITTEN),
        {"受理登记表", "委托移送函", "回复函", "调解记录", "调解协议书"},
    ),
}


@pytest.mark.parametrize(("dispute", "papers"), CALLED_FOR.values(), ids=CALLED_FOR)
def test_papers_that_the_case_calls_for(dispute: Case, papers: set[str]) -> None:
    assert names(dispute) - FRAME - PEOPLE - {"申请书"} == papers


def test_papers_come_in_the_order_of_the_dossier_with_their_reasons() -> None:
    for dispute, _ in (*RESULTS.values(), *CALLED_FOR.values()):
        papers = required(dispute)
        places = [ORDER.index(paper.name) for paper in papers]
        assert places == sorted(set(places))
        assert all(paper.why.endswith("。") and paper.source for paper in papers)


def test_what_is_missing() -> None:
    dispute = case(agreement=WRITTEN, sessions=(MEDIATED,))
    present = {"卷宗封面", "卷内目录", "封底", "受理登记表", "权利义务告知书", "调解记录", "照片"}
    assert [paper.name for paper in missing(dispute, present)] == ["当事人身份证明", "调解协议书"]
    assert missing(dispute, names(dispute)) == []
    assert list(required(dispute)) == missing(dispute, ())


def test_an_application_may_be_oral_but_one_of_the_two_papers_is_needed() -> None:
    assert [paper.words for paper in missing(case(), FRAME | PEOPLE)] == ["申请书（或者受理登记表）"]
    assert missing(case(source=None), FRAME | PEOPLE | {"申请书"}) == []


@pytest.mark.parametrize("kind", choices(OutcomeKind))
def test_every_outcome_has_its_result(kind: OutcomeKind) -> None:
    assert result(ended(kind)) == kind
    assert result(ended(kind, agreement=WRITTEN)) == "书面协议"


@pytest.mark.parametrize(
    ("number", "papers"),
    [
        ("01", {"申请书", "授权委托书", "调查记录", "调解协议书", "履行凭证", "回访记录"}),
        ("02", {"受理登记表", "委托移送函", "调解协议书", "履行凭证", "回访记录", "回复函"}),
        ("03", {"受理登记表", "调查记录", "证据材料", "调解协议书", "回访记录"}),
        ("04", {"受理登记表", "口头协议登记表", "回访记录"}),
        ("05", {"受理登记表", "调解协议书", "履行凭证", "回访记录"}),
    ],
)
def test_papers_of_the_samples(number: str, papers: set[str]) -> None:
    assert names(sample(number)) == FRAME | PEOPLE | {"调解记录"} | papers


@pytest.mark.parametrize("number", PATHS)
def test_the_samples_do_not_contradict_themselves(number: str) -> None:
    assert cross_checks(sample(number)) == []


def test_when_a_dispute_is_settled() -> None:
    assert settled_on(case()) is None
    assert settled_on(ended("撤回")) is None
    assert settled_on(ended("稳控", conclusion=Conclusion(on=date(2026, 3, 1)))) == date(2026, 3, 1)
    paid = case(agreement=WRITTEN, visits=(Visit(on=SIGNED, performance="未履行"), PERFORMED))
    assert settled_on(paid) is None
    assert settled_on(msgspec.structs.replace(paid, conclusion=Conclusion(on=date(2026, 3, 1)))) == date(2026, 3, 1)


def test_when_what_was_filed_without_a_conclusion_is_settled() -> None:
    filed = {"closed_on": date(2026, 3, 2)}
    assert settled_on(case(agreement=WRITTEN, visits=(Visit(on=SIGNED, performance="未履行"), PERFORMED), **filed)) == PERFORMED.on
    assert settled_on(case(agreement=WRITTEN, **filed)) is None
    assert settled_on(ended("撤回", **filed)) == date(2026, 1, 22)


DONE = case(agreement=WRITTEN, sessions=(MEDIATED,), visits=(PERFORMED,))
FILED = Filing(filed_on=date(2026, 2, 3), checked_on=date(2026, 2, 4))


def done(**fields: Any) -> Case:
    return msgspec.structs.replace(DONE, **{"filing": FILED, "closed_on": date(2026, 2, 5)} | fields)


HARMONY = {
    "filed": done(),
    "failed": ended("调解不成", sessions=(Session(kind="调解记录", result="未达成协议"),)),
    "not yet filed": case(number=None),
    "signed the day after": done(sessions=(msgspec.structs.replace(MEDIATED, started_at="2026-01-19T09:00"),)),
    "survey after the mediation": done(sessions=(MEDIATED, Session(kind="调查记录"))),
}


@pytest.mark.parametrize("dispute", HARMONY.values(), ids=HARMONY)
def test_papers_that_say_the_same(dispute: Case) -> None:
    assert cross_checks(dispute) == []


CONTRADICTIONS = {
    "no number": (done(number=None), "number"),
    "number of another year": (done(number="〔2025〕关上人调字第1号"), "registered_on"),
    "no mediator": (done(mediators=()), "mediators"),
    "mediated before acceptance": (done(registered_on=date(2026, 1, 21)), "registered_on"),
    "record says no": (done(sessions=(msgspec.structs.replace(MEDIATED, result="择期再调"),)), "sessions[0].result"),
    "record says yes": (ended("调解不成", sessions=(MEDIATED,)), "sessions[0].result"),
    "signed before the meeting": (
        done(sessions=(msgspec.structs.replace(MEDIATED, started_at="2026-01-21T09:00"),)),
        "agreement.signed_on",
    ),
    "closed without end": (done(visits=()), "visits"),
    "closed before the end": (done(closed_on=date(2026, 1, 31), filing=None), "closed_on"),
    "ended before acceptance": (case(outcome=Outcome(kind="撤回", on=date(2026, 1, 4))), "outcome.on"),
    "no filing date": (done(filing=Filing()), "filing.filed_on"),
    "filed before the end": (done(filing=Filing(filed_on=date(2026, 1, 31))), "filing.filed_on"),
    "checked before it was filed": (done(filing=Filing(filed_on=date(2026, 2, 3), checked_on=date(2026, 2, 2))), "filing.checked_on"),
    "filed after it was closed": (done(filing=Filing(filed_on=date(2026, 2, 6))), "filing.filed_on"),
}


@pytest.mark.parametrize(("dispute", "path"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_papers_that_would_contradict_each_other(dispute: Case, path: str) -> None:
    (finding,) = cross_checks(dispute)
    assert (finding.path, finding.grave) == (path, False)
    assert finding.message.endswith("。")
    assert finding.source
