import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.numbering import case_number, letter_number, series
from desktop.domain.office import Office


@pytest.mark.parametrize(
    ("office", "short"),
    [
        ("关上街道综治中心", "关上"),
        ("关上街道社会治安综合治理中心", "关上"),
        ("石桥村", "石桥"),
        ("石桥村人民调解委员会", "石桥"),
        ("石桥村民委员会", "石桥"),
        ("青石镇人民政府", "青石"),
        ("云溪县综治中心", "云溪"),
        ("幸福社区居民委员会", "幸福"),
        ("综治中心", "综治中心"),
        ("县", "县"),
        ("  石桥村 ", "石桥"),
        ("老街", "老街"),
    ],
)
def test_short_names(office: str, short: str) -> None:
    assert series(office) == short


@given(st.text(alphabet="石桥村镇县市街道社区委员会综治中心 ", min_size=1).filter(str.strip))
def test_no_office_is_without_a_short_name(office: str) -> None:
    assert series(office)


def test_numbers() -> None:
    assert case_number(2026, "关上", 12) == "〔2026〕关上人调字第12号"
    assert letter_number(2026, "关上", "任", 12) == "关上综治任〔2026〕12号"


def test_the_committee_on_agreements() -> None:
    office = Office(id="0" * 32, level="村", name="石桥村", series="石桥")
    assert office.mediation_committee == "石桥村人民调解委员会"
    assert Office(id="0" * 32, level="村", name="石桥村", series="石桥", committee="某调委会").mediation_committee == "某调委会"
