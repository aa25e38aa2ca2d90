"""Which papers belong to a dispute, by how it ended."""

from datetime import date
from typing import Any

import msgspec
import pytest

from desktop.documents.forms import shipped
from desktop.documents.occasion import has_happened, kinds_for, required_for, result_of
from desktop.documents.paper import NotYetError, kinds, render
from desktop.domain.agreement import Agreement, Outcome
from desktop.domain.case import Case
from desktop.domain.dossier import Confirmation, Extension
from desktop.domain.office import Office
from desktop.domain.party import Agent
from desktop.domain.session import Evidence, Session
from desktop.domain.visit import Visit

ALWAYS = ["卷宗封面", "卷内目录", "申请书", "受理登记表"]
MEDIATED = ["权利义务告知书", "当事人身份证明"]


@pytest.fixture
def open_case(bare_case: Case) -> Case:
    return msgspec.structs.replace(bare_case, letters=())


def names(case: Case) -> list[str]:
    return [form.name for form, _ in kinds_for(case)]


@pytest.mark.parametrize(
    ("changes", "result", "required"),
    [
        ({}, None, []),
        ({"agreement": Agreement(form="书面", signed_on=date(2025, 2, 1))}, "书面", [*ALWAYS, *MEDIATED, "调解记录", "调解协议书", "封底"]),
        ({"agreement": Agreement(form="口头")}, "口头", [*ALWAYS, *MEDIATED, "调解记录", "口头协议登记表", "封底"]),
        ({"agreement": Agreement()}, "书面", [*ALWAYS, *MEDIATED, "调解记录", "调解协议书", "封底"]),
        ({"outcome": Outcome(kind="调解不成")}, "调解不成", [*ALWAYS, *MEDIATED, "调解记录", "终止调解告知书", "封底"]),
        ({"outcome": Outcome(kind="撤回")}, "撤回", [*ALWAYS, *MEDIATED, "封底"]),
        ({"outcome": Outcome(kind="不予受理")}, "不予受理", [*ALWAYS[:-1], "不予受理通知书", "封底"]),
        ({"outcome": Outcome(kind="稳控")}, "稳控", [*ALWAYS, *MEDIATED, "调解记录", "封底"]),
        ({"outcome": Outcome(kind="移送")}, "移送", [*ALWAYS, "委托移送函", "封底"]),
        (
            {"agreement": Agreement(), "outcome": Outcome(kind="调解不成")},
            "调解不成",
            [*ALWAYS, *MEDIATED, "调解记录", "终止调解告知书", "封底"],
        ),
    ],
)
def test_what_must_be_there_follows_from_the_result(
    open_case: Case, changes: dict[str, Any], result: str | None, required: list[str]
) -> None:
    case = msgspec.structs.replace(open_case, **changes)
    assert result_of(case) == result
    ordered = [form.name for form in required_for(case)]
    assert ordered == sorted(required, key=ordered.index)


def test_one_of_application_and_register_is_enough(open_case: Case) -> None:
    case = msgspec.structs.replace(open_case, outcome=Outcome(kind="撤回"))
    assert [form.name for form in required_for(case) if form.dossier and form.dossier.group == "受理"] == ["申请书", "受理登记表"]


def test_an_open_dispute_has_what_can_be_filled_by_now(open_case: Case) -> None:
    assert names(open_case) == [*ALWAYS, *MEDIATED, "封底"]


def test_copies_are_counted(open_case: Case, case: Case) -> None:
    sessions = (Session(kind="调查记录"), Session(kind="调解记录", evidence=(Evidence(name="合同"),)), Session(kind="调解记录"))
    agents = tuple(msgspec.structs.replace(party, agent=Agent(name="甲")) for party in open_case.parties)
    full = msgspec.structs.replace(
        case,
        sessions=sessions,
        parties=(*agents, *case.parties),
        visits=(Visit(),) * 4,
        letters=case.letters * 2,
        extension=Extension(),
        confirmation=Confirmation(),
    )
    counts = {form.name: count for form, count in kinds_for(full)}
    wanted = {"调查记录": 1, "调解记录": 2, "授权委托书": 3, "回访记录": 4, "送达地址确认书": 5, "任务单": 2, "提示函": 2}
    assert {name: counts[name] for name in wanted} == wanted
    assert {"证据材料", "延期调解同意书", "司法确认申请书", "履行凭证", "结案报告表"} <= set(counts)


def test_papers_of_another_result_are_left_out(open_case: Case) -> None:
    failed = names(msgspec.structs.replace(open_case, outcome=Outcome(kind="调解不成")))
    assert {"调解协议书", "口头协议登记表", "不予受理通知书", "委托移送函"}.isdisjoint(failed)
    assert {"终止调解告知书", "结案报告表", "受理通知书"} <= set(failed)


@pytest.mark.parametrize(("source", "kind"), [("法院委托移送", "回复函"), ("当事人申请", "申请书")])
def test_a_source_asks_for_its_paper(open_case: Case, source: str, kind: str) -> None:
    changed = msgspec.convert(msgspec.to_builtins(open_case) | {"source": source, "outcome": {"kind": "调解不成"}}, Case)
    assert [name for name in names(changed) if name in ("回复函", "申请书")] == [kind]


def test_nothing_is_offered_that_is_printed_only_on_request(case: Case) -> None:
    assert {"邀请函", "专家咨询申请书"}.isdisjoint(names(case))


CLAIMS = {
    "司法确认申请书": "书面调解协议",
    "送达地址确认书": "书面调解协议",
    "履行凭证": "调解协议",
    "口头协议登记表": "口头协议",
    "不予受理通知书": "不予受理的结果",
    "终止调解告知书": "终止调解的结果",
}


@pytest.mark.parametrize("kind", CLAIMS)
def test_a_form_that_would_claim_what_has_not_happened_is_refused(open_case: Case, office: Office, kind: str) -> None:
    with pytest.raises(NotYetError, match=f"^这件纠纷还没有{CLAIMS[kind]}，请先登记{CLAIMS[kind]}再打印{kind}。$"):
        render(kind, open_case, office)


def test_blank_forms_are_printed_at_any_time(open_case: Case, office: Office) -> None:
    blank = [kind for kind in kinds() if not shipped().form(kind).needs and shipped().form(kind).about != "letter"]
    assert {"申请书", "授权委托书", "调查记录", "回访记录", "延期调解同意书", "邀请函"} <= set(blank)
    assert all(render(kind, open_case, office).startswith(b"%PDF-") for kind in ("申请书", "授权委托书", "调查记录", "回访记录"))
    assert [kind for kind in kinds() if kind not in CLAIMS and shipped().form(kind).needs] == []


@pytest.mark.parametrize(
    ("changes", "printable"),
    [
        ({"agreement": Agreement()}, {"司法确认申请书", "送达地址确认书", "履行凭证"}),
        ({"agreement": Agreement(form="口头")}, {"口头协议登记表", "履行凭证"}),
        ({"outcome": Outcome(kind="不予受理")}, {"不予受理通知书"}),
        ({"outcome": Outcome(kind="撤回")}, {"终止调解告知书"}),
        ({"agreement": Agreement(), "outcome": Outcome(kind="调解不成")}, {"终止调解告知书"}),
    ],
)
def test_what_has_happened_is_printed(open_case: Case, changes: dict[str, Any], printable: set[str]) -> None:
    case = msgspec.structs.replace(open_case, **changes)
    assert {kind for kind in CLAIMS if has_happened(shipped().form(kind), case)} == printable
