"""ID numbers (GB 11643) and unified social credit codes (GB 32100)."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desktop.domain import credit_code, id_number
from tests.domain.samples import TODAY

IDS = st.builds(
    lambda region, born, sequence: _completed(f"{region}{born:%Y%m%d}{sequence:03d}"),
    st.integers(110000, 820000),
    st.dates(date(1900, 1, 1), TODAY),
    st.integers(0, 999),
)
LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODES = st.text(alphabet=LETTERS, min_size=17, max_size=17).map(lambda first: first + credit_code.check_character(first))


def _completed(first17: str) -> str:
    return first17 + id_number.check_digit(first17)


@pytest.mark.parametrize("number", ["11010519491231002X", "11010519491231002x", "440524188001010014", " 110105 19491231 002X "])
def test_right_id_numbers(number: str) -> None:
    assert id_number.fault(number, TODAY) is None


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("110105194912310021", "校验码"),
        (_completed("11010519491231003"), None),
        (_completed("53019920250229001"), "出生日期"),  # no leap year
        (_completed("53019920240229001"), None),
        (_completed("53019920251301001"), "出生日期"),
        (_completed("53019900000101001"), "出生日期"),
        (_completed("53019920260301001"), None),  # born today
        (_completed("53019920260302001"), "出生日期"),  # tomorrow
        (_completed("99999919800101001"), None),  # regions are not checked
        ("110105491231002", "18位"),  # of the first generation, 15 digits
        ("E12345678", "其他证件"),  # a passport
        ("X10105194912310021", "18位"),
        ("１１０１０５１９４９１２３１００２X", "18位"),
        ("", "18位"),
    ],
)
def test_doubtful_id_numbers(number: str, words: str | None) -> None:
    fault = id_number.fault(number, TODAY)
    assert (words is None) == (fault is None)
    assert fault is None or (words is not None and words in fault and fault.endswith("。"))


@given(IDS, st.integers(0, 17), st.sampled_from("0123456789"))
def test_any_single_wrong_digit_is_found(number: str, place: int, digit: str) -> None:
    assume(number[place] != digit)
    assert id_number.fault(number, TODAY) is None
    assert id_number.fault(number[:place] + digit + number[place + 1 :], TODAY)


@given(IDS, st.integers(0, 16))
def test_any_two_neighbours_in_the_wrong_order_are_found(number: str, place: int) -> None:
    assume(number[place] != number[place + 1])
    assert id_number.fault(number[:place] + number[place + 1] + number[place] + number[place + 2 :], TODAY)


def test_birth_and_sex() -> None:
    assert id_number.birth_date("11010519491231002X") == date(1949, 12, 31)
    assert id_number.sex("11010519491231002X") == "女"
    assert id_number.sex("440524188001010014") == "男"
    assert id_number.birth_date("110105491231002") == date(1949, 12, 31)
    assert id_number.sex("护照") is None


@pytest.mark.parametrize("code", ["91350100M000100Y43", "91350100m000100y43", " 91350100M000100Y43 "])
def test_right_credit_codes(code: str) -> None:
    assert credit_code.fault(code) is None


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("91350100M000100Y44", "校验码"),
        ("91350100M000100Y4", "18位"),
        ("91350100I000100Y43", "I、O、S、V、Z"),
        ("", "18位"),
        ("营业执照", "18位"),
    ],
)
def test_doubtful_credit_codes(code: str, words: str) -> None:
    fault = credit_code.fault(code)
    assert fault
    assert words in fault
    assert fault.endswith("。")


@given(CODES, st.integers(0, 17), st.sampled_from(LETTERS))
def test_any_single_wrong_character_is_found(code: str, place: int, character: str) -> None:
    assume(code[place] != character)
    assert credit_code.fault(code) is None
    assert credit_code.fault(code[:place] + character + code[place + 1 :])


@given(CODES, st.integers(0, 16))
def test_any_two_neighbouring_characters_in_the_wrong_order_are_found(code: str, place: int) -> None:
    assume(code[place] != code[place + 1])
    assert credit_code.fault(code[:place] + code[place + 1] + code[place] + code[place + 2 :])


@given(st.text(max_size=24))
def test_no_text_breaks_the_checks(text: str) -> None:
    for fault in (id_number.fault(text, TODAY), credit_code.fault(text)):
        assert fault is None or fault.endswith("。")
