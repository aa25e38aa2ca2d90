"""Chinese line breaking: the rules on tables of cases, and for every text."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.documents.linebreak import NO_END, NO_START, Line, break_lines

SIZE = 10.0


def widths(text: str) -> list[float]:
    """Latin letters and digits are half an em wide, everything else a whole one."""
    return [SIZE / 2 if c.isascii() else SIZE for c in text]


def broken(text: str, em: float, indent: float = 0.0) -> list[Line]:
    return break_lines(text, widths(text), em * SIZE, size=SIZE, indent=indent * SIZE)


def texts(text: str, em: float, indent: float = 0.0) -> list[str]:
    return [line.text for line in broken(text, em, indent)]


@pytest.mark.parametrize(
    ("text", "em", "lines"),
    [
        ("", 5, [""]),
        ("一二三四五六七八", 5, ["一二三四五", "六七八"]),
        ("一二三四五。六七八九十", 5.5, ["一二三四五。", "六七八九十"]),  # the mark gives up its right half
        ("一二三四，五六七", 4, ["一二三", "四，五六", "七"]),
        ("一，二三四，五六七", 5, ["一，二三四，", "五六七"]),  # two marks give half an em each
        ("一二三四（五六）七八", 5, ["一二三四", "（五六）七", "八"]),
        ("一二三“四五”六", 4, ["一二三", "“四五”", "六"]),
        ("应付3000.00元给付", 5, ["应付", "3000.00元", "给付"]),
        ("共计￥3000.00元整", 6, ["共计", "￥3000.00元", "整"]),
        ("人民币壹拾贰元整即付", 5, ["人民币", "壹拾贰元整", "即付"]),
        ("他说——不行", 3, ["他", "说——", "不行"]),
        ("于2025年3月31日前", 4, ["于2025年", "3月31日", "前"]),
        ("合同 ABC 号", 4, ["合同 ABC ", "号"]),
        ("二十五％的", 3, ["二十", "五％的"]),
    ],
)
def test_lines(text: str, em: float, lines: list[str]) -> None:
    assert texts(text, em) == lines


def test_a_number_longer_than_the_line_is_split_without_overflow() -> None:
    lines = broken("号" + "1234567890" * 6, 10)
    assert [len(line.text) for line in lines] == [19, 20, 20, 2]
    assert all(line.justified_width <= 100 + 1e-6 for line in lines)


def test_the_first_of_two_marks_is_squeezed() -> None:
    line = broken("他说：“好。”", 10)[0]
    assert [line.text[i] for i in sorted(line.squeezed)] == ["：", "。"]
    assert line.width == 7 * SIZE - SIZE


def test_every_line_but_the_last_is_justified() -> None:
    *filled, last = broken("甲乙双方于2025年3月17日就展位租赁达成如下协议并当场签字确认，各自履行完毕后再无其他争议。", 9.7)
    assert all(line.x + line.justified_width == pytest.approx(97.0) for line in filled)
    assert last.spread == 0


def test_the_spread_is_never_inside_a_number() -> None:
    line = broken("共计人民币3000.00元已经支付完毕了", 9.8)[0]
    run = re.search(r"3000\.00元", line.text)
    assert run
    assert line.spread > 0
    assert not set(line.gaps) & set(range(run.start(), run.end() - 1))


def test_the_first_line_is_indented() -> None:
    assert texts("一二三四五六", 4, indent=2) == ["一二", "三四五六"]
    assert [line.x for line in broken("一二三四五六", 4, indent=2)] == [2 * SIZE, 0.0]


CJK = st.text(st.sampled_from("调解协议双方当事人自愿达成如下履行期限"), min_size=1, max_size=8)
MARKS = st.sampled_from([*"，。；：、！？）》”’】〕」』…—％℃·（《“‘【〔「", "——", "……", "：“", "。”", "）。", "（“"])
NUMBERS = st.one_of(
    st.from_regex(r"￥[1-9][0-9]{0,6}\.[0-9]{2}元", fullmatch=True),
    st.from_regex(r"[1-9][0-9]{0,5}元", fullmatch=True),
    st.from_regex(r"20[0-9]{2}年", fullmatch=True),
    st.sampled_from(["叁仟元整", "壹仟肆佰零玖元伍角", "ZL-2025-03", "53019919551010076X"]),
)
PIECES = st.one_of(CJK, CJK, CJK, MARKS, NUMBERS, st.sampled_from([" ", "　"]))
TEXTS = st.lists(PIECES, max_size=40).map("".join)
MEASURES = st.floats(10.0, 32.0)
ANY_TEXT = st.text(st.one_of(st.sampled_from("，。“（字1. ￥—元整壹"), st.characters(exclude_categories=["Cs", "Cc"])), max_size=80)


def has_no_better_break(line: Line) -> bool:
    """Whether every place in the line is forbidden by the marks at it, so that the line had to break against the rules."""
    ink = line.ink.replace(" ", "").replace("　", "")
    return all(after in NO_START or before in NO_END for before, after in pairwise(ink))


@given(TEXTS, MEASURES, st.sampled_from([0.0, 2.0]))
def test_no_line_begins_or_ends_with_a_forbidden_mark(text: str, em: float, indent: float) -> None:
    lines = broken(text, em, indent)
    for line, after in pairwise(lines):
        assert after.text[0] not in NO_START or has_no_better_break(line), (line, after)
        assert not line.ink or line.ink[-1] not in NO_END or has_no_better_break(line), line


@given(st.one_of(TEXTS, ANY_TEXT), st.floats(1.0, 32.0), st.sampled_from([0.0, 1.0]))
def test_joined_lines_are_the_text_and_none_overflows(text: str, em: float, indent: float) -> None:
    lines = broken(text, em + indent, indent)
    assert "".join(line.text for line in lines) == text
    assert all(line.x + line.justified_width <= (em + indent) * SIZE + 1e-6 for line in lines)
    assert all(line.text for line in lines) or not text


@given(st.lists(st.one_of(CJK, st.sampled_from(["，其", "。又", "；及", "：即"]), NUMBERS), max_size=40), MEASURES)
def test_no_number_or_amount_is_split(pieces: list[str], em: float) -> None:
    spaced = [f"为{p}" if p[0] in "￥0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ壹叁" else p for p in pieces]
    lines = texts("".join(spaced), em)
    ends, at = set(), 0
    for line in lines[:-1]:
        at += len(line)
        ends.add(at)
    for number in re.finditer(r"￥?[0-9A-Z][0-9A-Z.-]*[年元]?|[壹叁][壹叁肆佰仟零玖元伍角整]+", "".join(lines)):
        assert not ends & set(range(number.start() + 1, number.end())), number


@given(TEXTS, MEASURES)
def test_the_same_text_breaks_the_same_way(text: str, em: float) -> None:
    assert broken(text, em) == broken(text, em)
