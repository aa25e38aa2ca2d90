"""Plain values for the wording."""

from datetime import date

import msgspec
import pytest

from desktop.documents.view import DATE_BLANK, chinese_date, chinese_number, money, values
from desktop.domain.agreement import Agreement, Obligation
from desktop.domain.case import Case
from desktop.domain.office import Office


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
