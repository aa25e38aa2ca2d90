"""Plain values for the wording."""

from datetime import date

import msgspec
import pytest

from desktop.documents.phrases import DATE_BLANK, chinese_date, chinese_number, dispute_type, money, period, sentence
from desktop.documents.records import lacking, visits_text
from desktop.documents.view import values
from desktop.domain.agreement import Agreement, Obligation
from desktop.domain.case import Case
from desktop.domain.office import Office
from desktop.domain.session import Session
from desktop.domain.visit import Visit


@pytest.mark.parametrize(("number", "text"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (99, "九十九"), (100, "100")])
def test_chinese_numbers(number: int, text: str) -> None:
    assert chinese_number(number) == text


def test_dates_have_no_leading_zeros() -> None:
    assert chinese_date(date(2025, 3, 5)) == "2025年3月5日"
    assert chinese_date(None) is None


def test_money_in_capitals_and_figures() -> None:
    assert money(520000) == "人民币伍仟贰佰元整（￥5200.00元）"


@pytest.mark.parametrize(("signed", "age"), [(date(2025, 11, 2), 39), (date(2025, 11, 3), 40), (None, 39)])
def test_age_is_that_of_the_day_of_the_document(case: Case, office: Office, signed: date | None, age: int) -> None:
    agreed = msgspec.structs.replace(case, agreement=Agreement(signed_on=signed))
    assert values(agreed, office)["parties"][0]["age"] == age


def test_parties_are_numbered_where_there_are_more_of_a_role(case: Case, office: Office) -> None:
    assert [party["label"] for party in values(case, office)["parties"]] == ["申请人一", "申请人二", "被申请人"]


def test_copies_are_one_for_each_party_and_one_for_the_committee(case: Case, office: Office) -> None:
    assert values(case, office)["agreement"]["copies"] == "四"


def test_the_committee_is_that_of_the_office_that_registered_the_case(case: Case, office: Office) -> None:
    """A village's agreement that the county prints still bears the village's name."""
    own, village = (msgspec.structs.replace(case, registered_by=name) for name in (office.name, "某村"))
    assert values(own, office)["office"]["committee"] == "关上街道人民调解委员会"
    assert values(village, office)["office"]["committee"] == "某村人民调解委员会"


def test_an_unsigned_agreement_has_a_date_to_fill_in(bare_case: Case, office: Office) -> None:
    assert values(bare_case, office)["agreement"]["signed_on"] == DATE_BLANK


def test_many_persons_of_a_role_stand_in_a_table(huge_case: Case, office: Office) -> None:
    applicants, respondents = values(huge_case, office)["sides"]
    assert (len(applicants["people"]), len(applicants["blocks"])) == (31, 0)
    assert (len(respondents["people"]), len(respondents["blocks"])) == (0, 1)


@pytest.mark.parametrize(
    ("obligation", "term"),
    [
        (Obligation(due_on=date(2025, 3, 31)), "2025年3月31日前"),
        (Obligation(), None),
        (Obligation(due_on=date(2023, 9, 10), repeat="每月", until=date(2024, 1, 10)), "自2023年9月10日起每月一次，至2024年1月10日止"),
        (Obligation(repeat="每年"), "每年一次"),
    ],
)
def test_terms(case: Case, office: Office, obligation: Obligation, term: str | None) -> None:
    agreed = msgspec.structs.replace(case, agreement=Agreement(obligations=(obligation,)))
    assert values(agreed, office)["agreement"]["deed"]["term"] == term


@pytest.mark.parametrize(
    ("source", "origin", "ticked"),
    [
        ("当事人申请", "依当事人申请", "☑当事人申请"),
        ("主动调解", "主动调解", "☑人民调解委员会主动调解"),
        ("公安机关委托移送", "接受公安机关委托移送", "☑公安机关委托移送"),
        ("12345热线", "根据12345热线", "☑12345热线"),
    ],
)
def test_sources(case: Case, office: Office, source: str, origin: str, ticked: str) -> None:
    view = values(msgspec.convert(msgspec.to_builtins(case) | {"source": source}, Case), office)["case"]
    assert view["origin"] == origin
    assert ticked in view["sources"]
    assert view["sources"].count("☑") == 1


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2025-03-17T14:30", "2025-03-17T17:05", "2025年3月17日14时30分至17时5分"),
        ("2025-03-17T22:00", "2025-03-18T00:10", "2025年3月17日22时0分至2025年3月18日0时10分"),
        ("2025-03-17T14:30", None, "2025年3月17日14时30分至　　时　　分"),
        (None, "2025-03-17T14:30", "　　　　年　　月　　日　　时　　分至2025年3月17日14时30分"),
        (None, None, "　　　　年　　月　　日　　时　　分至　　时　　分"),
    ],
)
def test_periods(start: str | None, end: str | None, text: str) -> None:
    assert period(start, end) == text


def test_sentences_and_types() -> None:
    assert [sentence(text) for text in ("甲", "甲。", "")] == ["甲。", "甲。", ""]
    assert [dispute_type(kind) for kind in ("邻里", "其他劳动争议")] == ["邻里纠纷", "其他劳动争议"]


@pytest.mark.parametrize(
    ("record", "result", "names"),
    [
        (None, None, ["双方陈述的争议事实", "调查情况的核实和质证", "对调解结果的风险告知"]),
        ("双方各执一词。", "择期再调", ["调查情况的核实和质证"]),
        ("双方陈述了事实，经质证无异议，并告知不履行的后果。", "达成协议", []),
    ],
)
def test_elements_that_a_record_lacks(record: str | None, result: str | None, names: list[str]) -> None:
    session = msgspec.convert({"kind": "调解记录", "record": record, "result": result}, Session)
    assert lacking(session) == names


def test_a_visit_that_was_not_made_says_nothing() -> None:
    made = Visit(on=date(2025, 4, 7), method="电话", party="甲", performance="全部履行", satisfaction="满意", note="已到账")
    assert visits_text((Visit(party="甲"),)) is None
    assert visits_text((Visit(), made)) == "2025年4月7日电话回访甲：全部履行，满意。已到账。"
