import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.amount_words import LIMIT, Amount, amounts, read_numeral, unreadable
from desktop.domain.money import capitals, format_yuan

ANY_FEN = st.integers(0, LIMIT - 1) | st.integers(0, 10_000) | st.integers(0, 9_999_999).map(lambda n: n * 1_000_000)
PLAIN = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")


def read(text: str) -> list[int]:
    return [amount.fen for amount in amounts(text)]


def with_separators(fen: int, separator: str) -> str:
    return f"{fen // 100:,}".replace(",", separator) + f".{fen % 100:02d}"


@given(ANY_FEN)
def test_what_money_writes_is_read_back(fen: int) -> None:
    words = capitals(fen)
    spellings = (
        f"{format_yuan(fen)}元",
        f"￥{format_yuan(fen)}",
        f"人民币{format_yuan(fen)}元整",
        f"{with_separators(fen, ',')}元",
        f"¥ {with_separators(fen, '，')}元",
        f"{format_yuan(fen)}元".translate(WIDE),
        f"人民币{words}",
        words,
        words.replace("整", "正").replace("元", "圆"),
    )
    assert {spelling: read(f"被申请人支付{spelling}，于当日付清。") for spelling in spellings} == {s: [fen] for s in spellings}


@given(st.integers(1, 99_999_999))
def test_plain_characters_are_read_as_capitals_are(yuan: int) -> None:
    assert read(f"赔偿{capitals(yuan * 100).removesuffix('整').translate(PLAIN)}给申请人") == [yuan * 100]


@given(st.integers(1, 99_999), st.sampled_from([("万", 10**4), ("千", 10**3), ("百", 10**2), ("亿", 10**8)]))
def test_units_after_figures_multiply(tenths: int, unit: tuple[str, int]) -> None:
    assert read(f"借款{tenths // 10}.{tenths % 10}{unit[0]}元") == [tenths * unit[1] * 10]


@given(st.lists(ANY_FEN, max_size=5))
def test_every_amount_of_a_text_is_found_where_it_stands(values: list[int]) -> None:
    text = "；".join(f"第{index}期{format_yuan(fen)}元" for index, fen in enumerate(values))
    found = amounts(text)
    assert [amount.fen for amount in found] == values
    assert [text[amount.start : amount.end] for amount in found] == [f"{format_yuan(fen)}元" for fen in values]


@given(st.text(alphabet="零一二三壹陆拾佰仟万亿元角分整正0123456789.,，¥人民币（）:余块钱 ", max_size=40))
def test_no_text_is_too_odd(text: str) -> None:
    for amount in amounts(text):
        assert 0 <= amount.start < amount.end <= len(text)
        assert 0 <= amount.fen < LIMIT
    assert all(word.removesuffix("元") in text for word in unreadable(text))


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("共计人民币14400元，", [1440000]),
        ("￥3,000.00元", [300000]),
        ("1.5万元", [1500000]),
        ("3万5千元", [3500000]),
        ("3万5000元", [3500000]),
        ("5仟元", [500000]),
        ("人民币叁仟元整（¥3000.00元）", [300000, 300000]),
        ("人民币：300", [30000]),
        ("两千块钱", [200000]),
        ("二〇〇〇元", [200000]),
        ("十五元", [1500]),
        ("一万零五十元", [1005000]),
        ("甲5200元，乙4600元", [520000, 460000]),
        ("120,300元", [12030000]),
        ("3000元5角", [300050]),
        ("伍分", [5]),
        ("人民币陆元整", [600]),
        ("每筐1.20元", [120]),
    ],
)
def test_amounts_are_read(text: str, fen: list[int]) -> None:
    assert read(text) == fen


@pytest.mark.parametrize(
    "text",
    [
        "30余万元",
        "人民币30余万元",
        "几千元",
        "6栋1单元301室",
        "2025年1月1日元旦",
        "陆元支付",
        "三元村二组",
        "一元化领导",
        "5000美元",
        "人民币5000美元",
        "三分地",
        "20万人",
        "单价1.205元",
        "第3000号",
        "99999999999999元",
    ],
)
def test_what_is_no_exact_amount_is_not_read(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [("人民币叁佰仟元整", ("叁佰仟元",)), ("壹万伍元", ("壹万伍元",)), ("人民币叁仟元整", ()), ("几千元", ()), ("三千五元", ())],
)
def test_capitals_without_one_meaning_are_named(text: str, words: tuple[str, ...]) -> None:
    assert unreadable(text) == words


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("零", 0),
        ("十", 10),
        ("壹拾", 10),
        ("十二", 12),
        ("一百零五", 105),
        ("壹万零伍拾", 10050),
        ("一千万", 10**7),
        ("壹万亿", 10**12),
        ("二〇二五", 2025),
        ("三千五", None),
        ("一万五", None),
        ("十百", None),
        ("一百零", None),
        ("万", None),
        ("", None),
        ("甲", None),
    ],
)
def test_numerals(text: str, number: int | None) -> None:
    assert read_numeral(text) == number


def test_an_amount_says_how_it_is_written() -> None:
    assert amounts("叁仟元（3000元）") == (Amount(0, 3, 300000, "汉字"), Amount(4, 9, 300000, "数字"))
