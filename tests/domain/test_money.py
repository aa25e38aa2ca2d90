import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.money import capitals, format_yuan, parse_yuan

MOST = 999_999_999_999_999
FEN = st.one_of(
    st.integers(0, MOST),
    st.integers(0, 20_000_00),
    st.builds(lambda places: sum(10**place for place in places), st.sets(st.integers(0, 14))),  # many zeros
)


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        ("1409.50", "壹仟肆佰零玖元伍角"),  # to 325.04: the examples of the rule itself, domain.md 6.6
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("0.05", "伍分"),
        ("100000000.00", "壹亿元整"),
        ("0.00", "零元整"),
        ("0.50", "伍角"),
        ("0.55", "伍角伍分"),
        ("1.00", "壹元整"),
        ("10.00", "壹拾元整"),
        ("15.00", "壹拾伍元整"),
        ("100.01", "壹佰元零壹分"),
        ("1001.00", "壹仟零壹元整"),
        ("1010.10", "壹仟零壹拾元壹角"),
        ("10001.00", "壹万零壹元整"),
        ("100100.00", "壹拾万零壹佰元整"),
        ("1000000.00", "壹佰万元整"),
        ("10001000.00", "壹仟万壹仟元整"),
        ("100000001.00", "壹亿零壹元整"),
        ("100010000.00", "壹亿零壹万元整"),
        ("1000500000.00", "壹拾亿零伍拾万元整"),
        ("1000000000000.00", "壹万亿元整"),
        ("9999999999999.99", "玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_capitals(yuan: str, words: str) -> None:
    assert capitals(parse_yuan(yuan)) == words


@pytest.mark.parametrize("fen", [-1, -(10**18), 10**18])
def test_capitals_know_their_limits(fen: int) -> None:
    with pytest.raises(ValueError, match=str(fen)):
        capitals(fen)


@given(FEN)
def test_capitals_read_back(fen: int) -> None:
    words = capitals(fen)
    assert _read(words) == fen
    assert "零零" not in words
    assert not words.startswith("零") or fen == 0
    assert words.endswith("整") == (fen % 100 == 0)


def _read(words: str) -> int:
    """The fen of an amount in capitals, read from left to right as a cashier does."""
    yuan, _, rest = words.rpartition("元") if "元" in words else ("", "", words)
    return _number(yuan) * 100 + _digit_before(rest, "角") * 10 + _digit_before(rest, "分")


def _digit_before(words: str, unit: str) -> int:
    return "零壹贰叁肆伍陆柒捌玖".index(words[words.index(unit) - 1]) if unit in words else 0


def _number(words: str) -> int:
    for unit, size in (("亿", 10**8), ("万", 10**4), ("仟", 1000), ("佰", 100), ("拾", 10)):
        if unit in words:
            left, _, right = words.rpartition(unit)
            return _number(left) * size + _number(right)
    digits = words.strip("零")
    return "零壹贰叁肆伍陆柒捌玖".index(digits) if digits else 0


@given(FEN)
def test_what_is_written_is_read_back(fen: int) -> None:
    assert parse_yuan(format_yuan(fen)) == fen


@pytest.mark.parametrize(
    "text",
    [
        *("", "5", "5.", "5.0", "5.000", ".50", "+5.00", "-5.00", "05.00", "00.00", "5,000.00", "5，000.00", "5e3", "1e2.00", " 5.00"),
        *("5.00 ", "5.00\n", "５.００", "٥.٠٠", "5·00", "¥5.00", "5.00元", "NaN", "inf", "0x5.00", "5_0.00", "12345678901234.00", "伍元"),
    ],
)
def test_other_spellings_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        parse_yuan(text)


@given(st.text(alphabet="0123456789.,+-eE 元¥\n０", max_size=18))
def test_one_amount_has_one_spelling(text: str) -> None:
    try:
        fen = parse_yuan(text)
    except ValueError:
        return
    assert format_yuan(fen) == text
