"""ID numbers, old and new, and papers that are none."""

from datetime import date

import pytest

from desktop.domain import id_number

TODAY = date(2026, 11, 22)
NEW = "53011119850101123"
NEW += id_number.check_digit(NEW)


@pytest.mark.parametrize(
    ("number", "born", "sex"),
    [
        (NEW, date(1985, 1, 1), "男"),
        ("530111850101124", date(1985, 1, 1), "女"),
        ("530111851301124", None, "女"),
        ("G12345678", None, None),
        ("", None, None),
    ],
)
def test_a_number_tells_birth_and_sex(number: str, born: date | None, sex: str | None) -> None:
    assert (id_number.birth_date(number), id_number.sex(number)) == (born, sex)


@pytest.mark.parametrize(
    ("number", "doubt"),
    [
        (NEW, None),
        ("G12345678", "证件号码不是身份证号码，其他证件请核对。"),
        ("ea1234567", "证件号码不是身份证号码，其他证件请核对。"),
        ("H1234567(8)", "证件号码不是身份证号码，其他证件请核对。"),
        ("5301111985010112", "证件号码不是18位身份证号码，请核对证件类型和号码。"),
        ("5301111985010112X", "证件号码不是18位身份证号码，请核对证件类型和号码。"),
        ("护照", "证件号码不是18位身份证号码，请核对证件类型和号码。"),
    ],
)
def test_what_is_no_id_number_is_doubted_as_what_it_is(number: str, doubt: str | None) -> None:
    assert id_number.fault(number, TODAY) == doubt
