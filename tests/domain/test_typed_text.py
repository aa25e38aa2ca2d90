import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.typed_text import lines, one_line, with_middle_dots, without_invisible


@pytest.mark.parametrize(
    ("pasted", "line"),
    [
        ("张三\t530111199001011234\r\n李四\t\t138\n", "张三 530111199001011234 李四 138"),
        ("  两端  有空格\u00a0 ", "两端 有空格"),
        ("一行", "一行"),
        ("a\u2028b", "a b"),
        ("\n\t\n", ""),
    ],
)
def test_a_pasted_table_is_one_clean_line(pasted: str, line: str) -> None:
    assert one_line(pasted) == line


@pytest.mark.parametrize(
    ("pasted", "text"),
    [
        ("日期\t金额\r\n3月1日\t500\r\n\r\n3月2日\t\t600\r\n", "日期　金额\n3月1日　500\n3月2日　600"),
        ("第一段。\r\n\r\n　　第二段。", "第一段。\n\n　　第二段。"),
        ("a\x0bb\u2029c", "a\nb\nc"),
    ],
)
def test_a_pasted_table_is_readable_lines(pasted: str, text: str) -> None:
    assert lines(pasted) == text


@given(st.text(alphabet="甲乙a1 \t\r\n\u2028", max_size=40))
def test_no_letter_is_lost(text: str) -> None:
    letters = "".join(text.split())
    assert "".join(one_line(text).split()) == letters
    assert "".join(lines(text).split()) == letters


def test_what_nobody_sees_is_left_out_by_name() -> None:
    assert without_invisible("张\u200b三\u202e\n\tx\ufeff\u200b") == ("张三\n\tx", ("U+200B", "U+202E", "U+FEFF"))
    assert without_invisible("葛\U000e0100") == ("葛\U000e0100", ())


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("买买提•艾力", "买买提·艾力"),
        ("买买提‧艾力", "买买提·艾力"),
        ("买买提・艾力", "买买提·艾力"),
        ("买买提．艾力", "买买提·艾力"),
        ("买买提·艾力", "买买提·艾力"),
        ("买买提.艾力", "买买提·艾力"),
        ("买买提。艾力", "买买提·艾力"),
        (" 阿卜杜拉 · 买买提 · 艾力 ", "阿卜杜拉·买买提·艾力"),
        ("J. Smith", "J. Smith"),
        ("张三", "张三"),
        ("·", "·"),
    ],
)
def test_the_mark_inside_a_name_is_one(typed: str, name: str) -> None:
    assert with_middle_dots(typed) == name
