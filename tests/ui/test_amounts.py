import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.written import parse_amount
from desktop.ui.entry.amounts import readable


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("40500", 4_050_000),
        ("40,500.00", 4_050_000),
        ("４0", None),
        ("4.05万", 4_050_000),
        ("￥300元", 30_000),
        ("0.5", 50),
        ("1.2亿", 12_000_000_000),
    ],
)
def test_amounts_are_read_as_people_type_them(text: str, fen: int | None) -> None:
    if fen is None:
        with pytest.raises(ValueError, match="数字"):
            parse_amount(text)
    else:
        assert parse_amount(text) == fen


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("-5", "负数"),
        ("负5", "负数"),
        ("1.234", "分"),
        ("一百", "数字"),
        ("1e9", "数字"),
        ("", "数字"),
        ("1.2.3", "数字"),
        ("9" * 16, "太大"),
    ],
)
def test_other_amounts_are_refused_with_a_reason(text: str, word: str) -> None:
    with pytest.raises(ValueError, match=word):
        parse_amount(text)


@given(st.integers(min_value=0, max_value=10**15 - 1))
def test_an_amount_reads_back_from_its_spelling(fen: int) -> None:
    assert parse_amount(readable(fen)) == fen
